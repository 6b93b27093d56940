//! `tip lookup`: what the report says of a country.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::answer::Answer;
use crate::answer::names::{countries_asked, hint_at_one_name, stdin_if_asked};
use crate::answer::options::{RolesOption, YearOption};
use crate::answer::profile::columns::{column_notes, columns};
use crate::answer::profile::{Profile, Subject};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::History;
use crate::index::years::Years;
use crate::output::table::{Layout, Table};
use crate::text::quoted;

/// The arguments of `tip lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line
    #[arg(value_name = "COUNTRY", required = true)]
    countries: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    fill: RolesOption,
}

impl Lookup {
    /// One row a country found and a report asked for, in the order asked.
    ///
    /// # Errors
    /// A year without a report; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let years = self.year.years(index)?;
        let stdin = stdin_if_asked(&self.countries)?;
        let holds = |state: &Country| !years.of(&index.history(state)).is_empty();
        let (mut answer, mut rows) = (Answer::default(), Vec::new());
        let mut subjects: HashMap<&str, Rc<Subject<'i>>> = HashMap::new();
        for name in countries_asked(&self.countries, &stdin) {
            match name.country(index, holds) {
                Ok(country) => {
                    let subject = subjects.entry(country.iso3);
                    let subject = subject.or_insert_with(|| {
                        Rc::new(Subject::new(index, country, self.fill.fill(&years)))
                    });
                    let before = rows.len();
                    let placed = years.of(&subject.history).into_iter();
                    rows.extend(placed.map(|placed| Profile::placed(subject, placed)));
                    if rows.len() == before {
                        rows.push(Profile::unknown(subject, years.single()));
                        let warning = name.warning(&no_placement(&subject.history, &years));
                        answer.warnings.push(warning);
                    } else if rows.len() > before + 1 {
                        answer.compare();
                    }
                    if subject.history.latest().is_some() && answer.column_notes.is_empty() {
                        answer.column_notes = column_notes(index, &years, self.fill.fill(&years));
                    }
                }
                Err(warning) => answer.warnings.push(warning),
            }
        }
        hint_at_one_name(index, "lookup", &self.countries, &mut answer.warnings);
        answer.table = Some(Table::new(Layout::Record, columns(index), rows));
        Ok(answer)
    }
}

/// Says that a country is known and its placement is not.
fn no_placement(history: &History<'_>, years: &Years) -> String {
    let country = history.country;
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
