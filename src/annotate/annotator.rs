//! Answers row after row: what is added to each, and how many rows became what.

use std::rc::Rc;

use clap::ValueEnum;

use crate::annotate::added::Letters;
use crate::annotate::guessed_encoding::Undecodable;
use crate::annotate::unmatched::{LONGEST, Status, UnmatchedNames};
use crate::annotate::values::{NameId, RowYear, Values};
use crate::answer::cache::Cache;
use crate::input::field;

/// After how many resolved cells it pays to build the filter of names.
const FILTERED: usize = 512;

/// What a cell names, and its number among the unmatched names.
#[derive(Clone, Copy, Debug)]
struct Found {
    name: NameId,
    unmatched: u32,
    /// Whether the cell is `NA`.
    is_na: bool,
}

pub struct Annotator<'index> {
    pub values: Values<'index>,
    /// What cells name, as they stand in the file.
    cache: Cache<Found>,
    /// What cells are that name several countries, where each of them has its own row.
    lists: Cache<Option<Rc<[NameId]>>>,
    /// How many cells were not found in the cache.
    resolved: usize,
    /// The rows of each status.
    rows: [u64; 8],
    /// The number of the row that is answered, as spreadsheet programs count: the header is 1.
    pub row: u64,
    pub unmatched: UnmatchedNames,
    /// The cells of years that are no report's, with their rows.
    pub wrong_years: UnmatchedNames,
    pub undecodable: Undecodable<'index>,
    na: NaCells,
}

/// The cells `NA`, which is the code of Namibia, and in many tables no value.
#[derive(Debug, Default)]
struct NaCells {
    /// How many rows have one, and which is the first.
    rows: u64,
    first: u64,
    /// How many distinct cells were read as countries by more letters than a code has, and by no more.
    names: usize,
    codes: usize,
}

impl<'index> Annotator<'index> {
    pub fn new(values: Values<'index>) -> Self {
        let undecodable = Undecodable::new(values.index, values.query.encoding);
        Self {
            values,
            cache: Cache::new(),
            lists: Cache::new(),
            resolved: 0,
            rows: [0; 8],
            row: 0,
            unmatched: UnmatchedNames::default(),
            wrong_years: UnmatchedNames::default(),
            undecodable,
            na: NaCells::default(),
        }
    }

    /// Returns what is added to a row with this cell, as it stands in the file, and with this year, what becomes of
    /// the row, and what letters are added. The row is counted.
    #[inline]
    pub fn answer(&mut self, cell: &[u8], year: Option<&[u8]>) -> (&[u8], Status, Letters) {
        let year = year.map_or(RowYear::default(), |year| self.row_year(year));
        let known = self.cache.get(cell);
        let found = known.unwrap_or_else(|| self.resolve(cell));
        if found.is_na {
            self.na.first = if self.na.rows == 0 { self.row } else { self.na.first };
            self.na.rows += 1;
        }
        self.count(found, year)
    }

    #[inline]
    fn count(&mut self, found: Found, year: RowYear) -> (&[u8], Status, Letters) {
        let (text, status, letters) = self.values.answer(found.name, year);
        if let Some(rows) = self.rows.get_mut(status as usize) {
            *rows += 1;
        }
        if status.is_unmatched() {
            self.unmatched.count(found.unmatched, status, self.row);
        }
        (text, status, letters)
    }

    /// Returns the countries of a cell that names several and is not one country's: for `answer_part`.
    pub fn list(&mut self, cell: &[u8]) -> Option<Rc<[NameId]>> {
        if let Some(known) = self.lists.get(cell) {
            return known;
        }
        let value = field::value(cell);
        let text = self.values.query.encoding.text(&value).unwrap_or_default();
        let name = self.values.name(&text, false);
        let is_one = self.values.is_country(name);
        let parts = if is_one { Vec::new() } else { self.values.parts(&text) };
        let parts = parts.iter().map(|part| self.values.name(part, false));
        let list = Some(parts.collect()).filter(|list: &Rc<[NameId]>| !list.is_empty());
        self.lists.clear_if_full();
        self.lists.add(cell, list.clone());
        list
    }

    /// Returns what is added to the row of one country of a list. The row is counted.
    pub fn answer_part(&mut self, name: NameId, year: Option<&[u8]>) -> (&[u8], Status, Letters) {
        let year = year.map_or(RowYear::default(), |year| self.row_year(year));
        self.count(Found { name, unmatched: UnmatchedNames::NONE, is_na: false }, year)
    }

    fn row_year(&mut self, cell: &[u8]) -> RowYear {
        if let Some(year) = self.values.row_year(&field::value(cell)) {
            return year;
        }
        // Messages show the beginning of a long one.
        let start = cell.get(..LONGEST).unwrap_or(cell);
        let number = self.wrong_years.number(start, self.values.query.encoding);
        self.wrong_years.count(number, Status::Unknown, self.row);
        RowYear::default()
    }

    #[cold]
    fn resolve(&mut self, cell: &[u8]) -> Found {
        self.resolved += 1;
        let (value, encoding) = (field::value(cell), self.values.query.encoding);
        let name = if let Some(text) = encoding.text(&value) {
            self.values.name(&text, self.resolved > FILTERED)
        } else {
            self.undecodable.add(&value);
            NameId::UNKNOWN
        };
        let unmatched = if self.values.is_country(name) {
            let is_code = value.trim_ascii().len() <= 3;
            let kind = if is_code { &mut self.na.codes } else { &mut self.na.names };
            *kind += 1;
            UnmatchedNames::NONE
        } else {
            self.unmatched.number(cell, encoding)
        };
        let found =
            Found { name, unmatched, is_na: value.trim_ascii().eq_ignore_ascii_case(b"NA") };
        self.cache.clear_if_full();
        self.cache.add(cell, found);
        found
    }

    /// Returns how many rows have `NA`, and the first of them, where most cells are names and that one is a code.
    pub fn na_among_names(&self) -> Option<(u64, u64)> {
        let NaCells { rows, first, names, codes } = self.na;
        (rows > 0 && names > 0 && names >= codes && self.values.is_code("NA"))
            .then_some((rows, first))
    }

    /// Returns how many rows have names that are not counted one by one, by their status.
    pub fn others(&self) -> impl Iterator<Item = (Status, u64)> {
        let others = [Status::Ambiguous, Status::Unknown].into_iter();
        let others = others.map(|status| (status, self.rows(status) - self.unmatched.rows(status)));
        others.filter(|(_, rows)| *rows > 0)
    }

    pub fn rows(&self, status: Status) -> u64 {
        self.rows.get(status as usize).copied().unwrap_or(0)
    }
    /// Returns how many rows have each status.
    pub fn counts(&self) -> impl Iterator<Item = (Status, u64)> + Clone {
        Status::value_variants().iter().copied().zip(self.rows)
    }
}
