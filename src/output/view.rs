//! What can be shown, and how each format shows it.

use std::path::Path;

use anyhow::Result;

use crate::output::color::paint;
use crate::output::data::Data;
use crate::output::document::{self, Document, HtmlTable};
use crate::output::drawing::Drawing;
use crate::output::format::Format;
use crate::output::framed::Framed;
use crate::output::link::Links;
use crate::output::people::{Cards, People};
use crate::output::remarks::Remarks;
use crate::output::screen::Screen;
use crate::output::stream::Stream;
use crate::output::svg;
use crate::output::table::{Item, Layout, Table, Writer};
use crate::output::terminal;

#[derive(Debug)]
pub enum View<'a> {
    Table(Table<'a>),
    /// A drawing, as a text for people or as a picture.
    Drawing(Box<Drawing>),
    /// Pages of text.
    Pages(Vec<Document>),
}

impl View<'_> {
    /// The names of the columns shown, if it has any.
    pub fn header(&self) -> Vec<&'static str> {
        match self {
            Self::Table(table) if !table.has_cards() => table.header(),
            Self::Table(_) | Self::Drawing(_) | Self::Pages(_) => Vec::new(),
        }
    }

    /// Whether it can be shown in this format.
    pub fn takes(&self, format: Format) -> bool {
        match self {
            Self::Table(_) => format != Format::Svg,
            Self::Drawing(_) => matches!(format, Format::Table | Format::Svg),
            Self::Pages(_) => matches!(format, Format::Table | Format::Markdown | Format::Html),
        }
    }

    /// Says why it is not shown in a format that it does not take.
    pub fn refusal(&self) -> &'static str {
        match self {
            Self::Pages(_) => {
                "this is a page of text: give -o with .txt, .md or .html; 'tip lookup' and 'tip list' give its facts as rows"
            }
            Self::Table(_) | Self::Drawing(_) => {
                "this command draws no picture; 'tip map', 'tip history' and 'tip stats' do"
            }
        }
    }
}

/// Where a view is written, and how.
#[derive(Debug)]
pub struct Printing<'a> {
    pub format: Format,
    /// Whether the names of the columns are written.
    pub header: bool,
    /// The file, where it is not standard output.
    pub file: Option<&'a Path>,
    /// Whether addresses and sources are links.
    pub links: Links,
    /// What stands at the foot of a page: how new the data are, and what they come from.
    pub footer: String,
}

impl Printing<'_> {
    /// Writes the view, all of it: to standard output, fitted to what that is and perhaps with links, or to a file, which
    /// appears whole or not at all. What is said beside the rows is added to `remarks`.
    pub fn print(&self, view: &mut View<'_>, remarks: &mut Remarks) -> Result<()> {
        let (stream, screen) = match self.file {
            None => {
                let links = self.format == Format::Table && self.links.on_stdout();
                let screen = Screen { links, ..Screen::of_stdout() };
                let stream = Stream::stdout();
                // A table has escape sequences of its own.
                let is_painted = self.format == Format::Table;
                (if is_painted { stream } else { stream.of_data() }, screen)
            }
            Some(path) => (Stream::file(path)?, Screen::default()),
        };
        match view {
            View::Table(table) => {
                let writer = self.writer(table, screen);
                print_rows(table, writer, stream, remarks)
            }
            View::Pages(pages) => {
                let text = document::render(pages, self.format, screen);
                stream.print(|out| out.write_all(text.as_bytes()))
            }
            View::Drawing(it) if self.format == Format::Svg => {
                stream.print(|out| out.write_all(svg::render(it).as_bytes()))
            }
            View::Drawing(it) => {
                stream.print(|out| out.write_all(paint(&terminal::text(it, screen)).as_bytes()))
            }
        }
    }

    fn writer<'a>(&self, table: &mut Table<'a>, screen: Screen) -> Box<dyn Writer<'a> + 'a> {
        let mut writer: Box<dyn Writer<'a> + 'a> = match self.format {
            Format::Table => Box::new(People::new(table, self.header, screen)),
            Format::Html => return Box::new(HtmlTable::new(table, self.footer.clone())),
            format => Box::new(Data::new(table, format, self.header, screen)),
        };
        if self.format.is_for_people() && self.header && table.layout != Layout::Text {
            writer = Box::new(Framed::new(table, self.format, screen, writer));
        }
        if table.has_cards() { Box::new(Cards::new(self.format, screen, writer)) } else { writer }
    }
}

/// Pulls the rows of a table, and writes each as it comes.
fn print_rows<'a>(
    table: &mut Table<'a>,
    mut writer: Box<dyn Writer<'a> + 'a>,
    mut stream: Stream,
    remarks: &mut Remarks,
) -> Result<()> {
    for item in table.rows.by_ref() {
        match item {
            Ok(Item::Row(row)) => stream.add(|out| writer.row(row, out))?,
            Ok(Item::Wait) => stream.pass_on()?,
            Ok(Item::Said(said)) => remarks.extend(said),
            Err(error) => {
                stream.add(|out| writer.flush(out))?;
                stream.pass_on()?;
                return Err(error);
            }
        }
    }
    stream.print(|out| writer.end(remarks, out))
}
