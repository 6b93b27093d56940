//! Writes the user's fields anew where that is asked for: guarded from spreadsheet programs, or with other line ends.

use crate::annotate::formulas::guard;
use crate::annotate::records::{UserRow, Write};
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

/// Writes a CSV file anew.
pub struct Rewrite {
    delimiter: u8,
    changes: FileChanges,
    /// The fields of a row as they are written.
    fields: Vec<u8>,
    /// How many formulas were guarded.
    pub formulas: u64,
}

impl Rewrite {
    /// Nothing written yet.
    pub fn new(delimiter: u8, changes: FileChanges) -> Self {
        Self { delimiter, changes, fields: Vec::new(), formulas: 0 }
    }

    /// Writes the fields of a row, guarded where that is asked for, those it lacks as empty ones, and what is added.
    fn write(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream) {
        self.fields.clear();
        for place in 0..row.len() {
            if place > 0 {
                self.fields.push(self.delimiter);
            }
            if self.changes.excel_safe {
                self.formulas += u64::from(guard(row.field(place), &mut self.fields));
            } else {
                self.fields.extend_from_slice(row.field(place));
            }
        }
        let empty = std::iter::repeat_n(self.delimiter, row.lacks);
        self.fields.extend(empty);
        out.push(&self.fields);
        out.push(added);
        self.line_end(row.behind(), out);
    }

    fn line_end(&self, behind: &[u8], out: &mut Stream) {
        let line_end: &[u8] = match behind {
            [] => b"",
            _ if self.changes.crlf => b"\r\n",
            [b'\r', b'\n', ..] => b"\r\n",
            [b'\r', ..] => b"\r",
            _ => b"\n",
        };
        out.push(line_end);
    }
}

impl Write for Rewrite {
    fn header(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream) {
        self.write(row, added, out);
    }

    fn row(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream) -> Result<(), Problem> {
        self.write(row, added, out);
        Ok(())
    }

    fn blank(&mut self, behind: &[u8], out: &mut Stream) {
        self.line_end(behind, out);
    }
}
