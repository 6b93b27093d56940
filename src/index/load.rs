//! Data files in, index out. What is long is left unread until a question asks for a part of it.

use std::cell::OnceCell;

use anyhow::Result;

use crate::index::Index;
use crate::index::codes::Codes;
use crate::index::country::Country;
use crate::index::file::{File, Files};
use crate::index::names::spellings::Names;
use crate::index::sorted::{Sorted, rows};

/// Builds the index.
///
/// # Errors
/// A row that cannot be read: its file, line and column.
pub fn load(files: Files) -> Result<Index> {
    let (countries, dissolved) = countries(files.named("countries.csv"))?;
    Ok(Index {
        countries,
        dissolved,
        tiers: rows(files.named("tiers.csv"))?,
        definitions: OnceCell::new(),
        reports: rows(files.named("reports.csv"))?,
        whole: OnceCell::new(),
        regions: OnceCell::new(),
        members: Sorted::new(files.named("members.csv")),
        notes: rows(files.named("notes.csv"))?,
        watch_list_rules: rows(files.named("watch_list_rules.csv"))?,
        chapters: Sorted::new(files.named("chapters.csv")),
        sources: Sorted::new(files.named("sources.csv")),
        placements: Sorted::new(files.named("placements.csv")),
        roles: Sorted::new(files.named("roles.csv")),
        lists: OnceCell::new(),
        listings: Sorted::new(files.named("listings.csv")),
        tiles: OnceCell::new(),
        earlier_roles: Sorted::new(files.named("roles_history.csv")),
        own_names: OnceCell::new(),
        names: Names::new(files.named("names.csv")),
        candidates: OnceCell::new(),
        codes: Codes::new(files.named("codes.csv")),
        bloom: OnceCell::new(),
        files,
        fault: OnceCell::new(),
    })
}

/// The countries, and the states that no longer exist, each sorted by code.
///
/// # Errors
/// As `rows`.
fn countries(file: &'static File) -> Result<(Vec<Country>, Vec<Country>)> {
    // Room for all of ISO 3166-1 at once: growing would touch twice the memory, which start-up feels.
    let (mut countries, mut dissolved) = (Vec::with_capacity(256), Vec::new());
    for row in Sorted::new(file).all() {
        let country: Country = row.parse()?;
        let list = if country.dissolved.is_none() { &mut countries } else { &mut dissolved };
        list.push(country);
    }
    Ok((countries, dissolved))
}
