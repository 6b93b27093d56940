//! A country's tiers as a strip: one letter a report year.

use std::ops::RangeInclusive;

use crate::answer::tier_shade;
use crate::index::Index;
use crate::index::placement::History;
use crate::index::tier::Tier;
use crate::output::cell::Cell;
use crate::output::palette::Shade;
use crate::output::strip::{Letter, Ruler};
use crate::text::span;

/// The letter of a year that these data know nothing of.
pub const UNKNOWN: char = '.';

/// The same in words.
pub const NOT_KNOWN: &str = "not in these data";

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
        let placed = history.of(year)?;
        let definition = index.tier(placed.tier)?;
        Some((definition.mark, tier_shade(placed.tier)))
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
