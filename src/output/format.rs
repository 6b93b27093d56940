//! Every format of every answer, and the only writer to standard output.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, TableStyle};

use crate::output::json::{Object, Objects};
use crate::output::style::{Screen, marked, on_colors, paint, printable_lines};
use crate::output::table::{Cell, Layout, Table};

/// Spaces between two columns.
const GAP: u16 = 2;

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
}

impl Format {
    /// Whether people read it, who are better served by a picture than by one row a value.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Markdown)
    }
}

/// Writes the table to standard output, all of it.
///
/// # Errors
/// Whatever a write or the flush met; a reader that closed the pipe is `ErrorKind::BrokenPipe`.
pub fn print(table: &Table, format: Format, header: bool) -> io::Result<()> {
    let screen = Screen::of_stdout();
    to_stdout(|out| render(table, format, header, screen, out))
}

/// Writes text, such as help, to standard output.
///
/// # Errors
/// As `print`.
pub fn print_text(text: &str) -> io::Result<()> {
    to_stdout(|out| out.write_all(text.as_bytes()))
}

/// Writes through one buffer, and does not forget what is left in it.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut out)?;
    out.flush()
}

fn render(
    table: &Table,
    format: Format,
    header: bool,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Table if table.layout == Layout::Grid && fits(table, header, screen) => {
            out.write_all(grid(table, header, screen).as_bytes())
        }
        Format::Table if table.layout == Layout::Text => {
            out.write_all(texts(table, screen).as_bytes())
        }
        Format::Table => out.write_all(records(table, header, screen).as_bytes()),
        Format::Csv => comma_separated(table, header, out).map_err(io_error),
        Format::Tsv => tab_separated(table, header, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &Objects(table))?;
            out.write_all(b"\n")
        }
        Format::Ndjson => {
            let header = table.header();
            for cells in table.rows() {
                serde_json::to_writer(&mut *out, &Object(&header, cells))?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
        Format::Markdown => out.write_all(markdown(table, header, screen).as_bytes()),
    }
}

/// The error that a CSV writer met. The csv crate's own conversion would hide its kind.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Whether a grid can be read on the screen: every word has its place on a line, and no cell is so long that its
/// row would fill the screen.
fn fits(table: &Table, header: bool, screen: Screen) -> bool {
    let Some(width) = screen.width.map(usize::from) else {
        return true;
    };
    let longest_word = |text: &str| {
        text.split([' ', '\n'])
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0)
    };
    let names = table.header();
    let mut words: Vec<usize> = names
        .iter()
        .map(|name| if header { longest_word(name) } else { 0 })
        .collect();
    for cells in table.rows() {
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

fn grid(table: &Table, header: bool, screen: Screen) -> String {
    let mut grid = borderless(screen);
    if header {
        grid.set_header(table.header().iter().map(|name| bold(name, screen)));
    }
    let mut are_numbers = vec![!table.is_empty(); table.header().len()];
    for cells in table.rows() {
        for (are_numbers, cell) in are_numbers.iter_mut().zip(cells.clone()) {
            *are_numbers &= matches!(cell, Cell::Number(_) | Cell::Permille(_) | Cell::Missing);
        }
        grid.add_row(cells.map(|cell| shown(cell, ", ", screen)));
    }
    for (column, are_numbers) in grid.column_iter_mut().zip(are_numbers) {
        if are_numbers {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    finish(grid)
}

/// One block a row: a line for every column, its name before its value.
fn records(table: &Table, header: bool, screen: Screen) -> String {
    let names = table.header();
    let blocks = table.rows().map(|cells| {
        let mut block = borderless(screen);
        for (name, cell) in names.iter().zip(cells) {
            // Items of several words would run together on one line.
            let phrases =
                matches!(cell, Cell::List(items) if items.iter().any(|i| i.contains(' ')));
            let value = shown(cell, if phrases { "\n" } else { ", " }, screen);
            if header {
                block.add_row([bold(name, screen), value]);
            } else {
                block.add_row([value]);
            }
        }
        finish(block)
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// The values of each row, a line each, rows parted by a blank line. They may span lines.
fn texts(table: &Table, screen: Screen) -> String {
    let lines = |text: &str| {
        if screen.terminal {
            printable_lines(text)
        } else {
            text.to_owned()
        }
    };
    let rows = table.rows().map(|cells| {
        cells
            .map(|cell| lines(&cell.joined(", ")) + "\n")
            .collect::<String>()
    });
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

fn comma_separated(table: &Table, header: bool, out: &mut dyn Write) -> Result<(), csv::Error> {
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
fn tab_separated(table: &Table, header: bool, out: &mut dyn Write) -> io::Result<()> {
    if header {
        writeln!(out, "{}", table.header().join("\t"))?;
    }
    for cells in table.rows() {
        for (place, cell) in cells.enumerate() {
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

fn markdown(table: &Table, header: bool, screen: Screen) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if header {
        let names = table.header();
        out.push_str(&line(
            names.iter().map(|name| name.replace('\n', " ")).collect(),
        ));
        out.push_str(&line(vec!["---".to_owned(); names.len()]));
    }
    for cells in table.rows() {
        let cells = cells.map(|cell| {
            let value = cell.joined(", ").replace('\\', "\\\\").replace('|', "\\|");
            screen.safe(&value.replace(['\n', '\r'], " ")).into_owned()
        });
        out.push_str(&line(cells.collect()));
    }
    out
}

#[cfg(test)]
mod tests;
