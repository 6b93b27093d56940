//! What the rows say by themselves: codes, regions, tiers, references.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::index::Index;
use crate::index::breach::Breach;
use crate::index::context::{Figure, Typology};
use crate::index::country::Country;
use crate::index::enforcement::Enforcement;
use crate::index::file::Files;
use crate::index::names::fold::fold;
use crate::index::names::spellings::Spelling;
use crate::index::region::{Kind, Member, Region};
use crate::index::rules::MOST;
use crate::index::sorted::rows;
use crate::index::source::Source;
use crate::index::tier::{Definition, TierDefinition, tier_key};

/// What is known of rows besides the files.
#[derive(Debug, Default)]
pub struct Known {
    /// The first cells of rows that were left out for what is wrong with them, by their file, and an empty one for a
    /// file that was left out: what names them is right.
    pub left_out: BTreeSet<(&'static str, String)>,
    /// Whether `names.csv` keeps the rules, as no file that they are about has changed: it is the largest.
    pub names: bool,
}

impl Known {
    /// Whether a row with this first cell was left out.
    pub fn is_left_out(&self, file: &'static str, key: &str) -> bool {
        let is_out = |key: &str| self.left_out.contains(&(file, key.to_owned()));
        !self.left_out.is_empty() && (is_out(key) || is_out(""))
    }
}

/// Every breach in what the rows say.
pub(super) fn breaches(files: Files, index: &Index, left: &Known) -> Result<Vec<Breach>> {
    let sources = rows::<Source>(files.named("sources.csv"))?;
    let mut check = Check {
        found: Vec::new(),
        file: "",
        files,
        sources: sources.iter().map(|source| source.id.to_string()).collect(),
        left,
    };
    let members = rows(files.named("members.csv"))?;
    check.regions(&rows(files.named("regions.csv"))?, &members);
    check.members(&members, index);
    check.countries(&rows::<Country>(files.named("countries.csv"))?, index);
    check.ranks(files, index)?;
    check.lists(files, index)?;
    check.tiers(index.tiers());
    check.tiles(index.tiles(), index);
    check.typologies(&rows::<Typology>(files.named("typologies.csv"))?);
    check.figures(&rows::<Figure>(files.named("figures.csv"))?);
    check.definitions(&rows::<Definition>(files.named("definitions.csv"))?, index);
    check.enforcement(&rows::<Enforcement>(files.named("enforcement.csv"))?, index);
    check.placeholders(&rows(files.named("placeholders.csv"))?, index);
    if !left.names {
        let names = rows::<Spelling>(files.named("names.csv"))?;
        check.spellings(&names, &index.countries);
        check.codes(files, &names, index)?;
    }
    Ok(check.found)
}

/// The breaches found so far, the file that is checked, and the ids of all sources.
pub(super) struct Check<'a> {
    found: Vec<Breach>,
    pub(super) file: &'static str,
    files: Files,
    sources: BTreeSet<String>,
    left: &'a Known,
}

impl Check<'_> {
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

    /// Whether a row with this first cell was left out.
    pub(super) fn is_left_out(&self, file: &'static str, key: &str) -> bool {
        self.left.is_left_out(file, key)
    }

    /// Whether nothing was left out of a file, so that its rows can be counted.
    pub(super) fn is_whole(&self, file: &str) -> bool {
        !self.left.left_out.iter().any(|(other, _)| *other == file)
    }

    /// Whether a placement of this country may have been left out.
    pub(super) fn may_be_placed(&self, iso3: &str) -> bool {
        self.is_left_out("placements.csv", iso3) || self.is_left_out("countries.csv", iso3)
    }

    pub(super) fn region(
        &mut self,
        index: usize,
        column: &'static str,
        region: &str,
        known: &Index,
    ) {
        let is_known = known.regions().iter().any(|it| it.code == region);
        let is_known = is_known || self.is_left_out("regions.csv", region);
        let what = format!("'{region}' is not in regions.csv; add it there");
        self.demand(is_known, index, column, &what);
    }

    pub(super) fn source(&mut self, index: usize, column: &'static str, id: &str) {
        let known = self.sources.contains(id) || self.is_left_out("sources.csv", id);
        let what = format!("'{id}' is not in sources.csv; add it there");
        self.demand(known, index, column, &what);
    }

    /// Codes have the form of ISO 3166-1, and no code and no name is there twice.
    fn countries(&mut self, rows: &[Country], known: &Index) {
        self.file = "countries.csv";
        let letters = |code: &str, len| {
            code.len() == len && code.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let digits = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
        let mut taken = BTreeSet::new();
        for (index, row) in rows.iter().enumerate() {
            self.demand(letters(row.iso3, 3), index, "iso3", "not three capitals");
            self.demand(letters(row.iso2, 2), index, "iso2", "not two capitals");
            self.demand(row.numeric.is_none_or(digits), index, "numeric", "not three digits");
            for region in row.regions() {
                self.region(index, "regions", region, known);
            }
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
            let defined = !region.definition.is_empty();
            self.demand(defined, index, "definition", "not said what it holds");
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

    fn members(&mut self, members: &[Member], known: &Index) {
        self.file = "members.csv";
        for (index, member) in members.iter().enumerate() {
            self.region(index, "region", member.region, known);
            self.code(index, known, member.iso3);
        }
    }

    fn typologies(&mut self, typologies: &[Typology]) {
        self.file = "typologies.csv";
        for (index, typology) in typologies.iter().enumerate() {
            self.source(index, "source", &typology.source);
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        self.file = "figures.csv";
        for (index, figure) in figures.iter().enumerate() {
            self.demand(!figure.sources.is_empty(), index, "sources", "a figure without a source");
            for id in &figure.sources {
                self.source(index, "sources", id);
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
            self.source(index, "document", &definition.wording.document);
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
