//! Reads an input into a buffer and scans it, the header first. What is left of a record at the end of the buffer moves to
//! its front and is read on behind it, so that every record stands in the buffer as a whole.

use std::io::{self, ErrorKind, Read};

use anyhow::{Context, Result, bail};

use crate::input::encoding::{Encoding, utf16_decoded};
use crate::input::foreign::refusal;
use crate::input::open::STDIN;
use crate::input::problem::{LONGEST_RECORD, Problem, TrailingText};
use crate::input::record::{Record, Sink};
use crate::input::scan::Scanner;
use crate::input::{delimiter, field};

/// The bytes of the buffer: they fit the processor's second cache. It grows where a record is longer, up to the longest
/// record. From 128 KiB on malloc maps a buffer at offset 16 of a page, and to there the kernel of a Zen 3 copies four times
/// slower than to offset 0 or any from 32 on; a smaller one lies elsewhere.
const BUFFER: usize = 1 << 16;

/// The longest header that is read, in bytes and in columns: twice as many as a spreadsheet program has.
const LONGEST_HEADER: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 15;

/// The byte order mark of UTF-8, which is kept and is not part of the first name.
const BOM: &[u8] = "\u{feff}".as_bytes();

pub struct Input<'reader> {
    reader: Box<dyn Read + 'reader>,
    /// How it is called in messages.
    pub name: String,
    /// What was read and not yet scanned, up to `end`.
    buffer: Vec<u8>,
    end: usize,
    /// Whether nothing is left to read.
    ended: bool,
    /// How many lines were left out above the header.
    skipped: u64,
    /// Whether what is short of a full buffer is all there is for now: so it is with a pipe, but not with a file.
    pauses: bool,
    /// Whether it is UTF-16, and read as UTF-8.
    pub is_utf16: bool,
}

impl<'reader> Input<'reader> {
    /// Reads the beginning. `size`: in bytes, where it is a file.
    pub fn open(reader: Box<dyn Read + 'reader>, name: &str, size: Option<u64>) -> Result<Self> {
        let decoded = utf16_decoded(reader).with_context(|| format!("cannot read {name}"));
        let (reader, is_utf16) = decoded?;
        let input = Self::with_buffer(reader, name, BUFFER)?;
        Ok(Self { pauses: size.is_none(), is_utf16, ..input })
    }

    /// Reads the beginning into a buffer of so many bytes, at least one.
    pub fn with_buffer(reader: Box<dyn Read + 'reader>, name: &str, len: usize) -> Result<Self> {
        let mut input = Self {
            reader,
            name: name.to_owned(),
            buffer: vec![0; len],
            end: 0,
            ended: false,
            skipped: 0,
            pauses: true,
            is_utf16: false,
        };
        // A slow pipe gives a few bytes at a time; the first line must be whole.
        while !input.ended
            && input.end < input.buffer.len()
            && !delimiter::is_whole(input.text(input.bom().len()).trim_ascii_start())
        {
            input.read_on(0)?;
        }
        match refusal(input.text(0), name) {
            Some(refusal) => bail!(refusal),
            None => Ok(input),
        }
    }

    /// What is in the buffer from `start` on.
    fn text(&self, start: usize) -> &[u8] {
        self.buffer.get(start..self.end).unwrap_or_default()
    }

    /// Moves what is in the buffer from `start` on to its front and reads on: until the buffer is full, or a line end was
    /// read and the input has no more for now. Returns how many bytes were read.
    fn read_on(&mut self, start: usize) -> Result<usize> {
        self.buffer.copy_within(start..self.end, 0);
        self.end -= start;
        if self.end == self.buffer.len() {
            self.buffer.reserve_exact(self.end);
            self.buffer.resize(self.end * 2, 0);
        }
        let before = self.end;
        while let Some(space) = self.buffer.get_mut(self.end..).filter(|it| !it.is_empty()) {
            let read = read(&mut *self.reader, space);
            let read = read.with_context(|| format!("cannot read {}", self.name))?;
            self.ended = read == 0;
            self.end += read;
            let new = self.text(self.end - read);
            if self.ended || memchr::memchr2(b'\n', b'\r', new).is_some() {
                break;
            }
        }
        Ok(self.end - before)
    }

