//! Copies the user's bytes, with what is added before the end of each row.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::unmatched::Unmatched;
use crate::input::column::ColumnField;
use crate::input::problem::Problem;
use crate::input::sink::Sink;
use crate::output::stream::Stream;

/// What a user asks of the rows.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How many columns the header has.
    pub columns: usize,
    /// The delimiter.
    pub delimiter: u8,
    /// What becomes of rows whose country is not found.
    pub unmatched: Unmatched,
    /// Whether short rows are filled up.
    pub pad: bool,
}

impl Rules {
    /// How many fields a record of so many lacks.
    ///
    /// # Errors
    /// It has too many, or too few where short rows are not filled up.
    #[inline]
    pub fn lacks(&self, fields: usize) -> Result<usize, Problem> {
        match self.columns.checked_sub(fields) {
            Some(0) => Ok(0),
            Some(lacks) if self.pad => Ok(lacks),
            _ => Err(Problem::Ragged(fields)),
        }
    }
}

/// Copies a CSV file.
pub struct Copy<'job, 'index> {
    rules: Rules,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: ColumnField,
    year: Option<ColumnField>,
    /// How many fields of the record ended.
    done: usize,
    /// Up to where the chunk was copied.
    copied: usize,
    header: bool,
}

impl<'job, 'index> Copy<'job, 'index> {
    /// From a file with these columns.
    pub fn new(
        rules: Rules,
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &Columns,
    ) -> Self {
        Self {
            rules,
            annotator,
            out,
            country: ColumnField::new(columns.country),
            year: columns.year.map(ColumnField::new),
            done: 0,
            copied: 0,
            header: true,
        }
    }

    /// Copies up to `end`.
    #[inline]
    fn copy(&mut self, chunk: &[u8], end: usize) {
        let bytes = chunk.get(self.copied..end);
        self.out.push(bytes.unwrap_or_default());
        self.copied = end;
    }

    /// Leaves out the row from `start` to `end`, with its line end.
    fn leave_out(&mut self, chunk: &[u8], start: usize, end: usize) {
        self.copy(chunk, start);
        let line_end = match chunk.get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        self.copied = end + line_end;
    }

    /// Begins anew with the next record.
    #[inline]
    fn next(&mut self) {
        self.done = 0;
        self.country.reset();
        if let Some(year) = &mut self.year {
            year.reset();
        }
    }
}

impl Sink for Copy<'_, '_> {
    #[inline]
    fn fields(&mut self, base: usize, delimiters: u64) {
        let count = delimiters.count_ones() as usize;
        self.country.fields(self.done, count, base, delimiters);
        if let Some(year) = &mut self.year {
            year.fields(self.done, count, base, delimiters);
        }
        self.done += count;
    }

    #[inline]
    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        if self.header {
            self.header = false;
            self.copy(chunk, end);
            self.out.push(&self.annotator.values.header());
            self.next();
            return Ok(());
        }
        let lacks = self.rules.lacks(self.done + 1)?;
        let cell = self.country.get(chunk, (start, end), self.done);
        let year = self.year.as_ref();
        let year = year.map(|year| year.get(chunk, (start, end), self.done).bytes);
        let index = self.annotator.values.index;
        let (fields, status) = self.annotator.answer(cell, year);
        let keeps = self.rules.unmatched.keeps(index, cell.bytes, status);
        if keeps.map_err(Problem::Refused)? {
            let bytes = chunk.get(self.copied..end);
            self.out.push(bytes.unwrap_or_default());
            self.copied = end;
            for _ in 0..lacks {
                self.out.push(&[self.rules.delimiter]);
            }
            self.out.push(fields);
        } else {
            self.leave_out(chunk, start, end);
        }
        self.next();
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    /// In a file of one column an empty line is a row whose cell is empty.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end, end);
        }
        Ok(())
    }

    fn rest(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.copy(chunk, start);
        self.copied = 0;
        self.next();
        self.out.flush_if_full().map_err(Problem::Stopped)
    }
}
