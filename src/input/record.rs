//! A record that a scan found, and what is done with it.

use std::ops::Range;

use crate::input::problem::Problem;

/// Where the fields of the record being scanned end.
#[derive(Debug, Default)]
pub struct FieldEnds {
    ends: Vec<usize>,
    /// How many ends are kept at most; the other fields are counted.
    most: usize,
    len: usize,
}

impl FieldEnds {
    /// Takes note of fields that ended at delimiters: the bits of 64 bytes from `base` on, the first the lowest.
    #[inline]
    pub fn at_delimiters(&mut self, base: usize, delimiters: u64) {
        self.len += delimiters.count_ones() as usize;
        let mut rest = delimiters;
        while rest != 0 && self.ends.len() < self.most {
            self.ends.push(base + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }

    /// Takes note that the record is whole: here ends its last field.
    #[inline]
    pub fn at_end(&mut self, end: usize) {
        self.len += 1;
        if self.ends.len() < self.most {
            self.ends.push(end);
        }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Begins anew with the next record, of which so many ends are kept.
    #[inline]
    pub fn clear(&mut self, most: usize) {
        self.ends.clear();
        self.len = 0;
        self.most = most;
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    pub ends: &'r FieldEnds,
    /// The bytes that were read, it among them.
    pub chunk: &'r [u8],
    /// Where it begins, and where its line end does.
    pub start: usize,
    pub end: usize,
    /// The line on which it begins, from 1.
    pub line: u64,
    pub delimiter: u8,
    pub columns: usize,
}

impl<'r> Record<'r> {
    pub fn len(&self) -> usize {
        self.ends.len
    }

    /// How many fields it lacks of those that the header has.
    #[inline]
    pub fn lacks(&self) -> usize {
        self.columns.saturating_sub(self.ends.len)
    }

    /// Returns the field of a column as it stands in the file; empty where the record lacks it.
    #[inline]
    pub fn field(&self, column: usize) -> &'r [u8] {
        self.range(column).and_then(|range| self.chunk.get(range)).unwrap_or_default()
    }

    /// Returns where that field stands, if its end is kept.
    #[inline]
    pub fn range(&self, column: usize) -> Option<Range<usize>> {
        let before = column.checked_sub(1).and_then(|before| self.ends.ends.get(before));
        Some(before.map_or(self.start, |end| end + 1)..*self.ends.ends.get(column)?)
    }

    /// Returns the fields whose ends are kept.
    pub fn fields(&self) -> impl Iterator<Item = &'r [u8]> {
        (0..self.ends.ends.len()).map(|column| self.field(column))
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

/// Told of the records that a scan finds. Positions are those in the chunk that is being scanned.
pub trait Sink {
    /// How many fields of the next record are told apart; others are counted.
    #[inline]
    fn kept(&self) -> usize {
        usize::MAX
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Problem>;

    /// A line with nothing on it, which is no record to the csv crate.
    fn blank(&mut self, _line: &Record<'_>) -> Result<(), Problem> {
        Ok(())
    }

    /// The chunk is scanned, and goes. The record that begins at `start` is not whole: it comes again at the beginning of
    /// the next chunk.
    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        Ok(())
    }

    /// The input has no more for now: whoever reads what comes of it may have what there is.
    fn pause(&mut self) -> Result<(), Problem> {
        Ok(())
    }
}

impl<F: FnMut(&Record<'_>) -> Result<(), Problem>> Sink for F {
    fn record(&mut self, record: &Record<'_>) -> Result<(), Problem> {
        self(record)
    }
}
