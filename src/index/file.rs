//! What a data file is, where its rows stand, and what breaks a rule there: file, line and byte, as compilers name a place.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::{fmt, fs};

use crate::text::{joined, quoted};

/// A byte order mark, which a file of the user's may begin with.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// A data file. Its columns are described in `data/datapackage.json`.
#[derive(Clone, Copy, Debug)]
pub struct File {
    pub name: &'static str,
    /// All of its text, the header first.
    pub text: &'static str,
    /// Where its rows stand, where some are the user's own.
    pub origin: Option<&'static Origin>,
}

/// Where the rows of a merged file stand.
#[derive(Debug)]
pub struct Origin {
    /// The user's file, as messages name it.
    pub path: String,
    pub file: PathBuf,
    /// Its text, which is read again where a breach must have its place.
    pub bytes: OnceLock<Vec<u8>>,
    pub form: Form,
    /// Where each row stands, the first below the header first.
    pub lines: Vec<SourceLine>,
}

/// How a file of the user's is written.
#[derive(Clone, Debug)]
pub struct Form {
    /// What stands between two cells: a comma or a semicolon.
    pub delimiter: u8,
    /// Where each column of the embedded file stands in it, if it does.
    pub order: Vec<Option<usize>>,
}

#[derive(Clone, Copy, Debug)]
pub enum SourceLine {
    /// In this line of the embedded file, the header's being 1.
    Embedded(usize),
    Own(Start),
    /// In none: it was worked out from rows of the user's.
    WorkedOut,
}

impl File {
    pub fn header(&self) -> &'static str {
        self.text.split_once('\n').map_or("", |(header, _)| header)
    }

    /// The names of its columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.header().split(',')
    }

    /// The text below the header.
    pub fn body(&self) -> &'static str {
        self.text.split_once('\n').map_or("", |(_, body)| body)
    }

    /// Where a cell of this line stands, or the whole line. `nth`: the index of its column.
    pub fn at(&self, line: usize, nth: Option<usize>) -> Place {
        let column = nth.and_then(|nth| self.columns().nth(nth));
        let own = self.origin.and_then(|origin| {
            let start = origin.lines.get(line.checked_sub(2)?)?;
            Some((origin, start))
        });
        match own {
            Some((origin, SourceLine::Own(start))) => {
                let nth = nth.and_then(|nth| origin.form.order.get(nth).copied().flatten());
                Text::of_own(origin).cell(*start, nth, column)
            }
            Some((origin, SourceLine::WorkedOut)) => Place::file(&origin.path),
            Some((_, SourceLine::Embedded(line))) => {
                Place { line: *line, column, ..Place::file(&format!("data/{}", self.name)) }
            }
            None => {
                let mut starts = memchr::memchr_iter(b'\n', self.text.as_bytes());
                let before = line.checked_sub(2).and_then(|nth| starts.nth(nth));
                let byte = before.map_or(0, |newline| newline + 1);
                let path = &format!("data/{}", self.name);
                let text = Text { path, bytes: self.text.as_bytes(), delimiter: b',' };
                text.cell(Start::new(byte, line), nth, column)
            }
        }
    }
}

/// The lines of rows, none of which ends in CR: in thousands of them `str::lines` takes three times as long.
pub fn lines(mut rest: &'static str) -> impl Iterator<Item = &'static str> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let (line, behind) = rest.split_at_checked(end)?;
        rest = behind.get(1..).unwrap_or_default();
        Some(line)
    })
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as messages name it.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The byte of the line that the cell begins with, from 1; none where the row as a whole is meant.
    pub byte: Option<usize>,
    pub column: Option<&'static str>,
}

/// Where a row begins: small, for there may be 200,000, in files that are far smaller than 4 GiB.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The byte, from 0.
    byte: u32,
    /// The line, from 1.
    line: u32,
}

impl Start {
    pub fn new(byte: usize, line: usize) -> Self {
        let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self { byte: small(byte), line: small(line) }
    }

    pub fn byte(self) -> usize {
        self.byte as usize
    }

    pub fn line(self) -> usize {
        self.line as usize
    }
}

/// What breaks a rule of the data files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// Where.
    pub place: Place,
    /// What is wrong, and what to do.
    pub what: String,
}

impl Place {
    pub fn file(path: &str) -> Self {
        Self { file: path.to_owned(), line: 0, byte: None, column: None }
    }

    pub fn breach(self, what: impl Into<String>) -> Breach {
        Breach { place: self, what: what.into() }
    }
}

/// A text in which places are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// The file, as messages name it.
    pub path: &'t str,
    pub bytes: &'t [u8],
    pub delimiter: u8,
}

impl<'t> Text<'t> {
    fn of_own(origin: &'t Origin) -> Self {
        let read = || {
            let mut bytes = fs::read(&origin.file).unwrap_or_default();
            if bytes.starts_with(BOM) {
                bytes.drain(..BOM.len());
            }
            bytes
        };
        let bytes = origin.bytes.get_or_init(read);
        Self { path: &origin.path, bytes, delimiter: origin.form.delimiter }
    }

    /// Returns the place of a cell by its index in the row that begins there, or of the row where it has no such cell.
    pub fn cell(self, start: Start, nth: Option<usize>, column: Option<&'static str>) -> Place {
        let (line, byte) = nth.map_or((start.line(), None), |nth| self.line_and_byte(start, nth));
        Place { file: self.path.to_owned(), line, byte, column }
    }

    /// The line and the byte of a cell. A quoted one before it may span lines.
    fn line_and_byte(self, start: Start, nth: usize) -> (usize, Option<usize>) {
        let (mut line, mut byte, mut before, mut quoted) = (start.line(), 1, 0, false);
        for at in self.bytes.get(start.byte()..).unwrap_or_default() {
            if before == nth {
                return (line, Some(byte));
            }
            byte += 1;
            match at {
                b'"' => quoted = !quoted,
                at if *at == self.delimiter && !quoted => before += 1,
                b'\n' if quoted => (line, byte) = (line + 1, 1),
                b'\n' => return (start.line(), None),
                _ => {}
            }
        }
        (line, (before == nth).then_some(byte))
    }
}

/// An error of serde, which the row gives its place.
impl serde::de::Error for Breach {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Place::file("data").breach(what.to_string())
    }

    fn unknown_variant(value: &str, known: &'static [&'static str]) -> Self {
        Self::custom(format!("{}: not one of {}", quoted(value), joined(known, "and")))
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, byte, column } = &self.place;
        f.write_str(file)?;
        if *line > 0 {
            write!(f, ":{line}")?;
        }
        if let Some(byte) = byte {
            write!(f, ":{byte}")?;
        }
        if let Some(column) = column {
            write!(f, ": column '{column}'")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Breach {}
