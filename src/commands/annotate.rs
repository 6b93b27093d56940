//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::annotate::Job;
use crate::annotate::added::{Added, chosen, every};
use crate::annotate::corrections::Corrections;
pub use crate::annotate::options::Annotate;
use crate::annotate::options::{FileChanges, UserTable};
use crate::annotate::values::Requested;
use crate::answer::caveats::footer;
use crate::answer::{Answer, tier_shade};
use crate::index::{CodeReading, Index, Years};
use crate::input::open::open;
use crate::input::scan::NO_DELIMITER;
use crate::input::workbook::{Text, text};
use crate::input::{Encoding, Input, delimiter};
use crate::output::destination::{refuse_reading, refuse_writing_twice};
use crate::output::screen::Progress;
use crate::output::stream::is_closed_pipe;
use crate::output::table;
use crate::output::workbook::{About, Csv};
use crate::output::{Cell, Columns, Format, Layout, Stream};

const WRITTEN: &str = "annotate writes csv, tsv, json, ndjson or xlsx";

/// The format that the name of the output says, if it says one. Whatever the extension is that a table has, it may keep.
fn format_of(output: &Path) -> Result<Option<Format>> {
    const OTHERS: [&str; 5] = ["xls", "ods", "parquet", "html", "pdf"];
    let extension = output.extension().map(OsStr::to_string_lossy);
    let extension = extension.unwrap_or_default().to_lowercase();
    if OTHERS.contains(&&*extension) {
        bail!("{WRITTEN}, no {extension}; end the name of the file in .csv or .xlsx");
    }
    let format = Format::of_file(output).ok();
    Ok(format.filter(|format| *format != Format::Table))
}

