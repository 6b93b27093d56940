//! What can be wrong with a file, and how messages say where.

use anyhow::anyhow;

/// The longest field that is read, in bytes: what is longer is a quote that was never closed, or no CSV.
pub const LONGEST_FIELD: usize = 1 << 20;

/// The longest record that is read, in bytes: it must be in memory as a whole.
pub const LONGEST_RECORD: usize = 1 << 22;

#[derive(Debug)]
pub enum Problem {
    /// A record has this many fields, not as many as the header.
    Ragged(usize),
    LongField,
    LongRecord,
    Nul,
    OpenQuote,
    /// The field of this column, from 0, is not in the encoding of the file.
    NotEncoded(usize),
    /// The sink refuses the record.
    Refused(anyhow::Error),
    /// The sink cannot go on, whatever the record.
    Stopped(anyhow::Error),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: u64,
    /// The byte in the line, from 1.
    pub column: usize,
}

#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// The line on which the record being scanned began.
    pub record: u64,
    /// Where a quote was opened that is still open.
    pub open: Option<Location>,
    /// The location behind what was scanned.
    pub here: Location,
}

impl Problem {
    /// Returns the error that names the file, the line and what is known of the location. `columns`: how many the header has.
    pub fn located(self, name: &str, position: Position, columns: usize) -> anyhow::Error {
        let line = position.record;
        match (self, position.open) {
            (Self::Ragged(fields), _) if fields < columns => anyhow!(
                "{name}:{line}: field {} of {columns} is missing; '--ragged pad' fills short rows up",
                fields + 1
            ),
            (Self::Ragged(fields), _) => anyhow!(
                "{name}:{line}: {fields} fields; the header has {columns}, and a field that holds the delimiter must be quoted"
            ),
            (Self::LongRecord, _) => anyhow!("{name}:{line}: a row of 4 MiB or more"),
            (Self::LongField, None) => anyhow!("{name}:{line}: a field of more than 1 MiB"),
            (Self::LongField | Self::OpenQuote, Some(Location { line, column })) => {
                anyhow!(
                    "{name}:{line}:{column}: a quote opened here is never closed, or not for 1 MiB"
                )
            }
            (Self::OpenQuote, None) => anyhow!("{name}:{line}: a quote is never closed"),
            (Self::Nul, _) => {
                let Location { line, column } = position.here;
                anyhow!(
                    "{name}:{line}:{column}: a NUL byte; text was expected (is it UTF-16? convert it with 'iconv -f UTF-16 -t UTF-8')"
                )
            }
            (Self::NotEncoded(column), _) => {
                anyhow!(
                    "{name}:{line}: field {} is not UTF-8; give the encoding with --encoding",
                    column + 1
                )
            }
            (Self::Refused(error), _) => error.context(format!("{name}:{line}")),
            (Self::Stopped(error), _) => error,
        }
    }
}

/// Fields in which text stands behind a closing quote: it belongs to the value, but may not be meant so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrailingText {
    pub fields: u64,
    /// Those in which a backslash stands before that quote.
    pub backslashed: u64,
    pub line: u64,
}

impl TrailingText {
    pub fn add(&mut self, other: Self) {
        if self.fields == 0 {
            self.line = other.line;
        }
        self.fields += other.fields;
        self.backslashed += other.backslashed;
    }

    /// Returns what a reader should know of them, if there are any.
    pub fn note(self) -> Option<String> {
        let (have, first) = match self.fields {
            0 => return None,
            1 => ("field has", "on"),
            _ => ("fields have", "the first on"),
        };
        let backslash = match self.backslashed {
            0 => String::new(),
            many => format!(
                "; before {many} of the quotes stands a backslash, but CSV writes a quote inside quotes as two"
            ),
        };
        Some(format!(
            "{} {have} text behind the closing quote, {first} line {}: it is read as part of the value{backslash}",
            self.fields, self.line
        ))
    }
}
