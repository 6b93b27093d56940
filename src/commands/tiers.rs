//! `tip tiers`: what the tiers mean.

use anyhow::Result;
use clap::Args;

use crate::commands::{Answer, tier_cell, tier_named};
use crate::index::Index;
use crate::index::source::Source;
use crate::index::tier::Tier;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &[
    "tier",
    "name",
    "definition",
    "criteria",
    "note",
    "source",
    "url",
];

/// The arguments of `tip tiers`.
#[derive(Debug, Args)]
pub struct Tiers {
    /// Only these tiers, however they are written; all by default
    #[arg(value_name = "TIER")]
    tiers: Vec<String>,
}

impl Tiers {
    /// One row a tier: in the order asked, or in the order of rank.
    ///
    /// # Errors
    /// A tier that does not exist.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let asked = self.tiers.iter().map(|written| tier_named(index, written));
        let mut asked = asked.collect::<Result<Vec<Tier>>>()?;
        if asked.is_empty() {
            asked = index
                .tiers()
                .iter()
                .map(|definition| definition.tier)
                .collect();
        }
        let mut table = Table::new(Layout::Record, COLUMNS, COLUMNS.len());
        for definition in asked.iter().filter_map(|tier| index.tier(*tier)) {
            let source = index.source(&definition.document);
            table.push(
                [
                    tier_cell(definition.tier),
                    Cell::text(&definition.name),
                    Cell::text(&definition.definition),
                    Cell::list(&definition.criteria),
                    Cell::optional(Some(&definition.note)),
                    Cell::optional(source.as_ref().map(Source::citation).as_deref()),
                    Cell::optional(source.and_then(|source| source.url).as_deref()),
                ]
                .into(),
            );
        }
        Ok(Answer::of(table))
    }
}
