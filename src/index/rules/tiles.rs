//! What the rows of the tile map say: no two stand in one place.

use std::collections::BTreeSet;

use crate::index::rules::meaning::Check;
use crate::index::table::Tables;

impl Check {
    /// Each place is taken once.
    pub(super) fn tiles(&mut self, tables: &Tables) {
        self.file = tables.tiles.file();
        let mut taken = BTreeSet::new();
        for (index, tile) in tables.tiles.rows().iter().enumerate() {
            let numbered = tile.row > 0 && tile.column > 0;
            self.demand(numbered, index, "row", "rows and columns begin with 1");
            let free = taken.insert((tile.row, tile.column));
            self.demand(free, index, "column", "another country has this place; take a free one");
        }
    }
}
