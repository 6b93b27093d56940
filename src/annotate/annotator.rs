//! Answers row after row: what is added to each, and how many rows became what.

use std::collections::{BTreeMap, HashMap};

use crate::annotate::cache::{Cache, Found};
use crate::annotate::unmatched::Status;
use crate::annotate::values::{Name, RowYear, Values};
use crate::input::column::Cell;
use crate::input::field;

/// After how many distinct cells the filter of names pays.
const FILTERED: usize = 512;

/// How many years that are no report's are told apart.
const MOST_YEARS: usize = 1 << 10;

/// Answers row after row.
#[derive(Debug)]
pub struct Annotator<'index> {
    /// What works the answers out.
    pub values: Values<'index>,
    cache: Cache,
    /// How many cells were not found in the cache.
    missed: usize,
    /// The rows of each status.
    rows: [u64; Status::ALL.len()],
    /// The cells of years that are no report's, with their rows.
    pub wrong_years: BTreeMap<String, u64>,
}

impl<'index> Annotator<'index> {
    /// With nothing counted yet.
    pub fn new(values: Values<'index>) -> Self {
        Self {
            values,
            cache: Cache::new(),
            missed: 0,
            rows: [0; Status::ALL.len()],
            wrong_years: BTreeMap::new(),
        }
    }

    /// What is added to a row with this cell, as it stands in the file, and with this year. The row is counted.
    #[inline]
    pub fn answer(&mut self, cell: Cell<'_>, year: Option<&[u8]>) -> (&[u8], Status) {
        let year = year.map_or(RowYear::default(), |year| self.row_year(year));
        let found = self.cache.find(cell);
        let found = found.unwrap_or_else(|| self.resolve(cell.bytes));
        let (text, status) = self.values.answer(found.name, year);
        self.cache.count(found, status.is_unmatched());
        if let Some(rows) = self.rows.get_mut(status as usize) {
            *rows += 1;
        }
        (text, status)
    }

    fn row_year(&mut self, cell: &[u8]) -> RowYear {
        let value = field::value(cell);
        if let Some(year) = self.values.row_year(&value) {
            return year;
        }
        let value = String::from_utf8_lossy(&value).into_owned();
        if self.wrong_years.len() < MOST_YEARS || self.wrong_years.contains_key(&value) {
            *self.wrong_years.entry(value).or_default() += 1;
        }
        RowYear::default()
    }

    #[cold]
    fn resolve(&mut self, cell: &[u8]) -> Found {
        self.missed += 1;
        let value = field::value(cell);
        let filtered = self.missed > FILTERED;
        let name = if filtered && self.values.index.bloom().rules_out(&value) {
            Name::UNKNOWN
        } else {
            self.values.name(&value)
        };
        self.cache.add(cell, name)
    }

    /// How many rows have a status.
    pub fn rows(&self, status: Status) -> u64 {
        self.rows.get(status as usize).copied().unwrap_or(0)
    }

    /// The unmatched names that are in the cache, with their rows, the most frequent first.
    pub fn unmatched(&self) -> Vec<(String, Status, u64)> {
        let mut rows: HashMap<(String, Status), u64> = HashMap::new();
        for (cell, name, unmatched) in self.cache.unmatched() {
            let value = String::from_utf8_lossy(&field::value(cell)).into_owned();
            *rows.entry((value, self.values.status(name))).or_default() += unmatched;
        }
        let names = rows.into_iter();
        let names = names.map(|((name, status), rows)| (name, status, rows));
        let mut names: Vec<_> = names.collect();
        names.sort_by(|(a, _, more), (b, _, less)| less.cmp(more).then_with(|| a.cmp(b)));
        names
    }
}
