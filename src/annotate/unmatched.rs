//! What can become of a row, and the one rule for those whose country is not found.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

use anyhow::Result;
use clap::ValueEnum;
use foldhash::fast::RandomState;

use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::index::names::spellings::Kind;
use crate::index::placement::Placement;
use crate::index::tier::Tier;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::text::{joined, quoted};

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The report of that year ranks the country.
    Ranked,
    /// It has the country and gives it no tier.
    Special,
    /// It does not have the country.
    NotInReport,
    /// The country is known; what the report of that year says of it is unknown to these data.
    NoData,
    /// The cell is empty.
    Empty,
    /// The cell says that there is no value.
    Placeholder,
    /// The name may mean several countries.
    Ambiguous,
    /// No country is known by that name.
    Unknown,
}

impl Status {
    /// Every status, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Ranked,
        Self::Special,
        Self::NotInReport,
        Self::NoData,
        Self::Empty,
        Self::Placeholder,
        Self::Ambiguous,
        Self::Unknown,
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ranked => "ranked",
            Self::Special => "special",
            Self::NotInReport => "not-in-report",
            Self::NoData => "no-data",
            Self::Empty => "empty",
            Self::Placeholder => "placeholder",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the status of a country that is known, with what the data have of the report of a year.
    pub fn placed(placed: Option<&Placement>) -> Self {
        match placed.map(|placed| placed.tier) {
            None => Self::NoData,
            Some(Tier::NotInReport) => Self::NotInReport,
            Some(Tier::Special) => Self::Special,
            Some(_) => Self::Ranked,
        }
    }

    /// Returns whether the country is known.
    pub fn is_country(self) -> bool {
        matches!(self, Self::Ranked | Self::Special | Self::NotInReport | Self::NoData)
    }

    /// Returns whether a country was asked for and not found.
    pub fn is_unmatched(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Unknown)
    }
}

/// By what a country was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A name or code of these data.
    Known(Kind),
    /// The user's own table.
    Map,
}

impl How {
    /// Returns a number of its own.
    pub fn number(self) -> usize {
        match self {
            Self::Known(kind) => kind as usize,
            Self::Map => usize::MAX,
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(kind) => kind.fmt(f),
            Self::Map => f.write_str("map"),
        }
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
    /// Leaves an unmatched row out, where such rows do not stay. `cell`: as it stands in the file.
    ///
    /// # Errors
    /// `NotFound`, where the first one ends the work.
    pub fn leaves_out(
        self,
        (index, encoding): (&Index, Encoding),
        cell: &[u8],
        status: Status,
    ) -> Result<()> {
        if self != Self::Fail {
            return Ok(());
        }
        let name = encoding.lossy(&field::value(cell)).into_owned();
        Err(NotFound::error(index, &name, status))
    }
}

/// A country that was not found, where that ends the work: the message.
#[derive(Debug)]
pub struct NotFound(String);

impl NotFound {
    fn error(index: &Index, name: &str, status: Status) -> anyhow::Error {
        let remedy = remedy(index, name, status);
        let (name, status) = (quoted(name), status.name());
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

/// How many unmatched names are counted one by one, how many bytes of them, and of how many bytes each.
const MOST_NAMES: usize = (1 << 15) / 8 * 7;
const MOST_BYTES: usize = 1 << 20;
const LONGEST: usize = 1 << 8;

/// The unmatched names with their rows: the first so many, each counted in every row, however many come after them.
#[derive(Debug, Default)]
pub struct UnmatchedNames {
    numbers: HashMap<String, u32, RandomState>,
    /// By their numbers.
    rows: Vec<(Status, u64)>,
    bytes: usize,
}

impl UnmatchedNames {
    /// The number of a name that is not counted by itself.
    pub const NONE: u32 = u32::MAX;

    /// Returns the number of the name in a cell, as it stands in the file.
    pub fn number(&mut self, cell: &[u8], encoding: Encoding) -> u32 {
        if cell.len() > LONGEST {
            return Self::NONE;
        }
        let value = field::value(cell);
        let name = encoding.lossy(&value);
        if let Some(number) = self.numbers.get(&*name) {
            return *number;
        }
        if self.rows.len() >= MOST_NAMES || self.bytes + name.len() > MOST_BYTES {
            return Self::NONE;
        }
        let number = u32::try_from(self.rows.len()).unwrap_or(Self::NONE);
        self.bytes += name.len();
        self.numbers.insert(name.into_owned(), number);
        self.rows.push((Status::Unknown, 0));
        number
    }

    /// Counts an unmatched row with the name of this number.
    #[inline]
    pub fn count(&mut self, number: u32, status: Status) {
        if let Some((own, rows)) = self.rows.get_mut(number as usize) {
            *own = status;
            *rows += 1;
        }
    }

    /// Returns the names that stand in unmatched rows, the most frequent first.
    pub fn by_rows(&self) -> Vec<(&str, Status, u64)> {
        let names = self.numbers.iter().filter_map(|(name, number)| {
            let (status, rows) = *self.rows.get(*number as usize)?;
            (rows > 0).then_some((&**name, status, rows))
        });
        let mut names: Vec<_> = names.collect();
        names.sort_unstable_by_key(|(name, _, rows)| (Reverse(*rows), *name));
        names
    }

    /// Returns how many rows of a status were counted.
    pub fn rows(&self, status: Status) -> u64 {
        let counted = self.rows.iter().filter(|(own, _)| *own == status);
        counted.map(|(_, rows)| rows).sum()
    }
}

/// Returns what to do about a name that was not matched.
pub fn remedy(index: &Index, name: &str, status: Status) -> String {
    let countries = candidates(index, name, status).into_iter();
    let countries: Vec<_> = countries.map(|country| format!("'{}'", country.name)).collect();
    match (countries.as_slice(), status) {
        ([], _) => String::new(),
        ([whole], Status::Ambiguous) => format!(": a part of {whole}?"),
        (countries, Status::Ambiguous) => format!(": {}?", joined(countries, "or")),
        ([nearest, ..], _) => format!("; did you mean {nearest}?"),
    }
}

/// Returns the countries that an ambiguous name may mean, or those whose names are nearest to an unknown one. A short or
/// damaged text is near to many, and says nothing.
pub fn candidates<'i>(index: &'i Index, name: &str, status: Status) -> Vec<&'i Country> {
    const SHORTEST: usize = 4;
    if status == Status::Ambiguous {
        return match index.resolve(name) {
            Resolution::Several { candidates, .. } => candidates,
            _ => Vec::new(),
        };
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < SHORTEST || name.contains(char::REPLACEMENT_CHARACTER) {
        return Vec::new();
    }
    let near = index.near(name).into_iter();
    near.map(|near| near.country).collect()
}
