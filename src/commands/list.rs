//! `tip list`: the countries of a region in the reports of some years, filtered and sorted.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::commands::profile::{PROFILE, column_notes, profile};
use crate::commands::scope::{RegionOption, YearOption, Years, coverage, notes};
use crate::commands::{Answer, tier_named};
use crate::index::role::{Role, StatedRoles};
use crate::index::tier::Tier;
use crate::index::{Index, SNAPSHOT, WORLD};
use crate::output::table::{Layout, Table};

/// The columns shown unless others are chosen.
const SHOWN: &[&str] = &["country", "iso3", "year", "roles", "tier"];

/// The same where the year may not be that of the roles.
const SHOWN_WITH_ROLE_YEAR: &[&str] = &["country", "iso3", "year", "roles", "tier", "role_year"];

/// The arguments of `tip list`.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    region: RegionOption,

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
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let tiers = self.tiers.iter().map(|written| tier_named(index, written));
        let tiers = tiers.collect::<Result<Vec<Tier>>>()?;
        let roles: Vec<Role> = self
            .roles
            .iter()
            .filter_map(|name| Role::named(name))
            .collect();
        let years = self.year.years(index)?;
        let region = self.region.region(index)?;
        let countries = index.countries_in(&region.code);
        let mut answer = Answer::of(Table::new(Layout::Grid, PROFILE, PROFILE.len()));
        answer.column_notes = column_notes(index, &years);
        let is_snapshot = years.single() == Some(SNAPSHOT.1);
        let shown = if is_snapshot {
            SHOWN
        } else {
            SHOWN_WITH_ROLE_YEAR
        };
        answer.table.choose(shown)?;
        for country in &countries {
            // A state that no longer exists has no latest tier, only a last one.
            if years == Years::Latest && country.dissolved.is_some() {
                continue;
            }
            let history = index.history(country);
            for placed in years.of(&history) {
                let in_tier = tiers.is_empty() || tiers.contains(&placed.tier);
                let has_roles = || self.has_roles(&roles, index.roles(country, placed.year));
                if in_tier && (roles.is_empty() || has_roles()) {
                    let row = profile(index, country, &history, Some(placed), None);
                    answer.table.push(row);
                }
            }
        }
        answer.table.sort(&self.sort, self.reverse)?;
        if years.single().is_none() {
            answer.compare();
        }
        let range = years.range(index);
        answer.notes.extend(notes(index, &countries, &range));
        answer.notes.extend(coverage(index, &range));
        if answer.table.is_empty() {
            let (name, years) = (&region.name, years.name());
            let hint = if region.code == WORLD {
                ""
            } else {
                "; '--region world' asks of all"
            };
            let warning = format!("no country of {name} matches in {years}{hint}");
            answer.warnings.push(warning);
        }
        Ok(answer)
    }

    /// Whether every role asked for is stated, and with `--exact` no other.
    fn has_roles(&self, asked: &[Role], stated: Option<StatedRoles>) -> bool {
        let stated = stated.map_or(Vec::new(), |stated| stated.roles);
        let has_other = stated.iter().any(|role| !asked.contains(role));
        asked.iter().all(|role| stated.contains(role)) && !(self.exact && has_other)
    }
}

/// The roles that can be named.
fn roles() -> PossibleValuesParser {
    let value = |role: Role| {
        let (name, others) = role.names().split_first()?;
        Some(PossibleValue::new(*name).aliases(others))
    };
    PossibleValuesParser::new(Role::ALL.into_iter().filter_map(value))
}
