//! Reads an input chunk by chunk and scans it, the header's chunk first.

use std::io::{self, ErrorKind, Read};

use anyhow::{Context, Result, anyhow, bail};

use crate::input::field;
use crate::input::scan::{LONGEST_FIELD, Problem, Scanner, Sink};

/// The bytes read at once: they fit the processor's second cache.
const CHUNK: usize = 1 << 17;

/// The longest header that is read.
const LONGEST_HEADER: usize = 1 << 22;

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

    /// The names of the columns.
    ///
    /// # Errors
    /// There are none, or they cannot be read.
    pub fn header(&mut self, delimiter: u8) -> Result<Vec<String>> {
        loop {
            let mut header = Header::default();
            let mut scanner = Scanner::new(delimiter);
            let text = self.head.get(self.mark().len()..).unwrap_or_default();
            let mut outcome = scan_text(&mut scanner, text, &mut header);
            if header.names.is_none() && outcome.is_ok() {
                if text.len() > LONGEST_HEADER {
                    bail!(
                        "{}: the header is longer than 4 MiB; is it a CSV file?",
                        self.name
                    );
                }
                if self.read_more()? {
                    continue;
                }
                outcome = scanner.finish(&mut header);
            }
            return match (header.names, outcome) {
                (Some(names), _) => Ok(names),
                (None, Ok(())) => bail!("{} is empty; a header was expected", self.name),
                (None, Err(problem)) => Err(located(&self.name, &scanner, problem, 0)),
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
    match problem {
        Problem::Ragged(fields) => anyhow!(
            "{name}:{line}: {fields} {}; the header has {columns}{}",
            if fields == 1 { "field" } else { "fields" },
            if fields < columns {
                "; '--ragged pad' fills short rows up"
            } else {
                "; a field that holds the delimiter must be quoted"
            }
        ),
        Problem::LongField => anyhow!(
            "{name}:{line}: a field of more than 1 MiB; was a quote opened on that line and never closed?"
        ),
        Problem::Nul => anyhow!(
            "{name}:{line}: a NUL byte; text was expected (is it UTF-16? convert it with 'iconv -f UTF-16 -t UTF-8')"
        ),
        Problem::OpenQuote(opened) => {
            anyhow!("{name}:{opened}: a quote opened on this line is never closed")
        }
        Problem::Refused(error) => error.context(format!("{name}:{line}")),
        Problem::Stopped(error) => error,
    }
}

/// Takes the first record for the header.
#[derive(Default)]
struct Header {
    ends: Vec<usize>,
    start: usize,
    names: Option<Vec<String>>,
    before: Vec<u8>,
}

impl Sink for Header {
    fn fields(&mut self, base: usize, delimiters: u64) {
        let mut rest = delimiters;
        while rest != 0 && self.names.is_none() {
            self.ends
                .push(self.before.len() + base + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }

    fn record(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.names.is_none() {
            self.before
                .extend_from_slice(chunk.get(..end).unwrap_or_default());
            self.ends.push(self.before.len());
            let mut start = self.start;
            let names = self.ends.iter().map(|end| {
                let name = field::value(self.before.get(start..*end).unwrap_or_default());
                start = end + 1;
                String::from_utf8_lossy(&name).into_owned()
            });
            self.names = Some(names.collect());
        }
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], end: usize) -> Result<(), Problem> {
        if self.names.is_none() {
            self.start = self.before.len() + end + 1;
        }
        Ok(())
    }

    fn keep(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        if self.names.is_none() {
            self.before.extend_from_slice(chunk);
        }
        Ok(())
    }
}