    /// Leaves out so many lines above the header.
    pub fn skip(&mut self, lines: usize) -> Result<()> {
        let bom = self.bom().len();
        for left_out in 0..lines {
            let end = loop {
                let text = self.text(bom);
                match memchr::memchr2(b'\n', b'\r', text) {
                    // An LF may follow a CR.
                    Some(at) if at + 1 < text.len() || self.ended => {
                        break at + 1 + usize::from(text.get(at..at + 2) == Some(b"\r\n"));
                    }
                    _ if self.ended => {
                        bail!(
                            "{} has {left_out} lines that end; --skip {lines} leaves nothing",
                            self.name
                        )
                    }
                    _ if text.len() > LONGEST_RECORD => {
                        bail!("{}:{}: a line of 4 MiB or more", self.name, left_out + 1)
                    }
                    _ => self.read_on(0)?,
                };
            };
            self.buffer.copy_within(bom + end..self.end, bom);
            self.end -= end;
        }
        self.skipped = lines as u64;
        // The first line must be whole, to see what parts its columns.
        self.read_ahead(1)
    }

    /// Reads on until so many lines are in the buffer, or it is full.
    pub fn read_ahead(&mut self, lines: usize) -> Result<()> {
        let ends = |text: &[u8]| memchr::memchr2_iter(b'\n', b'\r', text).count();
        let (mut found, mut seen) = (0, 0);
        loop {
            found += ends(self.text(seen));
            seen = self.end;
            if self.ended || self.end >= self.buffer.len() || found >= lines {
                return Ok(());
            }
            self.read_on(0)?;
        }
    }

    /// Returns whether the beginning is all that there is.
    pub fn is_all_read(&self) -> bool {
        self.ended
    }

    /// Returns the line of the file on which what is read begins, from 1.
    pub fn first_line(&self) -> u64 {
        self.skipped + 1
    }

    pub fn bom(&self) -> &'static [u8] {
        if self.text(0).starts_with(BOM) { BOM } else { b"" }
    }

    /// Returns the one delimiter in the first line, or else this one.
    pub fn delimiter(&self, usual: u8) -> u8 {
        delimiter::only(self.beginning()).unwrap_or(usual)
    }

    /// Returns what was read before the first row is scanned, the byte order mark left out.
    pub fn beginning(&self) -> &[u8] {
        self.text(self.bom().len())
    }

    /// Returns the fields of the first record, the names of the columns, with U+FFFD for what is not in the encoding.
    pub fn header(&mut self, delimiter: u8, encoding: Encoding) -> Result<Vec<String>> {
        let (file, line) = (self.name.clone(), self.first_line());
        loop {
            let mut names: Option<Vec<String>> = None;
            let mut sink = |record: &Record<'_>| {
                let name = |it| encoding.lossy(&field::value(it)).into_owned();
                names.get_or_insert_with(|| record.fields().map(name).collect());
                Ok(())
            };
            let mut scanner = Scanner::new(delimiter, line, 0);
            let text = self.beginning();
            let outcome = scan_text(&mut scanner, text, self.ended, &mut sink);
            let columns = names.as_ref().map_or(scanner.fields(), Vec::len);
            if names.is_none() && text.len() > LONGEST_HEADER || columns > MOST_COLUMNS {
                bail!(
                    "{file}:{line}: the header has more than 1 MiB or {MOST_COLUMNS} columns; is it a CSV file?"
                );
            }
            match (names, outcome) {
                (Some(names), _) => return Ok(names),
                (None, Err(problem)) => return Err(problem.located(&file, scanner.position(), 0)),
                (None, Ok(_)) if self.ended => {
                    let hint = if file == STDIN { "; name a file, or hand one in" } else { "" };
                    bail!("{file} is empty; a header was expected{hint}")
                }
                (None, Ok(_)) => self.read_on(0)?,
            };
        }
    }

    /// Scans the input from its beginning, the byte order mark left out. `seen` is told how many bytes were read. Returns
    /// the fields with text behind a closing quote.
    pub fn scan<S: Sink>(
        &mut self,
        delimiter: u8,
        columns: usize,
        sink: &mut S,
        mut seen: impl FnMut(usize),
    ) -> Result<TrailingText> {
        let mut scanner = Scanner::new(delimiter, self.first_line(), columns);
        let mut start = self.bom().len();
        seen(self.end);
        loop {
            let text = self.text(start);
            let mut rest = scan_text(&mut scanner, text, self.ended, sink);
            if self.pauses && self.end < self.buffer.len() {
                rest = rest.and_then(|rest| sink.pause().map(|()| rest));
            }
            let rest = rest.and_then(|rest| match text.len() - rest {
                LONGEST_RECORD.. => Err(Problem::LongRecord),
                _ => Ok(rest),
            });
            start +=
                rest.map_err(|problem| problem.located(&self.name, scanner.position(), columns))?;
            if self.ended {
                return Ok(scanner.trailing());
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

/// Reads what the input has, once.
fn read(reader: &mut (impl Read + ?Sized), space: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(space) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
