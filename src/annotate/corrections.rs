//! The user's own table of names, `--map`: it goes before the one of these data.

use std::collections::HashMap;
use std::io::Read;
use std::mem;
use std::path::Path;

use anyhow::{Context, Result, bail};
use foldhash::fast::RandomState;

use crate::annotate::formulas::unguarded;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::notation::LONGEST;
use crate::index::names::resolve::Resolution;
use crate::index::placeholder::plain;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::input::open::open;
use crate::input::problem::Problem;
use crate::input::reader::Input;
use crate::input::record::Record;
use crate::input::sink::Sink;
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
    ///
    /// # Errors
    /// The file cannot be read, lacks a column, has a code that no country has, or gives a name two countries.
    pub fn read(
        index: &'i Index,
        path: &Path,
        encoding: Encoding,
        delimiter: Option<u8>,
    ) -> Result<Self> {
        let (opened, file, size) = open(path)?;
        if size.is_some_and(|size| size > LARGEST) {
            bail!(too_large(&file));
        }
        let mut input = Input::open(Box::new(opened.take(LARGEST + 1)), &file, size)?;
        let delimiter = match input.delimiters().as_slice() {
            [one] => *one,
            _ => delimiter.unwrap_or(b','),
        };
        let header = input.header(delimiter, encoding)?;
        let (name, iso3) =
            column(&header, "name").zip(column(&header, "iso3")).with_context(|| {
                format!("{file}:1: a file of corrections has the columns 'name' and 'iso3'")
            })?;
        let record = Record::with_most(header.len());
        let (corrections, columns) = (Self::default(), header.len());
        let mut rows =
            Rows { index, encoding, corrections, record, columns, name, iso3, header: true };
        let mut bytes = 0;
        input.scan(delimiter, columns, &mut rows, |read| bytes += read as u64)?;
        if bytes > LARGEST {
            bail!(too_large(&file));
        }
        Ok(rows.corrections)
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

/// The rows of a file of corrections.
struct Rows<'i> {
    index: &'i Index,
    encoding: Encoding,
    corrections: Corrections<'i>,
    record: Record,
    /// How many columns there are, and which are read.
    columns: usize,
    name: usize,
    iso3: usize,
    /// Whether the header comes next.
    header: bool,
}

impl Rows<'_> {
    /// Returns the text of a field, which is empty where the row ends before it.
    fn text(&self, chunk: &[u8], start: usize, column: usize) -> Result<String, Problem> {
        let field = self.record.field(chunk, start, column).unwrap_or_default();
        let value = field::value(field);
        let text = Encoding::UTF_8.text(&value).or_else(|| self.encoding.text(&value));
        let text = text.ok_or(Problem::NotEncoded(column))?;
        Ok(unguarded(text.trim()).to_owned())
    }
}

impl Sink for Rows<'_> {
    fn fields(&mut self, base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        if !mem::take(&mut self.header) {
            if self.record.len() > self.columns {
                return Err(Problem::Ragged(self.record.len()));
            }
            let [name, iso3] = [self.name, self.iso3].map(|it| self.text(chunk, start, it));
            let added = self.corrections.add(self.index, &name?, &iso3?);
            added.map_err(Problem::Refused)?;
        }
        self.record.clear();
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        self.record.clear();
        Ok(())
    }
}

fn too_large(file: &str) -> String {
    format!("{file} has more than 64 MiB; keep the names that your table has")
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
