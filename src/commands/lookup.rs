//! `tip lookup`: what the report says of a country.

use anyhow::Result;
use clap::Args;

use crate::commands::Answer;
use crate::commands::asked::{Asked, countries_asked, hint_at_one_name, stdin_if_asked};
use crate::commands::profile::{PROFILE, column_notes, profile};
use crate::commands::scope::{YearOption, Years, coverage};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::output::style::quoted;
use crate::output::table::{Layout, Table};

/// How many columns of a profile are shown unless others are chosen.
const SHOWN: usize = 20;

/// The arguments of `tip lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line
    #[arg(value_name = "COUNTRY", required = true)]
    countries: Vec<String>,

    #[command(flatten)]
    year: YearOption,
}

impl Lookup {
    /// One row a country found and a report asked for, in the order asked.
    ///
    /// # Errors
    /// A year without a report; standard input cannot be read.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let years = self.year.years(index)?;
        let stdin = stdin_if_asked(&self.countries)?;
        let mut answer = Answer::of(Table::new(Layout::Record, PROFILE, SHOWN));
        let holds = |state: &Country| !years.of(&index.history(state)).is_empty();
        let mut touched = self.year.year.is_some().then(|| years.range(index));
        for asked in countries_asked(&self.countries, &stdin) {
            match asked.country(index, holds) {
                Ok(country) => {
                    add(index, country, &years, &asked, &mut answer);
                    if index.reports().iter().any(|report| report.lacks(country)) {
                        touched = Some(index.years());
                    }
                }
                Err(warning) => answer.warnings.push(warning),
            }
        }
        hint_at_one_name(index, "lookup", &self.countries, &mut answer.warnings);
        answer
            .notes
            .extend(touched.and_then(|touched| coverage(index, &touched)));
        Ok(answer)
    }
}

/// Adds the rows of a country, or one that says that nothing is known.
fn add(index: &Index, country: &Country, years: &Years, asked: &Asked<'_>, answer: &mut Answer) {
    let history = index.history(country);
    let placed = years.of(&history);
    for placed in &placed {
        let row = profile(index, country, &history, Some(placed), None);
        answer.table.push(row);
    }
    if placed.is_empty() {
        let row = profile(index, country, &history, None, years.single());
        answer.table.push(row);
        let warning = asked.warning(&no_placement(country, &history, years));
        answer.warnings.push(warning);
    }
    if history.latest().is_some() {
        answer.column_notes = column_notes(index, years);
    }
    if placed.len() > 1 {
        answer.compare();
    }
}

/// Says that a country is known and its placement is not.
fn no_placement(country: &Country, history: &History, years: &Years) -> String {
    let name = quoted(&country.name);
    match (history.placements().first(), history.latest()) {
        (Some(first), Some(last)) => format!(
            "no placement of {name} in {} is in these data, which have some from {} to {}; see 'tip history {}'",
            years.name(),
            first.year,
            last.year,
            country.iso3
        ),
        _ => format!("no placement of {name} is in these data"),
    }
}
