//! The first rows of a file, told apart before they are read as rows: what they hold decides how the file is read.

use std::ops::Range;

use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::scan::Scanner;
use crate::input::sink::Sink;

/// How many rows are looked at.
pub const ROWS: usize = 200;

/// How many columns are looked at.
const MOST_COLUMNS: usize = 1 << 10;

/// The first records of a text.
#[derive(Debug, Default)]
pub struct Sample<'t> {
    text: &'t [u8],
    records: Vec<SampleRecord>,
}

/// A record of the sample.
#[derive(Debug)]
pub struct SampleRecord {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// How many fields it has.
    pub len: usize,
    fields: Vec<Range<usize>>,
}

impl<'t> Sample<'t> {
    /// Tells the first records of a text apart, so many at most. `ended`: nothing follows it.
    pub fn new(text: &'t [u8], ended: bool, delimiter: u8, most: usize) -> Self {
        let record = Record::with_most(MOST_COLUMNS);
        let mut found = Found { record, records: Vec::new(), most };
        let text_end = memchr::memchr(0, text).unwrap_or(text.len());
        let text = text.get(..text_end).unwrap_or_default();
        // What is wrong with the file is said when it is read.
        let _ = Scanner::new(delimiter).scan(text, ended, &mut found);
        let (mut line, mut before) = (1, 0);
        for record in &mut found.records {
            line += line_ends(text.get(before..record.start()).unwrap_or_default());
            before = record.start();
            record.line = line;
        }
        Self { text, records: found.records }
    }

    /// Returns its records, the header among them.
    pub fn rows(&self) -> Rows<'_, 't> {
        Rows { text: self.text, records: &self.records }
    }
}

/// Some records of a sample.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'r, 't> {
    text: &'t [u8],
    records: &'r [SampleRecord],
}

impl<'r, 't> Rows<'r, 't> {
    /// Returns the records.
    pub fn records(self) -> &'r [SampleRecord] {
        self.records
    }

    /// Returns a field as it stands in the file; empty where the record lacks it.
    pub fn field(self, record: &SampleRecord, column: usize) -> &'t [u8] {
        let range = record.fields.get(column).cloned().unwrap_or_default();
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the fields of a column.
    pub fn column(self, column: usize) -> impl Iterator<Item = &'t [u8]> + use<'r, 't> {
        self.records.iter().map(move |record| self.field(record, column))
    }

    /// Returns the fields of the first record, as they stand in the file.
    pub fn header(self) -> impl Iterator<Item = &'t [u8]> + use<'r, 't> {
        let first = self.records.first();
        first.into_iter().flat_map(move |it| (0..it.fields.len()).map(move |at| self.field(it, at)))
    }

    /// Returns the rows behind the first record.
    pub fn behind_header(self) -> Self {
        Self { records: self.records.get(1..).unwrap_or_default(), ..self }
    }
}

impl SampleRecord {
    fn start(&self) -> usize {
        self.fields.first().map_or(0, |field| field.start)
    }
}

/// Returns how many lines end in a text.
fn line_ends(text: &[u8]) -> usize {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text);
    ends.filter(|at| text.get(*at) == Some(&b'\n') || text.get(at + 1) != Some(&b'\n')).count()
}

struct Found {
    record: Record,
    records: Vec<SampleRecord>,
    most: usize,
}

impl Sink for Found {
    fn fields(&mut self, base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, _chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        let len = self.record.len();
        let fields = (0..len).map_while(|column| self.record.range(start, column)).collect();
        self.records.push(SampleRecord { line: 0, len, fields });
        self.record.clear();
        // A problem ends the scan: these are enough.
        if self.records.len() < self.most { Ok(()) } else { Err(Problem::LongRecord) }
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        Ok(())
    }
}
