//! The cells that name one country: many fit, for nothing is counted of them. When they fill their room, all go.

use hashbrown::HashTable;

use crate::annotate::values::Name;

/// How many cells are kept, as many as 2^16 buckets hold, and how many bytes of them.
const MOST_CELLS: usize = (1 << 16) / 8 * 7;
const MOST_BYTES: usize = 3 << 18;

/// The cells that name one country.
#[derive(Debug)]
pub struct KnownCells {
    places: HashTable<Place>,
    /// The cells, one behind the other.
    bytes: Vec<u8>,
}

/// Where a cell stands among the bytes, and what it names.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    len: u32,
    name: Name,
}

impl Place {
    fn cell(self, bytes: &[u8]) -> &[u8] {
        let start = self.start as usize;
        let cell = bytes.get(start..start + self.len as usize);
        cell.unwrap_or_default()
    }
}

impl KnownCells {
    /// None yet.
    pub fn new() -> Self {
        Self {
            places: HashTable::new(),
            bytes: Vec::with_capacity(MOST_BYTES),
        }
    }

    /// What a cell names, by its hash.
    pub fn find(&self, cell: &[u8], hash: u64) -> Option<Name> {
        let is_same = |place: &Place| place.cell(&self.bytes) == cell;
        let place = self.places.find(hash, is_same)?;
        Some(place.name)
    }

    /// Keeps a cell that is not kept yet. `hash`: what hashes cells.
    pub fn add(&mut self, cell: &[u8], name: Name, hash: impl Fn(&[u8]) -> u64) {
        if self.places.len() == MOST_CELLS || self.bytes.len() + cell.len() > MOST_BYTES {
            self.places.clear();
            self.bytes.clear();
        }
        let len = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let place = Place {
            start: len(self.bytes.len()),
            len: len(cell.len()),
            name,
        };
        self.bytes.extend_from_slice(cell);
        let hash_of = |place: &Place| hash(place.cell(&self.bytes));
        self.places.insert_unique(hash(cell), place, hash_of);
    }
}
