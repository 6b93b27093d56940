//! What became of the rows, in words.

use std::collections::BTreeSet;

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::typed;
use crate::annotate::options::UserTable;
use crate::annotate::reading::Reading;
use crate::annotate::report::candidates;
use crate::annotate::row_year;
use crate::annotate::unmatched::{Counted, LONGEST, MOST_NAMES, Status};
use crate::answer::caveats::each_once;
use crate::index::Evidence;
use crate::output::Remarks;
use crate::text::{joined, quoted};

const LISTED: usize = 20;

/// What must be known of tiers whose evidence is not `confirmed`.
const UNSURE: &str =
    "are not confirmed: they have one source only, or sources differ; '--add +evidence' says which";

/// Returns how many rows there are, and what became of them. `years`: those of the tiers, in words.
pub fn found(annotator: &Annotator<'_>, years: &str) -> String {
    let (total, counted) = counted(annotator, |_| true);
    let rows_word = if total == 1 { "row" } else { "rows" };
    let colon = if total == 0 { "" } else { ": " };
    format!("{total} {rows_word}{colon}{counted}; tiers of {years}")
}

/// Returns what must be known of rows, and what was not matched. `all`: whether every name that is not matched is listed.
pub fn notes(annotator: &Annotator<'_>, all: bool) -> Vec<String> {
    let mut notes = coverage(annotator);
    notes.extend(annotator.na_among_names().map(na_note));
    notes.extend(wrong_years(annotator));
    notes.extend(unmatched(annotator, all));
    notes
}

/// Returns that rows have no country, if there are any, and why.
pub fn lacking(annotator: &Annotator<'_>) -> Option<String> {
    let (total, counted) = counted(annotator, |status| !status.is_country());
    let have = if total == 1 { "row has" } else { "rows have" };
    (total > 0).then(|| format!("{total} {have} no country: {counted}"))
}

/// Returns how many rows have a status for which this holds: in all, and by status in words.
fn counted(annotator: &Annotator<'_>, holds: fn(Status) -> bool) -> (u64, String) {
    let rows = annotator.counts().filter(|(status, rows)| *rows > 0 && holds(*status));
    let total = rows.clone().map(|(_, rows)| rows).sum();
    let words: Vec<_> = rows.map(|(status, rows)| format!("{rows} {}", status.name())).collect();
    (total, words.join(", "))
}

/// Returns what must be known of the placements that rows met.
fn coverage(annotator: &Annotator<'_>) -> Vec<String> {
    let index = annotator.values.index;
    let (mut found, mut unsure) = (Vec::new(), BTreeSet::new());
    for (record, year) in annotator.values.touched() {
        let country = record.history.country;
        found.extend(index.notes(country, &(year..=year)).map(|note| (country, note)));
        let placed = record.history.in_year(year);
        if placed.is_some_and(|placed| placed.evidence != Evidence::Confirmed) {
            unsure.insert(country.iso3);
        }
    }
    let mut notes = each_once(found.into_iter());
    notes.sort();
    if annotator.rows(Status::NoData) > 0 {
        notes.push(
            "no-data: the country is known, but what a report of that year says of it is not, or there is none"
                .to_owned(),
        );
    }
    match unsure.len() {
        0 => {}
        1 => notes.push(format!("tiers of one country {UNSURE}")),
        many => notes.push(format!("tiers of {many} countries {UNSURE}")),
    }
    notes
}

/// Says that `NA` was read as a code where it may be no value.
fn na_note((rows, first): (u64, u64)) -> String {
    let rows = if rows == 1 { "1 row" } else { &format!("{rows} rows") };
    format!(
        "NA in {rows} was read as the code of Namibia (first in row {first}); where it stands for no value, leave those cells empty, as R does with 'na = \"\"'"
    )
}

/// The years that are no report's.
fn wrong_years(annotator: &Annotator<'_>) -> Vec<String> {
    let years = annotator.wrong_years.by_rows();
    let wrong = |(year, Counted { rows, .. }): &(&str, &Counted)| {
        if year.trim().is_empty() {
            return format!("{rows} × no year");
        }
        let wrong = match row_year::year(year) {
            Some(_) => {
                let known = annotator.values.index.every_year();
                format!(
                    "no report of that year; there are those of {}-{}",
                    known.start(),
                    known.end()
                )
            }
            None => format!("not understood as a year; write it as {}", row_year::READ),
        };
        format!("{rows} × year {}: {wrong}", quoted(year))
    };
    let mut notes: Vec<_> = years.iter().take(LISTED).map(wrong).collect();
    notes.extend(more(years.len(), "years"));
    notes
}

