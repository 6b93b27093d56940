//! The first rows of a file, told apart before they are read as rows: what they hold decides how the file is read. What the
//! distinct cells of a column are, and when that makes it one of countries.

use crate::input::scan::Scanner;
use crate::input::{Problem, Record};

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

/// After so many cells that are no country's, a column with fewer that are is given up.
const HOPELESS: usize = 12;

/// What a cell is to a column of countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Nothing,
    /// A group of countries: it says nothing of the column, unless most cells are such.
    Group,
    /// A name of this country, or of several.
    Name(Option<&'static str>),
    Code(Option<&'static str>),
    /// A number, which may be this country's.
    Number(Option<&'static str>),
    Unknown,
}

impl CellKind {
    pub fn iso3(self) -> Option<&'static str> {
        match self {
            Self::Name(iso3) | Self::Code(iso3) | Self::Number(iso3) => iso3,
            Self::Nothing | Self::Group | Self::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    names: usize,
    codes: usize,
    /// Numbers, and those that are a country's.
    pub numbers: usize,
    pub known_numbers: usize,
    unknown: usize,
    groups: usize,
}

/// So many distinct codes are no chance.
const MANY: usize = 20;

/// The share of cells by which a column surely holds countries.
const GOOD: f64 = 0.75;

impl Score {
    pub fn add(&mut self, kind: CellKind) {
        match kind {
            CellKind::Nothing => {}
            CellKind::Group => self.groups += 1,
            CellKind::Name(_) => self.names += 1,
            CellKind::Code(_) => self.codes += 1,
            CellKind::Number(iso3) => {
                self.numbers += 1;
                self.known_numbers += usize::from(iso3.is_some());
            }
            CellKind::Unknown => self.unknown += 1,
        }
    }

    /// Returns whether numbers are codes: nearly all of them are. Of few that says little.
    pub fn has_code_numbers(self) -> bool {
        self.numbers > 0 && self.known_numbers * 10 >= self.numbers * 9
    }

    fn counted(self) -> usize {
        self.names + self.codes + self.numbers + self.unknown
    }

    fn known(self) -> usize {
        let sure = self.names + self.codes;
        // Any small number may be a country's: a few of them say nothing by themselves.
        let counts = self.has_code_numbers() && (sure > 0 || self.numbers >= MANY);
        sure + if counts { self.known_numbers } else { 0 }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are 200 at most")]
    pub fn share(self) -> f64 {
        if self.counted() == 0 { 0.0 } else { self.known() as f64 / self.counted() as f64 }
    }

    /// Returns whether the column surely holds countries.
    pub fn is_good(self) -> bool {
        self.share() >= GOOD
    }

    pub fn is_by_names(self) -> bool {
        self.names > 0 && self.names * 2 >= self.known()
    }

    /// Returns whether a column holds countries whatever it is called, or is called as columns of anything at some place are:
    /// language codes, US states and first names are codes and names of countries too.
    pub fn stands_alone(self, is_place: bool) -> bool {
        let is_many = self.counted() >= MANY;
        if self.groups > self.known() {
            return false;
        }
        if self.is_by_names() || is_place {
            self.share() >= 0.9 || is_many && self.is_good()
        } else {
            self.share() >= 0.95 && is_many
        }
    }

    /// Returns whether so many cells are no country's that no more need be looked at.
    pub fn is_hopeless(self) -> bool {
        self.unknown >= HOPELESS && self.unknown > self.known()
    }
}
