//! A data file, read whole when it is first asked for. One that is sorted by its first column is found by binary search in
//! its text, too: a question costs only the rows it asks for. To parse all of the large files would take longer than everything
//! else together.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::index::file::{File, lines};
use crate::index::row::{Row, first_field};

/// A data file, none of whose rows spans lines. What searches it needs it sorted by the first field.
#[derive(Debug)]
pub struct Table<T> {
    file: &'static File,
    rows: OnceLock<Vec<T>>,
}

impl<T: Deserialize<'static>> Table<T> {
    pub const fn new(file: &'static File) -> Self {
        Self { file, rows: OnceLock::new() }
    }

    pub const fn file(&self) -> &'static File {
        self.file
    }

    /// Every row, in the order of the file, kept.
    pub fn rows(&self) -> &[T] {
        self.rows.get_or_init(|| self.all().collect())
    }

    /// Every row, read anew.
    pub fn all(&self) -> impl Iterator<Item = T> {
        self.file.rows().filter_map(|row| row.parse().ok())
    }

    /// The first field of every row, and the offset of the row in bytes.
    pub fn every_key(&self) -> impl Iterator<Item = (u32, &'static str)> {
        let mut next = 0;
        lines(self.file.body()).map(move |line| {
            let offset = next;
            next += u32::try_from(line.len() + 1).unwrap_or(0);
            (offset, first_field(line))
        })
    }

    pub fn row_at(&self, offset: u32) -> Option<T> {
        let line = self.lines_from(offset as usize).next()?;
        Row::new(self.file, line).parse().ok()
    }

    /// The first field of the row at an offset.
    pub fn key_at(&self, offset: u32) -> &'static str {
        self.lines_from(offset as usize).next().map_or("", first_field)
    }

    pub fn with_key(&self, key: &str) -> impl Iterator<Item = T> {
        self.rows_at(self.search(key), key)
    }

    pub fn has_key(&self, key: &str) -> bool {
        self.lines_from(self.search(key)).next().is_some_and(|line| first_field(line) == key)
    }

    /// The offset of the first row whose first field is `key` or comes after it.
    fn search(&self, key: &str) -> usize {
        let body = self.file.body();
        // The row begins between these offsets, both of them beginnings of rows.
        let (mut from, mut to) = (0, body.len());
        while from < to {
            let middle = from.midpoint(to);
            let before = body.as_bytes().get(from..middle).unwrap_or_default();
            let newline = before.iter().rposition(|byte| *byte == b'\n');
            let start = newline.map_or(from, |newline| from + newline + 1);
            let line = lines(body.get(start..).unwrap_or_default()).next().unwrap_or_default();
            if first_field(line) < key {
                from = start + line.len() + 1;
            } else {
                to = start;
            }
        }
        from
    }

    /// The rows from an offset on, as far as their first field is `key`.
    fn rows_at(&self, offset: usize, key: &str) -> impl Iterator<Item = T> {
        self.lines_from(offset)
            .take_while(move |line| first_field(line) == key)
            .filter_map(move |line| Row::new(self.file, line).parse().ok())
    }

    fn lines_from(&self, offset: usize) -> impl Iterator<Item = &'static str> {
        lines(self.file.body().get(offset..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::index::country::Member;
    use crate::index::file::File;
    use crate::index::sorted::Table;

    fn found(text: &'static str, key: &str) -> Vec<&'static str> {
        let file = File { name: "f.csv", text, origin: None };
        let sorted = Table::<Member>::new(Box::leak(Box::new(file)));
        let rows: Vec<&str> = sorted.with_key(key).map(|row| row.iso3).collect();
        assert_eq!(sorted.has_key(key), !rows.is_empty());
        rows
    }

    #[test]
    fn binary_search_finds_the_first_the_last_and_every_row_of_a_key() {
        let text = "a,b\nb,1\nbb,1\nbb,2\nbb,3\nc,\nd,4\n";
        assert_eq!(found(text, "b"), ["1"]);
        assert_eq!(found(text, "bb"), ["1", "2", "3"]);
        assert_eq!(found(text, "c"), [""]);
        assert_eq!(found(text, "d"), ["4"]);
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
