//! The documents that facts rest on.

use std::borrow::Cow;

use anyhow::Result;

use crate::index::row::{FromRow, Row};

/// A document that facts rest on: one row of `sources.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The id other files name it by.
    pub id: Cow<'static, str>,
    /// Its title.
    pub title: Cow<'static, str>,
    /// Who published it.
    pub publisher: Cow<'static, str>,
    /// When: a day, a month or one or more years, as far as known.
    pub date: Cow<'static, str>,
    /// What kind of document it is, such as `state` or `dataset`.
    pub kind: Cow<'static, str>,
    /// Where it can be read.
    pub url: Option<Cow<'static, str>>,
    /// Who holds which rights in it.
    pub rights: Cow<'static, str>,
}

impl FromRow for Source {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            id: row.text()?,
            title: row.text()?,
            publisher: row.text()?,
            date: row.text()?,
            kind: row.text()?,
            url: Some(row.text()?).filter(|url| !url.is_empty()),
            rights: row.text()?,
        })
    }
}

impl Source {
    /// Title, publisher and date, as far as known.
    pub fn citation(&self) -> String {
        let parts = [&self.title, &self.publisher, &self.date];
        let known: Vec<&str> =
            parts.into_iter().map(AsRef::as_ref).filter(|part| !part.is_empty()).collect();
        known.join(", ")
    }
}
