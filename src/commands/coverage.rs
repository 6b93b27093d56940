//! `tip coverage`: how much of each report these data hold, and on what evidence.

use crate::commands::Answer;
use crate::commands::scope::missing;
use crate::index::placement::{Evidence, Placement};
use crate::index::report::YesOrNo;
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
    let countries = index.countries_in(WORLD);
    let histories: Vec<_> = countries
        .iter()
        .map(|country| index.history(country))
        .collect();
    for report in index.reports() {
        let placed = histories
            .iter()
            .filter_map(|history| history.of(report.year));
        // A rank that two countries shared stands in the row of the state that bore it.
        let known =
            placed.filter(|placed| placed.tier.is_in_report() && placed.ranked_as.is_empty());
        let known: Vec<&Placement> = known.collect();
        let number = |count: usize| Cell::Number(u16::try_from(count).unwrap_or(u16::MAX));
        let with = |evidence: Evidence| {
            number(
                known
                    .iter()
                    .filter(|placed| placed.evidence == evidence)
                    .count(),
            )
        };
        let missing = missing(index, report);
        let missing: Vec<_> = missing.iter().map(|country| &country.name).collect();
        let released = index.source(&report.document).map(|source| source.date);
        table.push(
            [
                Cell::Number(report.year),
                Cell::optional(released.as_deref()),
                report.countries.map_or(Cell::Missing, Cell::Number),
                number(known.len()),
                Cell::list(&missing),
                with(Evidence::Confirmed),
                with(Evidence::Single),
                with(Evidence::Disputed),
                Cell::text(if report.complete == YesOrNo::Yes {
                    "yes"
                } else {
                    "no"
                }),
                Cell::optional(Some(&report.note)),
            ]
            .into(),
        );
    }
    Answer::of(table)
}
