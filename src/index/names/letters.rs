//! The letters of a key, by which most others are ruled out as near ones without a look at their order.

/// How many letters a key has, and which, each as one of 64 bits.
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
    #[inline]
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

/// How often a key has each letter, as one of 64.
#[derive(Clone, Copy, Debug)]
pub struct Bag([i16; 64]);

impl Bag {
    /// The letters of a key.
    pub fn of(key: &str) -> Self {
        let mut bag = Self([0; 64]);
        bag.count(key, 1);
        bag
    }

    fn count(&mut self, key: &str, step: i16) {
        for c in key.chars() {
            if let Some(letter) = self.0.get_mut(c as usize % 64) {
                *letter += step;
            }
        }
    }

    /// Whether, order aside, more than `limit` letters differ from those of a key.
    pub fn differs_by_more(mut self, key: &str, limit: usize) -> bool {
        self.count(key, -1);
        let over: i16 = self.0.iter().map(|count| (*count).max(0)).sum();
        let under: i16 = self.0.iter().map(|count| (*count).min(0)).sum();
        usize::from(over.max(-under).unsigned_abs()) > limit
    }
}
