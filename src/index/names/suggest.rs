//! Near spellings: what to type instead of a name that is not known. Suggests, and never answers.

use crate::index::country::Country;
use crate::index::names::fold::fold;
use crate::index::names::notation::is_refused;
use crate::index::names::resolve::Resolver;
use crate::index::names::spellings::{Kind, Spelling};

/// How many spellings are suggested.
const MOST: usize = 3;

/// A spelling near to the one asked for.
#[derive(Debug)]
pub struct Suggestion<'index> {
    /// The spelling as it is written.
    pub spelling: String,
    /// The country it names.
    pub country: &'index Country,
}

/// Every key, prepared to be compared with many names.
#[derive(Debug)]
pub struct Candidates {
    /// The countries' own names: the letters, the key, the place of the country.
    own: Vec<(CharSet, String, usize)>,
    /// The letters of the other keys, and the place of each one's row, the shortest first; those with many letters beyond
    /// ASCII by themselves.
    plain: Vec<(CharSet, u32)>,
    foreign: Vec<(CharSet, u32)>,
}

impl Candidates {
    /// Those of the table and of the countries.
    pub fn new(resolver: Resolver<'_>) -> Self {
        let own = resolver.own_names().iter();
        let own = own.map(|(key, place)| (CharSet::new(key), key.clone(), *place));
        let keys = resolver.names.every_key();
        let others = keys.map(|(place, key)| (key, (CharSet::new(key), place)));
        let beyond = |key: &str| key.chars().filter(|c| !c.is_ascii()).count() > FARTHEST;
        let (foreign, plain): (Vec<_>, Vec<_>) = others.partition(|(key, _)| beyond(key));
        let by_length = |keys: Vec<(&str, (CharSet, u32))>| {
            let mut keys: Vec<_> = keys.into_iter().map(|(_, key)| key).collect();
            keys.sort_by_key(|(letters, _)| letters.count);
            keys
        };
        Self { own: own.collect(), plain: by_length(plain), foreign: by_length(foreign) }
    }
}

/// The spellings nearest to `name`, nearest first, no two of the same country. At the same distance the countries' own
/// names come first, then other names in English, then those that begin with the same letter. What is no English name is
/// suggested only where it is nearer than any of them.
pub fn near<'index>(
    resolver: Resolver<'index>,
    candidates: &Candidates,
    name: &str,
) -> Vec<Suggestion<'index>> {
    if is_refused(name) {
        return Vec::new();
    }
    let key = fold(name);
    if key.is_empty() {
        return Vec::new();
    }
    let asked = Asked::new(&key);
    let whole_word = asked.whole_word(&candidates.own);
    let mut found: Vec<Near> = Vec::new();
    for (letters, key, place) in &candidates.own {
        let is_whole_word = whole_word == Some(*place);
        let distance = asked.distance(*letters, || key);
        let distance = if is_whole_word { Some(0) } else { distance };
        if let Some(distance) = distance
            && let Some(country) = resolver.countries.get(*place)
        {
            let otherwise = asked.begins_otherwise(key);
            found.push((distance, 0, otherwise, country.name.to_string(), country));
        }
    }
    let foreign = if key.is_ascii() { &[] } else { &*candidates.foreign };
    for keys in [&*candidates.plain, foreign] {
        for (letters, place) in asked.as_long(keys) {
            if let Some(distance) = asked.distance(*letters, || resolver.names.key_at(*place))
                && let Some(row) = resolver.names.row_at(*place)
                && let Some(class) = class(&row)
                && (class < FOREIGN || distance <= FAR_ABROAD)
                && let Some(country) = resolver.by_iso3(row.iso3)
            {
                let otherwise = asked.begins_otherwise(row.key);
                found.push((distance, class, otherwise, row.name.to_owned(), country));
            }
        }
    }
    nearest(found)
}

/// A spelling that is near: its distance, its class, whether it begins otherwise, the spelling, the country. In
/// this order the smallest is the nearest.
type Near<'index> = (usize, u8, bool, String, &'index Country);

/// The nearest of the spellings found, the first of each country.
fn nearest(mut found: Vec<Near<'_>>) -> Vec<Suggestion<'_>> {
    let english = found.iter().filter(|near| near.1 < FOREIGN);
    let english = english.map(|near| near.0).min();
    found.retain(|near| near.1 < FOREIGN || english.is_none_or(|english| near.0 < english));
    found.sort_by(|a, b| (a.0, a.1, a.2, &a.3).cmp(&(b.0, b.1, b.2, &b.3)));
    let mut nearest: Vec<Suggestion> = Vec::with_capacity(MOST);
    for (_, _, _, spelling, country) in found {
        if nearest.len() < MOST && nearest.iter().all(|other| other.country.iso3 != country.iso3) {
            nearest.push(Suggestion { spelling, country });
        }
    }
    nearest
}

/// The class from which on a name is in another language.
const FOREIGN: u8 = 2;

/// How far such a name may be: more languages than English have a word near to any.
const FAR_ABROAD: usize = 1;

/// How well a row serves as a suggestion, the lowest best; not at all if it names no one country. The own names are 0.
fn class(row: &Spelling) -> Option<u8> {
    let english = row.languages.split(';').any(|language| language == "en");
    let kind = match row.kind {
        Kind::Official | Kind::Alias | Kind::Former | Kind::Contested if english => 1,
        Kind::Official | Kind::Alias | Kind::Former | Kind::Contested => FOREIGN,
        Kind::Endonym => 3,
        Kind::Translation => 4,
        _ => 5,
    };
    (row.kind.is_name() && !row.is_composed()).then_some(kind)
}

/// A folded name to be compared with many keys.
struct Asked<'key> {
    key: &'key str,
    letters: CharSet,
    bag: Histogram,
}

