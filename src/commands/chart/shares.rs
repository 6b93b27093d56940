//! `tip chart shares`: how many countries are in each tier, a bar a report.

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::{membership, notes};
use crate::answer::drawn::{caveats, source, tier_key};
use crate::answer::options::Scope;
use crate::answer::{Answer, Picture, tier_shade};
use crate::commands::stats::rows::{By, Counted, Group, Row, rows};
use crate::index::Index;
use crate::index::region::Region;
use crate::index::tier::Tier;
use crate::index::years::Years;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::drawing::{Bar, Bars, Body, Drawing, Part};
use crate::output::table::{Layout, Table};
use crate::output::view::View;
use crate::text::capitalised;

/// The arguments of `tip chart shares`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help("The report of this year, or those of a range such as 2015..2020 [default: all]")))]
pub struct Shares {
    #[command(flatten)]
    scope: Scope,

    /// Show shares of those ranked, and not counts
    #[arg(long)]
    percent: bool,

    #[command(flatten)]
    counted: Counted,
}

impl Shares {
    /// One row a report and tier.
    ///
    /// # Errors
    /// A region or a year that does not exist.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let asked = self.scope.years(index)?;
        let Years(years) = asked.unwrap_or_else(|| Years(index.years()));
        let region = self.scope.region(index)?;
        let all = index.countries_in(&region.code);
        let (countries, note) = self.counted.of(index, region, &years);
        let mut answer = Answer::default();
        answer.notes.extend(note);
        let mut rows = rows(index, By::Tier, &countries, region, &years);
        if self.percent {
            // What is not ranked has no share.
            rows.retain(|row| row.total.is_some());
        }
        if years.start() != years.end() {
            answer.compare();
        }
        answer.notes.extend(notes(index, &all, &years));
        answer.notes.extend(membership(region));
        let drawing = self.drawing(index, &rows, region, &Years(years), &answer.notes);
        answer.picture =
            Some(Picture { view: View::Drawing(Box::new(drawing)), legend: None, drawing: None });
        answer.table = Some(Table::new(Layout::Grid, columns(), placed(rows)));
        Ok(answer)
    }

    /// The bars with their words.
    fn drawing(
        &self,
        index: &Index,
        rows: &[Row],
        region: &Region,
        years: &Years,
        notes: &[String],
    ) -> Drawing {
        let what = if self.percent { "Shares" } else { "Countries" };
        let source = source(index, &years.0);
        Drawing {
            title: format!("{what} in each tier, {}: {}", region.name, years.name()),
            about: "One bar a report, its parts the tiers in their order".to_owned(),
            body: Body::Bars(self.bars(index, rows)),
            keys: tiers(rows).filter_map(|tier| tier_key(index, tier, "")).collect(),
            lines: vec![format!("{}. {source}", capitalised(&region.name))],
            caveats: caveats(notes),
        }
    }

    /// A bar a report. A share is in tenths of a percent.
    fn bars(&self, index: &Index, rows: &[Row]) -> Bars {
        let size = |row: &Row| {
            if self.percent { row.share(1000).unwrap_or(0) } else { row.count }
        };
        let reports = rows.chunk_by(|a, b| a.year == b.year);
        let bars = reports.map(|rows| Bar {
            label: rows.first().map_or(String::new(), |row| row.year.to_string()),
            parts: rows.iter().filter_map(|row| self.part(index, row, size(row))).collect(),
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

    fn part(&self, index: &Index, row: &Row, size: usize) -> Option<Part> {
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
            letter: index.tier(tier)?.mark,
            shade: tier_shade(tier),
            title: format!(
                "{}, {}: {} countries{of}",
                row.year,
                index.tier(tier)?.name_in_sentence(),
                row.count
            ),
        })
    }
}

/// The tiers counted, in order.
fn tiers(rows: &[Row]) -> impl Iterator<Item = Tier> {
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

fn columns<'i>() -> Columns<'i, (usize, usize, Row)> {
    Columns::<(usize, usize, Row)>::new()
        .with("row", "The part of the bar, from the bottom", |row| Cell::count(row.0))
        .with("column", "The bar, from the left", |row| Cell::count(row.1))
        .with("tier", "The tier counted", |row| row.2.group.cell())
        .with("year", "The report year", |row| Cell::Number(row.2.year.into()))
        .with("region", "The region", |row| Cell::text(&row.2.region))
        .with("countries", "How many countries", |row| Cell::count(row.2.count))
        .with("ranked", "The countries ranked", |row| {
            row.2.total.map_or(Cell::Missing, Cell::count)
        })
        .with("percent", "Their share of those", |row| {
            row.2.share(1000).map_or(Cell::Missing, Cell::permille)
        })
}

/// Each row with its place in its bar and the place of that.
fn placed(rows: Vec<Row>) -> Vec<(usize, usize, Row)> {
    let (mut column, mut part, mut year) = (0, 0, None);
    let rows = rows.into_iter().map(|row| {
        if year != Some(row.year) {
            (column, part, year) = (column + 1, 0, Some(row.year));
        }
        part += 1;
        (part, column, row)
    });
    rows.collect()
}
