//! A country's tiers as a strip: one letter a report year.

use std::ops::RangeInclusive;

use anstyle::AnsiColor;

use crate::answer::tier_color;
use crate::index::Index;
use crate::index::placement::History;
use crate::output::cell::Cell;

/// The letter of a year that these data know nothing of.
const UNKNOWN: char = '.';

/// What the letters of a strip mean. `tiers.csv` has those of the tiers.
pub fn legend(index: &Index) -> String {
    let marks = index.tiers().iter();
    let mut marks: Vec<_> = marks
        .map(|tier| format!("{} {}", tier.mark, tier.name_in_sentence()))
        .collect();
    marks.push(format!("{UNKNOWN} not in these data"));
    marks.join(", ")
}

/// The tiers of these years, a letter each.
pub fn letters(
    index: &Index,
    history: &History<'_>,
    years: RangeInclusive<u16>,
) -> Vec<(char, Option<AnsiColor>)> {
    let letter = |year| {
        let placed = history.of(year)?;
        let definition = index.tier(placed.tier)?;
        Some((definition.mark, tier_color(placed.tier)))
    };
    years
        .map(|year| letter(year).unwrap_or((UNKNOWN, None)))
        .collect()
}

/// The years of a range, separated by decades, as a strip shows them.
pub fn decades(years: &RangeInclusive<u16>) -> Vec<RangeInclusive<u16>> {
    let (first, last) = (*years.start(), *years.end());
    let starts = (first / 10..=last / 10).map(|decade| decade * 10);
    starts
        .map(|start| start.max(first)..=(start + 9).min(last))
        .collect()
}

/// The history of a country in one line: each decade begins with its first year.
pub fn strip(index: &Index, history: &History<'_>) -> Cell {
    if history.placements().is_empty() {
        return Cell::Missing;
    }
    let mut strip = Vec::new();
    for years in decades(&index.years()) {
        let gap = if strip.is_empty() { "" } else { " " };
        let label = format!("{gap}{}:", years.start());
        strip.extend(label.chars().map(|letter| (letter, None)));
        strip.extend(letters(index, history, years));
    }
    Cell::Strip(strip)
}
