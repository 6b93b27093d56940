//! What people see around the rows of a table: its title above them, and below them what helps to read it.

use std::io::{self, Write};

use crate::output::color::{bold, paint};
use crate::output::column::TableRow;
use crate::output::format::Format;
use crate::output::remarks::Remarks;
use crate::output::screen::Screen;
use crate::output::table::{Table, Writer};
use crate::text::{capitalised, wrapped};

/// Writes a title above the first row, and lines below the last; of a table without rows, what that means.
pub struct Framed<'a> {
    format: Format,
    screen: Screen,
    /// The title, until it is written.
    title: Option<String>,
    /// The names of the columns shown.
    header: Vec<&'static str>,
    /// Whether a row was written.
    any: bool,
    rows: Box<dyn Writer<'a> + 'a>,
}

impl<'a> Framed<'a> {
    /// Nothing written yet of a table, whose rows `rows` writes.
    pub fn new(
        table: &Table<'_>,
        format: Format,
        screen: Screen,
        rows: Box<dyn Writer<'a> + 'a>,
    ) -> Self {
        let (title, header) = (table.title.clone(), table.header());
        Self { format, screen, title, header, any: false, rows }
    }

    /// Returns a line as it is shown, fitted to the screen.
    fn line(&self, text: &str) -> String {
        let text = capitalised(&self.screen.safe(text));
        let width = self.screen.width.filter(|_| self.format == Format::Table);
        let text = width.map_or_else(|| text.clone(), |width| wrapped(&text, width.into(), 0, 0));
        text + "\n"
    }
}

impl<'a> Writer<'a> for Framed<'a> {
    fn row(&mut self, row: TableRow<'a>, out: &mut dyn Write) -> io::Result<()> {
        self.any = true;
        if let Some(title) = self.title.take() {
            let title = match self.format {
                Format::Markdown => format!("**{}**\n\n", self.line(&title).trim_end()),
                _ if self.screen.color => {
                    paint(&bold(self.line(&title).trim_end())).into_owned() + "\n"
                }
                _ => self.line(&title),
            };
            out.write_all(title.as_bytes())?;
        }
        self.rows.row(row, out)
    }

    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.rows.flush(out)
    }

    fn end(&mut self, said: &mut Remarks, out: &mut dyn Write) -> io::Result<()> {
        if !self.any {
            let empty = said.empty.take().map_or(String::new(), |empty| self.line(&empty));
            return out.write_all(empty.as_bytes());
        }
        self.rows.end(said, out)?;
        for line in said.lines_below(&self.header) {
            let gap = if self.format == Format::Markdown { "\n" } else { "" };
            write!(out, "{gap}{}", self.line(line))?;
        }
        Ok(())
    }
}
