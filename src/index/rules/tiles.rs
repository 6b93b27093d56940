//! What the rows of the tile map say: a known country each, and no two in one place.

use std::collections::BTreeSet;

use crate::index::Index;
use crate::index::rules::meaning::Check;
use crate::index::tile::Tile;

impl Check<'_> {
    /// Each code is known, and each place is taken once.
    pub(super) fn tiles(&mut self, tiles: &[Tile], known: &Index) {
        self.file = "tiles.csv";
        let mut taken = BTreeSet::new();
        for (index, tile) in tiles.iter().enumerate() {
            self.code(index, known, tile.iso3);
            let numbered = tile.row > 0 && tile.column > 0;
            self.demand(numbered, index, "row", "rows and columns begin with 1");
            let free = taken.insert((tile.row, tile.column));
            self.demand(free, index, "column", "another country has this place; take a free one");
        }
    }
}
