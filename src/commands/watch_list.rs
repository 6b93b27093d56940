//! `tip watch-list`: the countries on the Tier 2 Watch List, for how long, and until when the rule lets them stay.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::membership;
use crate::answer::columns::country_table;
use crate::answer::{Answer, CountryRecord, CountryReport, Query, Scope};
use crate::index::{Country, History, Index, Placement, Tier, YearDefault, Years};
use crate::output::{Remark, Remarks};
use crate::text::{self, joined};

const LEGEND: &str = "the rule sends a country to Tier 3 from report 'waiver from' on unless this is waived; 'may stay until' counts waivers in; \
    which were given is not in the data";

const TOP: usize = 10;

const YEARS: YearDefault = YearDefault { years: "latest", or: Some(("all", "with --longest")) };

const SHOWN: &str = "country,iso3,year,since,watch_reports,waiver_from,leave_by";

const SHOWN_TO_PEOPLE: &str = "country,year,since,watch_reports,waiver_from,leave_by";

/// Those of the longest stays, the year of which is the last of the stay.
const STAYS_SHOWN_TO_PEOPLE: &str = "country,since,year,watch_reports";

/// The arguments of `tip watch-list`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, all, or latest"))))]
pub struct WatchList {
    #[command(flatten)]
    scope: Scope,

    /// The ten longest stays on the list, in all reports or those of --year
    #[arg(long)]
    longest: bool,

    /// So many of the longest stays
    #[arg(long, value_name = "N")]
    top: Option<usize>,
}

impl WatchList {
    /// One row per country and report, the longest on the list first.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let scoped = self.scope.named(index, YEARS.unless(self.is_longest()))?;
        let asked = scoped.countries(index)?;
        let years = scoped.asked.years.clone();
        let region = scoped.region_or_world(index)?;
        let names: Vec<&str> = asked.iter().map(|country| country.name).collect();
        let place = if asked.is_empty() { region.name.to_string() } else { joined(&names, "and") };
        let countries =
            if asked.is_empty() { index.countries_in(region.code) } else { asked.clone() };
        let rows = countries.into_iter().flat_map(|country| self.rows(index, country, &years));
        let mut rows: Vec<CountryReport<'i>> = rows.collect();
        let reports = |row: &CountryReport<'_>| row.clock().map(|clock| clock.consecutive());
        rows.sort_by_key(|row| (Reverse(reports(row)), row.year));
        let (all, top) = (rows.len(), self.top.unwrap_or(TOP));
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
            said.below.extend(membership(region).map(Remark::from));
        }
        let countries: BTreeSet<&str> = rows.iter().map(|row| row.country().iso3).collect();
        let (what, count) = if self.is_longest() {
            ("The longest stays on", format!("the first {} of {all}", top.min(all)))
        } else {
            ("On", text::countries(countries.len()))
        };
        let title =
            format!("{what} the Tier 2 Watch List: {place} ({}): {count}", years.in_title());
        if self.is_longest() && all > top {
            rows.truncate(top);
            said.below(format!("'--top {all}' shows all"));
        }
        let to_people = if self.is_longest() { STAYS_SHOWN_TO_PEOPLE } else { SHOWN_TO_PEOPLE };
        let mut table = country_table(index, (SHOWN, to_people), rows)?.titled(title);
        if self.is_longest() {
            table.head("year", "until")?;
        }
        Ok(Answer::new(table).with(said))
    }

    /// Whether stays are asked for, each by its last report.
    fn is_longest(&self) -> bool {
        self.longest || self.top.is_some()
    }

    /// A country's reports on the list in these years; of the longest stays the last report of each.
    fn rows<'i>(
        &self,
        index: &'i Index,
        country: &'i Country,
        years: &Years,
    ) -> Vec<CountryReport<'i>> {
        let record = CountryRecord::new(index, country);
        let placed = record.history.within(years).filter(|placed| {
            let is_on_it = placed.tier == Tier::WatchList && placed.ranked_as.is_empty();
            is_on_it && (!self.is_longest() || is_last(&record.history, placed, &years.range))
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
