//! Where the records and fields of a CSV file end, told from its bytes alone and exactly as the csv crate tells it:
//! a quote opens a field only where it begins, a stray one is text, and LF, CRLF and CR end a record. The bytes are
//! looked at, never copied or changed.

use std::mem;

use crate::input::block::{Block, LEN};
use crate::input::problem::{LONGEST_FIELD, Location, Position, Problem, TrailingText};
use crate::input::record::{FieldEnds, Record, Sink};

/// What parts the columns of a plain list: nothing, and quotes are text. A NUL byte is never scanned.
pub const NO_DELIMITER: u8 = 0;

/// A position that no byte of a chunk has.
const NOWHERE: usize = usize::MAX;

/// Scans chunk by chunk. Each begins with a record, so that between them nothing is known but the line; positions are those
/// in the chunk.
#[derive(Debug)]
pub struct Scanner {
    delimiter: u8,
    columns: usize,
    ends: FieldEnds,
    /// Where the field and the record being scanned begin.
    field: usize,
    record: usize,
    /// Where the LF of a CRLF would stand.
    after_cr: usize,
    quoted: bool,
    /// The line being scanned, from 1, and where it begins.
    line: u64,
    line_start: usize,
    /// The line on which the record being scanned began.
    began: u64,
    /// Where the last quoted field began.
    opened: Location,
    /// Up to where was scanned.
    scanned: usize,
    /// Fields with text behind a closing quote: in the records that are whole, and in the one being scanned.
    trailing: TrailingText,
    in_record: TrailingText,
}

impl Scanner {
    /// At the start of what is left of a file, on this line.
    pub fn new(delimiter: u8, line: u64, columns: usize) -> Self {
        Self {
            delimiter,
            columns,
            ends: FieldEnds::default(),
            field: 0,
            record: 0,
            after_cr: NOWHERE,
            quoted: false,
            line,
            line_start: 0,
            began: line,
            opened: Location { line: 1, column: 1 },
            scanned: 0,
            trailing: TrailingText::default(),
            in_record: TrailingText::default(),
        }
    }

    fn location(&self, at: usize) -> Location {
        Location { line: self.line, column: at - self.line_start + 1 }
    }

    pub fn position(&self) -> Position {
        Position {
            record: self.began,
            open: self.quoted.then_some(self.opened),
            here: self.location(self.scanned),
        }
    }

    /// Returns how many fields have ended of the record that is not whole.
    pub fn fields(&self) -> usize {
        self.ends.len()
    }

    /// Scans a chunk that begins with a record, and that does not end between the CR and the LF of a line end. `last`:
    /// nothing follows it. Returns where the record begins that is not whole.
    #[inline]
    pub fn scan<S: Sink>(
        &mut self,
        chunk: &[u8],
        last: bool,
        sink: &mut S,
    ) -> Result<usize, Problem> {
        *self = Self {
            ends: mem::take(&mut self.ends),
            scanned: chunk.len(),
            trailing: self.trailing,
            ..Self::new(self.delimiter, self.began, self.columns)
        };
        self.ends.clear(sink.kept());
        let mut skip = 0;
        for base in (0..chunk.len()).step_by(LEN) {
            skip = self.block(chunk, base, skip, sink)?;
        }
        self.end_chunk(chunk, last, sink)
    }

    /// Scans the block that begins at `base`, but for its first `skip` bytes. Returns how many of the next are done with.
    #[inline]
    fn block<S: Sink>(
        &mut self,
        chunk: &[u8],
        base: usize,
        skip: u32,
        sink: &mut S,
    ) -> Result<u32, Problem> {
        let block = Block::at(chunk, base);
        let delimiters = block.equal(self.delimiter);
        let quotes = if self.delimiter == NO_DELIMITER { 0 } else { block.equal(b'"') };
        // Line ends, and what else is below them in ASCII: seldom met, and told apart where it is.
        let low = block.at_most(b'\r') & !delimiters;
        let mut live = u64::MAX << skip;
        loop {
            let wanted = if self.quoted { quotes } else { quotes | low };
            let found = wanted & live;
            let bit = found & found.wrapping_neg();
            // All bits before it; all bits if nothing is found.
            let before = bit.wrapping_sub(1) & live;
            if self.quoted && low & before != 0 {
                self.pass_lines(chunk, block, base, before);
            } else if !self.quoted && delimiters & before != 0 {
                self.end_fields(base, delimiters & before)?;
            }
            if found == 0 {
                return Ok(0);
            }
            let at = base + found.trailing_zeros() as usize;
            live &= !(bit | before);
            if !self.quoted {
                self.quote_or_line_end(chunk, at, sink)?;
            } else if chunk.get(at + 1) != Some(&b'"') {
                self.close_quote(chunk, at);
            } else if bit == 1 << (LEN - 1) {
                return Ok(1);
            } else {
                live &= !(bit << 1);
            }
        }
    }

