//! Reads an input into a buffer and scans it, the header first. What is left of a record at the end of the buffer moves to
//! its front and is read on behind it, so that every record stands in the buffer as a whole.

use std::io::{self, ErrorKind, Read};

use anyhow::{Context, Result, bail};

use crate::input::delimiter;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::input::foreign::refusal;
use crate::input::problem::{LONGEST_RECORD, Problem};
use crate::input::record::Record;
use crate::input::scan::Scanner;
use crate::input::sink::Sink;

/// The bytes of the buffer: they fit the processor's second cache. It grows where a record is longer, up to the longest
/// record. From 128 KiB on malloc maps a buffer at offset 16 of a page, and to there the kernel of a Zen 3 copies four times
/// slower than to offset 0 or any from 32 on; a smaller one lies elsewhere.
const BUFFER: usize = 1 << 16;

/// The longest header that is read, in bytes and in columns: twice as many as a spreadsheet program has.
const LONGEST_HEADER: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 15;

/// The byte order mark of UTF-8, which is kept and is not part of the first name.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// An input whose beginning was read.
pub struct Input<'reader> {
    reader: Box<dyn Read + 'reader>,
    /// How it is called in messages.
    name: String,
    /// What was read and not yet scanned, up to `end`.
    buffer: Vec<u8>,
    end: usize,
    /// Whether nothing is left to read.
    ended: bool,
}

impl<'reader> Input<'reader> {
    /// Reads the beginning.
    ///
    /// # Errors
    /// It cannot be read, or is no text, such as a workbook or a compressed file.
    pub fn open(reader: Box<dyn Read + 'reader>, name: &str) -> Result<Self> {
        Self::with_buffer(reader, name, BUFFER)
    }

    /// The same with a buffer of so many bytes, at least one.
    pub(super) fn with_buffer(
        reader: Box<dyn Read + 'reader>,
        name: &str,
        len: usize,
    ) -> Result<Self> {
        let mut input = Self {
            reader,
            name: name.to_owned(),
            buffer: vec![0; len],
            end: 0,
            ended: false,
        };
        input.read_on(0)?;
        match refusal(input.text(0), name) {
            Some(refusal) => bail!(refusal),
            None => Ok(input),
        }
    }

    /// What is in the buffer from `start` on.
    fn text(&self, start: usize) -> &[u8] {
        self.buffer.get(start..self.end).unwrap_or_default()
    }

    /// Moves what is in the buffer from `start` on to its front and fills it. Returns how many bytes were read.
    fn read_on(&mut self, start: usize) -> Result<usize> {
        self.buffer.copy_within(start..self.end, 0);
        self.end -= start;
        if self.end == self.buffer.len() {
            self.buffer.reserve_exact(self.end);
            self.buffer.resize(self.end * 2, 0);
        }
        let space = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = fill(&mut *self.reader, space);
        let read = read.with_context(|| format!("cannot read {}", self.name))?;
        self.ended = read < space.len();
        self.end += read;
        Ok(read)
    }

    /// How it is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The byte order mark, if there is one.
    pub fn mark(&self) -> &'static [u8] {
        if self.text(0).starts_with(MARK) {
            MARK
        } else {
            b""
        }
    }

    /// The whole input, but for the byte order mark.
    pub fn reader(&mut self) -> impl Read {
        let text = self.buffer.get(self.mark().len()..self.end);
        text.unwrap_or_default().chain(&mut *self.reader)
    }

    /// The delimiters that stand in the first line, outside quotes.
    pub fn delimiters(&self) -> Vec<u8> {
        delimiter::in_header(self.text(self.mark().len()))
    }

    /// A copy of the beginning, of so many bytes at most, the byte order mark left out.
    pub fn beginning(&self, most: usize) -> Vec<u8> {
        let text = self.text(self.mark().len());
        text.get(..most).unwrap_or(text).to_vec()
    }

    /// The fields of the first record, the names of the columns, with U+FFFD for what is not in the encoding.
    ///
    /// # Errors
    /// There are none, or they cannot be read.
    pub fn header(&mut self, delimiter: u8, encoding: Encoding) -> Result<Vec<String>> {
        let file = self.name.clone();
        loop {
            let mut header = Header {
                record: Record::with_most(MOST_COLUMNS),
                encoding,
                names: None,
            };
            let mut scanner = Scanner::new(delimiter);
            let text = self.text(self.mark().len());
            let outcome = scan_text(&mut scanner, text, self.ended, &mut header);
            let long = header.names.is_none() && text.len() > LONGEST_HEADER;
            if long || header.record.len() > MOST_COLUMNS {
                bail!(
                    "{file}:1: the header has more than 1 MiB or {MOST_COLUMNS} columns; is it a CSV file?"
                );
            }
            match (header.names, outcome) {
                (Some(names), _) => return Ok(names),
                (None, Err(problem)) => return Err(problem.located(&file, scanner.position(), 0)),
                (None, Ok(_)) if self.ended => {
                    bail!("{file} is empty; a header was expected")
                }
                (None, Ok(_)) => self.read_on(0)?,
            };
        }
    }

    /// Scans the input from its beginning, the byte order mark left out. `seen` is told how many bytes were read.
    ///
    /// # Errors
    /// What is wrong with the input, with its line.
    pub fn scan<S: Sink>(
        &mut self,
        delimiter: u8,
        columns: usize,
        sink: &mut S,
        mut seen: impl FnMut(usize),
    ) -> Result<()> {
        let mut scanner = Scanner::new(delimiter);
        let mut start = self.mark().len();
        seen(self.end);
        loop {
            let text = self.text(start);
            let rest = scan_text(&mut scanner, text, self.ended, sink);
            let rest = rest.and_then(|rest| match text.len() - rest {
                LONGEST_RECORD.. => Err(Problem::LongRecord),
                _ => Ok(rest),
            });
            start +=
                rest.map_err(|problem| problem.located(&self.name, scanner.position(), columns))?;
            if self.ended {
                return Ok(());
            }
            seen(self.read_on(start)?);
            start = 0;
        }
    }
}

/// Scans what was read, up to the first NUL byte, which no text holds. Returns where the record begins that is not whole.
fn scan_text<S: Sink>(
    scanner: &mut Scanner,
    text: &[u8],
    ended: bool,
    sink: &mut S,
) -> Result<usize, Problem> {
    if let Some(place) = memchr::memchr(0, text) {
        scanner.scan(text.get(..place).unwrap_or_default(), false, sink)?;
        return Err(Problem::Nul);
    }
    // An LF may follow.
    let text = match text {
        [before @ .., b'\r'] if !ended => before,
        text => text,
    };
    scanner.scan(text, ended, sink)
}

/// Fills the buffer as far as the input goes.
fn fill(reader: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(space) = buffer.get_mut(filled..).filter(|space| !space.is_empty()) {
        match reader.read(space) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The first record.
struct Header {
    record: Record,
    encoding: Encoding,
    /// Its fields, if it is whole.
    names: Option<Vec<String>>,
}

impl Sink for Header {
    fn fields(&mut self, base: usize, delimiters: u64) {
        if self.names.is_none() {
            self.record.fields(base, delimiters);
        }
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        if self.names.is_none() {
            self.record.end(end);
            let names = (0..self.record.len()).filter_map(|place| {
                let field = self.record.field(chunk, start, place)?;
                Some(self.encoding.lossy(&field::value(field)).into_owned())
            });
            self.names = Some(names.collect());
        }
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        Ok(())
    }
}
