//! The documents that facts rest on.

use std::borrow::Cow;

use serde::Deserialize;

use crate::index::sorted::fields;

/// A document that facts rest on: one row of `sources.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// The id other files name it by.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When: a day, a month or one or more years, as far as known.
    pub date: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Who holds which rights in it.
    pub rights: String,
}

impl Source {
    /// Title, publisher and date, as far as known.
    pub fn citation(&self) -> String {
        let parts = [&self.title, &self.publisher, &self.date];
        let known: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        known.join(", ")
    }

    /// A row of `sources.csv`. The rules of the data let no row be unreadable.
    pub fn read(line: &'static str) -> Option<Self> {
        let mut fields = fields(line).into_iter().map(Cow::into_owned);
        Some(Self {
            id: fields.next()?,
            title: fields.next()?,
            publisher: fields.next()?,
            date: fields.next()?,
            url: fields.next().filter(|url| !url.is_empty()),
            rights: fields.next()?,
        })
    }
}
