//! `tip coverage`: how much of each report the data hold, and on what evidence.

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::Result;

use crate::answer::Answer;
use crate::answer::caveats::freshness;
use crate::index::placement::distinct;
use crate::index::{Evidence, History, Index, Placement, Report, WORLD};
use crate::output::{Cell, Columns, Layout, Remark, Table};
use crate::text::joined;

/// The columns that a narrow screen may do without, the least important first.
const SPARE: &str = "released,in_report,disputed,missing";

struct ReportCoverage<'i> {
    report: &'i Report,
    histories: Rc<[History<'i>]>,
}

impl ReportCoverage<'_> {
    fn placed(&self) -> impl Iterator<Item = &Placement> {
        let placed = self.histories.iter().filter_map(|it| it.in_year(self.report.year));
        placed.filter(|it| it.tier.is_in_report())
    }

    fn known(&self, fits: impl Fn(&Placement) -> bool) -> usize {
        self.placed().filter(|it| fits(it)).count()
    }

    /// How many countries these data lack, where it was published how many there are.
    fn missing(&self) -> Option<usize> {
        let published = self.report.countries.map(usize::from)?;
        Some(published.saturating_sub(distinct(self.placed())))
    }
}

pub fn coverage(index: &Index) -> Result<Answer<'_>> {
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Rc<[_]> = countries.map(|country| index.history(country)).collect();
    let row = |report| ReportCoverage { report, histories: Rc::clone(&histories) };
    let rows: Vec<ReportCoverage<'_>> = index.reports().iter().map(row).collect();
    let said = [in_words(&rows, *index.years().end()), freshness(index)];
    let title = format!(
        "Placements known and confirmed: the reports of {}–{}",
        index.every_year().start(),
        index.every_year().end()
    );
    let table = Table::new(Layout::Grid, columns(index), rows).titled(title);
    let mut answer = Answer::new(table.sparing(SPARE)?);
    answer.remarks.below.extend(said.map(Remark::from));
    let shared = "'known' counts the one rank of Serbia and Montenegro until 2006 as three, 'in_report' as one";
    answer.remarks.below(Remark::on(&["known", "confirmed"], shared));
    Ok(answer)
}

/// How much is confirmed, of all reports and of the newest, and what the rest of that was read from.
fn in_words(rows: &[ReportCoverage<'_>], newest: u16) -> String {
    let known: usize = rows.iter().map(|row| row.known(|_| true)).sum();
    let is_confirmed = |placed: &Placement| placed.evidence == Evidence::Confirmed;
    let confirmed: usize = rows.iter().map(|row| row.known(is_confirmed)).sum();
    let share = Cell::permille((confirmed * 1000 + known / 2) / known.max(1));
    let share = share.joined("");
    let said = format!("{confirmed} of {known} placements are confirmed ({share} %)");
    let newest = rows.iter().find(|row| row.report.year == newest).map(of_newest);
    newest.map_or(said.clone(), |newest| format!("{said}, {newest}"))
}

fn of_newest(row: &ReportCoverage<'_>) -> String {
    let single = |placed: &&Placement| placed.evidence == Evidence::Single;
    let ids: BTreeSet<&str> = row.placed().filter(single).flat_map(Placement::source_ids).collect();
    let confirmed = row.known(|it| it.evidence == Evidence::Confirmed);
    let (known, single) = (row.known(|_| true), row.known(|it| it.evidence == Evidence::Single));
    let said = format!("of the {} report {confirmed} of {known}", row.report.year);
    match ids.len() {
        0 => said,
        1..=3 => format!("{said}; {single} have one source only: {}", joined(ids, "or")),
        _ => format!("{said}; {single} have one source only"),
    }
}

fn columns(index: &Index) -> Columns<'_, ReportCoverage<'_>> {
    let with = |evidence| {
        move |row: &ReportCoverage<'_>| Cell::count(row.known(|it| it.evidence == evidence))
    };
    Columns::<ReportCoverage>::new()
        .with("year", "The report year", |row| Cell::Number(row.report.year.into()))
        .with("released", "The day of release, as far as known", |row| {
            Cell::optional(index.source(row.report.document).map(|it| it.date))
        })
        .with("in_report", "The countries in it, as published; empty where no number was", |row| {
            Cell::number(row.report.countries)
        })
        .with("known", "The placements in the data", |row| Cell::count(row.known(|_| true)))
        .with("missing", "How many are missing", |row| {
            row.missing().map_or(Cell::Missing, Cell::count)
        })
        .with("confirmed", "How many are confirmed", with(Evidence::Confirmed))
        .with("single", "How many have one source only", with(Evidence::Single))
        .with("disputed", "How many sources differ on", with(Evidence::Disputed))
        .on_request("url", "The State Department's own address", |row| {
            Cell::optional(Some(&row.report.url))
        })
        .on_request("url_seen", "Whether a public text names it", |row| {
            Cell::text(if row.report.url_seen { "yes" } else { "no" })
        })
        .on_request("note", "What else must be known", |row| Cell::optional(Some(&row.report.note)))
}
