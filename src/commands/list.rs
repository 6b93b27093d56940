//! `tip list`: the countries of a region in the reports of some years, filtered and sorted.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::answer::caveats::{COMPARED, folded, membership};
use crate::answer::columns::{column_notes, country_table};
use crate::answer::options::region_written;
use crate::answer::{Answer, CountryRecord, CountryReport, OnLists, Query, Scope, tiers_named};
use crate::index::{Country, Index, Region, Role, SNAPSHOT, Tier, WORLD, YearDefault, Years};
use crate::output::{Remark, Remarks};
use crate::text::{self, capitalised, joined};

const YEARS: YearDefault = YearDefault {
    years: "latest",
    or: Some(("2018", "with no year, region, list or country named")),
};

const SHOWN: &str = "country,iso3,year,roles,role_year,tier,latest_tier";

/// The columns that a narrow screen may do without, the least important first.
const SPARE: &str = "iso3,year,role_year,roles";

/// The arguments of `tip list`.
#[derive(Debug, Args)]
#[command(
    mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, several years, all, or latest"))),
    mut_arg("region", |arg| arg.help("The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: world; with no year, region, list or country named, balkans]")),
)]
pub struct List {
    #[command(flatten)]
    scope: Scope,

    /// Only countries in this tier: 1, 2, 2WL or 3, however it is written; repeat the option or use commas
    #[arg(short, long = "tier", value_name = "TIER", value_delimiter = ',')]
    tiers: Vec<String>,

    /// Only countries with this role; with several, every one of them
    #[arg(
        long = "role",
        value_name = "ROLE",
        value_delimiter = ',',
        ignore_case = true,
        value_parser = roles()
    )]
    roles: Vec<Role>,

    /// Only countries with the roles named and no other
    #[arg(long, requires = "roles")]
    exact: bool,

    /// Only governments on this list of the report: child-soldiers, policy-or-pattern or special-watch-list; with
    /// several, on every one of them
    #[arg(long = "on", value_name = "LIST", value_delimiter = ',')]
    lists: Vec<String>,

    /// Sort by this column; several with commas
    #[arg(
        short,
        long,
        aliases = ["sort-by", "order-by"],
        value_name = "COLUMN",
        value_delimiter = ',',
        default_value = "country",
        hide_default_value = true
    )]
    sort: Vec<String>,

    /// Reverse the order
    #[arg(short, long, alias = "desc")]
    reverse: bool,
}

/// What is asked about.
struct ListQuery<'i> {
    index: &'i Index,
    years: Years,
    /// The region; none where countries are named.
    region: Option<&'i Region>,
    countries: Vec<&'i Country>,
    tiers: Vec<Tier>,
    is_snapshot: bool,
}

impl ListQuery<'_> {
    /// Returns where and in which reports, in words.
    fn place(&self) -> String {
        let place = match self.region {
            Some(_) if self.is_snapshot => "the Balkan snapshot".to_owned(),
            Some(region) => region.name.to_string(),
            None => joined(self.countries.iter().map(|country| &country.name), "and"),
        };
        format!("{place} ({})", self.years.in_title())
    }
}

