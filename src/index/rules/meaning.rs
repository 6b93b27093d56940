//! What the rows say: countries, regions, tiers.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::index::Index;
use crate::index::breach::Breach;
use crate::index::country::Country;
use crate::index::enforcement::Enforcement;
use crate::index::file::Files;
use crate::index::names::fold::fold;
use crate::index::names::spellings::Spelling;
use crate::index::region::{Kind, Member, Region};
use crate::index::rules::MOST;
use crate::index::sorted::rows;
use crate::index::tier::{Definition, TierDefinition, tier_key};

/// Every breach in what the rows say. `names`: whether `names.csv` is looked at, which is the largest.
pub(super) fn breaches(files: Files, index: &Index, names: bool) -> Result<Vec<Breach>> {
    let mut check = Check { found: Vec::new(), file: "", files };
    let members = rows(files.named("members.csv"))?;
    check.regions(&rows(files.named("regions.csv"))?, &members);
    check.countries(&rows::<Country>(files.named("countries.csv"))?, index);
    check.ranks(files, index)?;
    check.lists(files, index)?;
    check.tiers(index.tiers());
    check.tiles(index.tiles());
    check.definitions(&rows::<Definition>(files.named("definitions.csv"))?, index);
    check.enforcement(&rows::<Enforcement>(files.named("enforcement.csv"))?, index);
    check.placeholders(&rows(files.named("placeholders.csv"))?, index);
    if names {
        let names = rows::<Spelling>(files.named("names.csv"))?;
        check.spellings(&names, &index.countries);
        check.disputed(files, &names)?;
    }
    Ok(check.found)
}

/// The breaches found so far, and the file that is checked.
pub(super) struct Check {
    found: Vec<Breach>,
    pub(super) file: &'static str,
    files: Files,
}

impl Check {
    /// Notes a breach in row `index`, the first being 0.
    pub(super) fn fail(&mut self, index: usize, column: &'static str, what: &str) {
        if self.found.len() < MOST {
            let place = self.files.named(self.file).at(index + 2, Some(column));
            self.found.push(place.breach(what));
        }
    }

    pub(super) fn demand(&mut self, holds: bool, index: usize, column: &'static str, what: &str) {
        if !holds {
            self.fail(index, column, what);
        }
    }

    /// No code and no name is there twice.
    fn countries(&mut self, rows: &[Country], known: &Index) {
        self.file = "countries.csv";
        let mut taken = BTreeSet::new();
        for (index, row) in rows.iter().enumerate() {
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
        for (index, row) in rows.iter().enumerate() {
            let found = known.country(row.iso3).is_some();
            let what = "not found where the order of codes has it";
            self.demand(found, index, "iso3", what);
        }
    }

    /// No way to write a region means two.
    fn regions(&mut self, regions: &[Region], members: &[Member]) {
        self.file = "regions.csv";
        let mut written = BTreeSet::new();
        for (index, region) in regions.iter().enumerate() {
            let listed = members.iter().any(|member| member.region == region.code);
            let right = match region.kind {
                Kind::Group => listed,
                Kind::State | Kind::Snapshot | Kind::World => !listed,
                Kind::Un => true,
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
    fn tiers(&mut self, tiers: &[TierDefinition]) {
        self.file = "tiers.csv";
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
