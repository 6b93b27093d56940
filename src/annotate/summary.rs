//! What became of the rows, in words and as a file.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;

use crate::annotate::annotator::Annotator;
use crate::annotate::formulas::guarded;
use crate::annotate::unmatched::{Status, candidates, remedy};
use crate::answer::caveats::each_once;
use crate::index::placement::Evidence;
use crate::output::format::io_error;
use crate::output::stream::Stream;
use crate::text::quoted;

/// How many unmatched names the summary lists.
const LISTED: usize = 20;

/// The statuses of rows whose country is not found.
const UNMATCHED: [Status; 2] = [Status::Ambiguous, Status::Unknown];

/// What must be known of tiers whose evidence is not `confirmed`.
const UNSURE: &str =
    "are not confirmed: they have one source only, or sources differ; '--add evidence' says which";

/// The notes at the end: rows, what became of them, and what was not matched. `years`: those of the tiers, in words.
pub fn notes(annotator: &Annotator<'_>, years: &str) -> Vec<String> {
    let rows = |status| annotator.rows(status);
    let total: u64 = Status::ALL.into_iter().map(rows).sum();
    let met = Status::ALL.into_iter().filter(|status| rows(*status) > 0);
    let counted: Vec<_> = met.map(|status| format!("{} {}", rows(status), status.name())).collect();
    let rows_word = if total == 1 { "row" } else { "rows" };
    let colon = if total == 0 { "" } else { ": " };
    let counted = counted.join(", ");
    let mut notes = vec![format!("{total} {rows_word}{colon}{counted}; tiers of {years}")];
    notes.extend(coverage(annotator));
    notes.extend(wrong_years(annotator));
    notes.extend(unmatched(annotator));
    notes
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

/// The years that are no report's.
fn wrong_years(annotator: &Annotator<'_>) -> Vec<String> {
    let mut years: Vec<_> = annotator.wrong_years.iter().collect();
    years.sort_by_key(|(_, rows)| std::cmp::Reverse(**rows));
    let wrong = |(year, rows): &(&String, &u64)| {
        if year.trim().is_empty() {
            return format!("{rows} × no year");
        }
        let is_year = year.trim().parse::<u16>().is_ok();
        let wrong = if is_year { "no report of that year" } else { "not understood as a year" };
        format!("{rows} × year {}: {wrong}", quoted(year))
    };
    let mut notes: Vec<_> = years.iter().take(LISTED).map(wrong).collect();
    notes.extend(more(years.len(), "years"));
    notes
}

/// The names that were not matched, the most frequent first.
fn unmatched(annotator: &Annotator<'_>) -> Vec<String> {
    let index = annotator.values.index;
    let unmatched = annotator.unmatched.by_rows();
    let note = |(name, status, rows): &(&str, Status, u64)| {
        let remedy = remedy(index, name, *status);
        format!("{rows} × {}{remedy}", quoted(name))
    };
    let mut notes: Vec<_> = unmatched.iter().take(LISTED).map(note).collect();
    notes.extend(more(unmatched.len(), "names that are not matched; '--report FILE' lists them"));
    let names = unmatched.iter().map(|(name, ..)| *name);
    if let Some(system) = index.codes().better(names, annotator.values.codes()) {
        let system = system.to_string();
        notes.push(format!(
            "most codes that are not matched are {}'s; '--codes {system}' reads the column so",
            system.to_uppercase()
        ));
    }
    let others: u64 = UNMATCHED.iter().map(|status| others(annotator, *status)).sum();
    if others > 0 {
        notes.push(format!("{others} rows have other names, too many to be counted one by one"));
    }
    if annotator.is_undecodable {
        let encoding = annotator.values.encoding();
        let (name, hint) = (encoding.name(), encoding.hint());
        notes.push(format!("there are names that are not in {name}{hint}"));
    }
    notes
}

/// Returns how many rows of a status have names that are not counted one by one.
fn others(annotator: &Annotator<'_>, status: Status) -> u64 {
    annotator.rows(status) - annotator.unmatched.rows(status)
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

/// Writes the unmatched names as CSV, and at the end how many rows have others. With `iso3` filled in, `--map` takes it.
/// `safe`: whether names that are formulas are guarded.
///
/// # Errors
/// The write failed.
pub fn report(annotator: &Annotator<'_>, safe: bool, out: &mut Stream) -> Result<()> {
    out.add(|out| report_to(annotator, safe, out).map_err(io_error))
}

fn report_to(annotator: &Annotator<'_>, safe: bool, out: &mut dyn Write) -> Result<(), csv::Error> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 12).from_writer(out);
    writer.write_record(["name", "status", "rows", "candidates", "iso3"])?;
    for (name, status, rows) in annotator.unmatched.by_rows() {
        let candidates = candidates(annotator.values.index, name, status);
        let iso3 = match candidates.as_slice() {
            [one] => one.iso3,
            _ => "",
        };
        let names: Vec<&str> = candidates.iter().map(|it| &*it.name).collect();
        let (rows, names) = (rows.to_string(), names.join(";"));
        let name = if safe { guarded(name) } else { name.into() };
        writer.write_record([&*name, status.name(), &rows, &names, iso3])?;
    }
    for status in UNMATCHED {
        let others = others(annotator, status);
        if others > 0 {
            writer.write_record(["", status.name(), &others.to_string(), "", ""])?;
        }
    }
    Ok(writer.flush()?)
}
