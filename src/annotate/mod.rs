//! The streaming join of `tip annotate`.
//!
//! `commands/annotate.rs` makes a `Job` of the options. `Job::run` finds the columns in the first rows (`reading`); then
//! `input::reader` reads, `input::scan` tells records apart, `rows` has each answered (`annotator`) and written (`writer`).
//! What a cell names is resolved once (`values`) and kept in `answer::cache`. `summary` says what became of the rows.

pub mod added;
mod advice;
mod annotator;
mod columns;
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
mod report;
mod row_year;
mod rows;
mod sample;
mod score;
mod summary;
pub mod table;
pub mod unmatched;
pub mod values;
mod writer;

use anyhow::{Context, Result, anyhow};

use crate::annotate::added::Render;
use crate::annotate::annotator::Annotator;
use crate::annotate::guessed_encoding::hint_of_header;
use crate::annotate::objects::Objects;
use crate::annotate::one_encoding::{OneEncoding, refuse_utf8};
use crate::annotate::reading::Reading;
use crate::annotate::rows::RowStream;
use crate::annotate::table::{FileChanges, UserTable};
use crate::annotate::values::{Requested, Values};
use crate::annotate::writer::RowWriter;
use crate::index::Index;
use crate::input::delimiter;
use crate::input::encoding::Encoding;
use crate::input::problem::TrailingText;
use crate::input::reader::Input;
use crate::output::screen::Progress;
use crate::output::{Remark, Remarks, Stream};

pub struct Job<'a> {
    pub index: &'a Index,
    pub input: Input<'a>,
    /// What is said of how it was opened.
    pub notes: Vec<String>,
    pub progress: Progress,
    /// How to read the file; none for a plain list.
    pub table: Option<UserTable<'a>>,
    pub query: Requested<'a>,
    /// Whether every row must have a country.
    pub strict: bool,
    pub out: Stream,
    /// Where the unmatched names go.
    pub report: Option<Stream>,
}

impl Job<'_> {
    /// Annotates the file. Returns how it was read, and what became of its rows. `quiet`: nobody reads that, and what is near
    /// to names takes long to find.
    pub fn run(self, quiet: bool) -> Result<Remarks> {
        let (index, table, query) = (self.index, self.table, self.query);
        let (mut input, mut out, mut progress) = (self.input, self.out, self.progress);
        let mut said = Remarks::default();
        self.notes.into_iter().for_each(|note| said.note(note));
        refuse_utf8(&input, query.encoding)?;
        let has_bom = !input.bom().is_empty();
        if input.is_utf16() {
            said.note("the file is UTF-16; the output is UTF-8");
        }
        let years =
            summary::years(query.year, *index.years().end(), table.and_then(|table| table.year));
        let seen = |bytes| progress.seen(bytes);
        let encoding = query.encoding;
        let file =
            table.map(|table| CsvFile::open(index, &mut input, table, &query)).transpose()?;
        let mut annotator;
        if let Some(file) = &file {
            file.say_how_it_is_read(&mut said);
            let query = Requested { codes: file.reading.codes, ..query };
            let render = file.render(encoding);
            annotator = Annotator::new(Values::new(index, query, render));
            annotator.row = file.table.skip as u64;
            let (trailing, formulas) = file.annotate(&mut input, &mut out, &mut annotator, seen)?;
            let formulas = formulas::note(formulas, file.table.changes.excel_safe);
            // In a workbook they are text.
            let formulas = formulas.filter(|_| !out.is_workbook());
            said.notes.extend(trailing.note().into_iter().chain(formulas).map(Remark::from));
        } else {
            let render = Render::Fields(b'\t', encoding, false);
            annotator = Annotator::new(Values::new(index, query, render));
            lines::annotate(&mut input, &mut annotator, &mut out, seen)?;
        }
        progress.done();
        let delimiter = file.as_ref().map(|file| file.delimiter);
        if !annotator.undecodable.is_empty() {
            let delimiter = delimiter.unwrap_or(b'\t');
            annotator.undecodable.add_from(input.beginning(), delimiter, encoding);
        }
        let mut report = self.report;
        if let Some(report) = &mut report {
            let changes = table.map_or(FileChanges::default(), |table| table.changes);
            let changes = FileChanges { bom: changes.bom || has_bom, ..changes };
            report::write(&annotator, delimiter.unwrap_or(b','), changes, report)?;
        }
        Stream::finish_all([out].into_iter().chain(report))?;
        if !quiet {
            let notes = summary::notes(&annotator, &years, self.strict);
            said.notes.extend(notes.into_iter().map(Remark::from));
        }
        said.not_found.extend(summary::lacking(&annotator).filter(|_| self.strict));
        let read = file
            .as_ref()
            .map(|file| (&file.reading, if file.table.header { &*file.names } else { &[] }));
        summary::say_wrong_column(&mut said, &annotator, read);
        Ok(said)
    }
}

