//! The values added to a row. A cell names a country once; a country and a year are rendered once.

use std::rc::Rc;

use crate::annotate::added::{Added, Known, Letters, Render};
use crate::annotate::corrections::Corrections;
use crate::annotate::row_year;
use crate::annotate::unmatched::Status;
use crate::answer::columns::column_notes;
use crate::answer::row::{CountryRecord, CountryReport};
use crate::index::names::spellings::Kind;
use crate::index::placeholder::Placeholders;
use crate::index::{CodeReading, Country, Index, Resolution, Years};
use crate::input::Encoding;
use crate::output::Cell;

pub struct Requested<'i> {
    pub index: &'i Index,
    /// The report year of all rows; none where each has its own.
    pub year: Option<u16>,
    pub added: Vec<Added<'i>>,
    /// The user's own table of names.
    pub corrections: Corrections<'i>,
    pub codes: CodeReading,
    pub encoding: Encoding,
}

/// What a reader should know of the lists a country is on.
const LISTS: &str = "a list that the data do not know of a country and year is an empty cell; \
    'tip list --on' says which years are whole";

impl Requested<'_> {
    /// What a reader should know of the columns that are added.
    pub fn column_notes(&self) -> Vec<String> {
        let index = self.index;
        let years = Years::from(self.year.map_or(index.every_year(), |year| year..=year));
        let added: Vec<&str> = self.added.iter().map(|added| added.name).collect();
        let notes = column_notes(index, &years).into_iter().filter(|note| note.holds(&added));
        let mut notes: Vec<String> = notes.map(|note| note.text).collect();
        if index.lists().iter().any(|list| added.contains(&list.id)) {
            notes.push(LISTS.to_owned());
        }
        notes
    }
}

/// What a cell names, whatever the year: the number of a `Named`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameId(u32);

impl NameId {
    pub const UNKNOWN: Self = Self(0);
}

/// The year of a row: the place of its answer among those of a name. The default is the same year for all rows, or, where
/// rows have their own, one that is no report's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowYear(usize);

struct Named<'i> {
    /// The country, or the state that no longer exists.
    record: Option<Rc<CountryRecord<'i>>>,
    /// By what it was recognised, where that is shown; none is the user's own table.
    how: Option<Kind>,
    /// What becomes of rows with it, where that is not for the year to say: ambiguous too where it is a state that no
    /// longer exists.
    status: Option<Status>,
    /// The answers per `RowYear`, once they are asked for.
    answers: Vec<Option<Rendered>>,
}

impl<'i> Named<'i> {
    fn known(&self, year: Option<u16>) -> Known<'i> {
        let placed = self.record.as_ref().zip(year);
        let placed = placed.and_then(|(record, year)| record.history.in_year(year));
        match (&self.record, self.status) {
            // A state that no longer exists is meant where the report of that year ranked it.
            (Some(record), status) if placed.is_some() || status.is_none() => {
                let report = CountryReport { record: Rc::clone(record), year };
                let status = Status::placed(report.tier());
                Known { report: Some(report), how: self.how, status }
            }
            (_, status) => {
                Known { report: None, how: None, status: status.unwrap_or(Status::Unknown) }
            }
        }
    }
}

/// What is added for a name and a year, what becomes of the row, and what letters are added.
type Rendered = (Box<[u8]>, Status, Letters);

/// Works out the values. There are as many answers at most as countries, kinds of names and years, however long the file.
pub struct Values<'i> {
    pub index: &'i Index,
    pub query: Requested<'i>,
    render: Render,
    placeholders: Placeholders,
    names: Vec<Named<'i>>,
}

impl<'i> Values<'i> {
    pub fn new(query: Requested<'i>, render: Render) -> Self {
        let (index, names) = (query.index, Vec::new());
        let placeholders = index.placeholders();
        let mut values = Self { index, query, render, placeholders, names };
        // The first number is `NameId::UNKNOWN`.
        values.number(None, None, Some(Status::Unknown));
        values
    }

    pub fn header(&self) -> Vec<u8> {
        let mut header = Vec::new();
        for added in &self.query.added {
            let name = added.header();
            self.render.write(&name, &Cell::text(&name), &mut header);
        }
        header
    }

    /// The report year that a cell without quotes gives its row, if it is one.
    pub fn row_year(&self, cell: &[u8]) -> Option<RowYear> {
        let year = row_year::year(std::str::from_utf8(cell).ok()?)?;
        let place = year.checked_sub(*self.index.every_year().start())?;
        self.index.every_year().contains(&year).then_some(RowYear(usize::from(place) + 1))
    }

