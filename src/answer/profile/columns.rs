//! The columns of a profile, each with what it holds, and what must be said of them.

use crate::answer::caveats::COMPARED;
use crate::answer::columns::country_and_year;
use crate::answer::options::Fill;
use crate::answer::profile::Profile;
use crate::answer::strip::{legend, strip};
use crate::answer::{ColumnNote, source_cell, tier_cell};
use crate::index::tier::Wording;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::output::cell::Cell;
use crate::output::column::Columns;

/// The columns of a profile. Scripts rely on the names, and on the order of the first.
pub fn columns(index: &Index) -> Columns<'_, Profile<'_>> {
    first_columns()
        .and(evidence_columns())
        .and(context_columns(index))
        .and(columns_on_request(index))
}

/// What a country is, where it stands, and what that means.
fn first_columns<'i>() -> Columns<'i, Profile<'i>> {
    country_and_year(|row: &Profile<'_>| (row.country(), row.year))
        .with("roles", "Source, transit, destination", |row| {
            row.stated().map_or(Cell::Missing, |stated| Cell::list(&stated.roles))
        })
        .with("tier", "The tier in that report", |row| {
            let placed = row.placed.as_ref();
            placed.map_or(Cell::Missing, |placed| tier_cell(placed.tier))
        })
        .with("iso2", "Its ISO 3166-1 alpha-2 code", |row| Cell::text(row.country().iso2))
        .with("source", "The report or its chapter", |row| {
            let document = row.document();
            document.map_or(Cell::Missing, |document| Cell::linked(document, row.link()))
        })
        .with("url", "The State Department's address of it", |row| Cell::optional(row.link()))
        .with("definition", "What the tier means", |row| {
            Cell::optional(row.definition().map(Wording::in_full))
        })
        .with("numeric", "Its ISO 3166-1 numeric code", |row| Cell::optional(row.country().numeric))
}

/// What states the roles, and how sure the tier is.
fn evidence_columns<'i>() -> Columns<'i, Profile<'i>> {
    Columns::<Profile>::new()
        .with("role_year", "The report that states the roles", |row| {
            row.stated().map_or(Cell::Missing, |stated| {
                stated.year.map_or_else(|| Cell::text("undated"), |year| Cell::Number(year.into()))
            })
        })
        .with("role_note", "How it qualifies them", |row| {
            Cell::optional(row.stated().map(|stated| &*stated.note))
        })
        .with("evidence", "How well the tier is attested", |row| {
            Cell::optional(row.placed.as_ref().map(|it| it.evidence.to_string()))
        })
        .with("basis", "Why the tier is confirmed", |row| {
            Cell::optional(row.placed.as_ref().and_then(|it| it.basis).map(|it| it.to_string()))
        })
        .with("transcriptions", "What the tier was read from", |row| {
            row.transcriptions().unwrap_or(Cell::Missing)
        })
        .with("since", "The first report of the run in this tier", |row| Cell::number(row.since()))
        .with("watch_reports", "Consecutive reports on the Watch List, this one included", |row| {
            Cell::number(row.clock().map(|clock| clock.consecutive()))
        })
        .with("waiver_from", "From which of them the rule asks for a waiver", |row| {
            Cell::number(row.clock().and_then(|clock| clock.waiver_from()))
        })
        .with("leave_by", "The last report the rule lets it stay in", |row| {
            Cell::number(row.clock().and_then(|clock| clock.leave_by()))
        })
}

/// How it was before and after, and what else is to be known.
fn context_columns(index: &Index) -> Columns<'_, Profile<'_>> {
    Columns::<Profile>::new()
        .with("latest_tier", "Its tier in the newest report", |row| {
            row.newest().map_or(Cell::Missing, |placed| tier_cell(placed.tier))
        })
        .under(format!("in {}", index.years().end()))
        .with("latest_since", "The first report of the run in that tier", |row| {
            Cell::number(row.newest().and_then(|placed| row.run_from(placed)))
        })
        .with("history", "Its tiers, a letter a report", move |row| {
            strip(index, &row.subject.history)
        })
        .with("lists", "The report's other lists it is on", |row| {
            row.lists().unwrap_or(Cell::Missing)
        })
        .with("note", "What else must be known", |row| Cell::optional(Some(row.note())))
}

/// What is shown only where it is asked for.
fn columns_on_request(index: &Index) -> Columns<'_, Profile<'_>> {
    Columns::<Profile>::new()
        .on_request("role_source", "What states the roles", move |row| {
            let stated = row.stated();
            stated.map_or(Cell::Missing, |it| source_cell(index, it.source))
        })
        .on_request("change", "Its move since the report before", |row| {
            Cell::optional(row.change())
        })
        .on_request("ranked_as", "The state whose rank it shared", |row| {
            Cell::optional(row.placed.as_ref().map(|placed| placed.ranked_as))
        })
        .on_request("tier_url", "Where the tier was read", |row| {
            Cell::optional(row.placed.as_ref().map(|placed| &*placed.url))
        })
        .on_request("role_quote", "The sentence that states the roles", |row| {
            Cell::optional(row.stated().map(|stated| &*stated.quote))
        })
        .on_request("groups", "The organisations it is a member of today", |row| {
            let groups = index.groups(row.country()).into_iter();
            Cell::list(groups.map(|group| &group.code))
        })
        .on_request("regions", "The regions it is counted in", |row| {
            Cell::list(row.country().regions())
        })
        .on_request("list_sources", "What puts it on them", |row| {
            row.list_sources().unwrap_or(Cell::Missing)
        })
}

/// What a reader should know of the lists a country is on. Which years are whole is not said: that would read the files.
const LISTS: &str = "'lists' has what these data know, and not every list is whole in every year; \
    'tip list --on' says which are";

/// What a reader should know of the columns of profiles of these years.
pub fn column_notes(index: &Index, years: &Years, fill: Fill) -> Vec<ColumnNote> {
    let note = |about, unless, text| ColumnNote { about, unless, text };
    let compared: &[_] = &["history", "latest_tier", "latest_since", "since"];
    let mut notes =
        vec![note(compared, None, COMPARED.to_owned()), note(&["lists"], None, LISTS.to_owned())];
    let legend = legend(index, |_| true);
    notes.extend(legend.map(|legend| note(&["history"], None, legend)));
    if years.single() != Some(SNAPSHOT.1) && fill == Fill::Latest {
        let text =
            "a report that states no roles has those of another here; 'role_year' says which";
        notes.push(note(&["roles"], Some("role_year"), text.to_owned()));
    }
    notes
}
