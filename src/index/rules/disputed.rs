//! What `disputed.csv` says: no name there is given to another country all the same.

use std::collections::BTreeMap;

use crate::index::names::spellings::Spelling;
use crate::index::rules::meaning::Check;
use crate::index::table::Tables;

impl Check {
    pub(super) fn disputed(&mut self, tables: &Tables, names: &[Spelling]) {
        self.file = tables.disputed.file();
        let mut by_key: BTreeMap<&str, Vec<&Spelling>> = BTreeMap::new();
        for name in names {
            by_key.entry(name.key).or_default().push(name);
        }
        for (index, row) in tables.disputed.rows().iter().enumerate() {
            // A row collected by hand is a decision of its own.
            let mut given = by_key.get(row.key).into_iter().flatten();
            let otherwise = given.any(|name| {
                name.kind.is_name() && name.source != "tip" && name.iso3 != row.decision
            });
            let what = "names.csv gives it to a country otherwise";
            self.demand(!otherwise, index, "decision", what);
        }
    }
}
