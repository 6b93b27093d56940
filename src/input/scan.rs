//! Where the records and fields of a CSV file end, told from its bytes alone and exactly as the csv crate tells it:
//! a quote opens a field only where it begins, a stray one is text, and LF, CRLF and CR end a record. The bytes are
//! looked at, never copied or changed.

use crate::input::block::{Block, LEN};

/// The longest field that is read, in bytes: what is longer is a quote that was never closed, or no CSV.
pub const LONGEST_FIELD: usize = 1 << 20;

/// Why a scan cannot go on.
#[derive(Debug)]
pub enum Problem {
    /// A record has this many fields, not as many as the header.
    Ragged(usize),
    /// A field is longer than `LONGEST_FIELD`.
    LongField,
    /// A NUL byte.
    Nul,
    /// A quote was opened on this line, counted from 1, and never closed.
    OpenQuote(u64),
    /// The sink refuses the record.
    Refused(anyhow::Error),
    /// The sink cannot go on, whatever the record.
    Stopped(anyhow::Error),
}

/// Told where fields and records end. Positions are those in the chunk that is being scanned.
pub trait Sink {
    /// Fields of a record that ended at delimiters: the bits of 64 bytes from `base` on, the first the lowest.
    fn fields(&mut self, base: usize, delimiters: u64);

    /// A record, and its last field, ended: at its line end, or with the input.
    ///
    /// # Errors
    /// The record is not as it must be.
    fn record(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem>;

    /// A line with nothing on it, which is no record to the csv crate, ended.
    ///
    /// # Errors
    /// The line is not as it must be.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem>;

    /// The chunk is scanned, and goes.
    ///
    /// # Errors
    /// What was to be done with it cannot be done.
    fn keep(&mut self, chunk: &[u8]) -> Result<(), Problem>;
}

/// A position that no byte of a chunk has.
const NOWHERE: usize = usize::MAX;

/// Scans chunk by chunk, and holds between them what the next must know.
#[derive(Debug)]
pub struct Scanner {
    delimiter: u8,
    /// Where the field begins, if no byte of it was scanned yet.
    field: usize,
    /// Where the record begins, if no byte of it was scanned yet.
    record: usize,
    /// Where the LF of a CRLF would stand.
    after_cr: usize,
    quoted: bool,
    /// Whether the last byte was a quote inside a quoted field: the next tells what it was.
    at_quote: bool,
    /// The line being scanned, from 1.
    line: u64,
    /// The line on which the record being scanned began.
    began: u64,
    /// The line on which the last quoted field began.
    opened: u64,
    /// How many bytes of the field were in chunks before.
    before: usize,
}

impl Scanner {
    /// At the start of a file, after its byte order mark.
    pub fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            field: 0,
            record: 0,
            after_cr: NOWHERE,
            quoted: false,
            at_quote: false,
            line: 1,
            began: 1,
            opened: 0,
            before: 0,
        }
    }

    /// The line on which the record being scanned began, from 1.
    pub fn record_line(&self) -> u64 {
        self.began
    }

    /// Scans a chunk.
    ///
    /// # Errors
    /// A field that is too long, and what the sink objects to.
    #[inline]
    pub fn chunk<S: Sink>(&mut self, chunk: &[u8], sink: &mut S) -> Result<(), Problem> {
        let mut skip = self.resume(chunk);
        for base in (0..chunk.len()).step_by(LEN) {
            let block = Block::at(chunk, base);
            let (quotes, delimiters) = (block.equal(b'"'), block.equal(self.delimiter));
            // Line ends, and what else is below them in ASCII: seldom met, and told apart where it is.
            let low = block.at_most(b'\r') & !delimiters;
            let mut live = u64::MAX << skip;
            skip = 0;
            loop {
                let wanted = if self.quoted { quotes } else { quotes | low };
                let found = wanted & live;
                let bit = found & found.wrapping_neg();
                // All bits before it; all bits if nothing is found.
                let before = bit.wrapping_sub(1) & live;
                if self.quoted {
                    if low & before != 0 {
                        let lf = block.equal(b'\n') & before;
                        self.line += u64::from(lf.count_ones());
                    }
                } else if delimiters & before != 0 {
                    self.end_fields(base, delimiters & before, sink)?;
                }
                if found == 0 {
                    break;
                }
                let at = base + found.trailing_zeros() as usize;
                live &= !(bit | before);
                if self.quoted {
                    match chunk.get(at + 1) {
                        None => self.at_quote = true,
                        Some(b'"') if bit == 1 << (LEN - 1) => skip = 1,
                        Some(b'"') => live &= !(bit << 1),
                        Some(_) => self.quoted = false,
                    }
                } else if bit & quotes == 0 {
                    match chunk.get(at) {
                        Some(b'\n') => self.end_line(chunk, at, false, sink)?,
                        Some(b'\r') => self.end_line(chunk, at, true, sink)?,
                        _ => {}
                    }
                } else if at == self.field {
                    self.quoted = true;
                    self.opened = self.line;
                }
            }
        }
        self.end_chunk(chunk)?;
        sink.keep(chunk)
    }

    #[inline]
    fn end_fields<S: Sink>(&mut self, base: usize, ends: u64, sink: &mut S) -> Result<(), Problem> {
        self.measure(base + ends.trailing_zeros() as usize)?;
        sink.fields(base, ends);
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
        if at != self.record {
            self.measure(at)?;
            sink.record(chunk, at)?;
            self.line += 1;
        } else if at != self.after_cr || cr {
            sink.blank(chunk, at)?;
            self.line += 1;
        }
        if cr {
            self.after_cr = at + 1;
        }
        self.began = self.line;
        self.record = at + 1;
        self.field = at + 1;
        Ok(())
    }

    /// Checks the length of a field that ends here. Only one that began in a chunk before can be too long, for a chunk
    /// is shorter.
    #[inline]
    fn measure(&mut self, end: usize) -> Result<(), Problem> {
        if self.before > 0 {
            if self.before + end > LONGEST_FIELD {
                return Err(Problem::LongField);
            }
            self.before = 0;
        }
        Ok(())
    }

    fn end_chunk(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let len = chunk.len();
        self.before = match self.field {
            NOWHERE => self.before + len,
            field => len.saturating_sub(field),
        };
        if self.before > LONGEST_FIELD {
            return Err(Problem::LongField);
        }
        let carried = |place: usize| if place == len { 0 } else { NOWHERE };
        self.field = carried(self.field);
        self.record = carried(self.record);
        self.after_cr = carried(self.after_cr);
        Ok(())
    }

    /// Decides what a quote at the end of the chunk before was. Returns how many bytes of this one are done with.
    fn resume(&mut self, chunk: &[u8]) -> u32 {
        if !self.at_quote || chunk.is_empty() {
            return 0;
        }
        self.at_quote = false;
        self.quoted = chunk.first() == Some(&b'"');
        u32::from(self.quoted)
    }

    /// Ends the last record where no line end did.
    ///
    /// # Errors
    /// A quote is still open, or what the sink objects to.
    pub fn finish<S: Sink>(&mut self, sink: &mut S) -> Result<(), Problem> {
        if self.quoted && !self.at_quote {
            return Err(Problem::OpenQuote(self.opened));
        }
        if self.record == 0 {
            return Ok(());
        }
        sink.record(&[], 0)
    }
}
