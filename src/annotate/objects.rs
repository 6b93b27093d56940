//! Rows as JSON objects: the user's fields as text, then what is added.

use std::collections::BTreeSet;

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::copy::Rules;
use crate::annotate::unmatched::Unmatched;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::sink::Sink;
use crate::output::format::Format;
use crate::output::json;
use crate::output::stream::Stream;
use crate::text::quoted;
use anyhow::{Result, anyhow, bail};

/// Writes one object a row.
pub struct Objects<'job, 'index> {
    /// What is written before each value: the quote that ends the value before, the name, and the quote that begins this one.
    names: Vec<Vec<u8>>,
    rules: Rules,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: usize,
    year: Option<usize>,
    format: Format,
    record: Record,
    /// A value that has to be escaped, as it is written.
    escaped: Vec<u8>,
    header: bool,
    /// Whether a row was written.
    any: bool,
}

impl<'job, 'index> Objects<'job, 'index> {
    /// From a file with these columns.
    ///
    /// # Errors
    /// Two columns have one name, which an object cannot have, or one cannot be read.
    pub fn new(
        header: &[String],
        rules: Rules,
        annotator: &'job mut Annotator<'index>,
        out: &'job mut Stream,
        columns: &Columns,
        format: Format,
    ) -> Result<Self> {
        let encoding = annotator.values.encoding();
        if let Some(place) = header.iter().position(|name| name.contains('\u{fffd}')) {
            let (number, encoding, hint) = (place + 1, encoding.name(), encoding.hint());
            bail!("the name of column {number} is not in {encoding}{hint}");
        }
        let mut known = BTreeSet::new();
        if let Some(twice) = header.iter().find(|name| !known.insert(*name)) {
            bail!(
                "two columns are called {}; as JSON each needs its own name",
                quoted(twice)
            );
        }
        let names = header.iter().enumerate().map(|(place, name)| {
            let before: &[u8] = if place == 0 { b"{" } else { b"\"," };
            let mut written = before.to_vec();
            json::write(&mut written, name).map(|()| [written, b":\"".to_vec()].concat())
        });
        Ok(Self {
            names: names.collect::<Result<_, _>>()?,
            rules,
            annotator,
            out,
            country: columns.country,
            year: columns.year,
            format,
            record: Record::with_most(rules.columns),
            escaped: Vec::new(),
            header: true,
            any: false,
        })
    }

    /// Writes the end, if there is one.
    pub fn finish(self) {
        if self.format == Format::Json {
            self.out.push(if self.any { b"\n]\n" } else { b"[]\n" });
        }
    }

    /// Writes the row that stands from `start` to `end`.
    fn row(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.rules.lacks(self.record.len())?;
        let record = &self.record;
        let field = |place| record.field(chunk, start, place).unwrap_or_default();
        let cell = record.cell(chunk, start, self.country);
        let words = self.annotator.words();
        let (members, status) = self.annotator.answer(cell, self.year.map(field));
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            let left_out = self.rules.unmatched.leaves_out(words, cell.bytes, status);
            return left_out.map_err(Problem::Refused);
        }
        let is_json = self.format == Format::Json;
        if is_json {
            self.out.push(if self.any { b",\n" } else { b"[\n" });
        }
        self.any = true;
        // The fields of a row without quotes or anything to escape are written as they stand.
        let row = chunk.get(start..end).unwrap_or_default();
        let is_plain = is_plain(row, self.rules.delimiter);
        for (place, name) in self.names.iter().enumerate() {
            self.out.push(name);
            if is_plain {
                self.out.push(field(place));
            } else {
                let text = (field(place), words.1);
                write_text(text, name, self.out, &mut self.escaped)?;
            }
        }
        self.out.push(b"\"");
        self.out.push(members);
        self.out.push(if is_json { b"}" } else { b"}\n" });
        self.out.flush_if_full().map_err(Problem::Stopped)
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
        return Err(Problem::Refused(anyhow!(
            "column {column} is not in {encoding}{hint}"
        )));
    };
    escaped.clear();
    let written = json::write(&mut *escaped, &*value);
    written.map_err(|error| Problem::Stopped(error.into()))?;
    let inside = escaped.strip_prefix(b"\"").unwrap_or_default();
    out.push(inside.strip_suffix(b"\"").unwrap_or_default());
    Ok(())
}

impl Sink for Objects<'_, '_> {
    fn fields(&mut self, _chunk: &[u8], base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        if !self.header {
            self.row(chunk, start, end)?;
        }
        self.header = false;
        self.record.clear();
        Ok(())
    }

    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && !self.header {
            return self.record(chunk, end, end);
        }
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        self.record.clear();
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Problem> {
        self.out.pass_on().map_err(Problem::Stopped)
    }
}
