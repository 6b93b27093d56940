//! `tip list`: the countries of a region in the reports of some years, filtered and sorted.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::answer::caveats::{COMPARED, OnLists, membership, notes};
use crate::answer::columns::{column_notes, country_table};
use crate::answer::options::{Scope, region_written};
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::{Answer, Query, tiers_named};
use crate::index::country::{Country, Region};
use crate::index::role::{Role, StatedRoles};
use crate::index::tier::Tier;
use crate::index::years::{YearDefault, Years};
use crate::index::{Index, SNAPSHOT};
use crate::output::remarks::{Remark, Remarks};

/// The years where none are named.
const YEARS: YearDefault =
    YearDefault { years: "latest", or: Some(("2018", "with no year, region or list named")) };

/// The columns shown unless others are chosen.
const SHOWN: &[&str] = &["country", "iso3", "year", "roles", "role_year", "tier", "latest_tier"];

/// The arguments of `tip list`.
#[derive(Debug, Args)]
#[command(
    mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, all, or latest"))),
    mut_arg("region", |arg| arg.help("The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: world; with no year, region or list named, balkans]")),
)]
pub struct List {
    #[command(flatten)]
    scope: Scope,

    /// Only countries in this tier: 1, 2, 2WL or 3, however it is written; several: repeat it, or part them with commas
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

    /// Sort by this column
    #[arg(
        short,
        long,
        aliases = ["sort-by", "order-by"],
        value_name = "COLUMN",
        default_value = "country",
        hide_default_value = true
    )]
    sort: String,

    /// Turn the order round
    #[arg(short, long, alias = "desc")]
    reverse: bool,
}

impl List {
    /// One row per country and report.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let is_narrowed = self.scope.names_region() || !self.lists.is_empty();
        let asked = self.scope.years(index, YEARS.unless(!is_narrowed))?;
        let is_snapshot = !is_narrowed && !asked.are_named;
        let region = if is_snapshot {
            region_written(index, SNAPSHOT.0)?
        } else {
            self.scope.region(index)?
        };
        let years = &asked.years;
        let countries = index.countries_in(&region.code);
        let mut lists = OnLists::named(index, &self.lists)?;
        let rows = self.rows(index, &countries, years, &mut lists)?;
        let shown: Vec<&Country> = rows.iter().map(CountryReport::country).collect();
        let mut said = Remarks { warnings: lists.lack(&years.0), ..Remarks::default() };
        if rows.is_empty() {
            said.note(self.no_match(
                index,
                region,
                years,
                lists.are_whole(&years.0),
                is_snapshot,
            )?);
        } else {
            said.notes = column_notes(index, years);
            said.notes.extend(weakly_attested(&rows));
        }
        if years.single().is_none() {
            said.note(COMPARED);
        }
        said.notes.extend(notes(index, &shown, &years.0).into_iter().map(Remark::from));
        said.notes.extend(lists.notes().map(Remark::from));
        said.notes.extend(membership(region).map(Remark::from));
        if is_snapshot && !rows.is_empty() {
            said.note(self.about_snapshot(index, region)?);
        }
        let shown_to_people = shown_to_people(index, &rows);
        let mut table = country_table(index, SHOWN, rows)?;
        table.choose_for_people(&shown_to_people)?;
        table.sort(&self.sort, self.reverse)?;
        Ok(Answer::new(table).with(said))
    }

    fn about_snapshot(&self, index: &Index, region: &Region) -> Result<String> {
        let (year, name) = (SNAPSHOT.1, &region.name);
        let (world, region) = (self.asking(index, None)?, self.asking(index, Some(region))?);
        Ok(format!(
            "this is the snapshot, {name} in the {year} report; '{world}' asks of the world now, '{region}' of {name} now"
        ))
    }

    /// Says that there is no row; where not all is known, that does not say that no country matches.
    fn no_match(
        &self,
        index: &Index,
        region: &Region,
        years: &Years,
        all_known: bool,
        is_snapshot: bool,
    ) -> Result<String> {
        let (name, years) = (&region.name, years.name());
        let matches = if all_known { "matches" } else { "is known to match" };
        let said = format!("no country of {name} {matches} in {years}");
        if !is_snapshot {
            return Ok(said);
        }
        Ok(format!("{said}; '{}' asks of the world now", self.asking(index, None)?))
    }

    /// The command that asks the same of the newest report: of the world, or of a region.
    fn asking(&self, index: &Index, region: Option<&Region>) -> Result<String> {
        let scope = match region {
            Some(region) => format!("--region {}", region.code),
            None => format!("--year {}", index.years().end()),
        };
        let mut command = format!("tip list {scope}");
        let tiers = tiers_named(index, &self.tiers)?;
        let tiers: Vec<String> = tiers.iter().map(ToString::to_string).collect();
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
            for placed in record.history.within(&years.0) {
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

/// Says how many tiers are not confirmed.
fn weakly_attested(rows: &[CountryReport<'_>]) -> Option<Remark> {
    let weak = rows.iter().filter(|row| !row.is_confirmed()).count();
    let count = rows.len();
    (weak > 0).then(|| {
        let text = format!(
            "{weak} of these {count} tiers {} not confirmed; '--columns country,tier,evidence' says which",
            if weak == 1 { "is" } else { "are" }
        );
        Remark::on(&["tier"], text).unless("evidence")
    })
}

/// The roles that can be named.
fn roles() -> PossibleValuesParser {
    let value = |role: Role| PossibleValue::new(role.name()).aliases(role.aliases());
    PossibleValuesParser::new(Role::ALL.into_iter().map(value))
}
