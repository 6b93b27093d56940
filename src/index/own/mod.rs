//! The user's own data: rows in a folder that add to those of the embedded files, or replace them.

mod merge;
pub mod read;

use std::path::Path;

use anyhow::{Result, bail};

use crate::index::breach::{Breach, Place};
use crate::index::file::{File, Files};
use crate::index::files::EMBEDDED;
use crate::index::own::merge::{Count, merge};
use crate::index::own::read::LeftOut;
use crate::index::rules::{self, Known};
use crate::index::sorted::Sorted;
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
    let mut folder = read::folder(path)?;
    let (mut merged, mut counts): (Vec<File>, Vec<Count>) = (Vec::new(), Vec::new());
    for own in std::mem::take(&mut folder.files) {
        let (file, twice, count) = merge(own);
        for breach in twice {
            folder.note(breach);
        }
        merged.push(file);
        counts.push(count);
    }
    let is_own = |name: &str| merged.iter().any(|file| file.name == name);
    let about_names = ["names.csv", "countries.csv"];
    let known = Known {
        names: !about_names.into_iter().any(is_own),
        left_out: folder.left_out.iter().map(|row| (row.file, row.key.clone())).collect(),
    };
    let own = |file: &File| merged.iter().find(|it| it.name == file.name).copied();
    let files = EMBEDDED.0.iter().map(|file| own(file).unwrap_or(*file));
    let files = Files(Vec::leak(files.collect()));
    let mut breaches = folder.breaches;
    breaches.extend(unknown(&folder.left_out, files, &known));
    breaches.extend(rules::meaning(files, &known));
    breaches.sort();
    breaches.dedup();
    Ok(Merged { files, breaches, counts })
}

/// What rows that were left out name and no file has: no other rule looks at them.
fn unknown(rows: &[LeftOut], files: Files, known: &Known) -> Vec<Breach> {
    let named = rows.iter().flat_map(|row| &row.named);
    let is_known = |file: &'static str, key: &String| {
        let file_of_key = files.named(file);
        let mut found = Sorted::new(file_of_key).with_key(key);
        // One of a few that are not sorted is held by its type already.
        file_of_key.keys == 0 || found.next().is_some() || known.is_left_out(file, key)
    };
    let unknown = named.filter(|(file, key, _)| !is_known(file, key));
    let breach = |(file, key, place): &(&'static str, String, Place)| {
        let what = format!("{} is not in {file}; add it there", text::quoted(key));
        place.clone().breach(what)
    };
    unknown.map(breach).collect()
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
