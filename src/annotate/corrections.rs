//! The user's own table of names, `--map`: it goes before the one of these data.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::annotate::formulas::unguarded;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::notation::LONGEST;
use crate::index::names::resolve::Resolution;
use crate::index::placeholder::plain;
use crate::input::delimiter::in_header;
use crate::text::{path as shown, quoted};

/// The largest file of corrections that is read, in bytes: it is kept in memory.
const LARGEST: u64 = 1 << 20;

/// How many names are kept, and how many bytes of them.
const MOST_NAMES: usize = 1 << 13;
const MOST_BYTES: usize = 1 << 19;

/// Which country a name stands for, by the user's account.
#[derive(Debug, Default)]
pub struct Corrections<'i> {
    countries: HashMap<Box<str>, &'i Country>,
    /// The bytes of all names.
    bytes: usize,
}

impl<'i> Corrections<'i> {
    /// Reads the columns `name` and `iso3` of a CSV file. Rows without an `iso3` are passed over.
    ///
    /// # Errors
    /// The file cannot be read, lacks a column, has a code that no country has, or gives a name two countries.
    pub fn read(index: &'i Index, path: &Path) -> Result<Self> {
        let file = shown(path);
        let mut text = Vec::new();
        let opened = File::open(path).with_context(|| format!("cannot read {file}"))?;
        let read = opened.take(LARGEST + 1).read_to_end(&mut text);
        read.with_context(|| format!("cannot read {file}"))?;
        if text.len() as u64 > LARGEST {
            bail!("{file} has more than 1 MiB; keep the rows whose iso3 is filled in");
        }
        let delimiter = match in_header(&text).as_slice() {
            [one] => *one,
            _ => b',',
        };
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.delimiter(delimiter).from_reader(text.as_slice());
        let header = reader.headers().with_context(|| format!("{file}:1"))?;
        let (name, iso3) = (place(header, "name"), place(header, "iso3"));
        let (name, iso3) = name.zip(iso3).with_context(|| {
            format!("{file}:1: a file of corrections has the columns 'name' and 'iso3'")
        })?;
        let mut corrections = Self::default();
        for record in reader.records() {
            let record = record.with_context(|| file.clone())?;
            let line = record.position().map_or(0, csv::Position::line);
            let field = |place| record.get(place).unwrap_or_default().trim();
            let name = unguarded(field(name));
            let added = corrections.add(index, name, field(iso3));
            added.with_context(|| format!("{file}:{line}"))?;
        }
        Ok(corrections)
    }

    fn add(&mut self, index: &'i Index, name: &str, iso3: &str) -> Result<()> {
        if name.is_empty() || iso3.is_empty() {
            return Ok(());
        }
        let country = index.country(&iso3.to_ascii_uppercase());
        let country = country.with_context(|| not_a_code(index, iso3))?;
        let Some(key) = plain(name, LONGEST) else {
            bail!("column 'name': more than {LONGEST} letters");
        };
        self.bytes += key.len();
        if self.countries.len() == MOST_NAMES || self.bytes > MOST_BYTES {
            bail!(
                "more than {MOST_NAMES} names, or 512 KiB of them; keep those that your file has"
            );
        }
        match self.countries.insert(key.into_boxed_str(), country) {
            Some(other) if other.iso3 != country.iso3 => bail!(
                "column 'iso3': {} is '{}' here and '{}' in a row before; keep one of them",
                quoted(name),
                country.iso3,
                other.iso3
            ),
            _ => Ok(()),
        }
    }

    /// The country that a name stands for, whatever its case and its spaces.
    pub fn country(&self, name: &str) -> Option<&'i Country> {
        if self.countries.is_empty() {
            return None;
        }
        self.countries.get(&*plain(name, LONGEST)?).copied()
    }
}

fn place(header: &csv::StringRecord, name: &str) -> Option<usize> {
    let is_called = |field: &str| {
        let field = field.trim_start_matches('\u{feff}').trim();
        field.eq_ignore_ascii_case(name)
    };
    header.iter().position(is_called)
}

/// That a code is none, and what to write.
fn not_a_code(index: &Index, written: &str) -> String {
    let meant = match index.resolve(written) {
        Resolution::Country { country, .. } => vec![country.iso3],
        Resolution::Several { candidates, .. } => candidates.iter().map(|it| it.iso3).collect(),
        Resolution::Unknown => {
            let near = index.near(written).into_iter();
            near.map(|near| near.country.iso3).collect()
        }
    };
    let write = match meant.as_slice() {
        [] => "such as 'MDA', or leave it empty".to_owned(),
        meant => format!("'{}'", meant.join("' or '")),
    };
    format!("column 'iso3': {} is no ISO 3166-1 alpha-3 code; write {write}", quoted(written))
}
