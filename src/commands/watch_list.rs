//! `tip watch-list`: the countries on the Tier 2 Watch List, for how long, and until when the rule lets them stay.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::membership;
use crate::answer::options::RegionOption;
use crate::answer::{Answer, Picture};
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::tier::Tier;
use crate::index::watch_list::Clock;
use crate::index::years::Years;
use crate::index::{Index, WORLD};
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

const LEGEND: &str = "'waiver from' is the consecutive report from which the rule asks for a waiver, 'may stay until' the \
    last report in which it lets a country stay, a waiver included; neither says that a waiver was given, nor what comes next";

/// The arguments of `tip watch-list`.
#[derive(Debug, Args)]
pub struct WatchList {
    #[command(flatten)]
    region: RegionOption,

    /// The report year, a range such as 2015..2020, or all [default: the newest report]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,

    /// The longest stays on the list, in all reports or those of --year
    #[arg(long)]
    longest: bool,
}

/// A country on the Watch List in a report.
#[derive(Clone)]
struct Row<'i> {
    country: &'i Country,
    clock: Clock<'i>,
}

impl WatchList {
    /// One row a country and report, the longest on the list first.
    ///
    /// # Errors
    /// A region or a year that does not exist.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let region = self.region.region_or(index, WORLD)?;
        let years = match &self.year {
            Some(written) => Years::parse(index, written)?.range(index),
            None if self.longest => index.years(),
            None => Years::Latest.range(index),
        };
        let countries = index.countries_in(&region.code).into_iter();
        let rows = countries.flat_map(|country| self.rows(index, country, &years));
        let mut rows: Vec<Row<'i>> = rows.collect();
        rows.sort_by_key(|row| (Reverse(row.clock.consecutive()), row.clock.year));
        let mut answer = Answer::default();
        if rows.is_empty() {
            let (name, years) = (&region.name, Years::Within(years.clone()).name());
            let warning = format!("no country of {name} is on the Watch List in {years}");
            answer.warnings.push(warning);
        }
        answer.notes.extend(membership(region));
        answer.notes.extend(rules(&rows));
        answer.picture = Some(Picture {
            legend: (!rows.is_empty()).then(|| LEGEND.to_owned()),
            table: Table::new(Layout::Grid, picture_columns(), rows.clone()),
        });
        answer.table = Some(Table::new(Layout::Grid, columns(index), rows));
        Ok(answer)
    }

    /// A country's reports on the list in these years; of the longest stays the last report of each.
    fn rows<'i>(
        &self,
        index: &'i Index,
        country: &'i Country,
        years: &RangeInclusive<u16>,
    ) -> Vec<Row<'i>> {
        let history = index.history(country);
        let is_own = |placed: &&Placement| placed.ranked_as.is_empty();
        let placed = history.within(years).filter(is_own);
        let listed = placed.filter(|placed| !self.longest || is_last(&history, placed, years));
        let clocks = listed.filter_map(|placed| index.clock(&history, placed));
        clocks.map(|clock| Row { country, clock }).collect()
    }
}

/// Whether a country is not on the list in the next of these reports.
fn is_last(history: &History<'_>, placed: &Placement, years: &RangeInclusive<u16>) -> bool {
    let next = Some(placed.year + 1).filter(|year| years.contains(year));
    let next = next.and_then(|year| history.of(year));
    next.is_none_or(|next| next.tier != Tier::WatchList)
}

/// The rules that the rows stand under, each once.
fn rules(rows: &[Row<'_>]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for rule in rows.iter().filter_map(|row| row.clock.rule) {
        let rule = format!("the rule from the {} report on: {}", rule.from, rule.rule);
        if !said.contains(&rule) {
            said.push(rule);
        }
    }
    said
}

impl Row<'_> {
    fn since(&self) -> Cell {
        Cell::Number(self.clock.since.into())
    }

    fn watch_reports(&self) -> Cell {
        Cell::Number(self.clock.consecutive().into())
    }

    fn waiver_from(&self) -> Cell {
        Cell::number(self.clock.waiver_from())
    }

    fn leave_by(&self) -> Cell {
        Cell::number(self.clock.leave_by())
    }
}

fn columns(index: &Index) -> Columns<'_, Row<'_>> {
    Columns::<Row>::new()
        .with("country", "The name of the country", |row| {
            Cell::text(&row.country.name)
        })
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| {
            Cell::text(row.country.iso3)
        })
        .with("year", "The report year", |row| {
            Cell::Number(row.clock.year.into())
        })
        .with("since", "The first of the consecutive reports", Row::since)
        .with(
            "watch_reports",
            "How many, this one included",
            Row::watch_reports,
        )
        .with(
            "waiver_from",
            "From which of them a waiver is needed",
            Row::waiver_from,
        )
        .with(
            "leave_by",
            "The last report the rule lets it stay in",
            Row::leave_by,
        )
        .on_request(
            "returned",
            "Whether it came back from Tier 3 after a waiver",
            |row| Cell::text(if row.clock.returned { "yes" } else { "no" }),
        )
        .on_request("open", "Whether the report before is unknown", |row| {
            Cell::text(if row.clock.open { "yes" } else { "no" })
        })
        .on_request("rule", "The rule of that year", |row| {
            Cell::optional(row.clock.rule.map(|rule| &rule.rule))
        })
        .on_request("act", "The act that made the rule so", |row| {
            Cell::optional(row.clock.rule.map(|rule| &rule.act))
        })
        .on_request("rule_source", "Where the rule stands", |row| {
            let source = row.clock.rule.and_then(|rule| index.citation(&rule.source));
            Cell::optional(source)
        })
}

/// The same for people, with shorter heads.
fn picture_columns<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .headed("country", |row| Cell::text(&row.country.name))
        .headed("report", |row| Cell::Number(row.clock.year.into()))
        .headed("since", Row::since)
        .headed("reports\non list", Row::watch_reports)
        .headed("waiver\nfrom", Row::waiver_from)
        .headed("may stay\nuntil", Row::leave_by)
}
