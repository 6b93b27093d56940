//! `tip lookup`: what the report says of a country.

use std::rc::Rc;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::card::card;
use crate::answer::caveats::{COMPARED, no_placement};
use crate::answer::columns::{column_notes, columns};
use crate::answer::names::named_in_title;
use crate::answer::{
    Answer, CountryRecord, CountryReport, CountryRows, Met, Query, YearOption, YearRange,
};
use crate::index::{AskedYears, Country, Index, YearDefault};
use crate::output::{Layout, Remarks, Table};

const YEARS: YearDefault = YearDefault::new("latest");

const SHOWN: &str = "country,iso3,year,roles,role_year,tier,latest_tier,iso2,source,url,definition,numeric,role_note,evidence,basis,sources,since,watch_reports,waiver_from,leave_by,latest_since,history,lists,note";

/// The columns that people see where cards would be too many.
const SHOWN_TO_PEOPLE: &str = "country,year,roles,role_year,tier,since,evidence";

/// The arguments of `tip lookup`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, all, or latest"))))]
pub struct Lookup {
    /// A country's name or ISO 3166-1 code, or a year; '-' reads names from standard input, one per line
    #[arg(value_name = "COUNTRY", required = true)]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    range: YearRange,
}

impl Lookup {
    /// One row per country found and report asked for, in the order asked.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let (names, asked) =
            self.year.asked(index, &self.words, self.range.written().as_ref(), YEARS.years)?;
        if names.is_empty() && asked.are_named {
            let newest = *index.years().end();
            bail!("no country is named; for all countries of a year, type 'tip list {newest}'");
        }
        let named_year = asked.named_year();
        let place =
            named_in_title(index, &names).unwrap_or_else(|| "The countries named".to_owned());
        let title = format!("{place} ({})", asked.years.in_title());
        let columns = Rc::new(columns(index).with_card(move |row| card(row, named_year)));
        let (bound, years) = (Rc::clone(&columns), asked.years.clone());
        let rows = CountryRows::named(index, names, &years, move |country| {
            let (reports, missing) = reports(index, country, &asked);
            let rows = reports.into_iter().map(|row| bound.row(row)).collect();
            Met { country, rows, missing }
        });
        let (said_of, is_for_people) = (years.clone(), query.people.is_some());
        let rows = rows.finish(move |met| {
            let mut said = Remarks::default();
            if !met.is_empty() {
                said.below = column_notes(index, &said_of);
            }
            let moves_to = |year, met: &Met<'_>| {
                index.history(met.country).changes().any(|change| change.after.year == year)
            };
            let compares = |met: &Met<'_>| match said_of.single() {
                // The card says how the tier moved.
                Some(year) => is_for_people && moves_to(year, met),
                None => met.rows.len() > 1,
            };
            if met.iter().any(compares) {
                said.note(COMPARED);
            }
            said
        });
        let layout = if years.single().is_some() { Layout::Cards } else { Layout::Grid };
        let table = Table::streaming(layout, &columns, rows).titled(title);
        Ok(Answer::new(table.showing(SHOWN, SHOWN_TO_PEOPLE)?))
    }
}

/// The country in each report asked for, and what to say if it has no placement there. Where no year is named, the last
/// report that is known to have it stands in for the newest.
fn reports<'i>(
    index: &'i Index,
    country: &'i Country,
    asked: &AskedYears,
) -> (Vec<CountryReport<'i>>, Option<String>) {
    let record = CountryRecord::new(index, country);
    let history = &record.history;
    let placed = history.within(&asked.years);
    let mut years: Vec<u16> = placed.map(|placed| placed.year).collect();
    if years.is_empty() && !asked.are_named {
        years.extend(history.latest().map(|placed| placed.year));
    }
    if years.is_empty() {
        let row = CountryReport { year: asked.years.single(), record: Rc::clone(&record) };
        // That a country is not in a report is an answer.
        let missing = row.tier().is_none().then(|| no_placement(index, history, &asked.years));
        return (vec![row], missing);
    }
    (years.iter().map(|year| record.in_report(*year)).collect(), None)
}
