//! What a data file is, where its rows stand, and what breaks a rule there: file, line and byte, as compilers name a place.

use std::fmt;

use crate::text::{joined, quoted};

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
    pub bytes: Vec<u8>,
    /// Where each column stands in it.
    pub order: Vec<usize>,
    /// Where each row stands, the first below the header first.
    pub lines: Vec<SourceLine>,
}

#[derive(Clone, Copy, Debug)]
pub enum SourceLine {
    /// In this line of the embedded file, the header's being 1.
    Embedded(usize),
    Own(Start),
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
                let nth = nth.and_then(|nth| origin.order.get(nth).copied());
                Place::cell(&origin.path, &origin.bytes, *start, nth, column)
            }
            Some((_, SourceLine::Embedded(line))) => {
                Place { line: *line, column, ..Place::file(&format!("data/{}", self.name)) }
            }
            None => {
                let mut starts = memchr::memchr_iter(b'\n', self.text.as_bytes());
                let before = line.checked_sub(2).and_then(|nth| starts.nth(nth));
                let byte = before.map_or(0, |newline| newline + 1);
                let path = format!("data/{}", self.name);
                Place::cell(&path, self.text.as_bytes(), Start { byte, line }, nth, column)
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

#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The byte, from 0.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
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

    /// Returns the place of a cell by its index in the row that begins there, or of the row where it has no such cell.
    pub fn cell(
        path: &str,
        text: &[u8],
        start: Start,
        nth: Option<usize>,
        column: Option<&'static str>,
    ) -> Self {
        let (line, byte) = nth.map_or((start.line, None), |nth| cell(text, start, nth));
        Self { file: path.to_owned(), line, byte, column }
    }

    pub fn breach(self, what: impl Into<String>) -> Breach {
        Breach { place: self, what: what.into() }
    }
}

/// The line and the byte of a cell. A quoted one before it may span lines.
fn cell(text: &[u8], start: Start, nth: usize) -> (usize, Option<usize>) {
    let (mut line, mut byte, mut commas, mut quoted) = (start.line, 1, 0, false);
    for at in text.get(start.byte..).unwrap_or_default() {
        if commas == nth {
            return (line, Some(byte));
        }
        byte += 1;
        match at {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            b'\n' if quoted => (line, byte) = (line + 1, 1),
            b'\n' => return (start.line, None),
            _ => {}
        }
    }
    (line, (commas == nth).then_some(byte))
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
