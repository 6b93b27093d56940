//! What a folder may leave out because it can be worked out: the report of a year that has placements, the document that a
//! report is, the user as a source, and the years of the Special Watch List. No date and no address is made up.

use std::borrow::Cow;
use std::path::Path;

use crate::index::file::{File, Form};
use crate::index::lists::SPECIAL_WATCH_LIST;
use crate::index::own::user_file::Own;
use crate::index::row;
use crate::index::table::Tables;
use crate::text;

/// The source of rows that name none.
const OWN: &str = "own";

/// Adds what the files of a folder leave out.
pub fn complete(files: &mut Vec<Own>, folder: &Path) {
    let embedded = Tables::embedded();
    reports(files, &embedded, folder);
    documents(files, &embedded, folder);
    let names_own = |file: &Own| {
        let references = file.base.schema().references();
        let columns = references.filter(|(_, it)| it.file_and_column().0 == "sources.csv");
        let mut columns = columns.filter_map(|(nth, _)| file.base.columns().nth(nth));
        columns.any(|column| file.column(column).any(|it| it.split(';').any(|id| id == OWN)))
    };
    if files.iter().any(names_own) && !has(files, embedded.sources.file(), "id", OWN) {
        let title = format!("own data ({})", text::path(folder));
        own_file(files, embedded.sources.file(), folder)
            .push(&[OWN, &title, "", "", "dataset", "", ""], None);
    }
    special_watch_list(files, &embedded, folder);
}

/// Adds the reports of years that have placements, as far as each follows the one before: 2062 may be 2026 mistyped.
fn reports(files: &mut Vec<Own>, embedded: &Tables, folder: &Path) {
    let file = embedded.reports.file();
    let placed = files.iter().filter(|it| it.base.name == "placements.csv");
    let placed: Vec<String> = placed.flat_map(|it| it.column("year")).map(Into::into).collect();
    let known =
        |files: &[Own], year: &str| has(files, file, "year", year) || embedded_has(file, year);
    let last = embedded.reports.rows().last().map_or(0, |report| report.year);
    for year in (last + 1..).map(|year| year.to_string()) {
        if known(files, &year) {
            continue;
        }
        if !placed.contains(&year) {
            return;
        }
        let document = format!("TIP{year}");
        own_file(files, file, folder).push(&[&*year, &document, "", "", "", "no", ""], None);
    }
}

/// Adds the documents that reports of the user's are, where they have the name that a report without one gets.
fn documents(files: &mut Vec<Own>, embedded: &Tables, folder: &Path) {
    let file = embedded.sources.file();
    let reports = files.iter().filter(|it| it.base.name == "reports.csv");
    let years: Vec<(String, String)> = reports
        .flat_map(|it| it.column("year").zip(it.column("document")))
        .map(|(year, document)| (year.into_owned(), document.into_owned()))
        .collect();
    for (year, document) in years {
        let is_known = has(files, file, "id", &document) || embedded_has(file, &document);
        if document == format!("TIP{year}") && !is_known {
            let title = format!("{year} Trafficking in Persons Report");
            let publisher = "US Department of State";
            let rights = "US government work, public domain";
            own_file(files, file, folder)
                .push(&[&*document, &title, publisher, "", "state", "", rights], None);
        }
    }
}

/// Adds to the list that is worked out from the tiers the years of new reports.
fn special_watch_list(files: &mut Vec<Own>, embedded: &Tables, folder: &Path) {
    let file = embedded.lists.file();
    let reports = files.iter().filter(|it| it.base.name == "reports.csv");
    let years: Vec<String> = reports.flat_map(|it| it.column("year")).map(Into::into).collect();
    let own = files.iter_mut().find(|it| it.base.name == file.name);
    let own = own.and_then(|own| {
        let nth = own.column("list").position(|id| id == SPECIAL_WATCH_LIST)?;
        Some(own.rows.remove(nth))
            .map(|row| (own.cells(&row).iter().map(ToString::to_string).collect(), row.start))
    });
    let is_it = |line: &&str| row::first_field(line) == SPECIAL_WATCH_LIST;
    let embedded_row = || file.text.lines().find(is_it);
    let (mut cells, start): (Vec<String>, _) =
        own.unwrap_or_else(|| (row::cells(embedded_row()).map(Cow::into_owned).collect(), None));
    let Some(whole) = file.schema().index_of("whole").and_then(|nth| cells.get_mut(nth)) else {
        return;
    };
    let last = whole.rsplit(';').next().unwrap_or_default().to_owned();
    let mut years: Vec<&String> = years.iter().filter(|year| **year > last).collect();
    years.sort();
    if years.is_empty() && start.is_none() {
        return;
    }
    for year in years {
        whole.push_str(if whole.is_empty() { "" } else { ";" });
        whole.push_str(year);
    }
    own_file(files, file, folder).push(&cells, start);
}

/// Whether a row of the user's has this value in a column.
fn has(files: &[Own], file: &File, column: &str, value: &str) -> bool {
    let own = files.iter().filter(|it| it.base.name == file.name);
    own.into_iter().any(|own| own.column(column).any(|it| it == value))
}

/// Whether a row of the embedded file begins with this value.
fn embedded_has(file: &File, value: &str) -> bool {
    file.text.lines().any(|line| row::first_field(line) == value)
}

/// The user's file of a name; where the folder has none, one without a row.
fn own_file<'f>(files: &'f mut Vec<Own>, base: &'static File, folder: &Path) -> &'f mut Own {
    let place = files.iter().position(|it| it.base.name == base.name);
    let place = place.unwrap_or_else(|| {
        let order = base.columns().map(|_| None).collect();
        let form = Form { delimiter: b',', order };
        files.push(Own::new(base, folder.join(base.name), form));
        files.len() - 1
    });
    // It was found, or added.
    #[expect(clippy::indexing_slicing, reason = "it was found, or added")]
    &mut files[place]
}
