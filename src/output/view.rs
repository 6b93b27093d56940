//! What can be shown, and how each format shows it.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;

use crate::output::card::{self, Card};
use crate::output::color::paint;
use crate::output::data::Data;
use crate::output::drawing::Drawing;
use crate::output::format::Format;
use crate::output::link::Links;
use crate::output::people::People;
use crate::output::screen::Screen;
use crate::output::stream::Stream;
use crate::output::svg;
use crate::output::table::Table;
use crate::output::terminal;

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

/// Writes the view, all of it: to standard output, fitted to what that is and perhaps with links, or to a file, which
/// appears whole or not at all. Rows that come block by block are passed on as they come.
///
/// # Errors
/// The write failed; a block of rows cannot be read.
pub fn print(
    view: &mut View<'_>,
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
            let stream = if format.is_for_people() { stream } else { stream.of_data() };
            (stream, Screen { links, ..screen })
        }
        Some(path) => (Stream::file(path)?, Screen::default()),
    };
    match view {
        View::Table(table) if format == Format::Table => {
            let mut people = People::new(header, screen);
            let show = |table: &Table<'_>, out: &mut dyn Write| {
                out.write_all(people.block(table).as_bytes())
            };
            by_block(table, stream, show)?.finish()
        }
        View::Table(table) => {
            let mut data = Data::new(format, header, screen);
            let show = |table: &Table<'_>, out: &mut dyn Write| data.block(table, out);
            by_block(table, stream, show)?.print(|out| data.end(out))
        }
        View::Cards(cards) if format == Format::Markdown => {
            stream.print(|out| out.write_all(card::markdown(cards, screen).as_bytes()))
        }
        View::Cards(cards) => {
            stream.print(|out| out.write_all(card::render(cards, screen).as_bytes()))
        }
        View::Drawing(it) if format == Format::Svg => {
            stream.print(|out| out.write_all(svg::render(it).as_bytes()))
        }
        View::Drawing(it) => {
            stream.print(|out| out.write_all(paint(&terminal::text(it, screen)).as_bytes()))
        }
    }
}

/// Shows every block of a table, and passes each on.
fn by_block(
    table: &mut Table<'_>,
    mut stream: Stream,
    mut show: impl FnMut(&Table<'_>, &mut dyn Write) -> io::Result<()>,
) -> Result<Stream> {
    if table.comes_in_blocks() {
        table.turn()?;
    }
    loop {
        stream.add(|out| show(table, out))?;
        if table.comes_in_blocks() {
            stream.pass_on()?;
        }
        if !table.turn()? {
            return Ok(stream);
        }
    }
}
