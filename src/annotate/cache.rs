//! The cache of cells: what each distinct cell names, and in how many rows it stands. A table of short cells met lately
//! answers most rows without a hash map; a limit with eviction of the rarer half, and a doorkeeper as in `TinyLFU` before
//! it, keep the memory bounded where every cell is another one.

use std::cmp::Reverse;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::annotate::bounded::Bounded;
use crate::annotate::values::Name;
use crate::input::column::Cell;

/// How many distinct cells that name no one country are kept, and how many bytes of them.
const MOST_CELLS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 19;

/// How many cells that name one country are kept, as many as 2^16 buckets hold, and how many bytes of them: many fit, for
/// nothing is counted of them.
const MOST_KNOWN: usize = (1 << 16) / 8 * 7;
const MOST_KNOWN_BYTES: usize = 3 << 18;

/// The longest cell that is kept, in bytes.
const LONGEST: usize = 1 << 8;

/// The slots of the table of recent cells, and of the doorkeeper.
const RECENT: usize = 1 << 12;
const DOORKEEPER: usize = 1 << 12;

/// A distinct cell that names no one country, and its rows.
#[derive(Debug)]
struct Entry {
    cell: Box<[u8]>,
    name: Name,
    rows: u64,
    unmatched: u64,
}

/// The entry of a cell of which no rows are counted.
const NO_ENTRY: u32 = u32::MAX;

/// A cell: what it names, and its place among the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it names.
    pub name: Name,
    entry: u32,
}

impl Found {
    fn uncounted(name: Name) -> Self {
        Self { name, entry: NO_ENTRY }
    }
}

/// A slot of the table of recent cells.
#[derive(Clone, Copy, Debug)]
struct Recent {
    /// The bytes of the cell.
    numbers: [u64; 4],
    /// Their number.
    len: u32,
    found: Found,
}

impl Recent {
    /// An empty slot: no cell has this length.
    const EMPTY: Self = Self {
        numbers: [0; 4],
        len: u32::MAX,
        found: Found { name: Name::UNKNOWN, entry: NO_ENTRY },
    };

    fn of(cell: Cell<'_>) -> Option<Self> {
        Some(Self {
            numbers: cell.numbers()?,
            len: u32::try_from(cell.bytes.len()).ok()?,
            ..Self::EMPTY
        })
    }

    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        let pairs = self.numbers.iter().zip(&other.numbers);
        let differ = pairs.fold(0, |differ, (a, b)| differ | (a ^ b));
        differ == 0 && self.len == other.len
    }

    /// The slot for this cell: Fibonacci hashing, with 2^64 divided by the golden ratio.
    #[inline]
    fn slot(&self) -> usize {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let [a, b, c, d] = self.numbers;
        let mixed = a ^ b.rotate_left(29) ^ c.rotate_left(43) ^ d.rotate_left(57);
        let slot = mixed.wrapping_mul(MIX) >> (u64::BITS - RECENT.trailing_zeros());
        usize::try_from(slot).unwrap_or(0)
    }
}

/// The distinct cells.
#[derive(Debug)]
pub struct Cache {
    /// The cells that name one country.
    known: Bounded<Name>,
    /// The other cells, and their places.
    entries: Vec<Entry>,
    places: HashTable<u32>,
    hasher: RandomState,
    recent: Vec<Recent>,
    /// The bytes of all cells.
    bytes: usize,
    /// Hashes of cells that came once, each in its slot. Empty while there is room for all.
    doorkeeper: Vec<u32>,
}

impl Cache {
    /// With no cells yet.
    pub fn new() -> Self {
        Self {
            known: Self::no_known(),
            // Memory that is not used yet is none: to grow would take twice as much for a while.
            entries: Vec::with_capacity(MOST_CELLS),
            places: HashTable::new(),
            hasher: RandomState::default(),
            recent: vec![Recent::EMPTY; RECENT],
            bytes: 0,
            doorkeeper: Vec::new(),
        }
    }

    fn no_known() -> Bounded<Name> {
        Bounded::new(MOST_KNOWN, MOST_KNOWN_BYTES)
    }

    /// Finds a cell.
    #[inline]
    pub fn find(&mut self, cell: Cell<'_>) -> Option<Found> {
        let Some(asked) = Recent::of(cell) else {
            return self.find_in_map(cell.bytes, None);
        };
        match self.recent.get(asked.slot()) {
            Some(known) if known.is_same(&asked) => Some(known.found),
            _ => self.find_in_map(cell.bytes, Some(asked)),
        }
    }

