//! Counts of several years as people see them: side by side, or as a chart with a bar per report.

use crate::answer::drawn::{OF_TIERS, foot, sentences, source, tier_key};
use crate::answer::tier_shade;
use crate::commands::stats::rows::{Group, TierCount};
use crate::index::Index;
use crate::index::country::Region;
use crate::index::tier::Tier;
use crate::index::years::Years;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::drawing::{Bar, Bars, Body, Drawing, Part};
use crate::output::table::{Layout, Table};
use crate::text::capitalised;

/// The counts of one region: two years side by side with the difference, more years a line each; none for one year.
pub fn by_year<'i>(
    names: (&'static str, &'static str),
    years: &Years,
    rows: &[TierCount],
) -> Option<Table<'i>> {
    match years.iter().count() {
        0 | 1 => None,
        2 => Some(side_by_side(names, [*years.range.start(), *years.range.end()], rows)),
        _ => Some(line_by_line(names.1, years, rows)),
    }
}

/// A line a group, and one for the total.
fn side_by_side<'i>(
    (group, total): (&'static str, &'static str),
    years: [u16; 2],
    rows: &[TierCount],
) -> Table<'i> {
    let line = |label: Cell, counts: [Option<usize>; 2]| {
        let difference = match counts {
            [Some(before), Some(after)] => Cell::difference(before, after),
            _ => Cell::Missing,
        };
        let counts = counts.map(|count| count.map_or(Cell::Missing, Cell::count));
        [label].into_iter().chain(counts).chain([difference]).collect()
    };
    let groups = groups(rows).into_iter();
    let mut lines: Vec<Vec<Cell>> = groups
        .map(|group| line(group.cell(), years.map(|year| count(rows, year, group))))
        .collect();
    lines.push(line(Cell::text(total), years.map(|year| whole(rows, year))));
    let years = years.map(|year| year.to_string());
    let heads = [group.to_owned()].into_iter().chain(years);
    table(heads.chain(["difference".to_owned()]), lines)
}

fn line_by_line<'i>(total: &'static str, years: &Years, rows: &[TierCount]) -> Table<'i> {
    let groups = groups(rows);
    let line = |year: u16| {
        let counts = groups.iter().map(|group| count(rows, year, *group));
        let counts = counts.chain([whole(rows, year)]);
        let counts = counts.map(|count| count.map_or(Cell::Missing, Cell::count));
        [Cell::number(Some(year))].into_iter().chain(counts).collect()
    };
    let heads = groups.iter().map(|group| group.cell().joined("").into_owned());
    let heads = ["year".to_owned()].into_iter().chain(heads);
    table(heads.chain([total.to_owned()]), years.iter().map(line).collect())
}

fn table<'i>(heads: impl Iterator<Item = String>, lines: Vec<Vec<Cell>>) -> Table<'i> {
    let columns = heads.enumerate().fold(Columns::new(), |columns, (place, head)| {
        columns
            .headed(head, move |line: &Vec<Cell>| line.get(place).cloned().unwrap_or(Cell::Missing))
    });
    Table::new(Layout::Grid, columns, lines)
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

pub struct Shares<'i> {
    pub index: &'i Index,
    /// Whether it shows shares of those ranked, and not counts.
    pub percent: bool,
}

impl Shares<'_> {
    /// The bars with their words.
    pub fn drawing(
        &self,
        rows: &[TierCount],
        region: &Region,
        years: &Years,
        notes: &[String],
    ) -> Drawing {
        let index = self.index;
        let what = if self.percent { "shares of countries" } else { "countries" };
        let source = source(index, &years.range);
        Drawing {
            title: format!("{}: {what} in each tier, {}", capitalised(&region.name), years.span()),
            about: "One bar per report, its parts the tiers in their order".to_owned(),
            body: Body::Bars(self.bars(rows)),
            keys: tiers(rows).filter_map(|tier| tier_key(index, tier, "")).collect(),
            lines: vec![source],
            signs: OF_TIERS.to_owned(),
            notes: sentences(notes),
            foot: foot(),
        }
    }

    /// A bar per report. A share is in tenths of a percent.
    fn bars(&self, rows: &[TierCount]) -> Bars {
        let size = |row: &TierCount| {
            if self.percent { row.share(1000).unwrap_or(0) } else { row.count }
        };
        let reports = rows.chunk_by(|a, b| a.year == b.year);
        let bars = reports.map(|rows| Bar {
            label: rows.first().map_or(String::new(), |row| row.year.to_string()),
            parts: rows.iter().filter_map(|row| self.part(row, size(row))).collect(),
        });
        let bars: Vec<Bar> = bars.collect();
        let long = |bar: &Bar| bar.parts.iter().map(|part| part.size).sum();
        let most: usize = bars.iter().map(long).max().unwrap_or(0);
        let (longest, step) = if self.percent { (1000, 250) } else { scale(most) };
        let lines = (0..=longest / step).map(|line| {
            let size = line * step;
            let written = if self.percent { size / 10 } else { size };
            (size, written.to_string())
        });
        let unit = if self.percent { "% of the countries ranked" } else { "countries" };
        Bars { all: bars, unit: unit.to_owned(), longest, lines: lines.collect() }
    }

    fn part(&self, row: &TierCount, size: usize) -> Option<Part> {
        let Group::Tier(tier) = row.group else {
            return None;
        };
        let permille = row.share(1000).map(|share| Cell::permille(share).joined("").into_owned());
        let text = match &permille {
            Some(share) if self.percent => share.clone(),
            _ => row.count.to_string(),
        };
        let of = row.total.zip(permille);
        let of =
            of.map_or(String::new(), |(total, share)| format!(", {share} % of {total} ranked"));
        Some(Part {
            size,
            text,
            letter: self.index.tier(tier)?.mark,
            shade: tier_shade(tier),
            title: format!(
                "{}, {}: {} countries{of}",
                row.year,
                self.index.tier(tier)?.name_in_sentence(),
                row.count
            ),
        })
    }
}

fn tiers(rows: &[TierCount]) -> impl Iterator<Item = Tier> {
    let first = rows.first().map(|row| row.year);
    let of_first = rows.iter().take_while(move |row| Some(row.year) == first);
    of_first.filter_map(|row| match row.group {
        Group::Tier(tier) => Some(tier),
        Group::Role(_) => None,
    })
}

/// The size of the scale that holds so many, and the size from one line to the next: a round number, five lines at most.
fn scale(most: usize) -> (usize, usize) {
    let steps = [1, 2, 5, 10, 20, 50, 100];
    let step = steps.into_iter().find(|step| most <= step * 5).unwrap_or(100);
    (most.div_ceil(step).max(1) * step, step)
}
