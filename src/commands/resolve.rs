//! `tip resolve`: which country a name stands for, and by what.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::annotate::formulas::{self, is_formula};
use crate::answer::asked::{Memory, Names, Pace};
use crate::answer::{Answer, ColumnNote};
use crate::index::Index;
use crate::index::codes::CodeSystem;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::output::blocks::Blocks;
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
    pub fn run<'i>(&self, index: &'i Index, pace: Pace) -> Answer<'i> {
        index.codes().choose(self.codes);
        let rows = Rc::new(RefCell::new(Resolved {
            index,
            names: Names::new(self.names.clone(), pace),
            rows: Vec::new(),
            forgotten: 0,
            places: Memory::new(),
            all: 0,
            unresolved: 0,
            formulas: 0,
        }));
        let mut answer = Answer::of(Table::of_blocks(Layout::Grid, columns(index), &rows));
        answer.later = Some(Box::new(move || (None, rows.borrow().said())));
        answer
    }
}

/// The names asked for, each resolved once while it is remembered.
struct Resolved<'i> {
    index: &'i Index,
    names: Names,
    /// The rows that are remembered: the first has the place `forgotten`.
    rows: Vec<Row<'i>>,
    forgotten: usize,
    /// Their places, by name.
    places: Memory<usize>,
    /// How many names there were, and how many of them were not resolved.
    all: usize,
    unresolved: usize,
    /// How many a spreadsheet program would run.
    formulas: u64,
}

impl<'i> Blocks for Resolved<'i> {
    type Row = Row<'i>;

    fn next(&mut self) -> Result<Vec<usize>> {
        if self.places.forget_if_full() {
            self.forgotten += self.rows.len();
            self.rows.clear();
        }
        let mut block = Vec::new();
        self.names.block(|name| {
            let place = self.places.get_or(name.written, || {
                self.rows.push(Row::of(self.index, name.written));
                self.forgotten + self.rows.len() - 1
            });
            block.push(place);
            let row = self.rows.get(place - self.forgotten);
            self.all += 1;
            self.formulas += u64::from(is_formula(name.written.as_bytes()));
            self.unresolved += usize::from(row.is_some_and(|row| row.country().is_none()));
            block.len()
        })?;
        Ok(block)
    }

    fn row(&self, place: usize) -> Option<&Row<'i>> {
        self.rows.get(place.checked_sub(self.forgotten)?)
    }
}

impl Resolved<'_> {
    /// What is to be said of the names.
    fn said<'a>(&self) -> Answer<'a> {
        let (all, unresolved) = (self.all, self.unresolved);
        let warning = (unresolved > 0)
            .then(|| format!("{unresolved} of {all} not resolved; see the column 'status'"));
        Answer {
            column_notes: formulas::counted(self.formulas, "name")
                .map(|begin| ColumnNote {
                    about: &["input"],
                    unless: None,
                    text: format!("{begin}: {TO_GUARD}"),
                })
                .into_iter()
                .collect(),
            warnings: warning.into_iter().collect(),
            ..Answer::default()
        }
    }
}

/// A name, and what it stands for.
struct Row<'i> {
    name: String,
    resolution: Resolution<'i>,
    /// The countries that are near to a name that is not known: found when they are shown.
    near: OnceCell<Vec<&'i Country>>,
}

impl<'i> Row<'i> {
    fn of(index: &'i Index, name: &str) -> Self {
        Self { name: name.to_owned(), resolution: index.resolve(name), near: OnceCell::new() }
    }

    /// The countries that may be meant.
    fn candidates(&self, index: &'i Index) -> &[&'i Country] {
        match &self.resolution {
            Resolution::Country { .. } => &[],
            Resolution::Several { candidates, .. } => candidates,
            Resolution::Unknown => self.near.get_or_init(|| {
                let near = index.near(&self.name).into_iter();
                near.map(|near| near.country).collect()
            }),
        }
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
        match &self.resolution {
            Resolution::Country { row, .. } | Resolution::Several { row, .. } => {
                row.as_ref()?.note()
            }
            Resolution::Unknown => None,
        }
    }
}

fn columns<'i>(index: &'i Index) -> Columns<'i, Row<'i>> {
    Columns::<Row<'i>>::new()
        .with("input", "The name as it was written", |row| Cell::text(&row.name))
        .with("status", "resolved, ambiguous or unknown", |row| Cell::text(row.status()))
        .with("iso3", "The country's ISO 3166-1 alpha-3 code", |row| {
            Cell::optional(row.country().map(|country| country.iso3))
        })
        .with("country", "The name of the country", |row| {
            Cell::optional(row.country().map(|country| &country.name))
        })
        .with("how", "By what kind of name it was recognised", |row| Cell::optional(row.how()))
        .with("candidates", "The countries that may be meant", move |row| {
            let candidates = row.candidates(index).iter();
            Cell::list(candidates.map(|country| country.iso3))
        })
        .on_request("note", "Why it is former, contested or ambiguous", |row| {
            Cell::optional(row.note())
        })
}
