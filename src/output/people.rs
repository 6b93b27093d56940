//! Tables for people: grids, records, plain texts and Markdown, fitted to the screen.

use std::borrow::Cow;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, TableStyle};

use crate::output::cell::Cell;
use crate::output::color::{bold, on_shade, paint};
use crate::output::column::Head;
use crate::output::link::{LinkPainter, linked, linked_addresses, with_links};
use crate::output::screen::Screen;
use crate::output::strip::{self, Step};
use crate::output::table::{Layout, Table};
use crate::text::printable_lines;

/// Spaces between two columns.
const GAP: u16 = 2;

/// Rows from which on the ruler of a strip stands below them again.
const LONG: usize = 20;

/// A table as people see it: a grid where it fits the screen, else a record a row.
pub fn table(table: &Table<'_>, header: bool, screen: Screen) -> String {
    let heads = if header { table.heads() } else { Vec::new() };
    let rows: Vec<Vec<Cell>> = table.rows().collect();
    let step = step(&heads, &rows, screen);
    let names: Vec<String> = heads.iter().map(|head| in_words(head, step)).collect();
    match table.layout {
        Layout::Text => texts(&rows, screen),
        Layout::Grid if fits(&names, &rows, step, screen) => {
            grid(&heads, &names, &rows, step, screen)
        }
        Layout::Grid | Layout::Record => records(&names, &rows, screen),
    }
}

/// How far apart the letters of strips stand: with a space between if every row then has its place on one line.
fn step(heads: &[Head], rows: &[Vec<Cell>], screen: Screen) -> Step {
    let Some(width) = screen.width.map(usize::from) else {
        return Step::Wide;
    };
    let len = |text: &str| text.split('\n').map(|line| line.chars().count()).max();
    let mut columns: Vec<usize> = heads
        .iter()
        .map(|head| len(&in_words(head, Step::Wide)).unwrap_or(0))
        .collect();
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

/// The columns of the screen between so many of the table.
fn gaps(columns: usize) -> usize {
    usize::from(GAP) * columns.saturating_sub(1)
}

/// The letters of a cell of a grid where there is no screen: every row would be as wide as the longest.
const LONGEST: usize = 300;

/// Whether a grid can be read on the screen: every word has its place on a line, and no cell is so long that its
/// row would fill the screen.
fn fits(names: &[String], rows: &[Vec<Cell>], step: Step, screen: Screen) -> bool {
    let width = screen.width.map_or(LONGEST, usize::from);
    let longest_word = |text: &str| {
        let words = text.split([' ', '\n']).map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let mut words: Vec<usize> = names.iter().map(|name| longest_word(name)).collect();
    for cells in rows {
        words.resize(cells.len(), 0);
        for (longest, cell) in words.iter_mut().zip(cells) {
            let text = plain(cell, step);
            let text = screen.safe(&text);
            let len = text.chars().count();
            if len > width {
                return false;
            }
            // A strip is one word.
            let is_strip = matches!(cell, Cell::Strip(_));
            *longest = (*longest).max(if is_strip { len } else { longest_word(&text) });
        }
    }
    screen.width.is_none() || words.iter().sum::<usize>() + gaps(words.len()) <= width
}

fn grid(
    heads: &[Head],
    names: &[String],
    rows: &[Vec<Cell>],
    step: Step,
    screen: Screen,
) -> String {
    let mut grid = borderless(screen);
    let header = || names.iter().map(|name| head(name, screen));
    if !names.is_empty() {
        grid.set_header(header());
    }
    for cells in rows {
        grid.add_row(cells.iter().map(|cell| shown(cell, ", ", step, screen)));
    }
    let is_ruler = |head: &Head| matches!(head, Head::Ruler(_));
    if rows.len() > LONG && heads.iter().any(is_ruler) {
        grid.add_row(header());
    }
    for (place, column) in grid.column_iter_mut().enumerate() {
        let mut cells = rows.iter().filter_map(|cells| cells.get(place));
        if !rows.is_empty() && cells.all(Cell::is_numeric) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if heads.get(place).is_some_and(is_ruler) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    finish(grid)
}

/// One block a row: a line for every column that says something, its name before its value.
fn records(names: &[String], rows: &[Vec<Cell>], screen: Screen) -> String {
    let blocks = rows.iter().map(|cells| {
        let mut block = borderless(screen);
        let said = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty());
        for (place, cell) in said {
            // Items of several words would run together on one line.
            let phrases =
                matches!(cell, Cell::List(items) if items.iter().any(|i| i.contains(' ')));
            let value = shown(
                cell,
                if phrases { "\n" } else { ", " },
                Step::Narrow,
                screen,
            );
            let name = names.get(place).map(|name| head(name, screen));
            block.add_row(name.into_iter().chain([value]));
        }
        finish(block)
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// The values of each row, a line each, a blank line between rows. They may span lines.
fn texts(rows: &[Vec<Cell>], screen: Screen) -> String {
    let line = |cell: &Cell| {
        let text = cell.joined(", ");
        let text = if screen.terminal {
            printable_lines(&text)
        } else {
            text.into_owned()
        };
        let text = if screen.links {
            with_links(&text)
        } else {
            text
        };
        text + "\n"
    };
    let rows = rows
        .iter()
        .map(|cells| cells.iter().map(line).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

fn borderless(screen: Screen) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new());
    match screen.width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

/// Sets the gap between columns, and drops the spaces that end lines.
fn finish(mut table: comfy_table::Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    let mut out = String::new();
    let mut links = LinkPainter::default();
    for line in table.lines() {
        out.push_str(&paint(&links.paint(line.trim_end())));
        out.push('\n');
    }
    out
}

fn head(name: &str, screen: Screen) -> String {
    if !screen.color {
        return name.to_owned();
    }
    // Each line by itself, for other cells stand between the lines of one.
    let lines = name.split('\n').map(bold);
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(cell: &Cell, separator: &str, step: Step, screen: Screen) -> String {
    match cell {
        Cell::Ranked { text, shade, .. } if screen.color => on_shade(text, *shade),
        Cell::Strip(letters) => strip::line(letters, step, screen.color),
        Cell::List(items) => {
            let items: Vec<_> = items.iter().map(|item| screen.safe(item)).collect();
            let items = items.join(separator);
            if screen.links {
                linked_addresses(&items)
            } else {
                items
            }
        }
        Cell::Linked { text, url } if screen.links => linked(&screen.safe(text), url),
        Cell::Text(text) if screen.links => linked_addresses(&screen.safe(text)),
        _ => screen.safe(&cell.joined("")).into_owned(),
    }
}

/// A Markdown table.
pub fn markdown(table: &Table<'_>, header: bool, screen: Screen) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if header {
        let heads = table.heads();
        let rule = vec!["---".to_owned(); heads.len()];
        let names = heads.iter().map(|head| match head {
            Head::Words(words) => words.replace('\n', " "),
            Head::Ruler(ruler) => ruler.span.clone(),
        });
        out.push_str(&line(names.collect()));
        out.push_str(&line(rule));
    }
    for cells in table.rows() {
        let cells = cells.iter().map(|cell| {
            let value = cell.joined(", ").replace('\\', "\\\\").replace('|', "\\|");
            screen.safe(&value.replace(['\n', '\r'], " ")).into_owned()
        });
        out.push_str(&line(cells.collect()));
    }
    out
}

#[cfg(test)]
mod tests;
