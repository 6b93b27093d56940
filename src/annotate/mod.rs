//! The streaming join of `tip annotate`: a reader's rows go past an annotator, which adds values to each.

pub mod added;
mod annotator;
mod cache;
mod columns;
mod copy;
mod lines;
mod objects;
mod summary;
pub mod unmatched;
mod values;

use anyhow::{Context, Result};

use crate::annotate::added::{Added, Render};
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::copy::{Copy, Rules};
use crate::annotate::objects::Objects;
use crate::annotate::unmatched::Unmatched;
use crate::annotate::values::Values;
use crate::index::Index;
use crate::index::years::Years;
use crate::input::reader::Input;
use crate::output::format::Format;
use crate::output::progress::Progress;
use crate::output::stream::Stream;
use crate::text::quoted;

/// One file to annotate.
pub struct Job<'a> {
    /// What is known of the countries.
    pub index: &'a Index,
    /// The file.
    pub input: Input<'a>,
    /// How far the work has come.
    pub progress: Progress,
    /// How to read the file; none for a plain list.
    pub table: Option<Table<'a>>,
    /// The years of the tiers, unless each row has its own.
    pub years: Years,
    /// The columns to add.
    pub added: Vec<Added>,
    /// What becomes of rows whose country is not found.
    pub unmatched: Unmatched,
    /// Where the rows go.
    pub out: Stream,
    /// Where the unmatched names go.
    pub report: Option<Stream>,
}

/// How to read a CSV file.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The column of the country, by its name or its number, if it is named.
    pub column: Option<&'a str>,
    /// The column of each row's year.
    pub year_column: Option<&'a str>,
    /// What separates the columns.
    pub delimiter: u8,
    /// Whether short rows are filled up.
    pub pad: bool,
    /// The format of objects, if rows become such.
    pub objects: Option<Format>,
}

impl<'a> Job<'a> {
    /// Annotates the file. Returns what a reader should know of it, a line each.
    ///
    /// # Errors
    /// The input is not as it must be, the output cannot be written, or a row is unmatched where that ends the work.
    pub fn run(mut self) -> Result<Vec<String>> {
        let (values, years) = self.values();
        let mut annotator = Annotator::new(values);
        let note = if let Some(table) = self.table {
            self.rows(&table, &mut annotator)?
        } else {
            let (input, out) = (&mut self.input, &mut self.out);
            let seen = |bytes| self.progress.seen(bytes);
            lines::annotate(input, &mut annotator, self.unmatched, out, seen)?;
            None
        };
        self.progress.done();
        self.index.check()?;
        self.out.finish()?;
        if let Some(mut report) = self.report {
            report.push(&summary::report(&annotator)?);
            report.finish()?;
        }
        let mut notes: Vec<String> = note.into_iter().collect();
        notes.extend(summary::notes(&annotator, &years));
        Ok(notes)
    }

    /// What works the values out, and the years of the tiers in words.
    fn values(&self) -> (Values<'a>, String) {
        let render = match self.table {
            Some(table) if table.objects.is_some() => Render::Members,
            Some(table) => Render::Fields(table.delimiter),
            None => Render::Fields(b'\t'),
        };
        let (years, said) = match self.table.and_then(|table| table.year_column) {
            Some(column) => (None, format!("the years in column {}", quoted(column))),
            None => (Some(self.years.clone()), self.years.name()),
        };
        let values = Values::new(self.index, years, self.added.clone(), render);
        (values, said)
    }

    /// Annotates a CSV file. Returns what to say of its columns.
    fn rows(&mut self, table: &Table<'_>, annotator: &mut Annotator<'_>) -> Result<Option<String>> {
        let names = self.input.header(table.delimiter)?;
        let first_line = format!("{}:1", self.input.name());
        let asked = (table.column, table.year_column);
        let columns = Columns::find(&names, asked, &self.added, table.delimiter);
        let columns = columns.with_context(|| first_line.clone())?;
        let rules = Rules {
            columns: names.len(),
            delimiter: table.delimiter,
            unmatched: self.unmatched,
            pad: table.pad,
        };
        let (input, out) = (&mut self.input, &mut self.out);
        let seen = |bytes| self.progress.seen(bytes);
        if let Some(format) = table.objects {
            let objects = Objects::new(&names, rules, annotator, out, &columns, format);
            let mut objects = objects.context(first_line)?;
            input.scan(rules.delimiter, rules.columns, &mut objects, seen)?;
            objects.finish();
        } else {
            out.push(input.mark());
            let mut copy = Copy::new(rules, annotator, out, &columns);
            input.scan(rules.delimiter, rules.columns, &mut copy, seen)?;
        }
        Ok(columns.note)
    }
}
