//! Tables for people: grids, records and plain texts, fitted to the screen.

use std::borrow::Cow;
use std::io::{self, Write};
use std::mem;

use crate::output::cell::strip;
use crate::output::color::{bold, on_shade};
use crate::output::grid::needed;
use crate::output::link::{linked, linked_addresses, with_links};
use crate::output::{
    Alignment, Cell, Head, Layout, Remarks, Screen, Step, Table, TableRow, Writer, grid,
};
use crate::text::{joined, length, printable_lines, wrapped};

/// Rows from which on the ruler of a strip stands below them again on a terminal, where the first has left the screen.
const LONG: usize = 20;

/// How a block of rows is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Side by side, the letters of strips so far apart.
    Grid(Step),
    Records,
    Texts,
}

/// The rows that are laid out at once, and the letters of them: memory for an answer of any length.
const BATCH: usize = 1000;
const MOST_LETTERS: usize = 1 << 20;

/// Shows a table to people, a batch of rows at once: as a grid where it fits the screen, else a record a row.
#[derive(Debug)]
pub struct People {
    screen: Screen,
    layout: Layout,
    /// What stands above the columns; nothing where the names of the columns are left out.
    heads: Vec<Head>,
    shown: Vec<usize>,
    /// Those that a narrow screen may do without, the least important first, until the first rows are laid out; and the
    /// heads of those it does without.
    spare: Vec<usize>,
    left_out: Vec<String>,
    /// The rows that are still to be laid out, and their letters.
    rows: Vec<Vec<Cell>>,
    letters: usize,
    /// The shape of the batch before, and how wide its columns are where it is a grid.
    before: Option<Shape>,
    widths: Vec<usize>,
}

impl<'a> Writer<'a> for People {
    fn row(&mut self, row: TableRow<'a>, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.len() == BATCH || self.letters > MOST_LETTERS {
            self.flush(out)?;
        }
        let cells = row.cells(&self.shown);
        self.letters += cells.iter().map(|cell| cell.joined("").len()).sum::<usize>();
        self.rows.push(cells);
        Ok(())
    }

    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let text = self.batch(false);
        out.write_all(text.as_bytes())
    }

    fn end(&mut self, _: &mut Remarks, out: &mut dyn Write) -> io::Result<()> {
        if !self.rows.is_empty() {
            let text = self.batch(self.before.is_none());
            out.write_all(text.as_bytes())?;
        }
        if self.left_out.is_empty() {
            return Ok(());
        }
        let text = format!("no room for {}", joined(&self.left_out, "and"));
        let width = self.screen.width.map_or(usize::MAX, usize::from);
        writeln!(out, "{}", wrapped(&text, width, 0, 2))
    }
}

impl People {
    pub fn new(table: &Table<'_>, header: bool, screen: Screen) -> Self {
        Self {
            screen,
            // More rows than cards are made of stand side by side.
            layout: if table.has_cards() { Layout::Grid } else { table.layout },
            heads: if header { table.heads() } else { Vec::new() },
            shown: table.shown().to_vec(),
            spare: table.spared(),
            left_out: Vec::new(),
            rows: Vec::new(),
            letters: 0,
            before: None,
            widths: Vec::new(),
        }
    }

    /// The rows at hand. A header stands above the first grid, and above one after another shape. `are_all`: no others
    /// come or came.
    fn batch(&mut self, are_all: bool) -> String {
        let screen = self.screen;
        self.letters = 0;
        let mut rows = mem::take(&mut self.rows);
        self.make_room(&mut rows);
        let wide = Measured::new(&self.heads, &rows, Step::Wide, screen);
        // With a space between the letters of strips if every row then has its place on one line.
        let is_wide = screen.width.is_none_or(|width| needed(&wide.widths) <= width.into());
        let (step, measured) = if is_wide {
            (Step::Wide, wide)
        } else {
            (Step::Narrow, Measured::new(&self.heads, &rows, Step::Narrow, screen))
        };
        let names: Vec<String> = self.heads.iter().map(|head| in_words(head, step)).collect();
        let is_grid = match self.layout {
            Layout::Grid => true,
            // A few rows in the columns that somebody chose.
            Layout::Cards => !are_all,
            Layout::Text | Layout::Record => false,
        };
        let shape = match self.layout {
            Layout::Text => Shape::Texts,
            _ if is_grid && measured.fits(screen) => Shape::Grid(step),
            _ => Shape::Records,
        };
        let goes_on = self.before == Some(shape);
        let out = match shape {
            Shape::Texts => texts(&rows, screen),
            Shape::Grid(step) => {
                if !goes_on {
                    self.widths.clear();
                }
                grid(&self.heads, &names, rows, step, screen, &mut self.widths)
            }
            Shape::Records => records(&names, rows, screen),
        };
        let apart = self.before.is_some() && !(goes_on && matches!(shape, Shape::Grid(_)));
        self.before = Some(shape);
        if apart { format!("\n{out}") } else { out }
    }

