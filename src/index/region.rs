//! Regions: groups of countries that a question can be about.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A group of countries: one row of `regions.csv`.
#[derive(Debug, Deserialize)]
pub struct Region {
    /// Its code in `countries.csv` or `members.csv`.
    #[serde(borrow, rename = "region")]
    pub code: Cow<'static, str>,
    /// Its name as it stands in a sentence.
    #[serde(borrow)]
    pub name: Cow<'static, str>,
    /// Which countries it holds, and by whose account.
    #[serde(borrow)]
    pub definition: Cow<'static, str>,
    /// How people write it, folded and without spaces.
    pub spellings: Vec<String>,
    /// Whose region it is.
    pub kind: RegionKind,
}

/// Whose region it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
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

impl fmt::Display for RegionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A country of a region: one row of `members.csv`.
#[derive(Debug, Deserialize)]
pub struct Member {
    /// The code of the region.
    pub region: &'static str,
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
}
