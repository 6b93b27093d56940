//! Every format of every answer, and the only writer to standard output.

use std::borrow::Cow;
use std::io::{self, Write};

use anyhow::Result;
use clap::ValueEnum;
use comfy_table::{ContentArrangement, TableStyle};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::output::style::{Screen, marked, paint};
use crate::output::table::{Cell, Layout, Table};

/// The formats an answer can be printed in. All show the same rows and columns.
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

/// Renders the table as it is to appear on `screen`.
///
/// # Errors
/// None in practice: every writer here writes to memory.
pub fn render(table: &Table, format: Format, header: bool, screen: Screen) -> Result<Vec<u8>> {
    match format {
        Format::Table => Ok(match table.layout {
            Layout::Grid => grid(table, header, screen),
            Layout::Record => records(table, header, screen),
        }
        .into_bytes()),
        Format::Csv => separated(table, header, b','),
        Format::Tsv => separated(table, header, b'\t'),
        Format::Json => {
            let mut out = serde_json::to_vec_pretty(&Objects(table))?;
            out.push(b'\n');
            Ok(out)
        }
        Format::Ndjson => {
            let header = table.header();
            let mut out = Vec::new();
            for cells in table.rows() {
                serde_json::to_writer(&mut out, &Object(&header, cells))?;
                out.push(b'\n');
            }
            Ok(out)
        }
        Format::Markdown => Ok(markdown(table, header, screen).into_bytes()),
    }
}

/// Writes rendered bytes to standard output, all of them.
///
/// # Errors
/// Whatever the write or the flush met; a reader that closed the pipe is `ErrorKind::BrokenPipe`.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

fn grid(table: &Table, header: bool, screen: Screen) -> String {
    let mut grid = borderless(screen);
    if header {
        grid.set_header(table.header().iter().map(|name| bold(name, screen)));
    }
    for cells in table.rows() {
        grid.add_row(cells.map(|cell| shown(cell, ", ", screen)));
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
        column.set_padding((0, 2));
    }
    let mut out = String::new();
    for line in table.lines() {
        out.push_str(&paint(line.trim_end()));
        out.push('\n');
    }
    out
}

fn bold(name: &str, screen: Screen) -> String {
    if screen.color {
        marked(name, None)
    } else {
        name.to_owned()
    }
}

fn shown(cell: &Cell, separator: &str, screen: Screen) -> String {
    match cell {
        Cell::Ranked {
            text,
            color: Some(color),
            ..
        } if screen.color => marked(text, Some(*color)),
        Cell::List(items) => {
            let items: Vec<_> = items.iter().map(|item| screen.safe(item)).collect();
            items.join(separator)
        }
        _ => screen.safe(&cell.joined("")).into_owned(),
    }
}

fn separated(table: &Table, header: bool, delimiter: u8) -> Result<Vec<u8>> {
    let tabs = delimiter == b'\t';
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(if tabs {
            csv::QuoteStyle::Never
        } else {
            csv::QuoteStyle::Necessary
        })
        .from_writer(Vec::new());
    if header {
        writer.write_record(table.header())?;
    }
    for cells in table.rows() {
        for cell in cells {
            let value = cell.joined(";");
            if tabs {
                writer.write_field(tab_free(&value).as_bytes())?;
            } else {
                writer.write_field(value)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
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
        out.push_str(&line(names.iter().map(ToString::to_string).collect()));
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

/// All rows as JSON objects.
struct Objects<'table>(&'table Table);

impl Serialize for Objects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let header = self.0.header();
        let mut array = serializer.serialize_seq(None)?;
        for cells in self.0.rows() {
            array.serialize_element(&Object(&header, cells))?;
        }
        array.end()
    }
}

/// One row as a JSON object.
struct Object<'table, Cells>(&'table [&'static str], Cells);

impl<'table, Cells: Iterator<Item = &'table Cell> + Clone> Serialize for Object<'table, Cells> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0.iter().zip(self.1.clone()) {
            object.serialize_entry(name, cell)?;
        }
        object.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Text(text) | Self::Ranked { text, .. } => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u16(*number),
            Self::List(items) => items.serialize(serializer),
        }
    }
}
