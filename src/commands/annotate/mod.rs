//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

mod added;
mod cells;
mod columns;
mod copy;
mod lines;
mod objects;
mod rank;
mod suffix;
mod summary;

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::answer::Answer;
use crate::commands::annotate::added::{Added, chosen};
use crate::commands::annotate::columns::Columns;
use crate::commands::annotate::copy::{Copy, Rules};
use crate::commands::annotate::lines::Lines;
use crate::commands::annotate::objects::Objects;
use crate::commands::annotate::rank::{Ranker, Render, Status};
use crate::commands::annotate::suffix::Annotator;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::input::drive::Input;
use crate::input::field;
use crate::input::open::{delimiter, open};
use crate::output::format::Format;
use crate::output::progress::Progress;
use crate::output::stream::{Stream, refuse_same};
use crate::text::quoted;

/// The arguments of `tip annotate`.
#[derive(Debug, Args)]
pub struct Annotate {
    /// A CSV file with a header; '-' is standard input
    #[arg(value_name = "FILE", required_unless_present = "lines")]
    file: Option<PathBuf>,

    /// The column of the country, by its name or its number, from 1
    #[arg(long, value_name = "NAME|INDEX", conflicts_with = "lines")]
    column: Option<String>,

    /// The report year of every row: a year, or latest for each country's newest [default: 2018]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,

    /// The column that has the report year of each row, by its name or its number
    #[arg(long, value_name = "NAME|INDEX", conflicts_with_all = ["year", "lines"])]
    year_column: Option<String>,

    /// The columns to add, in this order [default: iso3,country,year,tier,roles,status]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "COLUMNS")]
    add: Vec<Added>,

    /// What becomes of rows whose country is ambiguous or unknown
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    unmatched: Unmatched,

    /// Write to this file, which appears whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write the names that were not matched to this file, as CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// What parts the columns: one character, or tab [default: a comma; a tab for .tsv and .tab]
    #[arg(short, long, value_name = "CHARACTER", conflicts_with = "lines")]
    delimiter: Option<String>,

    /// What to do with rows shorter than the header
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "WHAT",
        conflicts_with = "lines"
    )]
    ragged: Ragged,

    /// Read a plain list instead, one name a line; what is added follows a tab
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    lines: Option<PathBuf>,
}

/// What becomes of rows whose country is not found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Unmatched {
    /// They stay, with the status that says so
    #[default]
    Keep,
    /// They are left out
    Drop,
    /// The first one ends the work, and no output file is written
    Fail,
}

/// What becomes of rows shorter than the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Ragged {
    /// They are an error
    #[default]
    Error,
    /// They are filled up with empty fields
    Pad,
}

/// A country that was not found, where that ends the work.
#[derive(Debug)]
pub struct NotFound {
    name: String,
    status: Status,
    /// The countries that may be meant.
    remedy: String,
}

impl NotFound {
    /// With this cell, as it stands in the file.
    fn error(index: &Index, cell: &[u8], status: Status) -> anyhow::Error {
        let name = String::from_utf8_lossy(&field::value(cell)).into_owned();
        let remedy = summary::remedy(index, &name, status);
        anyhow::Error::new(Self {
            name,
            status,
            remedy,
        })
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, status) = (quoted(&self.name), self.status.name());
        write!(
            f,
            "{name} is {status}, and --unmatched is fail{}",
            self.remedy
        )
    }
}

impl std::error::Error for NotFound {}

