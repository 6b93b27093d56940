//! What must be said beside an answer: of years that are compared, and of single countries.

use std::ops::RangeInclusive;

use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::index::region::{Region, RegionKind};
use crate::index::report::Note;
use crate::index::years::Years;
use crate::text::{decapitalised, joined, quoted, span};

/// What a reader must know wherever years are compared.
pub const COMPARED: &str = "the standards and the countries covered changed from report to report; \
    a change of tier is not by itself a change on the ground";

/// What must be known of these countries' rows in these years.
pub fn notes(index: &Index, countries: &[&Country], years: &RangeInclusive<u16>) -> Vec<String> {
    each_once(countries.iter().flat_map(|country| {
        let notes = index.notes(country, years);
        notes.map(|note| (*country, note))
    }))
}

/// Says each note once, with the countries and the reports that it is about.
pub fn each_once<'i>(notes: impl Iterator<Item = (&'i Country, &'i Note)>) -> Vec<String> {
    let mut said: Vec<(&Note, Vec<&str>)> = Vec::new();
    for (country, note) in notes {
        let is_same =
            |known: &Note| (known.from, known.to, &known.text) == (note.from, note.to, &note.text);
        let known = said.iter().position(|(known, _)| is_same(known));
        let place = known.unwrap_or_else(|| {
            said.push((note, Vec::new()));
            said.len() - 1
        });
        if let Some((_, names)) = said.get_mut(place)
            && !names.contains(&&*country.name)
        {
            names.push(&country.name);
        }
    }
    let said = said.into_iter().map(|(note, names)| {
        format!("{} ({}): {}", joined(&names, "and"), span(note.from, note.to), note.text)
    });
    said.collect()
}

/// What must be known of the countries of a region: organisations have the members of today.
pub fn membership(region: &Region) -> Option<String> {
    (region.kind == RegionKind::Group).then(|| {
        let definition = decapitalised(region.definition.trim_end_matches('.'));
        format!("{}: {definition}", region.name)
    })
}

/// Says that a country is known and its placement in these years is not; of a report of which these data have every
/// country, that it is not in it.
pub fn no_placement(index: &Index, history: &History<'_>, years: &Years) -> String {
    let country = history.country;
    let name = quoted(&country.name);
    let whole = years.single().filter(|year| index.is_whole(*year));
    let missing = match whole.and_then(|year| index.report(year)) {
        Some(report) => format!(
            "{name} is not in the {} report, of whose {} countries these data have all",
            report.year,
            report.countries.unwrap_or_default()
        ),
        None => format!("no placement of {name} in {} is in these data", years.name()),
    };
    match (history.placements().first(), history.latest()) {
        (Some(first), Some(last)) => format!(
            "{missing}; they have placements from {} to {}: 'tip history {}'",
            first.year, last.year, country.iso3
        ),
        _ => missing,
    }
}
