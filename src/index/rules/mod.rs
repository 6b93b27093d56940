//! What must hold of the data files. Every breach is a line that names file, line and column.

mod definitions;
mod disputed;
mod enforcement;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod form;
mod lists;
mod meaning;
mod placeholders;
mod ranks;
mod references;
mod spellings;
#[cfg(test)]
mod tests;
mod tiles;

use crate::index::Index;
use crate::index::breach::Breach;

/// How many breaches are looked into; more are of no use, and each costs a search for its place.
pub const MOST: usize = 1000;

/// Every breach of the rules, by file and line. Where rows of the user's are in the files, the other rows are known to be
/// right by themselves. What rows mean together is looked at only where each can be read.
pub fn breaches(index: &Index) -> Vec<Breach> {
    let all = index.files().all(|file| file.origin.is_none());
    let mut found = cells(index, all);
    let has_wrong_cells = !found.is_empty();
    found.extend(references::breaches(index, all));
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
            let cells: Vec<_> = row.cells().collect();
            if cells.len() != fields.len() {
                found.push(row.wrong_length());
            }
            for (nth, (cell, field)) in cells.iter().zip(fields).enumerate() {
                let breach = field.breach(cell);
                found.extend(breach.map(|what| file.at(line, Some(nth)).breach(what)));
            }
        }
    }
    found
}
