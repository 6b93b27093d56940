//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::annotate::added::{Added, chosen};
use crate::annotate::unmatched::{NotFound, Unmatched};
use crate::annotate::{Job, Table};
use crate::answer::Answer;
use crate::index::codes::CodeSystem;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::input::open::{delimiter, open};
use crate::input::reader::Input;
use crate::output::format::Format;
use crate::output::progress::Progress;
use crate::output::stream::{Stream, is_closed_pipe, refuse_same};

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

    /// The system that codes are of: without it AU is Australia, in FIPS it is Austria
    #[arg(long, value_enum, default_value_t, value_name = "SYSTEM")]
    codes: CodeSystem,

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

/// What becomes of rows shorter than the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Ragged {
    /// They are an error
    #[default]
    Error,
    /// They are filled up with empty fields
    Pad,
}

impl Annotate {
    /// Annotates the file.
    ///
    /// # Errors
    /// The options do not go together, the input is not as it must be, or the output cannot be written.
    pub fn run<'i>(&self, index: &'i Index, format: Option<Format>) -> Result<Answer<'i>> {
        let mut answer = Answer::default();
        match self.job(index, format)?.run() {
            Ok(notes) => answer.notes = notes,
            Err(error) if error.is::<NotFound>() => answer.warnings.push(format!("{error:#}")),
            Err(error) if is_closed_pipe(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(answer)
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
        index.codes().choose(self.codes);
        let (years, added) = (self.years(index)?, chosen(&self.add)?);
        let path = self.file.as_ref().or(self.lines.as_ref());
        let path = path.context("no file was named")?;
        let table = match &self.file {
            Some(path) => Some(Table {
                column: self.column.as_deref(),
                year_column: self.year_column.as_deref(),
                delimiter: delimiter(self.delimiter.as_deref(), path)?,
                pad: self.ragged == Ragged::Pad,
                objects: format.filter(|format| *format != Format::Csv),
            }),
            None => None,
        };
        let (output, report) = (self.output.as_deref(), self.report.as_deref());
        for written in output.iter().chain(&report) {
            refuse_same(path, written)?;
        }
        if let Some((output, report)) = output.zip(report) {
            refuse_same(output, report)?;
        }
        let (opened, name, size) = open(path)?;
        Ok(Job {
            index,
            input: Input::open(opened, &name)?,
            progress: Progress::new(size, output.is_some()),
            table,
            years,
            added,
            unmatched: self.unmatched,
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
