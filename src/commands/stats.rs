//! `tip stats`: how many countries are in each tier, and what share of those ranked.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anstyle::AnsiColor;
use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::answer::caveats::{membership, notes};
use crate::answer::options::{RegionOption, YearOption};
use crate::answer::{Answer, Picture, tier_cell, tier_color};
use crate::index::count::distinct;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::region::Region;
use crate::index::role::Role;
use crate::index::tier::Tier;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT, WORLD};
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

/// The letters of the longest bar, that of 100 percent.
const LONGEST: usize = 20;

/// The arguments of `tip stats`.
#[derive(Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    region: RegionOption,

    /// What to count by
    #[arg(long, value_enum, default_value_t, value_name = "BY")]
    by: By,

    /// Only the countries ranked in every year asked
    #[arg(long)]
    panel: bool,
}

/// What countries are counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Countries in each tier
    #[default]
    Tier,
    /// Countries of each role; one may have several
    Role,
    /// Countries in each tier, region by region of the State Department
    Region,
}

impl Stats {
    /// One row a year and tier, role, or region and tier.
    ///
    /// # Errors
    /// A region or a year that does not exist.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let asked = self.year.years(index)?;
        let years = asked.range(index);
        // The State Department's regions are parts of the world.
        let region = match self.by {
            By::Region => self.region.region_or(index, WORLD)?,
            By::Tier | By::Role => self.region.region(index)?,
        };
        let all = index.countries_in(&region.code);
        let histories = all.iter().map(|country| index.history(country));
        let mut countries: Vec<History<'_>> = histories.collect();
        let mut answer = Answer::default();
        if self.panel {
            countries.retain(|country| is_ranked_throughout(country, &years));
            answer.notes.push(format!(
                "{} countries of {} were ranked in every year asked",
                countries.len(),
                region.name
            ));
        }
        let rows = self.rows(index, &countries, region, &years);
        if self.by == By::Role {
            say_which_roles(&mut answer, rows.is_empty(), region, &asked, &years);
        }
        if years.start() != years.end() {
            answer.compare();
        }
        answer.notes.extend(notes(index, &all, &years));
        answer.notes.extend(membership(region));
        let mut picture = Table::new(Layout::Grid, self.columns(), rows.clone());
        picture.choose(&[
            "year",
            "region",
            self.group(),
            "countries",
            "percent",
            "bar",
        ])?;
        answer.picture = Some(Picture {
            table: picture,
            legend: None,
        });
        answer.table = Some(Table::new(Layout::Grid, self.columns(), rows));
        Ok(answer)
    }

    /// The column of what is counted by.
    fn group(&self) -> &'static str {
        match self.by {
            By::Role => "role",
            By::Tier | By::Region => "tier",
        }
    }

    fn columns<'i>(&self) -> Columns<'i, Row> {
        let total = match self.by {
            By::Role => ("stated", "The countries whose roles are stated"),
            By::Tier | By::Region => ("ranked", "The countries ranked"),
        };
        Columns::<Row>::new()
            .with("year", "The report year", |row| {
                Cell::Number(row.year.into())
            })
            .with("region", "The region", |row| Cell::text(&row.region))
            .with(self.group(), "What is counted", |row| row.group.cell())
            .with("countries", "How many countries", |row| {
                Cell::count(row.count)
            })
            .with(total.0, total.1, |row| {
                row.total.map_or(Cell::Missing, Cell::count)
            })
            .with("percent", "Their share of those", |row| {
                row.share(1000).map_or(Cell::Missing, Cell::permille)
            })
            .on_request("bar", "The share as a bar", Row::bar)
    }

    fn rows(
        &self,
        index: &Index,
        countries: &[History<'_>],
        region: &Region,
        years: &RangeInclusive<u16>,
    ) -> Vec<Row> {
        let mut rows = Vec::new();
        for year in years.clone() {
            match self.by {
                By::Tier => rows.extend(by_tier(countries, year, &region.code)),
                By::Role => rows.extend(by_role(index, countries, year, &region.code)),
                By::Region => {
                    let states = countries
                        .iter()
                        .filter_map(|history| state_region(history.country));
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
}

/// Says that roles are those of one report only.
fn say_which_roles(
    answer: &mut Answer<'_>,
    none: bool,
    region: &Region,
    asked: &Years,
    years: &RangeInclusive<u16>,
) {
    let only = format!(
        "these data have the roles that the {} report states",
        SNAPSHOT.1
    );
    if none {
        let (region, years) = (&region.name, asked.name());
        let warning = format!("no roles of {region} in {years} are known; {only}");
        answer.warnings.push(warning);
    } else if years.start() != years.end() {
        answer.notes.push(only);
    }
}

/// The State Department's region of a country: the first of its regions.
fn state_region(country: &Country) -> Option<&str> {
    country.regions().first().copied()
}

/// Whether a country has a rank of its own in every one of these years: one it shared would count otherwise.
fn is_ranked_throughout(history: &History<'_>, years: &RangeInclusive<u16>) -> bool {
    let is_own = |placed: &Placement| placed.tier.is_rank() && placed.ranked_as.is_empty();
    years
        .clone()
        .all(|year| history.of(year).is_some_and(is_own))
}

/// How many ranks of a year fit.
fn count(
    countries: &[History<'_>],
    year: u16,
    fits: impl Fn(&History<'_>, &Placement) -> bool,
) -> usize {
    distinct(countries.iter().filter_map(|history| {
        let placed = history.of(year)?;
        fits(history, placed).then_some(placed)
    }))
}

/// The tiers of a year. A special case is in the report but not ranked, and has no share.
fn by_tier<'a>(
    countries: &'a [History<'_>],
    year: u16,
    region: &'a str,
) -> impl Iterator<Item = Row> + 'a {
    let ranked = count(countries, year, |_, placed| placed.tier.is_rank());
    let tiers = [
        Tier::One,
        Tier::Two,
        Tier::WatchList,
        Tier::Three,
        Tier::Special,
    ];
    tiers.into_iter().map(move |tier| {
        let count = count(countries, year, |_, placed| placed.tier == tier);
        let total = tier.is_rank().then_some(ranked);
        Row {
            year,
            region: region.to_owned(),
            group: Group::Tier(tier),
            count,
            total,
        }
    })
}

/// The roles that the report of a year states.
fn by_role(index: &Index, countries: &[History<'_>], year: u16, region: &str) -> Vec<Row> {
    let has = |country: &Country, role: Option<Role>| {
        let mut stated = index.every_role(country).filter(|it| it.year == Some(year));
        stated.any(|stated| role.is_none_or(|role| stated.roles.contains(&role)))
    };
    let stated = count(countries, year, |history, _| has(history.country, None));
    if stated == 0 {
        return Vec::new();
    }
    let rows = Role::ALL.into_iter().map(|role| {
        let count = count(countries, year, |history, _| {
            has(history.country, Some(role))
        });
        Row {
            year,
            region: region.to_owned(),
            group: Group::Role(role),
            count,
            total: Some(stated),
        }
    });
    rows.collect()
}

/// What is counted.
#[derive(Clone, Copy)]
enum Group {
    Tier(Tier),
    Role(Role),
}

impl Group {
    fn cell(self) -> Cell {
        match self {
            Self::Tier(tier) => tier_cell(tier),
            Self::Role(role) => Cell::text(role.to_string()),
        }
    }

    fn color(self) -> Option<AnsiColor> {
        match self {
            Self::Tier(tier) => tier_color(tier),
            Self::Role(_) => None,
        }
    }
}

/// How many countries of a year and region are in a group, and of how many.
#[derive(Clone)]
struct Row {
    year: u16,
    region: String,
    group: Group,
    count: usize,
    total: Option<usize>,
}

impl Row {
    /// The share as so many parts of `whole`, rounded.
    fn share(&self, whole: usize) -> Option<usize> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.count * whole + total / 2) / total)
    }

    fn bar(&self) -> Cell {
        Cell::Ranked {
            text: "#".repeat(self.share(LONGEST).unwrap_or(0)),
            rank: 0,
            color: self.group.color(),
        }
    }
}
