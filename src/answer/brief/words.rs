//! The words for tiers and runs that the blocks of a page share.

use crate::answer::drawn::NOT_KNOWN;
use crate::answer::row::CountryReport;
use crate::answer::tier_shade;
use crate::index::Index;
use crate::index::tier::{Tier, TierDefinition};
use crate::output::document::Mark;
use crate::output::palette::Shade;
use crate::text::capitalised;

/// Reports that follow one another with one tier: the first, the last, and the tier if it is known.
pub type Run = (u16, u16, Option<Tier>);

/// A tier within a sentence, short.
pub fn named(index: &Index, tier: Option<Tier>) -> String {
    match tier {
        None => NOT_KNOWN.to_owned(),
        Some(Tier::WatchList) => "the Watch List".to_owned(),
        Some(tier) => index.tier(tier).map_or(String::new(), TierDefinition::name_in_sentence),
    }
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
        letter: known.map_or('.', |known| known.mark),
        shade: tier.map_or(Shade::Unknown, tier_shade),
        name: known.map_or(NOT_KNOWN.to_owned(), |known| capitalised(&known.name_in_sentence())),
    }
}

/// Returns every run of one tier in the whole reports up to a year.
pub fn runs(row: &CountryReport<'_>, last: u16) -> Vec<Run> {
    let (index, history) = (row.index(), &row.record.history);
    let years = *index.years().start()..=last;
    let tiers: Vec<_> = years.map(|year| (year, index.tier_in(history, year))).collect();
    let runs = tiers.chunk_by(|(_, a), (_, b)| a == b).filter_map(|run| {
        let ((from, tier), (to, _)) = run.first().zip(run.last())?;
        Some((*from, *to, *tier))
    });
    runs.collect()
}

/// Whether a move between two tiers is up; none where one of them is no rank, or both are one.
pub fn is_up(before: Option<Tier>, after: Option<Tier>) -> Option<bool> {
    let (before, after) = before.zip(after)?;
    let is_move = before != after && before.is_rank() && after.is_rank();
    is_move.then_some(after < before)
}
