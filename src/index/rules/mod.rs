//! What must hold of the data files. Every breach is a line that names file, line and column.

mod definitions;
mod enforcement;
#[cfg(test)]
mod facts;
mod lists;
mod meaning;
mod ranks;
mod spellings;
#[cfg(test)]
mod tests;
mod tiles;

use std::borrow::Cow;

use crate::index::files::{File, Files};
use crate::index::load::load;
use crate::index::row::Row;
use crate::index::sorted::Sorted;

/// Every breach of the rules.
fn breaches(files: Files) -> Vec<String> {
    let mut found: Vec<String> = files.0.iter().flat_map(form).collect();
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
    found.extend(read_otherwise(file, &records));
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

/// Where the program reads a row otherwise than the csv crate does.
fn read_otherwise(file: &File, records: &[csv::StringRecord]) -> Vec<String> {
    let fields = |mut row: Row| -> Vec<String> {
        let texts = std::iter::from_fn(|| row.text().ok());
        texts.map(Cow::into_owned).collect()
    };
    let rows = Sorted::new(*file).all().zip(records.iter().skip(1));
    let differs = rows.filter(|(row, record)| fields(*row) != record.iter().collect::<Vec<_>>());
    let said = differs.map(|(row, _)| {
        let (name, line) = (file.name, row.number_of_line());
        format!("data/{name}:{line}: read otherwise than by the csv crate")
    });
    said.collect()
}
