//! `tip tiers`: what the tiers mean.

use std::cmp::Reverse;

use anyhow::{Context, Result};
use clap::Args;

use crate::answer::{Answer, YearOption, source_cell, tier_cell, tiers_named};
use crate::index::{AskedYears, Index, Tier, TierDefinition, Wording, YearDefault};
use crate::output::{Cell, Columns, Layout, Remarks, Table};

const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip tiers`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("As the report of this year had them, or the latest"))))]
pub struct Tiers {
    /// Only these tiers, however they are written; all by default
    #[arg(value_name = "TIER")]
    tiers: Vec<String>,

    #[command(flatten)]
    year: YearOption,
}

struct Defined<'i> {
    tier: &'i TierDefinition,
    wording: &'i Wording,
    /// Its criteria, each with the reports it held for.
    criteria: Vec<String>,
}

impl Tiers {
    /// One row a tier: in the order asked, or in the order of rank.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let (tiers, AskedYears { years, are_named }) =
            self.year.asked(index, &self.tiers, None, YEARS.years)?;
        let year = years.single().context("the tiers are those of one report; give one year")?;
        let asked = tiers_named(index, &tiers)?;
        let tiers: Vec<&TierDefinition> = if asked.is_empty() {
            index.tiers().iter().collect()
        } else {
            asked.iter().filter_map(|tier| index.tier(*tier)).collect()
        };
        let (mut rows, mut said) = (Vec::new(), Remarks::default());
        for tier in tiers {
            match index.wording(tier.tier, year) {
                Some(wording) => {
                    let criteria = criteria(index, tier.tier, are_named.then_some(year));
                    rows.push(Defined { tier, wording, criteria });
                }
                // Asked for all, there is nothing that is missing.
                None if asked.is_empty() => (),
                None => said.warn(not_yet(index, tier, year)),
            }
        }
        let title = title(index, year);
        let table = Table::new(Layout::Record, columns(index), rows).titled(title);
        Ok(Answer::new(table).with(said))
    }
}

/// Returns the criteria of a tier in the report of a year, or in all reports: in the order of their letters, the newest
/// wording first.
fn criteria(index: &Index, tier: Tier, year: Option<u16>) -> Vec<String> {
    let mut known: Vec<(&str, u16, Option<u16>)> = Vec::new();
    for definition in index.definitions().iter().filter(|it| it.tier == tier) {
        for text in &definition.wording.criteria {
            match known.iter_mut().find(|(known, ..)| known == text) {
                Some((_, _, to)) => *to = definition.to,
                None => known.push((text, definition.from, definition.to)),
            }
        }
    }
    known.retain(|(_, from, to)| {
        year.is_none_or(|year| *from <= year && to.is_none_or(|to| year <= to))
    });
    let letter = |text: &str| text.chars().take(3).collect::<String>();
    known.sort_by_key(|(text, from, _)| (letter(text), Reverse(*from)));
    let in_reports = |(text, from, to): (&str, u16, Option<u16>)| match to {
        None => format!("{text} (reports since {from})"),
        Some(to) => format!("{text} (reports of {from}–{to})"),
    };
    known.into_iter().map(in_reports).collect()
}

/// What the rows are, and which reports they hold for.
fn title(index: &Index, year: u16) -> String {
    let held = index.definitions().iter().find(|it| it.holds_in(year));
    match held.map(|held| (held.from, held.to)) {
        Some((from, None)) => format!("The tiers as the reports since {from} define them"),
        Some((from, Some(to))) => format!("The tiers as the reports of {from}–{to} define them"),
        None => "The tiers".to_owned(),
    }
}

/// Says that the report of a year did not have a tier yet.
fn not_yet(index: &Index, tier: &TierDefinition, year: u16) -> String {
    let mut definitions = index.definitions().iter();
    let first = definitions.find(|it| it.tier == tier.tier && year < it.from);
    let name = &tier.name;
    match first.map(|first| first.from) {
        Some(first) => format!("there was no {name} before the {first} report"),
        None => format!("no definition of {name} in the {year} report is in the data"),
    }
}

fn columns(index: &Index) -> Columns<'_, Defined<'_>> {
    Columns::<Defined<'_>>::new()
        .with("tier", "The tier", |row| tier_cell(row.tier.tier))
        .with("name", "Its name in full", |row| Cell::text(row.tier.name))
        .with("definition", "What it says of a government", |row| {
            Cell::text(row.wording.definition)
        })
        .with("criteria", "The criteria it lists, each with the reports it held for", |row| {
            Cell::list(&row.criteria)
        })
        .with("note", "What else must be known", |row| Cell::optional(Some(&row.wording.note)))
        .with("source", "The document that defines it", |row| {
            source_cell(index, row.wording.source)
        })
        .with("url", "Where that can be read", |row| {
            let source = index.source(row.wording.source);
            Cell::optional(source.and_then(|source| source.url))
        })
}
