//! Keys prepared to be compared with many names.

use crate::index::row::Row;

/// A key of the table, prepared to be compared with many names.
#[derive(Clone, Copy, Debug)]
pub struct Comparable {
    /// The key.
    pub key: &'static str,
    /// Its letters.
    pub letters: Letters,
    /// Its row, yet to be read.
    pub row: Row,
}

/// How many letters a key has, and which, each as one of 64 bits: most keys are ruled out as near ones by that.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// How many.
    pub count: usize,
    set: u64,
}

impl Letters {
    /// The letters of a key.
    pub fn of(key: &str) -> Self {
        let none = Self { count: 0, set: 0 };
        key.chars().fold(none, |letters, c| Self {
            count: letters.count + 1,
            set: letters.set | 1 << (c as u32 % 64),
        })
    }

    /// Whether more than `limit` changes must be made to make the one key of the other; it may be so even if not.
    pub fn differ_by_more(self, other: Self, limit: usize) -> bool {
        let more = |letters: u64| {
            // Each step takes the lowest letter away: cheaper than to count them.
            let left = (0..limit).fold(letters, |left, _| left & left.wrapping_sub(1));
            left != 0
        };
        self.count.abs_diff(other.count) > limit
            || more(self.set & !other.set)
            || more(other.set & !self.set)
    }
}
