//! The documents that facts rest on.

use std::borrow::Cow;

use serde::Deserialize;

/// A document that facts rest on: one row of `sources.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// The id other files name it by.
    #[serde(borrow)]
    pub id: Cow<'static, str>,
    /// Its title.
    #[serde(borrow)]
    pub title: Cow<'static, str>,
    /// Who published it.
    #[serde(borrow)]
    pub publisher: Cow<'static, str>,
    /// When: a day, a month or one or more years, as far as known.
    #[serde(borrow)]
    pub date: Cow<'static, str>,
    /// What kind of document it is, such as `state` or `dataset`.
    #[serde(borrow)]
    pub kind: Cow<'static, str>,
    /// Where it can be read.
    pub url: Option<Cow<'static, str>>,
    /// Who holds which rights in it.
    #[serde(borrow)]
    pub rights: Cow<'static, str>,
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
