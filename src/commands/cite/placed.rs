//! What a report has of the country that a user names.

use crate::answer::caveats::{no_placement, notes};
use crate::answer::names::Name;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::Placement;
use crate::index::years::Years;

/// The placement of the country of this name in the report of a year.
///
/// # Errors
/// There is none, or it says that the country is not in it.
pub fn in_report(index: &Index, written: &str, year: u16) -> Result<Placement, String> {
    let holds = |state: &Country| index.is_placed(state, &(year..=year));
    let country = Name::argument(written).country(index, holds)?;
    let history = index.history(country);
    match history.of(year) {
        Some(placed) if placed.tier.is_in_report() => Ok(placed.clone()),
        Some(_) => Err(match notes(index, &[country], &(year..=year)) {
            notes if notes.is_empty() => format!("'{}' is not in the {year} report", country.name),
            notes => notes.join("; "),
        }),
        None => Err(no_placement(index, &history, &Years(year..=year))),
    }
}
