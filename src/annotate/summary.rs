//! What became of the rows, in words and as a file.

use anyhow::{Result, anyhow};

use crate::annotate::annotator::Annotator;
use crate::annotate::unmatched::{Status, candidates, remedy};
use crate::index::row::Term;
use crate::text::quoted;

/// How many unmatched names the summary lists.
const LISTED: usize = 20;

/// The statuses of rows whose country is not found.
const UNMATCHED: [Status; 2] = [Status::Ambiguous, Status::Unknown];

/// The notes at the end: rows, what became of them, and what was not matched.
pub fn notes(annotator: &Annotator<'_>, years: &str) -> Vec<String> {
    let index = annotator.values.index;
    let rows = |status| annotator.rows(status);
    let total: u64 = Status::ALL.into_iter().map(rows).sum();
    let counted = Status::ALL.map(|status| format!("{} {}", rows(status), status.name()));
    let rows_word = if total == 1 { "row" } else { "rows" };
    let mut notes = vec![format!(
        "{total} {rows_word}: {}; tiers of {years}",
        counted.join(", ")
    )];
    let mut years: Vec<_> = annotator.wrong_years.iter().collect();
    years.sort_by_key(|(_, rows)| std::cmp::Reverse(**rows));
    let wrong = |(year, rows): &(&String, &u64)| {
        format!("{rows} × year {}: no report of that year", quoted(year))
    };
    notes.extend(years.iter().take(LISTED).map(wrong));
    notes.extend(more(years.len(), "years"));
    let unmatched = annotator.unmatched();
    for (name, status, rows) in unmatched.iter().take(LISTED) {
        notes.push(format!(
            "{rows} × {}{}",
            quoted(name),
            remedy(index, name, *status)
        ));
    }
    notes.extend(more(
        unmatched.len(),
        "names that are not matched; '--report FILE' lists them",
    ));
    let names = unmatched.iter().map(|(name, ..)| name.as_str());
    if let Some(system) = index.codes().better(names) {
        let system = system.name();
        notes.push(format!(
            "the codes that are not matched are all {}'s; '--codes {system}' reads the column so",
            system.to_uppercase()
        ));
    }
    let others: u64 = UNMATCHED
        .map(|status| others(annotator, &unmatched, status))
        .iter()
        .sum();
    if others > 0 {
        notes.push(format!(
            "{others} rows have other names, too many to be counted one by one"
        ));
    }
    notes
}

/// How many rows of a status have names that are not in the cache.
fn others(annotator: &Annotator<'_>, unmatched: &[(String, Status, u64)], status: Status) -> u64 {
    let of_status = unmatched.iter().filter(|(_, own, _)| *own == status);
    annotator.rows(status) - of_status.map(|(_, _, rows)| rows).sum::<u64>()
}

/// Says how many are not listed.
fn more(number: usize, what: &str) -> Option<String> {
    let more = number.saturating_sub(LISTED);
    (more > 0).then(|| format!("{more} more {what}"))
}

/// The unmatched names as CSV, and at the end how many rows have others.
///
/// # Errors
/// None: memory takes every byte.
pub fn report(annotator: &Annotator<'_>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["name", "status", "rows", "candidates"])?;
    let unmatched = annotator.unmatched();
    for (name, status, rows) in &unmatched {
        let near = candidates(annotator.values.index, name, *status).join(";");
        writer.write_record([name, status.name(), &rows.to_string(), &near])?;
    }
    for status in UNMATCHED {
        let others = others(annotator, &unmatched, status);
        if others > 0 {
            writer.write_record(["", status.name(), &others.to_string(), ""])?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| anyhow!("{}", error.error()))
}
