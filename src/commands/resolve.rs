//! `tip resolve`: which country a name stands for, and by what.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::commands::Answer;
use crate::commands::asked::{Asked, names_asked, stdin_if_asked};
use crate::index::Index;
use crate::index::resolve::Resolution;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &[
    "input",
    "status",
    "iso3",
    "country",
    "how",
    "candidates",
    "note",
];

/// How many columns are shown unless others are chosen.
const SHOWN: usize = 6;

/// The arguments of `tip resolve`.
#[derive(Debug, Args)]
pub struct Resolve {
    /// A country's name or code; '-' reads names from standard input, one a line
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
}

impl Resolve {
    /// One row a name, in the order asked.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let stdin = stdin_if_asked(&self.names)?;
        let asked = names_asked(&self.names, &stdin);
        let mut table = Table::new(Layout::Grid, COLUMNS, SHOWN);
        // A list has few distinct names.
        let mut seen: HashMap<&str, (Rc<[Cell]>, bool)> = HashMap::new();
        let mut unresolved = 0;
        for Asked { name, .. } in &asked {
            let (row, resolved) = seen.entry(name).or_insert_with(|| row(index, name));
            table.push(Rc::clone(row));
            unresolved += usize::from(!*resolved);
        }
        let mut answer = Answer::of(table);
        if unresolved > 0 {
            answer.warnings.push(format!(
                "{unresolved} of {} not resolved; see the column 'status'",
                asked.len()
            ));
        }
        Ok(answer)
    }
}

/// The row of a name, and whether it is resolved.
fn row(index: &Index, name: &str) -> (Rc<[Cell]>, bool) {
    let resolution = index.resolve(name);
    let resolved = matches!(resolution, Resolution::Country { .. });
    let (status, country, how, candidates, spelling) = match resolution {
        Resolution::Country { country, how, row } => {
            ("resolved", Some(country), Some(how), Vec::new(), row)
        }
        Resolution::Several {
            candidates,
            how,
            row,
        } => ("ambiguous", None, Some(how), candidates, row),
        Resolution::Unknown => {
            let near = index.near(name).into_iter().map(|near| near.country);
            ("unknown", None, None, near.collect(), None)
        }
    };
    let candidates: Vec<&str> = candidates.iter().map(|country| country.iso3).collect();
    let row = [
        Cell::text(name),
        Cell::text(status),
        Cell::optional(country.map(|country| country.iso3)),
        Cell::optional(country.map(|country| &*country.name)),
        how.map_or(Cell::Missing, |how| Cell::text(how.to_string())),
        Cell::list(&candidates),
        Cell::optional(spelling.and_then(|row| row.note()).as_deref()),
    ];
    (row.into(), resolved)
}
