//! How the user says that a table is to be read.

use crate::annotate::columns::Wanted;
use crate::annotate::writer::{FileChanges, Parted};
use crate::output::format::Format;

/// How to read a CSV file.
#[derive(Clone, Copy, Debug)]
pub struct UserTable<'a> {
    /// Its columns, as the user names them.
    pub wanted: Wanted<'a>,
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
    /// What parts the columns that are written.
    pub parted: Parted,
    /// What the names of columns begin with that are left out, if any are.
    pub replaced: Option<&'a str>,
    /// The format of objects, if rows become such.
    pub objects: Option<Format>,
    /// What is written otherwise than it came.
    pub changes: FileChanges,
}
