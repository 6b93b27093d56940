//! An embedded file with the rows of the user's in their places.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::HashSet;
use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::index::file::{Breach, File, Origin, Place, SourceLine, lines as lines_of};
use crate::index::own::user_file::{Own, OwnRow};
use crate::index::row::{self, first_field};
use crate::text;

/// How many rows of a file the user added, and how many replaced.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// Rows that the embedded file does not have.
    pub added: usize,
    /// Rows that stand in the place of an embedded one.
    pub replaced: usize,
}

/// The embedded file with the rows of the user's, those that are there twice, and how many there are.
pub fn merge(own: &Own) -> (File, Vec<Breach>, Count) {
    let base = own.base;
    let (keys, twice) = Keys::new(own);
    let mut is_left: Vec<bool> = vec![true; own.rows.len()];
    for nth in &twice {
        if let Some(left) = is_left.get_mut(*nth) {
            *left = false;
        }
    }
    // Of most rows the first field says that they are not replaced: rows of one key begin alike.
    let fields: HashSet<&str> = own.rows.iter().map(|row| first_field(own.line(row))).collect();
    let mut count = Count { added: 0, replaced: 0 };
    let mut lines: Vec<(&str, SourceLine)> = Vec::with_capacity(own.rows.len());
    for (number, line) in (2..).zip(lines_of(base.body())) {
        let may_be = fields.contains(first_field(line));
        let place = may_be.then(|| keys.find(&key(base, line))).flatten();
        if let Some(left) = place.and_then(|place| is_left.get_mut(place)) {
            *left = false;
        }
        let row = place.and_then(|place| own.rows.get(place)).filter(|row| own.line(row) != line);
        count.replaced += usize::from(row.is_some_and(|row| row.start.is_some()));
        lines.push(row.map_or((line, SourceLine::Embedded(number)), |row| own_line(own, row)));
    }
    drop(fields);
    let new = own.rows.iter().zip(&is_left).filter(|(_, left)| **left).map(|(row, _)| row);
    for row in new {
        count.added += usize::from(row.start.is_some());
        lines.push(own_line(own, row));
    }
    let sorted_by = base.schema().sorted_by.len();
    if sorted_by > 0 {
        // What is sorted but for its end takes about one comparison per row.
        let cells = |line| row::cells(Some(line)).take(sorted_by);
        lines.sort_by(|(a, _), (b, _)| cells(a).cmp(cells(b)));
    }
    let twice = twice.iter().filter_map(|nth| keys.twice(own.rows.get(*nth)?));
    (merged(own, lines), twice.collect(), count)
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
fn key(file: &File, line: &str) -> String {
    let columns = file.schema().key();
    let named = file.columns().zip(row::cells(Some(line)));
    let named = named.filter(|(name, _)| columns.iter().any(|column| column == name));
    named.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
}

/// The first row of every key: no more than its index is held, for there may be 200,000.
struct Keys<'o> {
    own: &'o Own,
    rows: HashTable<usize>,
    hasher: RandomState,
}

impl<'o> Keys<'o> {
    /// The rows of a file, and the indexes of those that have the key of one before.
    fn new(own: &'o Own) -> (Self, Vec<usize>) {
        let rows = HashTable::with_capacity(own.rows.len());
        let (mut keys, mut twice) =
            (Self { own, rows, hasher: RandomState::default() }, Vec::new());
        for (nth, row) in own.rows.iter().enumerate() {
            let key = key(own.base, own.line(row));
            if keys.find(&key).is_some() {
                twice.push(nth);
            } else {
                let hash = keys.hasher.hash_one(&key);
                keys.rows.insert_unique(hash, nth, |_| 0);
            }
        }
        (keys, twice)
    }

    /// The index of the row with this key.
    fn find(&self, wanted: &str) -> Option<usize> {
        let is_it = |nth: &usize| {
            let row = self.own.rows.get(*nth);
            row.is_some_and(|row| key(self.own.base, self.own.line(row)) == wanted)
        };
        self.rows.find(self.hasher.hash_one(wanted), is_it).copied()
    }

    /// The breach that a row is whose key one before has.
    fn twice(&self, row: &OwnRow) -> Option<Breach> {
        let key = key(self.own.base, self.own.line(row));
        let first = self.own.rows.get(self.find(&key)?)?.start?;
        let named = self.own.base.schema().key().join(",");
        let what = format!("the same {named} as in line {}: {key}; take one away", first.line());
        let place = Place { line: row.start?.line(), ..Place::file(&text::path(&self.own.file)) };
        Some(place.breach(what))
    }
}