/// The names that were not matched, the most frequent first.
fn unmatched(annotator: &Annotator<'_>, all: bool) -> Vec<String> {
    let index = annotator.values.index;
    let unmatched = annotator.unmatched.by_rows();
    let note = |(name, Counted { status, rows, .. }): &(&str, &Counted)| {
        let remedy = remedy(annotator, name, *status);
        format!("{rows} × {}{remedy}", quoted(name))
    };
    let mut notes: Vec<_> =
        unmatched.iter().take(if all { usize::MAX } else { LISTED }).map(note).collect();
    notes.extend(more(
        if all { 0 } else { unmatched.len() },
        "names that are not matched; '--report FILE' lists them",
    ));
    let names = unmatched.iter().map(|(name, _)| *name);
    if let Some(system) = index.codes().better(names, annotator.values.query.codes.system) {
        let system = system.to_string();
        notes.push(format!(
            "most codes that are not matched are {}'s; '--codes {system}' reads the column so",
            system.to_uppercase()
        ));
    }
    let others: u64 = annotator.others().map(|(_, rows)| rows).sum();
    if others > 0 {
        let rows = if others == 1 { "1 row has" } else { &format!("{others} rows have") };
        notes.push(format!(
            "{rows} other names, too long or too many to be counted one by one: of {LONGEST} bytes and {MOST_NAMES} names at most"
        ));
    }
    let hint = annotator.undecodable.hint();
    if !hint.is_empty() {
        let name = annotator.values.query.encoding.name();
        notes.push(format!("there are names that are not in {name}{hint}"));
    }
    notes
}

/// Returns what to do about a name that was not matched.
fn remedy(annotator: &Annotator<'_>, name: &str, status: Status) -> String {
    let values = &annotator.values;
    let countries = candidates(values, name, status).into_iter();
    let countries: Vec<_> = countries.map(|country| format!("'{}'", country.name)).collect();
    let is_list = status == Status::Ambiguous && !values.parts(name).is_empty();
    match (countries.as_slice(), status) {
        (countries, _) if is_list => {
            let names = joined(countries, "and");
            format!(": a list of {names}; '--each' writes a row for each")
        }
        ([], _) => String::new(),
        ([whole], Status::Ambiguous) => format!(": a part of {whole}?"),
        (countries, Status::Ambiguous) => format!(": {}?", joined(countries, "or")),
        ([nearest, ..], _) => format!("; did you mean {nearest}?"),
    }
}

/// Says how many are not listed.
fn more(number: usize, what: &str) -> Option<String> {
    let more = number.saturating_sub(LISTED);
    (more > 0).then(|| format!("{more} more {what}"))
}

/// The years of the tiers in words: `year` is that of all rows, none where column `column` has each row's own.
pub fn years(year: Option<u16>, newest: u16, column: Option<&str>) -> String {
    match (year, column) {
        (Some(year), _) if year == newest => format!("the {year} report"),
        (Some(year), _) => {
            format!("the {year} report, which is not the newest: that of {newest} is")
        }
        (None, column) => format!("the years in column {}", quoted(column.unwrap_or_default())),
    }
}

/// Says that nothing names a country, or most cells do not, and which other column does, by the first rows.
pub fn say_wrong_column(
    said: &mut Remarks,
    annotator: &Annotator<'_>,
    table: UserTable<'_>,
    (reading, names): (&Reading, &[String]),
) {
    let (found, _) = counted(annotator, Status::is_country);
    let (unmatched, _) = counted(annotator, Status::is_unmatched);
    let other = reading.better.filter(|_| unmatched >= found);
    let is_empty = found == 0 && (unmatched > 0 || other.is_some());
    if !is_empty && (other.is_none() || unmatched == 0) {
        return;
    }
    let country = reading.columns.country;
    let called = match names.get(country) {
        _ if table.is_list() => "the list".to_owned(),
        Some(name) if table.header => format!("column {}", quoted(name)),
        _ => format!("column {}", country + 1),
    };
    let hint = other.map_or(String::new(), |other| {
        let number = other + 1;
        let typed = if table.header { typed(names, other) } else { number.to_string() };
        format!("; column {number} does: try --column {typed}")
    });
    let hint = hint + &annotator.undecodable.hint();
    if is_empty {
        said.not_found(format!("nothing in {called} names a country{hint}"));
    } else {
        said.warn(format!("most of {called} names no country{hint}"));
    }
}