    fn find_in_map(&mut self, cell: &[u8], recent: Option<Recent>) -> Option<Found> {
        let hash = self.hasher.hash_one(cell);
        let counted = || {
            let at = |place: u32| self.entries.get(place as usize);
            let is_same = |place: &u32| at(*place).is_some_and(|entry| *entry.cell == *cell);
            let entry = *self.places.find(hash, is_same)?;
            let name = at(entry)?.name;
            Some(Found { name, entry })
        };
        let known = self.known.find(cell, hash).copied().map(Found::uncounted);
        let found = known.or_else(counted)?;
        if let Some(recent) = recent
            && let Some(slot) = self.recent.get_mut(recent.slot())
        {
            *slot = Recent { found, ..recent };
        }
        Some(found)
    }

    /// Counts a row with a cell, if it is kept.
    #[inline]
    pub fn count(&mut self, found: Found, unmatched: bool) {
        if let Some(entry) = self.entries.get_mut(found.entry as usize) {
            entry.rows += 1;
            entry.unmatched += u64::from(unmatched);
        }
    }

    /// Keeps a cell that names one country, if it is short.
    pub fn add_known(&mut self, cell: &[u8], name: Name) -> Found {
        if cell.len() <= LONGEST {
            self.known.add(cell, name, &self.hasher);
        }
        Found::uncounted(name)
    }

    /// Forgets the cells that name one country, of which nothing is counted.
    pub fn forget_known(&mut self) {
        self.known = Self::no_known();
        self.recent.fill(Recent::EMPTY);
    }

    /// Keeps another cell, if it is short and the doorkeeper admits it, with no row counted yet.
    pub fn add(&mut self, cell: &[u8], name: Name) -> Found {
        if cell.len() > LONGEST || !self.admits(cell) {
            return Found::uncounted(name);
        }
        if self.entries.len() >= MOST_CELLS || self.bytes + cell.len() > MOST_BYTES {
            self.evict_rarer();
        }
        self.bytes += cell.len();
        self.entries.push(Entry { cell: cell.into(), name, rows: 0, unmatched: 0 });
        let entry = self.list(self.entries.len() - 1);
        Found { name, entry }
    }

    /// Lets the entry at a place be found. Returns the place.
    fn list(&mut self, place: usize) -> u32 {
        let hash_of = |place: &u32| {
            let entry = self.entries.get(*place as usize);
            self.hasher.hash_one(entry.map_or(&[][..], |entry| &*entry.cell))
        };
        let place = u32::try_from(place).unwrap_or(NO_ENTRY);
        self.places.insert_unique(hash_of(&place), place, hash_of);
        place
    }

    /// Whether there is room for all, or the cell comes a second time.
    fn admits(&mut self, cell: &[u8]) -> bool {
        if self.doorkeeper.is_empty() {
            return true;
        }
        let hash = self.hasher.hash_one(cell);
        let mark = u32::try_from(hash >> 32).unwrap_or(0);
        let slot = usize::try_from(hash).unwrap_or(0) % DOORKEEPER;
        let known = self.doorkeeper.get_mut(slot);
        known.is_some_and(|known| std::mem::replace(known, mark) == mark)
    }

    /// Makes room: the half of the cells that stand in fewer rows goes.
    fn evict_rarer(&mut self) {
        self.doorkeeper.resize(DOORKEEPER, 0);
        self.entries.sort_unstable_by_key(|entry| Reverse(entry.rows));
        self.entries.truncate(self.entries.len() / 2);
        self.bytes = self.entries.iter().map(|entry| entry.cell.len()).sum();
        self.recent.fill(Recent::EMPTY);
        self.places.clear();
        for place in 0..self.entries.len() {
            self.list(place);
        }
    }

    /// The cells kept that stand in unmatched rows, what they name, and in how many.
    pub fn unmatched(&self) -> impl Iterator<Item = (&[u8], Name, u64)> {
        let unmatched = self.entries.iter().filter(|entry| entry.unmatched > 0);
        unmatched.map(|entry| (&*entry.cell, entry.name, entry.unmatched))
    }
}

#[cfg(test)]
mod tests;
