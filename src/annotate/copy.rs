//! Copies the user's bytes, with what is added before the end of each row.

use anyhow::anyhow;

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::unmatched::Unmatched;
use crate::input::column::ColumnField;
use crate::input::scan::{Problem, Sink};
use crate::output::stream::Stream;

/// The longest row that can be held back until it is known whether it stays.
const LONGEST_ROW: usize = 1 << 22;

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

/// Copies a CSV file.
pub struct Copy<'index> {
    rules: Rules,
    annotator: Annotator<'index>,
    out: Stream,
    country: ColumnField,
    year: Option<ColumnField>,
    /// How many fields of the record ended.
    done: usize,
    /// Up to where the chunk was copied.
    copied: usize,
    /// How much was gathered before the row, where rows may be dropped.
    row: Option<usize>,
    /// Whether the chunk ends with the CR of a row that is dropped.
    drop_cr: bool,
    /// Whether the chunk before did: an LF that this one begins with is dropped too.
    drop_lf: bool,
    header: bool,
}

impl<'index> Copy<'index> {
    /// From a file with these columns.
    pub fn new(rules: Rules, annotator: Annotator<'index>, out: Stream, columns: &Columns) -> Self {
        Self {
            rules,
            annotator,
            out,
            country: ColumnField::new(columns.country),
            year: columns.year.map(ColumnField::new),
            done: 0,
            copied: 0,
            row: None,
            drop_cr: false,
            drop_lf: false,
            header: true,
        }
    }

    /// The counts, and what is still to be written.
    pub fn finish(self) -> (Annotator<'index>, Stream) {
        (self.annotator, self.out)
    }

    /// Copies up to `end`.
    #[inline]
    fn copy(&mut self, chunk: &[u8], end: usize) {
        if self.drop_lf {
            self.drop_lf = false;
            self.copied += usize::from(chunk.first() == Some(&b'\n'));
        }
        self.out
            .push(chunk.get(self.copied..end).unwrap_or_default());
        self.copied = self.copied.max(end);
    }

    /// How many fields a record of so many lacks.
    #[inline]
    fn lacks(&self, fields: usize) -> Result<usize, Problem> {
        if fields == self.rules.columns {
            return Ok(0);
        }
        if self.rules.pad && fields < self.rules.columns {
            return Ok(self.rules.columns - fields);
        }
        Err(Problem::Ragged(fields))
    }

    /// Leaves out the row that ends at `end`, with its line end.
    fn take_back(&mut self, chunk: &[u8], end: usize, row: usize) {
        self.out.take_back(row);
        let rest = chunk.get(end..).unwrap_or_default();
        self.copied = end
            + if rest.starts_with(b"\r\n") {
                2
            } else {
                rest.len().min(1)
            };
        self.drop_cr = rest == b"\r";
    }

    /// Begins anew with the next record.
    #[inline]
    fn next(&mut self) -> Result<(), Problem> {
        self.done = 0;
        self.row = None;
        self.country.reset();
        if let Some(year) = &mut self.year {
            year.reset();
        }
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    fn header(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        self.header = false;
        self.copy(chunk, end);
        self.out.push(&self.annotator.values.header());
        self.next()
    }
}

impl Sink for Copy<'_> {
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
            return self.header(chunk, end);
        }
        let lacks = self.lacks(self.done + 1)?;
        if self.rules.unmatched == Unmatched::Drop && self.row.is_none() {
            self.copy(chunk, start);
            self.row = Some(self.out.gathered());
        }
        self.copy(chunk, end);
        for _ in 0..lacks {
            self.out.push(&[self.rules.delimiter]);
        }
        let cell = self.country.get(chunk, (start, end), self.done);
        let year = self.year.as_mut();
        let year = year.map(|year| year.get(chunk, (start, end), self.done).bytes);
        let index = self.annotator.values.index;
        let (fields, status) = self.annotator.answer(cell, year);
        self.out.push(fields);
        let keeps = self.rules.unmatched.keeps(index, cell.bytes, status);
        if !keeps.map_err(Problem::Refused)?
            && let Some(row) = self.row
        {
            self.take_back(chunk, end, row);
        }
        self.next()
    }

    /// In a file of one column an empty line is a row whose cell is empty.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end, end);
        }
        self.copy(chunk, end);
        self.next()
    }

    fn keep(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        if self.rules.unmatched == Unmatched::Drop && !self.header {
            self.copy(chunk, start);
            if start < chunk.len() {
                self.row.get_or_insert(self.out.gathered());
            }
            let row = self.row.unwrap_or(self.out.gathered());
            if self.out.gathered() - row > LONGEST_ROW {
                return Err(Problem::Refused(anyhow!(
                    "a row of more than 4 MiB cannot be held back; --unmatched drop does so"
                )));
            }
            self.copy(chunk, chunk.len());
        } else {
            self.copy(chunk, chunk.len());
            self.out.flush_if_full().map_err(Problem::Stopped)?;
        }
        self.copied = 0;
        self.drop_lf = std::mem::take(&mut self.drop_cr);
        self.country.keep(chunk, start, self.done);
        if let Some(year) = &mut self.year {
            year.keep(chunk, start, self.done);
        }
        Ok(())
    }
}
