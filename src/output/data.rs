//! The formats in which every row is a text of its own: CSV, TSV, JSON, NDJSON and Markdown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use crate::output::cell::Cell;
use crate::output::column::Head;
use crate::output::format::{Format, io_error};
use crate::output::json::{self, Object};
use crate::output::screen::Screen;
use crate::output::table::Table;

/// How many rows are remembered, and how many bytes of them, for those that come again.
const MOST_ROWS: usize = 1 << 13;
const REMEMBERED: usize = 1 << 22;

/// Writes a table, block by block.
#[derive(Debug)]
pub struct Data {
    format: Format,
    screen: Screen,
    /// Whether the names of the columns are still to be written.
    header: bool,
    /// Whether a row was written.
    any: bool,
    /// The rows by their places, and their bytes.
    known: HashMap<usize, Box<[u8]>>,
    bytes: usize,
}

impl Data {
    /// Nothing written yet.
    pub fn new(format: Format, header: bool, screen: Screen) -> Self {
        Self { format, screen, header, any: false, known: HashMap::new(), bytes: 0 }
    }

    /// Writes the rows at hand, below the header if that was not written yet.
    ///
    /// # Errors
    /// The write failed.
    pub fn block(&mut self, table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
        let names = table.header();
        if std::mem::take(&mut self.header) {
            out.write_all(&self.head(table, &names)?)?;
        }
        let mut row = Vec::new();
        for place in table.places() {
            if self.format == Format::Json {
                out.write_all(if self.any { b",\n" } else { b"[\n" })?;
            }
            self.any = true;
            if let Some(known) = self.known.get(place) {
                out.write_all(known)?;
                continue;
            }
            row.clear();
            self.row(&names, &table.cells(*place), &mut row)?;
            out.write_all(&row)?;
            if table.comes_in_blocks() {
                self.remember(*place, &row);
            }
        }
        Ok(())
    }

    /// Writes what stands below the last row.
    ///
    /// # Errors
    /// The write failed.
    pub fn end(self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Json if self.any => out.write_all(b"\n]\n"),
            Format::Json => out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }

    fn remember(&mut self, place: usize, row: &[u8]) {
        self.bytes += row.len();
        if self.bytes > REMEMBERED || self.known.len() == MOST_ROWS {
            self.known.clear();
            self.bytes = row.len();
        }
        self.known.insert(place, row.into());
    }

    /// What stands above the rows.
    fn head(&self, table: &Table<'_>, names: &[&str]) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        match self.format {
            Format::Csv => comma_separated(names.iter().copied(), &mut head)?,
            Format::Tsv => tab_separated(names.iter().copied(), &mut head),
            Format::Markdown => {
                let heads = table.heads();
                let names = heads.iter().map(|head| match head {
                    Head::Words(words) => words.replace('\n', " "),
                    Head::Ruler(ruler) => ruler.span.clone(),
                });
                piped(names, &mut head);
                piped(heads.iter().map(|_| "---"), &mut head);
            }
            _ => {}
        }
        Ok(head)
    }

    fn row(&self, names: &[&str], cells: &[Cell], row: &mut Vec<u8>) -> io::Result<()> {
        match self.format {
            Format::Csv => comma_separated(cells.iter().map(|cell| cell.joined(";")), row)?,
            Format::Tsv => {
                let cells = cells.iter().map(|cell| cell.joined(";"));
                tab_separated(cells.map(tab_free), row);
            }
            Format::Ndjson => json::write_line(row, &Object(names, cells))?,
            Format::Json => json::write_indented(row, &Object(names, cells))?,
            Format::Markdown => {
                let cells = cells.iter().map(|cell| {
                    let value = cell.joined(", ").replace('\\', "\\\\").replace('|', "\\|");
                    let value = value.replace(['\n', '\r'], " ");
                    self.screen.safe(&value).into_owned()
                });
                piped(cells, row);
            }
            // What people see is laid out block by block.
            Format::Table | Format::Svg => {}
        }
        Ok(())
    }
}

/// A line of CSV.
fn comma_separated(values: impl Iterator<Item: AsRef<str>>, row: &mut Vec<u8>) -> io::Result<()> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.buffer_capacity(1 << 8).from_writer(row);
    for value in values {
        writer.write_field(value.as_ref()).map_err(io_error)?;
    }
    writer.write_record(None::<&[u8]>).map_err(io_error)?;
    writer.flush()
}

/// A line of TSV.
fn tab_separated(values: impl Iterator<Item: AsRef<str>>, row: &mut Vec<u8>) {
    for (place, value) in values.enumerate() {
        if place > 0 {
            row.push(b'\t');
        }
        row.extend_from_slice(value.as_ref().as_bytes());
    }
    row.push(b'\n');
}

fn tab_free(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains(['\\', '\t', '\n', '\r']) {
        return value;
    }
    let value = value.replace('\\', "\\\\").replace('\t', "\\t");
    Cow::Owned(value.replace('\n', "\\n").replace('\r', "\\r"))
}

/// A line of a Markdown table.
fn piped(values: impl Iterator<Item: AsRef<str>>, row: &mut Vec<u8>) {
    for (place, value) in values.enumerate() {
        row.extend_from_slice(if place > 0 { b" | " } else { b"| " });
        row.extend_from_slice(value.as_ref().as_bytes());
    }
    row.extend_from_slice(b" |\n");
}
