//! Copies the user's bytes, with what is added before the end of each row.

use anyhow::anyhow;

use crate::commands::annotate::suffix::Annotator;
use crate::commands::annotate::{NotFound, Unmatched};
use crate::input::capture::Capture;
use crate::input::scan::{Problem, Sink};
use crate::output::stream::Stream;

/// The longest row that can be held back until it is known whether it stays.
const LONGEST_ROW: usize = 1 << 22;

/// What a user asks of the rows.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How many columns the header has.
    pub columns: usize,
    /// What parts the columns.
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
    country: Capture,
    year: Option<Capture>,
    /// How many fields of the record ended.
    done: usize,
    /// Up to where the chunk was copied.
    copied: usize,
    /// How much was gathered when the last row was.
    row: usize,
    header: bool,
}

impl<'index> Copy<'index> {
    /// From a file whose country and year stand in these columns.
    pub fn new(
        rules: Rules,
        annotator: Annotator<'index>,
        out: Stream,
        country: usize,
        year: Option<usize>,
    ) -> Self {
        Self {
            rules,
            annotator,
            out,
            country: Capture::new(country),
            year: year.map(Capture::new),
            done: 0,
            copied: 0,
            row: 0,
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
        self.out
            .push(chunk.get(self.copied..end).unwrap_or_default());
        self.copied = end;
    }

    /// Checks how many fields the record has, and fills it up where that is asked for.
    #[inline]
    fn check(&mut self, fields: usize) -> Result<usize, Problem> {
        if fields == self.rules.columns {
            return Ok(0);
        }
        if self.rules.pad && fields < self.rules.columns {
            return Ok(self.rules.columns - fields);
        }
        Err(Problem::Ragged(fields))
    }

    /// Begins anew with the record behind `end`.
    #[inline]
    fn next(&mut self, end: usize) -> Result<(), Problem> {
        self.done = 0;
        self.country.reset(end);
        if let Some(year) = &mut self.year {
            year.reset(end);
        }
        self.row = if self.out.settle().map_err(stopped)? {
            0
        } else {
            self.out.gathered()
        };
        Ok(())
    }

    fn header(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        self.header = false;
        self.copy(chunk, end);
        let suffix = self.annotator.header();
        self.out.push(&suffix);
        self.next(end)
    }
}

/// An error of the output as a reason to stop.
fn stopped(error: std::io::Error) -> Problem {
    Problem::Stopped(unwritten(error))
}

/// An error of the output.
pub fn unwritten(error: std::io::Error) -> anyhow::Error {
    anyhow!(error).context("cannot write the output")
}

impl Sink for Copy<'_> {
    #[inline]
    fn fields(&mut self, base: usize, delimiters: u64) {
        // To count bits is not cheap on every machine this runs on.
        let count = delimiters.count_ones() as usize;
        self.country.fields(self.done, count, base, delimiters);
        if let Some(year) = &mut self.year {
            year.fields(self.done, count, base, delimiters);
        }
        self.done += count;
    }

    #[inline]
    fn record(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.header {
            return self.header(chunk, end);
        }
        let short = self.check(self.done + 1)?;
        self.out
            .push(chunk.get(self.copied..end).unwrap_or_default());
        self.copied = end;
        for _ in 0..short {
            self.out.push(&[self.rules.delimiter]);
        }
        let cell = self.country.get(chunk, end, self.done);
        let year = self.year.as_mut();
        let year = year.map(|year| year.get(chunk, end, self.done).bytes);
        let (suffix, status) = self.annotator.suffix(cell, year);
        self.out.push(suffix);
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            if self.rules.unmatched == Unmatched::Fail {
                let name = String::from_utf8_lossy(cell.bytes).into_owned();
                return Err(Problem::Refused(anyhow!(NotFound { name, status })));
            }
            self.out.take_back(self.row);
        }
        self.next(end)
    }

    /// In a file of one column an empty line is a row whose cell is empty.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end);
        }
        self.copy(chunk, end);
        self.next(end)
    }

    fn keep(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        self.copy(chunk, chunk.len());
        self.copied = 0;
        self.country.keep(chunk, self.done);
        if let Some(year) = &mut self.year {
            year.keep(chunk, self.done);
        }
        if self.rules.unmatched != Unmatched::Drop {
            self.out.settle().map_err(stopped)?;
            self.row = 0;
        } else if self.out.gathered() - self.row > LONGEST_ROW {
            return Err(Problem::Refused(anyhow!(
                "a row of more than 4 MiB cannot be held back; --unmatched drop does so"
            )));
        }
        Ok(())
    }
}
