//! Rows as JSON: lists are arrays, what is missing is null.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::output::cell::Cell;
use crate::output::escape::Json;

/// Writes a value as JSON, in which no character acts on a terminal.
pub fn write(out: impl Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    Ok(serde_json::to_writer(Json(out), value)?)
}

pub fn write_line(out: &mut Vec<u8>, row: &Object<'_>) -> io::Result<()> {
    let start = out.len();
    serde_json::to_writer(&mut *out, row)?;
    out.push(b'\n');
    escape_from(start, out)
}

/// Appends a row as an object on several lines, as it stands in an array.
pub fn write_indented(out: &mut Vec<u8>, row: &Object<'_>) -> io::Result<()> {
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
