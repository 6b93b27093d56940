//! What the rows about the lists of governments say: years, and the tier that a list goes with.

use crate::index::Index;
use crate::index::lists::SPECIAL_WATCH_LIST;
use crate::index::rules::meaning::Check;
use crate::index::tier::Tier;

/// The list whose governments the statute puts in Tier 3: 22 U.S.C. 7107(b)(3)(B).
const POLICY_OR_PATTERN: &str = "policy-or-pattern";

impl Check {
    /// The list that is worked out has the newest report.
    pub(super) fn lists(&mut self, known: &Index) {
        self.file = known.tables.lists.file();
        for (index, list) in known.lists().iter().enumerate() {
            let ordered = list.whole.is_sorted_by(|a, b| a < b);
            let what = "a year twice, or out of order";
            self.demand(ordered, index, "whole", what);
            // It is worked out from the tiers, so every new report has it.
            let last = known.years().end().to_owned();
            let is_current = list.id != SPECIAL_WATCH_LIST || list.whole.contains(&last);
            let what = format!("lacks the newest report, {last}: write ';{last}' at its end");
            self.demand(is_current, index, "whole", &what);
        }
        let special = known.lists().iter().any(|list| list.id == SPECIAL_WATCH_LIST);
        let what = format!("'{SPECIAL_WATCH_LIST}' is missing");
        self.demand(special, 0, "list", &what);
    }

    pub(super) fn listings(&mut self, known: &Index) {
        self.file = known.tables.listings.file();
        for (index, listing) in known.tables.listings.all().enumerate() {
            let is_stored = listing.list != SPECIAL_WATCH_LIST;
            let what = "this list is worked out from the tiers; take the row away";
            self.demand(is_stored, index, "list", what);
            let Some(country) = known.country(listing.iso3) else { continue };
            let history = known.history(country);
            let placed = history.of(listing.year).map(|placed| placed.tier);
            let tier = placed.filter(|tier| tier.is_in_report());
            let what = "no placement of that country and year; add it to placements.csv";
            self.demand(tier.is_some(), index, "year", what);
            let fits = listing.list != POLICY_OR_PATTERN || tier.is_none_or(|it| it == Tier::Three);
            let what =
                "not in Tier 3 in that year, as all of this list are; put one of the two right";
            self.demand(fits, index, "year", what);
        }
    }
}
