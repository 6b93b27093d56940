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
    /// A quote that is never closed.
    OpenQuote,
    /// The sink refuses the record.
    Refused(anyhow::Error),
    /// The sink cannot go on, whatever the record.
    Stopped(anyhow::Error),
}

/// Told where fields and records end. Positions are those in the chunk that is being scanned.
pub trait Sink {
    /// Fields of a record that ended at delimiters: the bits of 64 bytes from `base` on, the first the lowest.
    fn fields(&mut self, base: usize, delimiters: u64);

    /// A record, and its last field, ended: at its line end, or with the input. It began at `start`, or in a chunk before
    /// that was kept.
    ///
    /// # Errors
    /// The record is not as it must be.
    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem>;

    /// A line with nothing on it, which is no record to the csv crate, ended.
    ///
    /// # Errors
    /// The line is not as it must be.
    fn blank(&mut self, chunk: &[u8], end: usize) -> Result<(), Problem>;

    /// The chunk is scanned, and goes. What stands from `start` on belongs to a record that goes on.
    ///
    /// # Errors
    /// What was to be done with it cannot be done.
    fn keep(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem>;
}

/// A position that no byte of a chunk has.
const NOWHERE: usize = usize::MAX;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: u64,
    /// The byte in the line, from 1.
    pub column: u64,
}

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
    /// Where the last quoted field began.
    opened: Place,
    /// How many bytes were in chunks before, and how many before the line.
    passed: u64,
    line_start: u64,
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
            opened: Place { line: 1, column: 1 },
            passed: 0,
            line_start: 0,
            before: 0,
        }
    }

    /// The line on which the record being scanned began, from 1.
    pub fn record_line(&self) -> u64 {
        self.began
    }

    /// The place behind what was scanned.
    pub fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.passed - self.line_start + 1,
        }
    }

    /// Where a quote was opened that is still open.
    pub fn open_quote(&self) -> Option<Place> {
        (self.quoted && !self.at_quote).then_some(self.opened)
    }

    /// Where the record begins in a chunk of this length; at its beginning, if in a chunk before.
    fn record_start(&self, len: usize) -> usize {
        if self.record == NOWHERE {
            0
        } else {
            self.record.min(len)
        }
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
                        self.pass_lines(chunk, block, base, before);
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
                    self.opened = Place {
                        line: self.line,
                        column: self.passed + at as u64 - self.line_start + 1,
                    };
                }
            }
        }
        let start = self.record_start(chunk.len());
        self.end_chunk(chunk)?;
        sink.keep(chunk, start)
    }

    /// Counts the line ends inside a quoted field, among these bytes of a block. A CR counts where no LF follows; at the end of
    /// a chunk, where that is not known, it does not.
    #[cold]
    fn pass_lines(&mut self, chunk: &[u8], block: Block, base: usize, among: u64) {
        let (lf, mut cr) = (block.equal(b'\n'), block.equal(b'\r'));
        if matches!(chunk.get(base + LEN), None | Some(b'\n')) {
            cr &= !(1 << (LEN - 1));
        }
        let ends = (lf | cr & !(lf >> 1)) & among;
        if ends != 0 {
            self.line += u64::from(ends.count_ones());
            let last = base + LEN - ends.leading_zeros() as usize;
            self.line_start = self.passed + last as u64;
        }
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
            let start = self.record_start(chunk.len());
            sink.record(chunk, start, at)?;
            self.line += 1;
        } else if at != self.after_cr || cr {
            sink.blank(chunk, at)?;
            self.line += 1;
        }
        if cr {
            self.after_cr = at + 1;
        }
        self.began = self.line;
        self.line_start = self.passed + at as u64 + 1;
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
        self.passed += len as u64;
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
            return Err(Problem::OpenQuote);
        }
        if self.record == 0 {
            return Ok(());
        }
        sink.record(&[], 0, 0)
    }
}
