//! What is done with the fields and records that a scan finds.

use crate::input::problem::Problem;

/// Told where fields and records end. Positions are those in the chunk that is being scanned.
pub trait Sink {
    /// Fields of a record that ended at delimiters: the bits of 64 bytes from `base` on, the first the lowest.
    fn fields(&mut self, base: usize, delimiters: u64);

    /// The record that comes next began on this line.
    #[inline]
    fn line(&mut self, _line: u64) {}

    /// A record, and its last field, ended: at its line end, or with the input.
    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem>;

    /// A line with nothing on it, which is no record to the csv crate, ended.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem>;

    /// The chunk is scanned, and goes. The record that begins at `start` is not whole: it comes again, with all its fields,
    /// at the beginning of the next chunk.
    fn rest(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem>;

    /// The input has no more for now: whoever reads what comes of it may have what there is.
    fn pause(&mut self) -> Result<(), Problem> {
        Ok(())
    }
}
