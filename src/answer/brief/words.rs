//! The words for tiers that the blocks of a page share.

use crate::answer::drawn::{NOT_KNOWN, UNKNOWN, named};
use crate::answer::tier_shade;
use crate::index::Index;
use crate::index::tier::Tier;
use crate::output::document::Mark;
use crate::output::palette::Shade;
use crate::text::capitalised;

/// What must be known wherever years are compared.
pub const CHANGED: &str = "Standards and coverage changed over the years: a change of tier is not by itself a change on the ground.";

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

/// Whether a move between two tiers is up; none where one of them is no rank, or both are one.
pub fn is_up(before: Option<Tier>, after: Option<Tier>) -> Option<bool> {
    let (before, after) = before.zip(after)?;
    let is_move = before != after && before.is_rank() && after.is_rank();
    is_move.then_some(after < before)
}
