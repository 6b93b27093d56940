//! The tile map of the world: one square a country, so that every one is equally large and no border is drawn.

use serde::Deserialize;

/// The place of a country on the tile map: one row of `tiles.csv`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Tile {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// From the north, the first being 1.
    pub row: usize,
    /// From the west, the first being 1.
    pub column: usize,
}
