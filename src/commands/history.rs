//! `tip history`: a country's tiers, report by report.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use anyhow::{Result, bail};
use clap::Args;

use crate::commands::asked::{countries_asked, hint_at_one_name, stdin_if_asked};
use crate::commands::marks::{decades, legend, letters};
use crate::commands::moves::moves;
use crate::commands::scope::{RegionOption, Years, coverage, notes, year};
use crate::commands::{Answer, Picture, tier_cell};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &[
    "country",
    "iso3",
    "year",
    "tier",
    "evidence",
    "sources",
    "url",
    "ranked_as",
    "regions",
];

/// How many columns are shown unless others are chosen.
const SHOWN: usize = 7;

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

    /// Only the moves from one tier to another, with the years on the Watch List
    #[arg(long)]
    changes: bool,
}

/// A country with its placements.
pub type Dated<'index> = (&'index Country, History);

impl Histories {
    /// One row a country and report, or one a move.
    ///
    /// # Errors
    /// A region or a year that does not exist; standard input cannot be read.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let years = self.years(index)?;
        let mut warnings = Vec::new();
        let countries = if self.countries.is_empty() {
            let region = self.region.region(index)?;
            let all = index.countries_in(&region.code).into_iter();
            let dated = all.map(|country| (country, index.history(country)));
            // A country known in other years stays, unknown in these; a state that was no more then does not.
            dated
                .filter(|(country, history)| match country.dissolved {
                    None => history.latest().is_some(),
                    Some(_) => history.within(&years).next().is_some(),
                })
                .collect()
        } else {
            self.countries_named(index, &years, &mut warnings)?
        };
        let mut answer = if self.changes {
            moves(index, &countries, &years)
        } else {
            tiers(index, &countries, &years)
        };
        answer.warnings = warnings;
        if !countries.is_empty() {
            let named: Vec<&Country> = countries.iter().map(|(country, _)| *country).collect();
            if self.changes || years.start() != years.end() {
                answer.compare();
            }
            answer.notes.extend(notes(index, &named, &years));
            answer.notes.extend(coverage(index, &years));
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

    fn countries_named<'index>(
        &self,
        index: &'index Index,
        years: &RangeInclusive<u16>,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<Dated<'index>>> {
        let stdin = stdin_if_asked(&self.countries)?;
        let holds = |state: &Country| index.history(state).within(years).next().is_some();
        let mut countries = Vec::new();
        for asked in countries_asked(&self.countries, &stdin) {
            match asked.country(index, holds) {
                Ok(country) if holds(country) => countries.push((country, index.history(country))),
                Ok(country) => {
                    let (name, from, to) = (&country.name, years.start(), years.end());
                    let mut warning =
                        format!("no placement of '{name}' from {from} to {to} is in these data");
                    for note in notes(index, &[country], years) {
                        warning = format!("{warning}; {note}");
                    }
                    warnings.push(asked.warning(&warning));
                }
                Err(warning) => warnings.push(warning),
            }
        }
        hint_at_one_name(index, "history", &self.countries, warnings);
        Ok(countries)
    }
}

/// Every placement in these years; as people see it, a strip of years a country.
fn tiers(index: &Index, countries: &[Dated<'_>], years: &RangeInclusive<u16>) -> Answer {
    let mut table = Table::new(Layout::Grid, COLUMNS, SHOWN);
    let decades = decades(years);
    let ruler = |decade: &RangeInclusive<u16>| {
        let digits: String = decade.clone().map(|year| (year % 10).to_string()).collect();
        Cow::Owned(format!("{}\n{digits}", decade.start()))
    };
    let mut names = vec![Cow::Borrowed("country")];
    names.extend(decades.iter().map(ruler));
    let mut picture = Table::of(Layout::Grid, names);
    for (country, history) in countries {
        for placed in history.within(years) {
            let sources: Vec<&str> = placed.source_ids().collect();
            table.push(
                [
                    Cell::text(&country.name),
                    Cell::text(country.iso3),
                    Cell::Number(placed.year),
                    tier_cell(placed.tier),
                    Cell::text(placed.evidence.to_string()),
                    Cell::list(&sources),
                    Cell::optional(Some(&placed.url)),
                    Cell::optional(Some(&placed.ranked_as)),
                    Cell::list(&country.regions()),
                ]
                .into(),
            );
        }
        let mut row = vec![Cell::text(&country.name)];
        let strips = decades.iter().cloned();
        row.extend(strips.map(|decade| Cell::Strip(letters(index, history, decade))));
        picture.push(row.into());
    }
    let mut answer = Answer::of(table);
    answer.picture = Some(Picture {
        table: picture,
        legend: (!countries.is_empty()).then(|| legend(index)),
    });
    answer
}
