//! The documents that facts rest on.

use csv::StringRecord;
use serde::Deserialize;

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
}

impl Source {
    /// A row of `sources.csv`, whose columns have a fixed order: to go by their names takes ten times as long.
    fn read(record: &StringRecord) -> Self {
        let field = |place| record.get(place).unwrap_or_default().to_owned();
        Self {
            id: field(0),
            title: field(1),
            publisher: field(2),
            date: field(3),
            url: Some(field(4)).filter(|url| !url.is_empty()),
            rights: field(5),
        }
    }
}

/// The records of `sources.csv`, sorted by id. A question asks for few of them, so each is read when asked for.
#[derive(Debug)]
pub struct Sources {
    records: Vec<StringRecord>,
}

impl Sources {
    /// Of all records, the header first.
    pub fn new(mut records: Vec<StringRecord>) -> Self {
        Self {
            records: records.split_off(records.len().min(1)),
        }
    }

    /// The source with an id.
    pub fn with_id(&self, id: &str) -> Option<Source> {
        let known = |record: &StringRecord| record.get(0).unwrap_or_default().cmp(id);
        let place = self.records.binary_search_by(known).ok()?;
        self.records.get(place).map(Source::read)
    }

    /// Every source.
    pub fn all(&self) -> impl Iterator<Item = Source> {
        self.records.iter().map(Source::read)
    }
}
