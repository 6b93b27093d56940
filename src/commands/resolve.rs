//! `tip resolve`: which country a name stands for, and by what.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::annotate::formulas::{self, is_formula};
use crate::answer::names::{Name, names_asked, stdin_if_asked};
use crate::answer::{Answer, ColumnNote};
use crate::index::Index;
use crate::index::codes::CodeSystem;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// What to do about names that a spreadsheet program would run: they are printed as they came.
const TO_GUARD: &str = "a spreadsheet program may run the column 'input'; leave it out with --columns, or give the names \
    as a column to 'tip annotate --excel-safe'";

/// The arguments of `tip resolve`.
#[derive(Debug, Args)]
pub struct Resolve {
    /// A country's name or code; '-' reads names from standard input, one a line
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    /// The system that codes are of: without it AU is Australia, in FIPS it is Austria
    #[arg(long, value_enum, default_value_t, value_name = "SYSTEM")]
    codes: CodeSystem,
}

impl Resolve {
    /// One row a name, in the order asked.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        index.codes().choose(self.codes);
        let stdin = stdin_if_asked(&self.names)?;
        // A list has few distinct names.
        let mut known: HashMap<&str, Rc<Row<'i>>> = HashMap::new();
        let mut rows = Vec::new();
        for Name { written, .. } in names_asked(&self.names, &stdin) {
            let row = known.entry(written);
            let row = row.or_insert_with(|| Rc::new(Row::of(index, written)));
            rows.push(Rc::clone(row));
        }
        let (all, unresolved) = (rows.len(), rows.iter().filter(|row| !row.is_resolved()));
        let unresolved = unresolved.count();
        let formulas = rows.iter().filter(|row| is_formula(row.name.as_bytes()));
        let formulas = formulas.count() as u64;
        let mut answer = Answer::of(Table::new(Layout::Grid, columns(), rows));
        if let Some(begin) = formulas::counted(formulas, "name") {
            answer.column_notes.push(ColumnNote {
                about: &["input"],
                unless: None,
                text: format!("{begin}: {TO_GUARD}"),
            });
        }
        if unresolved > 0 {
            answer.warnings.push(format!(
                "{unresolved} of {all} not resolved; see the column 'status'"
            ));
        }
        Ok(answer)
    }
}

/// A name, what it stands for, and the countries that may be meant.
struct Row<'i> {
    name: String,
    resolution: Resolution<'i>,
    candidates: Vec<&'i Country>,
}

impl<'i> Row<'i> {
    fn of(index: &'i Index, name: &str) -> Self {
        let resolution = index.resolve(name);
        let candidates = match &resolution {
            Resolution::Country { .. } => Vec::new(),
            Resolution::Several { candidates, .. } => candidates.clone(),
            Resolution::Unknown => {
                let near = index.near(name).into_iter();
                near.map(|near| near.country).collect()
            }
        };
        Self {
            name: name.to_owned(),
            resolution,
            candidates,
        }
    }

    fn is_resolved(&self) -> bool {
        self.country().is_some()
    }

    fn country(&self) -> Option<&'i Country> {
        match self.resolution {
            Resolution::Country { country, .. } => Some(country),
            _ => None,
        }
    }

    fn status(&self) -> &'static str {
        match self.resolution {
            Resolution::Country { .. } => "resolved",
            Resolution::Several { .. } => "ambiguous",
            Resolution::Unknown => "unknown",
        }
    }

    /// By what kind of name it was recognised.
    fn how(&self) -> Option<String> {
        match self.resolution {
            Resolution::Country { how, .. } | Resolution::Several { how, .. } => {
                Some(how.to_string())
            }
            Resolution::Unknown => None,
        }
    }

    fn note(&self) -> Option<Cow<'static, str>> {
        match self.resolution {
            Resolution::Country { row, .. } | Resolution::Several { row, .. } => row?.note(),
            Resolution::Unknown => None,
        }
    }
}

fn columns<'i>() -> Columns<'i, Rc<Row<'i>>> {
    Columns::<Rc<Row>>::new()
        .with("input", "The name as it was written", |row| {
            Cell::text(&row.name)
        })
        .with("status", "resolved, ambiguous or unknown", |row| {
            Cell::text(row.status())
        })
        .with("iso3", "The country's ISO 3166-1 alpha-3 code", |row| {
            Cell::optional(row.country().map(|country| country.iso3))
        })
        .with("country", "The name of the country", |row| {
            Cell::optional(row.country().map(|country| &country.name))
        })
        .with("how", "By what kind of name it was recognised", |row| {
            Cell::optional(row.how())
        })
        .with("candidates", "The countries that may be meant", |row| {
            Cell::list(row.candidates.iter().map(|country| country.iso3))
        })
        .on_request("note", "Why it is former, contested or ambiguous", |row| {
            Cell::optional(row.note())
        })
}
