//! What must hold of the data files. Every breach is a line that names file, line and column. Rows are read with
//! the csv crate here, also where `load` reads them without it, and the two are compared.

mod facts;
mod meaning;
mod ranks;
mod spellings;
mod tests;

use crate::index::load::{Files, load};

/// A data file: its name, text and header, and how many columns make the key it is sorted by.
struct File {
    name: &'static str,
    text: &'static str,
    header: &'static str,
    keys: usize,
}

/// Every file. `tiers.csv` is in the order of rank, which is checked apart; figures and typologies are in that of their
/// source.
fn every(files: Files) -> [File; 12] {
    let file = |name, text, header, keys| File {
        name,
        text,
        header,
        keys,
    };
    [
        file(
            "countries.csv",
            files.countries,
            "iso3,iso2,numeric,regions,form_matters,dissolved,name",
            1,
        ),
        file(
            "figures.csv",
            files.figures,
            "figure,value,period,attributed_to,sources",
            0,
        ),
        file(
            "names.csv",
            files.names,
            "key,iso3,kind,languages,source,name,note",
            7,
        ),
        file("notes.csv", files.notes, "iso3,from,to,source,note", 2),
        file(
            "placements.csv",
            files.placements,
            "iso3,year,tier,evidence,ranked_as,sources,url",
            2,
        ),
        file(
            "regions.csv",
            files.regions,
            "region,name,definition,spellings",
            1,
        ),
        file(
            "reports.csv",
            files.reports,
            "year,document,countries,missing,note",
            1,
        ),
        file("roles.csv", files.roles, "iso3,year,roles,source,note", 2),
        file(
            "sources.csv",
            files.sources,
            "id,title,publisher,date,url,rights",
            1,
        ),
        file(
            "tiers.csv",
            files.tiers,
            "tier,mark,name,definition,criteria,note,document,spellings",
            0,
        ),
        file(
            "typologies.csv",
            files.typologies,
            "typology,traits,source",
            0,
        ),
        file(
            "watch_list_rules.csv",
            files.watch_list_rules,
            "from,reports,returned,source,rule",
            1,
        ),
    ]
}

/// Every breach of the rules.
fn breaches(files: Files) -> Vec<String> {
    let mut found: Vec<String> = every(files).iter().flat_map(form).collect();
    match load(files).and_then(|index| meaning::breaches(files, &index)) {
        Ok(more) => found.extend(more),
        Err(error) => found.push(error.to_string()),
    }
    found
}

/// The header, the order, the cells, and the bytes as a CSV writer would write them.
fn form(file: &File) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .has_headers(false)
        .flexible(true)
        .from_reader(file.text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map_while(Result::ok).collect();
    let mut found = rewritten(file, &records);
    let mut fail =
        |line: usize, what: &str| found.push(format!("data/{}:{line}: {what}", file.name));
    let Some((header, rows)) = records.split_first() else {
        return found;
    };
    if header.iter().collect::<Vec<_>>().join(",") != file.header {
        fail(1, &format!("the header must be {}", file.header));
    }
    let key = |row: &csv::StringRecord| {
        row.iter()
            .take(file.keys)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for (line, pair) in (3..).zip(rows.windows(2)) {
        let keys: Vec<_> = pair.iter().map(key).collect();
        if file.keys > 0 && !keys.is_sorted_by(|a, b| a < b) {
            let key = keys.last().map_or(String::new(), |key| key.join(","));
            fail(line, &format!("out of order, or there twice: {key}"));
        }
    }
    for (line, row) in (2..).zip(rows) {
        for (cell, column) in row.iter().zip(file.header.split(',')) {
            if cell != cell.trim() || cell.contains(['\n', '\r', '\t']) {
                fail(
                    line,
                    &format!("column '{column}': space at an end, or a line break"),
                );
            }
        }
    }
    found
}

/// Where a file differs from what a CSV writer makes of its records.
fn rewritten(file: &File, records: &[csv::StringRecord]) -> Vec<String> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for record in records {
        writer
            .write_record(record)
            .expect("memory takes every record");
    }
    let written = writer.into_inner().expect("memory takes every byte");
    let written = String::from_utf8_lossy(&written);
    let differs = file
        .text
        .lines()
        .zip(written.lines())
        .position(|(a, b)| a != b);
    match differs {
        Some(place) => vec![format!(
            "data/{}:{}: not as a CSV writer writes it",
            file.name,
            place + 1
        )],
        None if *file.text == *written => Vec::new(),
        None => vec![format!(
            "data/{}:1: other line ends than one newline, or unreadable lines",
            file.name
        )],
    }
}
