//! An embedded file with the rows of the user's in their places.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::index::file::{Breach, File, Origin, Place, SourceLine};
use crate::index::own::Count;
use crate::index::own::user_file::{Own, OwnRow};
use crate::index::row;
use crate::text;

/// The embedded file with the rows of the user's, those that are there twice, and how many there are.
pub fn merge(mut own: Own) -> (File, Vec<Breach>, Count) {
    let base = own.base;
    let twice = take_out_twice(&mut own);
    let mut count = Count { added: 0, replaced: 0 };
    let mut new: HashMap<String, usize> = own
        .rows
        .iter()
        .enumerate()
        .map(|(nth, row)| (key(base, own.cells(row).into_iter()), nth))
        .collect();
    // Of most rows one cell of the key says that they are not replaced.
    let schema = base.schema();
    let nth = schema.key().first().and_then(|column| schema.index_of(column)).unwrap_or(0);
    let cell = |line| row::cells(Some(line)).nth(nth).unwrap_or_default();
    let cells: HashSet<Cow<'_, str>> = own.rows.iter().map(|row| cell(own.line(row))).collect();
    let is_new = |line| !cells.contains(&cell(line));
    let mut lines: Vec<(&str, SourceLine)> = Vec::new();
    let mut replaced = vec![false; own.rows.len()];
    for (number, line) in (2..).zip(base.text.lines().skip(1)) {
        let key = || key(base, row::cells(Some(line)));
        let place = if is_new(line) { None } else { new.remove(&key()) };
        let row = place.and_then(|place| {
            *replaced.get_mut(place)? = true;
            own.rows.get(place)
        });
        let row = row.filter(|row| own.line(row) != line);
        count.replaced += usize::from(row.is_some_and(|row| row.start.is_some()));
        lines.push(row.map_or((line, SourceLine::Embedded(number)), |row| own_line(&own, row)));
    }
    let new = own.rows.iter().zip(&replaced).filter(|(_, replaced)| !**replaced);
    let new: Vec<&OwnRow> = new.map(|(row, _)| row).collect();
    count.added = new.iter().filter(|row| row.start.is_some()).count();
    lines.extend(new.into_iter().map(|row| own_line(&own, row)));
    let sorted_by = base.schema().sorted_by.len();
    if sorted_by > 0 {
        // What is sorted but for its end takes about one comparison a row.
        let keys = |line| row::cells(Some(line)).take(sorted_by);
        lines.sort_by(|a, b| keys(a.0).cmp(keys(b.0)));
    }
    (merged(&own, lines), twice, count)
}

fn own_line<'o>(own: &'o Own, row: &OwnRow) -> (&'o str, SourceLine) {
    (own.line(row), row.start.map_or(SourceLine::WorkedOut, SourceLine::Own))
}

fn merged(own: &Own, lines: Vec<(&str, SourceLine)>) -> File {
    let length: usize = lines.iter().map(|(line, _)| line.len() + 1).sum();
    let mut text = String::with_capacity(own.base.header().len() + 1 + length);
    text.push_str(own.base.header());
    text.push('\n');
    for (line, _) in &lines {
        text.push_str(line);
        text.push('\n');
    }
    let origin = Origin {
        path: text::path(&own.file),
        file: own.file.clone(),
        bytes: OnceLock::new(),
        form: own.form.clone(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    };
    // The data live as long as the process.
    File {
        text: Box::leak(text.into_boxed_str()),
        origin: Some(Box::leak(Box::new(origin))),
        ..*own.base
    }
}

/// The cells that tell a row from all others, as one text.
fn key<'c>(file: &File, cells: impl Iterator<Item = Cow<'c, str>>) -> String {
    let columns = file.schema().key();
    let named = file.columns().zip(cells);
    let named = named.filter(|(name, _)| columns.iter().any(|column| column == name));
    named.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
}

/// Keeps the first row of every key, and gives the others as breaches.
fn take_out_twice(own: &mut Own) -> Vec<Breach> {
    let (mut first, mut twice) = (HashMap::new(), Vec::new());
    let named = own.base.schema().key().join(",");
    let path = text::path(&own.file);
    let rows = std::mem::take(&mut own.rows);
    let kept = rows.into_iter().filter(|row| {
        let key = key(own.base, own.cells(row).into_iter());
        let line = row.start.map_or(0, |start| start.line);
        match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(line);
                true
            }
            Entry::Occupied(entry) => {
                let what = format!(
                    "the same {named} as in line {}: {}; take one away",
                    entry.get(),
                    entry.key()
                );
                twice.push(Place { line, ..Place::file(&path) }.breach(what));
                false
            }
        }
    });
    own.rows = kept.collect();
    twice
}
