//! What the source article has besides: typologies of trafficking groups, and figures.

use serde::Deserialize;

/// How the groups that traffic people are described: one row of `typologies.csv`.
#[derive(Debug, Deserialize)]
pub struct Typology {
    /// Where the groups are.
    #[serde(rename = "typology")]
    pub name: String,
    /// Their traits.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub traits: Vec<String>,
    /// The id in `sources.csv`.
    pub source: String,
}

/// A figure as its source gives it: one row of `figures.csv`.
#[derive(Debug, Deserialize)]
pub struct Figure {
    /// What is counted or measured.
    #[serde(rename = "figure")]
    pub what: String,
    /// The value in words.
    pub value: String,
    /// The years it is for, as far as stated.
    pub period: String,
    /// Whose figure it is.
    pub attributed_to: String,
    /// The ids in `sources.csv`.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub sources: Vec<String>,
}
