//! CSV text in, index out. An error names file, line and, where the csv crate reads the file, column.

use std::cell::OnceCell;

use anyhow::{Context, Result, anyhow, bail};
use csv::StringRecord;
use serde::de::DeserializeOwned;

use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::Names;
use crate::index::sorted::Sorted;

/// The texts of the data files, each by its name.
#[derive(Clone, Copy, Debug)]
pub struct Files {
    pub countries: &'static str,
    pub figures: &'static str,
    pub names: &'static str,
    pub notes: &'static str,
    pub placements: &'static str,
    pub regions: &'static str,
    pub reports: &'static str,
    pub roles: &'static str,
    pub sources: &'static str,
    pub tiers: &'static str,
    pub typologies: &'static str,
    pub watch_list_rules: &'static str,
}

/// The data files this program was built with.
pub const EMBEDDED: Files = Files {
    countries: include_str!("../../data/countries.csv"),
    figures: include_str!("../../data/figures.csv"),
    names: include_str!("../../data/names.csv"),
    notes: include_str!("../../data/notes.csv"),
    placements: include_str!("../../data/placements.csv"),
    regions: include_str!("../../data/regions.csv"),
    reports: include_str!("../../data/reports.csv"),
    roles: include_str!("../../data/roles.csv"),
    sources: include_str!("../../data/sources.csv"),
    tiers: include_str!("../../data/tiers.csv"),
    typologies: include_str!("../../data/typologies.csv"),
    watch_list_rules: include_str!("../../data/watch_list_rules.csv"),
};

/// Builds the index. What is long is left unread until a question asks for a part of it.
///
/// # Errors
/// A row that cannot be read: its file, line and column.
pub fn load(files: Files) -> Result<Index> {
    let texts = [
        files.tiers,
        files.reports,
        files.regions,
        files.notes,
        files.watch_list_rules,
    ];
    let [tiers, reports, regions, notes, rules] = records(texts)?;
    let (countries, dissolved) = countries(files.countries)?;
    Ok(Index {
        countries,
        dissolved,
        tiers: typed("tiers.csv", &tiers)?,
        reports: typed("reports.csv", &reports)?,
        regions: typed("regions.csv", &regions)?,
        notes: typed("notes.csv", &notes)?,
        watch_list_rules: typed("watch_list_rules.csv", &rules)?,
        sources: Sorted::new(files.sources),
        placements: Sorted::new(files.placements),
        roles: Sorted::new(files.roles),
        own_names: OnceCell::new(),
        names: Names::new(files.names),
        vocabulary: OnceCell::new(),
        files,
    })
}

/// Every row of a data file.
///
/// # Errors
/// The first row that does not fit `Row`: its file, line and column.
pub fn rows<Row: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row>> {
    let [records] = records([text])?;
    typed(file, &records)
}

/// The countries, and the states that no longer exist, each sorted by code.
///
/// # Errors
/// A row that does not fit: its file and line.
fn countries(text: &'static str) -> Result<(Vec<Country>, Vec<Country>)> {
    // Room for all of ISO 3166-1 at once: growing would touch twice the memory, which start-up feels.
    let (mut countries, mut dissolved) = (Vec::with_capacity(256), Vec::new());
    for (number, line) in (2..).zip(Sorted::new(text).all()) {
        let country = Country::read(line).with_context(|| {
            format!("data/countries.csv:{number}: not the columns that the header names")
        })?;
        let list = if country.dissolved.is_none() {
            &mut countries
        } else {
            &mut dissolved
        };
        list.push(country);
    }
    Ok((countries, dissolved))
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    builder.from_reader(text.as_bytes())
}

/// The records of every text, each of which ends with its last line. One reader reads them all: to build one
/// takes as long as to read 200 rows.
fn records<const FILES: usize>(texts: [&str; FILES]) -> Result<[Vec<StringRecord>; FILES]> {
    let mut records = [const { Vec::new() }; FILES];
    let joined = texts.concat();
    let mut ends = texts.iter().scan(0, |end, text| {
        *end += text.len() as u64;
        Some(*end)
    });
    let mut files = records.iter_mut();
    let (mut end, mut file) = (0, None);
    for record in reader(&joined).into_records() {
        let record = record?;
        while record
            .position()
            .is_some_and(|position| position.byte() >= end)
        {
            end = ends.next().unwrap_or(u64::MAX);
            file = files.next();
        }
        if let Some(file) = &mut file {
            file.push(record);
        }
    }
    Ok(records)
}

/// Records, the header first, as rows.
fn typed<Row: DeserializeOwned>(file: &str, records: &[StringRecord]) -> Result<Vec<Row>> {
    let (header, rows) = records
        .split_first()
        .with_context(|| format!("data/{file}:1: no header"))?;
    let row = |(line, record): (u64, &StringRecord)| {
        if record.len() != header.len() {
            bail!(
                "data/{file}:{line}: {} columns; the header has {}",
                record.len(),
                header.len()
            );
        }
        record.deserialize(Some(header)).map_err(|error| {
            let column = broken_column::<Row>(record, header, rows).unwrap_or("?");
            let why = match error.kind() {
                csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
                _ => error.to_string(),
            };
            anyhow!("data/{file}:{line}: column '{column}': {why}")
        })
    };
    (2..).zip(rows).map(row).collect()
}

/// The first column of a record that does not fit `Row`. The csv crate does not say, so cells of a row that
/// fits stand in for all the columns to its right.
fn broken_column<'header, Row: DeserializeOwned>(
    broken: &StringRecord,
    header: &'header StringRecord,
    rows: &[StringRecord],
) -> Option<&'header str> {
    let fits = |record: &StringRecord| record.deserialize::<Row>(Some(header)).is_ok();
    let good = rows.iter().find(|record| fits(record))?;
    let mixed = |column| {
        broken
            .iter()
            .take(column + 1)
            .chain(good.iter().skip(column + 1))
            .collect()
    };
    header.get((0..header.len()).find(|column| !fits(&mixed(*column)))?)
}
