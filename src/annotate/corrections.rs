//! The user's own table of names, `--map`: it goes before the one of these data.

use std::collections::HashMap;
use std::io::Read;
use std::mem;
use std::path::Path;

use anyhow::{Context, Result, bail};
use foldhash::fast::RandomState;

use crate::annotate::formulas::unguarded;
use crate::index::names::notation::LONGEST;
use crate::index::placeholder::plain;
use crate::index::{Country, Index, Resolution};
use crate::input::open::open;
use crate::input::{Encoding, Input, Problem, Record, field};
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
    /// Reads the columns `name` and `iso3` of a CSV file: UTF-8, or in the encoding of the table. Rows without an `iso3` are
    /// passed over. `delimiter`: that of the table, where the user names it; one that the header shows goes before it.
    pub fn read(
        index: &'i Index,
        path: &Path,
        encoding: Encoding,
        delimiter: Option<u8>,
    ) -> Result<Self> {
        let (opened, file, _) = open(path)?;
        let mut bytes = Vec::new();
        let read = opened.take(LARGEST + 1).read_to_end(&mut bytes);
        read.with_context(|| format!("cannot read {file}"))?;
        if bytes.len() as u64 > LARGEST {
            bail!("{file} has more than 64 MiB; keep the names that your table has");
        }
        let mut input = Input::open(Box::new(&*bytes), &file, None)?;
        let delimiter = input.delimiter(delimiter.unwrap_or(b','));
        let header = input.header(delimiter, encoding)?;
        let (name, iso3) =
            column(&header, "name").zip(column(&header, "iso3")).with_context(|| {
                format!("{file}:1: a file of corrections has the columns 'name' and 'iso3'")
            })?;
        let text = |field: &[u8], column| {
            let value = field::value(field);
            let text = Encoding::UTF_8.text(&value).or_else(|| encoding.text(&value));
            let text = text.ok_or(Problem::NotEncoded(column))?;
            Ok(unguarded(text.trim()).to_owned())
        };
        let (mut corrections, mut is_header) = (Self::default(), true);
        let mut add = |row: &Record<'_>| {
            if mem::take(&mut is_header) {
                return Ok(());
            }
            if row.len() > row.columns {
                return Err(Problem::Ragged(row.len()));
            }
            let [name, iso3] = [name, iso3].map(|column| text(row.field(column), column));
            corrections.add(index, &name?, &iso3?).map_err(Problem::Refused)
        };
        input.scan(delimiter, header.len(), &mut add, |_| ())?;
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

fn column(header: &[String], name: &str) -> Option<usize> {
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
