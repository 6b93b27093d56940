//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

mod columns;
mod copy;
mod lines;
mod objects;
mod suffix;
mod summary;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};

use crate::commands::annotate::columns::Added;
use crate::commands::annotate::copy::{Copy, Rules, unwritten};
use crate::commands::annotate::lines::Lines;
use crate::commands::annotate::objects::Objects;
use crate::commands::annotate::suffix::{Annotator, Render, Status};
use crate::commands::scope::Years;
use crate::index::{Index, SNAPSHOT};
use crate::input::drive::Input;
use crate::output::format::Format;
use crate::output::progress::Progress;
use crate::output::stream::Stream;
use crate::output::style::quoted;

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
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}, and --unmatched is fail",
            quoted(&self.name),
            self.status.name()
        )
    }
}

impl std::error::Error for NotFound {}

/// What is said beside the output.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What a reader should know, a line each.
    pub notes: Vec<String>,
    /// What was not found, where that ends the work.
    pub warnings: Vec<String>,
}

/// What all ways to annotate need.
struct Work<'input> {
    /// How the input is called in messages.
    name: String,
    input: Input<'input>,
    progress: Progress,
}

impl Annotate {
    /// Annotates the file.
    ///
    /// # Errors
    /// The input is not as it must be, or the output cannot be written.
    pub fn run(&self, index: &Index, format: Option<Format>) -> Result<Outcome> {
        let path = self.file.as_ref().or(self.lines.as_ref());
        let path = path.context("no file was named")?;
        let (reader, size) = open(path)?;
        if let Some(output) = &self.output {
            refuse_same(path, output)?;
        }
        let name = if path == Path::new("-") {
            "standard input".to_owned()
        } else {
            path.display().to_string()
        };
        let work = Work {
            input: Input::open(reader, &name)?,
            name,
            progress: Progress::new(size),
        };
        let done = match format {
            None if self.lines.is_some() => self.lines(index, work),
            Some(_) if self.lines.is_some() => {
                bail!("a plain list stays one: --lines takes no --format")
            }
            None | Some(Format::Csv) => self.rows(index, work, None),
            Some(format @ (Format::Json | Format::Ndjson)) => self.rows(index, work, Some(format)),
            Some(_) => bail!("annotate writes csv as it came, json or ndjson"),
        };
        match done {
            Err(error) if error.is::<NotFound>() => Ok(Outcome {
                notes: Vec::new(),
                warnings: vec![format!("{error:#}")],
            }),
            Err(error) if is_closed_pipe(&error) => Ok(Outcome::default()),
            done => done,
        }
    }

    /// Annotates a CSV file, as CSV unless a format is asked for.
    fn rows(&self, index: &Index, mut work: Work<'_>, format: Option<Format>) -> Result<Outcome> {
        let delimiter = self.delimiter()?;
        let header = work.input.header(delimiter)?;
        let mut outcome = Outcome::default();
        let (country, year) = self.places(&header, delimiter, &work.name, &mut outcome)?;
        let render = format.map_or(Render::Fields(delimiter), |_| Render::Members);
        let annotator = Annotator::new(index, self.years(index)?, self.added(), render);
        let rules = Rules {
            columns: header.len(),
            delimiter,
            unmatched: self.unmatched,
            pad: self.ragged == Ragged::Pad,
        };
        let mut out = self.out()?;
        out.push(if format.is_none() {
            work.input.mark()
        } else {
            b""
        });
        let Work {
            input,
            mut progress,
            ..
        } = work;
        let seen = |bytes| progress.seen(bytes);
        let (annotator, out) = if let Some(format) = format {
            let mut objects = Objects::new(header, rules, annotator, out, country, year, format)?;
            input.scan(delimiter, rules.columns, &mut objects, seen)?;
            objects.finish()
        } else {
            let mut copy = Copy::new(rules, annotator, out, country, year);
            input.scan(delimiter, rules.columns, &mut copy, seen)?;
            copy.finish()
        };
        progress.done();
        self.finish(index, &annotator, out, outcome)
    }

