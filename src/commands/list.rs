//! `tip list`: the countries of a region in the reports of some years, filtered and sorted.

use std::rc::Rc;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::answer::caveats::{membership, notes};
use crate::answer::lists::OnLists;
use crate::answer::options::{RolesOption, Scope, region_written};
use crate::answer::profile::columns::{column_notes, columns};
use crate::answer::profile::{Profile, Subject};
use crate::answer::{Answer, ColumnNote, tiers_named};
use crate::index::country::Country;
use crate::index::region::Region;
use crate::index::role::{Role, StatedRoles};
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::output::table::{Layout, Table};

/// The columns that people see of the report whose roles are shown.
const SHOWN: &[&str] = &["country", "iso3", "year", "roles", "tier"];

/// The same of the snapshot, with the tier in the newest report.
const SHOWN_OF_SNAPSHOT: &[&str] = &["country", "iso3", "year", "roles", "tier", "latest_tier"];

/// The same for people, of reports that state no roles.
const SHOWN_WITHOUT_ROLES: &[&str] = &["country", "iso3", "year", "tier", "since"];

/// The columns shown unless others are chosen, the same of every year: a program may read one after the other.
const SHOWN_WITH_ROLE_YEAR: &[&str] = &["country", "iso3", "year", "roles", "tier", "role_year"];

/// The arguments of `tip list`.
#[derive(Debug, Args)]
#[command(
    mut_arg("year", |arg| arg.help("The report year, a range such as 2015..2020, all, or latest [default: the newest; with no year, region or list named, 2018]")),
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

    #[command(flatten)]
    fill: RolesOption,

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
        value_name = "COLUMN",
        default_value = "country",
        hide_default_value = true
    )]
    sort: String,

    /// Turn the order round
    #[arg(short, long)]
    reverse: bool,
}

impl List {
    /// One row a country and report.
    ///
    /// # Errors
    /// A tier, a region, a year or a column that does not exist.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let years = self.scope.years(index)?;
        let is_snapshot = years.is_none() && !self.scope.names_region() && self.lists.is_empty();
        let (region, years) = if is_snapshot {
            let (region, year) = SNAPSHOT;
            (region_written(index, region)?, Years(year..=year))
        } else {
            let years = years.unwrap_or_else(|| Years::newest(index));
            (self.scope.region(index)?, years)
        };
        let countries = index.countries_in(&region.code);
        let mut lists = OnLists::named(index, &self.lists)?;
        let rows = self.rows(index, &countries, &years, &mut lists)?;
        let weak = weakly_attested(&rows);
        let shown: Vec<&Country> = rows.iter().map(Profile::country).collect();
        let mut table = Table::new(Layout::Grid, columns(index), rows);
        if is_snapshot {
            table.choose(SHOWN_OF_SNAPSHOT)?;
        } else {
            self.choose_columns(&mut table, &years)?;
        }
        table.sort(&self.sort, self.reverse)?;
        let is_empty = table.is_empty();
        let mut answer = Answer::of(table);
        answer.column_notes = column_notes(index, &years, self.fill.fill(&years));
        answer.column_notes.extend(weak);
        if years.single().is_none() {
            answer.compare();
        }
        answer.notes.extend(notes(index, &shown, &years.0));
        answer.notes.extend(lists.notes());
        answer.warnings.extend(lists.lack(&years.0));
        answer.notes.extend(membership(region));
        if is_empty {
            let all_known = lists.are_whole(&years.0);
            let mut warning = no_match(region, &years, all_known);
            if is_snapshot {
                let other = self.asking(index, None)?;
                warning = format!("{warning}; '{other}' asks of the world now");
            }
            answer.warnings.push(warning);
            answer.column_notes.clear();
        } else if is_snapshot {
            answer.notes.push(self.about_snapshot(index, region)?);
        }
        Ok(answer)
    }

    /// What the snapshot is, and how to leave it.
    fn about_snapshot(&self, index: &Index, region: &Region) -> Result<String> {
        let (year, name) = (SNAPSHOT.1, &region.name);
        let (world, region) = (self.asking(index, None)?, self.asking(index, Some(region))?);
        Ok(format!(
            "this is the snapshot, {name} in the {year} report; '{world}' asks of the world now, '{region}' of {name} now"
        ))
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
    ///
    /// # Errors
    /// A tier that does not exist.
    fn rows<'i>(
        &self,
        index: &'i Index,
        countries: &[&'i Country],
        years: &Years,
        lists: &mut OnLists<'i>,
    ) -> Result<Vec<Profile<'i>>> {
        let tiers = tiers_named(index, &self.tiers)?;
        let roles = self.roles.iter().filter_map(|name| Role::called(name));
        let roles: Vec<Role> = roles.collect();
        let mut rows = Vec::new();
        for country in countries {
            let subject = Rc::new(Subject::new(index, country, self.fill.fill(years)));
            for placed in subject.history.within(&years.0) {
                let in_tier = tiers.is_empty() || tiers.contains(&placed.tier);
                let has_roles = || self.has_roles(&roles, subject.roles(placed.year));
                let matches = in_tier && (roles.is_empty() || has_roles());
                if matches && lists.hold(&subject.history, placed) {
                    rows.push(Profile::placed(&subject, placed));
                }
            }
        }
        Ok(rows)
    }

    /// Chooses the columns shown of these years.
    ///
    /// # Errors
    /// None is expected: the columns are there.
    fn choose_columns(&self, table: &mut Table<'_>, years: &Years) -> Result<()> {
        table.choose(SHOWN_WITH_ROLE_YEAR)?;
        if years.single() == Some(SNAPSHOT.1) {
            table.choose_for_people(SHOWN)?;
        } else if self.roles.is_empty() && years.0.start() > &SNAPSHOT.1 {
            // Roles of another report would only mislead beside a tier.
            table.choose_for_people(SHOWN_WITHOUT_ROLES)?;
        }
        Ok(())
    }

    /// Whether every role asked for is stated, and with `--exact` no other.
    fn has_roles(&self, asked: &[Role], stated: Option<&StatedRoles>) -> bool {
        let stated = stated.map_or(&[][..], |stated| &stated.roles);
        let has_other = stated.iter().any(|role| !asked.contains(role));
        asked.iter().all(|role| stated.contains(role)) && !(self.exact && has_other)
    }
}

/// Says how many tiers are not confirmed.
fn weakly_attested(rows: &[Profile<'_>]) -> Option<ColumnNote> {
    let weak = rows.iter().filter(|row| !row.is_confirmed()).count();
    (weak > 0).then(|| ColumnNote {
        about: &["tier"],
        unless: Some("evidence"),
        text: format!(
            "{weak} of these {} tiers {} not confirmed; '--columns country,tier,evidence' says which",
            rows.len(),
            if weak == 1 { "is" } else { "are" }
        ),
    })
}

/// Says that there is no row; where not all is known, that does not say that no country matches.
fn no_match(region: &Region, years: &Years, all_known: bool) -> String {
    let (name, years) = (&region.name, years.name());
    let matches = if all_known { "matches" } else { "is known to match" };
    format!("no country of {name} {matches} in {years}")
}

/// The roles that can be named.
fn roles() -> PossibleValuesParser {
    let value = |role: Role| PossibleValue::new(role.name()).aliases(role.aliases());
    PossibleValuesParser::new(Role::ALL.into_iter().map(value))
}
