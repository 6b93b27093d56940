//! What the rows say: countries, regions, tiers.

use std::collections::BTreeSet;

use crate::index::Index;
use crate::index::breach::Breach;
use crate::index::file::File;
use crate::index::names::fold::fold;
use crate::index::names::spellings::Spelling;
use crate::index::region::RegionKind;
use crate::index::rules::MOST;
use crate::index::table::Tables;
use crate::index::tier::tier_key;

/// Every breach in what the rows say. `all`: `names.csv`, which is the largest, is looked at though the user's rows do
/// not touch it.
pub(super) fn breaches(index: &Index, all: bool) -> Vec<Breach> {
    let tables = &index.tables;
    let mut check = Check { found: Vec::new(), file: tables.regions.file() };
    check.regions(tables);
    check.countries(tables);
    check.ranks(index);
    check.lists(index);
    check.listings(index);
    check.tiers(tables);
    check.tiles(tables);
    check.definitions(index);
    check.enforcement(index);
    check.placeholders(index);
    let is_own = |file: &File| file.origin.is_some();
    if all || is_own(tables.names.file()) || is_own(tables.countries.file()) {
        let names: Vec<Spelling> = tables.names.all().collect();
        check.spellings(tables, &names, &index.countries);
        check.disputed(tables, &names);
    }
    check.found
}

/// The breaches found so far, and the file that is checked.
pub(super) struct Check {
    found: Vec<Breach>,
    pub(super) file: &'static File,
}

impl Check {
    /// Notes a breach in row `index`, the first being 0.
    pub(super) fn fail(&mut self, index: usize, column: &'static str, what: &str) {
        if self.found.len() < MOST {
            let place = self.file.at(index + 2, self.file.schema().index_of(column));
            self.found.push(place.breach(what));
        }
    }

    pub(super) fn demand(&mut self, holds: bool, index: usize, column: &'static str, what: &str) {
        if !holds {
            self.fail(index, column, what);
        }
    }

    /// No code and no name is there twice.
    fn countries(&mut self, tables: &Tables) {
        self.file = tables.countries.file();
        let mut taken = BTreeSet::new();
        for (index, row) in tables.countries.all().enumerate() {
            let name = Some(fold(&row.name));
            let columns = [
                ("iso2", Some(row.iso2.to_lowercase())),
                ("numeric", row.numeric.map(str::to_owned)),
                ("name", name),
            ];
            for (column, value) in columns {
                let free = value.is_none_or(|value| taken.insert(value));
                self.demand(free, index, column, "names two countries; take it from one");
            }
        }
    }

    /// No way to write a region means two.
    fn regions(&mut self, tables: &Tables) {
        self.file = tables.regions.file();
        let mut written = BTreeSet::new();
        for (index, region) in tables.regions.rows().iter().enumerate() {
            let listed = tables.members.has_key(&region.code);
            let right = match region.kind {
                RegionKind::Group => listed,
                RegionKind::State | RegionKind::Snapshot | RegionKind::World => !listed,
                RegionKind::Un => true,
            };
            let what = "members stand in members.csv for organisations, else in countries.csv";
            self.demand(right, index, "kind", what);
            let own = fold(&region.code);
            self.demand(
                region.spellings.contains(&own),
                index,
                "spellings",
                "the code itself is missing; add it in small letters",
            );
            for spelling in &region.spellings {
                let fine = fold(spelling).replace(' ', "") == *spelling && written.insert(spelling);
                let what = format!(
                    "'{spelling}' is not folded, or means two regions; write small letters without spaces"
                );
                self.demand(fine, index, "spellings", &what);
            }
        }
    }

    /// Every tier is defined once, in the order of rank, and no way to write one means two.
    fn tiers(&mut self, tables: &Tables) {
        self.file = tables.tiers.file();
        let tiers = tables.tiers.rows();
        let defined: Vec<String> =
            tiers.iter().map(|definition| definition.tier.to_string()).collect();
        self.demand(
            defined == ["1", "2", "2WL", "3", "special", "none"],
            0,
            "tier",
            "must be 1, 2, 2WL, 3, special, none",
        );
        let (mut written, mut marks) = (BTreeSet::new(), BTreeSet::from(['.']));
        for (index, definition) in tiers.iter().enumerate() {
            let free = marks.insert(definition.mark);
            self.demand(free, index, "mark", "another tier's, or that of an unknown year");
            for spelling in &definition.spellings {
                let fine = tier_key(spelling) == *spelling && written.insert(spelling);
                self.demand(
                    fine,
                    index,
                    "spellings",
                    &format!("'{spelling}' is not folded, or means two tiers"),
                );
            }
        }
    }
}
