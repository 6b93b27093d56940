//! The columns that can be added to a row.

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::Value;

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
}

impl Added {
    /// A value as JSON: nothing is null, roles are an array, a year is a number.
    pub fn json(self, value: &str) -> Value {
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
