//! Countries, the regions that hold them, and their places on the tile map.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One country: a row of `countries.csv`.
#[derive(Debug, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3; Kosovo has the user-assigned `XKX`.
    pub iso3: &'static str,
    /// ISO 3166-1 alpha-2; Kosovo has the user-assigned `XK`.
    pub iso2: &'static str,
    /// ISO 3166-1 numeric, three digits; Kosovo has none.
    pub numeric: Option<&'static str>,
    /// The regions it is counted in, ';' between them; none for territories that no report ranks.
    pub regions: &'static str,
    /// Whether words such as "Republic" tell it from another country, as with the two Congos.
    pub form_matters: bool,
    /// The year in which it ceased to exist, for a state that reports ranked before. No name resolves to it.
    pub dissolved: Option<u16>,
    /// The word before the name within a sentence: "the", or nothing.
    pub article: &'static str,
    /// The current short name in English.
    pub name: &'static str,
}

impl Country {
    /// Returns its name within a sentence, such as "the Netherlands".
    pub fn name_in_sentence(&self) -> String {
        [self.article, self.name].join(" ").trim_start().to_owned()
    }

    /// The regions it is counted in.
    pub fn regions(&self) -> Vec<&'static str> {
        let regions = self.regions.split(';');
        regions.filter(|region| !region.is_empty()).collect()
    }

    /// Whether it is counted in a region.
    pub fn is_in(&self, region: &str) -> bool {
        self.regions().contains(&region)
    }
}

/// The place of the country with this alpha-3 code, in upper case, among countries sorted by code.
pub fn place_of(countries: &[Country], iso3: &str) -> Option<usize> {
    countries.binary_search_by(|country| country.iso3.cmp(iso3)).ok()
}

/// A group of countries: one row of `regions.csv`.
#[derive(Debug, Deserialize)]
pub struct Region {
    /// Its code in `countries.csv` or `members.csv`.
    #[serde(rename = "region")]
    pub code: &'static str,
    /// Its name as it stands in a sentence.
    pub name: &'static str,
    /// Which countries it holds, and by whose account.
    pub definition: &'static str,
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
    pub region: &'static str,
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
}

/// The place of a country on the tile map: one row of `tiles.csv`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Tile {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// From the north, the first being 1.
    pub row: usize,
    /// From the west, the first being 1.
    pub column: usize,
}
