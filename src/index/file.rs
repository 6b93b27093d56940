//! What a data file is: its name, its text, and where its rows stand.

use crate::index::breach::{Place, Start};

/// A data file. Its columns are described in `data/datapackage.json`.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its name in `data/`.
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
    /// All of its bytes.
    pub bytes: Vec<u8>,
    /// Where each column stands in it.
    pub order: Vec<usize>,
    /// Where each row stands, the first below the header first.
    pub lines: Vec<SourceLine>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub enum SourceLine {
    /// In this line of the embedded file, the header's being 1.
    Embedded(usize),
    /// In the user's file.
    Own(Start),
}

impl File {
    /// Its header.
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
                Place::of(&origin.path, &origin.bytes, *start, nth, column)
            }
            Some((_, SourceLine::Embedded(line))) => {
                Place { line: *line, column, ..Place::file(&format!("data/{}", self.name)) }
            }
            None => {
                let mut starts = memchr::memchr_iter(b'\n', self.text.as_bytes());
                let before = line.checked_sub(2).and_then(|nth| starts.nth(nth));
                let byte = before.map_or(0, |newline| newline + 1);
                let path = format!("data/{}", self.name);
                Place::of(&path, self.text.as_bytes(), Start { byte, line }, nth, column)
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
