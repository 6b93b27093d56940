//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};

use crate::annotate::added::{Added, chosen, every};
use crate::annotate::columns::Wanted;
use crate::annotate::corrections::Corrections;
use crate::annotate::table::UserTable;
use crate::annotate::unmatched::{NotFound, Unmatched};
use crate::annotate::values::Requested;
use crate::annotate::writer::FileChanges;
use crate::annotate::{Job, Outcome};
use crate::answer::Answer;
use crate::answer::columns::column_notes;
use crate::index::Index;
use crate::index::codes::{CodeReading, CodeSystem};
use crate::index::years::Years;
use crate::input::encoding::Encoding;
use crate::input::open::{delimiter, open, usual_delimiter};
use crate::input::reader::Input;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::destination::{refuse_reading, refuse_writing_twice};
use crate::output::format::Format;
use crate::output::progress::Progress;
use crate::output::remarks::{Remark, Remarks};
use crate::output::stream::{Stream, is_closed_pipe};
use crate::output::table::{self, Layout};

/// What a reader should know of the lists a country is on.
const LISTS: &str = "a list that these data do not know of a country and year is an empty cell; \
    'tip list --on' says which years are whole";

/// The arguments of `tip annotate`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Annotate {
    /// A CSV file with a header, or without one with --no-header; '-' is standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["lines", "add"])]
    file: Option<PathBuf>,

    /// The column of the country, by its name or its number from 1; '#1' is always a number [default: the one called
    /// country, in one of many languages, or whose cells in the first 200 rows are countries]
    #[arg(long, value_name = "NAME|INDEX", conflicts_with = "lines")]
    column: Option<String>,

    /// The report year of every row [default: the newest report]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,

    /// The column that has the report year of each row, by its name or its number
    #[arg(long, value_name = "NAME|INDEX", conflicts_with_all = ["year", "lines"])]
    year_column: Option<String>,

    /// The columns to add, in this order; 'help' lists them [default: the country, and year, tier, roles and status]
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    add: Vec<String>,

    /// Take these names for these countries, before all others: the columns name and iso3 of a CSV file, up to 1,000,000
    /// names or 64 MiB
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,

    /// The system that codes are of: in FIPS, AU is Austria [default: iso, and numbers only where nearly all of the first
    /// rows are ISO's]
    #[arg(long, value_enum, value_name = "SYSTEM")]
    codes: Option<CodeSystem>,

    /// What becomes of rows whose country is ambiguous or unknown
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    unmatched: Unmatched,

    /// Write the names that were not matched to this file, as CSV; with its iso3 filled in, --map takes it
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// What parts the columns: one character, or tab [default: what the header has of , ; tab and |]
    #[arg(short, long, value_name = "CHARACTER", conflicts_with = "lines")]
    delimiter: Option<String>,

    /// Leave out so many lines above the header
    #[arg(
        long,
        value_name = "LINES",
        default_value_t = 0,
        hide_default_value = true,
        conflicts_with = "lines"
    )]
    skip: usize,

    /// The encoding of the file, such as windows-1252; only the column of the country is read in it, and what is added
    /// written
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    encoding: String,

    /// What to do with rows shorter than the header
    #[arg(long, value_enum, default_value_t, value_name = "WHAT", conflicts_with = "lines")]
    ragged: Ragged,

    /// Write a row for each country of a cell that names several, such as 'China; Vietnam' or 'DE/US'
    #[arg(long, conflicts_with = "lines")]
    each: bool,

    /// Put a ' before cells that a spreadsheet program would run: those that begin with =, +, -, @, a tab or CR, and
    /// are no number; in the --report too
    #[arg(long, conflicts_with = "lines")]
    excel_safe: bool,

    /// Begin with a byte order mark, by which Excel knows UTF-8
    #[arg(long, conflicts_with = "lines")]
    bom: bool,

    /// End rows with CR and LF
    #[arg(long, conflicts_with = "lines")]
    crlf: bool,

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

const WRITTEN: &str = "annotate writes csv as it came, json or ndjson";

/// The format that the name of the output says: objects, or else rows as they came. Whatever the extension is that a
/// table has, it may keep.
fn format_of(output: &Path) -> Result<Option<Format>> {
    const OTHERS: [&str; 6] = ["xlsx", "xls", "ods", "parquet", "html", "pdf"];
    let extension = output.extension().map(OsStr::to_string_lossy);
    let extension = extension.unwrap_or_default().to_lowercase();
    if OTHERS.contains(&&*extension) {
        bail!(
            "{WRITTEN}, not {extension}; end the name of the file in .csv, which spreadsheet programs open"
        );
    }
    let format = Format::of_file(output).ok();
    Ok(format.filter(|format| !matches!(format, Format::Csv | Format::Tsv | Format::Table)))
}

