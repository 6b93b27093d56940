//! Near spellings: what to type instead of a name that is not known. Suggests, and never answers.

use crate::index::country::Country;
use crate::index::names::fold::fold;
use crate::index::names::letters::{Comparable, Letters};
use crate::index::names::notation::is_refused;
use crate::index::names::resolve::Resolver;
use crate::index::names::spellings::Kind;

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

/// The spellings nearest to `name`, nearest first, no two of the same country. At the same distance the
/// countries' own names come first, then other names in English, then those that begin with the same letter.
pub fn near<'index>(resolver: Resolver<'index>, name: &str) -> Vec<Suggestion<'index>> {
    if is_refused(name) {
        return Vec::new();
    }
    let key = fold(name);
    if key.is_empty() {
        return Vec::new();
    }
    let asked = Asked::new(&key);
    let mut found: Vec<Near> = Vec::new();
    for (key, place) in resolver.own_names() {
        if let Some(distance) = asked.distance(key, Letters::of(key))
            && let Some(country) = resolver.countries.get(*place)
        {
            let (class, otherwise) = asked.rank(key, Kind::Name);
            found.push((
                distance,
                class,
                otherwise,
                country.name.to_string(),
                country,
            ));
        }
    }
    for Comparable { key, letters, row } in resolver.names.keys() {
        if let Some(distance) = asked.distance(key, *letters)
            && let Some(row) = resolver
                .names
                .read(*row)
                .filter(|row| row.kind.is_name() && !row.is_composed())
            && let Some(country) = resolver.by_iso3(row.iso3)
        {
            let (class, otherwise) = asked.rank(key, row.kind);
            found.push((distance, class, otherwise, row.name().into_owned(), country));
        }
    }
    nearest(found)
}

/// A spelling that is near: its distance, its class, whether it begins otherwise, the spelling, the country. In
/// this order the smallest is the nearest.
type Near<'index> = (usize, u8, bool, String, &'index Country);

/// The nearest of the spellings found, the first of each country.
fn nearest(mut found: Vec<Near<'_>>) -> Vec<Suggestion<'_>> {
    found.sort_by(|a, b| (a.0, a.1, a.2, &a.3).cmp(&(b.0, b.1, b.2, &b.3)));
    let mut nearest: Vec<Suggestion> = Vec::with_capacity(MOST);
    for (_, _, _, spelling, country) in found {
        if nearest.len() < MOST
            && nearest
                .iter()
                .all(|other| other.country.iso3 != country.iso3)
        {
            nearest.push(Suggestion { spelling, country });
        }
    }
    nearest
}

/// How well a kind of name serves as a suggestion; the lowest best.
fn class(kind: Kind) -> u8 {
    match kind {
        Kind::Name => 0,
        Kind::Official | Kind::Alias | Kind::Former | Kind::Contested => 1,
        Kind::Endonym => 2,
        Kind::Translation => 3,
        _ => 4,
    }
}

/// A folded name to be compared with many keys.
struct Asked<'key> {
    key: &'key str,
    letters: Letters,
}

/// How many letters may differ: a longer name leaves more room before it is another one.
fn limit(letters: usize) -> usize {
    match letters {
        0..=4 => 1,
        5..=12 => 2,
        _ => 3,
    }
}

impl<'key> Asked<'key> {
    fn new(key: &'key str) -> Self {
        Self {
            key,
            letters: Letters::of(key),
        }
    }

    /// Letters added, dropped, changed or swapped to make the one of the other, if within the limit.
    fn distance(&self, key: &str, letters: Letters) -> Option<usize> {
        let limit = limit(self.letters.count.max(letters.count));
        if self.letters.differ_by_more(letters, limit) || self.bags_differ(key, limit) {
            return None;
        }
        Some(strsim::osa_distance(self.key, key)).filter(|distance| *distance <= limit)
    }

    /// Whether, order aside, more letters differ than the limit allows.
    fn bags_differ(&self, key: &str, limit: usize) -> bool {
        let mut surplus = [0_i16; 64];
        let mut count = |key: &str, step: i16| {
            for c in key.chars() {
                if let Some(letter) = surplus.get_mut(c as usize % 64) {
                    *letter += step;
                }
            }
        };
        count(self.key, 1);
        count(key, -1);
        let over: i16 = surplus.iter().filter(|count| **count > 0).sum();
        let under: i16 = surplus.iter().filter(|count| **count < 0).sum();
        usize::from(over.max(-under).unsigned_abs()) > limit
    }

    /// What ranks keys at the same distance: the class of the name, and whether it begins with another letter.
    fn rank(&self, key: &str, kind: Kind) -> (u8, bool) {
        (class(kind), self.key.chars().next() != key.chars().next())
    }
}

#[cfg(test)]
mod tests {
    use crate::index::files::EMBEDDED;
    use crate::index::load::load;

    #[test]
    fn the_nearest_spellings_come_first_and_each_names_another_country() {
        let index = load(EMBEDDED).expect("the data can be read");
        let near = |name: &str| -> Vec<&str> {
            let near = index.near(name).into_iter();
            near.map(|near| near.country.iso3).collect()
        };
        assert_eq!(near("Moldovia").first(), Some(&"MDA"));
        assert_eq!(near("Montenegr").first(), Some(&"MNE"));
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
