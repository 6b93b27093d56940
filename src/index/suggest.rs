//! Near spellings: what to type instead of a name that is not known. Suggests, and never answers.

use crate::index::country::Country;
use crate::index::fold::fold;
use crate::index::names::{LONGEST, Names, by_iso3, line_key, spellings};

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

/// The spellings nearest to `name`, nearest first, no two of the same country. The countries' own names come
/// before other spellings at the same distance.
pub fn near<'index>(
    countries: &'index [Country],
    names: &Names,
    name: &str,
) -> Vec<Suggestion<'index>> {
    let key = fold(name);
    if key.is_empty() || name.chars().count() > LONGEST {
        return Vec::new();
    }
    let limit = limit(&key);
    let mut found: Vec<(usize, bool, String, &Country)> = Vec::new();
    for country in countries {
        if let Some(distance) = distance(&key, &fold(&country.name), limit) {
            found.push((distance, false, country.name.clone(), country));
        }
    }
    for line in names.lines() {
        if let Some(distance) = distance(&key, line_key(line), limit) {
            for spelling in spellings(line) {
                if let [iso3] = spelling.iso3.as_slice()
                    && let Some(country) = by_iso3(countries, iso3)
                {
                    found.push((distance, true, spelling.name, country));
                }
            }
        }
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    let mut nearest: Vec<Suggestion> = Vec::with_capacity(MOST);
    for (_, _, spelling, country) in found {
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

/// How many letters may differ: a longer name leaves more room before it is another one.
fn limit(key: &str) -> usize {
    match key.chars().count() {
        0..=4 => 1,
        5..=12 => 2,
        _ => 3,
    }
}

/// Letters added, dropped, changed or swapped between two keys, if not more than `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.chars().count().abs_diff(b.chars().count()) > limit {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|distance| *distance <= limit)
}
