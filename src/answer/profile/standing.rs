//! Where a country stands, and stood, in a sentence.

use crate::answer::strip::NOT_KNOWN;
use crate::index::Index;
use crate::index::placement::History;
use crate::index::tier::{Tier, TierDefinition};
use crate::output::card::NO_BREAK;
use crate::text::{capitalised, span};

/// The tiers of every report in one sentence or two, the newest first.
pub fn standing(index: &Index, history: &History<'_>) -> Option<String> {
    let first = history.placements().first()?.year;
    let newest = *index.years().end();
    let tiers: Vec<(u16, Option<Tier>)> =
        (first..=newest).map(|year| (year, history.of(year).map(|placed| placed.tier))).collect();
    let mut runs: Vec<_> = tiers.chunk_by(|(_, a), (_, b)| a == b).collect();
    let [(since, tier), ..] = runs.pop()? else {
        return None;
    };
    let now = capitalised(&named(index, *tier));
    if runs.is_empty() {
        return Some(format!("{now} in every report since {since}."));
    }
    let before = runs.iter().rev().filter_map(|run| {
        let ((from, tier), (to, _)) = run.first().zip(run.last())?;
        let run = format!("{} {}", named(index, *tier), span(*from, *to));
        Some(unbroken(&run))
    });
    let before: Vec<String> = before.collect();
    Some(format!("{now} since {since}. Before: {}.", before.join(", ")))
}

/// A tier inside a sentence, or that there is none.
fn named(index: &Index, tier: Option<Tier>) -> String {
    let Some(tier) = tier else {
        return NOT_KNOWN.to_owned();
    };
    match tier {
        Tier::WatchList => "Watch List".to_owned(),
        tier => index.tier(tier).map_or(String::new(), TierDefinition::name_in_sentence),
    }
}

/// Words that stay on one line.
pub fn unbroken(words: &str) -> String {
    words.replace(' ', &NO_BREAK.to_string())
}
