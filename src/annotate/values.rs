//! The values added to a row. A cell names a country once; a country and a year are rendered once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::annotate::added::{Added, Known, Render};
use crate::annotate::unmatched::Status;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::index::names::spellings::Kind;
use crate::index::placement::History;
use crate::index::years::Years;

/// What a cell names, whatever the year: the number of a `Named`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Name(u32);

impl Name {
    /// What no country is called.
    pub const UNKNOWN: Self = Self(0);
}

/// The year of a row: the place of its answer among those of a name. The default is the same year for all rows, or, where
/// rows have their own, one that is no report's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowYear(usize);

#[derive(Debug)]
struct Named<'index> {
    /// The country, or the state that no longer exists, with its placements.
    country: Option<(&'index Country, History<'index>)>,
    how: Option<Kind>,
    /// Resolved, empty, ambiguous or unknown: ambiguous too where the country is a state that no longer exists.
    status: Status,
}

/// Which names are the same: those of one country, one kind and one status.
type NameKey = (Option<&'static str>, Option<usize>, Status);

/// What is added for a name and a year, and what becomes of the row.
type Answer = (Box<[u8]>, Status);

/// Works out the values. There are as many answers at most as countries, kinds of names and years, however long the file.
#[derive(Debug)]
pub struct Values<'index> {
    /// What is known of the countries.
    pub index: &'index Index,
    /// The years of all rows; none where each has its own.
    years: Option<Years>,
    added: Vec<Added>,
    render: Render,
    names: Vec<Named<'index>>,
    numbers: HashMap<NameKey, Name>,
    /// The answers: for each name as many as there are `RowYear`s.
    answers: Vec<Option<Answer>>,
    /// How many `RowYear`s there are.
    row_years: usize,
}

impl<'index> Values<'index> {
    /// These columns, for these years or for each row's own.
    pub fn new(
        index: &'index Index,
        years: Option<Years>,
        added: Vec<Added>,
        render: Render,
    ) -> Self {
        let own = if years.is_some() {
            0
        } else {
            index.years().count()
        };
        let mut values = Self {
            index,
            years,
            added,
            render,
            names: Vec::new(),
            numbers: HashMap::new(),
            answers: Vec::new(),
            row_years: 1 + own,
        };
        // The first number is `Name::UNKNOWN`.
        values.number(None, None, Status::Unknown);
        values
    }

    /// What is added to the header.
    pub fn header(&self) -> Vec<u8> {
        let added = self.added.iter();
        let names = added.map(|added| (*added, Cow::Borrowed(added.name())));
        let mut header = Vec::new();
        self.render.write(names, &mut header);
        header
    }

    /// The report year that a cell without quotes gives its row, if it is one.
    pub fn row_year(&self, cell: &[u8]) -> Option<RowYear> {
        let year = std::str::from_utf8(cell).ok()?.trim().parse::<u16>().ok()?;
        let place = year.checked_sub(*self.index.years().start())?;
        Some(RowYear(usize::from(place) + 1)).filter(|year| year.0 < self.row_years)
    }

    /// What a cell without quotes names.
    pub fn name(&mut self, cell: &[u8]) -> Name {
        let Ok(name) = std::str::from_utf8(cell) else {
            return Name::UNKNOWN;
        };
        if name.trim().is_empty() {
            return self.number(None, None, Status::Empty);
        }
        let index = self.index;
        match index.resolve(name) {
            Resolution::Country { country, how, .. } => {
                self.number(Some(country), Some(how), Status::Resolved)
            }
            Resolution::Several { how, row, .. } => {
                let state = row.and_then(|row| index.dissolved(&row));
                self.number(state, Some(how), Status::Ambiguous)
            }
            Resolution::Unknown => Name::UNKNOWN,
        }
    }

    fn number(
        &mut self,
        country: Option<&'index Country>,
        how: Option<Kind>,
        status: Status,
    ) -> Name {
        let how = how.filter(|_| self.added.contains(&Added::How));
        let key = (
            country.map(|country| country.iso3),
            how.map(|how| how as usize),
            status,
        );
        match self.numbers.entry(key) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let name = Name(u32::try_from(self.names.len()).unwrap_or(0));
                self.names.push(Named {
                    country: country.map(|country| (country, self.index.history(country))),
                    how,
                    status,
                });
                let answers = self.answers.len() + self.row_years;
                self.answers.resize_with(answers, || None);
                *new.insert(name)
            }
        }
    }

    /// The status of a name whatever the year. A state that no longer exists is ambiguous, though resolved in the years in
    /// which it was ranked.
    pub fn status(&self, name: Name) -> Status {
        let named = self.names.get(name.0 as usize);
        named.map_or(Status::Unknown, |named| named.status)
    }

    /// What is added for a name and a year, and what becomes of the row.
    #[inline]
    pub fn answer(&mut self, name: Name, year: RowYear) -> (&[u8], Status) {
        let place = name.0 as usize * self.row_years + year.0;
        if matches!(self.answers.get(place), Some(None)) {
            self.work_out(name, year, place);
        }
        match self.answers.get(place) {
            Some(Some((text, status))) => (text, *status),
            _ => (&[], Status::Unknown),
        }
    }

    #[cold]
    fn work_out(&mut self, name: Name, year: RowYear, place: usize) {
        let known = self.known(name, year);
        let any_year = self.added.contains(&Added::RoleYear);
        let value = |added: &Added| (*added, added.value(self.index, &known, any_year));
        let mut text = Vec::new();
        self.render.write(self.added.iter().map(value), &mut text);
        let answer = (text.into_boxed_slice(), known.status);
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = Some(answer);
        }
    }

    fn known(&self, name: Name, year: RowYear) -> Known<'_> {
        let years = match year.0.checked_sub(1) {
            None => self.years.clone(),
            Some(place) => {
                let mut year = self.index.years().skip(place);
                year.next().map(|year| Years(year..=year))
            }
        };
        let named = self.names.get(name.0 as usize);
        let status = self.status(name);
        let country = named.and_then(|named| named.country.as_ref());
        let placed = country.zip(years.as_ref());
        let placed = placed.and_then(|((_, history), years)| history.within(&years.0).last());
        // A state that no longer exists is meant where the report of that year ranked it.
        let in_its_time = placed.is_some();
        let Some((country, _)) = country.filter(|_| status != Status::Ambiguous || in_its_time)
        else {
            return Known {
                country: None,
                how: None,
                placed: None,
                year: None,
                status,
            };
        };
        let ranked = placed.is_some_and(|placed| placed.tier.is_rank());
        let year = placed.map(|placed| placed.year);
        Known {
            country: Some(country),
            how: named.and_then(|named| named.how),
            placed,
            year: year.or_else(|| years?.single()),
            status: if ranked {
                Status::Resolved
            } else {
                Status::NotRanked
            },
        }
    }
}
