//! `tip list`: the countries of a region in the reports of some years, filtered and sorted.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::answer::caveats::{COMPARED, OnLists, folded, membership};
use crate::answer::columns::{column_notes, country_table};
use crate::answer::options::{Scope, Scoped, region_written};
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::{Answer, Query, tiers_named};
use crate::index::{
    Country, Index, Region, Role, SNAPSHOT, StatedRoles, Tier, WORLD, YearDefault, Years,
};
use crate::output::{Remark, Remarks};
use crate::text::{capitalised, joined};

const YEARS: YearDefault = YearDefault {
    years: "latest",
    or: Some(("2018", "with no year, region, list or country named")),
};

const SHOWN: &[&str] = &["country", "iso3", "year", "roles", "role_year", "tier", "latest_tier"];

/// The columns that a narrow screen may do without, the least important first.
const SPARE: &[&str] = &["iso3", "year", "role_year", "roles"];

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
    roles: Vec<String>,

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

struct ListQuery<'i> {
    index: &'i Index,
    years: Years,
    /// The region; none where countries are named.
    region: Option<&'i Region>,
    countries: Vec<&'i Country>,
    is_snapshot: bool,
}

impl ListQuery<'_> {
    /// Returns where and in which reports, in words.
    fn place(&self) -> String {
        let names: Vec<&str> = self.countries.iter().map(|country| &*country.name).collect();
        let place = match self.region {
            Some(_) if self.is_snapshot => "the Balkan snapshot".to_owned(),
            Some(region) => region.name.to_string(),
            None => joined(&names, "and"),
        };
        format!("{place} ({})", self.years.in_title())
    }
}

