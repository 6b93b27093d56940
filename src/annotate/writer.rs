//! Writes rows with what is added to them: as they came, as CSV anew, or as objects.

use crate::annotate::formulas::guard;
use crate::annotate::objects::Objects;
use crate::annotate::options::FileChanges;
use crate::input::{Problem, Record, field};
use crate::output::Stream;

pub enum RowWriter {
    /// As they came: the chunk is copied, and was up to `copied`.
    Copy {
        copied: usize,
    },
    /// As CSV, with changes, and of these columns only, where some are left out.
    Rewrite(FileChanges, Option<Vec<usize>>),
    Objects(Objects),
}

impl RowWriter {
    /// Writes CSV with these changes, and these columns only, where some are left out.
    pub fn csv(changes: FileChanges, kept: Option<Vec<usize>>) -> Self {
        let FileChanges { excel_safe, bom: _, crlf, delimiter } = changes;
        if excel_safe || crlf || delimiter.is_some() || kept.is_some() {
            Self::Rewrite(changes, kept)
        } else {
            Self::Copy { copied: 0 }
        }
    }

    /// Writes a row.
    #[inline]
    pub fn row(&mut self, row: &Record<'_>, added: &[u8], out: &mut Stream) -> Result<(), Problem> {
        match self {
            Self::Copy { copied } => copy(row, added, copied, out),
            Self::Rewrite(changes, kept) => rewrite(row, added, (*changes, kept.as_deref()), out),
            Self::Objects(objects) => return objects.row(row, added, out),
        }
        Ok(())
    }

    /// Writes a row once more, or for the first `time`, which is 0.
    pub fn again(
        &mut self,
        row: &Record<'_>,
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
            Self::Rewrite(changes, _) if end.is_empty() => write_line_end(b"\n", *changes, out),
            Self::Rewrite(..) | Self::Objects(_) => {}
        }
        self.row(row, added, out)
    }

    /// Writes what is no row, and has no object, such as the header.
    pub fn no_row(
        &mut self,
        row: &Record<'_>,
        added: &[u8],
        out: &mut Stream,
    ) -> Result<(), Problem> {
        match self {
            Self::Objects(_) => Ok(()),
            Self::Copy { .. } | Self::Rewrite(..) => self.row(row, added, out),
        }
    }

    pub fn leave_out(&mut self, row: &Record<'_>, out: &mut Stream) {
        if let Self::Copy { copied } = self {
            out.push(row.chunk.get(*copied..row.start).unwrap_or_default());
            *copied = row.end + line_end(row.behind()).len();
        }
    }

    /// Writes a line with nothing on it, which begins what is `behind`.
    pub fn blank(&mut self, behind: &[u8], out: &mut Stream) {
        if let Self::Rewrite(changes, _) = self {
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

    pub fn finish(&self, out: &mut Stream) {
        if let Self::Objects(objects) = self {
            objects.finish(out);
        }
    }
}

/// Copies up to the end of a row, and adds to it. Its line end is copied with the next.
#[inline]
fn copy(row: &Record<'_>, added: &[u8], copied: &mut usize, out: &mut Stream) {
    out.push(row.chunk.get(*copied..row.end).unwrap_or_default());
    *copied = row.end;
    fill_up(row, out);
    out.push(added);
}

fn rewrite(
    row: &Record<'_>,
    added: &[u8],
    (changes, kept): (FileChanges, Option<&[usize]>),
    out: &mut Stream,
) {
    if let Some(kept) = kept {
        write_fields(row, kept.iter().copied(), changes, out);
    } else if changes.excel_safe || changes.delimiter.is_some() {
        write_fields(row, 0..row.len() + row.lacks(), changes, out);
    } else {
        out.push(row.bytes());
        fill_up(row, out);
    }
    out.push(added);
    write_line_end(row.behind(), changes, out);
}

/// Writes fields of a row: as they stand in the file, or quoted anew where another delimiter parts them.
fn write_fields(
    row: &Record<'_>,
    columns: impl Iterator<Item = usize>,
    changes: FileChanges,
    out: &mut Stream,
) {
    let delimiter = changes.delimiter.unwrap_or(row.delimiter);
    for (place, column) in columns.enumerate() {
        if place > 0 {
            out.push(&[delimiter]);
        }
        let field = row.field(column);
        let parts = if changes.excel_safe { guard(field) } else { [field, b"", b""] };
        if changes.delimiter.is_some() {
            let mut written = Vec::new();
            field::write(&field::value(&parts.concat()), delimiter, &mut written);
            out.push(&written);
        } else {
            for part in parts {
                out.push(part);
            }
        }
    }
}

#[inline]
fn fill_up(row: &Record<'_>, out: &mut Stream) {
    for _ in 0..row.lacks() {
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
