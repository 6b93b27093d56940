//! The rows of a CSV file, one after the other: told apart, answered, and written.

use crate::annotate::added::Letters;
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::formulas::Formulas;
use crate::annotate::one_encoding::OneEncoding;
use crate::annotate::unmatched::Unmatched;
use crate::annotate::user_row::UserRow;
use crate::annotate::writer::RowWriter;
use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::sink::Sink;
use crate::output::stream::Stream;

/// How many rows that are copied are looked at for formulas.
const LOOKED_AT: u64 = 1 << 16;

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
    /// Whether a cell of several countries makes a row for each.
    pub each: bool,
}

/// What programs of CP/M and DOS put behind the end of a text.
const END_MARK: &[u8] = b"\x1a";

impl Rules {
    /// Returns how many fields a record of so many lacks.
    ///
    /// # Errors
    /// It has too many, or too few where short rows are not filled up.
    #[inline]
    fn lacks(&self, fields: usize) -> Result<usize, Problem> {
        match self.columns.checked_sub(fields) {
            Some(0) => Ok(0),
            Some(lacks) if self.pad => Ok(lacks),
            _ => Err(Problem::Ragged(fields)),
        }
    }
}

/// Annotates the rows of a CSV file.
pub struct RowStream<'job, 'index> {
    rules: Rules,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: usize,
    year: Option<usize>,
    record: Record,
    encoding: OneEncoding<'job>,
    /// Whether the header comes next.
    header: bool,
    /// What a spreadsheet program would run.
    pub formulas: Formulas,
    /// How they are written.
    pub writer: RowWriter,
}

impl<'job, 'index> RowStream<'job, 'index> {
    /// Begins a file with these columns.
    ///
    /// Formulas are counted where a note will tell of them: all that are guarded, or those of the first rows.
    pub fn new(
        rules: Rules,
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &FoundColumns,
        encoding: OneEncoding<'job>,
        writer: RowWriter,
    ) -> Self {
        let looked_at = match &writer {
            RowWriter::Copy { .. } => LOOKED_AT,
            RowWriter::Rewrite(changes, _) if changes.excel_safe => u64::MAX,
            RowWriter::Rewrite(..) | RowWriter::Objects(_) => 0,
        };
        Self {
            rules,
            annotator,
            out,
            country: columns.country,
            year: columns.year,
            record: Record::with_most(rules.columns),
            encoding,
            header: rules.header,
            formulas: Formulas::in_first(looked_at),
            writer,
        }
    }

    /// Looks for formulas. Once enough records were looked at, only the fields that are asked for are told apart.
    #[cold]
    fn look_for_formulas(&mut self, chunk: &[u8], start: usize) {
        let fields = self.record.fields_in(chunk, start);
        self.formulas.count(fields);
        if !self.formulas.is_looking() && matches!(self.writer, RowWriter::Copy { .. }) {
            self.record.keep(self.country.max(self.year.unwrap_or(0)) + 1);
        }
    }
}

impl Sink for RowStream<'_, '_> {
    #[inline]
    fn fields(&mut self, base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    #[inline]
    fn line(&mut self, line: u64) {
        self.encoding.line(line);
    }

    #[inline]
    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        self.annotator.row += 1;
        if self.formulas.is_looking() {
            self.look_for_formulas(chunk, start);
        }
        let delimiter = self.rules.delimiter;
        let mut row = UserRow { record: &self.record, chunk, start, end, lacks: 0, delimiter };
        if std::mem::take(&mut self.header) {
            if !matches!(self.writer, RowWriter::Objects(_)) {
                self.encoding.row(chunk, (start, end), Letters::Ascii)?;
            }
            self.writer.header(&row, &self.annotator.values.header(), self.out);
            self.record.clear();
            return Ok(());
        }
        if row.bytes() == END_MARK && self.rules.columns > 1 {
            row.lacks = self.rules.columns - 1;
            self.writer.no_row(&row, self.annotator.values.nothing(), self.out)?;
            self.record.clear();
            return Ok(());
        }
        row.lacks = self.rules.lacks(self.record.len())?;
        let (cell, year) = (row.field(self.country), self.year.map(|year| row.field(year)));
        if self.rules.each
            && let Some(list) = self.annotator.list(cell)
        {
            for place in 0..list.len {
                let (added, letters) = self.annotator.answer_part(list, place, year);
                if !matches!(self.writer, RowWriter::Objects(_)) {
                    self.encoding.row(chunk, (start, end), letters)?;
                }
                self.writer.again(&row, place, added, self.out)?;
            }
            self.record.clear();
            return self.out.flush_if_full().map_err(Problem::Stopped);
        }
        let (added, status, letters) = self.annotator.answer(cell, year);
        if self.rules.unmatched.leaves_out(status) {
            self.writer.leave_out(&row, self.out);
        } else {
            if !matches!(self.writer, RowWriter::Objects(_)) {
                self.encoding.row(chunk, (start, end), letters)?;
            }
            let written = self.writer.row(&row, added, self.out);
            written.map_err(|problem| self.encoding.problem(problem, chunk))?;
        }
        self.record.clear();
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    /// In a file of one column an empty line below the header is a row whose cell is empty.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end, end);
        }
        self.annotator.row += 1;
        self.writer.blank(chunk.get(end..).unwrap_or_default(), self.out);
        Ok(())
    }

    fn rest(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.record.clear();
        self.encoding.next_chunk();
        self.writer.rest(chunk, start, self.out);
        self.out.flush_if_full().map_err(Problem::Stopped)
    }

    fn pause(&mut self) -> Result<(), Problem> {
        self.out.pass_on().map_err(Problem::Stopped)
    }
}
