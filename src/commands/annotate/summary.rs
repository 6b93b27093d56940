//! What became of the rows, in words and as a file.

use std::path::Path;

use anyhow::{Context, Result};

use crate::commands::annotate::suffix::{Annotator, Status};
use crate::commands::asked::joined;
use crate::index::Index;
use crate::index::resolve::Resolution;
use crate::output::style::quoted;

/// How many unmatched names the summary lists.
const LISTED: usize = 20;

/// The notes at the end: rows, what became of them, and the names that were not matched.
pub fn notes(index: &Index, annotator: &Annotator<'_>, years: &str, by_row: bool) -> Vec<String> {
    let rows = |status| annotator.rows(status);
    let total: u64 = Status::ALL.into_iter().map(rows).sum();
    let counted = Status::ALL
        .into_iter()
        .map(|status| format!("{} {}", rows(status), status.name()));
    let counted: Vec<String> = counted.collect();
    let rows_word = if total == 1 { "row" } else { "rows" };
    let mut notes = vec![format!(
        "{total} {rows_word}: {}; tiers of {years}",
        counted.join(", ")
    )];
    if by_row {
        let years = annotator.years_without_report();
        let years = years.iter().take(LISTED);
        notes.extend(
            years.map(|(year, rows)| {
                format!("{rows} × year {}: no report of that year", quoted(year))
            }),
        );
    }
    let unmatched = annotator.unmatched();
    for (name, status, rows) in unmatched.iter().take(LISTED) {
        notes.push(format!(
            "{rows} × {}{}",
            quoted(name),
            remedy(index, name, *status)
        ));
    }
    let more = unmatched.len().saturating_sub(LISTED);
    if more > 0 {
        notes.push(format!(
            "{more} more names are not matched; --report FILE lists them"
        ));
    }
    let others = annotator.others(Status::Ambiguous) + annotator.others(Status::Unknown);
    if others > 0 {
        notes.push(format!(
            "{others} rows have names that came too late to be counted one by one"
        ));
    }
    notes
}

/// What to do about a name that was not matched.
fn remedy(index: &Index, name: &str, status: Status) -> String {
    let countries = candidates(index, name, status);
    let countries: Vec<_> = countries
        .iter()
        .map(|country| format!("'{country}'"))
        .collect();
    match (countries.as_slice(), status) {
        ([], _) => String::new(),
        (countries, Status::Ambiguous) => format!(": {}?", joined(countries, "or")),
        ([nearest, ..], _) => format!("; did you mean {nearest}?"),
    }
}

/// The countries that an ambiguous name may mean, or those whose names are nearest to an unknown one. A short or
/// damaged text is near to many, and says nothing.
fn candidates(index: &Index, name: &str, status: Status) -> Vec<String> {
    const SHORTEST: usize = 4;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    match index.resolve(name) {
        Resolution::Several { candidates, .. } if status == Status::Ambiguous => {
            let names = candidates.iter().map(|country| country.name.to_string());
            names.collect()
        }
        _ if letters < SHORTEST || name.contains(char::REPLACEMENT_CHARACTER) => Vec::new(),
        _ => {
            let near = index.near(name).into_iter();
            near.map(|near| near.country.name.to_string()).collect()
        }
    }
}

/// Writes the unmatched names as CSV.
///
/// # Errors
/// The file cannot be written.
pub fn report(index: &Index, annotator: &Annotator<'_>, path: &Path) -> Result<()> {
    let write = || -> Result<()> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(["name", "status", "rows", "candidates"])?;
        for (name, status, rows) in annotator.unmatched() {
            let near = candidates(index, &name, status);
            writer.write_record([&name, status.name(), &rows.to_string(), &near.join(";")])?;
        }
        Ok(writer.flush()?)
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}
