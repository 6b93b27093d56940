//! The form of the embedded files, which no user can break: the header, the order, and the bytes as a CSV writer would
//! write them. What a user gives is written anew.

use std::collections::BTreeSet;

use crate::index::file::{Breach, File};

/// Returns what is wrong with the form of a file.
pub(super) fn breaches(file: &'static File) -> Vec<Breach> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).from_reader(file.text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map_while(Result::ok).collect();
    let mut found = rewritten(file, &records);
    found.extend(read_otherwise(file, &records));
    let Some((header, rows)) = records.split_first() else {
        return found;
    };
    let columns = file.schema().fields.iter().map(|field| field.name.as_str());
    let columns: Vec<&str> = columns.collect();
    if !header.iter().eq(columns.iter().copied()) {
        let what = format!("the header must be {}", columns.join(","));
        found.push(file.at(1, None).breach(what));
    }
    let sorted_by = file.schema().sorted_by.len();
    for (line, pair) in (3..).zip(rows.windows(2)) {
        let keys: Vec<Vec<&str>> =
            pair.iter().map(|row| row.iter().take(sorted_by).collect()).collect();
        if sorted_by > 0 && !keys.is_sorted_by(|a, b| a < b) {
            let key = keys.last().map_or(String::new(), |key| key.join(","));
            let what = format!("out of order, or there twice: {key}");
            found.push(file.at(line, None).breach(what));
        }
    }
    found.extend(there_twice(file, rows));
    found
}

/// Rows that agree in all that tells rows of the file apart.
fn there_twice(file: &File, rows: &[csv::StringRecord]) -> Vec<Breach> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (line, row) in (2..).zip(rows) {
        let columns = file.schema().key().iter().filter_map(|name| file.schema().index_of(name));
        let key: Vec<&str> = columns.filter_map(|nth| row.get(nth)).collect();
        if !seen.insert(key.clone()) {
            let what = format!("there twice: {}", key.join(","));
            found.push(file.at(line, None).breach(what));
        }
    }
    found
}

/// Where a file differs from what a CSV writer makes of its records.
fn rewritten(file: &File, records: &[csv::StringRecord]) -> Vec<Breach> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Memory takes every record: what cannot be written is found to differ.
    for record in records {
        let _ = writer.write_record(record);
    }
    let written = writer.into_inner().unwrap_or_default();
    let written = String::from_utf8_lossy(&written);
    let differs = file.text.lines().zip(written.lines()).position(|(a, b)| a != b);
    let (line, what) = match differs {
        Some(place) => (place + 1, "not as a CSV writer writes it"),
        None if *file.text == *written => return Vec::new(),
        None => (1, "other line ends than one newline, or unreadable lines"),
    };
    vec![file.at(line, None).breach(what)]
}

/// Where the program reads a row otherwise than the csv crate does.
fn read_otherwise(file: &'static File, records: &[csv::StringRecord]) -> Vec<Breach> {
    let rows = (2..).zip(file.rows()).zip(records.iter().skip(1));
    let differs = rows.filter(|((_, row), record)| !row.cells().eq(record.iter()));
    let said = differs.map(|((line, _), _)| {
        let place = file.at(line, None);
        place.breach("read otherwise than by the csv crate")
    });
    said.collect()
}
