//! What is added to each row: worked out once for a cell, and counted.

use std::collections::BTreeMap;

use crate::commands::annotate::cells::Cells;
use crate::commands::annotate::rank::{Ranker, RowYear, Status};
use crate::input::capture::Cell;
use crate::input::field;

/// After how many distinct cells the filter of names pays.
const FILTERED: usize = 512;

/// How many years that are no report's are told apart.
const MOST_YEARS: usize = 1 << 10;

/// Answers row after row.
#[derive(Debug)]
pub struct Annotator<'index> {
    /// What works the answers out.
    pub ranker: Ranker<'index>,
    /// The answers, and their counts.
    pub cells: Cells,
    /// What is added for the last cell that was worked out.
    text: Vec<u8>,
    /// How many cells were worked out.
    distinct: usize,
    /// The cells of years that are no report's, with their rows.
    pub wrong_years: BTreeMap<String, u64>,
}

impl<'index> Annotator<'index> {
    /// With nothing counted yet.
    pub fn new(mut ranker: Ranker<'index>) -> Self {
        let mut strange = Vec::new();
        ranker.write(b"?", RowYear::SAME, &mut strange);
        Self {
            ranker,
            cells: Cells::new(strange),
            text: Vec::new(),
            distinct: 0,
            wrong_years: BTreeMap::new(),
        }
    }

    /// What is added to a row with this cell, as it stands in the file, and with this year.
    #[inline]
    pub fn suffix(&mut self, cell: Cell<'_>, year: Option<&[u8]>) -> (&[u8], Status) {
        let year = year.map_or(RowYear::SAME, |year| self.row_year(year));
        match self.cells.find(cell, year) {
            Some(place) => self.cells.text(place),
            None => self.work_out(cell.bytes, year),
        }
    }

    /// The same for a name that no quotes surround.
    pub fn name(&mut self, name: &[u8]) -> (&[u8], Status) {
        if !name.starts_with(b"\"") {
            return self.suffix(Cell::of(name), None);
        }
        let mut cell = Vec::new();
        field::write_quoted(name, &mut cell);
        self.suffix(Cell::of(&cell), None)
    }

    fn row_year(&mut self, cell: &[u8]) -> RowYear {
        let value = field::value(cell);
        let year = self.ranker.row_year(&value);
        if year == RowYear::NONE {
            let value = String::from_utf8_lossy(&value).into_owned();
            let known = self.wrong_years.contains_key(&value);
            if known || self.wrong_years.len() < MOST_YEARS {
                *self.wrong_years.entry(value).or_default() += 1;
            }
        }
        year
    }

    #[cold]
    fn work_out(&mut self, cell: &[u8], year: RowYear) -> (&[u8], Status) {
        self.distinct += 1;
        let value = field::value(cell);
        if self.distinct > FILTERED && self.ranker.index.vocabulary().rules_out(&value) {
            self.cells.add_strange(cell, year);
            return (self.cells.strange(), Status::Unknown);
        }
        self.text.clear();
        let status = self.ranker.write(&value, year, &mut self.text);
        self.cells.add(cell, year, &self.text, status);
        (&self.text, status)
    }
}
