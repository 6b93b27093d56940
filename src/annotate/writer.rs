//! Writes rows with what is added to them: as they came, as CSV anew, or as objects.

use crate::annotate::formulas::guard;
use crate::annotate::objects::Objects;
use crate::annotate::user_row::UserRow;
use crate::input::problem::Problem;
use crate::output::stream::Stream;

/// What is written otherwise than it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileChanges {
    /// Formulas have a `'` before them.
    pub excel_safe: bool,
    /// A byte order mark comes first.
    pub bom: bool,
    /// Rows end with CR and LF.
    pub crlf: bool,
}

/// How rows are written.
pub enum RowWriter {
    /// As they came: the chunk is copied, and was up to `copied`.
    Copy {
        /// Up to where.
        copied: usize,
    },
    /// As CSV, with changes.
    Rewrite(FileChanges),
    /// As JSON objects.
    Objects(Objects),
}

impl RowWriter {
    /// Writes the header. Objects have the names in every row.
    pub fn header(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream) {
        match self {
            Self::Copy { copied } => copy(row, added, copied, out),
            Self::Rewrite(changes) => rewrite(row, added, *changes, out),
            Self::Objects(_) => {}
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// A field cannot be read.
    #[inline]
    pub fn row(
        &mut self,
        row: &UserRow<'_>,
        added: &[u8],
        out: &mut Stream,
    ) -> Result<(), Problem> {
        match self {
            Self::Copy { copied } => copy(row, added, copied, out),
            Self::Rewrite(changes) => rewrite(row, added, *changes, out),
            Self::Objects(objects) => return objects.row(row, added, out),
        }
        Ok(())
    }

    /// Writes a row once more, or for the first `time`, which is 0.
    ///
    /// # Errors
    /// A field cannot be read.
    pub fn again(
        &mut self,
        row: &UserRow<'_>,
        time: usize,
        added: &[u8],
        out: &mut Stream,
    ) -> Result<(), Problem> {
        let end = line_end(row.behind());
        match self {
            _ if time == 0 => {}
            // Its own line end comes behind the last.
            Self::Copy { .. } => {
                out.push(if end.is_empty() { b"\n" } else { end });
                out.push(row.bytes());
                fill_up(row, out);
                out.push(added);
                return Ok(());
            }
            Self::Rewrite(changes) if end.is_empty() => write_line_end(b"\n", *changes, out),
            Self::Rewrite(_) | Self::Objects(_) => {}
        }
        self.row(row, added, out)
    }

    /// Writes what is no row, and has no object.
    ///
    /// # Errors
    /// A field cannot be read.
    pub fn no_row(
        &mut self,
        row: &UserRow<'_>,
        added: &[u8],
        out: &mut Stream,
    ) -> Result<(), Problem> {
        match self {
            Self::Objects(_) => Ok(()),
            Self::Copy { .. } | Self::Rewrite(_) => self.row(row, added, out),
        }
    }

    /// Leaves out a row, with its line end.
    pub fn leave_out(&mut self, row: &UserRow<'_>, out: &mut Stream) {
        if let Self::Copy { copied } = self {
            out.push(row.chunk.get(*copied..row.start).unwrap_or_default());
            *copied = row.end + line_end(row.behind()).len();
        }
    }

    /// Writes a line with nothing on it, which begins what is `behind`.
    pub fn blank(&mut self, behind: &[u8], out: &mut Stream) {
        if let Self::Rewrite(changes) = self {
            write_line_end(behind, *changes, out);
        }
    }

    /// Writes what is left of a chunk before the record that begins at `start`.
    pub fn rest(&mut self, chunk: &[u8], start: usize, out: &mut Stream) {
        if let Self::Copy { copied } = self {
            out.push(chunk.get(*copied..start).unwrap_or_default());
            *copied = 0;
        }
    }

    /// Writes the end of the file.
    pub fn finish(&self, out: &mut Stream) {
        if let Self::Objects(objects) = self {
            objects.finish(out);
        }
    }
}

/// Copies up to the end of a row, and adds to it. Its line end is copied with the next.
#[inline]
fn copy(row: &UserRow<'_>, added: &[u8], copied: &mut usize, out: &mut Stream) {
    out.push(row.chunk.get(*copied..row.end).unwrap_or_default());
    *copied = row.end;
    fill_up(row, out);
    out.push(added);
}

fn rewrite(row: &UserRow<'_>, added: &[u8], changes: FileChanges, out: &mut Stream) {
    if changes.excel_safe {
        for column in 0..row.record.len() {
            if column > 0 {
                out.push(&[row.delimiter]);
            }
            for part in guard(row.field(column)) {
                out.push(part);
            }
        }
    } else {
        out.push(row.bytes());
    }
    fill_up(row, out);
    out.push(added);
    write_line_end(row.behind(), changes, out);
}

/// Writes empty fields for those that a row lacks.
#[inline]
fn fill_up(row: &UserRow<'_>, out: &mut Stream) {
    for _ in 0..row.lacks {
        out.push(&[row.delimiter]);
    }
}

fn write_line_end(behind: &[u8], changes: FileChanges, out: &mut Stream) {
    let end = line_end(behind);
    out.push(if changes.crlf && !end.is_empty() { b"\r\n" } else { end });
}

/// Returns the line end with which a text begins; nothing at the end of the file.
fn line_end(text: &[u8]) -> &[u8] {
    let len = if text.starts_with(b"\r\n") { 2 } else { 1 };
    text.get(..len).unwrap_or_default()
}
