//! The field of one column: where it begins and ends in the record being scanned, and its bytes as numbers.

/// How many bytes are looked at as one.
pub const WIDE: usize = 32;

/// A field as it stands in a file.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'chunk> {
    /// Its bytes.
    pub bytes: &'chunk [u8],
    /// The bytes from its beginning on, whatever stands behind it, where there are so many.
    pub wide: Option<&'chunk [u8; WIDE]>,
}

impl<'chunk> Cell<'chunk> {
    /// Of bytes of which nothing else is known.
    pub fn of(bytes: &'chunk [u8]) -> Self {
        Self { bytes, wide: None }
    }

    /// The bytes as four numbers, where they are few enough: to compare those takes no loop.
    #[inline]
    pub fn numbers(self) -> Option<[u64; 4]> {
        let len = self.bytes.len();
        let (words, _) = self.wide?.as_chunks::<8>();
        let mut numbers = [0; 4];
        for (place, (number, word)) in numbers.iter_mut().zip(words).enumerate() {
            let here = len.saturating_sub(place * 8).min(8);
            // The bytes behind the field are none of its own.
            let mask = u64::MAX.checked_shr(64 - 8 * u32::try_from(here).ok()?);
            *number = u64::from_le_bytes(*word) & mask.unwrap_or(0);
        }
        (len <= WIDE).then_some(numbers)
    }
}

/// The field of a record in one column.
#[derive(Debug)]
pub struct ColumnField {
    /// The column, from 0.
    column: usize,
    /// Where the field begins and ends, as far as its delimiters are met.
    start: Option<usize>,
    end: Option<usize>,
}

impl ColumnField {
    /// Of a column, at the start of a record.
    pub fn new(column: usize) -> Self {
        Self { column, start: None, end: None }
    }

    /// So many fields ended, whose ends are the bits of `delimiters`; `done` of the record were before them.
    #[inline]
    pub fn fields(&mut self, done: usize, count: usize, base: usize, delimiters: u64) {
        if self.column < done || self.column > done + count {
            return;
        }
        let mut ends = delimiters;
        for _ in done..self.column.saturating_sub(1) {
            ends &= ends.wrapping_sub(1);
        }
        if self.column > done {
            self.start = Some(base + ends.trailing_zeros() as usize + 1);
            ends &= ends.wrapping_sub(1);
        }
        if ends != 0 {
            self.end = Some(base + ends.trailing_zeros() as usize);
        }
    }

    /// The field, where the record stands from `start` to `end` in this chunk and `done` of its fields ended at
    /// delimiters. What a short record lacks is empty.
    #[inline]
    pub fn get<'chunk>(
        &self,
        chunk: &'chunk [u8],
        (start, end): (usize, usize),
        done: usize,
    ) -> Cell<'chunk> {
        if done < self.column {
            return Cell::of(b"");
        }
        let (start, end) = (self.start.unwrap_or(start), self.end.unwrap_or(end));
        Cell {
            bytes: chunk.get(start..end).unwrap_or_default(),
            wide: chunk.get(start..).and_then(<[u8]>::first_chunk),
        }
    }

    /// Begins anew with the next record.
    #[inline]
    pub fn reset(&mut self) {
        self.start = None;
        self.end = None;
    }
}
