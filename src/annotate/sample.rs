//! The first rows of a file, told apart before they are read as rows: what they hold decides how the file is read.

use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::scan::Scanner;

pub const ROWS: usize = 200;

const MOST_COLUMNS: usize = 1 << 10;

#[derive(Debug)]
pub struct SampleRow<'t> {
    /// The line on which it begins, from 1.
    pub line: u64,
    pub len: usize,
    /// The fields that are looked at, as they stand in the file.
    pub fields: Vec<&'t [u8]>,
}

impl<'t> SampleRow<'t> {
    /// Returns a field; empty where the record lacks it.
    pub fn field(&self, column: usize) -> &'t [u8] {
        self.fields.get(column).copied().unwrap_or_default()
    }
}

/// Tells the first records of a text apart, so many at most. `ended`: nothing follows it.
pub fn sample(text: &[u8], ended: bool, delimiter: u8, most: usize) -> Vec<SampleRow<'_>> {
    let text_end = memchr::memchr(0, text).unwrap_or(text.len());
    let text = text.get(..text_end).unwrap_or_default();
    let mut rows = Vec::new();
    let mut sink = |record: &Record<'_>| {
        let columns = 0..record.len().min(MOST_COLUMNS);
        let fields = columns.filter_map(|column| text.get(record.range(column)?)).collect();
        rows.push(SampleRow { line: record.line, len: record.len(), fields });
        // A problem ends the scan: these are enough.
        if rows.len() < most { Ok(()) } else { Err(Problem::LongRecord) }
    };
    // What is wrong with the file is said when it is read.
    let _ = Scanner::new(delimiter, 1, 0).scan(text, ended, &mut sink);
    rows
}

pub fn below<'r, 't>(rows: &'r [SampleRow<'t>]) -> &'r [SampleRow<'t>] {
    rows.get(1..).unwrap_or_default()
}
