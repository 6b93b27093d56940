//! A row of the user's file, as it was read.

use crate::input::record::Record;

/// A record of the user's.
pub struct UserRow<'r> {
    /// Where its fields end.
    pub record: &'r Record,
    /// The bytes that were read, it among them.
    pub chunk: &'r [u8],
    /// Where it begins, and where its line end does.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// How many fields it lacks of those that the header has.
    pub lacks: usize,
    /// The delimiter.
    pub delimiter: u8,
}

impl<'r> UserRow<'r> {
    /// Returns the field of a column as it stands in the file; empty where the row lacks it.
    #[inline]
    pub fn field(&self, column: usize) -> &'r [u8] {
        let field = self.record.field(self.chunk, self.start, column);
        field.unwrap_or_default()
    }

    /// Returns all of it, without its line end.
    pub fn bytes(&self) -> &'r [u8] {
        self.chunk.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns what stands behind it, its line end first.
    pub fn behind(&self) -> &'r [u8] {
        self.chunk.get(self.end..).unwrap_or_default()
    }
}