    /// Leaves columns out until a grid has room, the least important first. Later rows are without those that the first
    /// had no room for.
    fn make_room(&mut self, rows: &mut [Vec<Cell>]) {
        let spare = mem::take(&mut self.spare);
        let indices = spare.iter().filter_map(|place| self.shown.get(*place).copied());
        for index in indices.collect::<Vec<_>>() {
            if Measured::new(&self.heads, rows, Step::Narrow, self.screen).has_room(self.screen) {
                break;
            }
            let Some(place) = self.shown.iter().position(|shown| *shown == index) else {
                continue;
            };
            self.shown.remove(place);
            for cells in rows.iter_mut() {
                cells.remove(place);
            }
            if place < self.heads.len() {
                let head = in_words(&self.heads.remove(place), Step::Narrow);
                self.left_out.push(head.replace('\n', " "));
            }
        }
    }
}

/// The lines that a text of a grid may take on a screen.
const MOST_LINES: usize = 3;

/// The letters of a cell of a grid where there is no screen: every row would be as wide as the longest.
const LONGEST: usize = 300;

/// What decides how rows are laid out, their strips with letters so far apart.
#[derive(Default)]
struct Measured {
    /// The letters of the widest line per column, and of the longest part that is not broken.
    widths: Vec<usize>,
    words: Vec<usize>,
    /// The letters of the longest cell, and of all; and how many rows there are.
    longest: usize,
    letters: usize,
    rows: usize,
}

impl Measured {
    fn new(heads: &[Head], rows: &[Vec<Cell>], step: Step, screen: Screen) -> Self {
        let longest = |text: &str, ends: &[char]| text.split(ends).map(length).max().unwrap_or(0);
        let mut it = Self { rows: rows.len(), ..Self::default() };
        for head in heads.iter().map(|head| in_words(head, step)) {
            it.widths.push(longest(&head, &['\n']));
            it.words.push(longest(&head, &[' ', '\n']));
        }
        for cells in rows {
            it.widths.resize(cells.len(), 0);
            it.words.resize(cells.len(), 0);
            for ((width, word), cell) in it.widths.iter_mut().zip(&mut it.words).zip(cells) {
                let text = plain(cell, step);
                let text = screen.safe(&text);
                let len = length(&text);
                // A strip is one word; without a screen no line is broken between words.
                let is_whole = screen.width.is_none() || matches!(cell, Cell::Strip(_));
                *width = len.max(*width);
                *word = (*word).max(if is_whole { len } else { longest(&text, &[' ', '\n']) });
                it.longest = len.max(it.longest);
                it.letters += len;
            }
        }
        it
    }

    /// Whether a grid can be read on the screen: every word has its place on a line, and no cell is so long that its
    /// row would fill the screen. Where there is none, whether it is not mostly spaces.
    fn fits(&self, screen: Screen) -> bool {
        let width = screen.width.map_or(LONGEST, usize::from);
        let room = || grid::room(self.letters, self.rows);
        let room = screen.width.map_or_else(room, usize::from);
        self.longest <= width * MOST_LINES && needed(&self.words) <= room
    }

    /// Whether a grid has its place on the screen where the widest column alone is wrapped, and not into many lines.
    fn has_room(&self, screen: Screen) -> bool {
        let Some(width) = screen.width.map(usize::from) else {
            return true;
        };
        let widest = self.widths.iter().max().copied().unwrap_or(0);
        let room = width.saturating_sub(needed(&self.widths) - widest);
        room * MOST_LINES >= widest && self.fits(screen)
    }
}

