//! Records taken apart into fields, answered, and written by whoever knows how: as objects, or anew as rows.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::copy::Rules;
use crate::annotate::unmatched::Unmatched;
use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::sink::Sink;
use crate::output::stream::Stream;

/// A record of the user's.
pub struct UserRow<'r> {
    record: &'r Record,
    chunk: &'r [u8],
    start: usize,
    end: usize,
    /// How many fields it lacks of those that the header has.
    pub lacks: usize,
}

impl<'r> UserRow<'r> {
    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// The field at a place, as it stands in the file; empty where it lacks that.
    pub fn field(&self, place: usize) -> &'r [u8] {
        let field = self.record.field(self.chunk, self.start, place);
        field.unwrap_or_default()
    }

    /// All of it, without its line end.
    pub fn bytes(&self) -> &'r [u8] {
        self.chunk.get(self.start..self.end).unwrap_or_default()
    }

    /// What stands behind it, its line end first.
    pub fn behind(&self) -> &'r [u8] {
        self.chunk.get(self.end..).unwrap_or_default()
    }
}

/// What writes records with what is added to them.
pub trait Write {
    /// Writes the header.
    fn header(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream);

    /// Writes a row.
    ///
    /// # Errors
    /// A field cannot be read, or the write failed.
    fn row(&mut self, row: &UserRow<'_>, added: &[u8], out: &mut Stream) -> Result<(), Problem>;

    /// Writes a line with nothing on it, behind which this stands.
    fn blank(&mut self, _behind: &[u8], _out: &mut Stream) {}
}

/// Annotates records, and has them written.
pub struct Records<'job, 'index, W> {
    rules: Rules,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: usize,
    year: Option<usize>,
    record: Record,
    header: bool,
    /// What writes them.
    pub writer: W,
}

impl<'job, 'index, W: Write> Records<'job, 'index, W> {
    /// From a file with these columns.
    pub fn new(
        rules: Rules,
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &FoundColumns,
        writer: W,
    ) -> Self {
        Self {
            rules,
            annotator,
            out,
            country: columns.country,
            year: columns.year,
            record: Record::with_most(rules.columns),
            header: rules.header,
            writer,
        }
    }

    fn row(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        let mut row = UserRow { record: &self.record, chunk, start, end, lacks: 0 };
        if std::mem::take(&mut self.header) {
            let added = self.annotator.values.header();
            self.writer.header(&row, &added, self.out);
            return Ok(());
        }
        row.lacks = self.rules.lacks(row.len())?;
        let cell = self.record.cell(chunk, start, self.country);
        let year = self.year.map(|place| row.field(place));
        let words = self.annotator.words();
        let (added, status) = self.annotator.answer(cell, year);
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            let left_out = self.rules.unmatched.leaves_out(words, cell.bytes, status);
            return left_out.map_err(Problem::Refused);
        }
        self.writer.row(&row, added, self.out)?;
        self.out.flush_if_full().map_err(Problem::Stopped)
    }
}

impl<W: Write> Sink for Records<'_, '_, W> {
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
        if self.rules.blank_is_row(self.header) {
            return self.record(chunk, end, end);
        }
        let behind = chunk.get(end..).unwrap_or_default();
        self.writer.blank(behind, self.out);
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
