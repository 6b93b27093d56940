//! A country and one of its placements as a row: what `lookup` and `list` show.

use std::rc::Rc;

use crate::commands::ColumnNote;
use crate::commands::marks::{clock_in_words, legend, strip};
use crate::commands::scope::{COMPARED, Years, notes};
use crate::commands::tier_cell;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::source::Source;
use crate::index::{Index, SNAPSHOT};
use crate::output::table::Cell;

/// The columns of a profile. Scripts rely on the names, and on the order of the first nine.
pub const PROFILE: &[&str] = &[
    "country",
    "iso3",
    "year",
    "roles",
    "tier",
    "iso2",
    "source",
    "url",
    "definition",
    "numeric",
    "role_year",
    "role_note",
    "evidence",
    "transcriptions",
    "since",
    "watch_list",
    "latest_year",
    "latest_tier",
    "history",
    "note",
    "role_source",
    "ranked_as",
    "regions",
];

/// What a reader should know of the columns of profiles of these years.
pub fn column_notes(index: &Index, years: &Years) -> Vec<ColumnNote> {
    let note = |about, unless, text| ColumnNote {
        about,
        unless,
        text,
    };
    let compared: &[_] = &["history", "latest_tier", "latest_year", "since"];
    let mut notes = vec![
        note(&["history"], None, legend(index)),
        note(compared, None, COMPARED.to_owned()),
    ];
    if years.single() != Some(SNAPSHOT.1) {
        let text =
            "a report that states no roles has those of another here; 'role_year' says which";
        notes.push(note(&["roles"], Some("role_year"), text.to_owned()));
    }
    notes
}

/// A row of `PROFILE`. `year` is the report asked for where there is no placement, if it is one report.
pub fn profile(
    index: &Index,
    country: &Country,
    history: &History,
    placed: Option<&Placement>,
    year: Option<u16>,
) -> Rc<[Cell]> {
    let year = placed.map(|placed| placed.year).or(year);
    let stated = index.roles(country, year.unwrap_or_default());
    let undated = || Cell::text("undated");
    let definition = placed.and_then(|placed| index.tier(placed.tier));
    let clock = placed.and_then(|placed| index.clock(history, placed));
    let document = placed.and_then(|placed| index.document(country, placed.year));
    let latest = history.latest();
    let mut notes = year.map_or(Vec::new(), |year| notes(index, &[country], &(year..=year)));
    notes.extend(
        definition
            .map(|definition| definition.note.clone())
            .filter(|note| !note.is_empty()),
    );
    let or_missing = |cell: Option<Cell>| cell.unwrap_or(Cell::Missing);
    [
        Cell::text(&country.name),
        Cell::text(country.iso3),
        or_missing(year.map(Cell::Number)),
        or_missing(stated.as_ref().map(|stated| Cell::list(&stated.roles))),
        or_missing(placed.map(|placed| tier_cell(placed.tier))),
        Cell::text(country.iso2),
        or_missing(document.map(|document| Cell::text(document.citation()))),
        Cell::optional(placed.map(|placed| &*placed.url)),
        or_missing(definition.map(|definition| Cell::text(definition.in_full()))),
        Cell::optional(country.numeric),
        or_missing(
            stated
                .as_ref()
                .map(|stated| stated.year.map_or_else(undated, Cell::Number)),
        ),
        Cell::optional(stated.as_ref().map(|stated| &*stated.note)),
        or_missing(placed.map(|placed| Cell::text(placed.evidence.to_string()))),
        or_missing(placed.map(|placed| Cell::List(citations(index, placed)))),
        or_missing(
            placed.and_then(|placed| Some(Cell::Number(history.run_to(placed).first()?.year))),
        ),
        or_missing(clock.map(|clock| Cell::text(clock_in_words(&clock)))),
        or_missing(latest.map(|latest| Cell::Number(latest.year))),
        or_missing(latest.map(|latest| tier_cell(latest.tier))),
        strip(index, history),
        Cell::optional(Some(&notes.join("; "))),
        or_missing(
            stated
                .as_ref()
                .and_then(|stated| Some(Cell::text(index.source(&stated.source)?.citation()))),
        ),
        Cell::optional(placed.map(|placed| &*placed.ranked_as)),
        Cell::list(&country.regions()),
    ]
    .into()
}

/// The citations of what a placement was read from.
fn citations(index: &Index, placed: &Placement) -> Vec<String> {
    let sources = placed.source_ids().filter_map(|id| index.source(id));
    sources.map(|source| Source::citation(&source)).collect()
}
