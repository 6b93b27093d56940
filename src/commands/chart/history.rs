//! `tip chart history`: the tiers of countries, one row a country and one square a report.

use std::ops::RangeInclusive;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::answer::asked::Pace;
use crate::answer::columns::placed_columns;
use crate::answer::drawn::{caveats, source, square, tier_key, unknown_key};
use crate::answer::strip::ruler;
use crate::commands::history::Histories;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::years::Years;
use crate::output::blocks::BLOCK;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::drawing::{Body, Drawing, Grid, Key, Square};
use crate::output::table::{Layout, Table};

/// The arguments of `tip chart history`: those of `tip history`.
#[derive(Debug, Args)]
pub struct HistoryChart {
    #[command(flatten)]
    histories: Histories,
}

/// A country and a report.
struct Place<'i> {
    country: &'i Country,
    year: u16,
    placed: Option<Placement>,
    row: usize,
    column: usize,
}

impl HistoryChart {
    /// One row a country and report; as people see it, what `tip history` shows.
    ///
    /// # Errors
    /// As `tip history`.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let mut asked = self.histories.asked(index, Pace::ByBlock)?;
        let shown = asked.countries.first()?.to_vec();
        if shown.len() > BLOCK {
            bail!("a chart shows {BLOCK} countries at most; 'tip history' lists more");
        }
        let countries = shown.iter().filter_map(|place| asked.countries.met.get(*place));
        let countries: Vec<History<'i>> = countries.cloned().collect();
        let mut drawing = drawing(index, &countries, &asked.years);
        let rows = rows(&countries, &asked.years);
        let mut answer = asked.answer(index, Pace::ByBlock)?;
        let legend = answer.say();
        if let Some(picture) = &mut answer.picture {
            picture.legend = legend;
            drawing.caveats = caveats(&answer.notes);
            picture.drawing = Some(Box::new(drawing));
        }
        answer.table = Some(Table::new(Layout::Grid, columns(), rows));
        Ok(answer)
    }
}

/// The squares, row by row.
fn rows<'i>(countries: &[History<'i>], years: &RangeInclusive<u16>) -> Vec<Place<'i>> {
    let rows = (1..).zip(countries).flat_map(|(row, history)| {
        (1..).zip(years.clone()).map(move |(column, year)| Place {
            country: history.country,
            year,
            placed: history.of(year).cloned(),
            row,
            column,
        })
    });
    rows.collect()
}

fn columns<'i>() -> Columns<'i, Place<'i>> {
    Columns::<Place>::new()
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| Cell::text(row.country.iso3))
        .with("row", "The row of the country, from the top", |row| Cell::count(row.row))
        .with("column", "The column of the report, from the left", |row| Cell::count(row.column))
        .and(placed_columns(|row: &Place<'_>| (row.country, row.year, row.placed.as_ref())))
}

/// One row of squares a country, under the years.
fn drawing(index: &Index, countries: &[History<'_>], years: &RangeInclusive<u16>) -> Drawing {
    let squares = countries.iter().enumerate().flat_map(|(row, history)| {
        years.clone().enumerate().map(move |(column, year)| {
            let placed = history.of(year);
            Square { row, column, ..square(index, history.country, year, placed) }
        })
    });
    let squares: Vec<Square> = squares.collect();
    let names = countries.iter().map(|it| it.country.name.to_string());
    let reports = Years(years.clone()).name();
    Drawing {
        title: format!("Tiers in {reports} on trafficking in persons"),
        about: format!(
            "One row a country, one square a report, with the tier that {reports} give it"
        ),
        keys: keys(index, &squares),
        body: Body::Grid(Grid {
            squares,
            rows: names.collect(),
            columns: ruler(years).ticks,
            is_lettered: true,
        }),
        lines: vec![source(index, years)],
        caveats: Vec::new(),
    }
}

/// What the letters mean, of those that are used.
fn keys(index: &Index, squares: &[Square]) -> Vec<Key> {
    let tiers = index.tiers().iter();
    let keys = tiers.filter_map(|definition| tier_key(index, definition.tier, ""));
    let keys = keys.chain([unknown_key("")]);
    keys.filter(|key| squares.iter().any(|it| it.letter == key.letter)).collect()
}
