//! What breaks a rule of the data files, and where: file, line and byte, as compilers name a place.

use std::fmt;

use crate::text::{joined, quoted};

/// A place in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as messages name it.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The byte of the line that the cell begins with, from 1; none where the row as a whole is meant.
    pub byte: Option<usize>,
    /// The column of the cell.
    pub column: Option<&'static str>,
}

/// Where a row begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The byte, from 0.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
}

/// A breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// Where.
    pub place: Place,
    /// What is wrong, and what to do.
    pub what: String,
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &str) -> Self {
        Self { file: path.to_owned(), line: 0, byte: None, column: None }
    }

    /// The cell of this number in the row that begins there; the row, where it has no such cell.
    pub fn of(
        path: &str,
        text: &[u8],
        start: Start,
        nth: Option<usize>,
        column: Option<&'static str>,
    ) -> Self {
        let (line, byte) = nth.map_or((start.line, None), |nth| cell(text, start, nth));
        Self { file: path.to_owned(), line, byte, column }
    }

    /// A breach here.
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
