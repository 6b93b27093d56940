//! Rows as JSON objects: the user's fields as text, then what is added.

use std::collections::BTreeSet;

use crate::input::{Encoding, Problem, Record, field};
use crate::output::data::write_json;
use crate::output::{Format, Stream};
use crate::text::quoted;
use anyhow::{Result, bail};

pub struct Objects {
    /// The columns, and what is written before each value: the quote that ends the value before, the name, and the quote that
    /// begins this one.
    names: Vec<(usize, Vec<u8>)>,
    encoding: Encoding,
    format: Format,
    /// A value that has to be escaped, as it is written.
    escaped: Vec<u8>,
    any: bool,
}

impl Objects {
    /// From a file with these columns, only some of which may be kept.
    pub fn new(
        header: &[String],
        kept: Option<&[usize]>,
        encoding: Encoding,
        format: Format,
    ) -> Result<Self> {
        if let Some(column) = header.iter().position(|name| name.contains('\u{fffd}')) {
            bail!("the name of column {} is not in {}", column + 1, encoding.name());
        }
        let header = header.iter().enumerate();
        let is_kept = |column: usize| kept.is_none_or(|kept| kept.contains(&column));
        let header: Vec<_> = header.filter(|(column, _)| is_kept(*column)).collect();
        let mut known = BTreeSet::new();
        if let Some((_, twice)) = header.iter().find(|(_, name)| !known.insert(*name)) {
            bail!("two columns are called {}; as JSON each needs its own name", quoted(twice));
        }
        let names = header.iter().enumerate().map(|(place, (column, name))| {
            let before: &[u8] = if place == 0 { b"{" } else { b"\"," };
            let mut written = before.to_vec();
            let name = write_json(&mut written, name);
            name.map(|()| (*column, [written, b":\"".to_vec()].concat()))
        });
        Ok(Self {
            names: names.collect::<Result<_, _>>()?,
            encoding,
            format,
            escaped: Vec::new(),
            any: false,
        })
    }

    /// Writes the end, if there is one.
    pub fn finish(&self, out: &mut Stream) {
        if self.format == Format::Json {
            out.push(if self.any { b"\n]\n" } else { b"[]\n" });
        }
    }

    /// Writes a row.
    pub fn row(&mut self, row: &Record<'_>, added: &[u8], out: &mut Stream) -> Result<(), Problem> {
        let is_json = self.format == Format::Json;
        if is_json {
            out.push(if self.any { b",\n" } else { b"[\n" });
        }
        self.any = true;
        // The fields of a row without quotes or anything to escape are written as they stand.
        let is_plain = is_plain(row.bytes(), row.delimiter);
        for (column, name) in &self.names {
            out.push(name);
            if is_plain {
                out.push(row.field(*column));
            } else {
                let value = field::value(row.field(*column));
                let value = self.encoding.text(&value).ok_or(Problem::NotEncoded(*column))?;
                write_text(&value, out, &mut self.escaped)?;
            }
        }
        out.push(b"\"");
        out.push(added);
        out.push(if is_json { b"}" } else { b"}\n" });
        Ok(())
    }
}

/// Whether bytes are printable ASCII that JSON does not escape, but for a delimiter.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch for each byte many are looked at together"
)]
fn is_plain(bytes: &[u8], delimiter: u8) -> bool {
    bytes.iter().fold(true, |all, &byte| {
        let is_printed = byte.wrapping_sub(b' ') < 0x7f - b' ';
        all & (is_printed & (byte != b'"') & (byte != b'\\') | (byte == delimiter))
    })
}

/// Writes a value as what stands in a JSON string.
fn write_text(value: &str, out: &mut Stream, escaped: &mut Vec<u8>) -> Result<(), Problem> {
    if is_plain(value.as_bytes(), b' ') {
        out.push(value.as_bytes());
        return Ok(());
    }
    escaped.clear();
    let written = write_json(&mut *escaped, value);
    written.map_err(|error| Problem::Stopped(error.into()))?;
    let inside = escaped.strip_prefix(b"\"").unwrap_or_default();
    out.push(inside.strip_suffix(b"\"").unwrap_or_default());
    Ok(())
}
