//! Tables for people: grids, records and plain texts, fitted to the screen.

use std::borrow::Cow;

use crate::output::cell::Cell;
use crate::output::color::{bold, on_shade};
use crate::output::column::Head;
use crate::output::grid::{self, Column, gaps};
use crate::output::link::{linked, linked_addresses, with_links};
use crate::output::screen::Screen;
use crate::output::strip::{self, Step};
use crate::output::table::{Layout, Table};
use crate::text::printable_lines;

/// Rows from which on the ruler of a strip stands below them again.
const LONG: usize = 20;

/// How a block of rows is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Side by side, the letters of strips so far apart.
    Grid(Step),
    /// Each as a record of its own.
    Records,
    /// As they are.
    Texts,
}

/// Shows a table to people, block by block: as a grid where it fits the screen, else a record a row.
#[derive(Debug)]
pub struct People {
    screen: Screen,
    /// Whether the names of the columns are shown.
    header: bool,
    /// The shape of the block before, and how wide its columns are where it is a grid.
    before: Option<Shape>,
    widths: Vec<usize>,
}

impl People {
    /// Nothing shown yet.
    pub fn new(header: bool, screen: Screen) -> Self {
        Self { screen, header, before: None, widths: Vec::new() }
    }

    /// The rows at hand. A header stands above the first grid, and above one after another shape.
    pub fn block(&mut self, table: &Table<'_>) -> String {
        let screen = self.screen;
        let heads = if self.header { table.heads() } else { Vec::new() };
        let rows: Vec<Vec<Cell>> = table.rows().collect();
        let step = step(&heads, &rows, screen);
        let names: Vec<String> = heads.iter().map(|head| in_words(head, step)).collect();
        let shape = match table.layout {
            Layout::Text => Shape::Texts,
            Layout::Grid if fits(&names, &rows, step, screen) => Shape::Grid(step),
            Layout::Grid | Layout::Record => Shape::Records,
        };
        let goes_on = self.before == Some(shape);
        let out = match shape {
            Shape::Texts => texts(&rows, screen),
            Shape::Grid(step) => {
                if !goes_on {
                    self.widths.clear();
                }
                grid(&heads, &names, rows, step, screen, &mut self.widths)
            }
            Shape::Records => records(&names, rows, screen),
        };
        let apart = self.before.is_some() && !(goes_on && matches!(shape, Shape::Grid(_)));
        self.before = Some(shape);
        if apart { format!("\n{out}") } else { out }
    }
}

/// How far apart the letters of strips stand: with a space between if every row then has its place on one line.
fn step(heads: &[Head], rows: &[Vec<Cell>], screen: Screen) -> Step {
    let Some(width) = screen.width.map(usize::from) else {
        return Step::Wide;
    };
    let len = |text: &str| text.split('\n').map(|line| line.chars().count()).max();
    let mut columns: Vec<usize> =
        heads.iter().map(|head| len(&in_words(head, Step::Wide)).unwrap_or(0)).collect();
    for cells in rows {
        columns.resize(cells.len(), 0);
        for (widest, cell) in columns.iter_mut().zip(cells) {
            let text = plain(cell, Step::Wide);
            *widest = (*widest).max(text.chars().count());
        }
    }
    if columns.iter().sum::<usize>() + gaps(columns.len()) <= width {
        Step::Wide
    } else {
        Step::Narrow
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
        Cell::Strip(letters) => Cow::Owned(strip::line(letters, step, false)),
        _ => cell.joined(", "),
    }
}

/// The letters of a cell of a grid where there is no screen: every row would be as wide as the longest.
const LONGEST: usize = 300;

/// Whether a grid can be read on the screen: every word has its place on a line, and no cell is so long that its
/// row would fill the screen. Where there is none, whether it is not mostly spaces.
fn fits(names: &[String], rows: &[Vec<Cell>], step: Step, screen: Screen) -> bool {
    let width = screen.width.map_or(LONGEST, usize::from);
    let longest_word = |text: &str| {
        let words = text.split([' ', '\n']).map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let mut words: Vec<usize> = names.iter().map(|name| longest_word(name)).collect();
    let mut letters = 0;
    for cells in rows {
        words.resize(cells.len(), 0);
        for (longest, cell) in words.iter_mut().zip(cells) {
            let text = plain(cell, step);
            let text = screen.safe(&text);
            let len = text.chars().count();
            if len > width {
                return false;
            }
            letters += len;
            // A strip is one word; without a screen no line is broken between words.
            let is_whole = screen.width.is_none() || matches!(cell, Cell::Strip(_));
            *longest = (*longest).max(if is_whole { len } else { longest_word(&text) });
        }
    }
    let needed = words.iter().sum::<usize>() + gaps(words.len());
    let room = || grid::room(letters, rows.len());
    needed <= screen.width.map_or_else(room, usize::from)
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
        Column {
            right: !rows.is_empty() && cells.all(Cell::is_numeric),
            whole: heads.get(place).is_some_and(is_ruler),
        }
    };
    let columns = rows.first().map_or(names.len(), Vec::len);
    let columns: Vec<Column> = (0..columns).map(column).collect();
    let is_long = rows.len() > LONG;
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
        Cell::Strip(letters) => strip::line(&letters, step, screen.color),
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
