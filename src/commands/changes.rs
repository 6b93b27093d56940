//! `tip changes`: who was upgraded or downgraded, entered a report or left it.

use std::rc::Rc;

use anyhow::{Result, anyhow, bail};
use clap::Args;

use crate::answer::caveats::{COMPARED, folded, membership};
use crate::answer::columns::{columns, country_table};
use crate::answer::names::named_in_title;
use crate::answer::{
    Answer, CountryRecord, CountryReport, CountryRows, Met, Query, Scope, Scoped, tiers_named,
};
use crate::commands::map::changes_map;
use crate::index::{Change, Country, Direction, Index, Region, Tier, YearDefault, Years};
use crate::output::{Format, Layout, Remark, Remarks, Table};
use crate::text::capitalised;

const YEARS: YearDefault =
    YearDefault { years: "latest", or: Some(("all", "where a country is named")) };

const SHOWN: &str = "country,iso3,year,before,tier,direction,watch_reports,waiver_from";

const SHOWN_TO_PEOPLE: &str = "country,year,before,tier,direction";

/// The arguments of `tip changes`.
#[derive(Debug, Args)]
#[command(
    mut_arg("words", |arg| arg.value_name("COUNTRY").help("A country's name or code, a region, or years; '-' reads names from standard input, one per line; without one, the world")),
    mut_arg("year", |arg| arg.help(YEARS.help("The report of this year, a range such as 2015..2020, several, or all"))),
)]
pub struct Changes {
    #[command(flatten)]
    scope: Scope,

    /// Only countries that were upgraded
    #[arg(long)]
    upgraded: bool,

    /// Only countries that were downgraded
    #[arg(long)]
    downgraded: bool,

    /// Only changes to this tier; repeat the option or use commas
    #[arg(long, value_name = "TIER", value_delimiter = ',')]
    to_tier: Vec<String>,

    /// Only changes from this tier
    #[arg(long, value_name = "TIER", value_delimiter = ',')]
    from_tier: Vec<String>,
}

