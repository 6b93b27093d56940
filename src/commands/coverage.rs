//! `tip coverage`: how much of each report these data hold, and on what evidence.

use std::rc::Rc;

use crate::commands::scope::missing;
use crate::commands::{Answer, ColumnNote};
use crate::index::placement::{Evidence, History, Placement};
use crate::index::report::Report;
use crate::index::{Index, WORLD};
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &[
    "year",
    "released",
    "in_report",
    "known",
    "missing",
    "confirmed",
    "single",
    "disputed",
    "complete",
    "note",
];

/// How many columns are shown unless others are chosen.
const SHOWN: usize = 8;

/// One row a report.
pub fn run(index: &Index) -> Answer {
    let mut table = Table::new(Layout::Grid, COLUMNS, SHOWN);
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Vec<History> = countries.map(|country| index.history(country)).collect();
    for report in index.reports() {
        table.push(row(index, &histories, report));
    }
    let mut answer = Answer::of(table);
    answer.column_notes.push(ColumnNote {
        about: &["in_report"],
        unless: None,
        text: "'in_report' is empty where these data have no published number".to_owned(),
    });
    answer
}

fn row(index: &Index, histories: &[History], report: &Report) -> Rc<[Cell]> {
    let placed = histories
        .iter()
        .filter_map(|history| history.of(report.year));
    // A rank that two countries shared stands in the row of the state that bore it.
    let known = placed.filter(|placed| placed.tier.is_in_report() && placed.ranked_as.is_empty());
    let known: Vec<&Placement> = known.collect();
    let with = |evidence: Evidence| {
        let such = known.iter().filter(|placed| placed.evidence == evidence);
        Cell::count(such.count())
    };
    let missing = missing(index, report);
    let missing: Vec<_> = missing.iter().map(|country| &country.name).collect();
    let released = index.source(&report.document).map(|source| source.date);
    [
        Cell::Number(report.year),
        Cell::optional(released.as_deref()),
        report.countries.map_or(Cell::Missing, Cell::Number),
        Cell::count(known.len()),
        Cell::list(&missing),
        with(Evidence::Confirmed),
        with(Evidence::Single),
        with(Evidence::Disputed),
        Cell::text(if report.is_complete() { "yes" } else { "no" }),
        Cell::optional(Some(&report.note)),
    ]
    .into()
}
