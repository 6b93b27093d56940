//! What can become of a row, and which of them are written.

use std::cmp::Reverse;

use clap::ValueEnum;
use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::index::Tier;
use crate::input::{Encoding, field};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
pub enum Status {
    /// The report of that year ranks the country.
    Ranked,
    /// It has the country and gives it no tier.
    Special,
    /// It does not have the country.
    NotInReport,
    /// The country is known; what the report of that year says of it is unknown to these data.
    NoData,
    Empty,
    /// The cell says that there is no value.
    Placeholder,
    /// The name may mean several countries.
    Ambiguous,
    /// No country is known by that name.
    Unknown,
}

impl Status {
    pub fn name(self) -> String {
        self.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned())
    }

    /// Returns the status of a country that is known, by the tier in the report of a year.
    pub fn placed(tier: Option<Tier>) -> Self {
        match tier {
            None => Self::NoData,
            Some(Tier::NotInReport) => Self::NotInReport,
            Some(Tier::Special) => Self::Special,
            Some(_) => Self::Ranked,
        }
    }

    pub fn is_country(self) -> bool {
        matches!(self, Self::Ranked | Self::Special | Self::NotInReport | Self::NoData)
    }

    /// Returns whether a country was asked for and not found.
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
    /// They alone are written, and those whose cell is empty or a placeholder
    Only,
}

impl Unmatched {
    #[inline]
    pub fn leaves_out(self, status: Status) -> bool {
        match self {
            Self::Keep => false,
            Self::Drop => status.is_unmatched(),
            Self::Only => status.is_country(),
        }
    }
}

/// How many unmatched names are counted one by one, how many bytes of them, and of how many bytes each.
pub const MOST_NAMES: usize = (1 << 15) / 8 * 7;
const MOST_BYTES: usize = 1 << 20;
pub const LONGEST: usize = 1 << 8;

/// The rows of an unmatched name.
#[derive(Debug)]
pub struct Counted {
    pub status: Status,
    pub rows: u64,
    /// The first of them, as spreadsheet programs number rows: the header is 1.
    pub first_row: u64,
}

/// The unmatched names, or the cells of years that are no report's, with their rows: the first so many, each counted in every row, however many come after them.
#[derive(Debug, Default)]
pub struct UnmatchedNames {
    names: IndexMap<String, Counted, RandomState>,
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
        let known = self.names.get_index_of(&*name);
        if known.is_none()
            && (self.names.len() >= MOST_NAMES || self.bytes + name.len() > MOST_BYTES)
        {
            return Self::NONE;
        }
        let number = known.unwrap_or_else(|| {
            self.bytes += name.len();
            let counted = Counted { status: Status::Unknown, rows: 0, first_row: 0 };
            self.names.insert_full(name.into_owned(), counted).0
        });
        u32::try_from(number).unwrap_or(Self::NONE)
    }

    /// Counts an unmatched row, the one of this number in the file, with the name of this number.
    #[inline]
    pub fn count(&mut self, number: u32, status: Status, row: u64) {
        if let Some((_, counted)) = self.names.get_index_mut(number as usize) {
            if counted.rows == 0 {
                counted.first_row = row;
            }
            counted.status = status;
            counted.rows += 1;
        }
    }

    /// Returns the names that stand in unmatched rows, the most frequent first.
    pub fn by_rows(&self) -> Vec<(&str, &Counted)> {
        let names = self.names.iter().filter(|(_, counted)| counted.rows > 0);
        let mut names: Vec<_> = names.map(|(name, counted)| (&**name, counted)).collect();
        names.sort_unstable_by_key(|(name, counted)| (Reverse(counted.rows), *name));
        names
    }

    pub fn rows(&self, status: Status) -> u64 {
        let counted = self.names.values().filter(|counted| counted.status == status);
        counted.map(|counted| counted.rows).sum()
    }
}
