//! What is added to a row for its country and year.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::json;

use crate::commands::annotate::added::Added;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::Kind;
use crate::index::placement::{History, Placement};
use crate::index::resolve::Resolution;
use crate::index::years::Years;
use crate::input::field;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The country is known, and has a rank in that year.
    Resolved,
    /// The country is known, and has none: a special case, not in the report, or unknown to these data.
    NotRanked,
    /// The cell is empty.
    Empty,
    /// The name may mean several countries.
    Ambiguous,
    /// No country is known by that name.
    Unknown,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Resolved,
        Self::NotRanked,
        Self::Empty,
        Self::Ambiguous,
        Self::Unknown,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::NotRanked => "not-ranked",
            Self::Empty => "empty",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a country was asked for and not found.
    pub fn is_unmatched(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Unknown)
    }
}

/// How what is added is written.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// Fields, each behind a delimiter.
    Fields(u8),
    /// Members of a JSON object, each behind a comma.
    Members,
}

impl Render {
    fn write<'a>(self, values: impl Iterator<Item = (Added, Cow<'a, str>)>, text: &mut Vec<u8>) {
        for (added, value) in values {
            match self {
                Self::Fields(delimiter) => {
                    text.push(delimiter);
                    field::write(&value, delimiter, text);
                }
                Self::Members => {
                    let member = format!(",{}:{}", json!(added.name()), added.json(&value));
                    text.extend_from_slice(member.as_bytes());
                }
            }
        }
    }
}

/// The report year of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowYear(u16);

impl RowYear {
    /// The year is the same for all rows.
    pub const SAME: Self = Self(0);
    /// The row's own year is no report's.
    pub const NONE: Self = Self(1);

    /// As two bytes, to be a part of a key.
    pub fn bytes(self) -> [u8; 2] {
        self.0.to_le_bytes()
    }
}

/// Works out what is added.
#[derive(Debug)]
pub struct Ranker<'index> {
    pub index: &'index Index,
    years: Years,
    added: Vec<Added>,
    render: Render,
    /// What cells name, where rows have their own years.
    named: HashMap<Box<[u8]>, Named<'index>>,
    /// The histories of the countries met.
    histories: HashMap<&'static str, History>,
}

/// How many cells are remembered with what they name.
const MOST_NAMED: usize = 1 << 12;

/// What a cell names, whatever the year.
#[derive(Clone, Copy, Debug)]
struct Named<'index> {
    country: Option<&'index Country>,
    /// The state that no longer exists, where it names one that has placements.
    state: Option<&'index Country>,
    how: Option<Kind>,
    status: Status,
}

impl<'index> Ranker<'index> {
    /// For these years, unless a row has its own; with these columns.
    pub fn new(index: &'index Index, years: Years, added: Vec<Added>, render: Render) -> Self {
        Self {
            index,
            years,
            added,
            render,
            named: HashMap::new(),
            histories: HashMap::new(),
        }
    }

    /// What is added to the header.
    pub fn header(&self) -> Vec<u8> {
        let names = self
            .added
            .iter()
            .map(|added| (*added, Cow::Borrowed(added.name())));
        let mut header = Vec::new();
        self.render.write(names, &mut header);
        header
    }

    /// The report year that a cell without quotes gives its row.
    pub fn row_year(&self, cell: &[u8]) -> RowYear {
        let year = std::str::from_utf8(cell)
            .ok()
            .and_then(|year| year.trim().parse().ok());
        let known = year.filter(|year| self.index.years().contains(year));
        known.map_or(RowYear::NONE, RowYear)
    }

    /// Writes what is added for a cell without quotes. Returns its status.
    pub fn write(&mut self, cell: &[u8], year: RowYear, text: &mut Vec<u8>) -> Status {
        let years = match year {
            RowYear::SAME => Some(self.years.clone()),
            RowYear::NONE => None,
            RowYear(year) => Some(Years::Within(year..=year)),
        };
        let named = self.named(cell, year);
        let known = self.known(named, years.as_ref());
        let values = self
            .added
            .iter()
            .map(|added| (*added, self.value(*added, &known)));
        self.render.write(values, text);
        known.status
    }

