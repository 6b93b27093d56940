//! What must hold of the data files. Every breach is a line that names file, line and column.

#[cfg(test)]
mod facts;
#[cfg(test)]
mod form;
mod meaning;
mod own;
mod ranks;
mod spellings;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use crate::index::Index;
use crate::index::file::Breach;
use crate::index::schema::KeyReference;
use crate::text::quoted;

/// How many breaches are looked into; more are of no use, and each costs a search for its place.
pub const MOST: usize = 1000;

/// Every breach of the rules, by file and line. Where rows of the user's are in the files, the other rows are known to be
/// right by themselves. What rows mean together is looked at only where each can be read.
pub fn breaches(index: &Index) -> Vec<Breach> {
    let all = index.files().all(|file| file.origin.is_none());
    let mut found = cells(index, all);
    let has_wrong_cells = !found.is_empty();
    found.extend(broken_references(index, all));
    if !has_wrong_cells {
        let unreadable = index.tables.unreadable(all);
        let can_be_read = unreadable.is_empty();
        found.extend(unreadable);
        if can_be_read {
            found.extend(meaning::breaches(index, all));
        }
    }
    found.truncate(MOST);
    found.sort();
    found.dedup();
    found
}

/// What is wrong with cells by themselves, and with how many a row has.
fn cells(index: &Index, all: bool) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in index.files() {
        let fields = &file.schema().fields;
        for (line, row) in file.rows_to_check(all) {
            if found.len() >= MOST {
                return found;
            }
            let cells: Vec<_> = row.cells().collect();
            if cells.len() != fields.len() {
                found.push(row.wrong_length());
            }
            for (nth, (cell, field)) in cells.iter().zip(fields).enumerate() {
                let breach = field.breach(cell);
                let breach = breach.or_else(|| (!all).then(|| own::breach(file, field, cell))?);
                found.extend(breach.map(|what| file.at(line, Some(nth)).breach(what)));
            }
        }
    }
    found
}

/// Returns the breaches of foreign keys. `all`: not of the user's rows only.
fn broken_references(index: &Index, all: bool) -> Vec<Breach> {
    let mut known = HashMap::new();
    let mut found = Vec::new();
    for file in index.files() {
        let schema = file.schema();
        for (nth, reference) in schema.references() {
            let Some(field) = schema.fields.get(nth) else { continue };
            let (other, _) = reference.file_and_column();
            for (line, row) in file.rows_to_check(all) {
                let known = known.entry(other.clone()).or_insert_with(|| values(index, reference));
                let cell = row.cells().nth(nth).unwrap_or_default();
                let items = cell.split(';').filter(|item| !item.is_empty());
                let unknown: Vec<&str> = items.filter(|item| !known.contains(*item)).collect();
                if found.len() >= MOST {
                    return found;
                }
                // What is wrong by itself is a breach already.
                if unknown.is_empty() || field.breach(&cell).is_some() {
                    continue;
                }
                for item in unknown {
                    let what = format!("{} is not in {other}; add it there", quoted(item));
                    found.push(file.at(line, Some(nth)).breach(what));
                }
            }
        }
    }
    found
}

/// Returns the values of the column at the other end.
fn values(index: &Index, reference: &KeyReference) -> HashSet<String> {
    let (name, column) = reference.file_and_column();
    let file = index.files().find(|file| file.name == name);
    let file = file.and_then(|file| Some((file, file.schema().index_of(column)?)));
    let values = file.into_iter().flat_map(|(file, nth)| {
        file.rows().filter_map(move |row| Some(row.cells().nth(nth)?.into_owned()))
    });
    values.collect()
}
