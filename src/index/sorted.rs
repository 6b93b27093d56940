//! A data file that is sorted by its first column, and found by binary search in its text: a question costs only the
//! rows it asks for. Parsing all of the large files would take longer than everything else together.

use std::hash::BuildHasher;

use anyhow::Result;
use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::index::file::File;
use crate::index::row::{FromRow, Row, first_field};

/// The rows of a data file sorted by their first field, none of which spans lines.
#[derive(Clone, Copy, Debug)]
pub struct Sorted {
    file: &'static File,
    rows: &'static str,
}

impl Sorted {
    /// The rows of a file that begins with its header.
    pub fn new(file: &'static File) -> Self {
        let rows = file.text.split_once('\n').map_or("", |(_, rows)| rows);
        Self { file, rows }
    }

    /// Every row.
    pub fn all(self) -> impl Iterator<Item = Row> {
        lines(self.rows).map(move |line| Row::new(self.file, line))
    }

    /// The first field of every row, and the place where the row begins, in bytes.
    pub fn every_key(self) -> impl Iterator<Item = (u32, &'static str)> {
        let mut next = 0;
        lines(self.rows).map(move |line| {
            let place = next;
            next += u32::try_from(line.len() + 1).unwrap_or(0);
            (place, first_field(line))
        })
    }

    /// The row that begins at a place.
    pub fn row_at(self, place: u32) -> Row {
        let line = self.lines_from(place as usize).next();
        Row::new(self.file, line.unwrap_or_default())
    }

    /// The rows whose first field is `key`.
    pub fn with_key(self, key: &str) -> impl Iterator<Item = Row> {
        self.rows_at(self.search(key), key)
    }

    /// Where the first row begins whose first field is `key` or comes after it.
    fn search(self, key: &str) -> usize {
        // The row begins between these places, both of them beginnings of rows.
        let (mut from, mut to) = (0, self.rows.len());
        while from < to {
            let middle = from.midpoint(to);
            let before = self.rows.as_bytes().get(from..middle).unwrap_or_default();
            let start = before
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(from, |place| from + place + 1);
            let line = self.lines_from(start).next().unwrap_or_default();
            if first_field(line) < key {
                from = start + line.len() + 1;
            } else {
                to = start;
            }
        }
        from
    }

    /// The rows from a place on, as far as their first field is `key`.
    fn rows_at(self, place: usize, key: &str) -> impl Iterator<Item = Row> {
        self.lines_from(place)
            .take_while(move |line| first_field(line) == key)
            .map(move |line| Row::new(self.file, line))
    }

    fn lines_from(self, start: usize) -> impl Iterator<Item = &'static str> {
        lines(self.rows.get(start..).unwrap_or_default())
    }
}

/// The lines of rows, none of which ends in CR: in thousands of them `str::lines` takes three times as long.
fn lines(mut rest: &'static str) -> impl Iterator<Item = &'static str> {
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

/// The same rows with the places of all keys in a hash table, for those who ask for thousands.
#[derive(Debug)]
pub struct Hashed {
    rows: Sorted,
    /// Where the first row of each key begins.
    places: HashTable<u32>,
    hasher: RandomState,
}

impl Hashed {
    /// The rows of a file, which is read once.
    pub fn new(rows: Sorted) -> Self {
        let mut hashed = Self {
            rows,
            places: HashTable::with_capacity(lines(rows.rows).count()),
            hasher: RandomState::default(),
        };
        let mut before = None;
        for (place, key) in rows.every_key() {
            if before != Some(key) {
                let hash = hashed.hasher.hash_one(key);
                hashed.places.insert_unique(hash, place, |_| 0);
            }
            before = Some(key);
        }
        hashed
    }

    /// The rows whose first field is `key`.
    pub fn with_key(&self, key: &str) -> impl Iterator<Item = Row> {
        let is_key = |place: &u32| {
            let line = self.rows.lines_from(*place as usize).next();
            line.is_some_and(|line| first_field(line) == key)
        };
        let hash = self.hasher.hash_one(key);
        let place = self.places.find(hash, is_key);
        let rows = place.map(|place| self.rows.rows_at(*place as usize, key));
        rows.into_iter().flatten()
    }
}

/// Every row of a data file.
///
/// # Errors
/// The first row that cannot be read: its file, line and column.
pub fn rows<T: FromRow>(file: &'static File) -> Result<Vec<T>> {
    Sorted::new(file).all().map(Row::parse).collect()
}

#[cfg(test)]
mod tests {
    use crate::index::file::File;
    use crate::index::sorted::Sorted;

    fn found(text: &'static str, key: &str) -> Vec<usize> {
        let file = File {
            name: "f.csv",
            about: "",
            columns: &[],
            keys: 2,
            primary: &["a"],
            text,
            origin: None,
        };
        let sorted = Sorted::new(Box::leak(Box::new(file)));
        let rows = sorted.with_key(key);
        rows.map(|row| row.number_of_line()).collect()
    }

    #[test]
    fn binary_search_finds_the_first_the_last_and_every_row_of_a_key() {
        let text = "a,b\nb,1\nbb,1\nbb,2\nbb,3\nc,\nd,1\n";
        assert_eq!(found(text, "b"), [2]);
        assert_eq!(found(text, "bb"), [3, 4, 5]);
        assert_eq!(found(text, "c"), [6]);
        assert_eq!(found(text, "d"), [7]);
    }

    #[test]
    fn a_key_that_is_not_there_has_no_rows() {
        let text = "a,b\nb,1\nd,1\n";
        for key in ["", "a", "c", "e"] {
            assert!(found(text, key).is_empty(), "{key}");
        }
        assert!(found("a,b\n", "b").is_empty());
        assert!(found("", "b").is_empty());
    }
}
