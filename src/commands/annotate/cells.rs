//! The distinct cells met up to now, with what is added for each and in how many rows it stands.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use crate::commands::annotate::rank::{RowYear, Status};
use crate::input::capture::Cell;
use crate::input::field;

/// How many distinct cells are remembered, and how many bytes of them.
const MOST_CELLS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 21;

/// The longest cell that is remembered.
const LONGEST: usize = 1 << 8;

/// How many short cells are kept at hand.
const RECENT: usize = 1 << 12;

/// How many marks of cells that came when there was no room are kept.
const KNOCKED: usize = 1 << 12;

/// A distinct cell.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The length of the cell in its key; the rest is the year's.
    cell: u32,
    /// Where what is added for it stands in the texts.
    start: u32,
    end: u32,
    status: Status,
    /// In how many rows it stands.
    rows: u64,
}

/// A short cell met lately.
#[derive(Clone, Copy, Debug)]
struct Recent {
    numbers: [u64; 4],
    len: u32,
    year: RowYear,
    entry: u32,
}

impl Default for Recent {
    /// No cell: none has this length.
    fn default() -> Self {
        Self {
            numbers: [0; 4],
            len: u32::MAX,
            year: RowYear::SAME,
            entry: 0,
        }
    }
}

impl Recent {
    /// Whether the cells are the same.
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        let pairs = self.numbers.iter().zip(&other.numbers);
        let differ = pairs.fold(0, |differ, (a, b)| differ | (a ^ b));
        differ == 0 && (self.len, self.year) == (other.len, other.year)
    }

    /// Where it is kept.
    #[inline]
    fn slot(&self) -> usize {
        // An odd number whose bits look random: the golden ratio, as is usual.
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let [a, b, c, d] = self.numbers;
        let [low, high] = self.year.bytes();
        let a = a ^ u64::from(low) << 8 ^ u64::from(high);
        let mixed = a ^ b.rotate_left(29) ^ c.rotate_left(43) ^ d.rotate_left(57);
        let slot = mixed.wrapping_mul(MIX) >> (u64::BITS - RECENT.trailing_zeros());
        usize::try_from(slot).unwrap_or(0)
    }
}

/// The distinct cells. There is a limit to them: where they are too many, the rarer half is forgotten.
#[derive(Debug)]
pub struct Cells {
    /// The cells by their bytes and years, as places among the entries.
    places: HashMap<Box<[u8]>, u32, RandomState>,
    entries: Vec<Entry>,
    /// Short cells met lately, by a few bits of their bytes: most rows are answered here.
    recent: Vec<Recent>,
    /// What is added for each; first of all, for a name that cannot be a country's.
    texts: Vec<u8>,
    strange: u32,
    /// The bytes of all keys.
    bytes: usize,
    /// Whether there was no room for all.
    crowded: bool,
    /// The key of a cell and its year.
    key: Vec<u8>,
    /// Marks of cells that came once when there was no room for all.
    knocked: Vec<u32>,
    /// Rows whose cells are not remembered, by status.
    others: [u64; Status::ALL.len()],
}

impl Cells {
    /// None yet. `strange` is what is added for a name that cannot be a country's.
    pub fn new(strange: Vec<u8>) -> Self {
        Self {
            places: HashMap::default(),
            entries: Vec::new(),
            recent: vec![Recent::default(); RECENT],
            strange: small(strange.len()),
            texts: strange,
            bytes: 0,
            crowded: false,
            key: Vec::new(),
            knocked: Vec::new(),
            others: [0; Status::ALL.len()],
        }
    }

    /// Counts a row with this cell, if it is remembered. Returns its place.
    #[inline]
    pub fn find(&mut self, cell: Cell<'_>, year: RowYear) -> Option<u32> {
        let Some(numbers) = cell.numbers() else {
            return self.find_long(cell.bytes, year, None);
        };
        let asked = Recent {
            numbers,
            len: small(cell.bytes.len()),
            year,
            entry: 0,
        };
        let known = self.recent.get(asked.slot());
        let Some(known) = known.filter(|known| known.is_same(&asked)) else {
            return self.find_long(cell.bytes, year, Some(asked));
        };
        let place = known.entry;
        self.count(place);
        Some(place)
    }

    /// The same for a cell that is not short, or was not met lately.
    fn find_long(&mut self, cell: &[u8], year: RowYear, recent: Option<Recent>) -> Option<u32> {
        let place = *self.places.get(key(&mut self.key, cell, year))?;
        if let Some(recent) = recent
            && let Some(slot) = self.recent.get_mut(recent.slot())
        {
            *slot = Recent {
                entry: place,
                ..recent
            };
        }
        self.count(place);
        Some(place)
    }

    #[inline]
    fn count(&mut self, place: u32) {
        if let Some(entry) = self.entries.get_mut(place as usize) {
            entry.rows += 1;
        }
    }

    /// What is added for the cell at a place.
    #[inline]
    pub fn text(&self, place: u32) -> (&[u8], Status) {
        let Some(entry) = self.entries.get(place as usize) else {
            return (&[], Status::Unknown);
        };
        let text = self.texts.get(entry.start as usize..entry.end as usize);
        (text.unwrap_or_default(), entry.status)
    }

