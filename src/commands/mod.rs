//! One question a file: its arguments and its answer. The only place where a country becomes a row.

pub mod annotate;
pub mod asked;
pub mod cite;
pub mod coverage;
pub mod figures;
pub mod history;
pub mod list;
pub mod lookup;
pub mod marks;
pub mod moves;
pub mod profile;
pub mod resolve;
pub mod scope;
pub mod sources;
pub mod stats;
pub mod tiers;
pub mod typologies;

use anstyle::AnsiColor;
use anyhow::{Context, Result};

use crate::commands::scope::COMPARED;
use crate::index::Index;
use crate::index::tier::Tier;
use crate::output::style::quoted;
use crate::output::table::{Cell, Table};

/// What a command found.
#[derive(Debug)]
pub struct Answer {
    /// The rows to print.
    pub table: Table,
    /// The same as people see it, where a picture says more than rows do.
    pub picture: Option<Picture>,
    /// What a reader should know of some of the columns.
    pub column_notes: Vec<ColumnNote>,
    /// What a reader should know of the answer, a line each.
    pub notes: Vec<String>,
    /// What was asked for and not found, a line each. Where there is any, the exit status is 1.
    pub warnings: Vec<String>,
}

/// What a reader should know where columns are shown.
#[derive(Debug)]
pub struct ColumnNote {
    /// It holds where one of these is shown,
    pub about: &'static [&'static str],
    /// and this one is not, if there is one that says the same.
    pub unless: Option<&'static str>,
    /// What to know, a line.
    pub text: String,
}

impl ColumnNote {
    /// Whether it holds for a table with these columns.
    pub fn holds(&self, header: &[&str]) -> bool {
        let said = self.unless.is_some_and(|column| header.contains(&column));
        !said && self.about.iter().any(|column| header.contains(column))
    }
}

/// An answer as people see it.
#[derive(Debug)]
pub struct Picture {
    /// The rows to print.
    pub table: Table,
    /// What its signs mean.
    pub legend: Option<String>,
}

impl Answer {
    /// An answer that needs no more words.
    pub fn of(table: Table) -> Self {
        Self {
            table,
            picture: None,
            column_notes: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Notes that years are compared.
    pub fn compare(&mut self) {
        if !self.notes.iter().any(|note| note == COMPARED) {
            self.notes.push(COMPARED.to_owned());
        }
    }
}

/// A tier as a cell: its rank to sort by, and a colour.
fn tier_cell(tier: Tier) -> Cell {
    Cell::Ranked {
        text: tier.to_string(),
        rank: tier as u8,
        color: tier_color(tier),
    }
}

/// The colour of a tier, where it is a rank.
fn tier_color(tier: Tier) -> Option<AnsiColor> {
    match tier {
        Tier::One => Some(AnsiColor::Green),
        Tier::Two => Some(AnsiColor::Cyan),
        Tier::WatchList => Some(AnsiColor::Yellow),
        Tier::Three => Some(AnsiColor::Red),
        Tier::Special | Tier::NotInReport => None,
    }
}

/// The tier that the user wrote.
///
/// # Errors
/// It is no tier; the message lists them.
fn tier_named(index: &Index, written: &str) -> Result<Tier> {
    let definition = index.tier_written(written);
    definition
        .map(|definition| definition.tier)
        .with_context(|| {
            let tiers: Vec<_> = index
                .tiers()
                .iter()
                .map(|known| known.tier.to_string())
                .collect();
            format!(
                "there is no tier {}; the tiers are {}",
                quoted(written),
                tiers.join(", ")
            )
        })
}
