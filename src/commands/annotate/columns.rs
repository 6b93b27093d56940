//! Which columns of the user's file hold the country and the year, and which are added.

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::Value;

use crate::commands::asked::joined;
use crate::output::style::quoted;

/// The names a column of countries is known by, the surest first. Compared without case, spaces, '_' and '-'.
const COUNTRY_NAMES: &[&str] = &[
    "country",
    "countryname",
    "nation",
    "iso3",
    "iso3c",
    "iso3166alpha3",
    "countryiso3",
    "alpha3",
    "countrycode",
    "iso2",
    "iso2c",
    "countryiso2",
    "alpha2",
    "iso",
    "land",
    "pays",
];

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

/// The place of the column that is called so, or has this number, from 1.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
pub fn place(names: &[String], asked: &str) -> Result<usize> {
    let called = |name: &String| name == asked || name.trim() == asked.trim();
    let mut places = names.iter().enumerate().filter(|(_, name)| called(name));
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => bail!(
            "there is more than one column {}; name it by its number: {}",
            quoted(asked),
            listed(names)
        ),
        _ => match asked.parse::<usize>() {
            Ok(number) if (1..=names.len()).contains(&number) => Ok(number - 1),
            _ => bail!(
                "there is no column {}; the columns are {}",
                quoted(asked),
                listed(names)
            ),
        },
    }
}

/// The place of the column that by its name holds countries.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
pub fn country_place(names: &[String]) -> Result<usize> {
    let plain = |name: &String| {
        let letters = name
            .chars()
            .filter(|c| !c.is_whitespace() && !"_-".contains(*c));
        letters.collect::<String>().to_lowercase()
    };
    let plain: Vec<String> = names.iter().map(plain).collect();
    for known in COUNTRY_NAMES {
        let mut places = plain.iter().enumerate().filter(|(_, name)| name == known);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => return Ok(place),
            (Some(_), Some(_)) => bail!(
                "more than one column may hold the country; choose with --column: {}",
                listed(names)
            ),
            _ => {}
        }
    }
    bail!(
        "no column is called 'country'; choose with --column: {}",
        listed(names)
    )
}

/// The columns with their numbers, as messages list them.
fn listed(names: &[String]) -> String {
    const MOST: usize = 30;
    let numbered = names.iter().enumerate().take(MOST);
    let numbered = numbered.map(|(place, name)| format!("{} {}", place + 1, quoted(name)));
    let mut shown: Vec<String> = numbered.collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    joined(&shown, "and")
}

/// What to say if the header looks as if another delimiter parted it.
pub fn other_delimiter(names: &[String], delimiter: u8) -> Option<String> {
    let [name] = names else {
        return None;
    };
    let others = [(b';', "';'"), (b'\t', "tab"), (b'|', "'|'"), (b',', "','")];
    let found = others
        .iter()
        .find(|(byte, _)| *byte != delimiter && name.as_bytes().contains(byte));
    found.map(|(_, shown)| {
        format!(
            "the header {} looks parted by another delimiter; try --delimiter {shown}",
            quoted(name)
        )
    })
}
