//! `tip coverage`: how much of each report these data hold, and on what evidence.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::answer::{Answer, ColumnNote};
use crate::index::count::distinct;
use crate::index::placement::{Evidence, History, Placement};
use crate::index::report::Report;
use crate::index::{Index, WORLD};
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// A report, and every country.
struct Row<'i> {
    report: &'i Report,
    histories: Rc<[History<'i>]>,
}

impl Row<'_> {
    /// How many countries of the report these data hold, among those that fit.
    fn known(&self, fits: impl Fn(&Placement) -> bool) -> usize {
        let placed = self.histories.iter().filter_map(|it| it.of(self.report.year));
        let known = placed.filter(|it| it.tier.is_in_report() && fits(it));
        distinct(known)
    }

    /// How many countries these data lack, where it was published how many there are.
    fn missing(&self) -> Option<usize> {
        let published = self.report.countries.map(usize::from)?;
        Some(published.saturating_sub(self.known(|_| true)))
    }
}

/// One row a report.
pub fn run(index: &Index) -> Answer<'_> {
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Rc<[_]> = countries.map(|country| index.history(country)).collect();
    let row = |report| Row { report, histories: Rc::clone(&histories) };
    let rows: Vec<Row<'_>> = index.reports().iter().map(row).collect();
    let said = [Some(in_words(&rows)), rows.last().map(|row| of_newest(index, row))];
    let mut answer = Answer::of(Table::new(Layout::Grid, columns(index), rows));
    answer.notes.extend(said.into_iter().flatten());
    answer.column_notes.push(ColumnNote {
        about: &["in_report"],
        unless: None,
        text: "'in_report' is empty where these data have no published number".to_owned(),
    });
    answer
}

/// How much is confirmed, and whether anything is missing.
fn in_words(rows: &[Row<'_>]) -> String {
    let known: usize = rows.iter().map(|row| row.known(|_| true)).sum();
    let is_confirmed = |placed: &Placement| placed.evidence == Evidence::Confirmed;
    let confirmed: usize = rows.iter().map(|row| row.known(is_confirmed)).sum();
    let missing: usize = rows.iter().filter_map(Row::missing).sum();
    let share = Cell::permille((confirmed * 1000 + known / 2) / known.max(1));
    format!(
        "{confirmed} of {known} ranks are confirmed ({} %); {missing} countries are missing from the reports whose number \
        of countries was published",
        share.joined("")
    )
}

/// On what the newest report rests, whose rows were confirmed last.
fn of_newest(index: &Index, row: &Row<'_>) -> String {
    let year = row.report.year;
    let placed = row.histories.iter().filter_map(|it| it.of(year));
    let single = placed.filter(|it| it.evidence == Evidence::Single);
    let ids: BTreeSet<&str> = single.flat_map(Placement::source_ids).collect();
    let citations = ids.into_iter().filter_map(|id| index.citation(id));
    let citations: Vec<String> = citations.collect();
    let confirmed = row.known(|it| it.evidence == Evidence::Confirmed);
    let known = row.known(|_| true);
    let single = row.known(|it| it.evidence == Evidence::Single);
    let said = format!("of the {year} report {confirmed} of {known} ranks are confirmed");
    if citations.is_empty() {
        return said;
    }
    format!("{said}; {single} rest on one transcription: {}", citations.join("; "))
}

fn columns(index: &Index) -> Columns<'_, Row<'_>> {
    let with = |evidence| move |row: &Row<'_>| Cell::count(row.known(|it| it.evidence == evidence));
    Columns::<Row>::new()
        .with("year", "The report year", |row| Cell::Number(row.report.year.into()))
        .with("released", "The day of release, as far as known", |row| {
            Cell::optional(index.source(row.report.document).map(|it| it.date))
        })
        .with("in_report", "The countries in it, as published", |row| {
            Cell::number(row.report.countries)
        })
        .with("known", "The countries these data hold", |row| Cell::count(row.known(|_| true)))
        .with("missing", "How many are missing", |row| {
            row.missing().map_or(Cell::Missing, Cell::count)
        })
        .with(
            "confirmed",
            "How many tiers two independent transcriptions give",
            with(Evidence::Confirmed),
        )
        .with("single", "How many only one gives", with(Evidence::Single))
        .with("disputed", "How many they differ on", with(Evidence::Disputed))
        .on_request("url", "The State Department's own address", |row| {
            Cell::optional(Some(&row.report.url))
        })
        .on_request("url_seen", "Whether a public text names it", |row| {
            Cell::text(if row.report.url_seen { "yes" } else { "no" })
        })
        .on_request("note", "What else must be known", |row| Cell::optional(Some(&row.report.note)))
}
