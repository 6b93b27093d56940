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
pub mod formulas;
mod guessed_encoding;
mod looker;
mod objects;
mod one_encoding;
pub mod options;
mod reading;
mod report;
mod row_year;
mod rows;
mod sample;
mod summary;
pub mod unmatched;
pub mod values;
mod writer;

use anyhow::{Context, Result, anyhow};

use crate::annotate::added::Render;
use crate::annotate::annotator::Annotator;
use crate::annotate::guessed_encoding::Undecodable;
use crate::annotate::objects::Objects;
use crate::annotate::one_encoding::{OneEncoding, refuse_utf8};
use crate::annotate::options::{FileChanges, UserTable};
use crate::annotate::reading::Reading;
use crate::annotate::rows::RowStream;
use crate::annotate::values::{Requested, Values};
use crate::annotate::writer::RowWriter;
use crate::input::problem::TrailingText;
use crate::input::{Encoding, Input, delimiter};
use crate::output::screen::Progress;
use crate::output::{Remarks, Stream};

/// How many rows that are copied are looked at for formulas.
const LOOKED_AT: u64 = 1 << 16;

pub struct Job<'a> {
    pub input: Input<'a>,
    /// What is said of how it was opened.
    pub notes: Vec<String>,
    pub progress: Progress,
    /// How to read the file.
    pub table: UserTable<'a>,
    pub query: Requested<'a>,
    pub out: Stream,
    /// Where the unmatched names go.
    pub report: Option<Stream>,
}

impl Job<'_> {
    /// Annotates the file. Returns how it was read, and what became of its rows. `quiet`: nobody reads that, and what is near
    /// to names takes long to find.
    pub fn run(self, quiet: bool) -> Result<Remarks> {
        let Self { mut input, notes, mut progress, table, query, mut out, mut report } = self;
        let (options, index, encoding) = (table.options, query.index, query.encoding);
        let (mut said, mut notes) = (Remarks::default(), notes);
        refuse_utf8(&input, encoding)?;
        let has_bom = !input.bom().is_empty();
        if input.is_utf16 {
            notes.push("the file is UTF-16; the output is UTF-8".to_owned());
        }
        let years =
            summary::years(query.year, *index.years().end(), options.year_column.as_deref());
        let (file, writer) = UserFile::open(&mut input, table, &query)?;
        notes.extend(file.how_it_is_read());
        said.not_found.extend(file.reading.warning.clone());
        let query = Requested { codes: file.reading.codes, ..query };
        let mut annotator = Annotator::new(Values::new(query, file.render(encoding)));
        annotator.row = options.skip as u64;
        let beginning = input.beginning().to_vec();
        let seen = |bytes| progress.seen(bytes);
        let (trailing, formulas) =
            file.annotate(&mut input, writer, &mut out, &mut annotator, seen)?;
        progress.done();
        let formulas = formulas::note(formulas, file.changes.excel_safe);
        // In a workbook they are text.
        let formulas = formulas.filter(|_| !out.is_workbook());
        notes.extend(trailing.note().into_iter().chain(formulas));
        if !annotator.undecodable.is_empty() {
            annotator.undecodable.add_from(&beginning, file.delimiter);
        }
        if let Some(report) = &mut report {
            let changes = FileChanges { bom: file.changes.bom || has_bom, ..file.changes };
            let delimiter = if table.is_list() { b',' } else { file.delimiter };
            report::write(&annotator, delimiter, changes, report);
        }
        Stream::finish_all([out].into_iter().chain(report))?;
        if !quiet {
            // One note of several lines: what became of the rows, how they were read, and what to do.
            let (found, column) = (summary::found(&annotator, &years), &file.reading.columns.note);
            let first = [found].into_iter().chain(column.clone()).collect::<Vec<_>>().join("; ");
            let unmatched = summary::notes(&annotator, options.strict);
            let columns = annotator.values.query.column_notes();
            let lines = [first].into_iter().chain(notes).chain(unmatched).chain(columns);
            said.note(lines.collect::<Vec<_>>().join("\n  "));
        }
        said.not_found.extend(summary::lacking(&annotator).filter(|_| options.strict));
        summary::say_wrong_column(&mut said, &annotator, table, (&file.reading, &file.names));
        Ok(said)
    }
}

struct UserFile<'a> {
    table: UserTable<'a>,
    delimiter: u8,
    names: Vec<String>,
    reading: Reading,
    changes: FileChanges,
}

