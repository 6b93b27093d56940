//! What drawings and pages of tiers share: the words for tiers; a country's tiers as a strip, a letter a year; what a letter and a shade mean, and what stands under all.

use std::ops::RangeInclusive;

use crate::answer::tier_shade;
use crate::index::{History, Index, Tier, TierDefinition};
use crate::output::{Cell, LegendKey, Letter, Mark, Moved, Ruler, Shade, Square};
use crate::text::{capitalised, span};

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

/// What stands for a tier that is not known, and what is to be said of it.
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
pub fn square(index: &Index, history: &History<'_>, year: u16) -> Square {
    let country = history.country;
    let placed = history.in_year(year);
    let tier = index.tier_in(history, year).and_then(|tier| index.tier(tier));
    let title = match (placed, tier) {
        (Some(placed), Some(tier)) => {
            format!("{}, {year}: {} ({})", country.name, tier.name_in_sentence(), placed.evidence)
        }
        (None, Some(tier)) => format!("{}, {year}: {}", country.name, tier.name_in_sentence()),
        _ => format!("{}, {year}: {NOT_KNOWN}", country.name),
    };
    let mark = tier.map(|tier| (tier.mark, tier.mark.to_string(), tier_shade(tier.tier)));
    let (letter, label, shade) = mark.unwrap_or((UNKNOWN, DOT.to_owned(), Shade::Unknown));
    Square { letter, label, shade, title, ..Square::default() }
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

/// What a drawing of tiers must say.
pub const OF_TIERS: &str = "A tier describes what a government does about trafficking, measured against a US statute; \
    it does not measure how much trafficking there is.";

/// What a drawing of roles must say.
pub const OF_ROLES: &str = "A role is how the report describes trafficking from, through and to a country; \
    it does not measure how much there is.";

/// What must be said wherever places are named or drawn and sent on.
pub const PLACES: &str = "Names and positions imply no view on any territory's status.";

/// Returns notes as sentences.
pub fn sentences(notes: &[String]) -> Vec<String> {
    let sentence = |note: &String| format!("{}.", capitalised(note.trim_end_matches('.')));
    notes.iter().map(sentence).collect()
}

/// Returns what stands at the foot of every picture.
pub fn foot() -> Vec<String> {
    vec![PLACES.to_owned(), format!("Drawn by tip {}", env!("CARGO_PKG_VERSION"))]
}

/// The letter of a year that these data know nothing of.
pub const UNKNOWN: char = '.';

pub const NOT_KNOWN: &str = "not in the data";

/// Returns a tier within a sentence, short: "Tier 2", "the Watch List", or that it is not known.
pub fn named(index: &Index, tier: Option<Tier>) -> String {
    match tier {
        None => NOT_KNOWN.to_owned(),
        Some(Tier::WatchList) => "the Watch List".to_owned(),
        Some(tier) => index.tier(tier).map_or(String::new(), TierDefinition::name_in_sentence),
    }
}

/// Returns the same where it stands alone: "Watch List".
pub fn label(index: &Index, tier: Option<Tier>) -> String {
    named(index, tier).trim_start_matches("the ").to_owned()
}

/// "in Tier 2", "on the Watch List".
pub fn in_tier(index: &Index, tier: Option<Tier>) -> String {
    let name = named(index, tier);
    match tier {
        Some(Tier::WatchList) => format!("on {name}"),
        Some(tier) if tier.is_rank() => format!("in {name}"),
        Some(Tier::Special) => format!("a {name}"),
        _ => name,
    }
}

/// The mark of a tier, with its name in full.
pub fn mark(index: &Index, tier: Option<Tier>) -> Mark {
    let known = tier.and_then(|tier| index.tier(tier));
    Mark {
        letter: known.map_or(UNKNOWN, |known| known.mark),
        shade: tier.map_or(Shade::Unknown, tier_shade),
        name: known.map_or(NOT_KNOWN.to_owned(), |known| capitalised(&known.name_in_sentence())),
    }
}

/// Returns the way from one rank to another; none where one of two tiers is no rank, or both are one.
pub fn moved(before: Option<Tier>, after: Option<Tier>) -> Option<Moved> {
    let (before, after) = before.zip(after)?;
    let is_move = before != after && before.is_rank() && after.is_rank();
    is_move.then_some(if after < before { Moved::Up } else { Moved::Down })
}

/// What the letters mean that are no number of a tier, as far as they are used. `tiers.csv` has those of the tiers.
pub fn legend(index: &Index, is_used: impl Fn(char) -> bool) -> Option<String> {
    let marks = index.tiers().iter();
    let marks = marks.filter(|it| !matches!(it.tier, Tier::One | Tier::Two | Tier::Three));
    let marks = marks.map(|tier| (tier.mark, tier.name_in_sentence()));
    let unknown = (UNKNOWN, NOT_KNOWN.to_owned());
    let used = marks.chain([unknown]).filter(|(mark, _)| is_used(*mark));
    let used: Vec<String> = used.map(|(mark, name)| format!("{mark} {name}")).collect();
    (!used.is_empty()).then(|| used.join(", "))
}

/// The tiers of these years, a letter each.
pub fn letters(index: &Index, history: &History<'_>, years: RangeInclusive<u16>) -> Vec<Letter> {
    let letter = |year| {
        let tier = index.tier_in(history, year)?;
        Some((index.tier(tier)?.mark, tier_shade(tier)))
    };
    years.map(|year| letter(year).unwrap_or((UNKNOWN, Shade::Unknown))).collect()
}

/// The years above a strip: the first, and every fifth.
pub fn ruler(years: &RangeInclusive<u16>) -> Ruler {
    let ticks = years.clone().enumerate();
    let ticks = ticks.filter(|(place, year)| *place == 0 || year.is_multiple_of(5));
    Ruler {
        span: span(*years.start(), *years.end()),
        ticks: ticks.map(|(place, year)| (place, format!("'{:02}", year % 100))).collect(),
    }
}

/// The history of a country in every report, as one cell.
pub fn strip(index: &Index, history: &History<'_>) -> Cell {
    if history.placements().is_empty() {
        return Cell::Missing;
    }
    Cell::Strip(letters(index, history, index.years()))
}