    /// What is added for a name that cannot be a country's.
    pub fn strange(&self) -> &[u8] {
        self.texts.get(..self.strange as usize).unwrap_or_default()
    }

    /// Remembers a cell and what is added for it, and counts its row.
    pub fn add(&mut self, cell: &[u8], year: RowYear, text: &[u8], status: Status) {
        if cell.len() > LONGEST {
            return self.other(status, 1);
        }
        let start = self.texts.len();
        self.texts.extend_from_slice(text);
        self.insert(cell, year, start, status);
    }

    /// The same for a name that cannot be a country's. Where there is no room for all, only one that comes again is
    /// remembered: the others cost nothing but their count.
    pub fn add_strange(&mut self, cell: &[u8], year: RowYear) {
        if cell.len() > LONGEST || self.crowded && !self.comes_again(cell) {
            return self.other(Status::Unknown, 1);
        }
        self.insert(cell, year, 0, Status::Unknown);
    }

    fn insert(&mut self, cell: &[u8], year: RowYear, start: usize, status: Status) {
        let end = if start == 0 {
            self.strange
        } else {
            small(self.texts.len())
        };
        let key = key(&mut self.key, cell, year);
        self.bytes += key.len();
        self.places.insert(key.into(), small(self.entries.len()));
        self.entries.push(Entry {
            cell: small(cell.len()),
            start: small(start),
            end,
            status,
            rows: 1,
        });
        if self.places.len() > MOST_CELLS || self.bytes + self.texts.len() > MOST_BYTES {
            self.forget_the_rarer();
        }
    }

    fn comes_again(&mut self, cell: &[u8]) -> bool {
        self.knocked.resize(KNOCKED, 0);
        let hash = self.places.hasher().hash_one(cell);
        let mark = u32::try_from(hash >> 32).unwrap_or(0);
        let slot = usize::try_from(hash).unwrap_or(0) % KNOCKED;
        let known = self.knocked.get_mut(slot);
        known.is_some_and(|known| std::mem::replace(known, mark) == mark)
    }

    fn forget_the_rarer(&mut self) {
        self.crowded = true;
        let entries = std::mem::take(&mut self.entries);
        let texts = std::mem::take(&mut self.texts);
        let places = std::mem::take(&mut self.places).into_iter();
        let known = places.filter_map(|(key, place)| Some((key, *entries.get(place as usize)?)));
        let mut known: Vec<(Box<[u8]>, Entry)> = known.collect();
        known.sort_unstable_by_key(|(_, entry)| std::cmp::Reverse(entry.rows));
        let rarer = known.split_off(known.len() / 2);
        for (_, entry) in rarer {
            self.other(entry.status, entry.rows);
        }
        self.bytes = 0;
        self.texts
            .extend_from_slice(texts.get(..self.strange as usize).unwrap_or_default());
        for (key, mut entry) in known {
            if entry.start > 0 {
                let text = texts.get(entry.start as usize..entry.end as usize);
                entry.start = small(self.texts.len());
                self.texts.extend_from_slice(text.unwrap_or_default());
                entry.end = small(self.texts.len());
            }
            self.bytes += key.len();
            self.places.insert(key, small(self.entries.len()));
            self.entries.push(entry);
        }
        self.recent.fill(Recent::default());
    }

    /// Counts rows whose cell is not remembered.
    fn other(&mut self, status: Status, rows: u64) {
        if let Some(others) = self.others.get_mut(status as usize) {
            *others += rows;
        }
    }

    /// How many rows have a status.
    pub fn rows(&self, status: Status) -> u64 {
        let remembered = self.entries.iter().filter(|entry| entry.status == status);
        remembered.map(|entry| entry.rows).sum::<u64>() + self.others(status)
    }

    /// How many rows of a status have cells that are not remembered.
    pub fn others(&self, status: Status) -> u64 {
        self.others.get(status as usize).copied().unwrap_or(0)
    }

    /// The unmatched names that are remembered, with their rows, the most frequent first.
    pub fn unmatched(&self) -> Vec<(String, Status, u64)> {
        let mut rows: HashMap<(String, Status), u64> = HashMap::new();
        for (key, place) in &self.places {
            let entry = self.entries.get(*place as usize);
            let Some(entry) = entry.filter(|entry| entry.status.is_unmatched()) else {
                continue;
            };
            let cell = key.get(..entry.cell as usize).unwrap_or_default();
            let name = String::from_utf8_lossy(&field::value(cell)).into_owned();
            *rows.entry((name, entry.status)).or_default() += entry.rows;
        }
        let named = rows.into_iter();
        let mut named: Vec<_> = named
            .map(|((name, status), rows)| (name, status, rows))
            .collect();
        named.sort_by(|(a, _, more), (b, _, less)| less.cmp(more).then_with(|| a.cmp(b)));
        named
    }
}

/// The key of a cell: with its year, where rows have their own.
fn key<'a>(scratch: &'a mut Vec<u8>, cell: &'a [u8], year: RowYear) -> &'a [u8] {
    if year == RowYear::SAME {
        return cell;
    }
    scratch.clear();
    scratch.extend_from_slice(cell);
    scratch.extend_from_slice(&year.bytes());
    scratch
}

/// A length or a place of what is remembered, which is never much.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