impl Annotate {
    /// Annotates the file, into another one or standard output.
    pub fn run<'i>(
        &self,
        index: &'i Index,
        format: Option<Format>,
        output: Option<&Path>,
        header: bool,
        quiet: bool,
    ) -> Result<Answer<'i>> {
        let mut said = Remarks::default();
        match self.job(index, format, output, header)?.run(quiet) {
            Ok(Outcome { notes, warnings }) => {
                let notes = notes.into_iter().map(Remark::from);
                said.notes = notes.chain(self.column_notes(index)?).collect();
                said.not_found = warnings;
            }
            Err(error) if error.is::<NotFound>() => said.not_found(format!("{error:#}")),
            Err(error) if is_closed_pipe(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(Answer::default().with(said))
    }

    /// Reads nothing but the options.
    pub fn check(&self, index: &Index) -> Result<()> {
        self.query(index).map(|_| ())
    }

    /// Whether the columns that can be added are asked for, and no file.
    pub fn is_help(&self) -> bool {
        self.add == ["help"]
    }

    /// The columns that can be added.
    pub fn help(index: &Index) -> Answer<'_> {
        let columns = Columns::<Added>::new()
            .with("column", "As --add takes it", |added| Cell::text(&added.name))
            .with("header", "Its name in the file", |added| Cell::text(added.header()))
            .with("about", "What it holds", |added| Cell::text(&added.about));
        Answer::new(table::Table::new(Layout::Grid, columns, every(index)))
    }

    /// What is to be done. Whatever can be wrong with the options is found before anything is read.
    fn job<'a>(
        &'a self,
        index: &'a Index,
        format: Option<Format>,
        output: Option<&Path>,
        header: bool,
    ) -> Result<Job<'a>> {
        let format = format.or(output.map(format_of).transpose()?.flatten());
        match format {
            Some(_) if self.lines.is_some() => {
                bail!("a plain list stays one: --lines takes no --format, and no file of one")
            }
            Some(Format::Json | Format::Ndjson) if self.excel_safe || self.bom || self.crlf => {
                bail!("--excel-safe, --bom and --crlf are for csv; leave them or the format out")
            }
            Some(Format::Json | Format::Ndjson) if !header => {
                bail!("as JSON each column needs a name: --no-header takes no --format")
            }
            None | Some(Format::Csv | Format::Json | Format::Ndjson) => {}
            Some(_) => bail!("{WRITTEN}; name the file so, or give one of them as --format"),
        }
        let query = self.query(index)?;
        let path = self.file.as_ref().or(self.lines.as_ref());
        let path = path.context("name the CSV file to annotate, or '-' for standard input")?;
        let table = self.table(format, header)?;
        let (out, report) = self.streams(path, output)?;
        let (opened, name, size) = open(path)?;
        Ok(Job {
            index,
            input: Input::open(opened, &name, size)?,
            progress: Progress::new(size, output.is_some()),
            table,
            query,
            unmatched: self.unmatched,
            report,
            out,
        })
    }

    /// Where rows and unmatched names go. `path` is what is read.
    fn streams(&self, path: &Path, output: Option<&Path>) -> Result<(Stream, Option<Stream>)> {
        let (out, report) = (output.unwrap_or(Path::new("-")), self.report.as_deref());
        for written in [Some(out), report].into_iter().flatten() {
            for read in [Some(path), self.map.as_deref()].into_iter().flatten() {
                refuse_reading(read, written)?;
            }
        }
        if let Some(report) = report {
            refuse_writing_twice(out, report)?;
        }
        let (out, report) = (Stream::file(out)?, report.map(Stream::file).transpose()?);
        // The report is written whole, also beside `| head`.
        let out = if report.is_some() { out.outliving_reader() } else { out };
        Ok((out, report))
    }

    /// How to read the file; none for a plain list.
    fn table(&self, format: Option<Format>, header: bool) -> Result<Option<UserTable<'_>>> {
        let Some(path) = &self.file else {
            return Ok(None);
        };
        Ok(Some(UserTable {
            wanted: Wanted {
                country: self.column.as_deref(),
                year: self.year_column.as_deref(),
                one_year: self.year.is_some(),
                header,
            },
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            usual: usual_delimiter(path),
            skip: self.skip,
            is_system_given: self.codes.is_some(),
            each: self.each,
            pad: self.ragged == Ragged::Pad,
            objects: format.filter(|format| *format != Format::Csv),
            changes: FileChanges { excel_safe: self.excel_safe, bom: self.bom, crlf: self.crlf },
        }))
    }

    /// What is asked of every row.
    fn query<'i>(&self, index: &'i Index) -> Result<Requested<'i>> {
        let years = self.years(index)?;
        let corrections = self.map.as_deref();
        let corrections = corrections.map(|path| Corrections::read(index, path));
        Ok(Requested {
            year: years.single(),
            added: chosen(index, &self.add)?,
            corrections: corrections.transpose()?.unwrap_or_default(),
            codes: CodeReading::from(self.codes.unwrap_or_default()),
            encoding: Encoding::named(&self.encoding)?,
        })
    }

    /// The year of every row, or all years where each row has its own.
    fn years(&self, index: &Index) -> Result<Years> {
        if self.year_column.is_some() {
            return Ok(Years::from(index.years()));
        }
        let Some(written) = &self.year else {
            return Ok(Years::newest(index));
        };
        let years = Years::parse(index, written).map_err(|error| {
            if written.starts_with(char::is_alphabetic) {
                anyhow!("{error}; a column of years is given with --year-column")
            } else {
                error.into()
            }
        })?;
        if years.single().is_none() {
            bail!("a row has one tier: give one --year, or a --year-column");
        }
        Ok(years)
    }

    /// What a reader should know of the columns that are added.
    fn column_notes(&self, index: &Index) -> Result<Vec<Remark>> {
        let (years, added) = (self.years(index)?, chosen(index, &self.add)?);
        let added: Vec<&str> = added.iter().map(|added| &*added.name).collect();
        let notes = column_notes(index, &years).into_iter().filter(|note| note.holds(&added));
        let mut notes: Vec<Remark> = notes.map(|note| Remark::from(note.text)).collect();
        let is_list = |name: &&str| index.lists().iter().any(|it| it.id == *name);
        if added.iter().any(is_list) {
            notes.push(LISTS.into());
        }
        Ok(notes)
    }
}
