//! CSV text in, index out. The only reader of data files; an error names file, line and column.

use std::borrow::Cow;
use std::cell::OnceCell;

use anyhow::{Context, Result, anyhow, bail};
use csv::StringRecord;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::index::Index;
use crate::index::country::{Country, Placement, StatedRoles, place_of};
use crate::index::names::{Kind, Names, Spelling};

/// The texts of the data files.
#[derive(Clone, Copy)]
pub struct Files {
    /// `countries.csv`
    pub countries: &'static str,
    /// `names.csv`
    pub names: &'static str,
    /// `placements.csv`
    pub placements: &'static str,
    /// `roles.csv`
    pub roles: &'static str,
    /// `sources.csv`
    pub sources: &'static str,
    /// `tiers.csv`
    pub tiers: &'static str,
}

/// The data files this program was built with.
pub const EMBEDDED: Files = Files {
    countries: include_str!("../../data/countries.csv"),
    names: include_str!("../../data/names.csv"),
    placements: include_str!("../../data/placements.csv"),
    roles: include_str!("../../data/roles.csv"),
    sources: include_str!("../../data/sources.csv"),
    tiers: include_str!("../../data/tiers.csv"),
};

/// Builds the index.
///
/// # Errors
/// A row that cannot be read, or that belongs to no country: its file, line and column.
pub fn load(files: Files) -> Result<Index> {
    let texts = [files.placements, files.roles, files.tiers, files.sources];
    let [placements, roles, tiers, sources] = records(texts)?;
    let mut countries = countries(files.countries)?;
    for (line, placement) in (2..).zip(typed::<Placement>("placements.csv", &placements)?) {
        let owner = owner(&mut countries, &placement.iso3, "placements.csv", line)?;
        owner.placements.push(placement);
    }
    for (line, stated) in (2..).zip(typed::<StatedRoles>("roles.csv", &roles)?) {
        let owner = owner(&mut countries, &stated.iso3, "roles.csv", line)?;
        owner.roles.push(stated);
    }
    Ok(Index {
        countries,
        tiers: typed("tiers.csv", &tiers)?,
        sources: typed("sources.csv", &sources)?,
        own_names: OnceCell::new(),
        names: Names::new(files.names),
    })
}

/// The country that a row of `file` belongs to. `countries.csv` is sorted by code.
fn owner<'a>(
    countries: &'a mut [Country],
    iso3: &str,
    file: &str,
    line: u64,
) -> Result<&'a mut Country> {
    let country = place_of(countries, iso3).and_then(|place| countries.get_mut(place));
    country.with_context(|| {
        format!("data/{file}:{line}: column 'iso3': no country has the code '{iso3}'; add it to data/countries.csv")
    })
}

/// Every row of a data file.
///
/// # Errors
/// The first row that does not fit `Row`: its file, line and column.
#[cfg(test)]
pub fn rows<Row: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<Row>> {
    let [records] = records([text])?;
    typed(file, &records)
}

/// The first field of a line, where nothing in it can be quoted.
pub fn first_field(line: &str) -> &str {
    split_field(line).map_or(line, |(field, _)| field)
}

/// The first field of a line and the rest. The fields are too short for the search of `str::split` to pay.
fn split_field(line: &str) -> Option<(&str, &str)> {
    line.split_at_checked(line.bytes().position(|byte| byte == b',')?)
        .map(|(field, rest)| (field, rest.strip_prefix(',').unwrap_or_default()))
}

/// Every country. `countries.csv` and `names.csv` are long and looked at by every start and every name: their
/// columns but the last cannot be quoted, and are read without a CSV parser. The tests compare with one.
///
/// # Errors
/// A row that does not fit: its file and line.
pub fn countries(text: &'static str) -> Result<Vec<Country>> {
    // Room for all of ISO 3166-1 at once: growing would touch twice the memory, which start-up feels.
    let mut countries = Vec::with_capacity(256);
    for (number, line) in (2..).zip(text.lines().skip(1)) {
        let row = country(line);
        countries.push(row.with_context(|| {
            format!("data/countries.csv:{number}: not the columns that the header names")
        })?);
    }
    Ok(countries)
}

fn country(line: &'static str) -> Option<Country> {
    let (iso3, rest) = split_field(line)?;
    let (iso2, rest) = split_field(rest)?;
    let (numeric, rest) = split_field(rest)?;
    let (regions, rest) = split_field(rest)?;
    let (form_matters, name) = split_field(rest)?;
    Some(Country {
        iso3,
        iso2,
        numeric: (!numeric.is_empty()).then_some(numeric),
        regions,
        form_matters: form_matters == "yes",
        name: unquoted(name),
        placements: Vec::new(),
        roles: Vec::new(),
    })
}

/// The last field of a line.
fn unquoted(field: &'static str) -> Cow<'static, str> {
    let inside = field
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.map_or(Cow::Borrowed(field), |inside| {
        Cow::Owned(inside.replace("\"\"", "\""))
    })
}

/// A row of `names.csv`, read as `countries` does. The rules of the data let no row be unreadable.
pub fn spelling(line: &'static str) -> Option<Spelling> {
    let (key, rest) = split_field(line)?;
    let (iso3, rest) = split_field(rest)?;
    let (kind, rest) = split_field(rest)?;
    let (_languages, rest) = split_field(rest)?;
    let (source, name_and_note) = split_field(rest)?;
    let kind: StrDeserializer<'_, serde::de::value::Error> = kind.into_deserializer();
    let kind = Kind::deserialize(kind).ok()?;
    Some(Spelling {
        key,
        iso3,
        kind,
        source,
        name_and_note,
    })
}

/// The fields of one line.
pub fn fields(line: &str) -> Vec<String> {
    let record = reader(line).into_records().next().and_then(Result::ok);
    record.map_or(Vec::new(), |record| {
        record.iter().map(str::to_owned).collect()
    })
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
