//! What the source article has besides: typologies of trafficking groups, and figures.

use std::borrow::Cow;

use anyhow::Result;

use crate::index::row::{FromRow, Row};

/// How the groups that traffic people are described: one row of `typologies.csv`.
#[derive(Debug)]
pub struct Typology {
    /// Where the groups are.
    pub name: Cow<'static, str>,
    /// Their traits.
    pub traits: Vec<String>,
    /// The id in `sources.csv`.
    pub source: Cow<'static, str>,
}

impl FromRow for Typology {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self { name: row.text()?, traits: row.list()?, source: row.text()? })
    }
}

/// A figure as its source gives it: one row of `figures.csv`.
#[derive(Debug)]
pub struct Figure {
    /// What is counted or measured.
    pub what: Cow<'static, str>,
    /// The value in words.
    pub value: Cow<'static, str>,
    /// The years it is for, as far as stated.
    pub period: Cow<'static, str>,
    /// Whose figure it is.
    pub attributed_to: Cow<'static, str>,
    /// The ids in `sources.csv`.
    pub sources: Vec<String>,
}

impl FromRow for Figure {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            what: row.text()?,
            value: row.text()?,
            period: row.text()?,
            attributed_to: row.text()?,
            sources: row.list()?,
        })
    }
}