    /// Annotates a plain list.
    fn lines(&self, index: &Index, work: Work<'_>) -> Result<Outcome> {
        let annotator = Annotator::new(
            index,
            self.years(index)?,
            self.added(),
            Render::Fields(b'\t'),
        );
        let mut out = self.out()?;
        out.push(work.input.mark());
        let mut lines = Lines::new(annotator, out, self.unmatched);
        let mut progress = work.progress;
        lines.read(work.input, &work.name, |bytes| progress.seen(bytes))?;
        progress.done();
        let (annotator, out) = lines.finish();
        self.finish(index, &annotator, out, Outcome::default())
    }

    /// Writes what is left, then the report, and says what became of the rows.
    fn finish(
        &self,
        index: &Index,
        annotator: &Annotator<'_>,
        out: Stream,
        mut outcome: Outcome,
    ) -> Result<Outcome> {
        out.finish().map_err(unwritten)?;
        if let Some(report) = &self.report {
            summary::report(index, annotator, report)?;
        }
        let years = match (&self.year_column, self.years(index)?) {
            (Some(column), _) => format!("the years in column {}", quoted(column)),
            (None, years) => years.name(),
        };
        outcome.notes.extend(summary::notes(
            index,
            annotator,
            &years,
            self.year_column.is_some(),
        ));
        Ok(outcome)
    }

    fn out(&self) -> Result<Stream> {
        match &self.output {
            Some(path) => Stream::file(path),
            None => Ok(Stream::stdout()),
        }
    }

    fn added(&self) -> Vec<Added> {
        if self.add.is_empty() {
            return Added::DEFAULT.to_vec();
        }
        self.add.clone()
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

    /// # Errors
    /// It is no single byte.
    fn delimiter(&self) -> Result<u8> {
        let Some(written) = &self.delimiter else {
            let extension = self.file.as_ref().and_then(|file| file.extension());
            let is_tab = extension.is_some_and(|ext| ext == "tsv" || ext == "tab");
            return Ok(if is_tab { b'\t' } else { b',' });
        };
        match written.as_bytes() {
            _ if ["tab", "\\t"].contains(&written.as_str()) => Ok(b'\t'),
            [byte] if !b"\"\r\n\0".contains(byte) => Ok(*byte),
            _ => bail!(
                "the delimiter {} is not one character such as ';', or 'tab'",
                quoted(written)
            ),
        }
    }

    /// The places of the country and of the year.
    ///
    /// # Errors
    /// A column that is not there, or that is there already.
    fn places(
        &self,
        header: &[String],
        delimiter: u8,
        name: &str,
        outcome: &mut Outcome,
    ) -> Result<(usize, Option<usize>)> {
        let located = || format!("{name}:1");
        let other = columns::other_delimiter(header, delimiter);
        let country = match &self.column {
            Some(column) => columns::place(header, column),
            None => columns::country_place(header),
        };
        let country = country.map_err(|error| other.map_or(error, |other| anyhow!(other)));
        let country = country.with_context(located)?;
        if self.column.is_none() {
            let column = header
                .get(country)
                .map_or(String::new(), |name| quoted(name));
            outcome
                .notes
                .push(format!("the country is taken from column {column}"));
        }
        let year = self.year_column.as_ref();
        let year = year
            .map(|column| columns::place(header, column))
            .transpose();
        let year = year.with_context(located)?;
        let added = self.added();
        let taken = added
            .iter()
            .find(|added| header.iter().any(|name| name.trim() == added.name()));
        if let Some(taken) = taken {
            bail!(
                "{name}:1: there is already a column '{}'; rename it, or choose other columns with --add",
                taken.name()
            );
        }
        Ok((country, year))
    }
}

/// Opens an input. Returns its size where it is a file.
fn open(path: &Path) -> Result<(Box<dyn Read>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let about = file.metadata().with_context(cannot)?;
    if about.is_dir() {
        return Err(anyhow!("is a directory")).with_context(cannot);
    }
    let size = about.is_file().then_some(about.len());
    Ok((Box::new(file), size))
}

/// # Errors
/// The two are one file.
fn refuse_same(input: &Path, output: &Path) -> Result<()> {
    let same = fs::canonicalize(input)
        .ok()
        .zip(fs::canonicalize(output).ok());
    if same.is_some_and(|(input, output)| input == output) {
        bail!("{} is the input; write to another file", output.display());
    }
    Ok(())
}

/// Whether the reader of the output has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}
