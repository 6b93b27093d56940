//! `tip changes`: who was upgraded or downgraded, entered a report or left it.

use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::{COMPARED, membership, notes};
use crate::answer::columns::{columns, country_table};
use crate::answer::countries::{CountryRows, Met};
use crate::answer::options::{RegionOption, YearOption, refuse_both};
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::{Answer, Query, tiers_named};
use crate::index::Index;
use crate::index::country::{Country, Region};
use crate::index::placement::{Change, Direction};
use crate::index::tier::Tier;
use crate::index::years::{YearDefault, Years};
use crate::output::remarks::{Remark, Remarks};
use crate::output::table::{Layout, Table};

/// The years where none are named.
const YEARS: YearDefault =
    YearDefault { years: "latest", or: Some(("all", "where a country is named")) };

/// The columns shown unless others are chosen.
const SHOWN: &[&str] =
    &["country", "iso3", "year", "before", "tier", "direction", "watch_reports", "waiver_from"];

/// The columns that people see.
const SHOWN_TO_PEOPLE: &[&str] = &["country", "year", "before", "tier", "direction"];

/// The arguments of `tip changes`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report of this year, a range such as 2015..2020, or all"))))]
pub struct Changes {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line; without one, the world or
    /// the region
    #[arg(value_name = "COUNTRY")]
    words: Vec<String>,

    #[command(flatten)]
    region: RegionOption,

    #[command(flatten)]
    year: YearOption,

    /// Only countries that were upgraded
    #[arg(long)]
    upgraded: bool,

    /// Only countries that were downgraded
    #[arg(long)]
    downgraded: bool,

    /// Only changes to this tier; several: repeat it, or separate them with commas
    #[arg(long, value_name = "TIER", value_delimiter = ',')]
    to: Vec<String>,

    /// Only changes from this tier
    #[arg(long, value_name = "TIER", value_delimiter = ',')]
    from_tier: Vec<String>,
}

impl Changes {
    /// One row per change to the report of one of these years, in each the downgrades first.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let (names, asked) = self.year.asked(index, &self.words, YEARS.years)?;
        let is_other = !asked.are_named && !names.is_empty();
        let years = if is_other { Years::parse(index, YEARS.unless(true))? } else { asked.years };
        let region = self.region.region(index)?;
        refuse_both(self.region.region.as_ref(), &names)?;
        let changes = self.changes(index, &years)?;
        let none = self.none(index, &names, region, &years);
        let mut answer = if names.is_empty() {
            let countries = index.countries_in(&region.code).into_iter();
            let mut rows: Vec<CountryReport<'i>> = countries.flat_map(|it| changes(it).1).collect();
            let direction = |row: &CountryReport<'_>| row.change().map(Change::direction);
            rows.sort_by_key(|row| (row.year, direction(row)));
            let countries: Vec<_> = rows.iter().map(CountryReport::country).collect();
            let mut said = said(index, &countries, &years, none);
            said.notes.splice(0..0, membership(region).map(Remark::from));
            Answer::new(country_table(index, SHOWN, rows)?).with(said)
        } else {
            // Those of a country that is named tell its story as they come.
            let columns = Rc::new(columns(index));
            let (bound, within) = (Rc::clone(&columns), years.clone());
            let rows =
                CountryRows::named(index, "changes", names, &years.clone(), move |country| {
                    let (record, rows) = changes(country);
                    let rows = rows.into_iter().map(|row| bound.row(row)).collect();
                    Met::new(&record, rows, &within)
                });
            let rows = rows.finish(move |met| {
                let moved = met.iter().filter(|met| !met.rows.is_empty());
                let moved: Vec<_> = moved.map(|met| met.country).collect();
                // Where no country was found, none is without a change.
                if met.iter().all(|met| met.missing.is_some()) {
                    return Remarks::default();
                }
                said(index, &moved, &years, none)
            });
            Answer::new(Table::streaming(Layout::Grid, &columns, rows))
        };
        if let Some(table) = answer.table() {
            table.choose(SHOWN)?;
            table.choose_for_people(SHOWN_TO_PEOPLE)?;
        }
        Ok(answer)
    }

    /// Says that there is no change, and why there can be none to the first report.
    fn none(&self, index: &Index, names: &[String], region: &Region, years: &Years) -> String {
        let first = *index.years().start();
        if years.single() == Some(first) {
            return format!(
                "{first} has the first report: there is none before it to compare it with"
            );
        }
        let changed = match (self.upgraded, self.downgraded) {
            (true, false) => "was upgraded",
            (false, true) => "was downgraded",
            _ => "changed its tier",
        };
        let tiers = if self.to.is_empty() && self.from_tier.is_empty() {
            ""
        } else {
            " between these tiers"
        };
        let whose = if names.is_empty() {
            format!("no country of {}", region.name)
        } else {
            "none of the countries named".to_owned()
        };
        format!("{whose} {changed}{tiers} in {}", years.name())
    }

    /// What makes the changes asked for of a country.
    fn changes<'i>(
        &self,
        index: &'i Index,
        years: &Years,
    ) -> Result<impl Fn(&'i Country) -> (Rc<CountryRecord<'i>>, Vec<CountryReport<'i>>) + use<'i>>
    {
        let (to, from) = (tiers_named(index, &self.to)?, tiers_named(index, &self.from_tier)?);
        let (upgraded, downgraded, years) = (self.upgraded, self.downgraded, years.0.clone());
        let is_asked = move |change: &Change<'_>| {
            let is_moved = !(upgraded || downgraded)
                || upgraded && change.direction() == Direction::Upgraded
                || downgraded && change.direction() == Direction::Downgraded;
            let fits = |tiers: &[Tier], tier| tiers.is_empty() || tiers.contains(&tier);
            is_moved && fits(&to, change.after.tier) && fits(&from, change.before.tier)
        };
        Ok(move |country| {
            let record = CountryRecord::new(index, country);
            let changes = record.history.changes().filter(&is_asked);
            let reports = changes.map(|change| change.after.year);
            let reports = reports.filter(|year| years.contains(year));
            let rows = reports.map(|year| record.in_report(year)).collect();
            (record, rows)
        })
    }
}

/// What must be said of the countries that changed; `none` where there are none.
fn said(index: &Index, changed: &[&Country], years: &Years, none: String) -> Remarks {
    let mut said = Remarks::default();
    said.notes.extend(notes(index, changed, &years.0).into_iter().map(Remark::from));
    said.note(if changed.is_empty() { none } else { COMPARED.to_owned() });
    said
}
