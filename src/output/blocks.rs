//! Rows that come block by block: of an answer too long to be held.

use anyhow::Result;

/// A block ends where it has more rows than this: people see it laid out as one, and the memory that it takes is bounded.
pub const BLOCK: usize = 1000;

/// Rows that come block by block. A row that comes again has the same place: it is shown as it was shown before.
pub trait Blocks {
    /// What a row is.
    type Row;

    /// The places of the rows of the next block, in order; none where nothing is left. They hold until the block after it.
    ///
    /// # Errors
    /// What the rows are made of cannot be read.
    fn next(&mut self) -> Result<Vec<usize>>;

    /// The row in a place.
    fn row(&self, place: usize) -> Option<&Self::Row>;
}
