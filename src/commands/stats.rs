//! `tip stats`: how many countries are in each tier, and what share of those ranked.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use anstyle::AnsiColor;
use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::commands::history::Dated;
use crate::commands::scope::{RegionOption, YearOption, coverage, notes};
use crate::commands::{Answer, Picture, tier_cell, tier_color};
use crate::index::country::Country;
use crate::index::placement::Placement;
use crate::index::report::Region;
use crate::index::role::Role;
use crate::index::tier::Tier;
use crate::index::{Index, SNAPSHOT, WORLD};
use crate::output::table::{Cell, Layout, Table};

const BY_TIER: &[&str] = &[
    "year",
    "region",
    "tier",
    "countries",
    "ranked",
    "percent",
    "bar",
];
const BY_ROLE: &[&str] = &[
    "year",
    "region",
    "role",
    "countries",
    "stated",
    "percent",
    "bar",
];

/// The place of the bar: it is shown to people only.
const BAR: usize = 6;

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
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let asked = self.year.years(index)?;
        let years = asked.range(index);
        // The State Department's regions are parts of the world.
        let region = match self.by {
            By::Region => self.region.region_or(index, WORLD)?,
            By::Tier | By::Role => self.region.region(index)?,
        };
        let all = index.countries_in(&region.code);
        let mut countries: Vec<Dated<'_>> = all
            .iter()
            .map(|country| (*country, index.history(country)))
            .collect();
        let mut answer = Answer::of(Table::new(Layout::Grid, self.columns(), BAR));
        if self.panel {
            countries.retain(|country| is_ranked_throughout(country, &years));
            answer.notes.push(format!(
                "{} countries of {} were ranked in every year asked",
                countries.len(),
                region.name
            ));
        }
        for row in self.rows(index, &countries, region, &years) {
            answer.table.push(row);
        }
        if self.by == By::Role {
            let only = format!(
                "these data have the roles that the {} report states",
                SNAPSHOT.1
            );
            if answer.table.is_empty() {
                let (region, years) = (&region.name, asked.name());
                let warning = format!("no roles of {region} in {years} are known; {only}");
                answer.warnings.push(warning);
            } else if years.start() != years.end() {
                answer.notes.push(only);
            }
        }
        if years.start() != years.end() {
            answer.compare();
        }
        answer.notes.extend(notes(index, &all, &years));
        answer.notes.extend(coverage(index, &years));
        let mut picture = answer.table.clone();
        let group = self.columns().get(2).copied().unwrap_or_default();
        picture.choose(&["year", "region", group, "countries", "percent", "bar"])?;
        answer.picture = Some(Picture {
            table: picture,
            legend: None,
        });
        Ok(answer)
    }

    fn columns(&self) -> &'static [&'static str] {
        if self.by == By::Role {
            BY_ROLE
        } else {
            BY_TIER
        }
    }

    fn rows(
        &self,
        index: &Index,
        countries: &[Dated<'_>],
        region: &Region,
        years: &RangeInclusive<u16>,
    ) -> Vec<Rc<[Cell]>> {
        let mut rows = Vec::new();
        for year in years.clone() {
            match self.by {
                By::Tier => rows.extend(by_tier(countries, year, &region.code)),
                By::Role => rows.extend(by_role(index, countries, year, &region.code)),
                By::Region => {
                    let states = countries
                        .iter()
                        .filter_map(|(country, _)| state_region(country));
                    for region in states.collect::<BTreeSet<_>>() {
                        let inside =
                            |(country, _): &&Dated<'_>| state_region(country) == Some(region);
                        let inside: Vec<_> = countries.iter().filter(inside).cloned().collect();
                        rows.extend(by_tier(&inside, year, region));
                    }
                }
            }
        }
        rows
    }
}

/// The State Department's region of a country: the first of its regions.
fn state_region(country: &Country) -> Option<&str> {
    country.regions().first().copied()
}

/// Whether a country has a rank of its own in every one of these years: one it shared would count otherwise.
fn is_ranked_throughout((_, history): &Dated<'_>, years: &RangeInclusive<u16>) -> bool {
    let is_own = |placed: &Placement| placed.tier.is_rank() && placed.ranked_as.is_empty();
    years
        .clone()
        .all(|year| history.of(year).is_some_and(is_own))
}

/// How many ranks of a year fit. A rank that two countries shared counts once.
fn distinct(
    countries: &[Dated<'_>],
    year: u16,
    fits: impl Fn(&Country, &Placement) -> bool,
) -> usize {
    let placed = countries.iter().filter_map(|(country, history)| {
        let placed = history.of(year)?;
        fits(country, placed).then(|| placed.ranked().to_owned())
    });
    placed.collect::<BTreeSet<_>>().len()
}

/// The tiers of a year. A special case is in the report but not ranked, and has no share.
fn by_tier<'a>(
    countries: &'a [Dated<'_>],
    year: u16,
    region: &'a str,
) -> impl Iterator<Item = Rc<[Cell]>> + 'a {
    let ranked = distinct(countries, year, |_, placed| placed.tier.is_rank());
    let tiers = [
        Tier::One,
        Tier::Two,
        Tier::WatchList,
        Tier::Three,
        Tier::Special,
    ];
    tiers.into_iter().map(move |tier| {
        let count = distinct(countries, year, |_, placed| placed.tier == tier);
        let total = tier.is_rank().then_some(ranked);
        row(
            year,
            region,
            tier_cell(tier),
            count,
            total,
            tier_color(tier),
        )
    })
}

/// The roles that the report of a year states.
fn by_role(index: &Index, countries: &[Dated<'_>], year: u16, region: &str) -> Vec<Rc<[Cell]>> {
    let has = |country: &Country, role: Option<Role>| {
        let stated = index.roles(country, year);
        stated.is_some_and(|stated| {
            stated.year == Some(year) && role.is_none_or(|role| stated.roles.contains(&role))
        })
    };
    let stated = distinct(countries, year, |country, _| has(country, None));
    if stated == 0 {
        return Vec::new();
    }
    let rows = Role::ALL.into_iter().map(|role| {
        let count = distinct(countries, year, |country, _| has(country, Some(role)));
        row(
            year,
            region,
            Cell::text(role.to_string()),
            count,
            Some(stated),
            None,
        )
    });
    rows.collect()
}

fn row(
    year: u16,
    region: &str,
    group: Cell,
    count: usize,
    total: Option<usize>,
    color: Option<AnsiColor>,
) -> Rc<[Cell]> {
    let of_total = |whole: usize| {
        let total = total.filter(|total| *total > 0)?;
        Some((count * whole + total / 2) / total)
    };
    let bar = of_total(LONGEST).unwrap_or(0);
    [
        Cell::Number(year),
        Cell::text(region),
        group,
        Cell::count(count),
        total.map_or(Cell::Missing, Cell::count),
        of_total(1000).map_or(Cell::Missing, Cell::permille),
        Cell::Ranked {
            text: "#".repeat(bar),
            rank: 0,
            color,
        },
    ]
    .into()
}
