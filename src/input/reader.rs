//! Reads an input chunk by chunk and scans it, the header's chunk first.

use std::io::{self, ErrorKind, Read};

use anyhow::{Context, Result, anyhow, bail};

use crate::input::field;
use crate::input::record::Record;
use crate::input::scan::{LONGEST_FIELD, Place, Problem, Scanner, Sink};

/// The bytes read at once: they fit the processor's second cache.
const CHUNK: usize = 1 << 17;

/// The longest header that is read, in bytes and in columns.
const LONGEST_HEADER: usize = 1 << 21;
const MOST_COLUMNS: usize = 1 << 16;

/// The byte order mark of UTF-8, which is kept and is not part of the first name.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// An input whose header was read.
pub struct Input<'reader> {
    reader: Box<dyn Read + 'reader>,
    /// How it is called in messages.
    name: String,
    /// What was read up to now: the header at least.
    head: Vec<u8>,
}

impl<'reader> Input<'reader> {
    /// Reads as much as holds the header.
    ///
    /// # Errors
    /// There is none, or it is too long, or the input is not in UTF-8.
    pub fn open(reader: Box<dyn Read + 'reader>, name: &str) -> Result<Self> {
        let mut input = Self {
            reader,
            name: name.to_owned(),
            head: Vec::new(),
        };
        input.read_more()?;
        if input.head.starts_with(b"\xff\xfe") || input.head.starts_with(b"\xfe\xff") {
            bail!("{name} is in UTF-16; convert it first, as with 'iconv -f UTF-16 -t UTF-8'");
        }
        Ok(input)
    }

    /// Reads one chunk more into the head. Returns whether there was any.
    fn read_more(&mut self) -> Result<bool> {
        let len = self.head.len();
        self.head.resize(len + CHUNK, 0);
        let space = self.head.get_mut(len..).unwrap_or_default();
        let read = fill(&mut *self.reader, space).with_context(|| unreadable(&self.name))?;
        self.head.truncate(len + read);
        Ok(read > 0)
    }

    /// How it is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The byte order mark, if there is one.
    pub fn mark(&self) -> &'static [u8] {
        if self.head.starts_with(MARK) {
            MARK
        } else {
            b""
        }
    }

    /// The whole input from its beginning.
    pub fn into_reader(self) -> impl Read + use<'reader> {
        io::Cursor::new(self.head).chain(self.reader)
    }

    /// The header.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn header(&mut self, delimiter: u8) -> Result<Header> {
        loop {
            let mut header = Header {
                record: Record::with_most(MOST_COLUMNS),
                whole: false,
            };
            let mut scanner = Scanner::new(delimiter);
            let text = self.head.get(self.mark().len()..).unwrap_or_default();
            let mut outcome = scan_text(&mut scanner, text, &mut header);
            let too_long = !header.whole && text.len() > LONGEST_HEADER;
            if too_long || header.record.len() > MOST_COLUMNS {
                bail!(
                    "{}:1: the header has more than 2 MiB or {MOST_COLUMNS} columns; is it a CSV file?",
                    self.name
                );
            }
            if !header.whole && outcome.is_ok() {
                if self.read_more()? {
                    continue;
                }
                outcome = scanner.finish(&mut header);
            }
            return match outcome {
                _ if header.whole => Ok(header),
                Ok(()) => bail!("{} is empty; a header was expected", self.name),
                Err(problem) => Err(located(&self.name, &scanner, problem, 0)),
            };
        }
    }

    /// Scans the input from its beginning, the byte order mark left out. `seen` is told how many bytes were read.
    ///
    /// # Errors
    /// What is wrong with the input, with its line.
    pub fn scan<S: Sink>(
        mut self,
        delimiter: u8,
        columns: usize,
        sink: &mut S,
        mut seen: impl FnMut(usize),
    ) -> Result<()> {
        let mut scanner = Scanner::new(delimiter);
        let mark = self.mark().len();
        let mut chunk = std::mem::take(&mut self.head);
        let mut text = mark..chunk.len();
        while !text.is_empty() {
            seen(text.len());
            let bytes = chunk.get(text).unwrap_or_default();
            scan_text(&mut scanner, bytes, sink)
                .map_err(|problem| located(&self.name, &scanner, problem, columns))?;
            chunk.resize(CHUNK, 0);
            let read =
                fill(&mut *self.reader, &mut chunk).with_context(|| unreadable(&self.name))?;
            text = 0..read;
        }
        scanner
            .finish(sink)
            .map_err(|problem| located(&self.name, &scanner, problem, columns))
    }
}

