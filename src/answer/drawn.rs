//! What the drawings of tiers share: what a letter and a shade mean, what is said of one square, and what stands under all.

use std::ops::RangeInclusive;

use crate::answer::strip::{NOT_KNOWN, UNKNOWN};
use crate::answer::tier_shade;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::Placement;
use crate::index::tier::Tier;
use crate::output::drawing::{LegendKey, Square};
use crate::output::palette::Shade;
use crate::text::span;

/// The sign in a file for what these data know nothing of.
const DOT: &str = "•";

/// What a tier's letter and shade mean, and what is to be said of it behind a colon.
pub fn tier_key(index: &Index, tier: Tier, said: &str) -> Option<LegendKey> {
    let definition = index.tier(tier)?;
    Some(LegendKey {
        letter: definition.mark,
        label: definition.mark.to_string(),
        shade: Some(tier_shade(tier)),
        name: with(&definition.name_in_sentence(), said),
    })
}

/// The same of what is not known.
pub fn unknown_key(said: &str) -> LegendKey {
    LegendKey {
        letter: UNKNOWN,
        label: DOT.to_owned(),
        shade: Some(Shade::Unknown),
        name: with(NOT_KNOWN, said),
    }
}

fn with(name: &str, said: &str) -> String {
    if said.is_empty() {
        return name.to_owned();
    }
    format!("{name}: {said}")
}

/// The square of a country in the report of a year, in the first row and column and without its code.
pub fn square(index: &Index, country: &Country, year: u16, placed: Option<&Placement>) -> Square {
    let tier = placed.and_then(|placed| index.tier(placed.tier));
    let title = match placed.zip(tier) {
        Some((placed, tier)) => {
            format!("{}, {year}: {} ({})", country.name, tier.name_in_sentence(), placed.evidence)
        }
        None => format!("{}, {year}: {NOT_KNOWN}", country.name),
    };
    Square {
        row: 0,
        column: 0,
        code: String::new(),
        letter: tier.map_or(UNKNOWN, |tier| tier.mark),
        label: tier.map_or(DOT.to_owned(), |tier| tier.mark.to_string()),
        shade: tier.map_or(Shade::Unknown, |tier| tier_shade(tier.tier)),
        moved: None,
        title,
        group: String::new(),
    }
}

/// The document, or the documents, that the tiers of these years stand in.
pub fn source(index: &Index, years: &RangeInclusive<u16>) -> String {
    let (first, last) = (*years.start(), *years.end());
    let report = index.report(first).filter(|_| first == last);
    let citation = report.and_then(|report| index.citation(report.document));
    let citation = citation.unwrap_or_else(|| {
        let years = span(first, last);
        format!("Trafficking in Persons Reports {years}, US Department of State")
    });
    format!("Source: {citation}")
}

/// What must be said under a drawing that travels without its notes.
pub fn caveats(notes: &[String]) -> Vec<String> {
    const METHOD: &str = "A tier describes what a government does about trafficking, measured against a US statute; \
        it does not measure how much trafficking there is. No name or place here is a claim about a territory.";
    let mut caveats = vec![METHOD.to_owned()];
    if !notes.is_empty() {
        caveats.push(format!("Notes: {}.", notes.join("; ")));
    }
    caveats.push(format!("Drawn by tip {}", env!("CARGO_PKG_VERSION")));
    caveats
}
