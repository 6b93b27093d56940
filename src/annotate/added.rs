//! The columns that can be added to a row.

use std::borrow::Cow;

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::annotate::unmatched::Status;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::spellings::Kind;
use crate::index::placement::Placement;
use crate::input::field;

/// A column that can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Added {
    /// ISO 3166-1 alpha-3
    Iso3,
    /// The country's name
    Country,
    /// The report year of the tier
    Year,
    /// The tier
    Tier,
    /// The roles that the report of that year states; with 'role-year', those of the report that does
    Roles,
    /// resolved, ambiguous, unknown, empty or not-ranked
    Status,
    /// The report the roles are from
    RoleYear,
    /// How well the tier is attested
    Evidence,
    /// By what the country was recognised
    How,
}

impl Added {
    /// Those added unless others are chosen.
    pub const DEFAULT: [Self; 6] = [
        Self::Iso3,
        Self::Country,
        Self::Year,
        Self::Tier,
        Self::Roles,
        Self::Status,
    ];

    /// The name of the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Iso3 => "tip_iso3",
            Self::Country => "tip_country",
            Self::Year => "tip_year",
            Self::Tier => "tip_tier",
            Self::Roles => "tip_roles",
            Self::Status => "tip_status",
            Self::RoleYear => "tip_role_year",
            Self::Evidence => "tip_evidence",
            Self::How => "tip_how",
        }
    }

    /// Its value; empty where there is none. `any_year`: the column beside it says which report the roles are from.
    pub fn value(self, index: &Index, known: &Known<'_>, any_year: bool) -> Cow<'static, str> {
        let (country, placed) = (known.country, known.placed);
        let stated = || index.roles(country?, known.year?);
        match self {
            Self::Iso3 => country.map_or(Cow::Borrowed(""), |country| Cow::Borrowed(country.iso3)),
            Self::Country => country.map_or(Cow::Borrowed(""), |country| country.name.clone()),
            Self::Year => shown(known.year),
            Self::Tier => shown(placed.map(|placed| placed.tier)),
            Self::Evidence => shown(placed.map(|placed| placed.evidence)),
            Self::How => shown(known.how),
            Self::Status => Cow::Borrowed(known.status.name()),
            Self::RoleYear => stated().map_or(Cow::Borrowed(""), |stated| match stated.year {
                Some(year) => Cow::Owned(year.to_string()),
                None => Cow::Borrowed("undated"),
            }),
            // A role is never shown without its year: here that is the year of the tier.
            Self::Roles => {
                let stated = stated().filter(|stated| any_year || stated.year == known.year);
                let roles = stated.map_or(Vec::new(), |stated| stated.roles);
                let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
                Cow::Owned(roles.join(";"))
            }
        }
    }

    /// A value as JSON: nothing is null, roles are an array, a year is a number.
    fn json(self, value: &str) -> Value {
        match self {
            Self::Roles => {
                let roles = value.split(';').filter(|role| !role.is_empty());
                roles.collect()
            }
            _ if value.is_empty() => Value::Null,
            Self::Year | Self::RoleYear => value
                .parse::<u16>()
                .map_or_else(|_| Value::from(value), Value::from),
            _ => Value::from(value),
        }
    }
}

/// The columns asked for, or those added unless others are.
///
/// # Errors
/// One is named twice.
pub fn chosen(asked: &[Added]) -> Result<Vec<Added>> {
    for (place, added) in asked.iter().enumerate() {
        if asked.iter().skip(place + 1).any(|other| other == added) {
            bail!(
                "'{}' would be added twice; name each column once",
                added.name()
            );
        }
    }
    Ok(if asked.is_empty() {
        Added::DEFAULT.to_vec()
    } else {
        asked.to_vec()
    })
}

/// What is known of a name in a year.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The country it names.
    pub country: Option<&'a Country>,
    /// By what.
    pub how: Option<Kind>,
    /// The placement in the report of the year.
    pub placed: Option<&'a Placement>,
    /// The report year, if the country is known.
    pub year: Option<u16>,
    /// What becomes of rows with it.
    pub status: Status,
}

/// A value that may be missing.
fn shown(value: Option<impl ToString>) -> Cow<'static, str> {
    value.map_or(Cow::Borrowed(""), |value| Cow::Owned(value.to_string()))
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
    /// Appends values to a text.
    pub fn write<'a>(
        self,
        values: impl Iterator<Item = (Added, Cow<'a, str>)>,
        text: &mut Vec<u8>,
    ) {
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
