//! Rows as JSON objects: the user's fields as text, then what is added.

use std::collections::BTreeSet;

use crate::annotate::user_row::UserRow;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::input::problem::Problem;
use crate::output::format::Format;
use crate::output::json;
use crate::output::stream::Stream;
use crate::text::quoted;
use anyhow::{Result, anyhow, bail};

/// Writes one object a row.
pub struct Objects {
    /// What is written before each value: the quote that ends the value before, the name, and the quote that begins this one.
    names: Vec<Vec<u8>>,
    encoding: Encoding,
    format: Format,
    /// A value that has to be escaped, as it is written.
    escaped: Vec<u8>,
    /// Whether a row was written.
    any: bool,
}

impl Objects {
    /// From a file with these columns.
    ///
    /// # Errors
    /// Two columns have one name, which an object cannot have, or one cannot be read.
    pub fn new(header: &[String], encoding: Encoding, format: Format) -> Result<Self> {
        if let Some(column) = header.iter().position(|name| name.contains('\u{fffd}')) {
            let (number, encoding, hint) = (column + 1, encoding.name(), encoding.hint());
            bail!("the name of column {number} is not in {encoding}{hint}");
        }
        let mut known = BTreeSet::new();
        if let Some(twice) = header.iter().find(|name| !known.insert(*name)) {
            bail!("two columns are called {}; as JSON each needs its own name", quoted(twice));
        }
        let names = header.iter().enumerate().map(|(column, name)| {
            let before: &[u8] = if column == 0 { b"{" } else { b"\"," };
            let mut written = before.to_vec();
            json::write(&mut written, name).map(|()| [written, b":\"".to_vec()].concat())
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
    ///
    /// # Errors
    /// A field is not in the encoding.
    pub fn row(
        &mut self,
        row: &UserRow<'_>,
        added: &[u8],
        out: &mut Stream,
    ) -> Result<(), Problem> {
        let is_json = self.format == Format::Json;
        if is_json {
            out.push(if self.any { b",\n" } else { b"[\n" });
        }
        self.any = true;
        // The fields of a row without quotes or anything to escape are written as they stand.
        let is_plain = is_plain(row.bytes(), row.delimiter);
        for (column, name) in self.names.iter().enumerate() {
            out.push(name);
            if is_plain {
                out.push(row.field(column));
            } else {
                let text = (row.field(column), self.encoding);
                write_text(text, name, out, &mut self.escaped)?;
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

/// Writes the value of a field as what stands in a JSON string, behind the `name` of its column.
fn write_text(
    (field, encoding): (&[u8], Encoding),
    name: &[u8],
    out: &mut Stream,
    escaped: &mut Vec<u8>,
) -> Result<(), Problem> {
    let value = field::value(field);
    if is_plain(&value, b' ') {
        out.push(&value);
        return Ok(());
    }
    let Some(value) = encoding.text(&value) else {
        let name = name.strip_prefix(b"\",").or(name.strip_prefix(b"{"));
        let name = name.and_then(|name| name.strip_suffix(b":\""));
        let name: Option<String> = name.and_then(|name| serde_json::from_slice(name).ok());
        let column = quoted(&name.unwrap_or_default());
        let (encoding, hint) = (encoding.name(), encoding.hint());
        return Err(Problem::Refused(anyhow!("column {column} is not in {encoding}{hint}")));
    };
    escaped.clear();
    let written = json::write(&mut *escaped, &*value);
    written.map_err(|error| Problem::Stopped(error.into()))?;
    let inside = escaped.strip_prefix(b"\"").unwrap_or_default();
    out.push(inside.strip_suffix(b"\"").unwrap_or_default());
    Ok(())
}
