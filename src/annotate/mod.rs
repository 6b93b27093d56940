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
mod guessed_encoding;
mod lines;
mod looker;
mod objects;
mod one_encoding;
mod reading;
mod remedy;
mod replaced;
mod report;
mod row_year;
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

use anyhow::{Context, Result, anyhow};

use crate::annotate::added::Render;
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::FoundColumns;
use crate::annotate::guessed_encoding::hint_of_header;
use crate::annotate::objects::Objects;
use crate::annotate::one_encoding::{OneEncoding, refuse_utf8};
use crate::annotate::reading::Reading;
use crate::annotate::report::ReportForm;
use crate::annotate::rows::{RowStream, Rules};
use crate::annotate::table::UserTable;
use crate::annotate::unmatched::Unmatched;
use crate::annotate::values::{Requested, Values};
use crate::annotate::writer::{FileChanges, RowWriter};
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
    /// Whether every row must have a country.
    pub strict: bool,
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
    /// That nothing was found, or not enough.
    pub warnings: Vec<String>,
}

impl Job<'_> {
    /// Annotates the file. `quiet`: nobody reads what became of the rows, and what is near to names takes long to find.
    ///
    /// # Errors
    /// The input is not as it must be, or the output cannot be written.
    pub fn run(self, quiet: bool) -> Result<Outcome> {
        let (index, table, query) = (self.index, self.table, self.query);
        let (mut input, mut out, mut progress) = (self.input, self.out, self.progress);
        let mut outcome = Outcome::default();
        refuse_utf8(&input, query.encoding)?;
        let has_bom = !input.bom().is_empty();
        if input.is_utf16() {
            outcome.notes.push("the file is UTF-16; the output is UTF-8".to_owned());
        }
        let year_column = table.and_then(|table| table.wanted.year);
        let years = summary::years(query.year, *index.years().end(), year_column);
        let seen = |bytes| progress.seen(bytes);
        let (mut annotator, read, parted) = if let Some(table) = table {
            let file = CsvFile::open(index, &mut input, table, &query)?;
            outcome.notes.extend(file.notes());
            outcome.warnings.extend(file.warning.clone());
            let render = file.render(&query);
            let query = Requested { codes: file.codes, ..query };
            let mut annotator = Annotator::new(Values::new(index, query, render));
            annotator.row = table.skip as u64;
            let (trailing, formulas) =
                file.annotate(&mut input, &mut out, self.unmatched, &mut annotator, seen)?;
            outcome.notes.extend(trailing.note());
            outcome.notes.extend(formulas::note(formulas, table.changes.excel_safe));
            (annotator, Some(file.read), Some(file.delimiter))
        } else {
            let render = Render::Fields(b'\t', query.encoding, false);
            let mut annotator = Annotator::new(Values::new(index, query, render));
            lines::annotate(&mut input, &mut annotator, self.unmatched, &mut out, seen)?;
            (annotator, None, None)
        };
        progress.done();
        if !annotator.undecodable.is_empty() {
            let delimiter = parted.unwrap_or(b'\t');
            let encoding = annotator.values.encoding();
            annotator.undecodable.add_from(input.beginning(), delimiter, encoding);
        }
        let mut report = self.report;
        if let Some(report) = &mut report {
            let changes = table.map_or(FileChanges::default(), |table| table.changes);
            let bom = changes.bom || has_bom;
            let delimiter = parted.unwrap_or(b',');
            let encoding = annotator.values.encoding();
            let changes = FileChanges { bom, ..changes };
            report::write(&annotator, ReportForm { delimiter, encoding, changes }, report)?;
        }
        Stream::finish_all([out].into_iter().chain(report))?;
        if !quiet {
            outcome.notes.extend(summary::notes(&annotator, &years, self.strict));
        }
        outcome.warnings.extend(summary::lacking(&annotator).filter(|_| self.strict));
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
    /// What to say where names of columns are not in the encoding.
    hint: String,
    /// The columns that are kept, where some are left out.
    kept: Option<Vec<usize>>,
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
        let parted = table.parted.instead(delimiter);
        let changes = FileChanges { delimiter: parted, ..table.changes };
        let table = UserTable { changes, ..table };
        let place = format!("{}:{}", input.name(), input.first_line());
        let kept = table.replaced.map(|prefix| replaced::kept(&names, prefix)).transpose();
        let kept = kept.with_context(|| place.clone())?.flatten();
        let shown = kept.as_ref().map(|kept| replaced::shown(&names, kept, wanted));
        let shown = shown.as_ref().unwrap_or(&names);
        // What is added takes the place of columns that are left out.
        let added = if kept.is_some() { &[] } else { &*query.added };
        reading::read_ahead(index, input, (&table, delimiter), query, shown)?;
        let read = Reading::new(index, input, (&table, delimiter), (query, added), shown);
        let hint = hint_of_header(index, &names, (input.beginning(), delimiter), query.encoding);
        let read = read.map_err(|error| anyhow!("{place}: {error:#}{hint}"))?;
        let Reading { columns, better, codes, warning } = read;
        let read = ColumnRead { names, header: wanted.header, country: columns.country, better };
        Ok(Self { table, delimiter, columns, read, codes, hint, kept, warning })
    }

    /// Returns how what is added is written.
    fn render(&self, query: &Requested<'_>) -> Render {
        if self.table.objects.is_some() {
            return Render::Members;
        }
        let changes = self.table.changes;
        let delimiter = changes.delimiter.unwrap_or(self.delimiter);
        Render::Fields(delimiter, query.encoding, changes.excel_safe)
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
            let kept = self.kept.as_deref();
            let objects = Objects::new(names, kept, annotator.values.encoding(), format);
            let located = |error| anyhow!("{}:1: {error:#}{}", input.name(), self.hint);
            RowWriter::Objects(objects.map_err(located)?)
        } else {
            out.push(if changes.bom { "\u{feff}".as_bytes() } else { input.bom() });
            RowWriter::csv(changes, self.kept.clone())
        };
        let (index, encoding) = annotator.words();
        let encoding = OneEncoding::new(index, names, rules.delimiter, encoding);
        let mut rows = RowStream::new(rules, annotator, out, &self.columns, encoding, writer);
        let trailing = input.scan(rules.delimiter, rules.columns, &mut rows, seen)?;
        let (formulas, writer) = (rows.formulas.total, rows.writer);
        writer.finish(out);
        Ok((trailing, formulas))
    }
}
