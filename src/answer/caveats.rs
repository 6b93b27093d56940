//! What must be said beside an answer: of years that are compared, and of single countries.

use std::ops::RangeInclusive;

use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::index::region::{Kind, Region};
use crate::index::years::Years;
use crate::text::{decapitalised, quoted};

/// What a reader must know wherever years are compared.
pub const COMPARED: &str = "the standards and the countries covered changed from report to report; \
    a change of tier is not by itself a change on the ground";

/// What must be known of these countries' rows in these years, each thing once.
pub fn notes(index: &Index, countries: &[&Country], years: &RangeInclusive<u16>) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for note in countries
        .iter()
        .flat_map(|country| index.notes(country, years))
    {
        if !notes.iter().any(|known| *known == note.text) {
            notes.push(note.text.to_string());
        }
    }
    notes
}

/// What must be known of the countries of a region: organisations have the members of today.
pub fn membership(region: &Region) -> Option<String> {
    (region.kind == Kind::Group).then(|| {
        let definition = decapitalised(region.definition.trim_end_matches('.'));
        format!("{}: {definition}", region.name)
    })
}

/// Says that a country is known and its placement in these years is not.
pub fn no_placement(history: &History<'_>, years: &Years) -> String {
    let country = history.country;
    let name = quoted(&country.name);
    match (history.placements().first(), history.latest()) {
        (Some(first), Some(last)) => format!(
            "no placement of {name} in {} is in these data, which have some from {} to {}; see 'tip history {}'",
            years.name(),
            first.year,
            last.year,
            country.iso3
        ),
        _ => format!("no placement of {name} is in these data"),
    }
}
