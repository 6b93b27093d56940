//! The reports, one a year, and where they can be read; notes on single countries; the documents that facts rest on.

use serde::Deserialize;

/// The report of a year: one row of `reports.csv`.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// The year of release; the report describes April of the year before to March.
    pub year: u16,
    /// Its id in `sources.csv`, where the day of release stands.
    pub document: &'static str,
    /// How many countries it has a chapter on, where a number was published.
    pub countries: Option<u16>,
    /// What a reader should know besides.
    pub note: &'static str,
    /// The State Department's own address of it.
    pub url: &'static str,
    /// Whether a public text names that very address.
    pub url_seen: bool,
    /// The form of its chapters' addresses, in which `{slug}` stands for the chapter's own part; empty where they follow none.
    pub chapters: &'static str,
}

/// A report of the user's of which only some countries are known.
#[derive(Clone, Copy, Debug)]
pub struct PartialReport {
    /// Its year.
    pub year: u16,
    /// How many countries are known of it.
    pub countries: usize,
    /// The year of the whole report before, and how many countries that has.
    pub before: (u16, usize),
}

/// What the address of a country's chapters ends with in some reports: one row of `chapters.csv`.
#[derive(Debug, Deserialize)]
pub struct Chapter {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The first report it holds for.
    pub from: u16,
    pub to: u16,
    /// The last part of the address.
    pub slug: &'static str,
}

/// What must be known of a country's rows for some years: one row of `notes.csv`.
#[derive(Debug, Deserialize)]
pub struct Note {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The first report year it holds for.
    pub from: u16,
    /// The last one.
    pub to: u16,
    /// The id in `sources.csv` of what says so.
    pub source: &'static str,
    /// The note, without a full stop.
    #[serde(rename = "note")]
    pub text: &'static str,
}

/// A document that facts rest on: one row of `sources.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// The id other files name it by.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// When: a day, a month or one or more years, as far as known.
    pub date: &'static str,
    /// What kind of document it is, such as `state` or `dataset`.
    pub kind: &'static str,
    /// Where it can be read.
    pub url: Option<&'static str>,
    /// Who holds which rights in it.
    pub rights: &'static str,
}

impl Source {
    /// Title, publisher and date, as far as known.
    pub fn citation(&self) -> String {
        let mut known = vec![self.title, self.publisher, self.date];
        known.retain(|part| !part.is_empty());
        known.join(", ")
    }
}
