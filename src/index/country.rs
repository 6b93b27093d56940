//! A country, and what it owns: its placements and its roles.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::tier::Tier;

/// One country: a row of `countries.csv` with its rows of `placements.csv` and `roles.csv`.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-3; Kosovo has the user-assigned `XKX`.
    pub iso3: &'static str,
    /// ISO 3166-1 alpha-2; Kosovo has the user-assigned `XK`.
    pub iso2: &'static str,
    /// ISO 3166-1 numeric, three digits; Kosovo has none.
    pub numeric: Option<&'static str>,
    /// The regions it is counted in, parted by ';': the State Department's, and that of a snapshot.
    pub regions: &'static str,
    /// Whether words such as "Republic" tell it from another country, as with the two Congos.
    pub form_matters: bool,
    /// The current short name in English.
    pub name: Cow<'static, str>,
    /// Its placements, by year.
    pub placements: Vec<Placement>,
    /// The roles that reports state, by year.
    pub roles: Vec<StatedRoles>,
}

impl Country {
    /// The newest placement these data hold.
    pub fn latest(&self) -> Option<&Placement> {
        self.placements.last()
    }

    /// The placement in the report of a year.
    pub fn placement(&self, year: u16) -> Option<&Placement> {
        self.placements.iter().find(|placed| placed.year == year)
    }

    /// The roles that the report of a year states.
    pub fn roles(&self, year: u16) -> Option<&StatedRoles> {
        self.roles.iter().find(|stated| stated.year == year)
    }
}

/// The rank a report gives a country: one row of `placements.csv`.
#[derive(Debug, Deserialize)]
pub struct Placement {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: String,
    /// The report year, 2001 to 2025: the year of release, not the year described.
    pub year: u16,
    /// The rank.
    pub tier: Tier,
    /// The id in `sources.csv` of the document that states it.
    pub document: String,
    /// How well it is attested.
    pub evidence: Evidence,
    /// The ids in `sources.csv` of the transcriptions it was read from.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub transcriptions: Vec<String>,
    /// Where the text can be read.
    pub url: Option<String>,
}

/// How well a placement is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Two independent transcriptions agree.
    Confirmed,
    /// One transcription.
    Single,
    /// Transcriptions differ; the better-founded value is given.
    Disputed,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The roles a report states for a country: one row of `roles.csv`.
#[derive(Debug, Deserialize)]
pub struct StatedRoles {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: String,
    /// The report year; reports after 2018 no longer state roles.
    pub year: u16,
    /// The roles, in the order of `Role`.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub roles: Vec<Role>,
    /// How the report qualifies them, such as "primarily a source".
    pub note: Option<String>,
    /// The id in `sources.csv` of the document that states them.
    pub document: String,
}

/// What a country is to the people who are trafficked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Victims come from it.
    Source,
    /// Victims are taken through it.
    Transit,
    /// Victims are exploited in it.
    Destination,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Source, Self::Transit, Self::Destination];

    /// Its name, and other words for it.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Source => &["source", "origin"],
            Self::Transit => &["transit"],
            Self::Destination => &["destination"],
        }
    }

    /// The role that is called so, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let is_name = |known: &&str| known.eq_ignore_ascii_case(name);
        Self::ALL
            .into_iter()
            .find(|role| role.names().iter().any(is_name))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The place of the country with this alpha-3 code, in upper case, among countries sorted by code.
pub fn place_of(countries: &[Country], iso3: &str) -> Option<usize> {
    countries
        .binary_search_by(|country| country.iso3.cmp(iso3))
        .ok()
}

#[test]
fn a_role_is_found_by_its_names_and_shown_by_the_first() {
    for role in Role::ALL {
        assert_eq!(
            role.names().first().map(ToString::to_string),
            Some(role.to_string())
        );
        assert!(
            role.names()
                .iter()
                .all(|name| Role::named(&name.to_uppercase()) == Some(role))
        );
    }
    assert_eq!(Role::named("sauce"), None);
}
