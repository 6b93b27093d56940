//! `tip lookup`: what the report says of a country.

use anyhow::Result;
use clap::Args;

use crate::commands::Answer;
use crate::commands::asked::{countries_asked, one_name_in_parts, stdin_if_asked};
use crate::commands::marks::legend;
use crate::commands::profile::{PROFILE, profile};
use crate::commands::scope::{COMPARED, YearOption, Years, coverage};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::output::style::quoted;
use crate::output::table::{Layout, Table};

/// How many columns of a profile are shown unless others are chosen.
const SHOWN: usize = 19;

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
        let (mut compared, mut is_missing) = (false, false);
        for asked in countries_asked(&self.countries, &stdin) {
            let country = match asked.country(index, holds) {
                Ok(country) => country,
                Err(warning) => {
                    answer.warnings.push(warning);
                    continue;
                }
            };
            let history = index.history(country);
            let placed = years.of(&history);
            compared |= history.latest().is_some();
            is_missing |= index.reports().iter().any(|report| report.lacks(country));
            for placed in &placed {
                let row = profile(index, country, &history, Some(placed), None);
                answer.table.push(row);
            }
            if placed.is_empty() {
                let row = profile(index, country, &history, None, years.single());
                answer.table.push(row);
                let warning = asked.warning(&no_placement(country, &history, &years));
                answer.warnings.push(warning);
            }
        }
        if !answer.warnings.is_empty() {
            let hint = one_name_in_parts(index, "lookup", &self.countries);
            answer.warnings.extend(hint);
        }
        if compared {
            answer.column_notes = vec![legend(index), COMPARED.to_owned()];
        }
        if is_missing {
            answer.notes.extend(coverage(index, &index.years()));
        } else if self.year.year.is_some() {
            answer.notes.extend(coverage(index, &years.range(index)));
        }
        Ok(answer)
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
