//! The ends of all fields of a record: headers and JSON need every column.

use std::ops::Range;

/// The ends of a record's fields in the chunk that holds it.
#[derive(Debug, Default)]
pub struct Record {
    ends: Vec<usize>,
    /// How many ends are kept at most.
    most: usize,
    len: usize,
}

impl Record {
    /// Creates one that keeps the ends of so many fields; others are counted.
    pub fn with_most(fields: usize) -> Self {
        Self { most: fields, ..Self::default() }
    }

    /// Keeps the ends of so many fields from the next record on.
    pub fn keep(&mut self, fields: usize) {
        self.most = fields;
    }

    /// Takes note of fields that ended, as `Sink::fields` is told.
    #[inline]
    pub fn fields(&mut self, base: usize, delimiters: u64) {
        self.len += delimiters.count_ones() as usize;
        let mut rest = delimiters;
        while rest != 0 && self.ends.len() < self.most {
            self.ends.push(base + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }

    /// Takes note that the record is whole: here ends its last field.
    #[inline]
    pub fn end(&mut self, end: usize) {
        self.len += 1;
        if self.ends.len() < self.most {
            self.ends.push(end);
        }
    }

    /// Returns how many fields it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns the field of a column in a record that begins at `start`, as it stands in the file.
    #[inline]
    pub fn field<'chunk>(
        &self,
        chunk: &'chunk [u8],
        start: usize,
        column: usize,
    ) -> Option<&'chunk [u8]> {
        chunk.get(self.range(start, column)?)
    }

    /// Returns where that field stands.
    #[inline]
    pub fn range(&self, start: usize, column: usize) -> Option<Range<usize>> {
        let before = column.checked_sub(1).and_then(|before| self.ends.get(before));
        Some(before.map_or(start, |end| end + 1)..*self.ends.get(column)?)
    }

    /// Returns the fields whose ends are kept, of a record that begins at `start`.
    pub fn fields_in<'chunk>(
        &self,
        chunk: &'chunk [u8],
        start: usize,
    ) -> impl Iterator<Item = &'chunk [u8]> {
        (0..self.ends.len()).filter_map(move |column| self.field(chunk, start, column))
    }

    /// Begins anew with the next record.
    #[inline]
    pub fn clear(&mut self) {
        self.ends.clear();
        self.len = 0;
    }
}
