//! What is in the data besides tiers and roles: typologies of trafficking groups, figures, and numbers of enforcement.

use serde::Deserialize;

/// How the groups that traffic people are described: one row of `typologies.csv`.
#[derive(Debug, Deserialize)]
pub struct Typology {
    /// Where the groups are.
    pub typology: &'static str,
    /// The year of the description, or that it is undated.
    pub year: &'static str,
    /// Their traits.
    pub traits: Vec<String>,
    /// The id in `sources.csv`.
    pub source: &'static str,
}

/// A figure as its source gives it: one row of `figures.csv`.
#[derive(Debug, Deserialize)]
pub struct Figure {
    /// What is counted or measured.
    pub figure: &'static str,
    /// The value in words.
    pub value: &'static str,
    /// The years it is for or of publication, or that it is undated.
    pub period: &'static str,
    /// Whose figure it is.
    pub attributed_to: &'static str,
    /// The ids in `sources.csv`.
    pub sources: Vec<String>,
}

/// The figures of a calendar year in the world or a region: one row of `enforcement.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct Enforcement {
    /// The calendar year, which is not the report's.
    pub year: u16,
    /// The code in `regions.csv`.
    pub region: &'static str,
    /// Prosecutions.
    pub prosecutions: Option<u32>,
    /// Those of labour trafficking among them.
    pub prosecutions_labour: Option<u32>,
    /// Convictions.
    pub convictions: Option<u32>,
    /// Those of labour trafficking among them.
    pub convictions_labour: Option<u32>,
    /// People identified as victims.
    pub victims: Option<u32>,
    /// Those of labour trafficking among them.
    pub victims_labour: Option<u32>,
    /// Acts passed or amended.
    pub laws: Option<u32>,
    /// The id in `sources.csv` of the report that printed them, where that is known.
    pub printed: &'static str,
    /// The ids in `sources.csv` of what they were read from.
    pub sources: Vec<String>,
    /// Where they can be read, if not at the address of the source.
    pub url: &'static str,
    /// How well they are founded.
    pub note: &'static str,
}

impl Enforcement {
    /// Each number with the part of it that is of labour trafficking.
    pub fn numbers(&self) -> [(Option<u32>, Option<u32>); 3] {
        [
            (self.prosecutions, self.prosecutions_labour),
            (self.convictions, self.convictions_labour),
            (self.victims, self.victims_labour),
        ]
    }
}
