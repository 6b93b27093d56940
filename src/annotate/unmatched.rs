//! What can become of a row, and the one rule for those whose country is not found.

use std::fmt;

use anyhow::Result;
use clap::ValueEnum;

use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::input::field;
use crate::text::{joined, quoted};

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
    /// Every status, in the order of their numbers.
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

/// What becomes of rows whose country is not found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Unmatched {
    /// They stay, with the status that says so
    #[default]
    Keep,
    /// They are left out
    Drop,
    /// The first one ends the work, and no output file is written
    Fail,
}

impl Unmatched {
    /// Whether a row stays that has this cell, as it stands in the file.
    ///
    /// # Errors
    /// `NotFound`, where the first unmatched row ends the work.
    #[inline]
    pub fn keeps(self, index: &Index, cell: &[u8], status: Status) -> Result<bool> {
        match self {
            Self::Fail if status.is_unmatched() => Err(NotFound::error(index, cell, status)),
            Self::Drop => Ok(!status.is_unmatched()),
            _ => Ok(true),
        }
    }
}

/// A country that was not found, where that ends the work: the message.
#[derive(Debug)]
pub struct NotFound(String);

impl NotFound {
    #[cold]
    fn error(index: &Index, cell: &[u8], status: Status) -> anyhow::Error {
        let name = String::from_utf8_lossy(&field::value(cell)).into_owned();
        let remedy = remedy(index, &name, status);
        let (name, status) = (quoted(&name), status.name());
        let message = format!("{name} is {status}, and --unmatched is fail{remedy}");
        anyhow::Error::new(Self(message))
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotFound {}

/// What to do about a name that was not matched.
pub fn remedy(index: &Index, name: &str, status: Status) -> String {
    let countries = candidates(index, name, status);
    let countries: Vec<_> = countries
        .iter()
        .map(|country| format!("'{country}'"))
        .collect();
    match (countries.as_slice(), status) {
        ([], _) => String::new(),
        (countries, Status::Ambiguous) => format!(": {}?", joined(countries, "or")),
        ([nearest, ..], _) => format!("; did you mean {nearest}?"),
    }
}

/// The countries that an ambiguous name may mean, or those whose names are nearest to an unknown one. A short or
/// damaged text is near to many, and says nothing.
pub fn candidates(index: &Index, name: &str, status: Status) -> Vec<String> {
    const SHORTEST: usize = 4;
    if status == Status::Ambiguous {
        let Resolution::Several { candidates, .. } = index.resolve(name) else {
            return Vec::new();
        };
        let names = candidates.iter().map(|country| country.name.to_string());
        return names.collect();
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < SHORTEST || name.contains(char::REPLACEMENT_CHARACTER) {
        return Vec::new();
    }
    let near = index.near(name).into_iter();
    near.map(|near| near.country.name.to_string()).collect()
}
