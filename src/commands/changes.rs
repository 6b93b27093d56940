//! `tip changes`: who was upgraded or downgraded, entered a report or left it.

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::answer::asked::{Names, Pace};
use crate::answer::caveats::{membership, notes};
use crate::answer::columns::country_and_year;
use crate::answer::countries::{Countries, CountryRows};
use crate::answer::names::hint_at_one_name;
use crate::answer::options::{RegionOption, YearOption, refuse_both};
use crate::answer::{Answer, source_cell, tier_cell, tiers_named};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{Change, Direction, History, Placement};
use crate::index::region::Region;
use crate::index::tier::Tier;
use crate::index::watch_list::{Clock, WatchListRule};
use crate::index::years::Years;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::palette::Shade;
use crate::output::table::{Layout, Table};

/// The arguments of `tip changes`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help("The report of this year, a range such as 2015..2020, or all [default: the newest; all reports of a country named]")))]
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

/// A change: the placements before and after, and the clock of the one that was on the Watch List.
struct Row<'i> {
    index: &'i Index,
    country: &'i Country,
    direction: Direction,
    before: Placement,
    after: Placement,
    clock: Option<Clock<'i>>,
}

impl Changes {
    /// One row a change to the report of one of these years, in each the downgrades first.
    ///
    /// # Errors
    /// A region, a tier or a year that does not exist.
    pub fn run<'i>(&self, index: &'i Index, pace: Pace) -> Result<Answer<'i>> {
        let (names, years) = self.year.and_names(index, &self.words)?;
        let years = match years {
            Some(years) => years,
            None if names.is_empty() => Years::newest(index),
            None => Years(index.years()),
        };
        let region = self.region.region(index)?;
        refuse_both(self.region.region.as_ref(), &names)?;
        let rows = self.rows(index, &years)?;
        let none = Some(self.none(index, &names, region, &years));
        let mut answer = if names.is_empty() {
            let countries = index.countries_in(&region.code).into_iter();
            let mut rows: Vec<_> =
                countries.flat_map(|country| rows(&index.history(country))).collect();
            rows.sort_by_key(|row| (row.after.year, row.direction));
            let mut answer = said(index, &rows, &years.0, none, Vec::new());
            answer.notes.splice(0..0, membership(region));
            answer.table = Some(Table::new(Layout::Grid, columns(), rows));
            answer
        } else {
            // Those of a country that is named tell its story as they come.
            let asked = Names::new(names.clone(), pace);
            let countries = Countries::named(index, asked, years.0.clone());
            let countries = Rc::new(RefCell::new(countries));
            let rows = Rc::new(RefCell::new(CountryRows::new(&countries, rows)));
            let mut answer = Answer::of(Table::of_blocks(Layout::Grid, columns(), &rows));
            answer.later = Some(Box::new(move || {
                let mut missing = countries.borrow_mut().missing();
                hint_at_one_name(index, "changes", &names, &mut missing);
                // Where no country was named, none is without a change.
                let none = none.filter(|_| !countries.borrow().met.is_empty());
                let said = said(index, rows.borrow().made(), &years.0, none, missing);
                (None, said)
            }));
            answer
        };
        if let Some(table) = &mut answer.table {
            table.choose_for_people(&["country", "year", "before", "after", "direction"])?;
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

    /// What makes the changes asked for of a history.
    ///
    /// # Errors
    /// A tier that does not exist.
    fn rows<'i>(
        &self,
        index: &'i Index,
        years: &Years,
    ) -> Result<impl Fn(&History<'i>) -> Vec<Row<'i>> + use<'i>> {
        let (to, from) = (tiers_named(index, &self.to)?, tiers_named(index, &self.from_tier)?);
        let (upgraded, downgraded) = (self.upgraded, self.downgraded);
        let is_asked = move |row: &Row<'_>| {
            let direction = !(upgraded || downgraded)
                || upgraded && row.direction == Direction::Upgraded
                || downgraded && row.direction == Direction::Downgraded;
            let fits = |tiers: &[Tier], tier| tiers.is_empty() || tiers.contains(&tier);
            direction && fits(&to, row.after.tier) && fits(&from, row.before.tier)
        };
        let years = years.0.clone();
        Ok(move |history: &History<'i>| {
            let changes = history.changes();
            let changes = changes.filter(|change| years.contains(&change.after.year));
            let rows = changes.map(|change| Row::of(index, history, change));
            rows.filter(&is_asked).collect()
        })
    }
}