impl List {
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let asked = self.asked(index)?;
        let mut lists = OnLists::named(index, &self.lists)?;
        let rows = self.rows(&asked, &asked.countries, &asked.years, &mut lists);
        let shown: Vec<&Country> = rows.iter().map(CountryReport::country).collect();
        let mut said = Remarks { warnings: lists.lack(&asked.years.range), ..Remarks::default() };
        let now = asked.is_snapshot.then(|| self.in_the_world_now(&asked)).transpose()?;
        if rows.is_empty() {
            // Where not all is known, it is not said that no country matches.
            let is_whole = lists.are_whole(&asked.years.range);
            let none = if is_whole { "no country" } else { "no country known" };
            let none = [Some(self.heading(&asked, none, none)), now];
            said.empty = Some(none.into_iter().flatten().collect::<Vec<_>>().join(". "));
        } else {
            said.below = column_notes(index, &asked.years);
            said.below.extend(folded(index, &shown, &asked.years));
            said.below.extend(asked.region.and_then(membership).map(Remark::from));
            said.below.extend(lists.notes().map(Remark::from));
            said.below.extend(now.map(Remark::from));
            said.notes.extend(self.note(query, &asked, &rows));
        }
        let to_people = shown_to_people(index, &rows);
        let title = self.title(&asked, &shown);
        let table = country_table(index, (SHOWN, &to_people), rows)?.titled(title);
        let mut table = table.sparing(SPARE)?;
        table.sort(&self.sort, self.reverse)?;
        Ok(Answer::new(table).with(said))
    }

    /// What is asked about: the snapshot where no year, region, list or country is named.
    fn asked<'i>(&self, index: &'i Index) -> Result<ListQuery<'i>> {
        let scoped = self.scope.named(index, YEARS.years)?;
        let countries = scoped.countries(index)?;
        let names_place = scoped.region.is_some() || !countries.is_empty();
        let is_snapshot = !names_place && self.lists.is_empty() && !scoped.asked.are_named;
        let (years, region) = if is_snapshot {
            (Years::parse(index, YEARS.unless(true))?, Some(region_written(index, SNAPSHOT.0)?))
        } else {
            let region = scoped.region_or_world(index)?;
            (scoped.asked.years, Some(region).filter(|_| countries.is_empty()))
        };
        let countries = region.map_or(countries, |region| index.countries_in(region.code));
        let tiers = tiers_named(index, &self.tiers)?;
        Ok(ListQuery { index, years, region, countries, tiers, is_snapshot })
    }

    /// The one note beside the rows.
    fn note(
        &self,
        query: Query<'_>,
        asked: &ListQuery<'_>,
        rows: &[CountryReport<'_>],
    ) -> Option<Remark> {
        if asked.is_snapshot {
            // People read it in the title.
            let (year, command) = (SNAPSHOT.1, self.command_of_now(asked));
            let note = format!(
                "these rows are the Balkan snapshot ({year} report); for the world now type: {command}"
            );
            return query.people.is_none().then(|| note.into());
        }
        if asked.years.single().is_none() {
            return Some(COMPARED.into());
        }
        weakly_attested(rows)
    }

    /// What the rows are, where, in which reports, and how many.
    fn title(&self, asked: &ListQuery<'_>, shown: &[&Country]) -> String {
        let count = |countries: &mut dyn Iterator<Item = &&Country>| {
            countries.map(|it| it.iso3).collect::<BTreeSet<_>>().len()
        };
        let all = count(&mut asked.countries.iter().filter(|country| {
            let history = asked.index.history(country);
            history.within(&asked.years).any(|placed| placed.tier.is_in_report())
        }));
        let all = text::countries(all);
        let of_all = format!("{} of {all}", count(&mut shown.iter()));
        self.heading(asked, &all, &of_all)
    }

    /// Returns what the rows are filtered by and where, and behind a colon what is said; `alone` without a filter.
    fn heading(&self, asked: &ListQuery<'_>, alone: &str, filtered: &str) -> String {
        let tiers = asked.tiers.iter();
        let tiers = tiers.filter_map(|tier| Some(asked.index.tier(*tier)?.name_in_sentence()));
        let tiers: Vec<String> = tiers.collect();
        let roles: Vec<&str> = self.roles.iter().map(|role| role.name()).collect();
        let mut what = Vec::new();
        if !roles.is_empty() {
            let only = if self.exact { " only" } else { "" };
            what.push(format!("{} countries{only}", joined(&roles, "and")));
        }
        if !tiers.is_empty() {
            what.push(joined(&tiers, "or"));
        }
        if !self.lists.is_empty() {
            what.push(format!("on the list {}", joined(&self.lists, "and")));
        }
        let place = asked.place();
        if what.is_empty() {
            return capitalised(&format!("{place}: {alone}"));
        }
        capitalised(&format!("{} in {place}: {filtered}", what.join(", ")))
    }

    /// Says how many countries the same question finds in the newest report, and how to ask it.
    fn in_the_world_now(&self, asked: &ListQuery<'_>) -> Result<String> {
        let newest = Years::newest(asked.index);
        let mut lists = OnLists::named(asked.index, &self.lists)?;
        let world = asked.index.countries_in(WORLD);
        let found = self.rows(asked, &world, &newest, &mut lists).len();
        let (year, command) = (newest.range.end(), self.command_of_now(asked));
        let found = text::countries(found);
        Ok(format!("In the world now ({year} report): {found}; type {command}"))
    }

    /// The command that asks the same of the newest report.
    fn command_of_now(&self, asked: &ListQuery<'_>) -> String {
        let mut command = "tip list now".to_owned();
        let tiers: Vec<String> = asked.tiers.iter().map(ToString::to_string).collect();
        let roles: Vec<String> = self.roles.iter().map(ToString::to_string).collect();
        for (option, values) in [("--tier", tiers), ("--role", roles)] {
            if !values.is_empty() {
                command = format!("{command} {option} {}", values.join(","));
            }
        }
        command + if self.exact { " --exact" } else { "" }
    }

    /// The placements of these countries and years that have the tier and the roles asked for, and are on the lists.
    fn rows<'i>(
        &self,
        asked: &ListQuery<'i>,
        countries: &[&'i Country],
        years: &Years,
        lists: &mut OnLists<'i>,
    ) -> Vec<CountryReport<'i>> {
        let is_asked = |tier: Tier| match asked.tiers.as_slice() {
            [] => tier.is_in_report(),
            tiers => tiers.contains(&tier),
        };
        let mut rows = Vec::new();
        for country in countries {
            let record = CountryRecord::new(asked.index, country);
            for placed in record.history.within(years) {
                let row = record.in_report(placed.year);
                let matches = is_asked(placed.tier) && self.has_roles(&row);
                if matches && lists.hold(&record.history, placed) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// Whether every role asked for is stated, and with `--exact` no other.
    fn has_roles(&self, row: &CountryReport<'_>) -> bool {
        let Some(stated) = row.stated().filter(|_| !self.roles.is_empty()) else {
            return self.roles.is_empty();
        };
        let has_other = stated.roles.iter().any(|role| !self.roles.contains(role));
        self.roles.iter().all(|role| stated.roles.contains(role)) && !(self.exact && has_other)
    }
}

/// The columns that people see: neither the year of roles nor the newest tier, where every row says it already.
fn shown_to_people(index: &Index, rows: &[CountryReport<'_>]) -> String {
    let newest = *index.years().end();
    let has_other_roles =
        |row: &CountryReport<'_>| row.stated().is_some_and(|it| it.year != row.year);
    let says = |column: &&str| match *column {
        _ if rows.is_empty() => true,
        "role_year" => rows.iter().any(has_other_roles),
        "latest_tier" => rows.iter().any(|row| row.year != Some(newest)),
        _ => true,
    };
    SHOWN.split(',').filter(says).collect::<Vec<_>>().join(",")
}

fn weakly_attested(rows: &[CountryReport<'_>]) -> Option<Remark> {
    let weak = rows.iter().filter(|row| !row.is_confirmed()).count();
    let count = rows.len();
    (weak > 0).then(|| {
        let text = format!(
            "{weak} of these {count} tiers {} one source only: add the column 'evidence' (-c +evidence)",
            if weak == 1 { "has" } else { "have" }
        );
        Remark::on(&["tier"], text).unless("evidence")
    })
}

fn roles() -> impl TypedValueParser<Value = Role> {
    let value = |role: Role| PossibleValue::new(role.name()).aliases(role.aliases());
    let names = PossibleValuesParser::new(Role::ALL.into_iter().map(value));
    names.try_map(|name| Role::called(&name).context("no role is called so"))
}
