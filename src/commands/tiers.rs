//! `tip tiers`: what the tiers mean.

use anyhow::Result;
use clap::Args;

use crate::answer::{Answer, tier_cell, tiers_named};
use crate::index::Index;
use crate::index::tier::TierDefinition;
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

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
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let asked = tiers_named(index, &self.tiers)?;
        let rows: Vec<&TierDefinition> = if asked.is_empty() {
            index.tiers().iter().collect()
        } else {
            asked.iter().filter_map(|tier| index.tier(*tier)).collect()
        };
        let columns = Columns::<&TierDefinition>::new()
            .with("tier", "The tier", |row| tier_cell(row.tier))
            .with("name", "Its name in full", |row| Cell::text(&row.name))
            .with("definition", "What it says of a government", |row| {
                Cell::text(&row.definition)
            })
            .with("criteria", "What the definition rests on", |row| {
                Cell::list(&row.criteria)
            })
            .with("note", "What else must be known", |row| {
                Cell::optional(Some(&row.note))
            })
            .with("source", "The document that defines it", |row| {
                Cell::optional(index.citation(&row.document))
            })
            .with("url", "Where that can be read", |row| {
                Cell::optional(index.source(&row.document).and_then(|source| source.url))
            });
        Ok(Answer::of(Table::new(Layout::Record, columns, rows)))
    }
}
