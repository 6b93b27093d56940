//! Rows as JSON objects: the user's fields as text, then what is added.

use std::collections::BTreeSet;

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::Columns;
use crate::annotate::copy::Rules;
use crate::annotate::unmatched::Unmatched;
use crate::input::column::Cell;
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
    /// The names as they are written before each value: with quotes and colon.
    names: Vec<Vec<u8>>,
    rules: Rules,
    annotator: &'job mut Annotator<'index>,
    out: &'job mut Stream,
    country: usize,
    year: Option<usize>,
    format: Format,
    record: Record,
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
            let comma = if place == 0 { "{" } else { "," };
            let mut written = comma.to_owned().into_bytes();
            json::write(&mut written, name).map(|()| [written, b":".to_vec()].concat())
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

    /// Writes the row that begins at `start`.
    fn row(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.rules.lacks(self.record.len())?;
        let record = &self.record;
        let field = |place| record.field(chunk, start, place).unwrap_or_default();
        let cell = field(self.country);
        let words = self.annotator.words();
        let (members, status) = self.annotator.answer(Cell::of(cell), self.year.map(field));
        if status.is_unmatched() && self.rules.unmatched != Unmatched::Keep {
            let left_out = self.rules.unmatched.leaves_out(words, cell, status);
            return left_out.map_err(Problem::Refused);
        }
        if self.format == Format::Json {
            self.out.push(if self.any { b",\n" } else { b"[\n" });
        }
        self.any = true;
        for (place, name) in self.names.iter().enumerate() {
            let value = field::value(field(place));
            let Some(value) = words.1.text(&value) else {
                let name = String::from_utf8_lossy(name);
                let column = quoted(name.trim_matches(['{', ',', '"', ':']));
                let (encoding, hint) = (words.1.name(), words.1.hint());
                return Err(Problem::Refused(anyhow!(
                    "column {column} is not in {encoding}{hint}"
                )));
            };
            self.out.push(name);
            write_text(&value, self.out)?;
        }
        self.out.push(members);
        let end: &[u8] = if self.format == Format::Json {
            b"}"
        } else {
            b"}\n"
        };
        self.out.push(end);
        self.out.flush_if_full().map_err(Problem::Stopped)
    }
}

/// Writes a JSON string. Most text is plain ASCII, and needs no escape.
fn write_text(text: &str, out: &mut Stream) -> Result<(), Problem> {
    let is_plain = |byte: u8| (b' '..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        for part in [b"\"", text.as_bytes(), b"\""] {
            out.push(part);
        }
        return Ok(());
    }
    let written = json::write(out, text);
    written.map_err(|error| Problem::Stopped(error.into()))
}

impl Sink for Objects<'_, '_> {
    fn fields(&mut self, _chunk: &[u8], base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        if !self.header {
            self.row(chunk, start)?;
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
