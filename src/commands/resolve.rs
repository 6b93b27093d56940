//! `tip resolve`: which country a name stands for, and by what.

use std::cell::OnceCell;
use std::mem;
use std::rc::Rc;

use anyhow::{Result, anyhow};
use clap::Args;

use crate::annotate::formulas::{self, is_formula};
use crate::answer::cache::Cache;
use crate::answer::{Answer, Typed, TypedNames};
use crate::index::names::spellings::Spelling;
use crate::index::{CodeSystem, Country, Index, Resolution};
use crate::output::{Cell, Columns, Item, Layout, Remark, Remarks, Table, TableRow};

/// What to do about names that a spreadsheet program would run: they are printed as they came.
const TO_GUARD: &str =
    "a spreadsheet program may run 'input': leave it out, or use 'tip annotate --excel-safe'";

/// How many rows are kept: one takes some 500 bytes.
const MOST_ROWS: usize = 1 << 14;

/// The arguments of `tip resolve`.
#[derive(Debug, Args)]
pub struct Resolve {
    /// A country's name or code; '-' reads names from standard input, one per line, and so does no name where that is no
    /// terminal. Near names take the time where many are unknown: --columns input,status,iso3 leaves them out
    ///
    /// A name has 300 characters at most, a line 1 MiB; the first 1,000 that are not found are named
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// The system that codes are of: without it AU is Australia, in FIPS it is Austria
    #[arg(long, value_enum, default_value_t, value_name = "SYSTEM")]
    codes: CodeSystem,
}

impl Resolve {
    /// Whether no name is given, so that standard input is read.
    pub fn names_nothing(&self) -> bool {
        self.names.is_empty()
    }

    /// One row per name, in the order asked.
    pub fn run<'i>(&self, index: &'i Index) -> Answer<'i> {
        let columns = Rc::new(columns(index));
        let names = if self.names.is_empty() { vec!["-".to_owned()] } else { self.names.clone() };
        let rows = ResolvedNames {
            index,
            codes: self.codes,
            columns: Rc::clone(&columns),
            names: TypedNames::new(names),
            known: Cache::keeping(MOST_ROWS),
            all: 0,
            unresolved: 0,
            formulas: 0,
            is_done: false,
            is_asked: !self.names_nothing(),
        };
        Answer::new(
            Table::streaming(Layout::Grid, &columns, rows).titled("What each name stands for"),
        )
    }
}

/// The names asked for, each resolved once while it is known, and in the end what must be said of them.
struct ResolvedNames<'i> {
    index: &'i Index,
    codes: CodeSystem,
    columns: Rc<Columns<'i, ResolvedName<'i>>>,
    names: TypedNames,
    /// The row of a name, and whether it stands for a country.
    known: Cache<(TableRow<'i>, bool)>,
    /// How many names there were, and how many of them were not resolved.
    all: usize,
    unresolved: usize,
    /// How many a spreadsheet program would run.
    formulas: u64,
    is_done: bool,
    /// Whether any was asked for, if only by `-`.
    is_asked: bool,
}

impl<'i> Iterator for ResolvedNames<'i> {
    type Item = Result<Item<'i>>;

    fn next(&mut self) -> Option<Self::Item> {
        let name = match self.names.next() {
            Some(Ok(Typed::Name(name))) => name.written,
            Some(Ok(Typed::Wait)) => return Some(Ok(Item::Wait)),
            Some(Err(error)) => return Some(Err(error)),
            None if self.all == 0 && !mem::replace(&mut self.is_asked, true) => {
                self.is_done = true;
                return Some(Err(anyhow!(
                    "no name is given and standard input is empty; type: tip resolve Moldova"
                )));
            }
            None if mem::replace(&mut self.is_done, true) => return None,
            None => return Some(Ok(Item::Said(self.said()))),
        };
        let (row, is_resolved) = self.known.get_or(name.as_bytes(), || {
            let resolution = self.index.resolve_in(&name, self.codes);
            let is_resolved = resolution.country().is_some();
            let resolved = ResolvedName { name: name.clone(), resolution, near: OnceCell::new() };
            (self.columns.row(resolved), is_resolved)
        });
        self.all += 1;
        self.formulas += u64::from(is_formula(name.as_bytes()));
        self.unresolved += usize::from(!is_resolved);
        Some(Ok(Item::Row(row)))
    }
}

impl ResolvedNames<'_> {
    fn said(&self) -> Remarks {
        let (all, unresolved) = (self.all, self.unresolved);
        let mut said = Remarks::default();
        if unresolved > 0 {
            said.not_found(format!("{unresolved} of {all} not resolved; see the column 'status'"));
        }
        if let Some(begin) = formulas::counted(self.formulas, "name") {
            said.note(Remark::on(&["input"], format!("{begin}: {TO_GUARD}")));
        }
        said
    }
}

struct ResolvedName<'i> {
    name: String,
    resolution: Resolution<'i>,
    /// The countries that are near to a name that is not known: found when they are shown.
    near: OnceCell<Vec<&'i Country>>,
}

impl<'i> ResolvedName<'i> {
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

    fn status(&self) -> &'static str {
        match self.resolution {
            Resolution::Country { .. } => "resolved",
            Resolution::Several { .. } => "ambiguous",
            Resolution::Unknown => "unknown",
        }
    }
}

fn columns<'i>(index: &'i Index) -> Columns<'i, ResolvedName<'i>> {
    Columns::<ResolvedName<'i>>::new()
        .with("input", "The name as it was written", |row| Cell::text(&row.name))
        .with("status", "resolved, ambiguous or unknown", |row| Cell::text(row.status()))
        .with("iso3", "The country's ISO 3166-1 alpha-3 code", |row| {
            Cell::optional(row.resolution.country().map(|country| country.iso3))
        })
        .with("country", "The name of the country", |row| {
            Cell::optional(row.resolution.country().map(|country| &country.name))
        })
        .with("how", "By what kind of name it was recognised", |row| {
            Cell::optional(row.resolution.how().map(|how| how.to_string()))
        })
        .with("candidates", "The countries that may be meant", move |row| {
            let candidates = row.candidates(index).iter();
            Cell::list(candidates.map(|country| country.iso3))
        })
        .on_request("note", "Why it is former, contested or ambiguous", |row| {
            Cell::optional(row.resolution.row().and_then(Spelling::note))
        })
}
