//! The streaming join of `tip annotate`.
//!
//! `commands/annotate.rs` makes a `Job` of the options. `Job::run` finds the columns in the first rows (`reading`); then
//! `input::reader` reads, `input::scan` tells records apart, `rows` has each answered (`annotator`) and written (`writer`).
//! What a cell names is resolved once (`values`) and kept in `answer::cache`. `summary` says what became of the rows.

pub mod added;
mod advice;
mod annotator;
pub mod columns;
pub mod corrections;
mod country_column;
mod country_words;
pub mod formulas;
mod lines;
mod looker;
mod objects;
mod reading;
mod rows;
mod sample;
mod score;
mod summary;
pub mod table;
pub mod unmatched;
mod user_row;
pub mod values;
pub mod writer;
mod wrong_column;

use anyhow::{Context, Result};

use crate::annotate::added::Render;
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::objects::Objects;
use crate::annotate::reading::Reading;
use crate::annotate::rows::{RowStream, Rules};
use crate::annotate::table::UserTable;
use crate::annotate::unmatched::Unmatched;
use crate::annotate::values::{Requested, Values};
use crate::annotate::writer::RowWriter;
use crate::annotate::wrong_column::{ColumnRead, hint};
use crate::index::Index;
use crate::index::codes::CodeReading;
use crate::input::delimiter;
use crate::input::problem::TrailingText;
use crate::input::reader::Input;
use crate::output::progress::Progress;
use crate::output::stream::Stream;

/// One file to annotate.
pub struct Job<'a> {
    /// What is known of the countries.
    pub index: &'a Index,
    /// The file.
    pub input: Input<'a>,
    /// How far the work has come.
    pub progress: Progress,
    /// How to read the file; none for a plain list.
    pub table: Option<UserTable<'a>>,
    /// What is asked of every row.
    pub query: Requested<'a>,
    /// What becomes of rows whose country is not found.
    pub unmatched: Unmatched,
    /// Where the rows go.
    pub out: Stream,
    /// Where the unmatched names go.
    pub report: Option<Stream>,
}

/// What a reader should know of an annotated file, a line each.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How it was read, and what became of its rows.
    pub notes: Vec<String>,
    /// That nothing was found.
    pub warnings: Vec<String>,
}

impl Job<'_> {
    /// Annotates the file. `quiet`: nobody reads what became of the rows, and what is near to names takes long to find.
    ///
    /// # Errors
    /// The input is not as it must be, the output cannot be written, or a row is unmatched where that ends the work.
    pub fn run(self, quiet: bool) -> Result<Outcome> {
        let (index, table, query) = (self.index, self.table, self.query);
        let (mut input, mut out, mut progress) = (self.input, self.out, self.progress);
        let mut outcome = Outcome::default();
        let year_column = table.and_then(|table| table.wanted.year);
        let years = summary::years(query.year, *index.years().end(), year_column);
        let seen = |bytes| progress.seen(bytes);
        let (annotator, read) = if let Some(table) = table {
            let file = CsvFile::open(index, &mut input, table, &query)?;
            outcome.notes.extend(file.notes());
            outcome.warnings.extend(file.warning.clone());
            let render = file.render(&query);
            let query = Requested { codes: file.codes, ..query };
            let mut annotator = Annotator::new(Values::new(index, query, render));
            let (trailing, formulas) =
                file.annotate(&mut input, &mut out, self.unmatched, &mut annotator, seen)?;
            outcome.notes.extend(trailing.note());
            outcome.notes.extend(formulas::note(formulas, table.changes.excel_safe));
            (annotator, Some(file.read))
        } else {
            let render = Render::Fields(b'\t', query.encoding);
            let mut annotator = Annotator::new(Values::new(index, query, render));
            lines::annotate(&mut input, &mut annotator, self.unmatched, &mut out, seen)?;
            (annotator, None)
        };
        progress.done();
        let mut report = self.report;
        if let Some(report) = &mut report {
            let safe = table.is_some_and(|table| table.changes.excel_safe);
            summary::report(&annotator, safe, report)?;
        }
        Stream::finish_all([out].into_iter().chain(report))?;
        if !quiet {
            outcome.notes.extend(summary::notes(&annotator, &years));
        }
        match hint(&annotator, read.as_ref()) {
            Some(hint) if hint.is_empty => outcome.warnings.push(hint.text),
            hint => outcome.notes.extend(hint.map(|hint| hint.text)),
        }
        Ok(outcome)
    }
}

