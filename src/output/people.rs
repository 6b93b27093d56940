//! Tables for people: grids, records, plain texts and Markdown, fitted to the screen.

use comfy_table::{CellAlignment, ContentArrangement, TableStyle};

use crate::output::cell::Cell;
use crate::output::color::{marked, on_colors, paint};
use crate::output::screen::Screen;
use crate::output::table::{Layout, Table};
use crate::text::printable_lines;

/// Spaces between two columns.
const GAP: u16 = 2;

/// A table as people see it: a grid where it fits the screen, else a record a row.
pub fn table(table: &Table<'_>, header: bool, screen: Screen) -> String {
    let names = if header { table.header() } else { Vec::new() };
    let rows: Vec<Vec<Cell>> = table.rows().collect();
    match table.layout {
        Layout::Text => texts(&rows, screen),
        Layout::Grid if fits(&names, &rows, screen) => grid(&names, &rows, screen),
        Layout::Grid | Layout::Record => records(&names, &rows, screen),
    }
}

/// Whether a grid can be read on the screen: every word has its place on a line, and no cell is so long that its
/// row would fill the screen.
fn fits(names: &[&str], rows: &[Vec<Cell>], screen: Screen) -> bool {
    let Some(width) = screen.width.map(usize::from) else {
        return true;
    };
    let longest_word = |text: &str| {
        let words = text.split([' ', '\n']).map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let mut words: Vec<usize> = names.iter().map(|name| longest_word(name)).collect();
    for cells in rows {
        words.resize(cells.len(), 0);
        for (longest, cell) in words.iter_mut().zip(cells) {
            let text = cell.joined(", ");
            let text = screen.safe(&text);
            if text.chars().count() > width {
                return false;
            }
            *longest = (*longest).max(longest_word(&text));
        }
    }
    let gaps = usize::from(GAP) * words.len().saturating_sub(1);
    words.iter().sum::<usize>() + gaps <= width
}

fn grid(names: &[&str], rows: &[Vec<Cell>], screen: Screen) -> String {
    let mut grid = borderless(screen);
    if !names.is_empty() {
        grid.set_header(names.iter().map(|name| bold(name, screen)));
    }
    for cells in rows {
        grid.add_row(cells.iter().map(|cell| shown(cell, ", ", screen)));
    }
    let is_number =
        |cell: &Cell| matches!(cell, Cell::Number(_) | Cell::Permille(_) | Cell::Missing);
    for (place, column) in grid.column_iter_mut().enumerate() {
        let mut cells = rows.iter().filter_map(|cells| cells.get(place));
        if !rows.is_empty() && cells.all(is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    finish(grid)
}

/// One block a row: a line for every column that says something, its name before its value.
fn records(names: &[&str], rows: &[Vec<Cell>], screen: Screen) -> String {
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
            let value = shown(cell, if phrases { "\n" } else { ", " }, screen);
            let name = names.get(place).map(|name| bold(name, screen));
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
    for line in table.lines() {
        out.push_str(&paint(line.trim_end()));
        out.push('\n');
    }
    out
}

fn bold(name: &str, screen: Screen) -> String {
    if !screen.color {
        return name.to_owned();
    }
    // Each line by itself, for other cells stand between the lines of one.
    let lines = name.split('\n').map(|line| marked(line, None));
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(cell: &Cell, separator: &str, screen: Screen) -> String {
    match cell {
        Cell::Ranked {
            text,
            color: Some(color),
            ..
        } if screen.color => marked(text, Some(*color)),
        Cell::Strip(letters) if screen.color => on_colors(letters),
        Cell::List(items) => {
            let items: Vec<_> = items.iter().map(|item| screen.safe(item)).collect();
            items.join(separator)
        }
        _ => screen.safe(&cell.joined("")).into_owned(),
    }
}

/// A Markdown table.
pub fn markdown(table: &Table<'_>, header: bool, screen: Screen) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if header {
        let names = table.header();
        let rule = vec!["---".to_owned(); names.len()];
        let names = names.iter().map(|name| name.replace('\n', " "));
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