/// What must be said of these changes; `none` where there is none, and nothing else was missing.
fn said<'a>(
    index: &Index,
    rows: &[Row<'_>],
    years: &RangeInclusive<u16>,
    none: Option<String>,
    missing: Vec<String>,
) -> Answer<'a> {
    let mut said = Answer { warnings: missing, ..Answer::default() };
    let countries: Vec<_> = rows.iter().map(|row| row.country).collect();
    said.notes = notes(index, &countries, years);
    if !rows.is_empty() {
        said.compare();
    } else if said.warnings.is_empty() {
        said.warnings.extend(none);
    }
    said
}

impl<'i> Row<'i> {
    fn of(index: &'i Index, history: &History<'i>, change: Change<'_>) -> Self {
        let Change { before, after } = change;
        Self {
            index,
            country: history.country,
            direction: change.direction(),
            before: before.clone(),
            after: after.clone(),
            // A country comes onto the list or leaves it: either way the clock stands at the report on the list.
            clock: index.clock(history, after).or_else(|| index.clock(history, before)),
        }
    }

    fn direction(&self) -> Cell {
        Cell::Ranked {
            text: self.direction.to_string(),
            rank: self.direction as u8,
            shade: Shade::Empty,
        }
    }

    fn on_list(&self) -> Cell {
        Cell::number(self.clock.map(|clock| clock.consecutive()))
    }

    fn waiver_from(&self) -> Cell {
        Cell::number(self.clock.and_then(|clock| clock.waiver_from()))
    }

    fn rule(&self) -> Option<&'i WatchListRule> {
        self.clock?.rule
    }
}

fn columns<'i>() -> Columns<'i, Row<'i>> {
    country_and_year(|row: &Row<'_>| (row.country, Some(row.after.year)))
        .with("before", "The tier before", |row| tier_cell(row.before.tier))
        .with("after", "The tier after", |row| tier_cell(row.after.tier))
        .with(
            "direction",
            "upgraded, downgraded, entered or left: a special case has no rank",
            Row::direction,
        )
        .with("on_list", "Consecutive reports on the Watch List", Row::on_list)
        .with("waiver_from", "From which of them a waiver is needed", Row::waiver_from)
        .and(columns_on_request())
}

/// What is shown only where it is asked for.
fn columns_on_request<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .on_request("before_year", "The report of the tier before", |row| {
            Cell::Number(row.before.year.into())
        })
        .on_request("evidence", "How well the tier after is attested", |row| {
            Cell::text(row.after.evidence.to_string())
        })
        .on_request("basis", "Why the tier after is confirmed", |row| {
            Cell::optional(row.after.basis.map(|basis| basis.to_string()))
        })
        .on_request("sources", "What it was read from", |row| Cell::list(row.after.source_ids()))
        .on_request("url", "Where it can be read", |row| Cell::optional(Some(&row.after.url)))
        .on_request("rule", "The rule of that year", |row| {
            Cell::optional(row.rule().map(|rule| &rule.rule))
        })
        .on_request("act", "The act that made the rule so", |row| {
            Cell::optional(row.rule().map(|rule| &rule.act))
        })
        .on_request("rule_source", "Where the rule stands", |row| {
            let source = |rule: &WatchListRule| source_cell(row.index, &rule.source);
            row.rule().map_or(Cell::Missing, source)
        })
}
