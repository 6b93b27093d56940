//! Rows as JSON objects: the user's fields as text, then what is added.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow, bail};
use serde_json::json;

use crate::commands::annotate::copy::{Rules, unwritten};
use crate::commands::annotate::suffix::Annotator;
use crate::commands::annotate::{NotFound, Unmatched};
use crate::input::capture::Cell;
use crate::input::field;
use crate::input::scan::{Problem, Sink};
use crate::output::format::Format;
use crate::output::stream::Stream;
use crate::output::style::quoted;

/// Writes one object a row.
pub struct Objects<'index> {
    header: Vec<String>,
    rules: Rules,
    annotator: Annotator<'index>,
    out: Stream,
    country: usize,
    year: Option<usize>,
    format: Format,
    /// What earlier chunks held of the record, and where its fields end in all of it.
    before: Vec<u8>,
    ends: Vec<usize>,
    /// Where the record begins in the chunk.
    start: usize,
    /// The rows up to now, the header among them.
    rows: u64,
}

impl<'index> Objects<'index> {
    /// With these rules, for a file whose country and year stand in these columns.
    ///
    /// # Errors
    /// Two columns have one name, which an object cannot have.
    pub fn new(
        header: Vec<String>,
        rules: Rules,
        annotator: Annotator<'index>,
        out: Stream,
        country: usize,
        year: Option<usize>,
        format: Format,
    ) -> Result<Self> {
        let mut known = BTreeSet::new();
        if let Some(twice) = header.iter().find(|name| !known.insert(*name)) {
            bail!(
                "two columns are called {}; as JSON each needs its own name",
                quoted(twice)
            );
        }
        Ok(Self {
            header,
            rules,
            annotator,
            out,
            country,
            year,
            format,
            before: Vec::new(),
            ends: Vec::new(),
            start: 0,
            rows: 0,
        })
    }

    /// The counts, and what is still to be written.
    pub fn finish(mut self) -> (Annotator<'index>, Stream) {
        if self.format == Format::Json {
            self.out
                .push(if self.rows > 1 { b"\n]\n" } else { b"[]\n" });
        }
        (self.annotator, self.out)
    }

    /// Writes the row whose bytes and field ends these are.
    fn row(&mut self, bytes: &[u8], ends: &[usize]) -> Result<(), Problem> {
        let mut start = 0;
        let mut fields: Vec<_> = Vec::with_capacity(self.rules.columns);
        for end in ends {
            fields.push(bytes.get(start..*end).unwrap_or_default());
            start = end + 1;
        }
        if self.rules.pad && fields.len() < self.rules.columns {
            fields.resize(self.rules.columns, b"");
        }
        if fields.len() != self.rules.columns {
            return Err(Problem::Ragged(fields.len()));
        }
        let cell = fields.get(self.country).copied().unwrap_or_default();
        let year = self.year.and_then(|year| fields.get(year).copied());
        let mut object = Vec::new();
        for (name, field) in self.header.iter().zip(&fields) {
            let value = field::value(field);
            let Ok(value) = std::str::from_utf8(&value) else {
                let column = quoted(name);
                return Err(Problem::Refused(anyhow!(
                    "column {column} is not UTF-8, and JSON is"
                )));
            };
            let comma = if object.is_empty() { "{" } else { "," };
            object.extend_from_slice(format!("{comma}{}:{}", json!(name), json!(value)).as_bytes());
        }
        let (suffix, status) = self.annotator.suffix(Cell::of(cell), year);
        if status.is_unmatched() && self.rules.unmatched == Unmatched::Drop {
            return Ok(());
        }
        if status.is_unmatched() && self.rules.unmatched == Unmatched::Fail {
            let name = String::from_utf8_lossy(cell).into_owned();
            return Err(Problem::Refused(anyhow!(NotFound { name, status })));
        }
        let (before, behind): (&[u8], &[u8]) = match (self.format, self.rows) {
            (Format::Json, 1) => (b"[\n", b"}"),
            (Format::Json, _) => (b",\n", b"}"),
            _ => (b"", b"}\n"),
        };
        self.rows += 1;
        for part in [before, &object, suffix, behind] {
            self.out.push(part);
        }
        let settled = self.out.settle().map(drop);
        settled.map_err(|error| Problem::Stopped(unwritten(error)))
    }
}

impl Sink for Objects<'_> {
    fn fields(&mut self, base: usize, delimiters: u64) {
        let mut rest = delimiters;
        while rest != 0 {
            let at = base + rest.trailing_zeros() as usize;
            self.ends.push(self.before.len() + at - self.start);
            rest &= rest - 1;
        }
    }

    fn record(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        let mut bytes = std::mem::take(&mut self.before);
        let mut ends = std::mem::take(&mut self.ends);
        bytes.extend_from_slice(chunk.get(self.start..end).unwrap_or_default());
        ends.push(bytes.len());
        self.start = end + 1;
        // The LF of a CRLF belongs to the row before.
        let lf = usize::from(bytes.first() == Some(&b'\n'));
        bytes.drain(..lf);
        for end in &mut ends {
            *end -= lf;
        }
        if self.rows == 0 {
            self.rows = 1;
        } else {
            self.row(&bytes, &ends)?;
        }
        ends.clear();
        bytes.clear();
        (self.before, self.ends) = (bytes, ends);
        Ok(())
    }

    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.rules.columns == 1 && self.rows > 0 {
            return self.record(chunk, end);
        }
        self.before.clear();
        self.start = end + 1;
        Ok(())
    }

    fn keep(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let rest = chunk.get(self.start..).unwrap_or_default();
        self.before.extend_from_slice(rest);
        self.start = 0;
        Ok(())
    }
}
