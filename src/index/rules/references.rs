//! Whether every value that names a row of another file is in that file.

use std::collections::{HashMap, HashSet};

use crate::index::breach::Breach;
use crate::index::file::{File, Files};
use crate::index::row::Row;
use crate::index::sorted::Sorted;
use crate::text::quoted;

/// The values of a foreign key's other end, by file.
type Keys = HashMap<&'static str, HashSet<String>>;

/// Returns the breaches of foreign keys in the rows that `checked` gives of each file.
pub(super) fn breaches(
    files: Files,
    checked: impl Fn(&'static File) -> Vec<(usize, Row)>,
) -> Vec<Breach> {
    let mut keys = Keys::new();
    let mut found = Vec::new();
    for file in files.0 {
        let refers = file.columns.iter().enumerate();
        let refers = refers.filter_map(|(nth, column)| Some((nth, column, column.refers?)));
        let refers: Vec<_> = refers.collect();
        if refers.is_empty() {
            continue;
        }
        for (line, row) in checked(file) {
            let cells: Vec<_> = row.texts().collect();
            for (nth, column, other) in &refers {
                let known = keys.entry(other).or_insert_with(|| keys_of(files.named(other)));
                let cell = cells.get(*nth).map(AsRef::as_ref).unwrap_or_default();
                let items = cell.split(';').filter(|item| !item.is_empty());
                // What is wrong by itself is a breach already.
                let mut unknown = items.filter(|item| !known.contains(*item)).peekable();
                if unknown.peek().is_some() && column.breach(cell).is_some() {
                    continue;
                }
                for item in unknown {
                    let place = file.at(line, Some(column.name));
                    let what = format!("{} is not in {other}; add it there", quoted(item));
                    found.push(place.breach(what));
                }
            }
        }
    }
    found
}

/// Returns the first cells of a file's rows.
fn keys_of(file: &'static File) -> HashSet<String> {
    Sorted::new(file).all().map(|row| row.key().to_owned()).collect()
}
