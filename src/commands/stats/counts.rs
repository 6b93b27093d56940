//! What is counted, year by year; and counts of several years as people see them: a line per year, or a chart.

use std::collections::BTreeSet;

use clap::ValueEnum;

use crate::answer::drawn::{OF_TIERS, foot, sentences, source, tier_key};
use crate::answer::{tier_cell, tier_shade};
use crate::index::placement::distinct;
use crate::index::{Country, History, Index, Placement, Region, Role, Tier, Years};
use crate::output::{Bar, Bars, Body, Cell, Columns, Drawing, Layout, Part, Shade, Table};
use crate::text::capitalised;

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
            By::Tier => rows.extend(by_tier(countries, year, region.code)),
            By::Role => rows.extend(by_role(index, countries, year, region.code)),
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
fn ranks(
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
    let ranked = ranks(countries, year, |_, placed| placed.tier.is_rank());
    let tiers = [Tier::One, Tier::Two, Tier::WatchList, Tier::Three, Tier::Special];
    tiers.into_iter().map(move |tier| {
        let count = ranks(countries, year, |_, placed| placed.tier == tier);
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
    let stated = ranks(countries, year, |history, _| has(history.country, None));
    if stated == 0 {
        return Vec::new();
    }
    let rows = Role::ALL.into_iter().map(|role| {
        let count = ranks(countries, year, |history, _| has(history.country, Some(role)));
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
    pub fn tier(self) -> Option<Tier> {
        match self {
            Self::Tier(tier) => Some(tier),
            Self::Role(_) => None,
        }
    }

    pub fn cell(self) -> Cell {
        match self {
            Self::Tier(tier) => tier_cell(tier),
            Self::Role(role) => Cell::text(role.to_string()),
        }
    }

    fn shade(self) -> Shade {
        self.tier().map_or(Shade::Empty, tier_shade)
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

/// The counts of one region, a line per year, and for two years the differences; none for one year.
pub fn by_year<'i>(total: &'static str, years: &Years, rows: &[TierCount]) -> Option<Table<'i>> {
    let groups = groups(rows);
    let counts = |year| {
        let counts = groups.iter().map(move |group| count(rows, year, *group));
        counts.chain([whole(rows, year)])
    };
    let line = |year: u16| {
        let counts = counts(year).map(|count| count.map_or(Cell::Missing, Cell::count));
        [Cell::number(Some(year))].into_iter().chain(counts).collect()
    };
    let reports: Vec<u16> = years.iter().collect();
    let mut lines: Vec<Vec<Cell>> = reports.iter().map(|year| line(*year)).collect();
    match reports.as_slice() {
        [] | [_] => return None,
        [first, last] => {
            let pairs = counts(*first).zip(counts(*last));
            let differences = pairs.map(|pair| match pair {
                (Some(before), Some(after)) => Cell::difference(before, after),
                _ => Cell::Missing,
            });
            let differences: Vec<Cell> = differences.collect();
            if differences.iter().any(|cell| !cell.is_empty()) {
                lines.push([Cell::text("difference")].into_iter().chain(differences).collect());
            }
        }
        _ => {}
    }
    let heads = groups.iter().map(|group| group.cell().joined("").into_owned());
    let heads = ["year".to_owned()].into_iter().chain(heads).chain([total.to_owned()]);
    Some(table(heads, lines))
}

fn table<'i>(heads: impl Iterator<Item = String>, lines: Vec<Vec<Cell>>) -> Table<'i> {
    let columns = heads.enumerate().fold(Columns::new(), |columns, (place, head)| {
        columns
            .headed(head, move |line: &Vec<Cell>| line.get(place).cloned().unwrap_or(Cell::Missing))
    });
    Table::new(Layout::Grid, columns, lines)
}

/// The bars of a chart as a terminal shows them: a strip of letters per report, and the sizes of its parts.
pub fn strips<'i>(bars: &Bars, percent: bool) -> Table<'i> {
    /// The letters of the longest bar.
    const LONG: usize = 34;
    let letters = |part: &Part| {
        let len = (part.size * LONG * 2 + bars.longest) / (bars.longest * 2).max(1);
        vec![(part.letter, part.shade); len.max(usize::from(part.size > 0))]
    };
    let size =
        |part: &Part| if percent { Cell::permille(part.size) } else { Cell::count(part.size) };
    let lines = bars.all.iter().map(|bar| {
        let strip = Cell::Strip(bar.parts.iter().flat_map(letters).collect());
        let begin = [Cell::text(&bar.label), strip].into_iter();
        begin.chain(bar.parts.iter().map(size)).collect()
    });
    let marks = bars.all.iter().take(1).flat_map(|bar| &bar.parts);
    let marks = marks.map(|part| part.letter.to_string());
    let heads = ["year".to_owned(), bars.unit.clone()].into_iter().chain(marks);
    table(heads, lines.collect())
}

fn groups(rows: &[TierCount]) -> Vec<Group> {
    let first = rows.first().map(|row| row.year);
    let of_first = rows.iter().filter(|row| Some(row.year) == first);
    of_first.map(|row| row.group).collect()
}

fn count(rows: &[TierCount], year: u16, group: Group) -> Option<usize> {
    let mut rows = rows.iter();
    let row = rows.find(|row| (row.year, row.group) == (year, group))?;
    Some(row.count)
}

/// Of how many countries the shares of a year are.
fn whole(rows: &[TierCount], year: u16) -> Option<usize> {
    rows.iter().filter(|row| row.year == year).find_map(|row| row.total)
}

/// The bars with their words: counts, or shares of those ranked. A share is in tenths of a percent.
pub fn drawing(
    index: &Index,
    percent: bool,
    rows: &[TierCount],
    region: &Region,
    years: &Years,
    notes: &[String],
) -> Drawing {
    let what = if percent { "shares of countries" } else { "countries" };
    let reports = rows.chunk_by(|a, b| a.year == b.year);
    let bars = reports.map(|rows| Bar {
        label: rows.first().map_or(String::new(), |row| row.year.to_string()),
        parts: rows.iter().filter_map(|row| part(index, percent, row)).collect(),
    });
    let bars: Vec<Bar> = bars.collect();
    let long = |bar: &Bar| bar.parts.iter().map(|part| part.size).sum();
    let (longest, step) =
        if percent { (1000, 250) } else { scale(bars.iter().map(long).max().unwrap_or(0)) };
    let lines = (0..=longest / step).map(|line| {
        let size = line * step;
        let written = if percent { size / 10 } else { size };
        (size, written.to_string())
    });
    let unit = if percent { "% of the countries ranked" } else { "countries" };
    let keys = groups(rows).into_iter().filter_map(|group| tier_key(index, group.tier()?, ""));
    Drawing {
        title: format!("{}: {what} in each tier, {}", capitalised(region.name), years.span()),
        about: "One bar per report, its parts the tiers in their order".to_owned(),
        body: Body::Bars(Bars {
            unit: unit.to_owned(),
            longest,
            lines: lines.collect(),
            all: bars,
        }),
        keys: keys.collect(),
        lines: vec![source(index, &years.range)],
        signs: OF_TIERS.to_owned(),
        notes: sentences(notes),
        foot: foot(),
    }
}

fn part(index: &Index, percent: bool, row: &TierCount) -> Option<Part> {
    let tier = row.group.tier()?;
    let definition = index.tier(tier)?;
    let permille = row.share(1000);
    let share = permille.map(|share| Cell::permille(share).joined("").into_owned());
    let count = row.count.to_string();
    let of = row.total.zip(share.as_ref());
    let of = of.map_or(String::new(), |(total, share)| format!(", {share} % of {total} ranked"));
    let name = definition.name_in_sentence();
    let title = format!("{}, {name}: {count} countries{of}", row.year);
    Some(Part {
        size: if percent { permille.unwrap_or(0) } else { row.count },
        text: share.filter(|_| percent).unwrap_or(count),
        letter: definition.mark,
        shade: tier_shade(tier),
        title,
    })
}

/// The size of the scale that holds so many, and the size from one line to the next: a round number, five lines at most.
fn scale(most: usize) -> (usize, usize) {
    let steps = [1, 2, 5, 10, 20, 50, 100];
    let step = steps.into_iter().find(|step| most <= step * 5).unwrap_or(100);
    (most.div_ceil(step).max(1) * step, step)
}
