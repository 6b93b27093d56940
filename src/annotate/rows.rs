//! The rows of a CSV file, one after the other: told apart, answered, and written.

use std::mem;

use crate::annotate::added::Letters;
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::formulas::is_formula;
use crate::annotate::one_encoding::OneEncoding;
use crate::annotate::options::{Ragged, UserTable};
use crate::annotate::writer::RowWriter;
use crate::input::{Problem, Record, Sink, field};
use crate::output::Stream;

/// What programs of CP/M and DOS put behind the end of a text.
const END_MARK: &[u8] = b"\x1a";

pub struct RowStream<'job, 'index> {
    pub table: UserTable<'job>,
    pub annotator: &'job mut Annotator<'index>,
    pub out: &'job mut Stream,
    pub columns: &'job FoundColumns,
    pub encoding: OneEncoding<'job>,
    /// Whether the next row is the header.
    pub header: bool,
    /// How many columns are told apart.
    pub kept: usize,
    /// How many more rows are looked at for what a spreadsheet program would run, and how many cells it would.
    pub looked_at: u64,
    pub formulas: u64,
    pub writer: RowWriter,
}

impl RowStream<'_, '_> {
    /// Looks for formulas. Once enough records were looked at, only the fields that are asked for are told apart.
    #[cold]
    fn look_for_formulas(&mut self, row: &Record<'_>) {
        let formulas = row.fields().filter(|field| is_formula(&field::value(field)));
        self.formulas += formulas.count() as u64;
        self.looked_at -= 1;
        if self.looked_at == 0 && matches!(self.writer, RowWriter::Copy { .. }) {
            self.kept = self.columns.country.max(self.columns.year.unwrap_or(0)) + 1;
        }
    }
}

impl Sink for RowStream<'_, '_> {
    #[inline]
    fn kept(&self) -> usize {
        self.kept
    }

    #[inline]
    fn record(&mut self, row: &Record<'_>) -> Result<(), Problem> {
        self.annotator.row += 1;
        if self.looked_at > 0 {
            self.look_for_formulas(row);
        }
        if mem::take(&mut self.header) {
            self.encoding.row(row, Letters::Ascii)?;
            return self.writer.no_row(row, &self.annotator.values.header(), self.out);
        }
        if row.bytes() == END_MARK && row.columns > 1 {
            return self.writer.no_row(row, self.annotator.values.nothing(), self.out);
        }
        if row.len() != row.columns
            && (row.lacks() == 0 || self.table.options.ragged == Ragged::Error)
        {
            return Err(Problem::Ragged(row.len()));
        }
        let mut cell = row.field(self.columns.country);
        let year = self.columns.year.map(|year| row.field(year));
        let mut quoted = Vec::new();
        // Quotes count in a cell, but not on a line.
        if cell.starts_with(b"\"") && self.table.is_list() {
            field::write_quoted(cell, &mut quoted);
            cell = &quoted;
        }
        if self.table.options.each
            && let Some(list) = self.annotator.list(cell)
        {
            for (place, name) in list.iter().enumerate() {
                let (added, _, letters) = self.annotator.answer_part(*name, year);
                self.encoding.row(row, letters)?;
                self.writer.again(row, place, added, self.out)?;
            }
            return self.out.flush_if_full().map_err(Problem::Stopped);
        }
        let unmatched = self.table.options.unmatched;
        let (added, status, letters) = self.annotator.answer(cell, year);
        if unmatched.leaves_out(status) {
            self.writer.leave_out(row, self.out);
        } else {
            self.encoding.row(row, letters)?;
            let written = self.writer.row(row, added, self.out);
            written.map_err(|problem| self.encoding.problem(problem, row.chunk))?;
        }
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    /// In a file of one column an empty line below the header is a row whose cell is empty.
    fn blank(&mut self, line: &Record<'_>) -> Result<(), Problem> {
        if line.columns == 1 && !self.header {
            return self.record(line);
        }
        self.annotator.row += 1;
        self.writer.blank(line.behind(), self.out);
        Ok(())
    }

    fn rest(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.encoding.next_chunk();
        self.writer.rest(chunk, start, self.out);
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    fn pause(&mut self) -> Result<(), Problem> {
        self.out.pass_on().map_err(Problem::Stopped)
    }
}