impl Annotate {
    /// Annotates the file.
    ///
    /// # Errors
    /// The options do not go together, the input is not as it must be, or the output cannot be written.
    pub fn run<'i>(&self, index: &'i Index, format: Option<Format>) -> Result<Answer<'i>> {
        let job = self.job(index, format)?;
        let done = match self.lines {
            Some(_) => job.lines(),
            None => job.rows(),
        };
        match done {
            Err(error) if error.is::<NotFound>() => Ok(Answer {
                warnings: vec![format!("{error:#}")],
                ..Answer::default()
            }),
            Err(error) if is_closed_pipe(&error) => Ok(Answer::default()),
            done => done,
        }
    }

    /// What is to be done. Whatever can be wrong with the options is found before anything is read.
    fn job<'a>(&'a self, index: &'a Index, format: Option<Format>) -> Result<Job<'a>> {
        match format {
            Some(_) if self.lines.is_some() => {
                bail!("a plain list stays one: --lines takes no --format")
            }
            None | Some(Format::Csv | Format::Json | Format::Ndjson) => {}
            Some(_) => bail!("annotate writes csv as it came, json or ndjson"),
        }
        let objects = format.filter(|format| *format != Format::Csv);
        let (years, added) = (self.years(index)?, chosen(&self.add)?);
        let path = self.file.as_ref().or(self.lines.as_ref());
        let path = path.context("no file was named")?;
        let delimiter = match self.lines {
            Some(_) => b'\t',
            None => delimiter(self.delimiter.as_deref(), path)?,
        };
        let (output, report) = (self.output.as_deref(), self.report.as_deref());
        for written in output.iter().chain(&report) {
            refuse_same(path, written)?;
        }
        if let Some((output, report)) = output.zip(report) {
            refuse_same(output, report)?;
        }
        let (opened, name, size) = open(path)?;
        let render = objects.map_or(Render::Fields(delimiter), |_| Render::Members);
        let said = match &self.year_column {
            Some(column) => format!("the years in column {}", quoted(column)),
            None => years.name(),
        };
        Ok(Job {
            options: self,
            objects,
            delimiter,
            input: Input::open(opened, &name)?,
            name,
            progress: Progress::new(size, output.is_some()),
            annotator: Annotator::new(Ranker::new(index, years, added.clone(), render)),
            added,
            years: said,
            report: report.map(Stream::file).transpose()?,
            out: output.map_or_else(|| Ok(Stream::stdout()), Stream::file)?,
        })
    }

    /// # Errors
    /// There is no such report, or more than one is named.
    fn years(&self, index: &Index) -> Result<Years> {
        let Some(written) = &self.year else {
            return Ok(Years::Within(SNAPSHOT.1..=SNAPSHOT.1));
        };
        let years = Years::parse(index, written)?;
        if years == Years::Latest || years.single().is_some() {
            return Ok(years);
        }
        bail!("a row has one tier: give one --year, latest, or a --year-column")
    }
}

/// One file to annotate.
struct Job<'a> {
    options: &'a Annotate,
    /// The format of objects, if rows become such.
    objects: Option<Format>,
    delimiter: u8,
    input: Input<'a>,
    /// How the input is called in messages.
    name: String,
    progress: Progress,
    annotator: Annotator<'a>,
    added: Vec<Added>,
    /// The years of the tiers, in words.
    years: String,
    report: Option<Stream>,
    out: Stream,
}

impl Job<'_> {
    /// Annotates a CSV file.
    fn rows(mut self) -> Result<Answer<'static>> {
        let header = self.input.header(self.delimiter)?;
        let names = header.names(&self.name)?;
        let asked = (
            self.options.column.as_deref(),
            self.options.year_column.as_deref(),
        );
        let columns = Columns::find(&names, asked, &self.added, self.delimiter);
        let columns = columns.with_context(|| format!("{}:1", self.name))?;
        let rules = Rules {
            columns: names.len(),
            delimiter: self.delimiter,
            unmatched: self.options.unmatched,
            pad: self.options.ragged == Ragged::Pad,
        };
        let seen = |bytes| self.progress.seen(bytes);
        let (annotator, out) = if let Some(format) = self.objects {
            let objects = Objects::new(&names, rules, self.annotator, self.out, &columns, format);
            let mut objects = objects.with_context(|| format!("{}:1", self.name))?;
            self.input
                .scan(self.delimiter, rules.columns, &mut objects, seen)?;
            objects.finish()
        } else {
            self.out.push(self.input.mark());
            let mut copy = Copy::new(rules, self.annotator, self.out, &columns);
            self.input
                .scan(self.delimiter, rules.columns, &mut copy, seen)?;
            copy.finish()
        };
        self.progress.done();
        let notes = columns.note.into_iter().collect();
        finish(&annotator, out, self.report, &self.years, notes)
    }

    /// Annotates a plain list.
    fn lines(mut self) -> Result<Answer<'static>> {
        self.out.push(self.input.mark());
        let mut lines = Lines::new(self.annotator, self.out, self.options.unmatched);
        lines.read(self.input, &self.name, |bytes| self.progress.seen(bytes))?;
        self.progress.done();
        let (annotator, out) = lines.finish();
        finish(&annotator, out, self.report, &self.years, Vec::new())
    }
}

/// Writes what is left, then the report, and says what became of the rows.
fn finish(
    annotator: &Annotator<'_>,
    out: Stream,
    report: Option<Stream>,
    years: &str,
    mut notes: Vec<String>,
) -> Result<Answer<'static>> {
    out.finish()?;
    if let Some(mut report) = report {
        report.push(&summary::report(annotator)?);
        report.finish()?;
    }
    notes.extend(summary::notes(annotator, years));
    Ok(Answer {
        notes,
        ..Answer::default()
    })
}

/// Whether the reader of the output has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}