/// What stands above a column, in words or labels.
fn in_words(head: &Head, step: Step) -> String {
    match head {
        Head::Words(words) => words.to_string(),
        Head::Ruler(ruler) => ruler.line(step),
    }
}

/// A cell without colours and escapes.
fn plain(cell: &Cell, step: Step) -> Cow<'_, str> {
    match cell {
        Cell::Strip(letters) => Cow::Owned(strip(letters, step, false)),
        _ => cell.joined(", "),
    }
}

/// `above`: how wide the columns of the grid above are, below whose header this one stands; empty where there is none.
fn grid(
    heads: &[Head],
    names: &[String],
    rows: Vec<Vec<Cell>>,
    step: Step,
    screen: Screen,
    above: &mut Vec<usize>,
) -> String {
    let header: Vec<String> = names.iter().map(|name| head(name, screen)).collect();
    let is_ruler = |head: &Head| matches!(head, Head::Ruler(_));
    let column = |place| {
        let mut cells = rows.iter().filter_map(|cells| cells.get(place));
        Alignment {
            right: !rows.is_empty() && cells.all(Cell::is_numeric),
            whole: heads.get(place).is_some_and(is_ruler),
        }
    };
    let columns = rows.first().map_or(names.len(), Vec::len);
    let columns: Vec<Alignment> = (0..columns).map(column).collect();
    let is_long = screen.terminal && rows.len() > LONG;
    let mut texts = Vec::with_capacity(rows.len() + 2);
    if !header.is_empty() && above.is_empty() {
        texts.push(header.clone());
    }
    for cells in rows {
        let cells = cells.into_iter();
        let cells = cells.map(|cell| shown(cell, ", ", step, screen));
        texts.push(cells.collect());
    }
    if is_long && heads.iter().any(is_ruler) {
        texts.push(header);
    }
    grid::lines(&texts, above, &columns, screen.width)
}

/// One block a row: a line for every column that says something, its name before its value.
fn records(names: &[String], rows: Vec<Vec<Cell>>, screen: Screen) -> String {
    let blocks = rows.into_iter().map(|cells| {
        let said = cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let lines = said.map(|(place, cell)| {
            // Items of several words would run together on one line.
            let phrases =
                matches!(&cell, Cell::List(items) if items.iter().any(|i| i.contains(' ')));
            let separator = if phrases { "\n" } else { ", " };
            let value = shown(cell, separator, Step::Narrow, screen);
            let name = names.get(place).map(|name| head(name, screen));
            name.into_iter().chain([value]).collect()
        });
        grid::lines(&lines.collect::<Vec<_>>(), &mut Vec::new(), &[], screen.width)
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// The values of each row, a line each, a blank line between rows. They may span lines.
fn texts(rows: &[Vec<Cell>], screen: Screen) -> String {
    let line = |cell: &Cell| {
        let text = cell.joined(", ");
        let text = if screen.terminal { printable_lines(&text) } else { text.into_owned() };
        let text = if screen.links { with_links(&text) } else { text };
        text + "\n"
    };
    let rows = rows.iter().map(|cells| cells.iter().map(line).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

fn head(name: &str, screen: Screen) -> String {
    if !screen.color {
        return name.to_owned();
    }
    // Each line by itself, for other cells stand between the lines of one.
    let lines = name.split('\n').map(bold);
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(cell: Cell, separator: &str, step: Step, screen: Screen) -> String {
    let safe = |text: String| match screen.safe(&text) {
        Cow::Owned(safe) => safe,
        Cow::Borrowed(_) => text,
    };
    match cell {
        Cell::Ranked { text, shade, .. } if screen.color => on_shade(&text, shade),
        Cell::Strip(letters) => strip(&letters, step, screen.color),
        Cell::List(items) => {
            let items: Vec<_> = items.into_iter().map(safe).collect();
            let items = items.join(separator);
            if screen.links { linked_addresses(&items) } else { items }
        }
        Cell::Linked { text, url } if screen.links => linked(&safe(text), &url),
        Cell::Text(text) if screen.links => linked_addresses(&safe(text)),
        Cell::Text(text) | Cell::Ranked { text, .. } | Cell::Linked { text, .. } => safe(text),
        cell => safe(cell.joined("").into_owned()),
    }
}

#[cfg(test)]
mod tests;