    /// Returns what a name, or a code as codes are read here, stands for.
    pub fn resolve(&self, name: &str) -> Resolution<'i> {
        self.index.resolve_in(name, self.query.codes)
    }

    /// Returns whether a cell is a code, and no correction says what else it is.
    pub fn is_code(&self, cell: &str) -> bool {
        let is_code = matches!(self.resolve(cell), Resolution::Country { how: Kind::Code, .. });
        is_code && self.query.corrections.country(cell).is_none()
    }

    /// Returns the parts of a cell that names several countries.
    pub fn parts(&self, text: &str) -> Vec<String> {
        self.index.parts(text, self.query.codes)
    }

    /// Returns what a cell names. `filter`: whether it pays to ask the filter of names first.
    pub fn name(&mut self, text: &str, filter: bool) -> NameId {
        let index = self.index;
        if text.trim().is_empty() {
            return self.number(None, None, Some(Status::Empty));
        }
        if let Some(country) = self.query.corrections.country(text) {
            return self.number(Some(country), None, None);
        }
        let is_none = filter && index.bloom().rules_out(text.as_bytes());
        let resolution = if is_none { Resolution::Unknown } else { self.resolve(text) };
        match resolution {
            Resolution::Country { country, how, .. } => self.number(Some(country), Some(how), None),
            Resolution::Several { how, row, .. } => {
                let state = row.as_ref().and_then(|row| index.dissolved(row));
                self.number(state, Some(how), Some(Status::Ambiguous))
            }
            Resolution::Unknown if self.placeholders.has(text) => {
                self.number(None, None, Some(Status::Placeholder))
            }
            Resolution::Unknown => NameId::UNKNOWN,
        }
    }

    /// Returns what is added where nothing is named.
    pub fn nothing(&mut self) -> &[u8] {
        let empty = self.number(None, None, Some(Status::Empty));
        self.answer(empty, RowYear::default()).0
    }

    fn number(
        &mut self,
        country: Option<&'i Country>,
        how: Option<Kind>,
        status: Option<Status>,
    ) -> NameId {
        // Where it is not shown by what a country was recognised, that tells no names apart.
        let is_shown = self.query.added.iter().any(|added| added.name == "how");
        let how = how.filter(|_| is_shown);
        let is_known = |it: &Named<'_>| {
            let iso3 = it.record.as_ref().map(|record| record.history.country.iso3);
            iso3 == country.map(|it| it.iso3) && it.how == how && it.status == status
        };
        let known = self.names.iter().position(is_known);
        let name = known.unwrap_or_else(|| {
            let record = country.map(|country| CountryRecord::new(self.index, country));
            self.names.push(Named { record, how, status, answers: Vec::new() });
            self.names.len() - 1
        });
        NameId(u32::try_from(name).unwrap_or(0))
    }

    pub fn is_country(&self, name: NameId) -> bool {
        let named = self.names.get(name.0 as usize);
        named.is_some_and(|named| named.status.is_none())
    }

    /// Returns what is added for a name and a year, what becomes of the row, and what letters are added.
    #[inline]
    pub fn answer(&mut self, name: NameId, year: RowYear) -> (&[u8], Status, Letters) {
        if !matches!(self.known_answer(name, year), Some(Some(_))) {
            self.work_out(name, year);
        }
        match self.known_answer(name, year) {
            Some(Some((text, status, letters))) => (text, *status, *letters),
            _ => (&[], Status::Unknown, Letters::Ascii),
        }
    }

    #[inline]
    fn known_answer(&self, name: NameId, year: RowYear) -> Option<&Option<Rendered>> {
        self.names.get(name.0 as usize)?.answers.get(year.0)
    }

    #[cold]
    fn work_out(&mut self, name: NameId, year: RowYear) {
        let report_year = self.year(year);
        let Some(named) = self.names.get_mut(name.0 as usize) else {
            return;
        };
        let known = named.known(report_year);
        let (mut text, mut letters) = (Vec::new(), Letters::Ascii);
        for added in &self.query.added {
            match self.render.write(&added.header(), &added.cell(&known), &mut text) {
                Letters::Ascii => {}
                other => letters = other,
            }
        }
        let years = named.answers.len().max(year.0 + 1);
        named.answers.resize_with(years, || None);
        if let Some(slot) = named.answers.get_mut(year.0) {
            *slot = Some((text.into_boxed_slice(), known.status, letters));
        }
    }

    /// The report year that a `RowYear` stands for; none for one that is no report's.
    fn year(&self, year: RowYear) -> Option<u16> {
        match year.0.checked_sub(1) {
            None => self.query.year,
            Some(place) => self.index.every_year().nth(place),
        }
    }

    /// The countries and report years that rows met.
    pub fn touched(&self) -> impl Iterator<Item = (&CountryRecord<'i>, u16)> {
        let answers = self.names.iter().flat_map(|named| {
            named.answers.iter().enumerate().map(move |(place, answer)| (named, place, answer))
        });
        answers.filter_map(|(named, place, answer)| {
            let is_met = answer.as_ref().is_some_and(|(_, status, _)| status.is_country());
            let year = self.year(RowYear(place)).filter(|_| is_met)?;
            Some((&**named.record.as_ref()?, year))
        })
    }
}
