//! What each distinct text of a stream of names stands for, in bounded memory.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// How many texts are kept, and about how many bytes of them.
const MOST: usize = 1 << 16;
const MOST_BYTES: usize = 2 << 20;

/// Values by texts, to be cleared when full: most tables have some hundred names, and those with more are read on as fast
/// as names are resolved.
#[derive(Debug)]
pub struct Cache<V> {
    entries: HashTable<Entry<V>>,
    /// The texts, one behind the other: most are short, and all go at once.
    texts: Vec<u8>,
    /// How many texts are kept.
    most: usize,
    hasher: RandomState,
}

/// Where a text begins and ends, and its value.
#[derive(Debug)]
struct Entry<V>(u32, u32, V);

impl<V> Entry<V> {
    fn text<'a>(&self, texts: &'a [u8]) -> &'a [u8] {
        texts.get(self.0 as usize..self.1 as usize).unwrap_or_default()
    }
}

impl<V: Clone> Cache<V> {
    pub fn new() -> Self {
        Self::keeping(MOST)
    }

    /// Creates an empty cache that keeps fewer texts, for values that are large.
    pub fn keeping(most: usize) -> Self {
        let hasher = RandomState::default();
        Self { entries: HashTable::new(), texts: Vec::new(), most, hasher }
    }

    /// Returns the value of a text, if it is kept.
    #[inline]
    pub fn get(&self, text: &[u8]) -> Option<V> {
        let is_same = |entry: &Entry<V>| entry.text(&self.texts) == text;
        self.entries.find(self.hasher.hash_one(text), is_same).map(|entry| entry.2.clone())
    }

    /// Keeps the value of a text that has none yet.
    pub fn add(&mut self, text: &[u8], value: V) {
        let start = self.texts.len();
        self.texts.extend_from_slice(text);
        let [start, end] =
            [start, self.texts.len()].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        let hash_of = |entry: &Entry<V>| self.hasher.hash_one(entry.text(&self.texts));
        let hash = self.hasher.hash_one(text);
        self.entries.insert_unique(hash, Entry(start, end, value), hash_of);
    }

    /// Returns the value of a text as it is kept, or as it is found now.
    pub fn get_or(&mut self, text: &[u8], find: impl FnOnce() -> V) -> V {
        self.get(text).unwrap_or_else(|| {
            self.clear_if_full();
            let value = find();
            self.add(text, value.clone());
            value
        })
    }

    pub fn clear_if_full(&mut self) -> bool {
        let is_full = self.entries.len() >= self.most || self.texts.len() >= MOST_BYTES;
        if is_full {
            self.entries.clear();
            self.texts.clear();
        }
        is_full
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_until_there_are_too_many_texts_or_bytes_of_them() {
        for (texts, len) in [(MOST, 5), (MOST_BYTES / 1024, 1024)] {
            let mut cache = Cache::new();
            for number in 0..texts {
                assert!(!cache.clear_if_full(), "{number} of {len} bytes");
                cache.add(format!("{number:0len$}").as_bytes(), number);
            }
            let first = format!("{:0len$}", 0);
            assert_eq!(cache.get(first.as_bytes()), Some(0));
            assert!(cache.clear_if_full());
            assert_eq!(cache.get(first.as_bytes()), None);
        }
    }
}
