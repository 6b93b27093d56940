//! Answers row after row: what is added to each, and how many rows became what.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::annotate::cache::{Cache, Found};
use crate::annotate::numbered::Numbered;
use crate::annotate::unmatched::Status;
use crate::annotate::values::{Name, RowYear, Values};
use crate::index::Index;
use crate::input::column::Cell;
use crate::input::encoding::Encoding;
use crate::input::field;

/// After how many distinct cells the filter of names pays, and what is known of numbers.
const FILTERED: usize = 512;

/// How many years that are no report's are told apart, and by how many characters: messages cut them there.
const MOST_YEARS: usize = 1 << 10;
const YEAR_LEN: usize = 61;

/// Answers row after row.
pub struct Annotator<'index> {
    /// What works the answers out.
    pub values: Values<'index>,
    cache: Cache,
    /// The names with numbers behind them, once many are asked for.
    numbered: Option<Numbered>,
    /// How many cells were not found in the cache.
    missed: usize,
    /// The rows of each status.
    rows: [u64; Status::ALL.len()],
    /// The cells of years that are no report's, with their rows.
    pub wrong_years: BTreeMap<String, u64>,
    /// How many distinct cells were not in the encoding, as far as they are remembered.
    pub garbled: u64,
}

impl<'index> Annotator<'index> {
    /// With nothing counted yet.
    pub fn new(values: Values<'index>) -> Self {
        Self {
            values,
            cache: Cache::new(),
            numbered: None,
            missed: 0,
            rows: [0; Status::ALL.len()],
            wrong_years: BTreeMap::new(),
            garbled: 0,
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
        // Of a long cell only the beginning is looked at: a character has four bytes at most.
        let start = value.get(..YEAR_LEN * 4).unwrap_or(&value);
        let start = self.values.encoding().lossy(start);
        let value: String = start.chars().take(YEAR_LEN).collect();
        if self.wrong_years.len() < MOST_YEARS || self.wrong_years.contains_key(&value) {
            *self.wrong_years.entry(value).or_default() += 1;
        }
        RowYear::default()
    }

    #[cold]
    fn resolve(&mut self, cell: &[u8]) -> Found {
        self.missed += 1;
        let (value, encoding) = (field::value(cell), self.values.encoding());
        let name = if let Some(text) = encoding.text(&value) {
            self.name(&text)
        } else {
            self.garbled += 1;
            Name::UNKNOWN
        };
        if self.values.is_country(name) {
            self.cache.add_known(cell, name)
        } else {
            self.cache.add(cell, name)
        }
    }

    fn name(&mut self, text: &str) -> Name {
        let index = self.values.index;
        if self.missed <= FILTERED {
            return self.values.name(text, false);
        }
        // What may be in the user's table, or stand for nothing, is not taken apart.
        let is_plain = self.values.rules_out(text);
        let numbered = self.numbered.get_or_insert_with(|| Numbered::new(index));
        if let Some(name) = numbered.find(text).filter(|_| is_plain) {
            return name;
        }
        let is_none = index.bloom().rules_out(text.as_bytes());
        if !is_plain {
            return self.values.name(text, is_none);
        }
        let resolution = (!is_none).then(|| index.resolve(text));
        let name = match &resolution {
            Some(resolution) => self.values.named(text, resolution),
            None => Name::UNKNOWN,
        };
        numbered.add(text, resolution.as_ref(), name);
        name
    }

    /// What the words of a cell are looked up with.
    #[inline]
    pub fn words(&self) -> (&'index Index, Encoding) {
        (self.values.index, self.values.encoding())
    }

    /// What to say where cells were not in the encoding.
    pub fn garbled_hint(&self) -> &'static str {
        match self.garbled {
            0 => "",
            _ => self.values.encoding().hint(),
        }
    }

    /// All rows are answered: what only helped to do so goes, for to sum up takes memory too.
    pub fn end(&mut self) {
        self.cache.forget_known();
        self.numbered = None;
    }

    /// How many rows have a status.
    pub fn rows(&self, status: Status) -> u64 {
        self.rows.get(status as usize).copied().unwrap_or(0)
    }

    /// The unmatched names that are in the cache, with their rows, the most frequent first.
    pub fn unmatched(&self) -> Vec<(Cow<'_, str>, Status, u64)> {
        let encoding = self.values.encoding();
        let names = self.cache.unmatched().map(|(cell, name, rows)| {
            let value = match field::value(cell) {
                Cow::Borrowed(value) => encoding.lossy(value),
                Cow::Owned(value) => Cow::Owned(encoding.lossy(&value).into_owned()),
            };
            (value, self.values.unmatched_status(name), rows)
        });
        let mut names: Vec<(Cow<str>, Status, u64)> = names.collect();
        // A name may stand in several cells: with quotes and without.
        names.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
        names.dedup_by(|(name, _, rows), (kept, _, sum)| {
            let is_same = name == kept;
            *sum += if is_same { *rows } else { 0 };
            is_same
        });
        names.sort_unstable_by(|(a, _, a_rows), (b, _, b_rows)| b_rows.cmp(a_rows).then(a.cmp(b)));
        names
    }
}