/// How many letters may differ at most.
const FARTHEST: usize = 3;

/// How many letters may differ: a longer name leaves more room before it is another one.
fn limit(letters: usize) -> usize {
    match letters {
        0..=4 => 1,
        5..=12 => 2,
        _ => FARTHEST,
    }
}

impl<'key> Asked<'key> {
    fn new(key: &'key str) -> Self {
        Self { key, letters: CharSet::new(key), bag: Histogram::new(key) }
    }

    /// Of keys by length those that are about as long.
    fn as_long<'keys, T>(&self, keys: &'keys [(CharSet, T)]) -> &'keys [(CharSet, T)] {
        let count = self.letters.count;
        let (least, most) = (count.saturating_sub(FARTHEST), count + FARTHEST);
        let start = keys.partition_point(|(letters, _)| letters.count < least);
        let end = keys.partition_point(|(letters, _)| letters.count <= most);
        keys.get(start..end).unwrap_or_default()
    }

    /// Letters added, dropped, changed or swapped to make the one of the other, if within the limit. Of a short name
    /// half the letters stay.
    #[inline]
    fn distance<'k>(&self, letters: CharSet, key: impl Fn() -> &'k str) -> Option<usize> {
        const SHORT: usize = 4;
        let count = self.letters.count;
        let mut limit = limit(count.max(letters.count));
        if count < SHORT {
            limit = limit.min(count / 2);
        }
        if self.letters.differ_by_more(letters, limit) {
            return None;
        }
        let key = key();
        if self.bag.differs_by_more(key, limit) {
            return None;
        }
        Some(strsim::osa_distance(self.key, key)).filter(|distance| *distance <= limit)
    }

    /// The country whose own name, and no other's, holds it as a word: "Marino" is nearer to San Marino than to what has
    /// its letters.
    fn whole_word(&self, own: &[(CharSet, String, usize)]) -> Option<usize> {
        let mut holding =
            own.iter().filter(|(_, key, _)| key.split(' ').any(|word| word == self.key));
        let (_, _, place) = holding.next().filter(|_| self.letters.count > 2)?;
        let only = holding.all(|(_, _, other)| other == place);
        only.then_some(*place)
    }

    fn begins_otherwise(&self, key: &str) -> bool {
        self.key.chars().next() != key.chars().next()
    }
}

/// How many letters a key has, and which, each as one of 64 bits.
#[derive(Clone, Copy, Debug)]
struct CharSet {
    count: usize,
    set: u64,
}

impl CharSet {
    pub fn new(key: &str) -> Self {
        let none = Self { count: 0, set: 0 };
        key.chars().fold(none, |letters, c| Self {
            count: letters.count + 1,
            set: letters.set | 1 << (c as u32 % 64),
        })
    }

    /// Whether more than `limit` changes must be made to make the one key of the other; it may be so even if not.
    #[inline]
    fn differ_by_more(self, other: Self, limit: usize) -> bool {
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
struct Histogram([i16; 64]);

impl Histogram {
    pub fn new(key: &str) -> Self {
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
    fn differs_by_more(mut self, key: &str, limit: usize) -> bool {
        self.count(key, -1);
        let over: i16 = self.0.iter().map(|count| (*count).max(0)).sum();
        let under: i16 = self.0.iter().map(|count| (*count).min(0)).sum();
        usize::from(over.max(-under).unsigned_abs()) > limit
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Index;

    #[test]
    fn the_nearest_spellings_come_first_and_each_names_another_country() {
        let index = Index::embedded();
        let near = |name: &str| -> Vec<&str> {
            let near = index.near(name).into_iter();
            near.map(|near| near.country.iso3).collect()
        };
        assert_eq!(near("Moldovia").first(), Some(&"MDA"));
        assert_eq!(near("Montenegr").first(), Some(&"MNE"));
        assert_eq!(near("Marino"), ["SMR"]);
        assert!(!near("Republic").contains(&"COG"), "many are one");
        assert!(near("qqqqqqqq").is_empty());
        assert!(near("").is_empty());
        let several = near("Nigerie");
        assert!(several.len() <= 3, "{several:?}");
        let mut distinct = several.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), several.len());
    }
}