/// A CSV file whose header was read.
struct CsvFile<'a> {
    table: UserTable<'a>,
    delimiter: u8,
    columns: FoundColumns,
    read: ColumnRead,
    /// How the codes of the column are read.
    codes: CodeReading,
    /// That the header may be a row.
    warning: Option<String>,
}

impl<'a> CsvFile<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// It cannot be read, or lacks a column.
    fn open<'i>(
        index: &'i Index,
        input: &mut Input<'_>,
        table: UserTable<'a>,
        query: &Requested<'i>,
    ) -> Result<Self> {
        let wanted = table.wanted;
        input.skip(table.skip)?;
        let delimiter = table.delimiter.unwrap_or_else(|| match *input.delimiters() {
            [only] => only,
            _ => table.usual,
        });
        query.encoding.check(delimiter)?;
        let names = input.header(delimiter, query.encoding)?;
        reading::read_ahead(index, input, (&table, delimiter), query, &names)?;
        let read = Reading::new(index, input, (&table, delimiter), query, &names);
        let read = read.with_context(|| format!("{}:{}", input.name(), input.first_line()))?;
        let Reading { columns, better, codes, warning } = read;
        let read = ColumnRead { names, header: wanted.header, country: columns.country, better };
        Ok(Self { table, delimiter, columns, read, codes, warning })
    }

    /// Returns how what is added is written.
    fn render(&self, query: &Requested<'_>) -> Render {
        match self.table.objects {
            Some(_) => Render::Members,
            None => Render::Fields(self.delimiter, query.encoding),
        }
    }

    /// Returns what to say of how it is read.
    fn notes(&self) -> impl Iterator<Item = String> {
        let delimiter = self.delimiter;
        let is_found = self.table.delimiter.is_none() && delimiter != self.table.usual;
        let parted = is_found.then(|| {
            let name = delimiter::name(delimiter);
            format!("the columns are parted by {name}, the only delimiter in the header")
        });
        let skipped = (self.table.skip > 0).then(|| match self.table.skip {
            1 => "1 line above the header is left out".to_owned(),
            lines => format!("{lines} lines above the header are left out"),
        });
        skipped.into_iter().chain(parted).chain(self.columns.notes.clone())
    }

    /// Annotates every row. Returns the fields with text behind a closing quote, and how many formulas there are.
    ///
    /// # Errors
    /// As `Job::run`.
    fn annotate(
        &self,
        input: &mut Input<'_>,
        out: &mut Stream,
        unmatched: Unmatched,
        annotator: &mut Annotator<'_>,
        seen: impl FnMut(usize),
    ) -> Result<(TrailingText, u64)> {
        let names = &self.read.names;
        let rules = Rules {
            columns: names.len(),
            delimiter: self.delimiter,
            unmatched,
            pad: self.table.pad,
            header: self.read.header,
            each: self.table.each,
        };
        let changes = self.table.changes;
        let writer = if let Some(format) = self.table.objects {
            let objects = Objects::new(names, annotator.values.encoding(), format);
            RowWriter::Objects(objects.with_context(|| format!("{}:1", input.name()))?)
        } else {
            out.push(if changes.bom { "\u{feff}".as_bytes() } else { input.bom() });
            if changes.excel_safe || changes.crlf {
                RowWriter::Rewrite(changes)
            } else {
                RowWriter::Copy { copied: 0 }
            }
        };
        let mut rows = RowStream::new(rules, annotator, out, &self.columns, writer);
        let trailing = input.scan(rules.delimiter, rules.columns, &mut rows, seen)?;
        let (formulas, writer) = (rows.formulas.total, rows.writer);
        writer.finish(out);
        Ok((trailing, formulas))
    }
}
