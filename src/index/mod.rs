//! What is known: countries, placements, roles, tiers, sources and spellings. Knows no output.

pub mod cell;
pub mod country;
pub mod fold;
pub mod load;
pub mod names;
pub mod resolve;
#[cfg(test)]
mod rules;
pub mod suggest;
pub mod tier;
pub mod written;

use std::cell::OnceCell;
use std::collections::HashMap;

use serde::Deserialize;

use crate::index::country::{Country, Placement};
use crate::index::names::Names;
use crate::index::resolve::{Resolution, Resolver};
use crate::index::suggest::Suggestion;
use crate::index::tier::{Tier, TierDefinition, tier_key};

/// The region whose countries make the snapshot, and the report year of their placements.
pub const SNAPSHOT: (&str, u16) = ("Balkans", 2018);

/// A document that facts rest on: one row of `sources.csv`.
#[derive(Debug, Deserialize)]
pub struct Source {
    /// The id other files name it by.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When: a day or one or more years, as far as known.
    pub date: String,
    /// Where it can be read.
    pub url: Option<String>,
}

impl Source {
    /// Title, publisher and date, as far as known.
    pub fn citation(&self) -> String {
        let parts = [&self.title, &self.publisher, &self.date];
        let known: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        known.join(", ")
    }
}

/// The in-memory index over the data files.
#[derive(Debug)]
pub struct Index {
    countries: Vec<Country>,
    tiers: Vec<TierDefinition>,
    sources: Vec<Source>,
    own_names: OnceCell<HashMap<String, usize>>,
    names: Names,
}

impl Index {
    /// What a name or code stands for.
    pub fn resolve(&self, name: &str) -> Resolution<'_> {
        self.resolver().resolve(name)
    }

    /// The spellings nearest to a name that is not known, nearest first, each of another country.
    pub fn near(&self, name: &str) -> Vec<Suggestion<'_>> {
        suggest::near(self.resolver(), name)
    }

    fn resolver(&self) -> Resolver<'_> {
        Resolver {
            countries: &self.countries,
            own_names: &self.own_names,
            names: &self.names,
        }
    }

    /// The countries of the snapshot with their placements in it, by name.
    pub fn snapshot(&self) -> Vec<(&Country, &Placement)> {
        let (region, year) = SNAPSHOT;
        let inside = self
            .countries
            .iter()
            .filter(|country| country.regions.split(';').any(|known| known == region));
        let placed = inside.filter_map(|country| Some((country, country.placement(year)?)));
        let mut countries: Vec<_> = placed.collect();
        countries.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        countries
    }

    /// Every tier definition, in the order of rank.
    pub fn tiers(&self) -> &[TierDefinition] {
        &self.tiers
    }

    /// The definition of a tier.
    pub fn tier(&self, tier: Tier) -> Option<&TierDefinition> {
        self.tiers.iter().find(|definition| definition.tier == tier)
    }

    /// The tier that people write so.
    pub fn tier_written(&self, written: &str) -> Option<&TierDefinition> {
        let key = tier_key(written);
        self.tiers
            .iter()
            .find(|definition| definition.spellings.contains(&key))
    }

    /// The source with an id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}
