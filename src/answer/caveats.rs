//! What must be said beside an answer: of years that are compared, of reports not covered fully, of single countries.

use std::ops::RangeInclusive;

use crate::index::Index;
use crate::index::country::Country;
use crate::index::report::Report;
use crate::text::joined;

/// What a reader must know wherever years are compared.
pub const COMPARED: &str = "the standards and the countries covered changed from report to report; \
    a change of tier is not by itself a change on the ground";

/// What these data lack of the reports of these years, if anything.
pub fn coverage(index: &Index, years: &RangeInclusive<u16>) -> Option<String> {
    let incomplete = |report: &&Report| years.contains(&report.year) && !report.is_complete();
    let lacks = index.reports().iter().filter(incomplete).map(|report| {
        let missing = missing(index, report);
        let missing: Vec<_> = missing.iter().map(|country| &country.name).collect();
        format!("{} ({})", report.year, joined(&missing, "and"))
    });
    let lacks: Vec<_> = lacks.collect();
    (!lacks.is_empty()).then(|| {
        format!(
            "these data do not cover every report fully: {}; see 'tip coverage'",
            lacks.join(", ")
        )
    })
}

/// The countries of a report that these data are known to lack.
pub fn missing<'index>(index: &'index Index, report: &Report) -> Vec<&'index Country> {
    let codes = report.missing.iter();
    codes.filter_map(|iso3| index.country(iso3)).collect()
}

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
