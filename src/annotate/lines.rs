//! A plain list, one name a line: no quotes, no columns. What is added follows a tab.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, Result, bail};

use crate::annotate::annotator::Annotator;
use crate::annotate::unmatched::Unmatched;
use crate::input::column::Cell;
use crate::input::field;
use crate::input::problem::LONGEST_FIELD;
use crate::input::reader::Input;
use crate::output::stream::Stream;

/// The bytes read at once.
const READ: usize = 1 << 17;

/// Annotates a plain list.
pub struct Lines<'index> {
    annotator: Annotator<'index>,
    out: Stream,
    unmatched: Unmatched,
}

impl<'index> Lines<'index> {
    /// With these rules.
    pub fn new(annotator: Annotator<'index>, out: Stream, unmatched: Unmatched) -> Self {
        Self {
            annotator,
            out,
            unmatched,
        }
    }

    /// Reads every line. `seen` is told how many bytes were read.
    ///
    /// # Errors
    /// A line that is no text, or the first unmatched one where that ends the work.
    pub fn read(&mut self, input: Input<'_>, mut seen: impl FnMut(usize)) -> Result<()> {
        let (mark, file) = (input.mark().len(), input.name().to_owned());
        let mut reader = BufReader::with_capacity(READ, input.into_reader());
        std::io::copy(&mut reader.by_ref().take(mark as u64), &mut std::io::sink())
            .with_context(|| format!("cannot read {file}"))?;
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let most = LONGEST_FIELD as u64 + 2;
            let read = reader.by_ref().take(most).read_until(b'\n', &mut line);
            let read = read.with_context(|| format!("cannot read {file}"))?;
            if read == 0 {
                break;
            }
            seen(read);
            self.line(&line)
                .with_context(|| format!("{file}:{number}"))?;
            self.out.flush_if_full()?;
        }
        Ok(())
    }

    fn line(&mut self, line: &[u8]) -> Result<()> {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.len() > LONGEST_FIELD {
            bail!("a line of more than 1 MiB");
        }
        if let Some(place) = memchr::memchr(0, text) {
            bail!("byte {} is NUL; text was expected", place + 1);
        }
        // Quotes count in a cell, but not on a line.
        let mut quoted = Vec::new();
        let cell = if text.starts_with(b"\"") {
            field::write_quoted(text, &mut quoted);
            &quoted
        } else {
            text
        };
        let index = self.annotator.values.index;
        let (added, status) = self.annotator.answer(Cell::of(cell), None);
        if self.unmatched.keeps(index, cell, status)? {
            self.out.push(text);
            self.out.push(added);
            self.out.push(line.get(text.len()..).unwrap_or_default());
        }
        Ok(())
    }

    /// The counts, and what is still to be written.
    pub fn finish(self) -> (Annotator<'index>, Stream) {
        (self.annotator, self.out)
    }
}
