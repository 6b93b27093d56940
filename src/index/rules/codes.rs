//! What `codes.csv` and `disputed.csv` say: known countries, and no name that is given to another country all the same.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::index::Index;
use crate::index::codes::Code;
use crate::index::file::Files;
use crate::index::names::spellings::Spelling;
use crate::index::row::{FromRow, Row};
use crate::index::rules::meaning::Check;
use crate::index::sorted::rows;

/// One row of `disputed.csv`: a spelling that lists, regions or languages have too.
struct Disputed {
    key: &'static str,
    iso3: &'static str,
    /// The country it stands for all the same; empty where it stands for none.
    decision: &'static str,
}

impl FromRow for Disputed {
    fn read(row: &mut Row) -> Result<Self> {
        let (key, iso3, decision) = (row.code()?, row.code()?, row.code()?);
        row.code()?;
        row.text()?;
        row.text()?;
        Ok(Self { key, iso3, decision })
    }
}

impl Check<'_> {
    /// # Errors
    /// A row that cannot be read.
    pub(super) fn codes(&mut self, files: Files, names: &[Spelling], known: &Index) -> Result<()> {
        self.file = "codes.csv";
        for (index, code) in rows::<Code>(files.named("codes.csv"))?.iter().enumerate() {
            self.country_known(index, code.iso3, known);
            self.source(index, "source", code.source);
        }
        self.file = "disputed.csv";
        let mut by_key: BTreeMap<&str, Vec<&Spelling>> = BTreeMap::new();
        for name in names {
            by_key.entry(name.key).or_default().push(name);
        }
        let disputed = rows::<Disputed>(files.named("disputed.csv"))?;
        for (index, row) in disputed.iter().enumerate() {
            for iso3 in row.iso3.split(';') {
                self.country_known(index, iso3, known);
            }
            // A row collected by hand is a decision of its own.
            let mut given = by_key.get(row.key).into_iter().flatten();
            let otherwise = given.any(|name| {
                name.kind.is_name() && name.source != "tip" && name.iso3 != row.decision
            });
            let what = "names.csv gives it to a country otherwise";
            self.demand(!otherwise, index, "decision", what);
        }
        Ok(())
    }

    fn country_known(&mut self, index: usize, iso3: &str, known: &Index) {
        let what = format!("no country has the code '{iso3}'");
        self.demand(known.country(iso3).is_some(), index, "iso3", &what);
    }
}
