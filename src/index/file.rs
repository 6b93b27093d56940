//! What a data file is: its name, its columns, its text, and where its rows stand.

use crate::index::breach::{Place, Start};
use crate::index::schema::Column;

/// A data file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its name in `data/`.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// Its columns, in the order of the header.
    pub columns: &'static [Column],
    /// How many of its first columns it is sorted by; 0 where it has an order of its own.
    pub keys: usize,
    /// The columns no two rows agree in: by them a row replaces another one.
    pub primary: &'static [&'static str],
    /// All of its text.
    pub text: &'static str,
    /// Where its rows stand, where some are the user's own.
    pub origin: Option<&'static Origin>,
}

/// A file without a row.
const NONE: File =
    File { name: "", about: "", columns: &[], keys: 0, primary: &[], text: "", origin: None };

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
    pub lines: Vec<Line>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub enum Line {
    /// In this line of the embedded file, the header's being 1.
    Embedded(usize),
    /// In the user's file.
    Own(Start),
}

impl File {
    /// Its header.
    pub fn header(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(",")
    }

    /// Where a column has its place among all.
    pub fn place_of(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }

    /// Whether a line, the header's being 1, is the user's own.
    pub fn is_own(&self, line: usize) -> bool {
        let origin = self.origin.and_then(|origin| origin.lines.get(line.checked_sub(2)?));
        matches!(origin, Some(Line::Own(_)))
    }

    /// Where a cell of this line stands, or the whole line.
    pub fn at(&self, line: usize, column: Option<&'static str>) -> Place {
        let nth = column.and_then(|column| self.place_of(column));
        let own = self.origin.and_then(|origin| {
            let start = origin.lines.get(line.checked_sub(2)?)?;
            Some((origin, start))
        });
        match own {
            Some((origin, Line::Own(start))) => {
                let nth = nth.and_then(|nth| origin.order.get(nth).copied());
                Place::of(&origin.path, &origin.bytes, *start, nth, column)
            }
            Some((_, Line::Embedded(line))) => {
                Place { file: format!("data/{}", self.name), line: *line, byte: None, column }
            }
            None => {
                let mut starts = memchr::memchr_iter(b'\n', self.text.as_bytes());
                let before = line.checked_sub(2).and_then(|nth| starts.nth(nth));
                let byte = before.map_or(0, |newline| newline + 1);
                let path = format!("data/{}", self.name);
                let start = Start { byte, line };
                Place::of(&path, self.text.as_bytes(), start, nth, column)
            }
        }
    }
}

/// The data files of a program, each by its name.
#[derive(Clone, Copy, Debug)]
pub struct Files(pub &'static [File]);

impl Files {
    /// The file of this name; one without a row where there is none, which no reader takes for a file.
    pub fn named(self, name: &str) -> &'static File {
        let known = self.0.iter().find(|file| file.name == name);
        known.unwrap_or(&NONE)
    }
}
