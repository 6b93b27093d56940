//! What can be shown, and how each format shows it.

use std::io;
use std::path::Path;

use anyhow::Result;

use crate::output::card::SIDE_BY_SIDE;
use crate::output::color::{bold, paint};
use crate::output::data::Data;
use crate::output::escape;
use crate::output::people::People;
use crate::output::stream::refuse_terminal;
use crate::output::workbook::table_book;
use crate::output::{
    Card, Document, Drawing, Format, Item, Layout, Remarks, Screen, Stream, Table, TableRow, When,
    Writer, card, document, link, svg, terminal,
};
use crate::text::{capitalised, wrapped};

#[derive(Debug)]
pub enum View<'a> {
    Table(Table<'a>),
    /// A drawing, as a text for people or as a picture.
    Drawing(Box<Drawing>),
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

#[derive(Debug)]
pub struct Printing<'a> {
    pub format: Format,
    pub header: bool,
    /// The file, where it is not standard output.
    pub file: Option<&'a Path>,
    pub links: When,
    /// What stands at the foot of a page or on the second sheet of a workbook: how new the data are, and what they come from.
    pub footer: String,
}

impl Printing<'_> {
    /// Writes the view, all of it: to standard output, fitted to what that is and perhaps with links, or to a file, which
    /// appears whole or not at all. What is said beside the rows is added to `remarks`.
    pub fn print(&self, view: &mut View<'_>, remarks: &mut Remarks) -> Result<()> {
        let (stream, screen) = match self.file {
            None => {
                let links = self.format == Format::Table && link::on_stdout(self.links);
                let screen = Screen { links, ..Screen::of_stdout() };
                let stream = Stream::stdout();
                if self.format == Format::Xlsx {
                    refuse_terminal()?;
                }
                // A table has escape sequences of its own.
                let is_painted = self.format == Format::Table;
                (if is_painted { stream } else { stream.of_data() }, screen)
            }
            Some(path) => (Stream::file(path)?, Screen::default()),
        };
        match view {
            View::Table(table) => self.print_rows(table, screen, stream, remarks),
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

    /// Returns a table as a format has it that is written as a whole.
    fn whole(
        &self,
        table: &Table<'_>,
        rows: &[TableRow<'_>],
        said: &mut Remarks,
    ) -> io::Result<Vec<u8>> {
        match self.format {
            Format::Html => Ok(document::table_page(table, rows, said, &self.footer).into_bytes()),
            _ => table_book(table, rows, self.header, said, &self.footer)
                .map_err(|error| io::Error::other(format!("{error:#}"))),
        }
    }

    fn writer<'a>(&self, table: &Table<'a>, screen: Screen) -> Box<dyn Writer<'a> + 'a> {
        match self.format {
            Format::Table => Box::new(People::new(table, self.header, screen)),
            format => Box::new(Data::new(table, format, self.header, screen)),
        }
    }

    /// Pulls the rows of a table, and writes each as it comes; a few may be cards, and wait until it is known that they are few.
    fn print_rows<'a>(
        &self,
        table: &mut Table<'a>,
        screen: Screen,
        mut stream: Stream,
        remarks: &mut Remarks,
    ) -> Result<()> {
        let is_whole = matches!(self.format, Format::Html | Format::Xlsx);
        let is_framed = self.format.is_for_people() && !is_whole;
        let mut writer = self.writer(table, screen);
        let is_titled = is_framed && self.header && table.layout != Layout::Text;
        let mut title = table.title.clone().filter(|_| is_titled);
        let (mut are_few, mut any) = (is_framed && table.has_cards(), false);
        let mut few: Vec<TableRow<'a>> = Vec::new();
        for item in table.rows.by_ref() {
            match item {
                Ok(Item::Row(row)) => {
                    few.push(row);
                    are_few = are_few && few.len() <= SIDE_BY_SIDE;
                    if are_few || is_whole {
                        continue;
                    }
                    any = true;
                    let above = title.take().map_or(String::new(), |it| self.above(&it, screen));
                    stream.add(|out| {
                        out.write_all(above.as_bytes())?;
                        few.drain(..).try_for_each(|row| writer.row(row, out))
                    })?;
                }
                Ok(Item::Wait) => stream.pass_on()?,
                Ok(Item::Said(said)) => remarks.extend(said),
                Err(error) => {
                    stream.add(|out| {
                        if are_few {
                            out.write_all(self.cards(&few, screen).as_bytes())
                        } else {
                            writer.flush(out)
                        }
                    })?;
                    stream.pass_on()?;
                    return Err(error);
                }
            }
        }
        stream.print(|out| {
            if is_whole {
                return out.write_all(&self.whole(table, &few, remarks)?);
            }
            if are_few {
                return out.write_all(self.cards(&few, screen).as_bytes());
            }
            if is_titled && !any {
                let empty = remarks.empty.take().map(|empty| self.line(&empty, screen));
                return out.write_all(empty.unwrap_or_default().as_bytes());
            }
            writer.end(remarks, out)?;
            let below = if is_titled { self.below(table, remarks, screen) } else { String::new() };
            out.write_all(below.as_bytes())
        })
    }

    fn cards(&self, few: &[TableRow<'_>], screen: Screen) -> String {
        let cards: Vec<Card> = few.iter().filter_map(|row| row.card()).collect();
        card::show(&cards, self.format, screen)
    }

    /// Returns what stands below the last row.
    fn below(&self, table: &Table<'_>, remarks: &Remarks, screen: Screen) -> String {
        let gap = if self.format == Format::Markdown { "\n" } else { "" };
        let lines = remarks.lines_below(&table.header()).into_iter();
        lines.flat_map(|line| [gap.to_owned(), self.line(line, screen)]).collect()
    }

    /// Returns a line as it is shown, fitted to the screen.
    fn line(&self, text: &str, screen: Screen) -> String {
        let text = capitalised(&screen.safe(text));
        let text = if self.format == Format::Markdown { escape::markdown(&text) } else { text };
        let width = screen.width.filter(|_| self.format == Format::Table);
        let text = width.map_or_else(|| text.clone(), |width| wrapped(&text, width.into(), 0, 0));
        text + "\n"
    }

    /// Returns what stands above the first row.
    fn above(&self, title: &str, screen: Screen) -> String {
        let title = self.line(title, screen);
        match self.format {
            Format::Markdown => format!("**{}**\n\n", title.trim_end()),
            _ if screen.color => paint(&bold(title.trim_end())).into_owned() + "\n",
            _ => title,
        }
    }
}
