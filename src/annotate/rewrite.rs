//! Writes the user's fields anew where that is asked for: guarded from spreadsheet programs, or with other line ends.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::copy::Rules;
use crate::annotate::formulas::guard;
use crate::annotate::unmatched::Unmatched;
use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::sink::Sink;
use crate::output::stream::Stream;

/// What is written otherwise than it came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes {
    /// Formulas have a `'` before them.
    pub excel_safe: bool,
    /// A byte order mark comes first.
    pub bom: bool,
    /// Rows end with CR and LF.
    pub crlf: bool,
}

/// Writes a CSV file anew.
pub struct Rewrite<'job, 'index> {
    rules: Rules,
    changes: Changes,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: usize,
    year: Option<usize>,
    record: Record,
    row: Vec<u8>,
    header: bool,
    /// How many formulas were guarded.
    pub formulas: u64,
}

impl<'job, 'index> Rewrite<'job, 'index> {
    /// From a file with these columns.
    pub fn new(
        (rules, changes): (Rules, Changes),
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &Columns,
    ) -> Self {
        Self {
            rules,
            changes,
            annotator,
            out,
            country: columns.country,
            year: columns.year,
            record: Record::with_most(rules.columns),
            row: Vec::new(),
            header: rules.header,
            formulas: 0,
        }
    }

    /// The fields of the row that begins at `start`, guarded where that is asked for.
    fn fields(&mut self, chunk: &[u8], start: usize) {
        self.row.clear();
        for place in 0..self.record.len() {
            if place > 0 {
                self.row.push(self.rules.delimiter);
            }
            let field = self.record.field(chunk, start, place).unwrap_or_default();
            if self.changes.excel_safe {
                self.formulas += u64::from(guard(field, &mut self.row));
            } else {
                self.row.extend_from_slice(field);
            }
        }
    }

    fn line_end(&mut self, chunk: &[u8], end: usize) {
        let line_end: &[u8] = match chunk.get(end..) {
            None | Some([]) => b"",
            Some(_) if self.changes.crlf => b"\r\n",
            Some([b'\r', b'\n', ..]) => b"\r\n",
            Some([b'\r', ..]) => b"\r",
            Some(_) => b"\n",
        };
        self.out.push(line_end);
    }

    fn row(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        if std::mem::take(&mut self.header) {
            self.fields(chunk, start);
            self.out.push(&self.row);
            self.out.push(&self.annotator.values.header());
            self.line_end(chunk, end);
            return Ok(());
        }
        let lacks = self.rules.lacks(self.record.len())?;
        let field = |place| self.record.field(chunk, start, place).unwrap_or_default();
        let cell = self.record.cell(chunk, start, self.country);
        let year = self.year.map(field);
        let words = self.annotator.words();
        let (added, status) = self.annotator.answer(cell, year);
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            let left_out = self.rules.unmatched.leaves_out(words, cell.bytes, status);
            return left_out.map_err(Problem::Refused);
        }
        let added = added.to_vec();
        self.fields(chunk, start);
        self.row
            .extend(std::iter::repeat_n(self.rules.delimiter, lacks));
        self.out.push(&self.row);
        self.out.push(&added);
        self.line_end(chunk, end);
        self.out.flush_if_full().map_err(Problem::Stopped)
    }
}

impl Sink for Rewrite<'_, '_> {
    fn fields(&mut self, _chunk: &[u8], base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        self.row(chunk, start, end)?;
        self.record.clear();
        Ok(())
    }

    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end, end);
        }
        self.line_end(chunk, end);
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        self.record.clear();
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Problem> {
        self.out.pass_on().map_err(Problem::Stopped)
    }
}
