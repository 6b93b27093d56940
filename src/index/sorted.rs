//! A data file that is sorted by its first column, and found by binary search in its text: a question costs only the
//! rows it asks for. Parsing all of the large files would take longer than everything else together.

use anyhow::Result;

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
        self.rows.lines().map(move |line| Row::new(self.file, line))
    }

    /// The rows whose first field is `key`.
    pub fn with_key(self, key: &str) -> impl Iterator<Item = Row> {
        // The first row sought begins between these places, both of them beginnings of rows.
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
        self.lines_from(from)
            .take_while(move |line| first_field(line) == key)
            .map(move |line| Row::new(self.file, line))
    }

    fn lines_from(self, start: usize) -> impl Iterator<Item = &'static str> {
        self.rows.get(start..).unwrap_or_default().lines()
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
