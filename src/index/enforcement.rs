//! What governments told the State Department of prosecutions, convictions and people identified as victims.

use std::borrow::Cow;

use anyhow::Result;

use crate::index::row::{FromRow, Row};

/// A number of all forms of trafficking, and the part of it that is of labour trafficking, as far as found.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Of all forms.
    pub all: Option<u32>,
    /// Of labour trafficking.
    pub labour: Option<u32>,
}

/// The figures of a calendar year in the world or a region: one row of `enforcement.csv`.
#[derive(Clone, Debug)]
pub struct Enforcement {
    /// The calendar year, which is not the report's.
    pub year: u16,
    /// The code in `regions.csv`.
    pub region: &'static str,
    /// Prosecutions.
    pub prosecutions: Number,
    /// Convictions.
    pub convictions: Number,
    /// People identified as victims.
    pub victims: Number,
    /// Acts passed or amended.
    pub laws: Option<u32>,
    /// The id in `sources.csv` of the report that printed them, where that is known.
    pub printed: Cow<'static, str>,
    /// The ids in `sources.csv` of what they were read from.
    pub sources: Vec<String>,
    /// Where they can be read, if not at the address of the source.
    pub url: Cow<'static, str>,
    /// How well they are founded.
    pub note: Cow<'static, str>,
}

impl FromRow for Number {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self { all: row.optional_number()?, labour: row.optional_number()? })
    }
}

impl FromRow for Enforcement {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            year: row.number()?,
            region: row.code()?,
            prosecutions: Number::read(row)?,
            convictions: Number::read(row)?,
            victims: Number::read(row)?,
            laws: row.optional_number()?,
            printed: row.text()?,
            sources: row.list()?,
            url: row.text()?,
            note: row.text()?,
        })
    }
}

impl Enforcement {
    /// Whether a number was not found.
    pub fn has_gap(&self) -> bool {
        let numbers = [self.prosecutions, self.convictions, self.victims];
        let gap = |number: &Number| number.all.is_none() || number.labour.is_none();
        self.laws.is_none() || numbers.iter().any(gap)
    }
}
