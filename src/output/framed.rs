//! What people see around the rows of a table: its title above them, and below them what helps to read it.

use crate::output::color::{bold, paint};
use crate::output::format::Format;
use crate::output::remarks::Remarks;
use crate::output::screen::Screen;
use crate::output::table::Table;
use crate::text::{capitalised, wrapped};

/// The title of a table, and the lines below it.
#[derive(Debug)]
pub struct Frame {
    format: Format,
    screen: Screen,
    /// The title, until it is shown.
    title: Option<String>,
    header: Vec<&'static str>,
}

impl Frame {
    pub fn new(table: &Table<'_>, format: Format, screen: Screen) -> Self {
        Self { format, screen, title: table.title.clone(), header: table.header() }
    }

    /// Returns a line as it is shown, fitted to the screen.
    fn line(&self, text: &str) -> String {
        let text = capitalised(&self.screen.safe(text));
        let width = self.screen.width.filter(|_| self.format == Format::Table);
        let text = width.map_or_else(|| text.clone(), |width| wrapped(&text, width.into(), 0, 0));
        text + "\n"
    }

    /// Returns what stands above the first row; nothing above the others.
    pub fn above(&mut self) -> String {
        let Some(title) = self.title.take().map(|title| self.line(&title)) else {
            return String::new();
        };
        match self.format {
            Format::Markdown => format!("**{}**\n\n", title.trim_end()),
            _ if self.screen.color => paint(&bold(title.trim_end())).into_owned() + "\n",
            _ => title,
        }
    }

    /// Returns what stands below the last row.
    pub fn below(&self, said: &Remarks) -> String {
        let gap = if self.format == Format::Markdown { "\n" } else { "" };
        let lines = said.lines_below(&self.header).into_iter();
        lines.map(|line| format!("{gap}{}", self.line(line))).collect()
    }

    /// Returns what stands in the place of rows where there are none.
    pub fn empty(&self, said: &mut Remarks) -> String {
        said.empty.take().map_or(String::new(), |empty| self.line(&empty))
    }
}
