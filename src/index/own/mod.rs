//! The user's own data: rows in a folder that add to those of the embedded files, or replace them.

mod complete;
mod merge;
pub mod read;
pub mod template;
mod user_file;

use std::path::Path;

use anyhow::{Result, bail};

use crate::index::file::Breach;
use crate::index::own::complete::complete;
use crate::index::own::merge::{Count, merge};
use crate::index::table::Tables;
use crate::index::{Index, rules};
use crate::text;

/// How many breaches an error names.
const NAMED: usize = 3;

/// A folder of the user's among the embedded files.
#[derive(Debug)]
pub struct Merged {
    /// The index over all data files. Rows that cannot be are left out.
    pub index: Index,
    /// Every breach of the rules, by file and line.
    pub breaches: Vec<Breach>,
    /// How many rows each file of the folder gave.
    pub counts: Vec<Count>,
}

/// Reads a folder, merges and applies the rules.
///
/// # Errors
/// The folder cannot be read, or holds no data file.
pub fn merged(path: &Path) -> Result<Merged> {
    let read::Folder { mut files, mut breaches, .. } = read::folder(path)?;
    let is_read = breaches.is_empty();
    complete(&mut files, path);
    let (mut tables, mut counts) = (Tables::embedded(), Vec::new());
    for own in files {
        let (file, twice, count) = merge(&own);
        breaches.extend(twice);
        // The data live as long as the process.
        tables.replace(Box::leak(Box::new(file)));
        counts.push(count);
    }
    let index = Index::new(tables);
    // What names a row that could not be read would be a breach for no fault of its own.
    if is_read {
        breaches.extend(rules::breaches(&index));
    }
    breaches.sort();
    breaches.dedup();
    Ok(Merged { index, breaches, counts })
}

/// The index over the embedded files with the rows of a folder.
pub fn index(path: &Path) -> Result<Index> {
    let merged = merged(path)?;
    if merged.breaches.is_empty() {
        return Ok(merged.index);
    }
    let first = merged.breaches.iter().take(NAMED).map(Breach::to_string);
    let first: Vec<String> = first.collect();
    let (count, folder) = (merged.breaches.len(), path.display().to_string());
    bail!(
        "{} cannot be used:\n{}\n{count} in all; 'tip check {}' names every one",
        text::path(path),
        first.join("\n"),
        text::shell(&folder)
    );
}

/// Every breach of the rules in the embedded files.
pub fn embedded() -> Merged {
    let index = Index::embedded();
    let breaches = rules::breaches(&index);
    Merged { index, breaches, counts: Vec::new() }
}
