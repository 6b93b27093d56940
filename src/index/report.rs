//! The reports, one a year, and how far these data cover each.

use std::borrow::Cow;

use anyhow::Result;

use crate::index::country::Country;
use crate::index::row::{FromRow, Row};

/// The report of a year: one row of `reports.csv`.
#[derive(Debug)]
pub struct Report {
    /// The year of release; the report describes April of the year before to March.
    pub year: u16,
    /// Its id in `sources.csv`, where the day of release stands.
    pub document: Cow<'static, str>,
    /// How many countries it has a chapter on, where a number was published.
    pub countries: Option<u16>,
    /// The countries of it that these data are known to lack, ISO 3166-1 alpha-3.
    pub missing: Vec<String>,
    /// What a reader should know besides.
    pub note: Cow<'static, str>,
}

impl FromRow for Report {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            year: row.number()?,
            document: row.text()?,
            countries: row.optional_number()?,
            missing: row.list()?,
            note: row.text()?,
        })
    }
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
#[derive(Debug)]
pub struct Region {
    /// Its code in `countries.csv`.
    pub code: Cow<'static, str>,
    /// Its name as it stands in a sentence.
    pub name: Cow<'static, str>,
    /// Which countries it holds, and by whose account.
    pub definition: Cow<'static, str>,
    /// How people write it, folded and without spaces.
    pub spellings: Vec<String>,
}

impl FromRow for Region {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            code: row.text()?,
            name: row.text()?,
            definition: row.text()?,
            spellings: row.list()?,
        })
    }
}

/// What must be known of a country's rows for some years: one row of `notes.csv`.
#[derive(Debug)]
pub struct Note {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: Cow<'static, str>,
    /// The first report year it holds for.
    pub from: u16,
    /// The last one.
    pub to: u16,
    /// The id in `sources.csv` of what says so.
    pub source: Cow<'static, str>,
    /// The note, without a full stop.
    pub text: Cow<'static, str>,
}

impl FromRow for Note {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            iso3: row.text()?,
            from: row.number()?,
            to: row.number()?,
            source: row.text()?,
            text: row.text()?,
        })
    }
}