impl Changes {
    /// One row per change to the report of one of these years, in each the downgrades first.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let scoped =
            self.scope.named(index, YEARS.years).map_err(|error| self.tier_hint(index, error))?;
        let region = scoped.region_or_world(index)?;
        let Scoped { asked, names, .. } = scoped;
        let is_other = !asked.are_named && !names.is_empty();
        let years = if is_other { Years::parse(index, YEARS.unless(true))? } else { asked.years };
        if query.people == Some(Format::Svg) {
            return self.drawn(index, &names, region, &years);
        }
        let picture = query.is_page().then(|| self.drawn(index, &names, region, &years));
        let changes = self.changes(index, &years)?;
        let none = self.none(index, &names, region, &years);
        let title = title(index, &names, region, &years);
        let answer = if names.is_empty() {
            let countries = index.countries_in(region.code).into_iter();
            let mut rows: Vec<CountryReport<'i>> = countries.flat_map(|it| changes(it).1).collect();
            let direction = |row: &CountryReport<'_>| row.change().map(Change::direction);
            rows.sort_by_key(|row| (row.year, direction(row)));
            let countries: Vec<_> = rows.iter().map(CountryReport::country).collect();
            let mut said = said(index, &countries, &years, none);
            said.below.extend(membership(region).map(Remark::from));
            let title = format!("{title}: {}", moves(&rows));
            let table = country_table(index, (SHOWN, SHOWN_TO_PEOPLE), rows)?;
            Answer::new(table.titled(title)).with(said)
        } else {
            // Those of a country that is named tell its story as they come.
            let columns = Rc::new(columns(index));
            let (bound, within) = (Rc::clone(&columns), years.clone());
            let rows = CountryRows::named(index, names, &years.clone(), move |country| {
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
            let table = Table::streaming(Layout::Grid, &columns, rows).titled(title);
            Answer::new(table.showing(SHOWN, SHOWN_TO_PEOPLE)?)
        };
        match picture {
            Some(Ok(picture)) => Ok(answer.illustrated(picture)),
            // A page of what no map shows has the rows alone.
            _ => Ok(answer),
        }
    }

    /// A map that marks who moved: of one report, and of all that moved.
    fn drawn<'i>(
        &self,
        index: &'i Index,
        names: &[String],
        region: &Region,
        years: &Years,
    ) -> Result<Answer<'i>> {
        let is_filtered = self.upgraded || self.downgraded;
        let is_filtered = is_filtered || !(self.to_tier.is_empty() && self.from_tier.is_empty());
        match years.single() {
            Some(year) if names.is_empty() && !is_filtered => Ok(changes_map(index, region, year)),
            _ => bail!(
                "a map of changes shows one report, a region and every move: leave out countries, ranges and filters; 'tip history' draws countries over the years"
            ),
        }
    }

    /// Says what to type where a tier is given for a year.
    fn tier_hint(&self, index: &Index, error: anyhow::Error) -> anyhow::Error {
        let (from, to) = (&self.scope.range.from, &self.scope.range.to);
        let given = [("--from", from), ("--to", to)].into_iter();
        let given = given.filter_map(|(option, given)| Some((option, given.as_deref()?)));
        let mut tiers = given.filter(|(_, given)| index.tier_written(given).is_some());
        match tiers.next() {
            Some((option, tier)) => {
                anyhow!("{option} takes a report year; for a tier type {option}-tier {tier}")
            }
            None => error,
        }
    }

    /// Says that there is no change, and why there can be none to the first report.
    fn none(&self, index: &Index, names: &[String], region: &Region, years: &Years) -> String {
        let first = *index.years().start();
        if years.single() == Some(first) {
            return format!(
                "{first} has the first report: there is none before it to compare it with"
            );
        }
        let change = match (self.upgraded, self.downgraded) {
            (true, false) => "upgrade",
            (false, true) => "downgrade",
            _ => "change of tier",
        };
        let tiers = if self.to_tier.is_empty() && self.from_tier.is_empty() {
            ""
        } else {
            " between these tiers"
        };
        let place = match named_in_title(index, names) {
            _ if names.is_empty() => region.name.to_string(),
            place => place.unwrap_or_else(|| "the countries named".to_owned()),
        };
        format!("{}: no {change}{tiers} ({})", capitalised(&place), years.in_title())
    }

    /// What makes the changes asked for of a country.
    fn changes<'i>(
        &self,
        index: &'i Index,
        years: &Years,
    ) -> Result<impl Fn(&'i Country) -> (Rc<CountryRecord<'i>>, Vec<CountryReport<'i>>) + use<'i>>
    {
        let (to, from) = (tiers_named(index, &self.to_tier)?, tiers_named(index, &self.from_tier)?);
        let (upgraded, downgraded, years) =
            (self.upgraded, self.downgraded, years.iter().collect::<Vec<u16>>());
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

/// What the rows are, where, and in which reports.
fn title(index: &Index, names: &[String], region: &Region, years: &Years) -> String {
    let place = if names.is_empty() {
        format!(" in {}", region.name)
    } else {
        named_in_title(index, names).map_or(String::new(), |names| format!(" of {names}"))
    };
    format!("Changes of tier{place} ({})", years.in_title())
}

/// Returns how many moved, and which way.
fn moves(rows: &[CountryReport<'_>]) -> String {
    // A rank that several share is one.
    let is_own = |change: &Change<'_>| change.after.ranked_as.is_empty();
    let count = |direction| {
        let moved = rows.iter().filter_map(CountryReport::change).filter(is_own);
        moved.filter(|change| change.direction() == direction).count()
    };
    let moves = [
        (count(Direction::Upgraded), "upgraded"),
        (count(Direction::Downgraded), "downgraded"),
        (count(Direction::Entered), "entered"),
        (count(Direction::Left), "left"),
    ];
    let moves = moves.into_iter().filter(|(count, _)| *count > 0);
    let moves: Vec<String> = moves.map(|(count, moved)| format!("{count} {moved}")).collect();
    moves.join(", ")
}

/// What must be said of the countries that changed; `none` where there are none.
fn said(index: &Index, changed: &[&Country], years: &Years, none: String) -> Remarks {
    let mut said = Remarks::default();
    if changed.is_empty() {
        said.empty = Some(none);
    } else {
        said.note(COMPARED);
        said.below.extend(folded(index, changed, years));
    }
    said
}
