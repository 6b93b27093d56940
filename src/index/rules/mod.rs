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

use crate::index::breach::Breach;
use crate::index::file::{File, Files};
use crate::index::load::load;
use crate::index::row::Row;
use crate::index::sorted::Sorted;

/// How many breaches are looked into; more are of no use, and each costs a search for its place.
pub const MOST: usize = 1000;

/// Every breach of the rules, by file and line. Where a folder of the user's is among the files, the rows of the other
/// files are known to be right.
pub fn breaches(files: Files) -> Vec<Breach> {
    let is_own = |name: &str| files.named(name).origin.is_some();
    let all = files.0.iter().all(|file| !is_own(file.name));
    let checked = |file: &'static File| -> Vec<(usize, Row)> {
        let rows = (2..).zip(Sorted::new(file).all());
        rows.filter(|(line, _)| all || file.is_own(*line)).collect()
    };
    let mut found: Vec<Breach> =
        files.0.iter().flat_map(|file| cells(file, checked(file))).collect();
    let are_clean = found.is_empty();
    found.extend(references::breaches(files, checked));
    if are_clean {
        let names = all || is_own("names.csv") || is_own("countries.csv");
        let meaning = load(files).and_then(|index| meaning::breaches(files, &index, names));
        found.extend(meaning.unwrap_or_else(|error| vec![Breach::of(&error)]));
    }
    found.truncate(MOST);
    found.sort();
    found.dedup();
    found
}

/// What is wrong with the cells of rows by themselves, and with how many there are.
fn cells(file: &'static File, rows: Vec<(usize, Row)>) -> Vec<Breach> {
    let mut found = Vec::new();
    for (line, row) in rows {
        let cells: Vec<_> = row.texts().collect();
        if cells.len() != file.columns.len() {
            found.push(row.wrong_length());
        }
        for (cell, column) in cells.iter().zip(file.columns) {
            if let Some(what) = column.breach(cell) {
                found.push(file.at(line, Some(column.name)).breach(what));
            }
        }
    }
    found
}
