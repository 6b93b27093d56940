//! How many ranks there are: one that two states shared counts once.

use std::collections::BTreeSet;

use crate::index::placement::Placement;

/// How many ranks of one report these placements are.
pub fn distinct<'p>(placements: impl Iterator<Item = &'p Placement>) -> usize {
    let ranked: BTreeSet<&str> = placements.map(Placement::ranked).collect();
    ranked.len()
}
