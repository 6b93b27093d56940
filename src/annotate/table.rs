//! What the user says of a file, and of what is written of it.

use crate::output::Format;

/// What is written otherwise than it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// Formulas have a `'` before them.
    pub excel_safe: bool,
    /// A byte order mark comes first.
    pub bom: bool,
    /// Rows end with CR and LF.
    pub crlf: bool,
    /// The columns are parted by this; the cells are quoted anew.
    pub delimiter: Option<u8>,
}

/// What parts the columns that are written.
#[derive(Clone, Copy, Debug)]
pub enum Parted {
    /// What parts them in the file.
    AsTheyCame,
    /// The same, but no tab: the name of the output ends in `.csv`.
    NotByTab,
    /// This, which is asked for.
    By(u8),
}

impl Parted {
    /// Returns what parts the columns instead of the delimiter of the file, if anything else does.
    pub fn instead(self, delimiter: u8) -> Option<u8> {
        match self {
            Self::NotByTab if delimiter == b'\t' => Some(b','),
            Self::By(other) if delimiter != other => Some(other),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub struct UserTable<'a> {
    /// The column of the country, by its name or its number, if it is named.
    pub country: Option<&'a str>,
    pub year: Option<&'a str>,
    /// Whether one year is asked for, for every row.
    pub one_year: bool,
    /// Whether the first row names the columns.
    pub header: bool,
    /// What separates the columns, where the user says so.
    pub delimiter: Option<u8>,
    /// What does by the name of the file.
    pub usual: u8,
    /// How many lines stand above the header.
    pub skip: usize,
    /// Whether the user says of which system codes are.
    pub is_system_given: bool,
    /// Whether a cell of several countries makes a row for each.
    pub each: bool,
    /// Whether short rows are filled up.
    pub pad: bool,
    pub parted: Parted,
    /// What the names of columns begin with that are left out, if any are.
    pub replaced: Option<&'a str>,
    /// The format of objects, if rows become such.
    pub objects: Option<Format>,
    pub changes: FileChanges,
}

impl UserTable<'_> {
    /// Reads a sheet of a workbook, whose columns commas part.
    pub fn of_sheet(self) -> Self {
        Self { delimiter: Some(b','), usual: b',', ..self }
    }
}
