//! The rank a report gives a country, and the history those ranks make.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::index::sorted::split_fields;
use crate::index::tier::Tier;

/// The rank a report gives a country: one row of `placements.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Placement {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: Cow<'static, str>,
    /// The report year: the year of release, not the year described.
    pub year: u16,
    /// The rank.
    pub tier: Tier,
    /// How well it is attested.
    pub evidence: Evidence,
    /// The state whose one rank this row repeats, ISO 3166-1 alpha-3; empty where the rank is the country's own.
    pub ranked_as: Cow<'static, str>,
    /// The ids in `sources.csv` of the transcriptions it was read from, parted by ';'.
    pub sources: Cow<'static, str>,
    /// Where the text can be read; may be empty.
    pub url: Cow<'static, str>,
}

impl Placement {
    /// A row of `placements.csv`. The rules of the data let no row be unreadable.
    pub fn read(line: &'static str) -> Option<Self> {
        let ([iso3, year, tier, evidence, ranked_as, sources], url) = split_fields(line)?;
        Some(Self {
            iso3: Cow::Borrowed(iso3),
            year: year.parse().ok()?,
            tier: variant(tier)?,
            evidence: variant(evidence)?,
            ranked_as: Cow::Borrowed(ranked_as),
            sources: Cow::Borrowed(sources),
            url,
        })
    }

    /// The ids in `sources.csv` of the transcriptions it was read from.
    pub fn source_ids(&self) -> impl Iterator<Item = &str> {
        self.sources.split(';')
    }

    /// The code of what the report ranked: the country, or the state whose rank it shared. Counted by this, a rank
    /// counts once.
    pub fn ranked(&self) -> &str {
        if self.ranked_as.is_empty() {
            &self.iso3
        } else {
            &self.ranked_as
        }
    }
}

/// A value of an enum by its name in the data files.
pub fn variant<T: Deserialize<'static>>(name: &'static str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// How well a placement is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Two independent transcriptions agree.
    Confirmed,
    /// One transcription.
    Single,
    /// Transcriptions differ; the better-founded value is given.
    Disputed,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A country's placements, by year. A year without one is unknown to these data.
#[derive(Clone, Debug)]
pub struct History {
    placements: Vec<Placement>,
}

/// A change of tier from one placement to the next one known.
#[derive(Clone, Copy, Debug)]
pub struct Move<'history> {
    /// The placement before.
    pub before: &'history Placement,
    /// The placement that differs from it.
    pub after: &'history Placement,
}

impl History {
    /// The history that these placements make, sorted by year.
    pub fn new(placements: Vec<Placement>) -> Self {
        Self { placements }
    }

    /// Every placement, by year.
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The placements in the reports of these years.
    pub fn within(&self, years: &RangeInclusive<u16>) -> impl Iterator<Item = &Placement> {
        self.placements
            .iter()
            .filter(move |placed| years.contains(&placed.year))
    }

    /// The placement in the report of a year.
    pub fn of(&self, year: u16) -> Option<&Placement> {
        self.placements.iter().find(|placed| placed.year == year)
    }

    /// The newest placement.
    pub fn latest(&self) -> Option<&Placement> {
        self.placements.last()
    }

    /// Every change of tier, by year.
    pub fn moves(&self) -> impl Iterator<Item = Move<'_>> {
        let pairs = self.placements.iter().zip(self.placements.iter().skip(1));
        let moved = pairs.filter(|(before, after)| before.tier != after.tier);
        moved.map(|(before, after)| Move { before, after })
    }

    /// The placements with the tier of `placed`, one report after the other, that end with it.
    pub fn run_to(&self, placed: &Placement) -> &[Placement] {
        let end = self
            .placements
            .partition_point(|known| known.year <= placed.year);
        let up_to = self.placements.get(..end).unwrap_or_default();
        let follows = |pair: &&[Placement]| matches!(pair, [a, b] if a.tier == b.tier && a.year + 1 == b.year);
        let more = up_to.windows(2).rev().take_while(follows).count();
        up_to
            .get(end.saturating_sub(more + 1)..)
            .unwrap_or_default()
    }

    /// The placement before the first of a run.
    pub fn before(&self, run: &[Placement]) -> Option<&Placement> {
        let first = run.first()?.year;
        self.placements.iter().rfind(|placed| placed.year < first)
    }
}
