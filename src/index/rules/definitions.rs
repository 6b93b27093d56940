//! What the rows of `definitions.csv` say: every tier in every report once, and for the snapshot's year as in `tiers.csv`.

use crate::index::rules::meaning::Check;
use crate::index::rules::ranks::FIRST_WATCH_LIST;
use crate::index::tier::{Definition, Tier};
use crate::index::{Index, SNAPSHOT};

impl Check {
    pub(super) fn definitions(&mut self, known: &Index) {
        self.file = known.tables.definitions.file();
        let mut next = Some(*known.years().start());
        let mut index = 0;
        for set in known.definitions().chunk_by(|a, b| a.from == b.from) {
            let first = set.first().map(|row| (row.from, row.to));
            let follows = first.is_some_and(|(from, _)| next == Some(from));
            let what = "not the year after the set before, or not that of the first report";
            self.demand(follows, index, "from", what);
            self.set(index, set, known);
            next = first.and_then(|(_, to)| to?.checked_add(1));
            index += set.len();
        }
        let open = next.is_none();
        let last = index.saturating_sub(1);
        self.demand(open, last, "to", "the last set must hold on");
    }

    /// The definitions of the same years.
    fn set(&mut self, index: usize, set: &[Definition], known: &Index) {
        let mut tiers = vec![Tier::One, Tier::Two, Tier::WatchList, Tier::Three];
        let first = set.first().map(|row| (row.from, row.to));
        if first.is_some_and(|(from, _)| from < FIRST_WATCH_LIST) {
            tiers.retain(|tier| *tier != Tier::WatchList);
        }
        let whole = set.iter().map(|row| row.tier).eq(tiers);
        let what = "not every tier of those years once, in the order of rank";
        self.demand(whole, index, "tier", what);
        for (index, row) in (index..).zip(set) {
            let one = Some((row.from, row.to)) == first && row.to.is_none_or(|to| row.from <= to);
            let what = "before 'from', or another than that of the same set";
            self.demand(one, index, "to", what);
            let of_snapshot = row.holds_in(SNAPSHOT.1);
            let base = known.tier(row.tier).map(|tier| &tier.wording);
            let same = !of_snapshot || base == Some(&row.wording);
            self.demand(same, index, "definition", "otherwise than in tiers.csv");
        }
    }
}
