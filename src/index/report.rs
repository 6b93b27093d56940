//! The reports, one a year, and how far these data cover each.

use serde::Deserialize;

use crate::index::country::Country;

/// The report of a year: one row of `reports.csv`.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// The year of release; the report describes April of the year before to March.
    pub year: u16,
    /// Its id in `sources.csv`, where the day of release stands.
    pub document: String,
    /// How many countries it has a chapter on, where a number was published.
    pub countries: Option<u16>,
    /// The countries of it that these data are known to lack, ISO 3166-1 alpha-3.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub missing: Vec<String>,
    /// What a reader should know besides.
    pub note: String,
}

impl Report {
    /// Whether these data hold every country of it.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether these data are known to lack a country of it.
    pub fn lacks(&self, country: &Country) -> bool {
        self.missing.iter().any(|iso3| iso3 == country.iso3)
    }
}

/// A group of countries: one row of `regions.csv`.
#[derive(Debug, Deserialize)]
pub struct Region {
    /// Its code in `countries.csv`.
    #[serde(rename = "region")]
    pub code: String,
    /// Its name as it stands in a sentence.
    pub name: String,
    /// How people write it, folded and without spaces.
    #[serde(deserialize_with = "crate::index::cell::list")]
    pub spellings: Vec<String>,
}

/// What must be known of a country's rows for some years: one row of `notes.csv`.
#[derive(Debug, Deserialize)]
pub struct Note {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: String,
    /// The first report year it holds for.
    pub from: u16,
    /// The last one.
    pub to: u16,
    /// The note, without a full stop.
    #[serde(rename = "note")]
    pub text: String,
}
