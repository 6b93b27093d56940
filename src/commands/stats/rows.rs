//! What is counted, year by year.

use std::collections::BTreeSet;

use clap::ValueEnum;

use crate::answer::{tier_cell, tier_shade};
use crate::index::placement::distinct;
use crate::index::{Country, History, Index, Placement, Region, Role, Tier, Years};
use crate::output::{Cell, Shade};

/// The letters of the longest bar, that of 100 percent.
const LONGEST: usize = 20;

/// What countries are counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Countries in each tier
    #[default]
    Tier,
    /// Countries of each role; one may have several
    Role,
    /// Countries in each tier, region by region of the State Department
    Region,
}

/// One row a year and tier, role, or region and tier.
pub fn rows(
    index: &Index,
    by: By,
    countries: &[History<'_>],
    region: &Region,
    years: &Years,
) -> Vec<TierCount> {
    let mut rows = Vec::new();
    for year in years.iter() {
        match by {
            By::Tier => rows.extend(by_tier(countries, year, &region.code)),
            By::Role => rows.extend(by_role(index, countries, year, &region.code)),
            By::Region => {
                let states = countries.iter().filter_map(|history| state_region(history.country));
                for region in states.collect::<BTreeSet<_>>() {
                    let inside =
                        |history: &&History<'_>| state_region(history.country) == Some(region);
                    let inside: Vec<_> = countries.iter().filter(inside).cloned().collect();
                    rows.extend(by_tier(&inside, year, region));
                }
            }
        }
    }
    rows
}

/// The State Department's region of a country: the first of its regions.
fn state_region(country: &Country) -> Option<&str> {
    country.regions().first().copied()
}

/// How many ranks of a year fit.
fn count(
    countries: &[History<'_>],
    year: u16,
    fits: impl Fn(&History<'_>, &Placement) -> bool,
) -> usize {
    distinct(countries.iter().filter_map(|history| {
        let placed = history.in_year(year)?;
        fits(history, placed).then_some(placed)
    }))
}

/// The tiers of a year. A special case is in the report but not ranked, and has no share.
fn by_tier<'a>(
    countries: &'a [History<'_>],
    year: u16,
    region: &'a str,
) -> impl Iterator<Item = TierCount> + 'a {
    let ranked = count(countries, year, |_, placed| placed.tier.is_rank());
    let tiers = [Tier::One, Tier::Two, Tier::WatchList, Tier::Three, Tier::Special];
    tiers.into_iter().map(move |tier| {
        let count = count(countries, year, |_, placed| placed.tier == tier);
        let total = tier.is_rank().then_some(ranked);
        TierCount { year, region: region.to_owned(), group: Group::Tier(tier), count, total }
    })
}

/// The roles that the report of a year states.
fn by_role(index: &Index, countries: &[History<'_>], year: u16, region: &str) -> Vec<TierCount> {
    let has = |country: &Country, role: Option<Role>| {
        let mut stated = index.every_role(country).filter(|it| it.year == Some(year));
        stated.any(|stated| role.is_none_or(|role| stated.roles.contains(&role)))
    };
    let stated = count(countries, year, |history, _| has(history.country, None));
    if stated == 0 {
        return Vec::new();
    }
    let rows = Role::ALL.into_iter().map(|role| {
        let count = count(countries, year, |history, _| has(history.country, Some(role)));
        TierCount {
            year,
            region: region.to_owned(),
            group: Group::Role(role),
            count,
            total: Some(stated),
        }
    });
    rows.collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Tier(Tier),
    Role(Role),
}

impl Group {
    pub fn cell(self) -> Cell {
        match self {
            Self::Tier(tier) => tier_cell(tier),
            Self::Role(role) => Cell::text(role.to_string()),
        }
    }

    fn shade(self) -> Shade {
        match self {
            Self::Tier(tier) => tier_shade(tier),
            Self::Role(_) => Shade::Empty,
        }
    }
}

/// How many countries of a year and region are in a group, and of how many.
#[derive(Clone)]
pub struct TierCount {
    pub year: u16,
    pub region: String,
    pub group: Group,
    pub count: usize,
    /// Of how many; none where the group has no share.
    pub total: Option<usize>,
}

impl TierCount {
    /// The share as so many parts of `whole`, rounded.
    pub fn share(&self, whole: usize) -> Option<usize> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.count * whole + total / 2) / total)
    }

    pub fn bar(&self) -> Cell {
        Cell::Ranked {
            text: "#".repeat(self.share(LONGEST).unwrap_or(0)),
            rank: 0,
            shade: self.group.shade(),
        }
    }
}
