//! The ends of all fields of a record: headers and JSON need every column.

use crate::input::column::Cell;

/// The ends of a record's fields in the chunk that holds it.
#[derive(Debug, Default)]
pub struct Record {
    ends: Vec<usize>,
    /// How many ends are kept at most.
    most: usize,
    /// How many fields ended.
    len: usize,
}

impl Record {
    /// Of a file in which more fields are of no use: they are counted.
    pub fn with_most(fields: usize) -> Self {
        Self { most: fields, ..Self::default() }
    }

    /// Fields ended, as `Sink::fields` is told.
    pub fn fields(&mut self, base: usize, delimiters: u64) {
        self.len += delimiters.count_ones() as usize;
        let mut rest = delimiters;
        while rest != 0 && self.ends.len() < self.most {
            self.ends.push(base + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }

    /// The record is whole: here ends its last field.
    pub fn end(&mut self, end: usize) {
        self.len += 1;
        if self.ends.len() < self.most {
            self.ends.push(end);
        }
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The field at a place of a record that begins at `start`, as it stands in the file.
    pub fn field<'chunk>(
        &self,
        chunk: &'chunk [u8],
        start: usize,
        place: usize,
    ) -> Option<&'chunk [u8]> {
        chunk.get(self.start(start, place)..*self.ends.get(place)?)
    }

    /// The same to be looked up. What a short record lacks is empty.
    pub fn cell<'chunk>(&self, chunk: &'chunk [u8], start: usize, place: usize) -> Cell<'chunk> {
        let from_here = chunk.get(self.start(start, place)..);
        self.field(chunk, start, place).map_or(Cell::of(b""), |bytes| Cell {
            bytes,
            wide: from_here.and_then(<[u8]>::first_chunk),
        })
    }

    fn start(&self, start: usize, place: usize) -> usize {
        let before = place.checked_sub(1).and_then(|before| self.ends.get(before));
        before.map_or(start, |end| end + 1)
    }

    /// Begins anew with the next record.
    pub fn clear(&mut self) {
        self.ends.clear();
        self.len = 0;
    }
}
