//! The formats in which every row is a text of its own: CSV, TSV, JSON, NDJSON and Markdown. In JSON lists are arrays, and
//! what is missing is null.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::output::escape::{Json, piped};
use crate::output::format::io_error;
use crate::output::{Cell, Format, Head, Remarks, Screen, Table, TableRow, Writer, escape};

#[derive(Debug)]
pub struct Data {
    format: Format,
    screen: Screen,
    /// Whether what stands above the rows is still to be written.
    header: bool,
    any: bool,
    names: Vec<&'static str>,
    heads: Vec<Head>,
    shown: Vec<usize>,
}

impl<'a> Writer<'a> for Data {
    fn row(&mut self, row: TableRow<'a>, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        if self.format == Format::Json {
            out.write_all(if self.any { b",\n" } else { b"[\n" })?;
        }
        self.any = true;
        let written = row.written();
        if written.get().is_none() {
            let _ = written.set(self.text(&row.cells(&self.shown))?.into());
        }
        out.write_all(written.get().map_or(&[], |text| text))
    }

    fn end(&mut self, _: &mut Remarks, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        match self.format {
            Format::Json if self.any => out.write_all(b"\n]\n"),
            Format::Json => out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

impl Data {
    pub fn new(table: &Table<'_>, format: Format, header: bool, screen: Screen) -> Self {
        Self {
            format,
            screen,
            header,
            any: false,
            names: table.header(),
            heads: table.heads(),
            shown: table.shown().to_vec(),
        }
    }

    /// Writes what stands above the rows, once.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::take(&mut self.header) {
            out.write_all(&self.head()?)?;
        }
        Ok(())
    }

    fn head(&self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        match self.format {
            Format::Csv => comma_separated(self.names.iter().copied(), &mut head)?,
            Format::Tsv => tab_separated(self.names.iter().copied(), &mut head),
            Format::Markdown => {
                head.extend(piped(self.heads.iter().map(Head::line)).bytes());
                head.extend(piped(self.heads.iter().map(|_| "---")).bytes());
            }
            _ => {}
        }
        Ok(head)
    }

    fn text(&self, cells: &[Cell]) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let row = &mut text;
        match self.format {
            Format::Csv => comma_separated(cells.iter().map(|cell| cell.joined(";")), row)?,
            Format::Tsv => {
                let cells = cells.iter().map(|cell| cell.joined(";"));
                tab_separated(cells.map(tab_free), row);
            }
            Format::Ndjson => write_line(row, &Object(&self.names, cells))?,
            Format::Json => write_indented(row, &Object(&self.names, cells))?,
            Format::Markdown => {
                let cells = cells.iter().map(|cell| {
                    self.screen.safe(&escape::markdown(&cell.joined(", "))).into_owned()
                });
                row.extend(piped(cells).bytes());
            }
            // What people see is laid out by many rows at once.
            Format::Table | Format::Html | Format::Xlsx | Format::Svg => {}
        }
        Ok(text)
    }
}

fn comma_separated(values: impl Iterator<Item: AsRef<str>>, row: &mut Vec<u8>) -> io::Result<()> {
    let mut builder = csv::WriterBuilder::new();
    let mut writer = builder.buffer_capacity(1 << 8).from_writer(row);
    for value in values {
        writer.write_field(value.as_ref()).map_err(io_error)?;
    }
    writer.write_record(None::<&[u8]>).map_err(io_error)?;
    writer.flush()
}

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

/// Writes a value as JSON, in which no character acts on a terminal.
pub fn write_json(out: impl Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    Ok(serde_json::to_writer(Json(out), value)?)
}

fn write_line(out: &mut Vec<u8>, row: &Object<'_>) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, row)?;
    out.push(b'\n');
    escape_from(start, out)
}

/// Appends a row as an object on several lines, as it stands in an array.
fn write_indented(out: &mut Vec<u8>, row: &Object<'_>) -> io::Result<()> {
    let (open, close) = ("[\n".len(), "\n]".len());
    let start = out.len();
    serde_json::to_writer_pretty(&mut *out, &[row])?;
    out.drain(start..start + open);
    out.truncate(out.len() - close);
    escape_from(start, out)
}

/// Escapes what was written from a place on: once a row, for `serde_json` writes a few bytes at a time.
fn escape_from(start: usize, out: &mut Vec<u8>) -> io::Result<()> {
    let row = out.get(start..).unwrap_or_default();
    if row.is_ascii() && !row.contains(&0x7f) {
        return Ok(());
    }
    let row = out.split_off(start);
    Json(out).write_all(&row)
}

/// One row as a JSON object: the names of its columns, and its cells.
pub struct Object<'row>(pub &'row [&'row str], pub &'row [Cell]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0.iter().zip(self.1) {
            object.serialize_entry(name, cell)?;
        }
        object.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Text(text) | Self::Ranked { text, .. } | Self::Linked { text, .. } => {
                serializer.serialize_str(text)
            }
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Permille(share) => serializer.serialize_f64(f64::from(*share) / 10.0),
            Self::Difference(number) => serializer.serialize_i32(*number),
            Self::List(items) => items.serialize(serializer),
            Self::Strip(_) => serializer.serialize_str(&self.joined("")),
        }
    }
}
