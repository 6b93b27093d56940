//! `tip watch-list`: the countries on the Tier 2 Watch List, for how long, and until when the rule lets them stay.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::membership;
use crate::answer::columns::country_table;
use crate::answer::options::Scope;
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::{Answer, Query};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::tier::Tier;
use crate::index::years::{YearDefault, Years};
use crate::output::remarks::{Remark, Remarks};
use crate::text::joined;

const LEGEND: &str = "counted in consecutive reports, the rule asks for a waiver from 'waiver from' on; 'may stay until' is the last \
    report in which it lets a country stay, a waiver included; neither says that a waiver was given, nor what comes next";

/// The years where none are named.
const YEARS: YearDefault = YearDefault { years: "latest", or: Some(("all", "with --longest")) };

/// The columns shown unless others are chosen.
const SHOWN: &[&str] =
    &["country", "iso3", "year", "since", "watch_reports", "waiver_from", "leave_by"];

/// The columns that people see.
const SHOWN_TO_PEOPLE: &[&str] =
    &["country", "year", "since", "watch_reports", "waiver_from", "leave_by"];

/// The arguments of `tip watch-list`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, all, or latest"))))]
pub struct WatchList {
    #[command(flatten)]
    scope: Scope,

    /// The longest stays on the list, in all reports or those of --year
    #[arg(long)]
    longest: bool,
}

impl WatchList {
    /// One row per country and report, the longest on the list first.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let scoped = self.scope.named(index, YEARS.unless(self.longest))?;
        let named = scoped.countries(index)?;
        let years = scoped.asked.years.clone();
        let region = scoped.region_or_world(index)?;
        let names: Vec<&str> = named.iter().map(|country| &*country.name).collect();
        let place = if named.is_empty() { region.name.to_string() } else { joined(&names, "and") };
        let countries =
            if named.is_empty() { index.countries_in(&region.code) } else { named.clone() };
        let rows = countries.into_iter().flat_map(|country| self.rows(index, country, &years));
        let mut rows: Vec<CountryReport<'i>> = rows.collect();
        let reports = |row: &CountryReport<'_>| row.clock().map(|clock| clock.consecutive());
        rows.sort_by_key(|row| (Reverse(reports(row)), row.year));
        let mut said = Remarks::default();
        if rows.is_empty() {
            let whose = match names.len() {
                0 => format!("no country of {place} is"),
                1 => format!("{place} is not"),
                _ => format!("{place} are not"),
            };
            said.empty = Some(none(index, &whose, &years));
        } else {
            said.below.push(Remark::on(&["waiver_from", "leave_by"], LEGEND));
            let others = rules(&rows).into_iter().chain(in_words(&rows)).chain(membership(region));
            said.below.extend(others.map(Remark::from));
        }
        let what = if self.longest { "Longest stays on" } else { "On" };
        let countries: BTreeSet<&str> = rows.iter().map(|row| row.country().iso3).collect();
        let title = format!(
            "{what} the Tier 2 Watch List: {place} ({}): {} countries",
            years.in_title(),
            countries.len()
        );
        let mut table = country_table(index, SHOWN, rows)?.titled(title);
        table.choose_for_people(SHOWN_TO_PEOPLE)?;
        Ok(Answer::new(table).with(said))
    }

    /// A country's reports on the list in these years; of the longest stays the last report of each.
    fn rows<'i>(
        &self,
        index: &'i Index,
        country: &'i Country,
        years: &Years,
    ) -> Vec<CountryReport<'i>> {
        let record = CountryRecord::new(index, country);
        let placed = record.history.within(&years).filter(|placed| {
            let is_on_it = placed.tier == Tier::WatchList && placed.ranked_as.is_empty();
            is_on_it && (!self.longest || is_last(&record.history, placed, &years.range))
        });
        placed.map(|placed| record.in_report(placed.year)).collect()
    }
}

/// Whether a country is not on the list in the next of these reports.
fn is_last(history: &History<'_>, placed: &Placement, years: &RangeInclusive<u16>) -> bool {
    let next = Some(placed.year + 1).filter(|year| years.contains(year));
    let next = next.and_then(|year| history.in_year(year));
    next.is_none_or(|next| next.tier != Tier::WatchList)
}

/// How many countries are on the list of one report, and which have been longest.
fn in_words(rows: &[CountryReport<'_>]) -> Option<String> {
    let year = rows.first()?.year?;
    if rows.iter().any(|row| row.year != Some(year)) {
        return None;
    }
    let reports = |row: &CountryReport<'_>| row.clock().map_or(0, |clock| clock.consecutive());
    let most = rows.iter().map(reports).max()?;
    let longest = rows.iter().filter(|row| reports(row) == most);
    let longest: Vec<&str> = longest.map(|row| &*row.country().name).collect();
    let (countries, reports) = (rows.len(), if most == 1 { "report" } else { "reports" });
    let longest = match longest.len() {
        1..=8 => joined(&longest, "and"),
        many => format!("{many} of them"),
    };
    Some(format!("{countries} on the list of {year}; longest, for {most} {reports}: {longest}"))
}

/// Says that no country is on the list, and why there can be none where there was no list yet.
fn none(index: &Index, whose: &str, years: &Years) -> String {
    let first = index.definitions().iter();
    let first = first.filter(|it| it.tier == Tier::WatchList).map(|it| it.from);
    match first.min() {
        Some(first) if *years.range.end() < first => {
            format!("the Watch List begins with the {first} report")
        }
        _ => {
            let years = years.name();
            format!("{whose} on the Watch List in {years}")
        }
    }
}

/// The rules that the rows stand under, each once.
fn rules(rows: &[CountryReport<'_>]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for rule in rows.iter().filter_map(|row| row.clock()?.rule) {
        let rule = format!("the rule from the {} report on: {}", rule.from, rule.rule);
        if !said.contains(&rule) {
            said.push(rule);
        }
    }
    said
}
