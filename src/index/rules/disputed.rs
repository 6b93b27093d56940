//! What `disputed.csv` says: no name there is given to another country all the same.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::index::file::Files;
use crate::index::names::spellings::Spelling;
use crate::index::row::{FromRow, Row};
use crate::index::rules::meaning::Check;
use crate::index::sorted::rows;

/// One row of `disputed.csv`: a spelling that lists, regions or languages have too.
struct Disputed {
    key: &'static str,
    /// The country it stands for all the same; empty where it stands for none.
    decision: &'static str,
}

impl FromRow for Disputed {
    fn read(row: &mut Row) -> Result<Self> {
        let key = row.code()?;
        row.code()?;
        let decision = row.code()?;
        row.code()?;
        row.text()?;
        row.text()?;
        Ok(Self { key, decision })
    }
}

impl Check {
    /// # Errors
    /// A row that cannot be read.
    pub(super) fn disputed(&mut self, files: Files, names: &[Spelling]) -> Result<()> {
        self.file = "disputed.csv";
        let mut by_key: BTreeMap<&str, Vec<&Spelling>> = BTreeMap::new();
        for name in names {
            by_key.entry(name.key).or_default().push(name);
        }
        let disputed = rows::<Disputed>(files.named("disputed.csv"))?;
        for (index, row) in disputed.iter().enumerate() {
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
}