impl List {
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let asked = self.asked(index)?;
        let mut lists = OnLists::named(index, &self.lists)?;
        let rows = self.rows(index, &asked.countries, &asked.years, &mut lists)?;
        let shown: Vec<&Country> = rows.iter().map(CountryReport::country).collect();
        let mut said = Remarks { warnings: lists.lack(&asked.years.range), ..Remarks::default() };
        let now = asked.is_snapshot.then(|| self.in_the_world_now(index)).transpose()?;
        if rows.is_empty() {
            let none = self.none(&asked, lists.are_whole(&asked.years.range))?;
            said.empty =
                Some([Some(none), now].into_iter().flatten().collect::<Vec<_>>().join(". "));
        } else {
            said.below = column_notes(index, &asked.years);
            said.below.extend(folded(index, &shown, &asked.years));
            said.below.extend(asked.region.and_then(membership).map(Remark::from));
            said.below.extend(lists.notes().map(Remark::from));
            said.below.extend(now.map(Remark::from));
            said.notes.extend(self.note(query, &asked, &rows)?);
        }
        let title = self.title(&asked, &shown)?;
        let shown_to_people = shown_to_people(index, &rows);
        let mut table = country_table(index, SHOWN, rows)?.titled(title);
        table.choose_for_people(&shown_to_people)?;
        table.spare(
            &SPARE.iter().copied().filter(|it| shown_to_people.contains(it)).collect::<Vec<_>>(),
        )?;
        table.sort(&self.sort, self.reverse)?;
        Ok(Answer::new(table).with(said))
    }

    /// What is asked about: the snapshot where no year, region, list or country is named.
    fn asked<'i>(&self, index: &'i Index) -> Result<ListQuery<'i>> {
        let names_nothing =
            |it: &Scoped<'_>| it.region.is_none() && it.names.is_empty() && self.lists.is_empty();
        let scoped = self.scope.named(index, YEARS.years)?;
        let is_snapshot = names_nothing(&scoped) && !scoped.asked.are_named;
        let countries = scoped.countries(index)?;
        let (years, region) = if is_snapshot {
            (Years::parse(index, YEARS.unless(true))?, Some(region_written(index, SNAPSHOT.0)?))
        } else if countries.is_empty() {
            (scoped.asked.years.clone(), Some(scoped.region_or_world(index)?))
        } else {
            (scoped.asked.years.clone(), None)
        };
        let countries = region.map_or(countries, |region| index.countries_in(&region.code));
        Ok(ListQuery { index, years, region, countries, is_snapshot })
    }

    /// The one note beside the rows.
    fn note(
        &self,
        query: Query<'_>,
        asked: &ListQuery<'_>,
        rows: &[CountryReport<'_>],
    ) -> Result<Option<Remark>> {
        if asked.is_snapshot {
            // People read it in the title.
            let (year, command) = (SNAPSHOT.1, self.command(asked.index, "now")?);
            let note = format!(
                "these rows are the Balkan snapshot ({year} report); for the world now type: {command}"
            );
            return Ok(query.people.is_none().then(|| note.into()));
        }
        if asked.years.single().is_none() {
            return Ok(Some(COMPARED.into()));
        }
        Ok(weakly_attested(rows))
    }

    /// What the rows are, where, in which reports, and how many.
    fn title(&self, asked: &ListQuery<'_>, shown: &[&Country]) -> Result<String> {
        let count = |countries: &[&Country]| {
            countries.iter().map(|it| it.iso3).collect::<BTreeSet<_>>().len()
        };
        let is_in_report = |country: &&&Country| {
            let history = asked.index.history(country);
            history.within(&asked.years).any(|placed| placed.tier.is_in_report())
        };
        let all: Vec<&Country> = asked.countries.iter().filter(is_in_report).copied().collect();
        let (shown, all) = (count(shown), count(&all));
        let countries = if all == 1 { "country" } else { "countries" };
        let place = asked.place();
        Ok(match self.what(asked.index)? {
            None => format!("{}: {all} {countries}", capitalised(&place)),
            Some(what) => {
                format!("{} in {place}: {shown} of {all} {countries}", capitalised(&what))
            }
        })
    }

    /// Returns what the rows are filtered by, in words: tiers, roles and lists.
    fn what(&self, index: &Index) -> Result<Option<String>> {
        let tiers = tiers_named(index, &self.tiers)?.into_iter();
        let tiers = tiers.filter_map(|tier| Some(index.tier(tier)?.name_in_sentence()));
        let tiers: Vec<String> = tiers.collect();
        let roles: Vec<String> = self.roles.iter().map(|role| role.to_lowercase()).collect();
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
        Ok((!what.is_empty()).then(|| what.join(", ")))
    }

    /// Says how many countries the same question finds in the newest report, and how to ask it.
    fn in_the_world_now(&self, index: &Index) -> Result<String> {
        let newest = Years::newest(index);
        let mut lists = OnLists::named(index, &self.lists)?;
        let world = index.countries_in(WORLD);
        let found = self.rows(index, &world, &newest, &mut lists)?.len();
        let countries = if found == 1 { "country" } else { "countries" };
        let (year, command) = (newest.range.end(), self.command(index, "now")?);
        Ok(format!("In the world now ({year} report): {found} {countries}; type {command}"))
    }

    /// Says that there is no row; where not all is known, that does not say that no country matches.
    fn none(&self, asked: &ListQuery<'_>, all_known: bool) -> Result<String> {
        let country = if all_known { "no country" } else { "no country known" };
        let place = asked.place();
        Ok(match self.what(asked.index)? {
            None => format!("{}: {country}", capitalised(&place)),
            Some(what) => format!("{} in {place}: {country}", capitalised(&what)),
        })
    }

    /// The command that asks the same of these years.
    fn command(&self, index: &Index, years: &str) -> Result<String> {
        let mut command = format!("tip list {years}");
        let tiers: Vec<String> =
            tiers_named(index, &self.tiers)?.iter().map(ToString::to_string).collect();
        let roles = self.roles.iter().map(|role| role.to_lowercase()).collect();
        for (option, values) in [("--tier", &tiers), ("--role", &roles)] {
            if !values.is_empty() {
                command = format!("{command} {option} {}", values.join(","));
            }
        }
        Ok(command + if self.exact { " --exact" } else { "" })
    }

    /// The placements of these countries and years that have the tier and the roles asked for, and are on the lists.
    fn rows<'i>(
        &self,
        index: &'i Index,
        countries: &[&'i Country],
        years: &Years,
        lists: &mut OnLists<'i>,
    ) -> Result<Vec<CountryReport<'i>>> {
        let tiers = tiers_named(index, &self.tiers)?;
        let roles = self.roles.iter().filter_map(|name| Role::called(name));
        let roles: Vec<Role> = roles.collect();
        let is_asked = |tier: Tier| match tiers.as_slice() {
            [] => tier.is_in_report(),
            tiers => tiers.contains(&tier),
        };
        let mut rows = Vec::new();
        for country in countries {
            let record = CountryRecord::new(index, country);
            for placed in record.history.within(years) {
                let row = record.in_report(placed.year);
                let matches = is_asked(placed.tier)
                    && (roles.is_empty() || self.has_roles(&roles, row.stated()));
                if matches && lists.hold(&record.history, placed) {
                    rows.push(row);
                }
            }
        }
        Ok(rows)
    }

    /// Whether every role asked for is stated, and with `--exact` no other.
    fn has_roles(&self, asked: &[Role], stated: Option<&StatedRoles>) -> bool {
        let stated = stated.map_or(&[][..], |stated| &stated.roles);
        let has_other = stated.iter().any(|role| !asked.contains(role));
        asked.iter().all(|role| stated.contains(role)) && !(self.exact && has_other)
    }
}

/// The columns that people see: neither the year of roles nor the newest tier, where every row says it already.
fn shown_to_people(index: &Index, rows: &[CountryReport<'_>]) -> Vec<&'static str> {
    let newest = *index.years().end();
    let has_other_roles =
        |row: &CountryReport<'_>| row.stated().is_some_and(|it| it.year != row.year);
    let says = |column: &&&str| match **column {
        _ if rows.is_empty() => true,
        "role_year" => rows.iter().any(has_other_roles),
        "latest_tier" => rows.iter().any(|row| row.year != Some(newest)),
        _ => true,
    };
    SHOWN.iter().filter(says).copied().collect()
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

fn roles() -> PossibleValuesParser {
    let value = |role: Role| PossibleValue::new(role.name()).aliases(role.aliases());
    PossibleValuesParser::new(Role::ALL.into_iter().map(value))
}
