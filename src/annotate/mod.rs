//! The streaming join of `tip annotate`: a reader's rows go past an annotator, which adds values to each.

pub mod added;
mod annotator;
mod bounded;
mod cache;
pub mod columns;
mod copy;
pub mod corrections;
mod country_words;
mod elsewhere;
pub mod formulas;
mod lines;
mod numbered;
mod objects;
mod records;
pub mod rewrite;
mod summary;
pub mod unmatched;
pub mod values;

use anyhow::{Context, Result};

use crate::annotate::added::Render;
use crate::annotate::annotator::Annotator;
use crate::annotate::columns::{FoundColumns, Wanted};
use crate::annotate::copy::{Copy, Rules};
use crate::annotate::elsewhere::{Beginning, doubt};
use crate::annotate::objects::Objects;
use crate::annotate::records::Records;
use crate::annotate::rewrite::{FileChanges, Rewrite};
use crate::annotate::unmatched::Unmatched;
use crate::annotate::values::{Requested, Values};
use crate::index::Index;
use crate::input::delimiter;
use crate::input::problem::Strays;
use crate::input::reader::Input;
use crate::output::format::Format;
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
    pub table: Option<Table<'a>>,
    /// What is asked of every row.
    pub asked: Requested<'a>,
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
    /// Its columns, as the user names them.
    pub wanted: Wanted<'a>,
    /// What separates the columns, where the user says so.
    pub delimiter: Option<u8>,
    /// What does by the name of the file.
    pub usual: u8,
    /// Whether short rows are filled up.
    pub pad: bool,
    /// The format of objects, if rows become such.
    pub objects: Option<Format>,
    /// What is written otherwise than it came.
    pub changes: FileChanges,
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
        let (index, table) = (self.index, self.table);
        let (mut input, mut out, mut progress) = (self.input, self.out, self.progress);
        let mut outcome = Outcome::default();
        let column = table.and_then(|table| table.wanted.year);
        let years = summary::years(self.asked.year, *index.years().end(), column);
        let (mut annotator, beginning) = if let Some(table) = table {
            let file = Open::new(index, &mut input, &table, &self.asked)?;
            outcome.notes.extend(file.notes());
            let render = match table.objects {
                Some(_) => Render::Members,
                None => Render::Fields(file.beginning.delimiter, self.asked.encoding),
            };
            let mut annotator = Annotator::new(Values::new(index, self.asked, render));
            let seen = |bytes| progress.seen(bytes);
            let (strays, formulas) =
                file.rows(&mut input, &mut out, self.unmatched, &mut annotator, seen)?;
            outcome.notes.extend(strays.note());
            outcome.notes.extend(formulas::note(formulas, table.changes.excel_safe));
            (annotator, Some(file.beginning(&input)))
        } else {
            let render = Render::Fields(b'\t', self.asked.encoding);
            let mut annotator = Annotator::new(Values::new(index, self.asked, render));
            let seen = |bytes| progress.seen(bytes);
            lines::annotate(&mut input, &mut annotator, self.unmatched, &mut out, seen)?;
            (annotator, None)
        };
        progress.done();
        annotator.end();
        let mut report = self.report;
        if let Some(report) = &mut report {
            let safe = table.is_some_and(|table| table.changes.excel_safe);
            summary::report(&annotator, safe, report)?;
        }
        Stream::finish_all([out].into_iter().chain(report))?;
        if !quiet {
            outcome.notes.extend(summary::notes(&annotator, &years));
        }
        match doubt(&annotator, beginning.as_ref()) {
            Some(doubt) if doubt.is_empty => outcome.warnings.push(doubt.text),
            doubt => outcome.notes.extend(doubt.map(|doubt| doubt.text)),
        }
        Ok(outcome)
    }
}

/// A CSV file whose header was read.
struct Open<'a> {
    table: Table<'a>,
    columns: FoundColumns,
    beginning: Beginning,
    /// How messages name the place of the header.
    first_line: String,
}

impl<'a> Open<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// It cannot be read, or lacks a column.
    fn new(
        index: &Index,
        input: &mut Input<'_>,
        table: &Table<'a>,
        asked: &Requested<'_>,
    ) -> Result<Self> {
        let wanted = table.wanted;
        let delimiter = table.delimiter.unwrap_or_else(|| match *input.delimiters() {
            [only] => only,
            _ => table.usual,
        });
        asked.encoding.check(delimiter)?;
        let names = input.header(delimiter, asked.encoding)?;
        let first_line = format!("{}:1", input.name());
        let columns = FoundColumns::find(index, &names, wanted, &asked.added, delimiter);
        let columns = columns.with_context(|| first_line.clone())?;
        Ok(Self {
            table: *table,
            beginning: Beginning {
                text: Vec::new(),
                delimiter,
                names,
                header: wanted.header,
                country: columns.country,
            },
            columns,
            first_line,
        })
    }

    /// What to say of how it is read.
    fn notes(&self) -> impl Iterator<Item = String> {
        let delimiter = self.beginning.delimiter;
        let is_found = self.table.delimiter.is_none() && delimiter != self.table.usual;
        let parted = is_found.then(|| {
            let name = delimiter::name(delimiter);
            format!("the columns are parted by {name}, the only delimiter in the header")
        });
        parted.into_iter().chain(self.columns.notes.clone())
    }

    /// Annotates every row.
    ///
    /// # Errors
    /// As `Job::run`.
    fn rows(
        &self,
        input: &mut Input<'_>,
        out: &mut Stream,
        unmatched: Unmatched,
        annotator: &mut Annotator<'_>,
        seen: impl FnMut(usize),
    ) -> Result<(Strays, u64)> {
        let names = &self.beginning.names;
        let rules = Rules {
            columns: names.len(),
            delimiter: self.beginning.delimiter,
            unmatched,
            pad: self.table.pad,
            header: self.beginning.header,
        };
        if let Some(format) = self.table.objects {
            let objects = Objects::new(names, rules.delimiter, annotator.values.encoding(), format);
            let objects = objects.context(self.first_line.clone())?;
            let mut records = Records::new(rules, annotator, out, &self.columns, objects);
            let strays = input.scan(rules.delimiter, rules.columns, &mut records, seen)?;
            records.writer.finish(out);
            return Ok((strays, 0));
        }
        let changes = self.table.changes;
        out.push(if changes.bom { "\u{feff}".as_bytes() } else { input.mark() });
        if changes.excel_safe || changes.crlf {
            let rewrite = Rewrite::new(rules.delimiter, changes);
            let mut records = Records::new(rules, annotator, out, &self.columns, rewrite);
            let strays = input.scan(rules.delimiter, rules.columns, &mut records, seen)?;
            Ok((strays, records.writer.formulas))
        } else {
            let mut copy = Copy::new(rules, annotator, out, &self.columns);
            let strays = input.scan(rules.delimiter, rules.columns, &mut copy, seen)?;
            Ok((strays, copy.formulas.total))
        }
    }

    /// What may be looked at again once all is read.
    fn beginning(self, input: &Input<'_>) -> Beginning {
        Beginning { text: input.beginning().to_vec(), ..self.beginning }
    }
}
