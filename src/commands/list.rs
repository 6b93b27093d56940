//! `tip list`: the countries of the snapshot, filtered and sorted.

use anyhow::{Result, anyhow};
use clap::Args;

use crate::commands::{Answer, PROFILE, profile};
use crate::index::country::{Country, Role};
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
        ignore_case = true
    )]
    roles: Vec<Role>,

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
        let mut table = Table::new(Layout::Grid, PROFILE, SHOWN);
        for country in index.snapshot() {
            if self.keeps(country, &tiers) {
                table.push(profile(index, country));
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

    fn keeps(&self, country: &Country, tiers: &[Tier]) -> bool {
        let (_, year) = SNAPSHOT;
        let in_tier = |placed: &_| tiers.is_empty() || tiers.contains(placed);
        let tier = country.placement(year).map(|placed| placed.tier);
        let roles = country.roles(year).map_or(&[][..], |stated| &stated.roles);
        let has_named = self.roles.iter().all(|role| roles.contains(role));
        let has_other = roles.iter().any(|role| !self.roles.contains(role));
        tier.as_ref().is_some_and(in_tier) && has_named && !(self.exact && has_other)
    }
}

/// The tier that the user wrote.
///
/// # Errors
/// It is no tier; the message lists them.
pub fn tier_named(index: &Index, written: &str) -> Result<Tier> {
    let definition = index.tier_written(written);
    definition.map(|definition| definition.tier).ok_or_else(|| {
        let tiers: Vec<_> = index
            .tiers()
            .iter()
            .map(|known| known.tier.to_string())
            .collect();
        anyhow!(
            "there is no tier '{written}'; the tiers are {}",
            tiers.join(", ")
        )
    })
}
