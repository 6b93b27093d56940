//! `tip annotate`: the tier and the roles beside each row of the user's own CSV, not one byte of which is changed.

mod options;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::annotate::Job;
use crate::annotate::added::{Added, chosen, every};
use crate::annotate::corrections::Corrections;
use crate::annotate::table::{FileChanges, Parted, UserTable};
use crate::annotate::values::Requested;
use crate::answer::caveats::footer;
use crate::answer::columns::column_notes;
use crate::answer::{Answer, tier_shade};
use crate::commands::annotate::options::Ragged;
use crate::index::{CodeReading, Index, Years};
use crate::input::encoding::Encoding;
use crate::input::open::{delimiter, open, usual_delimiter};
use crate::input::reader::Input;
use crate::input::workbook::{Text, Wanted as WantedSheet, text};
use crate::output::destination::{refuse_reading, refuse_writing_twice};
use crate::output::screen::Progress;
use crate::output::stream::is_closed_pipe;
use crate::output::table;
use crate::output::workbook::{About, Csv};
use crate::output::{Cell, Columns, Format, Layout, Remark, Stream};

/// What a reader should know of the lists a country is on.
const LISTS: &str = "a list that the data do not know of a country and year is an empty cell; \
    'tip list --on' says which years are whole";

pub use crate::commands::annotate::options::Annotate;

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
            Ok(mut said) => {
                said.notes.extend(self.column_notes(index)?);
                Ok(Answer::default().with(said))
            }
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
        let named = output.map(format_of).transpose()?.flatten();
        let parted = match (format, named) {
            (Some(Format::Csv | Format::Xlsx), _) | (None, Some(Format::Xlsx)) => Parted::By(b','),
            (Some(Format::Tsv), _) | (None, Some(Format::Tsv)) => Parted::By(b'\t'),
            (None, Some(Format::Csv)) => Parted::NotByTab,
            _ => Parted::AsTheyCame,
        };
        self.refuse_contradiction(format, named, header)?;
        let query = self.query(index)?;
        // Where nothing is named standard input is read: `usage` has seen that it is no terminal.
        let path = self.file.as_deref().or(self.lines.as_deref()).unwrap_or(Path::new("-"));
        let written = format.or(named);
        let objects = written.filter(|format| matches!(format, Format::Json | Format::Ndjson));
        let table = self.table(path, objects, parted, header)?;
        let (out, report) = self.streams(path, output)?;
        let Text { opened: (opened, name, size), is_sheet, notes } = self.text(path)?;
        let out = match written {
            Some(Format::Xlsx) => out.as_workbook(self.csv(index, &name, header)?)?,
            _ => out,
        };
        let table = table.map(|table| if is_sheet { table.of_sheet() } else { table });
        Ok(Job {
            index,
            notes,
            input: Input::open(opened, &name, size)?,
            progress: Progress::new(size, output.is_some()),
            table,
            query,
            strict: self.strict,
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
            _ if self.changes().bom && Encoding::named(&self.encoding)? != Encoding::UTF_8 => {
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
            return Ok(Text::plain(opened));
        }
        let text = text(opened, WantedSheet { sheet: self.sheet.as_deref(), skip: self.skip })?;
        let is_utf8 = Encoding::named(&self.encoding)? == Encoding::UTF_8;
        if text.is_sheet && (self.delimiter.is_some() || !is_utf8) {
            let option = if is_utf8 { "--delimiter" } else { "--encoding" };
            bail!("{} is a workbook, which says that itself: leave {option} out", text.opened.1);
        }
        Ok(text)
    }

    /// What is to become a workbook: rows of a file that is called so.
    fn csv(&self, index: &Index, name: &str, header: bool) -> Result<Csv> {
        const SHADED: [&str; 3] = ["tier", "latest_tier", "before"];
        let encoding = Encoding::named(&self.encoding)?;
        let added = chosen(index, &self.add, &self.prefix)?;
        let in_color = added.iter().filter(|it| SHADED.contains(&&*it.name)).map(Added::header);
        let shades = index.tiers().iter().map(|it| (it.tier.to_string(), tier_shade(it.tier)));
        let title = format!("{name}, with what the Trafficking in Persons Report says");
        let columns = added.iter().map(|it| format!("{}: {}", it.header(), it.about));
        let notes = self.column_notes(index)?.into_iter().map(|note| note.text);
        let lines = columns.chain(notes).collect();
        Ok(Csv {
            bytes: Vec::new(),
            header,
            decode: Box::new(move |bytes| encoding.text(bytes).map(Cow::into_owned)),
            encoding: encoding.name(),
            shaded: in_color.collect(),
            shades: shades.collect(),
            about: About { title, lines, source: footer(index) },
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
    fn table(
        &self,
        path: &Path,
        objects: Option<Format>,
        parted: Parted,
        header: bool,
    ) -> Result<Option<UserTable<'_>>> {
        if self.lines.is_some() {
            return Ok(None);
        }
        Ok(Some(UserTable {
            country: self.column.as_deref(),
            year: self.year_column.as_deref(),
            one_year: self.year.is_some(),
            header,
            delimiter: self.delimiter.as_deref().map(delimiter).transpose()?,
            usual: usual_delimiter(path),
            skip: self.skip,
            is_system_given: self.codes.is_some(),
            each: self.each,
            pad: self.ragged == Ragged::Pad,
            objects,
            parted,
            replaced: self.replace.then_some(&*self.prefix),
            changes: self.changes(),
        }))
    }

    /// What is written otherwise than it came, but for the delimiter.
    fn changes(&self) -> FileChanges {
        FileChanges {
            excel_safe: self.excel_safe || self.excel,
            bom: self.bom || self.excel,
            crlf: self.crlf || self.excel,
            delimiter: None,
        }
    }

    fn query<'i>(&self, index: &'i Index) -> Result<Requested<'i>> {
        let years = self.years(index)?;
        let encoding = Encoding::named(&self.encoding)?;
        let delimiter = self.delimiter.as_deref().map(delimiter).transpose()?;
        let corrections = self.map.as_deref();
        let corrections =
            corrections.map(|path| Corrections::read(index, path, encoding, delimiter));
        Ok(Requested {
            year: years.single(),
            added: chosen(index, &self.add, &self.prefix)?,
            corrections: corrections.transpose()?.unwrap_or_default(),
            codes: CodeReading::from(self.codes.unwrap_or_default()),
            encoding,
            unmatched: self.unmatched,
        })
    }

    /// The year of every row, or all years where each row has its own.
    fn years(&self, index: &Index) -> Result<Years> {
        if self.year_column.is_some() {
            return Ok(Years::from(index.every_year()));
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
        let (years, added) = (self.years(index)?, chosen(index, &self.add, &self.prefix)?);
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