/// Scans what was read up to the first NUL byte, which no text holds.
fn scan_text<S: Sink>(scanner: &mut Scanner, text: &[u8], sink: &mut S) -> Result<(), Problem> {
    let Some(place) = memchr::memchr(0, text) else {
        return scan_chunks(scanner, text, sink);
    };
    scan_chunks(scanner, text.get(..place).unwrap_or_default(), sink)?;
    Err(Problem::Nul)
}

/// A field that is too long must span chunks to be found.
fn scan_chunks<S: Sink>(scanner: &mut Scanner, text: &[u8], sink: &mut S) -> Result<(), Problem> {
    let mut chunks = text.chunks(LONGEST_FIELD / 2);
    chunks.try_for_each(|chunk| scanner.chunk(chunk, sink))
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

fn unreadable(name: &str) -> String {
    format!("cannot read {name}")
}

/// A problem with the place where it was met.
fn located(name: &str, scanner: &Scanner, problem: Problem, columns: usize) -> anyhow::Error {
    let line = scanner.record_line();
    let open = scanner.open_quote();
    match (problem, open) {
        (Problem::Ragged(fields), _) if fields < columns => anyhow!(
            "{name}:{line}: field {} of {columns} is missing; '--ragged pad' fills short rows up",
            fields + 1
        ),
        (Problem::Ragged(fields), _) => anyhow!(
            "{name}:{line}: {fields} fields; the header has {columns}, and a field that holds the delimiter must be quoted"
        ),
        (Problem::LongField, None) => anyhow!("{name}:{line}: a field of more than 1 MiB"),
        (Problem::LongField | Problem::OpenQuote, Some(Place { line, column })) => {
            anyhow!("{name}:{line}:{column}: a quote opened here is never closed, or not for 1 MiB")
        }
        (Problem::OpenQuote, None) => anyhow!("{name}:{line}: a quote is never closed"),
        (Problem::Nul, _) => {
            let Place { line, column } = scanner.place();
            anyhow!(
                "{name}:{line}:{column}: a NUL byte; text was expected (is it UTF-16? convert it with 'iconv -f UTF-16 -t UTF-8')"
            )
        }
        (Problem::Refused(error), _) => error.context(format!("{name}:{line}")),
        (Problem::Stopped(error), _) => error,
    }
}

/// The first record.
#[derive(Debug)]
pub struct Header {
    record: Record,
    whole: bool,
}

impl Header {
    /// The names of the columns.
    ///
    /// # Errors
    /// One is not in UTF-8: the file would have other names than the program.
    pub fn names(&self, file: &str) -> Result<Vec<String>> {
        let fields = (0..self.record.len()).filter_map(|place| self.record.field(place));
        let names = (1..).zip(fields).map(|(number, field)| {
            String::from_utf8(field::value(field).into_owned()).map_err(|_| {
                anyhow!("{file}:1: the name of column {number} is not UTF-8; convert the file first, as with 'iconv'")
            })
        });
        names.collect()
    }
}

impl Sink for Header {
    fn fields(&mut self, base: usize, delimiters: u64) {
        if !self.whole {
            self.record.fields(base, delimiters);
        }
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        if !self.whole {
            self.record.take(chunk, start, end);
            self.record.end();
            self.whole = true;
        }
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn keep(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        if !self.whole {
            self.record.take(chunk, start, chunk.len());
        }
        Ok(())
    }
}
