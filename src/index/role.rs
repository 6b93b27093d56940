//! The roles of a country: whether people who are trafficked come from it, are taken through it, or are exploited in it.

use std::borrow::Borrow;
use std::fmt;

use serde::Deserialize;

/// The roles a document states for a country: one row of `roles.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct StatedRoles {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The report year, or none where the source is undated; reports after 2018 no longer state roles.
    pub year: Option<u16>,
    /// The roles, in the order of `Role`.
    pub roles: Vec<Role>,
    /// The id in `sources.csv` of the document that states them.
    pub source: &'static str,
    /// How it qualifies them, such as "primarily a source"; may be empty.
    pub note: &'static str,
    /// The beginning of the sentence that states them, where it is kept; may be empty.
    #[serde(skip)]
    pub quote: &'static str,
}

/// The roles that a report before 2018 states: one row of `roles_history.csv`.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    stated: StatedRoles,
    #[expect(dead_code, reason = "where they were read, for whoever checks the data")]
    url: &'static str,
    quote: &'static str,
}

impl From<Earlier> for StatedRoles {
    fn from(Earlier { stated, quote, .. }: Earlier) -> Self {
        Self { quote, ..stated }
    }
}

/// The last report that states roles. Undated ones count as its.
pub const LAST_STATED: u16 = 2018;

/// Of the roles stated for a country, those last stated at or before the report of a year.
pub fn last_stated<Stated: Borrow<StatedRoles>>(
    stated: impl IntoIterator<Item = Stated>,
    year: u16,
) -> Option<Stated> {
    let stated = stated.into_iter();
    let until = stated.filter(|stated| stated.borrow().year.unwrap_or(LAST_STATED) <= year);
    until.max_by_key(|stated| stated.borrow().year)
}

/// What a country is to the people who are trafficked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
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

    /// Its name, as in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Transit => "transit",
            Self::Destination => "destination",
        }
    }

    /// Other words for it.
    pub fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Source => &["origin"],
            Self::Transit | Self::Destination => &[],
        }
    }

    /// The role that is called so, in any case.
    pub fn called(word: &str) -> Option<Self> {
        let is_called = |role: &Self| {
            let mut words = role.aliases().iter().copied().chain([role.name()]);
            words.any(|known| known.eq_ignore_ascii_case(word))
        };
        Self::ALL.into_iter().find(is_called)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[test]
fn a_role_is_found_by_its_names_in_any_case() {
    for role in Role::ALL {
        assert_eq!(Role::called(&role.to_string().to_uppercase()), Some(role));
    }
    assert_eq!(Role::called("origin"), Some(Role::Source));
    assert_eq!(Role::called("sauce"), None);
}
