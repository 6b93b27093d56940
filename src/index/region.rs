//! Regions: groups of countries that a question can be about.

use std::borrow::Cow;
use std::fmt;

use anyhow::Result;

use crate::index::row::{FromRow, Row, Term};

/// A group of countries: one row of `regions.csv`.
#[derive(Debug)]
pub struct Region {
    /// Its code in `countries.csv` or `members.csv`.
    pub code: Cow<'static, str>,
    /// Its name as it stands in a sentence.
    pub name: Cow<'static, str>,
    /// Which countries it holds, and by whose account.
    pub definition: Cow<'static, str>,
    /// How people write it, folded and without spaces.
    pub spellings: Vec<String>,
    /// Whose region it is.
    pub kind: Kind,
}

impl FromRow for Region {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            code: row.text()?,
            name: row.text()?,
            definition: row.text()?,
            spellings: row.list()?,
            kind: row.term()?,
        })
    }
}

/// Whose region it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bureau of the State Department's.
    State,
    /// That of the snapshot.
    Snapshot,
    /// One of the geography of the United Nations (M49).
    Un,
    /// The members of an organisation.
    Group,
    /// Every country.
    World,
}

impl Term for Kind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::State, "state"),
        (Self::Snapshot, "snapshot"),
        (Self::Un, "un"),
        (Self::Group, "group"),
        (Self::World, "world"),
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A country of a region: one row of `members.csv`.
#[derive(Debug)]
pub struct Member {
    /// The code of the region.
    pub region: &'static str,
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
}

impl FromRow for Member {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self { region: row.code()?, iso3: row.code()? })
    }
}
