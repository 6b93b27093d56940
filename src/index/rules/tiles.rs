//! What the rows of the tile map say: a known country each, no two in one place, and none left out.

use std::collections::BTreeSet;

use crate::index::Index;
use crate::index::rules::meaning::Check;
use crate::index::tile::Tile;

impl Check {
    /// Each code is known, each place is taken once, and every country that the newest report has stands in one.
    pub(super) fn tiles(&mut self, tiles: &[Tile], known: &Index) {
        self.file = "tiles.csv";
        let mut taken = BTreeSet::new();
        for (index, tile) in tiles.iter().enumerate() {
            self.code(index, known, tile.iso3);
            let numbered = tile.row > 0 && tile.column > 0;
            self.demand(numbered, index, "row", "rows and columns begin with 1");
            let free = taken.insert((tile.row, tile.column));
            self.demand(free, index, "column", "another country has this place");
        }
        let newest = *known.years().end();
        for country in &known.countries {
            let history = known.history(country);
            let placed = history.of(newest);
            let has_tile = tiles.iter().any(|tile| tile.iso3 == country.iso3);
            let fine = has_tile || placed.is_none_or(|placed| !placed.tier.is_in_report());
            let what = format!("'{}' is in the newest report and has no tile", country.iso3);
            self.demand(fine, 0, "iso3", &what);
        }
    }
}
