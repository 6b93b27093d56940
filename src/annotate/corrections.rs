//! The user's own table of names, `--map`: it goes before the one of these data.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use foldhash::fast::RandomState;

use crate::annotate::formulas::unguarded;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::notation::LONGEST;
use crate::index::names::resolve::Resolution;
use crate::index::placeholder::plain;
use crate::input::open::open;
use crate::input::reader::Input;
use crate::text::quoted;

/// The largest file of corrections that is read, in bytes, and how many names are kept: they are in memory.
const LARGEST: u64 = 64 << 20;
const MOST_NAMES: usize = 1_000_000;

/// Which country a name stands for, by the user's account.
#[derive(Debug, Default)]
pub struct Corrections<'i> {
    countries: HashMap<Box<str>, &'i Country, RandomState>,
}

impl<'i> Corrections<'i> {
    /// Reads the columns `name` and `iso3` of a CSV file. Rows without an `iso3` are passed over.
    ///
    /// # Errors
    /// The file cannot be read, lacks a column, has a code that no country has, or gives a name two countries.
    pub fn read(index: &'i Index, path: &Path) -> Result<Self> {
        let (opened, file, size) = open(path)?;
        let too_large =
            || format!("{file} has more than 64 MiB; keep the names that your table has");
        if size.is_some_and(|size| size > LARGEST) {
            bail!(too_large());
        }
        let mut input = Input::open(Box::new(opened.take(LARGEST + 1)), &file, size)?;
        let delimiter = match input.delimiters().as_slice() {
            [one] => *one,
            _ => b',',
        };
        let mut builder = csv::ReaderBuilder::new();
        let mut reader = builder.delimiter(delimiter).from_reader(input.reader());
        let header = reader.headers().with_context(|| format!("{file}:1"))?;
        let (name, iso3) = (column(header, "name"), column(header, "iso3"));
        let (name, iso3) = name.zip(iso3).with_context(|| {
            format!("{file}:1: a file of corrections has the columns 'name' and 'iso3'")
        })?;
        let mut corrections = Self::default();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).with_context(|| file.clone())? {
            if reader.position().byte() > LARGEST {
                bail!(too_large());
            }
            let line = record.position().map_or(0, csv::Position::line);
            let field = |column| record.get(column).unwrap_or_default().trim();
            let added = corrections.add(index, unguarded(field(name)), field(iso3));
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
        if self.countries.len() == MOST_NAMES {
            bail!("more than 1,000,000 names; keep those that your table has");
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

    /// Returns the country that a name stands for, whatever its case and its spaces.
    pub fn country(&self, name: &str) -> Option<&'i Country> {
        if self.countries.is_empty() {
            return None;
        }
        self.countries.get(&*plain(name, LONGEST)?).copied()
    }
}

fn column(header: &csv::StringRecord, name: &str) -> Option<usize> {
    header.iter().position(|field| field.trim().eq_ignore_ascii_case(name))
}

/// Returns the message that a code is none, and what to write.
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