    /// The quote that closes a field: an end should follow.
    #[inline]
    fn close_quote(&mut self, chunk: &[u8], at: usize) {
        self.quoted = false;
        match chunk.get(at + 1) {
            None | Some(b'\r' | b'\n') => {}
            Some(byte) if *byte == self.delimiter => {}
            Some(_) => self.text_after_quote(chunk, at),
        }
    }

    #[cold]
    fn text_after_quote(&mut self, chunk: &[u8], at: usize) {
        let before = at.checked_sub(1).and_then(|before| chunk.get(before));
        self.in_record.add(TrailingText {
            fields: 1,
            backslashed: u64::from(before == Some(&b'\\')),
            line: self.line,
        });
    }

    /// Returns the fields of whole records in which text stands behind a closing quote.
    pub fn trailing(&self) -> TrailingText {
        self.trailing
    }

    /// Hands on the record, or the blank line, that ends here.
    #[inline]
    fn end_record<S: Sink>(
        &mut self,
        chunk: &[u8],
        at: usize,
        sink: &mut S,
    ) -> Result<(), Problem> {
        self.ends.at_end(at);
        let &mut Self { record: start, began: line, delimiter, columns, .. } = self;
        let record = Record { ends: &self.ends, chunk, start, end: at, line, delimiter, columns };
        if start == at {
            sink.blank(&record)?;
        } else {
            sink.record(&record)?;
        }
        self.ends.clear(sink.kept());
        if self.in_record.fields > 0 {
            self.trailing.add(self.in_record);
            self.in_record = TrailingText::default();
        }
        Ok(())
    }

    /// A byte that may matter outside quotes.
    #[inline]
    fn quote_or_line_end<S: Sink>(
        &mut self,
        chunk: &[u8],
        at: usize,
        sink: &mut S,
    ) -> Result<(), Problem> {
        match chunk.get(at) {
            Some(b'\n') => self.end_line(chunk, at, false, sink)?,
            Some(b'\r') => self.end_line(chunk, at, true, sink)?,
            Some(b'"') if at == self.field => {
                self.quoted = true;
                self.opened = self.location(at);
            }
            _ => {}
        }
        Ok(())
    }

    fn end_chunk<S: Sink>(
        &mut self,
        chunk: &[u8],
        last: bool,
        sink: &mut S,
    ) -> Result<usize, Problem> {
        let len = chunk.len();
        self.measure(len)?;
        if last && self.quoted {
            return Err(Problem::OpenQuote);
        }
        if last && self.record < len {
            self.end_record(chunk, len, sink)?;
            self.record = len;
        }
        sink.rest(chunk, self.record)?;
        Ok(self.record)
    }

    /// Counts the line ends inside a quoted field, among these bytes of a block. A CR counts where no LF follows.
    #[cold]
    fn pass_lines(&mut self, chunk: &[u8], block: Block, base: usize, among: u64) {
        let (lf, mut cr) = (block.equal(b'\n'), block.equal(b'\r'));
        if chunk.get(base + LEN) == Some(&b'\n') {
            cr &= !(1 << (LEN - 1));
        }
        let ends = (lf | cr & !(lf >> 1)) & among;
        if ends != 0 {
            self.line += u64::from(ends.count_ones());
            self.line_start = base + LEN - ends.leading_zeros() as usize;
        }
    }

    #[inline]
    fn end_fields(&mut self, base: usize, ends: u64) -> Result<(), Problem> {
        self.measure(base + ends.trailing_zeros() as usize)?;
        self.ends.at_delimiters(base, ends);
        self.field = base + LEN - ends.leading_zeros() as usize;
        Ok(())
    }

    #[inline]
    fn end_line<S: Sink>(
        &mut self,
        chunk: &[u8],
        at: usize,
        cr: bool,
        sink: &mut S,
    ) -> Result<(), Problem> {
        // What follows a CR at once is no blank line, but its LF.
        if at != self.record || at != self.after_cr || cr {
            self.measure(at)?;
            self.end_record(chunk, at, sink)?;
            self.line += 1;
        }
        if cr {
            self.after_cr = at + 1;
        }
        self.began = self.line;
        self.line_start = at + 1;
        self.record = at + 1;
        self.field = at + 1;
        Ok(())
    }

    /// Checks the length of the field, as far as it is known.
    #[inline]
    fn measure(&self, end: usize) -> Result<(), Problem> {
        if end - self.field > LONGEST_FIELD {
            return Err(Problem::LongField);
        }
        Ok(())
    }
}
