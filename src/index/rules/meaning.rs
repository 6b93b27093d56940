//! What the rows say by themselves: codes, regions, tiers, references.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Deserialize;

use crate::index::Index;
use crate::index::fold::fold;
use crate::index::load::{Files, rows};
use crate::index::related::{Figure, Typology};
use crate::index::report::Region;
use crate::index::sorted::Sorted;
use crate::index::source::Source;
use crate::index::tier::{TierDefinition, tier_key};

/// A row of `countries.csv` as the csv crate reads it.
#[derive(Deserialize)]
struct CountryRow {
    iso3: String,
    iso2: String,
    numeric: Option<String>,
    regions: String,
    form_matters: String,
    dissolved: Option<u16>,
    name: String,
}

/// Every breach in what the rows say.
pub(super) fn breaches(files: Files, index: &Index) -> Result<Vec<String>> {
    let sources: Vec<Source> = rows("sources.csv", files.sources)?;
    let mut check = Check {
        found: Vec::new(),
        file: "",
        sources: sources.iter().map(|source| source.id.clone()).collect(),
    };
    check.file = "sources.csv";
    let read: Vec<_> = Sorted::new(files.sources).all().map(Source::read).collect();
    check.same(&sources, &read);
    check.regions(&rows("regions.csv", files.regions)?);
    check.countries(&rows("countries.csv", files.countries)?, index);
    check.ranks(files, index)?;
    check.tiers(&rows("tiers.csv", files.tiers)?);
    check.related(
        &rows("typologies.csv", files.typologies)?,
        &rows("figures.csv", files.figures)?,
    );
    check.file = "names.csv";
    let names = rows("names.csv", files.names)?;
    check.spellings(files.names, &names, &index.countries);
    Ok(check.found)
}

/// The breaches found so far, the file that is checked, and the ids of all sources.
pub(super) struct Check {
    found: Vec<String>,
    pub(super) file: &'static str,
    sources: BTreeSet<String>,
}

impl Check {
    /// Notes a breach in row `index`, the first being 0.
    pub(super) fn fail(&mut self, index: usize, column: &str, what: &str) {
        self.found.push(format!(
            "data/{}:{}: column '{column}': {what}",
            self.file,
            index + 2
        ));
    }

    pub(super) fn demand(&mut self, holds: bool, index: usize, column: &str, what: &str) {
        if !holds {
            self.fail(index, column, what);
        }
    }

    pub(super) fn source(&mut self, index: usize, column: &str, id: &str) {
        let known = self.sources.contains(id);
        self.demand(
            known,
            index,
            column,
            &format!("'{id}' is not in sources.csv"),
        );
    }

    /// Codes have the form of ISO 3166-1, and no code and no name is there twice.
    fn countries(&mut self, rows: &[CountryRow], known: &Index) {
        self.file = "countries.csv";
        let letters = |code: &str, len| {
            code.len() == len && code.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let digits =
            |code: &String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
        let mut taken = BTreeSet::new();
        for (index, row) in rows.iter().enumerate() {
            self.demand(letters(&row.iso3, 3), index, "iso3", "not three capitals");
            self.demand(letters(&row.iso2, 2), index, "iso2", "not two capitals");
            self.demand(
                row.numeric.as_ref().is_none_or(digits),
                index,
                "numeric",
                "not three digits",
            );
            self.demand(
                ["", "yes"].contains(&row.form_matters.as_str()),
                index,
                "form_matters",
                "neither 'yes' nor empty",
            );
            for region in row.regions.split(';').filter(|region| !region.is_empty()) {
                let is_known = known.regions().iter().any(|known| known.code == region);
                self.demand(
                    is_known,
                    index,
                    "regions",
                    &format!("'{region}' is not in regions.csv"),
                );
            }
            let name = Some(fold(&row.name));
            let columns = [
                ("iso2", Some(row.iso2.to_lowercase())),
                ("numeric", row.numeric.clone()),
                ("name", name),
            ];
            for (column, value) in columns {
                let free = value.is_none_or(|value| taken.insert(value));
                self.demand(free, index, column, "names two countries");
            }
        }
        for (index, row) in rows.iter().enumerate() {
            let Some(country) = known.country(&row.iso3) else {
                self.fail(index, "iso3", "not found where the order of codes has it");
                continue;
            };
            let same = (country.iso3, country.iso2, country.regions)
                == (&row.iso3, &row.iso2, &row.regions)
                && country.numeric == row.numeric.as_deref()
                && country.form_matters == (row.form_matters == "yes")
                && country.dissolved == row.dissolved
                && country.name == row.name;
            self.demand(same, index, "name", "read otherwise than by the csv crate");
        }
    }

    /// No way to write a region means two.
    fn regions(&mut self, regions: &[Region]) {
        self.file = "regions.csv";
        let mut written = BTreeSet::new();
        for (index, region) in regions.iter().enumerate() {
            let own = fold(&region.code);
            self.demand(
                region.spellings.contains(&own),
                index,
                "spellings",
                "the code itself is missing",
            );
            for spelling in &region.spellings {
                let fine = fold(spelling).replace(' ', "") == *spelling && written.insert(spelling);
                let what = format!("'{spelling}' is not folded, or means two regions");
                self.demand(fine, index, "spellings", &what);
            }
        }
    }

    fn related(&mut self, typologies: &[Typology], figures: &[Figure]) {
        self.file = "typologies.csv";
        for (index, typology) in typologies.iter().enumerate() {
            self.source(index, "source", &typology.source);
        }
        self.file = "figures.csv";
        for (index, figure) in figures.iter().enumerate() {
            self.demand(
                !figure.sources.is_empty(),
                index,
                "sources",
                "a figure without a source",
            );
            for id in &figure.sources {
                self.source(index, "sources", id);
            }
        }
    }

    /// Every tier is defined once, in the order of rank, and no way to write one means two.
    fn tiers(&mut self, tiers: &[TierDefinition]) {
        self.file = "tiers.csv";
        let defined: Vec<String> = tiers
            .iter()
            .map(|definition| definition.tier.to_string())
            .collect();
        self.demand(
            defined == ["1", "2", "2WL", "3", "special", "none"],
            0,
            "tier",
            "must be 1, 2, 2WL, 3, special, none",
        );
        let (mut written, mut marks) = (BTreeSet::new(), BTreeSet::from(['.']));
        for (index, definition) in tiers.iter().enumerate() {
            let free = marks.insert(definition.mark);
            self.demand(
                free,
                index,
                "mark",
                "another tier's, or that of an unknown year",
            );
            self.source(index, "document", &definition.document);
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
