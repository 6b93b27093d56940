//! `tip coverage`: how much of each report these data hold, and on what evidence.

use crate::answer::caveats::missing;
use crate::answer::{Answer, ColumnNote};
use crate::index::placement::{Evidence, History, Placement};
use crate::index::report::Report;
use crate::index::{Index, WORLD};
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

/// A report, and the placements that these data hold of it.
struct Row<'i> {
    report: &'i Report,
    known: Vec<Placement>,
}

/// One row a report.
pub fn run(index: &Index) -> Answer<'_> {
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Vec<History> = countries.map(|country| index.history(country)).collect();
    let row = |report| Row {
        report,
        known: known(&histories, report),
    };
    let rows = index.reports().iter().map(row).collect();
    let mut answer = Answer::of(Table::new(Layout::Grid, columns(index), rows));
    answer.column_notes.push(ColumnNote {
        about: &["in_report"],
        unless: None,
        text: "'in_report' is empty where these data have no published number".to_owned(),
    });
    answer
}

/// The placements in a report. A rank that two countries shared stands in the row of the state that bore it.
fn known(histories: &[History], report: &Report) -> Vec<Placement> {
    let placed = histories.iter().filter_map(|it| it.of(report.year));
    let known = placed.filter(|it| it.tier.is_in_report() && it.ranked_as.is_empty());
    known.cloned().collect()
}

fn columns(index: &Index) -> Columns<'_, Row<'_>> {
    let with = |evidence: Evidence| {
        move |row: &Row<'_>| {
            let such = row.known.iter().filter(|it| it.evidence == evidence);
            Cell::count(such.count())
        }
    };
    Columns::<Row>::new()
        .with("year", "The report year", |row| {
            Cell::Number(row.report.year)
        })
        .with("released", "The day of release, as far as known", |row| {
            Cell::optional(index.source(&row.report.document).map(|it| it.date))
        })
        .with("in_report", "The countries in it, as published", |row| {
            Cell::number(row.report.countries)
        })
        .with("known", "The countries these data hold", |row| {
            Cell::count(row.known.len())
        })
        .with("missing", "Those known to be missing", |row| {
            Cell::list(missing(index, row.report).iter().map(|it| &it.name))
        })
        .with(
            "confirmed",
            "How many tiers two independent transcriptions give",
            with(Evidence::Confirmed),
        )
        .with("single", "How many only one gives", with(Evidence::Single))
        .with(
            "disputed",
            "How many they differ on",
            with(Evidence::Disputed),
        )
        .on_request("complete", "Whether none is missing", |row| {
            Cell::text(if row.report.is_complete() {
                "yes"
            } else {
                "no"
            })
        })
        .on_request("note", "What else must be known", |row| {
            Cell::optional(Some(&row.report.note))
        })
}
