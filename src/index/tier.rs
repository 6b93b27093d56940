//! The tiers, and how people write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::names::fold::fold;

/// What a report says of a country's rank, in the order of rank. A tier is text, never a number: there is no 2.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Tier {
    /// Tier 1.
    #[serde(rename = "1")]
    One,
    /// Tier 2.
    #[serde(rename = "2")]
    Two,
    /// Tier 2 Watch List; no report before 2004 has it.
    #[serde(rename = "2WL")]
    WatchList,
    /// Tier 3.
    #[serde(rename = "3")]
    Three,
    /// In the report, but not assigned a tier.
    #[serde(rename = "special")]
    Special,
    /// Not in that year's report.
    #[serde(rename = "none")]
    NotInReport,
}

impl Tier {
    /// Whether it is a rank, and not only a place in the report or none.
    pub fn is_rank(self) -> bool {
        self < Self::Special
    }

    /// Whether the report has a chapter on the country.
    pub fn is_in_report(self) -> bool {
        self != Self::NotInReport
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// What a tier means.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Wording {
    /// What it says of a government.
    pub definition: &'static str,
    /// The criteria the definition rests on, where it lists any.
    pub criteria: Vec<String>,
    /// What a reader should know besides.
    pub note: &'static str,
    /// The id in `sources.csv` of the document that defines it.
    pub source: &'static str,
}

impl Wording {
    /// The definition with its criteria, as one text.
    pub fn in_full(&self) -> String {
        if self.criteria.is_empty() {
            return self.definition.to_string();
        }
        format!("{} {}", self.definition, self.criteria.join("; "))
    }
}

/// What a tier means in the reports of some years: one row of `definitions.csv`.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Definition {
    /// The first report it holds for.
    pub from: u16,
    /// The last, if it holds no more.
    pub to: Option<u16>,
    /// The tier defined.
    pub tier: Tier,
    /// What it means.
    pub wording: Wording,
}

impl Definition {
    /// Whether it holds for the report of a year.
    pub fn holds_in(&self, year: u16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// One row of `tiers.csv`.
#[derive(Debug, Deserialize)]
pub struct TierDefinition {
    /// The tier defined.
    pub tier: Tier,
    /// The letter it has in a strip of years.
    pub mark: char,
    /// Its name in full, such as "Tier 2 Watch List".
    pub name: &'static str,
    /// What it means in the report of the snapshot; for a tier that is no rank, in every report.
    pub wording: Wording,
    /// How people write it, folded by `tier_key`.
    pub spellings: Vec<String>,
}

impl TierDefinition {
    /// Its name inside a sentence: "Special case" is no name of a tier.
    pub fn name_in_sentence(&self) -> String {
        if self.tier.is_rank() {
            return self.name.to_string();
        }
        self.name.to_lowercase()
    }
}

/// The form in which written tiers are compared: `Tier 2 Watch-List`, `2 WATCHLIST` and `T2 Watch List` are one.
pub fn tier_key(written: &str) -> String {
    let key = fold(written).replace(' ', "");
    // "t2" is a way to write it, "two" another.
    let numbered = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let bare = key.strip_prefix("tier").or_else(|| key.strip_prefix('t').filter(numbered));
    bare.map(str::to_owned).unwrap_or(key)
}
