//! What the source article has besides: typologies of trafficking groups, and figures.

use std::borrow::Cow;

use serde::Deserialize;

/// How the groups that traffic people are described: one row of `typologies.csv`.
#[derive(Debug, Deserialize)]
pub struct Typology {
    /// Where the groups are.
    #[serde(borrow)]
    pub typology: Cow<'static, str>,
    /// The year of the description, or that it is undated.
    #[serde(borrow)]
    pub year: Cow<'static, str>,
    /// Their traits.
    pub traits: Vec<String>,
    /// The id in `sources.csv`.
    #[serde(borrow)]
    pub source: Cow<'static, str>,
}

/// A figure as its source gives it: one row of `figures.csv`.
#[derive(Debug, Deserialize)]
pub struct Figure {
    /// What is counted or measured.
    #[serde(borrow)]
    pub figure: Cow<'static, str>,
    /// The value in words.
    #[serde(borrow)]
    pub value: Cow<'static, str>,
    /// The years it is for or of publication, or that it is undated.
    #[serde(borrow)]
    pub period: Cow<'static, str>,
    /// Whose figure it is.
    #[serde(borrow)]
    pub attributed_to: Cow<'static, str>,
    /// The ids in `sources.csv`.
    pub sources: Vec<String>,
}
