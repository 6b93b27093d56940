//! The lists of governments that the report has besides the tiers, and which country is on one.

use serde::Deserialize;

use crate::index::names::fold::fold;
use crate::index::placement::{History, Placement};
use crate::index::tier::Tier;
use crate::text::has_operator;

/// The list that is worked out from the tiers, and has no rows in `listings.csv`.
pub const SPECIAL_WATCH_LIST: &str = "special-watch-list";

/// A list of governments: one row of `lists.csv`.
#[derive(Debug, Deserialize)]
pub struct GovernmentList {
    /// Its code.
    #[serde(rename = "list")]
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Which governments it holds, and since when.
    pub definition: &'static str,
    /// The report years whose list is whole in these data; of any other only what is listed is known.
    pub whole: Vec<u16>,
    /// The ids in `sources.csv` of what defines it.
    #[serde(rename = "source")]
    pub sources: Vec<String>,
}

/// A country on a list in the report of a year: one row of `listings.csv`.
#[derive(Debug, Deserialize)]
pub struct Listing {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The code of the list.
    pub list: &'static str,
    /// The report year.
    pub year: u16,
    /// The ids in `sources.csv` of what says so.
    #[serde(rename = "source")]
    pub sources: Vec<String>,
}

impl GovernmentList {
    /// Whether it is what people write so: its code or its name.
    pub fn is_written(&self, written: &str) -> bool {
        let key = fold(written);
        !has_operator(written) && (fold(self.id) == key || fold(self.name) == key)
    }
}

/// Whether a country is on the Special Watch List: it is on the Tier 2 Watch List, or moved from Tier 2 to Tier 1 or from
/// Tier 3 to Tier 2 since the report before. None where the tier in that report is unknown.
pub fn is_watched(history: &History<'_>, placed: &Placement) -> Option<bool> {
    let from = match placed.tier {
        Tier::WatchList => return Some(true),
        Tier::One => Tier::Two,
        Tier::Two => Tier::Three,
        Tier::Three | Tier::Special | Tier::NotInReport => return Some(false),
    };
    let mut before = history.placements().iter();
    match before.rfind(|before| before.year < placed.year) {
        // A country that no earlier report had is new in this one.
        None => Some(false),
        Some(before) if !before.tier.is_in_report() => Some(false),
        Some(before) => (before.year + 1 == placed.year).then_some(before.tier == from),
    }
}
