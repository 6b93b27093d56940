//! `tip list`: the countries of the snapshot, filtered and sorted.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::commands::{Answer, PROFILE, profile, tier_named};
use crate::index::country::Role;
use crate::index::tier::Tier;
use crate::index::{Index, SNAPSHOT};
use crate::output::table::{Layout, Table};

/// How many columns of a profile are shown unless others are chosen.
const SHOWN: usize = 5;

/// The arguments of `tip list`.
#[derive(Debug, Args)]
pub struct List {
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
    /// One row a country.
    ///
    /// # Errors
    /// A tier or a column that does not exist.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let tiers = self.tiers.iter().map(|written| tier_named(index, written));
        let tiers = tiers.collect::<Result<Vec<Tier>>>()?;
        let roles: Vec<Role> = self
            .roles
            .iter()
            .filter_map(|name| Role::named(name))
            .collect();
        let mut table = Table::new(Layout::Grid, PROFILE, SHOWN);
        for (country, placed) in index.snapshot() {
            let stated = country
                .roles(placed.year)
                .map_or(&[][..], |stated| &stated.roles);
            let has_named = roles.iter().all(|role| stated.contains(role));
            let has_other = stated.iter().any(|role| !roles.contains(role));
            let in_tier = tiers.is_empty() || tiers.contains(&placed.tier);
            if in_tier && has_named && !(self.exact && has_other) {
                table.push(profile(index, country, Some(placed)));
            }
        }
        table.sort(&self.sort, self.reverse)?;
        let mut warnings = Vec::new();
        if table.is_empty() {
            let (region, year) = SNAPSHOT;
            warnings.push(format!(
                "no country of the {year} snapshot of the {region} matches; 'tip list' shows them all"
            ));
        }
        Ok(Answer { table, warnings })
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