    /// What a cell names. Where rows have their own years it is asked for again and again.
    fn named(&mut self, cell: &[u8], year: RowYear) -> Named<'index> {
        if year == RowYear::SAME {
            return self.resolve(cell);
        }
        if let Some(named) = self.named.get(cell) {
            return *named;
        }
        let named = self.resolve(cell);
        if self.named.len() >= MOST_NAMED {
            self.named.clear();
        }
        self.named.insert(cell.into(), named);
        named
    }

    fn resolve(&self, cell: &[u8]) -> Named<'index> {
        let none = |status| Named {
            country: None,
            state: None,
            how: None,
            status,
        };
        let Ok(name) = std::str::from_utf8(cell) else {
            return none(Status::Unknown);
        };
        if name.trim().is_empty() {
            return none(Status::Empty);
        }
        match self.index.resolve(name) {
            Resolution::Country { country, how, .. } => Named {
                country: Some(country),
                how: Some(how),
                ..none(Status::Resolved)
            },
            Resolution::Several { how, row, .. } => Named {
                state: row.and_then(|row| self.index.dissolved(&row)),
                how: Some(how),
                ..none(Status::Ambiguous)
            },
            Resolution::Unknown => none(Status::Unknown),
        }
    }

    fn known(&mut self, named: Named<'index>, years: Option<&Years>) -> Known<'index> {
        let of_year = |history: &History| {
            let placed = years.map_or(Vec::new(), |years| years.of(history));
            placed.last().map(|placed| (*placed).clone())
        };
        // A state that no longer exists is meant where the report of that year ranked it.
        let in_its_time = years.is_some_and(|years| *years != Years::Latest);
        let state = named
            .state
            .filter(|state| in_its_time && of_year(self.history(state)).is_some());
        let country = named.country.or(state);
        let placed = country.and_then(|country| of_year(self.history(country)));
        let ranked = placed.as_ref().is_some_and(|placed| placed.tier.is_rank());
        let year = placed.as_ref().map(|placed| placed.year);
        let year = year.or_else(|| years?.single());
        Known {
            country,
            how: named.how.filter(|_| country.is_some()),
            year: year.filter(|_| country.is_some()),
            placed,
            status: match named.status {
                Status::Resolved | Status::Ambiguous if ranked => Status::Resolved,
                _ if country.is_some() => Status::NotRanked,
                status => status,
            },
        }
    }

    fn history(&mut self, country: &Country) -> &History {
        let index = self.index;
        self.histories
            .entry(country.iso3)
            .or_insert_with(|| index.history(country))
    }

    fn value(&self, added: Added, known: &Known<'_>) -> Cow<'static, str> {
        let (country, placed) = (known.country, known.placed.as_ref());
        let stated = || self.index.roles(country?, known.year?);
        let any_year = self.added.contains(&Added::RoleYear);
        match added {
            Added::Iso3 => country.map_or(Cow::Borrowed(""), |country| Cow::Borrowed(country.iso3)),
            Added::Country => country.map_or(Cow::Borrowed(""), |country| country.name.clone()),
            Added::Year => shown(known.year),
            Added::Tier => shown(placed.map(|placed| placed.tier)),
            Added::Evidence => shown(placed.map(|placed| placed.evidence)),
            Added::How => shown(known.how),
            Added::Status => Cow::Borrowed(known.status.name()),
            Added::RoleYear => stated().map_or(Cow::Borrowed(""), |stated| match stated.year {
                Some(year) => Cow::Owned(year.to_string()),
                None => Cow::Borrowed("undated"),
            }),
            // A role is never shown without its year: here that is the year of the tier.
            Added::Roles => {
                let stated = stated().filter(|stated| any_year || stated.year == known.year);
                let roles = stated.map_or(Vec::new(), |stated| stated.roles);
                let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
                Cow::Owned(roles.join(";"))
            }
        }
    }
}

/// What is known of a row.
struct Known<'index> {
    country: Option<&'index Country>,
    how: Option<Kind>,
    placed: Option<Placement>,
    year: Option<u16>,
    status: Status,
}

/// A value that may be missing.
fn shown(value: Option<impl ToString>) -> Cow<'static, str> {
    value.map_or(Cow::Borrowed(""), |value| Cow::Owned(value.to_string()))
}
