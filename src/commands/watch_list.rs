//! `tip watch-list`: the countries on the Tier 2 Watch List, for how long, and until when the rule lets them stay.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::membership;
use crate::answer::columns::country_and_year;
use crate::answer::options::Scope;
use crate::answer::{Answer, ColumnNote, source_cell};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::region::Region;
use crate::index::tier::Tier;
use crate::index::watch_list::Clock;
use crate::index::years::Years;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};
use crate::text::joined;

const LEGEND: &str = "counted in consecutive reports, the rule asks for a waiver from 'waiver from' on; 'may stay until' is the last \
    report in which it lets a country stay, a waiver included; neither says that a waiver was given, nor what comes next";

/// The columns that people see.
const SHOWN_TO_PEOPLE: &[&str] =
    &["country", "year", "since", "watch_reports", "waiver_from", "leave_by"];

/// The arguments of `tip watch-list`.
#[derive(Debug, Args)]
pub struct WatchList {
    #[command(flatten)]
    scope: Scope,

    /// The longest stays on the list, in all reports or those of --year
    #[arg(long)]
    longest: bool,
}

/// A country on the Watch List in a report.
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
        let region = self.scope.region(index)?;
        let asked = self.scope.years(index)?;
        let Years(years) = asked.unwrap_or_else(|| {
            if self.longest { Years(index.years()) } else { Years::newest(index) }
        });
        let countries = index.countries_in(&region.code).into_iter();
        let rows = countries.flat_map(|country| self.rows(index, country, &years));
        let mut rows: Vec<Row<'i>> = rows.collect();
        rows.sort_by_key(|row| (Reverse(row.clock.consecutive()), row.clock.year));
        let mut answer = Answer::default();
        if rows.is_empty() {
            answer.warnings.push(none(index, region, &Years(years.clone())));
        } else {
            answer.column_notes.push(ColumnNote {
                about: &["waiver_from", "leave_by"],
                unless: None,
                text: LEGEND.to_owned(),
            });
        }
        answer.notes.extend(membership(region));
        answer.notes.extend(rules(&rows));
        answer.notes.extend(in_words(&rows));
        let mut table = Table::new(Layout::Grid, columns(index), rows);
        table.choose_for_people(SHOWN_TO_PEOPLE)?;
        answer.table = Some(table);
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

/// How many countries are on the list of one report, and which have been longest.
fn in_words(rows: &[Row<'_>]) -> Option<String> {
    let first = rows.first()?;
    let year = first.clock.year;
    if rows.iter().any(|row| row.clock.year != year) {
        return None;
    }
    let most = first.clock.consecutive();
    let longest = rows.iter().filter(|row| row.clock.consecutive() == most);
    let longest: Vec<&str> = longest.map(|row| &*row.country.name).collect();
    let (countries, reports) = (rows.len(), if most == 1 { "report" } else { "reports" });
    let longest = match longest.len() {
        1..=8 => joined(&longest, "and"),
        many => format!("{many} of them"),
    };
    Some(format!("{countries} on the list of {year}; longest, for {most} {reports}: {longest}"))
}

/// Says that no country is on the list, and why there can be none where there was no list yet.
fn none(index: &Index, region: &Region, years: &Years) -> String {
    let first = index.definitions().iter();
    let first = first.filter(|it| it.tier == Tier::WatchList).map(|it| it.from);
    match first.min() {
        Some(first) if *years.0.end() < first => {
            format!("the Watch List begins with the {first} report")
        }
        _ => {
            let (name, years) = (&region.name, years.name());
            format!("no country of {name} is on the Watch List in {years}")
        }
    }
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
    country_and_year(|row: &Row<'_>| (row.country, Some(row.clock.year)))
        .with("since", "The first of the consecutive reports", Row::since)
        .with("watch_reports", "How many, this one included", Row::watch_reports)
        .under("reports\non list")
        .with("waiver_from", "From which of them a waiver is needed", Row::waiver_from)
        .under("waiver from\nreport no.")
        .with("leave_by", "The last report the rule lets it stay in", Row::leave_by)
        .under("may stay\nuntil")
        .on_request("returned", "Whether it came back from Tier 3 after a waiver", |row| {
            Cell::text(if row.clock.returned { "yes" } else { "no" })
        })
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
            let rule = row.clock.rule;
            rule.map_or(Cell::Missing, |rule| source_cell(index, &rule.source))
        })
}
