//! Every format of every answer.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::output::card::{self, Card};
use crate::output::color::paint;
use crate::output::drawing::Drawing;
use crate::output::json::{self, Object, Objects};
use crate::output::link::Links;
use crate::output::people;
use crate::output::screen::Screen;
use crate::output::stream::Stream;
use crate::output::svg;
use crate::output::table::Table;
use crate::output::terminal;
use crate::text::{joined, quoted, shell};

/// The formats an answer can be printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// Comma-separated, lists joined with ';'
    Csv,
    /// Tab-separated, lists joined with ';', a tab or newline in a value escaped
    Tsv,
    /// One array of objects, lists as arrays, a missing value as null
    Json,
    /// The same objects, one a line
    Ndjson,
    /// A Markdown table
    Markdown,
    /// A picture, of those commands that draw one
    Svg,
}

impl Format {
    /// Whether people read it, who are better served by a picture than by one row a value.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Markdown | Self::Svg)
    }

    /// The format that the extension of a file says.
    ///
    /// # Errors
    /// It says none, and the message names those that do; or PNG, and it says how that is made.
    pub fn of_file(path: &Path) -> Result<Self> {
        let extension = path.extension().map(OsStr::to_string_lossy);
        let extension = extension.unwrap_or_default().to_lowercase();
        let known = EXTENSIONS.iter().find(|(known, _)| *known == extension);
        if extension == "png" {
            let svg = path.with_extension("svg");
            let [png, svg] = [path, &svg].map(|path| shell(&path.to_string_lossy()).into_owned());
            bail!(
                "pictures are written as SVG, of which other programs make PNG: give -o {svg}, then type 'rsvg-convert --width 1920 {svg} -o {png}'"
            );
        }
        known.map(|(_, format)| *format).with_context(|| {
            let known = EXTENSIONS.map(|(known, _)| format!(".{known}"));
            let (name, known) = (quoted(&path.to_string_lossy()), joined(&known, "or"));
            format!("the name {name} says no format; end it in {known}, or give --format")
        })
    }
}

/// What can be shown.
#[derive(Debug)]
pub enum View<'a> {
    /// Rows, in any format.
    Table(Table<'a>),
    /// Cards, for people.
    Cards(Vec<Card>),
    /// A drawing, as a text for people or as a picture.
    Drawing(Box<Drawing>),
}

impl View<'_> {
    /// The names of the columns shown, if it has any.
    pub fn header(&self) -> Vec<&str> {
        match self {
            Self::Table(table) => table.header(),
            Self::Cards(_) | Self::Drawing(_) => Vec::new(),
        }
    }

    /// Whether it can be shown in this format.
    pub fn takes(&self, format: Format) -> bool {
        match self {
            Self::Table(_) => format != Format::Svg,
            Self::Cards(_) => format.is_for_people(),
            Self::Drawing(_) => matches!(format, Format::Table | Format::Svg),
        }
    }
}

/// The extensions that say a format.
const EXTENSIONS: [(&str, Format); 8] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("ndjson", Format::Ndjson),
    ("jsonl", Format::Ndjson),
    ("md", Format::Markdown),
    ("txt", Format::Table),
    ("svg", Format::Svg),
];

/// Writes the view, all of it: to standard output, fitted to what that is and perhaps with links, or to a file, which
/// appears whole or not at all.
///
/// # Errors
/// The write failed.
pub fn print(
    view: &View<'_>,
    format: Format,
    header: bool,
    file: Option<&Path>,
    links: Links,
) -> Result<()> {
    let (stream, screen) = match file {
        None => {
            let links = format == Format::Table && links.on_stdout();
            let screen = Screen::of_stdout();
            let stream = Stream::stdout();
            let stream = if format.is_for_people() {
                stream
            } else {
                stream.of_data()
            };
            (stream, Screen { links, ..screen })
        }
        Some(path) => (Stream::file(path)?, Screen::default()),
    };
    stream.print(|out| match view {
        View::Table(table) => render(table, format, header, screen, out),
        View::Cards(cards) if format == Format::Markdown => {
            out.write_all(card::markdown(cards, screen).as_bytes())
        }
        View::Cards(cards) => out.write_all(card::render(cards, screen).as_bytes()),
        View::Drawing(it) if format == Format::Svg => out.write_all(svg::render(it).as_bytes()),
        View::Drawing(it) => out.write_all(paint(&terminal::text(it, screen)).as_bytes()),
    })
}

/// Writes rows in a format.
///
/// # Errors
/// The write failed.
pub fn render(
    table: &Table<'_>,
    format: Format,
    header: bool,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table => out.write_all(people::table(table, header, screen).as_bytes()),
        Format::Markdown => out.write_all(people::markdown(table, header, screen).as_bytes()),
        Format::Csv => comma_separated(table, header, out).map_err(io_error),
        Format::Tsv => tab_separated(table, header, out),
        Format::Json => {
            json::write_pretty(&mut *out, &Objects(table))?;
            out.write_all(b"\n")
        }
        Format::Ndjson => {
            let header = table.header();
            for cells in table.rows() {
                json::write(&mut *out, &Object(&header, &cells))?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
        // `View::takes` says that rows are no picture.
        Format::Svg => Ok(()),
    }
}

/// The error that a CSV writer met. The csv crate's own conversion would hide its kind.
pub fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn comma_separated(table: &Table<'_>, header: bool, out: &mut dyn Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    if header {
        writer.write_record(table.header())?;
    }
    for cells in table.rows() {
        for cell in cells {
            writer.write_field(cell.joined(";").as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.flush()?)
}

/// The csv crate would write a lone empty cell as two quotes, which TSV does not know.
fn tab_separated(table: &Table<'_>, header: bool, out: &mut dyn Write) -> io::Result<()> {
    if header {
        writeln!(out, "{}", table.header().join("\t"))?;
    }
    for cells in table.rows() {
        for (place, cell) in cells.iter().enumerate() {
            let gap = if place > 0 { "\t" } else { "" };
            write!(out, "{gap}{}", tab_free(&cell.joined(";")))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn tab_free(value: &str) -> Cow<'_, str> {
    if !value.contains(['\\', '\t', '\n', '\r']) {
        return Cow::Borrowed(value);
    }
    let value = value.replace('\\', "\\\\").replace('\t', "\\t");
    Cow::Owned(value.replace('\n', "\\n").replace('\r', "\\r"))
}