impl<'a> UserFile<'a> {
    /// Reads the beginning. Returns the file, and what writes its rows.
    fn open(
        input: &mut Input<'_>,
        table: UserTable<'a>,
        query: &Requested<'_>,
    ) -> Result<(Self, RowWriter)> {
        let options = table.options;
        if table.is_list() {
            let reading = Reading { codes: query.codes, ..Reading::default() };
            let (delimiter, changes) = (table.usual, FileChanges::default());
            let file = Self { table, delimiter, names: Vec::new(), reading, changes };
            return Ok((file, RowWriter::csv(changes, None)));
        }
        input.skip(options.skip)?;
        let delimiter = table.delimiter.unwrap_or_else(|| input.delimiter(table.usual));
        query.encoding.check(delimiter)?;
        let names = input.header(delimiter, query.encoding)?;
        let place = format!("{}:{}", input.name, input.first_line());
        let replaced = options.replace.then(|| columns::kept(&names, &options.prefix)).transpose();
        let kept = replaced.with_context(|| place.clone())?.flatten();
        // A column that is left out is not that of the country, unless the user names it.
        let is_shown = |column: usize| {
            options.column.is_some() || kept.as_ref().is_none_or(|kept| kept.contains(&column))
        };
        let shown = names.iter().enumerate();
        let shown = shown.map(|(at, name)| if is_shown(at) { name.clone() } else { String::new() });
        let shown: Vec<String> = shown.collect();
        // What is added takes the place of columns that are left out.
        let added = if kept.is_some() { &[] } else { &*query.added };
        reading::read_ahead(input, (&table, delimiter), query, &shown)?;
        let reading = Reading::new(input, (&table, delimiter), (query, added), &shown);
        let mut undecodable = Undecodable::new(query.index, query.encoding);
        if names.iter().any(|name| name.contains(char::REPLACEMENT_CHARACTER)) {
            undecodable.add_from(input.beginning(), delimiter);
        }
        let hint = undecodable.hint();
        let located = |error| anyhow!("{place}: {error:#}{hint}");
        let (reading, changes) = (reading.map_err(located)?, table.changes(delimiter));
        let writer = if let Some(format) = table.objects() {
            let objects = Objects::new(&names, kept.as_deref(), query.encoding, format);
            RowWriter::Objects(objects.map_err(located)?)
        } else {
            RowWriter::csv(changes, kept)
        };
        Ok((Self { table, delimiter, names, reading, changes }, writer))
    }

    fn render(&self, encoding: Encoding) -> Render {
        if self.table.objects().is_some() {
            return Render::Members;
        }
        let delimiter = if self.table.is_list() { b'\t' } else { self.delimiter };
        let delimiter = self.changes.delimiter.unwrap_or(delimiter);
        Render::Fields(delimiter, encoding, self.changes.excel_safe)
    }

    /// Returns what a reader should know of how the file is read, beside which column has the country.
    fn how_it_is_read(&self) -> Vec<String> {
        let mut notes = Vec::new();
        match self.table.options.skip {
            0 => {}
            1 => notes.push("1 line above the header is left out".to_owned()),
            lines => notes.push(format!("{lines} lines above the header are left out")),
        }
        if self.table.delimiter.is_none() && self.delimiter != self.table.usual {
            let name = delimiter::name(self.delimiter);
            notes.push(format!(
                "the columns are parted by {name}, the only delimiter in the header"
            ));
        }
        notes.extend(self.reading.columns.notes.iter().cloned());
        notes
    }

    /// Annotates every row. Returns the fields with text behind a closing quote, and how many formulas there are.
    fn annotate(
        &self,
        input: &mut Input<'_>,
        writer: RowWriter,
        out: &mut Stream,
        annotator: &mut Annotator<'_>,
        seen: impl FnMut(usize),
    ) -> Result<(TrailingText, u64)> {
        let (names, query) = (&self.names, &annotator.values.query);
        let are_copied = self.table.objects().is_none();
        if are_copied {
            out.push(if self.changes.bom { "\u{feff}".as_bytes() } else { input.bom() });
        }
        let undecodable = Undecodable::new(query.index, query.encoding);
        let encoding = OneEncoding::new(undecodable, names, self.delimiter, are_copied);
        // Formulas are counted where a note will tell of them.
        let looked_at = match &writer {
            _ if self.table.is_list() => 0,
            RowWriter::Copy { .. } => LOOKED_AT,
            RowWriter::Rewrite(changes, _) if changes.excel_safe => u64::MAX,
            RowWriter::Rewrite(..) | RowWriter::Objects(_) => 0,
        };
        let mut rows = RowStream {
            table: self.table,
            annotator,
            out,
            columns: &self.reading.columns,
            encoding,
            header: self.table.header,
            kept: usize::MAX,
            looked_at,
            formulas: 0,
            writer,
        };
        let trailing = input.scan(self.delimiter, names.len().max(1), &mut rows, seen)?;
        let (formulas, writer) = (rows.formulas, rows.writer);
        writer.finish(out);
        Ok((trailing, formulas))
    }
}
