//! The roles of a country: whether people who are trafficked come from it, are taken through it, or are exploited in it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::placement::variant;
use crate::index::sorted::split_fields;

/// The roles a document states for a country: one row of `roles.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StatedRoles {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: Cow<'static, str>,
    /// The report year, or none where the source is undated; reports after 2018 no longer state roles.
    pub year: Option<u16>,
    /// The roles, in the order of `Role`.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub roles: Vec<Role>,
    /// The id in `sources.csv` of the document that states them.
    pub source: Cow<'static, str>,
    /// How it qualifies them, such as "primarily a source"; may be empty.
    pub note: Cow<'static, str>,
}

impl StatedRoles {
    /// A row of `roles.csv`. The rules of the data let no row be unreadable.
    pub fn read(line: &'static str) -> Option<Self> {
        let ([iso3, year, roles, source], note) = split_fields(line)?;
        Some(Self {
            iso3: Cow::Borrowed(iso3),
            year: year.parse().ok(),
            roles: roles.split(';').map(variant).collect::<Option<_>>()?,
            source: Cow::Borrowed(source),
            note,
        })
    }
}

/// Of the roles stated for a country, those in the report of a year; if it states none, those of the newest report that
/// does, or else undated ones.
pub fn of_year(stated: &[StatedRoles], year: u16) -> Option<&StatedRoles> {
    let rank = |stated: &&StatedRoles| (stated.year == Some(year), stated.year);
    stated.iter().max_by_key(rank)
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
