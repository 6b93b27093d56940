//! Whether every value that names a row of another file is in that file: the foreign keys of the schema.

use std::collections::{HashMap, HashSet};

use crate::index::Index;
use crate::index::breach::Breach;
use crate::index::schema::KeyReference;
use crate::text::quoted;

/// Returns the breaches of foreign keys. `all`: not of the user's rows only.
pub(super) fn breaches(index: &Index, all: bool) -> Vec<Breach> {
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
