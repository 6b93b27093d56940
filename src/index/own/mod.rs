//! The user's own data: rows in a folder that add to those of the embedded files, or replace them.

mod merge;
pub mod read;

use std::path::Path;

use anyhow::{Result, bail};

use crate::index::breach::Breach;
use crate::index::file::{File, Files};
use crate::index::files::EMBEDDED;
use crate::index::own::merge::{Count, merge};
use crate::index::rules;
use crate::text;

/// How many breaches an error names.
const NAMED: usize = 3;

/// A folder of the user's among the embedded files.
#[derive(Debug)]
pub struct Merged {
    /// All data files. Rows that cannot be are left out.
    pub files: Files,
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
    let read::Folder { files: own, mut breaches, .. } = read::folder(path)?;
    let is_read = breaches.is_empty();
    let (mut merged, mut counts): (Vec<File>, Vec<Count>) = (Vec::new(), Vec::new());
    for own in own {
        let (file, twice, count) = merge(own);
        breaches.extend(twice);
        merged.push(file);
        counts.push(count);
    }
    let own = |file: &File| merged.iter().find(|it| it.name == file.name).copied();
    let files = EMBEDDED.0.iter().map(|file| own(file).unwrap_or(*file));
    let files = Files(Vec::leak(files.collect()));
    // What names a row that could not be read would be a breach for no fault of its own.
    if is_read {
        breaches.extend(rules::breaches(files));
    }
    breaches.sort();
    breaches.dedup();
    Ok(Merged { files, breaches, counts })
}

/// The embedded files with the rows of a folder.
///
/// # Errors
/// It cannot be read, or breaks a rule: the first breaches.
pub fn files(path: &Path) -> Result<Files> {
    let merged = merged(path)?;
    if merged.breaches.is_empty() {
        return Ok(merged.files);
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
    Merged { files: EMBEDDED, breaches: rules::breaches(EMBEDDED), counts: Vec::new() }
}
