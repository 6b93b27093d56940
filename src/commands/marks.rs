//! Tiers as letters in a strip of years, and the watch-list clock in words.

use std::ops::RangeInclusive;

use anstyle::AnsiColor;

use crate::commands::tier_color;
use crate::index::Index;
use crate::index::placement::History;
use crate::index::watch_list::Clock;
use crate::output::table::Cell;

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
    history: &History,
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

/// The years of a range, parted by decades, as a strip shows them.
pub fn decades(years: &RangeInclusive<u16>) -> Vec<RangeInclusive<u16>> {
    let (first, last) = (*years.start(), *years.end());
    let starts = (first / 10..=last / 10).map(|decade| decade * 10);
    starts
        .map(|start| start.max(first)..=(start + 9).min(last))
        .collect()
}

/// The history of a country in one line: each decade begins with its first year.
pub fn strip(index: &Index, history: &History) -> Cell {
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

/// How long a country has been on the Watch List, and the rule of that year.
pub fn clock_in_words(clock: &Clock<'_>) -> String {
    let consecutive = clock.consecutive();
    let reports = if consecutive == 1 {
        "report"
    } else {
        "reports"
    };
    let least = if clock.open { "at least " } else { "" };
    let years = if consecutive == 1 {
        clock.since.to_string()
    } else {
        format!("{}–{}", clock.since, clock.year)
    };
    let count = format!("{least}{consecutive} consecutive {reports} on the Watch List ({years})");
    let Some(rule) = clock.rule else {
        return format!("{count}; the statute set no limit then");
    };
    let year = clock.year;
    let says = match clock.waiver_from() {
        Some(first) => format!(
            "under the rule of {year}, a waiver is needed from consecutive report {first} on"
        ),
        None => format!(
            "under the rule of {year}, having come back from Tier 3, on these data, the country may stay for one report"
        ),
    };
    format!("{count}; {says}: {}", rule.rule)
}
