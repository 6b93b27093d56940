//! How the user says that a table is to be read.

use crate::annotate::columns::Wanted;
use crate::annotate::writer::FileChanges;
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
    /// The format of objects, if rows become such.
    pub objects: Option<Format>,
    /// What is written otherwise than it came.
    pub changes: FileChanges,
}
