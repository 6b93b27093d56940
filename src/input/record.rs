//! A record gathered whole, where one column of it is not enough.

/// The bytes of a record, and where its fields end.
#[derive(Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    /// In the bytes of earlier chunks, and behind those from the beginning of this one.
    ends: Vec<usize>,
    /// How many field ends are kept at most, but for one.
    most: usize,
    /// How many there are beyond that.
    beyond: usize,
}

impl Record {
    /// Of a file in which records of more fields are of no use.
    pub fn with_most(fields: usize) -> Self {
        Self {
            most: fields,
            ..Self::default()
        }
    }

    /// Fields ended, as `Sink::fields` is told.
    pub fn fields(&mut self, base: usize, delimiters: u64) {
        let mut rest = delimiters;
        while rest != 0 {
            if self.ends.len() > self.most {
                self.beyond += rest.count_ones() as usize;
                return;
            }
            let end = base + rest.trailing_zeros() as usize;
            self.ends.push(self.bytes.len() + end);
            rest &= rest - 1;
        }
    }

    /// Takes in what a chunk holds of it, from `start` to `end`.
    pub fn take(&mut self, chunk: &[u8], start: usize, end: usize) {
        // Where it began in this chunk its fields were counted from the chunk's beginning; else that is where it goes on.
        for end in &mut self.ends {
            *end -= start;
        }
        self.bytes
            .extend_from_slice(chunk.get(start..end).unwrap_or_default());
    }

    /// The record is whole: so ends its last field.
    pub fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.ends.len() + self.beyond
    }

    /// How many bytes were taken in.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The field at a place, as it stands in the file.
    pub fn field(&self, place: usize) -> Option<&[u8]> {
        let before = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let (start, end) = (before.map_or(0, |end| end + 1), *self.ends.get(place)?);
        self.bytes.get(start..end)
    }

    /// Begins anew with the next record.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.beyond = 0;
    }
}