struct CsvFile<'a> {
    table: UserTable<'a>,
    delimiter: u8,
    names: Vec<String>,
    reading: Reading,
    /// What to say where names of columns are not in the encoding.
    hint: String,
    /// The columns that are kept, where some are left out.
    kept: Option<Vec<usize>>,
}

impl<'a> CsvFile<'a> {
    fn open<'i>(
        index: &'i Index,
        input: &mut Input<'_>,
        table: UserTable<'a>,
        query: &Requested<'i>,
    ) -> Result<Self> {
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
        let kept = table.replaced.map(|prefix| columns::kept(&names, prefix)).transpose();
        let kept = kept.with_context(|| place.clone())?.flatten();
        // A column that is left out is not that of the country, unless the user names it.
        let is_shown = |column: usize| {
            table.country.is_some() || kept.as_ref().is_none_or(|kept| kept.contains(&column))
        };
        let shown = names.iter().enumerate();
        let shown = shown.map(|(at, name)| if is_shown(at) { name.clone() } else { String::new() });
        let shown: Vec<String> = shown.collect();
        // What is added takes the place of columns that are left out.
        let added = if kept.is_some() { &[] } else { &*query.added };
        reading::read_ahead(index, input, (&table, delimiter), query, &shown)?;
        let reading = Reading::new(index, input, (&table, delimiter), (query, added), &shown);
        let hint = hint_of_header(index, &names, (input.beginning(), delimiter), query.encoding);
        let reading = reading.map_err(|error| anyhow!("{place}: {error:#}{hint}"))?;
        Ok(Self { table, delimiter, names, reading, hint, kept })
    }

    fn render(&self, encoding: Encoding) -> Render {
        if self.table.objects.is_some() {
            return Render::Members;
        }
        let changes = self.table.changes;
        let delimiter = changes.delimiter.unwrap_or(self.delimiter);
        Render::Fields(delimiter, encoding, changes.excel_safe)
    }

    fn say_how_it_is_read(&self, said: &mut Remarks) {
        match self.table.skip {
            0 => {}
            1 => said.note("1 line above the header is left out"),
            lines => said.note(format!("{lines} lines above the header are left out")),
        }
        if self.table.delimiter.is_none() && self.delimiter != self.table.usual {
            let name = delimiter::name(self.delimiter);
            said.note(format!(
                "the columns are parted by {name}, the only delimiter in the header"
            ));
        }
        said.notes.extend(self.reading.columns.notes.iter().cloned().map(Remark::from));
        said.not_found.extend(self.reading.warning.clone());
    }

    /// Annotates every row. Returns the fields with text behind a closing quote, and how many formulas there are.
    fn annotate(
        &self,
        input: &mut Input<'_>,
        out: &mut Stream,
        annotator: &mut Annotator<'_>,
        seen: impl FnMut(usize),
    ) -> Result<(TrailingText, u64)> {
        let (names, changes) = (&self.names, self.table.changes);
        let encoding = annotator.values.query.encoding;
        let writer = if let Some(format) = self.table.objects {
            let objects = Objects::new(names, self.kept.as_deref(), encoding, format);
            let located = |error| anyhow!("{}:1: {error:#}{}", input.name(), self.hint);
            RowWriter::Objects(objects.map_err(located)?)
        } else {
            out.push(if changes.bom { "\u{feff}".as_bytes() } else { input.bom() });
            RowWriter::csv(changes, self.kept.clone())
        };
        let are_copied = self.table.objects.is_none();
        let lookup = (annotator.values.index, encoding);
        let encoding = OneEncoding::new(lookup, names, self.delimiter, are_copied);
        let columns = &self.reading.columns;
        let mut rows = RowStream::new(self.table, annotator, out, columns, encoding, writer);
        let trailing = input.scan(self.delimiter, names.len(), &mut rows, seen)?;
        let (formulas, writer) = (rows.formulas.total, rows.writer);
        writer.finish(out);
        Ok((trailing, formulas))
    }
}
