//! `tip history`: a country's tiers, report by report.

use std::ops::RangeInclusive;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::caveats::notes;
use crate::answer::names::histories_named;
use crate::answer::options::RegionOption;
use crate::answer::strip::{decades, legend, letters};
use crate::answer::{Answer, Picture, tier_cell};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::years::{Years, year};
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

/// The arguments of `tip history`.
#[derive(Debug, Args)]
pub struct Histories {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line; without one, the countries of
    /// the region
    #[arg(value_name = "COUNTRY", conflicts_with = "region")]
    countries: Vec<String>,

    #[command(flatten)]
    region: RegionOption,

    /// From the report of this year on
    #[arg(long, value_name = "YEAR")]
    from: Option<String>,

    /// Up to the report of this year
    #[arg(long, value_name = "YEAR")]
    to: Option<String>,

    /// The report of this year, or those of a range such as 2015..2020, instead of --from and --to
    #[arg(short, long, value_name = "YEAR", conflicts_with_all = ["from", "to"])]
    year: Option<String>,
}

impl Histories {
    /// One row a country and report.
    ///
    /// # Errors
    /// A region or a year that does not exist; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let years = self.years(index)?;
        let mut warnings = Vec::new();
        let countries = if self.countries.is_empty() {
            let region = self.region.region(index)?;
            let all = index.countries_in(&region.code).into_iter();
            let histories = all.map(|country| index.history(country));
            // A country known in other years stays, unknown in these; a state that was no more then does not.
            let stays = |history: &History<'_>| match history.country.dissolved {
                None => history.latest().is_some(),
                Some(_) => history.within(&years).next().is_some(),
            };
            histories.filter(stays).collect()
        } else {
            histories_named(index, "history", &self.countries, &years, &mut warnings)?
        };
        let mut answer = tiers(index, &countries, &years);
        answer.warnings = warnings;
        if !countries.is_empty() {
            let named: Vec<_> = countries.iter().map(|history| history.country).collect();
            if years.start() != years.end() {
                answer.compare();
            }
            answer.notes.extend(notes(index, &named, &years));
        }
        Ok(answer)
    }

    fn years(&self, index: &Index) -> Result<RangeInclusive<u16>> {
        if let Some(written) = &self.year {
            return Ok(Years::parse(index, written)?.range(index));
        }
        let known = index.years();
        let bound = |written: &Option<String>, open| match written {
            Some(written) => year(index, written),
            None => Ok(open),
        };
        let years = bound(&self.from, *known.start())?..=bound(&self.to, *known.end())?;
        if years.is_empty() {
            bail!("--from {} is after --to {}", years.start(), years.end());
        }
        Ok(years)
    }
}

/// Every placement in these years; as people see it, a strip of years a country.
fn tiers<'i>(
    index: &'i Index,
    countries: &[History<'i>],
    years: &RangeInclusive<u16>,
) -> Answer<'i> {
    let placed = countries.iter().flat_map(|history| {
        let placed = history.within(years);
        placed.map(|placed| (history.country, placed.clone()))
    });
    let rows: Vec<Row<'i>> = placed.collect();
    let mut answer = Answer::of(Table::new(Layout::Grid, columns(), rows));
    let mut strips =
        Columns::<History>::new().headed("country", |row| Cell::text(&row.country.name));
    for decade in decades(years) {
        let digits: String = decade.clone().map(|year| (year % 10).to_string()).collect();
        let ruler = format!("{}\n{digits}", decade.start());
        strips = strips.headed(ruler, move |history| {
            Cell::Strip(letters(index, history, decade.clone()))
        });
    }
    answer.picture = Some(Picture {
        table: Table::new(Layout::Grid, strips, countries.to_vec()),
        legend: (!countries.is_empty()).then(|| legend(index)),
    });
    answer
}

/// A country and one of its placements.
type Row<'i> = (&'i Country, Placement);

fn columns<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .with("country", "The name of the country", |row| {
            Cell::text(&row.0.name)
        })
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| {
            Cell::text(row.0.iso3)
        })
        .with("year", "The report year", |row| {
            Cell::Number(row.1.year.into())
        })
        .with("tier", "The tier in that report", |row| {
            tier_cell(row.1.tier)
        })
        .with("evidence", "How well the tier is attested", |row| {
            Cell::text(row.1.evidence.to_string())
        })
        .with("sources", "What the tier was read from", |row| {
            Cell::list(row.1.source_ids())
        })
        .with("url", "Where it can be read", |row| {
            Cell::optional(Some(&row.1.url))
        })
        .on_request("ranked_as", "The state whose rank it shared", |row| {
            Cell::optional(Some(&row.1.ranked_as))
        })
        .on_request("regions", "The regions the country is counted in", |row| {
            Cell::list(row.0.regions())
        })
}
