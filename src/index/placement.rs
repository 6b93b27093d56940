//! The rank a report gives a country, and the history those ranks make.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::country::Country;
use crate::index::tier::Tier;
use crate::index::years::Years;

/// The rank a report gives a country: one row of `placements.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct Placement {
    /// The country, ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// The report year: the year of release, not the year described.
    pub year: u16,
    /// The rank.
    pub tier: Tier,
    /// How well it is attested.
    pub evidence: Evidence,
    /// Why it is confirmed; of the rows that are not, only those worked out from printed numbers have one.
    pub basis: Option<Basis>,
    /// The state whose one rank this row repeats, ISO 3166-1 alpha-3; empty where the rank is the country's own.
    pub ranked_as: &'static str,
    /// The ids in `sources.csv` of the transcriptions it was read from, ';' between them.
    pub sources: &'static str,
    /// Where the text can be read; may be empty.
    pub url: &'static str,
}

impl Placement {
    /// That a country is not in the report of a year: confirmed where there is a basis.
    pub fn left_out(
        iso3: &'static str,
        year: u16,
        basis: Option<Basis>,
        source: &'static str,
    ) -> Self {
        Self {
            iso3,
            year,
            tier: Tier::NotInReport,
            evidence: if basis.is_some() { Evidence::Confirmed } else { Evidence::Single },
            basis,
            ranked_as: "",
            sources: source,
            url: "",
        }
    }
}

impl Placement {
    /// The ids in `sources.csv` of the transcriptions it was read from.
    pub fn source_ids(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.sources.split(';')
    }

    /// The code of what the report ranked: the country, or the state whose rank it shared. Counted by this, a rank
    /// counts once.
    pub fn ranked(&self) -> &'static str {
        if self.ranked_as.is_empty() { self.iso3 } else { self.ranked_as }
    }
}

/// How well a placement is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// It has a basis.
    Confirmed,
    /// One source, or several that count as one.
    Single,
    /// Sources differ; the better-founded value is given.
    Disputed,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Why a placement is confirmed: the strongest of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The State Department's own text of that report says it.
    StateText,
    /// Two independent transcriptions agree.
    Transcriptions,
    /// The complete lists of that report leave only this tier, and the printed numbers add up.
    Exclusion,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A country with its placements, by year. A year without one is unknown to these data.
#[derive(Clone, Debug)]
pub struct History<'i> {
    /// The country.
    pub country: &'i Country,
    placements: Vec<Placement>,
}

/// A change of tier from one placement to the next one known.
#[derive(Clone, Copy, Debug)]
pub struct Change<'history> {
    /// The placement before.
    pub before: &'history Placement,
    /// The placement that differs from it.
    pub after: &'history Placement,
}

/// What a change is, in the words of the State Department; in this order it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To a lower rank.
    Downgraded,
    /// To a higher rank.
    Upgraded,
    /// It has a rank and had none, or is a special case and was not in the report.
    Entered,
    /// It has no rank any more, or is not in the report.
    Left,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Downgraded => "downgraded",
            Self::Upgraded => "upgraded",
            Self::Entered => "entered",
            Self::Left => "left",
        })
    }
}

impl Change<'_> {
    /// Which way the country moved.
    pub fn direction(self) -> Direction {
        let (before, after) = (self.before.tier, self.after.tier);
        match (before.is_rank(), after.is_rank()) {
            (true, true) if before < after => Direction::Downgraded,
            (true, true) => Direction::Upgraded,
            (false, true) => Direction::Entered,
            // "Special" is before "not in the report".
            (false, false) if before > after => Direction::Entered,
            _ => Direction::Left,
        }
    }
}

impl<'i> History<'i> {
    /// The history that these placements make, sorted by year.
    pub fn new(country: &'i Country, placements: Vec<Placement>) -> Self {
        Self { country, placements }
    }

    /// Every placement, by year.
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The placements in the reports of these years.
    pub fn within(&self, years: &Years) -> impl Iterator<Item = &Placement> {
        self.placements.iter().filter(move |placed| years.holds(placed.year))
    }

    /// The placement in the report of a year.
    pub fn in_year(&self, year: u16) -> Option<&Placement> {
        self.placements.iter().find(|placed| placed.year == year)
    }

    /// The newest placement.
    pub fn latest(&self) -> Option<&Placement> {
        self.placements.last()
    }

    /// Every change of tier, by year. Whether a country entered or left is known only of one report and the next.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let pairs = self.placements.iter().zip(self.placements.iter().skip(1));
        let changed = pairs.filter(|(before, after)| {
            let both = before.tier.is_in_report() && after.tier.is_in_report();
            before.tier != after.tier && (both || before.year + 1 == after.year)
        });
        changed.map(|(before, after)| Change { before, after })
    }

    /// The placements with the tier of `placed`, one report after the other, that end with it.
    pub fn run_to(&self, placed: &Placement) -> &[Placement] {
        let end = self.placements.partition_point(|known| known.year <= placed.year);
        let up_to = self.placements.get(..end).unwrap_or_default();
        let follows = |pair: &&[Placement]| matches!(pair, [a, b] if a.tier == b.tier && a.year + 1 == b.year);
        let more = up_to.windows(2).rev().take_while(follows).count();
        up_to.get(end.saturating_sub(more + 1)..).unwrap_or_default()
    }

    /// The placement before the first of a run.
    pub fn before(&self, run: &[Placement]) -> Option<&Placement> {
        let first = run.first()?.year;
        self.placements.iter().rfind(|placed| placed.year < first)
    }
}

/// How many ranks of one report these placements are.
pub fn distinct<'p>(placements: impl Iterator<Item = &'p Placement>) -> usize {
    let ranked: BTreeSet<&str> = placements.map(Placement::ranked).collect();
    ranked.len()
}
