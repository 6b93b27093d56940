//! Countries asked about one after the other, those named or those of a region, and the rows that their placements make.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;
use std::vec;

use anyhow::Result;

use crate::answer::asked::{Memory, Missing, Names, Pace};
use crate::answer::caveats::no_placement;
use crate::answer::names::Name;
use crate::index::Index;
use crate::index::placement::History;
use crate::index::years::Years;
use crate::output::blocks::{BLOCK, Blocks};

/// The histories of the countries asked about, as far as they have placements in these years.
pub struct Countries<'i> {
    index: &'i Index,
    years: RangeInclusive<u16>,
    names: Names,
    /// The history that a name stands for, by its place; none where it stands for none.
    meant: Memory<Option<usize>>,
    /// The countries met, each once.
    pub met: Vec<History<'i>>,
    /// The first block, where it was looked at before it is shown.
    first: Option<Vec<usize>>,
    missing: Missing,
}

impl<'i> Countries<'i> {
    /// Those of the countries named.
    pub fn named(index: &'i Index, mut names: Names, years: RangeInclusive<u16>) -> Self {
        names.without_blank = true;
        Self {
            index,
            years,
            names,
            meant: Memory::new(),
            met: Vec::new(),
            first: None,
            missing: Missing::default(),
        }
    }

    /// These, each once.
    pub fn of(index: &'i Index, histories: Vec<History<'i>>, years: RangeInclusive<u16>) -> Self {
        let names = Names::new(Vec::new(), Pace::ByBlock);
        let mut all = Self::named(index, names, years);
        all.first = Some((0..histories.len()).collect());
        all.met = histories;
        all
    }

    /// The first block, which is still to be shown: all of it where it is short of a block.
    ///
    /// # Errors
    /// As `next`.
    pub fn first(&mut self) -> Result<&[usize]> {
        let first = match self.first.take() {
            Some(first) => first,
            None => self.next()?,
        };
        Ok(self.first.insert(first))
    }

    /// What was not found, a line each.
    pub fn missing(&mut self) -> Vec<String> {
        self.missing.take()
    }

    /// The place of the history that a name stands for.
    fn place(
        index: &'i Index,
        met: &mut Vec<History<'i>>,
        years: &RangeInclusive<u16>,
        name: &Name<'_>,
    ) -> Option<usize> {
        let country = name.meant(index, |state| index.is_placed(state, years))?;
        let same = |history: &History<'_>| history.country.iso3 == country.iso3;
        met.iter().position(same).or_else(|| {
            let history = index.history(country);
            history.within(years).next()?;
            met.push(history);
            Some(met.len() - 1)
        })
    }
}

impl<'i> Blocks for Countries<'i> {
    type Row = History<'i>;

    fn next(&mut self) -> Result<Vec<usize>> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let (index, years, met) = (self.index, &self.years, &mut self.met);
        let mut block = Vec::new();
        self.names.block(|name| {
            self.meant.forget_if_full();
            let find = || Self::place(index, met, years, name);
            match self.meant.get_or(name.written, find) {
                Some(place) => block.push(place),
                None => self.missing.add(name, || why(index, years, name)),
            }
            block.len()
        })?;
        Ok(block)
    }

    fn row(&self, place: usize) -> Option<&History<'i>> {
        self.met.get(place)
    }
}

/// Why a name has no placement in these years.
fn why(index: &Index, years: &RangeInclusive<u16>, name: &Name<'_>) -> String {
    let Some(country) = name.meant(index, |_| false) else {
        return name.why(index);
    };
    no_placement(index, &index.history(country), &Years(years.clone()))
}

/// The rows that each history makes, block by block.
pub struct CountryRows<'i, Row, Make> {
    countries: Rc<RefCell<Countries<'i>>>,
    /// The countries whose rows are still to be shown.
    left: vec::IntoIter<usize>,
    make: Make,
    rows: Vec<Row>,
    /// The places of the rows that a history made.
    made: HashMap<usize, Range<usize>>,
}

impl<'i, Row, Make: Fn(&History<'i>) -> Vec<Row>> CountryRows<'i, Row, Make> {
    /// Those that `make` makes of each.
    pub fn new(countries: &Rc<RefCell<Countries<'i>>>, make: Make) -> Self {
        Self {
            countries: Rc::clone(countries),
            left: Vec::new().into_iter(),
            make,
            rows: Vec::new(),
            made: HashMap::new(),
        }
    }

    /// Every row made so far, each once.
    pub fn made(&self) -> &[Row] {
        &self.rows
    }
}

impl<'i, Row, Make: Fn(&History<'i>) -> Vec<Row>> Blocks for CountryRows<'i, Row, Make> {
    type Row = Row;

    fn next(&mut self) -> Result<Vec<usize>> {
        let mut block = Vec::new();
        while block.is_empty() {
            if self.left.len() == 0 {
                self.left = self.countries.borrow_mut().next()?.into_iter();
            }
            if self.left.len() == 0 {
                break;
            }
            let countries = self.countries.borrow();
            while block.len() <= BLOCK
                && let Some(place) = self.left.next()
            {
                let made = self.made.entry(place).or_insert_with(|| {
                    let start = self.rows.len();
                    self.rows.extend(countries.row(place).into_iter().flat_map(&self.make));
                    start..self.rows.len()
                });
                block.extend(made.clone());
            }
        }
        Ok(block)
    }

    fn row(&self, place: usize) -> Option<&Row> {
        self.rows.get(place)
    }
}