impl Annotate {
    pub fn run<'i>(
        &self,
        index: &'i Index,
        format: Option<Format>,
        output: Option<&Path>,
        header: bool,
        quiet: bool,
    ) -> Result<Answer<'i>> {
        match self.job(index, format, output, header)?.run(quiet) {
            Ok(said) => Ok(Answer::default().with(said)),
            Err(error) if is_closed_pipe(&error) => Ok(Answer::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads nothing but the options.
    pub fn check(&self, index: &Index) -> Result<()> {
        self.query(index).map(|_| ())
    }

    /// Whether no file is named, so that standard input is read.
    pub fn names_no_file(&self) -> bool {
        self.file.is_none() && self.lines.is_none() && !self.is_help()
    }

    /// Whether the columns that can be added are asked for, and no file.
    pub fn is_help(&self) -> bool {
        self.add == ["help"]
    }

    pub fn help(index: &Index) -> Answer<'_> {
        let columns = Columns::<Added>::new()
            .with("column", "As --add takes it", |added| Cell::text(added.name))
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
        let named = output.map(format_of).transpose()?.flatten();
        self.refuse_contradiction(format, named, header)?;
        let query = self.query(index)?;
        // Where nothing is named standard input is read: `usage` has seen that it is no terminal.
        let path = self.file.as_deref().or(self.lines.as_deref()).unwrap_or(Path::new("-"));
        let mut table = UserTable {
            options: self,
            header: header && self.lines.is_none(),
            delimiter: self.delimiter()?,
            usual: if self.lines.is_some() { NO_DELIMITER } else { delimiter::usual(path) },
            format,
            named,
        };
        let (out, report) = self.streams(path, output)?;
        let Text { opened: (opened, name, size), is_sheet, notes } = self.text(path)?;
        let out = match format.or(named) {
            Some(Format::Xlsx) => out.as_workbook(csv(&query, &name, header))?,
            _ => out,
        };
        if is_sheet {
            (table.delimiter, table.usual) = (Some(b','), b',');
        }
        Ok(Job {
            notes,
            input: Input::open(opened, &name, size)?,
            progress: Progress::new(size, output.is_some()),
            table,
            query,
            report,
            out,
        })
    }

    /// Refuses options that do not go together; `named` is the format that the name of the output says.
    fn refuse_contradiction(
        &self,
        format: Option<Format>,
        named: Option<Format>,
        header: bool,
    ) -> Result<()> {
        match format.or(named) {
            // What is added to a list follows a tab, whatever its name.
            Some(Format::Csv | Format::Tsv) if self.lines.is_some() && format.is_none() => {}
            Some(_) if self.lines.is_some() => {
                bail!("a plain list stays one: --lines takes no --format, and no file of one")
            }
            Some(Format::Json | Format::Ndjson | Format::Xlsx)
                if self.changes() != FileChanges::default() =>
            {
                bail!(
                    "--excel, --excel-safe, --bom and --crlf are for csv; leave them or the format out"
                )
            }
            _ if !header && self.replace => bail!(
                "without a header no column begins with '{}': leave --replace or --no-header out",
                self.prefix
            ),
            _ if self.changes().bom && self.encoding()? != Encoding::UTF_8 => {
                bail!(
                    "the byte order mark is that of UTF-8; with --encoding {} leave {} out",
                    self.encoding,
                    if self.bom { "--bom" } else { "--excel" }
                )
            }
            Some(Format::Json | Format::Ndjson) if !header => {
                bail!("as JSON each column needs a name: --no-header takes no --format")
            }
            None
            | Some(Format::Csv | Format::Tsv | Format::Json | Format::Ndjson | Format::Xlsx) => {}
            Some(other) => bail!(
                "{WRITTEN}, no {}; name the file so, or give one of them as --format",
                other.name()
            ),
        }
        Ok(())
    }

    /// Opens the file. A sheet of a workbook has columns and an encoding of its own.
    fn text(&self, path: &Path) -> Result<Text> {
        let opened = open(path)?;
        if self.lines.is_some() {
            return Ok(Text { opened, is_sheet: false, notes: Vec::new() });
        }
        let text = text(opened, self.sheet.as_deref(), self.skip)?;
        let is_utf8 = self.encoding()? == Encoding::UTF_8;
        if text.is_sheet && (self.delimiter.is_some() || !is_utf8) {
            let option = if is_utf8 { "--delimiter" } else { "--encoding" };
            bail!("{} is a workbook, which says that itself: leave {option} out", text.opened.1);
        }
        Ok(text)
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

    fn query<'i>(&self, index: &'i Index) -> Result<Requested<'i>> {
        let (year, encoding, delimiter) = (self.year(index)?, self.encoding()?, self.delimiter()?);
        let corrections = match &self.map {
            Some(path) => Corrections::read(index, path, encoding, delimiter)?,
            None => Corrections::default(),
        };
        Ok(Requested {
            index,
            year,
            added: chosen(index, &self.add, &self.prefix)?,
            corrections,
            codes: CodeReading::from(self.codes.unwrap_or_default()),
            encoding,
        })
    }

    /// The year of every row; none where each has its own.
    fn year(&self, index: &Index) -> Result<Option<u16>> {
        let Some(written) = &self.year else {
            return Ok(Years::newest(index).single().filter(|_| self.year_column.is_none()));
        };
        let years = Years::parse(index, written).map_err(|error| {
            if written.starts_with(char::is_alphabetic) {
                anyhow!("{error}; a column of years is given with --year-column")
            } else {
                error.into()
            }
        })?;
        match years.single() {
            None => bail!("a row has one tier: give one --year, or a --year-column"),
            year => Ok(year),
        }
    }
}

/// What is to become a workbook: rows of a file that is called so.
fn csv(query: &Requested<'_>, name: &str, header: bool) -> Csv {
    const SHADED: [&str; 3] = ["tier", "latest_tier", "before"];
    let (index, encoding, added) = (query.index, query.encoding, &query.added);
    let in_color = added.iter().filter(|it| SHADED.contains(&it.name)).map(Added::header);
    let shades = index.tiers().iter().map(|it| (it.tier.to_string(), tier_shade(it.tier)));
    let file = Path::new(name).file_name().map_or(name.into(), |file| file.to_string_lossy());
    let title = format!("{file}, with what the Trafficking in Persons Report says");
    let columns = added.iter().map(|it| format!("{}: {}", it.header(), it.about));
    let notes = query.column_notes();
    Csv {
        bytes: Vec::new(),
        header,
        decode: Box::new(move |bytes| encoding.text(bytes).map(Cow::into_owned)),
        encoding: encoding.name(),
        shaded: in_color.collect(),
        shades: shades.collect(),
        about: About { title, lines: columns.chain(notes).collect(), source: footer(index) },
    }
}
