//! The user's own data: rows in a folder that add to those of the embedded files, or replace them.

pub mod read;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};

use crate::index::file::{Breach, File, Origin, Place, SourceLine};
use crate::index::own::read::{Own, OwnRow};
use crate::index::row::Row;
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
    let read::Folder { files, mut breaches, .. } = read::folder(path)?;
    let is_read = breaches.is_empty();
    let (mut tables, mut counts) = (Tables::embedded(), Vec::new());
    for own in files {
        let (file, twice, count) = merge(own);
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

/// How many rows of a file the user added, and how many replaced.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// Rows that the embedded file does not have.
    pub added: usize,
    /// Rows that stand in the place of an embedded one.
    pub replaced: usize,
}

/// The embedded file with the rows of the user's, those that are there twice, and how many there are.
fn merge(own: Own) -> (File, Vec<Breach>, Count) {
    let base = own.base;
    let (kept, twice) = once(&own);
    let mut lines: Vec<(&'static str, SourceLine)> = Vec::new();
    let written = written(&kept);
    let new = written.lines().zip(&kept);
    let mut new: HashMap<Vec<String>, (&'static str, SourceLine)> = new
        .map(|(text, row)| {
            (key(base, row.cells.iter().cloned()), (text, SourceLine::Own(row.start)))
        })
        .collect();
    let mut replaced = 0;
    for (number, row) in (2..).zip(base.rows()) {
        let line = row.line();
        let own = new.remove(&key(base, row.cells().map(Cow::into_owned)));
        let own = own.filter(|(own, _)| *own != line);
        replaced += usize::from(own.is_some());
        lines.push(own.unwrap_or((line, SourceLine::Embedded(number))));
    }
    let added = new.len();
    // A map has no order: what is new comes as the user wrote it.
    let mut new: Vec<_> = new.into_values().collect();
    new.sort_by_key(|(text, _)| text.as_ptr() as usize);
    lines.extend(new);
    let sorted_by = base.schema().sorted_by.len();
    if sorted_by > 0 {
        let keys = |line: &'static str| Row::new(base, line).cells().take(sorted_by);
        lines.sort_by(|a, b| keys(a.0).cmp(keys(b.0)));
    }
    let mut text = base.header().to_owned();
    for (line, _) in &lines {
        text.push('\n');
        text.push_str(line);
    }
    text.push('\n');
    let origin = Origin {
        path: own.path,
        bytes: own.bytes,
        order: own.order,
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    };
    // The data live as long as the process.
    let file = File {
        text: Box::leak(text.into_boxed_str()),
        origin: Some(Box::leak(Box::new(origin))),
        ..*base
    };
    let count = Count { added, replaced };
    (file, twice, count)
}

/// The cells that tell a row from all others.
fn key(file: &File, cells: impl Iterator<Item = String>) -> Vec<String> {
    let columns = file.schema().key();
    let named = file.columns().zip(cells);
    let named = named.filter(|(name, _)| columns.iter().any(|column| column == name));
    named.map(|(_, cell)| cell).collect()
}

/// The first row of every key, and the others as breaches.
fn once(own: &Own) -> (Vec<&OwnRow>, Vec<Breach>) {
    let (mut seen, mut kept, mut twice) = (HashMap::new(), Vec::new(), Vec::new());
    for row in &own.rows {
        let key = key(own.base, row.cells.iter().cloned());
        if let Some(first) = seen.get(&key) {
            let named = own.base.schema().key().join(",");
            let what =
                format!("the same {named} as in line {first}: {}; take one away", key.join(","));
            twice.push(Place::cell(&own.path, &own.bytes, row.start, None, None).breach(what));
        } else {
            seen.insert(key, row.start.line);
            kept.push(row);
        }
    }
    (kept, twice)
}

/// The rows as a CSV writer writes them. No cell has a line break.
fn written(rows: &[&OwnRow]) -> &'static str {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Memory takes every record, and all are of one length.
        let _ = writer.write_record(&row.cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Box::leak(String::from_utf8_lossy(&bytes).into_owned().into_boxed_str())
}
