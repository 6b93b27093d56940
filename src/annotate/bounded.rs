//! Values by keys of bytes, in bounded memory: when the keys fill their room, all go.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Values by their keys. A key is hashed once by whoever asks, for what else it may be asked with.
#[derive(Debug)]
pub struct Bounded<V> {
    entries: HashTable<Slot<V>>,
    /// The keys, one behind the other.
    keys: Vec<u8>,
    /// How many keys are kept, and how many bytes of them.
    most: usize,
    most_bytes: usize,
}

/// Where a key stands among the bytes, and its value.
#[derive(Debug)]
struct Slot<V> {
    start: u32,
    len: u32,
    value: V,
}

impl<V> Slot<V> {
    fn key<'a>(&self, keys: &'a [u8]) -> &'a [u8] {
        let start = self.start as usize;
        let key = keys.get(start..start + self.len as usize);
        key.unwrap_or_default()
    }
}

impl<V> Bounded<V> {
    /// None yet; so many at most, with so many bytes.
    pub fn new(most: usize, most_bytes: usize) -> Self {
        Self {
            entries: HashTable::new(),
            // Memory that is not used yet is none: to grow would take twice as much for a while.
            keys: Vec::with_capacity(most_bytes),
            most,
            most_bytes,
        }
    }

    /// The value of a key, by its hash.
    pub fn find(&self, key: &[u8], hash: u64) -> Option<&V> {
        let is_same = |entry: &Slot<V>| entry.key(&self.keys) == key;
        self.entries.find(hash, is_same).map(|entry| &entry.value)
    }

    /// The same, to be changed.
    pub fn find_mut(&mut self, key: &[u8], hash: u64) -> Option<&mut V> {
        let is_same = |entry: &Slot<V>| entry.key(&self.keys) == key;
        let entry = self.entries.find_mut(hash, is_same);
        entry.map(|entry| &mut entry.value)
    }

    /// Keeps the value of a key that has none yet.
    pub fn add(&mut self, key: &[u8], value: V, hasher: &RandomState) {
        if self.entries.len() == self.most || self.keys.len() + key.len() > self.most_bytes {
            self.entries.clear();
            self.keys.clear();
        }
        let len = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let entry = Slot { start: len(self.keys.len()), len: len(key.len()), value };
        self.keys.extend_from_slice(key);
        let hash_of = |entry: &Slot<V>| hasher.hash_one(entry.key(&self.keys));
        self.entries.insert_unique(hasher.hash_one(key), entry, hash_of);
    }
}
