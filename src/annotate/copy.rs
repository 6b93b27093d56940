//! Copies the user's bytes, with what is added before the end of each row.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::formulas::Formulas;
use crate::annotate::unmatched::{Status, Unmatched};
use crate::input::column::{Cell, ColumnField};
use crate::input::problem::Problem;
use crate::input::sink::Sink;
use crate::output::stream::Stream;

/// How many bytes are copied at once.
const PIECE: usize = 1 << 17;

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
    /// Whether the first record is a header.
    pub header: bool,
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

    /// Whether an empty line is a row whose cell is empty: in a file of one column, below its header.
    pub fn blank_is_row(&self, header_is_next: bool) -> bool {
        self.columns == 1 && !header_is_next
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
    /// Cells that are formulas to a spreadsheet program.
    pub formulas: Formulas,
}

impl<'job, 'index> Copy<'job, 'index> {
    /// From a file with these columns.
    pub fn new(
        rules: Rules,
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &FoundColumns,
    ) -> Self {
        Self {
            rules,
            annotator,
            out,
            country: ColumnField::new(columns.country),
            year: columns.year.map(ColumnField::new),
            done: 0,
            copied: 0,
            header: rules.header,
            formulas: Formulas::default(),
        }
    }

    /// Copies up to `end`.
    #[inline]
    fn copy(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        let bytes = chunk.get(self.copied..end);
        self.copied = end;
        push(self.out, bytes.unwrap_or_default())
    }

    /// Leaves out the row from `start` to `end`, with its line end.
    fn leave_out(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.copy(chunk, start)?;
        let line_end = match chunk.get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        self.copied = end + line_end;
        Ok(())
    }

    /// Leaves out an unmatched row, or ends the work.
    fn not_kept(
        &mut self,
        cell: Cell<'_>,
        status: Status,
        (chunk, start, end): (&[u8], usize, usize),
    ) -> Result<(), Problem> {
        let words = self.annotator.words();
        let left_out = self.rules.unmatched.leaves_out(words, cell.bytes, status);
        left_out.map_err(Problem::Refused)?;
        self.leave_out(chunk, start, end)?;
        self.next();
        self.out.flush_if_full().map_err(Problem::Stopped)
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

/// Adds bytes to the output.
#[inline]
fn push(out: &mut Stream, bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() > PIECE {
        return push_long(out, bytes);
    }
    out.push(bytes);
    Ok(())
}

/// What is long is not gathered as a whole.
#[cold]
fn push_long(out: &mut Stream, bytes: &[u8]) -> Result<(), Problem> {
    for piece in bytes.chunks(PIECE) {
        out.push(piece);
        out.flush_if_full().map_err(Problem::Stopped)?;
    }
    Ok(())
}

impl Copy<'_, '_> {
    /// Looks for formulas in the fields that begin behind these delimiters.
    #[cold]
    fn look(&mut self, chunk: &[u8], base: usize, mut delimiters: u64) {
        while delimiters != 0 {
            let start = base + delimiters.trailing_zeros() as usize + 1;
            self.formulas.look(chunk, start, self.rules.delimiter);
            delimiters &= delimiters - 1;
        }
    }

    /// The same in the first field of a record, which is whole.
    #[cold]
    fn look_at_first(&mut self, chunk: &[u8], start: usize) {
        self.formulas.look(chunk, start, self.rules.delimiter);
        self.formulas.end_record();
    }
}

impl Sink for Copy<'_, '_> {
    #[inline]
    fn fields(&mut self, chunk: &[u8], base: usize, delimiters: u64) {
        if self.formulas.is_looking() {
            self.look(chunk, base, delimiters);
        }
        let count = delimiters.count_ones() as usize;
        self.country.fields(self.done, count, base, delimiters);
        if let Some(year) = &mut self.year {
            year.fields(self.done, count, base, delimiters);
        }
        self.done += count;
    }

    #[inline]
    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        if self.formulas.is_looking() {
            self.look_at_first(chunk, start);
        }
        if self.header {
            self.header = false;
            self.copy(chunk, end)?;
            self.out.push(&self.annotator.values.header());
            self.next();
            return Ok(());
        }
        let lacks = self.rules.lacks(self.done + 1)?;
        let cell = self.country.get(chunk, (start, end), self.done);
        let year = self.year.as_ref();
        let year = year.map(|year| year.get(chunk, (start, end), self.done).bytes);
        let (fields, status) = self.annotator.answer(cell, year);
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            return self.not_kept(cell, status, (chunk, start, end));
        }
        let bytes = chunk.get(self.copied..end);
        self.copied = end;
        push(self.out, bytes.unwrap_or_default())?;
        for _ in 0..lacks {
            self.out.push(&[self.rules.delimiter]);
        }
        self.out.push(fields);
        self.next();
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.blank_is_row(self.header) {
            return self.record(chunk, end, end);
        }
        Ok(())
    }

    fn rest(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.copy(chunk, start)?;
        self.copied = 0;
        self.formulas.forget();
        self.next();
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    fn pause(&mut self) -> Result<(), Problem> {
        self.out.pass_on().map_err(Problem::Stopped)
    }
}
