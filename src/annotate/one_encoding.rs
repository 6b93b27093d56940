//! Holds a file that is annotated to one encoding: a file that is not UTF-8 gets nothing in UTF-8.

use anyhow::{Result, anyhow, bail};

use crate::annotate::added::Letters;
use crate::annotate::guessed_encoding::Undecodable;
use crate::input::{Encoding, Input, Problem, Record};
use crate::text::quoted;

/// Refuses an encoding for an input that is plainly in UTF-8: its beginning has letters beyond ASCII, all well-formed.
pub fn refuse_utf8(input: &Input<'_>, encoding: Encoding) -> Result<()> {
    let (beginning, name) = (input.beginning(), encoding.name());
    let error = std::str::from_utf8(beginning).err();
    let valid = error.map_or(beginning.len(), |error| error.valid_up_to());
    // The last letter may be cut.
    let is_whole = error.is_none_or(|error| error.error_len().is_none());
    let whole = beginning.get(..valid).filter(|_| is_whole).unwrap_or_default();
    let whole = std::str::from_utf8(whole).unwrap_or_default();
    let letter = whole.char_indices().find(|(_, letter)| !letter.is_ascii());
    let (line, what) = match letter {
        _ if encoding == Encoding::UTF_8 => return Ok(()),
        Some((place, letter)) => {
            let before = whole.get(..place).unwrap_or_default();
            let letter = quoted(&letter.to_string());
            (1 + before.matches('\n').count(), format!("{letter} is UTF-8"))
        }
        None if !input.bom().is_empty() => {
            (1, "the file begins with the byte order mark of UTF-8".to_owned())
        }
        None => return Ok(()),
    };
    bail!("{}:{line}: {what}, not {name}; leave --encoding out", input.name)
}

/// What is known of the encoding of the rows that were written.
pub struct OneEncoding<'n> {
    names: &'n [String],
    delimiter: u8,
    /// Whether rows must be UTF-8 where what is added is.
    is_held: bool,
    /// Up to where the chunk is UTF-8, once that is looked up.
    valid: Option<usize>,
    /// The line and the column of the first field that is not UTF-8.
    denied: Option<(u64, String)>,
    /// Whether letters beyond ASCII were added, as UTF-8.
    added: bool,
    undecodable: Undecodable<'n>,
}

impl<'n> OneEncoding<'n> {
    /// Nothing written yet. `are_copied`: whether bytes of rows are written as they came.
    pub fn new(
        undecodable: Undecodable<'n>,
        names: &'n [String],
        delimiter: u8,
        are_copied: bool,
    ) -> Self {
        let is_held = are_copied && undecodable.encoding == Encoding::UTF_8;
        Self {
            names,
            delimiter,
            is_held,
            valid: (!is_held).then_some(usize::MAX),
            denied: None,
            added: false,
            undecodable,
        }
    }

    /// Another chunk comes.
    pub fn next_chunk(&mut self) {
        if self.is_held && self.denied.is_none() {
            self.valid = None;
        }
    }

    /// Takes note of a row that is written, and of what is added to it.
    #[inline]
    pub fn row(&mut self, row: &Record<'_>, letters: Letters) -> Result<(), Problem> {
        let valid = *self.valid.get_or_insert_with(|| Encoding::utf8_up_to(row.chunk));
        if row.end > valid {
            self.look(row)?;
        }
        match letters {
            Letters::Ascii => Ok(()),
            Letters::Beyond if self.added || self.undecodable.encoding != Encoding::UTF_8 => Ok(()),
            letters => self.add(letters),
        }
    }

    /// Looks at a row that may not be UTF-8.
    #[cold]
    fn look(&mut self, row: &Record<'_>) -> Result<(), Problem> {
        let Err(error) = std::str::from_utf8(row.bytes()) else {
            return Ok(());
        };
        self.undecodable.add_from(row.chunk, self.delimiter);
        let before = row.bytes().get(..error.valid_up_to()).unwrap_or_default();
        let column = self.called(column_behind(before, self.delimiter));
        if self.added {
            let remedy = self.undecodable.remedy();
            return Err(Problem::Refused(anyhow!(
                "{column} is not UTF-8, but what was added above is{remedy}"
            )));
        }
        self.denied = Some((row.line, column));
        // One is enough.
        self.valid = Some(usize::MAX);
        Ok(())
    }

    #[cold]
    fn add(&mut self, letters: Letters) -> Result<(), Problem> {
        let name = self.undecodable.encoding.name();
        if let Letters::Lacking(letter) = letters {
            return Err(Problem::Refused(anyhow!(
                "{name} lacks {}, which is to be added here; convert the file to UTF-8 first, as with 'iconv -f {name} -t UTF-8', or choose columns of ASCII, such as --add iso3,tier",
                quoted(&letter.to_string())
            )));
        }
        if let Some((line, column)) = &self.denied {
            let remedy = self.undecodable.remedy();
            return Err(Problem::Refused(anyhow!(
                "letters beyond ASCII are to be added here, as UTF-8, but {column} of line {line} is not UTF-8{remedy}"
            )));
        }
        self.added = true;
        Ok(())
    }

    /// Says that a field of this column, from 0, is not in the encoding.
    #[cold]
    pub fn problem(&mut self, problem: Problem, chunk: &[u8]) -> Problem {
        let Problem::NotEncoded(column) = problem else {
            return problem;
        };
        self.undecodable.add_from(chunk, self.delimiter);
        let (column, encoding) = (self.called(column), self.undecodable.encoding.name());
        let hint = self.undecodable.hint();
        Problem::Refused(anyhow!("{column} is not in {encoding}{hint}"))
    }

    fn called(&self, column: usize) -> String {
        match self.names.get(column) {
            Some(name) if !name.contains(char::REPLACEMENT_CHARACTER) => {
                format!("column {}", quoted(name))
            }
            Some(_) => format!("column {}", column + 1),
            None => "the text".to_owned(),
        }
    }
}

/// Returns the column, from 0, that a row has come to with what stands before.
fn column_behind(before: &[u8], delimiter: u8) -> usize {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.delimiter(delimiter).has_headers(false).from_reader(before);
    let mut record = csv::ByteRecord::new();
    let is_read = reader.read_byte_record(&mut record).unwrap_or(false);
    if is_read { record.len().saturating_sub(1) } else { 0 }
}
