//! What a report has of the country that a user names.

use crate::answer::caveats::{no_placement, notes};
use crate::answer::names::TypedName;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::Placement;
use crate::index::years::Years;
use crate::output::remarks::Remarks;

/// The placement of the country of this name in the report of a year; what is said where there is none.
pub fn in_report(index: &Index, written: &str, year: u16, said: &mut Remarks) -> Option<Placement> {
    let name = TypedName::argument(written);
    let holds = |state: &Country| index.is_placed(state, &(year..=year));
    let Some(country) = name.meant(index, holds) else {
        said.not_found(name.why(index));
        return None;
    };
    let history = index.history(country);
    match history.of(year) {
        Some(placed) if placed.tier.is_in_report() => return Some(placed.clone()),
        Some(_) => said.warn(match notes(index, &[country], &(year..=year)) {
            notes if notes.is_empty() => format!("'{}' is not in the {year} report", country.name),
            notes => notes.join("; "),
        }),
        None => said.warn(no_placement(index, &history, &Years(year..=year))),
    }
    None
}
