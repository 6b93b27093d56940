//! The reports, one a year, and where they can be read; notes on single countries.

use std::borrow::Cow;

use anyhow::Result;

use crate::index::row::{FromRow, Row};

/// The report of a year: one row of `reports.csv`.
#[derive(Debug)]
pub struct Report {
    /// The year of release; the report describes April of the year before to March.
    pub year: u16,
    /// Its id in `sources.csv`, where the day of release stands.
    pub document: &'static str,
    /// How many countries it has a chapter on, where a number was published.
    pub countries: Option<u16>,
    /// What a reader should know besides.
    pub note: Cow<'static, str>,
    /// The State Department's own address of it.
    pub url: Cow<'static, str>,
    /// Whether a public text names that very address.
    pub url_seen: bool,
    /// The form of its chapters' addresses, in which `{slug}` stands for the chapter's own part; empty where they follow none.
    pub chapters: Cow<'static, str>,
}

impl FromRow for Report {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            year: row.number()?,
            document: row.code()?,
            countries: row.optional_number()?,
            note: row.text()?,
            url: row.text()?,
            url_seen: row.yes_or_no()?,
            chapters: row.text()?,
        })
    }
}

/// What the address of a country's chapters ends with in some reports: one row of `chapters.csv`.
#[derive(Debug)]
pub struct Chapter {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The first report it holds for.
    pub from: u16,
    /// The last one.
    pub to: u16,
    /// The last part of the address.
    pub slug: &'static str,
}

impl FromRow for Chapter {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self { iso3: row.code()?, from: row.number()?, to: row.number()?, slug: row.code()? })
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
    #[expect(dead_code, reason = "no question asks for it yet")]
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
