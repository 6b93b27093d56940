//! What the rows say: codes, years, tiers, references, spellings.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Deserialize;

use crate::index::country::{Country, Placement, StatedRoles};
use crate::index::fold::{fold, fold_case};
use crate::index::load::{self, Files, rows};
use crate::index::names::Kind;
use crate::index::tier::{Tier, TierDefinition, tier_key};
use crate::index::written::LONGEST;
use crate::index::{Index, Source};

/// The first report, and the first with a Watch List.
const FIRST_REPORT: u16 = 2001;
const FIRST_WATCH_LIST: u16 = 2004;

/// A row of `countries.csv` as the csv crate reads it.
#[derive(Deserialize)]
struct CountryRow {
    iso3: String,
    iso2: String,
    numeric: Option<String>,
    regions: String,
    form_matters: String,
    name: String,
}

/// A row of `names.csv` as the csv crate reads it.
#[derive(Deserialize)]
struct NameRow {
    key: String,
    iso3: String,
    kind: Kind,
    languages: String,
    source: String,
    name: String,
    note: String,
}

/// Every breach in what the rows say.
pub(super) fn breaches(files: Files, index: &Index) -> Result<Vec<String>> {
    let sources: Vec<Source> = rows("sources.csv", files.sources)?;
    let mut check = Check {
        found: Vec::new(),
        file: "",
        sources: sources.into_iter().map(|source| source.id).collect(),
    };
    check.countries(&rows("countries.csv", files.countries)?, &index.countries);
    check.placements(&rows("placements.csv", files.placements)?);
    check.roles(&rows("roles.csv", files.roles)?, &index.countries);
    check.tiers(&rows("tiers.csv", files.tiers)?);
    let names = rows("names.csv", files.names)?;
    check.names(&names, &index.countries);
    check.shared_keys(&names);
    check.names_as_loaded(files.names, &names);
    Ok(check.found)
}

/// The breaches found so far, the file that is checked, and the ids of all sources.
struct Check {
    found: Vec<String>,
    file: &'static str,
    sources: BTreeSet<String>,
}

impl Check {
    /// Notes a breach in row `index`, the first being 0.
    fn fail(&mut self, index: usize, column: &str, what: &str) {
        self.found.push(format!(
            "data/{}:{}: column '{column}': {what}",
            self.file,
            index + 2
        ));
    }

    fn demand(&mut self, holds: bool, index: usize, column: &str, what: &str) {
        if !holds {
            self.fail(index, column, what);
        }
    }

    fn source(&mut self, index: usize, column: &str, id: &str) {
        let known = self.sources.contains(id);
        self.demand(
            known,
            index,
            column,
            &format!("'{id}' is not in sources.csv"),
        );
    }

    /// Codes have the form of ISO 3166-1, and no code and no name is there twice.
    fn countries(&mut self, rows: &[CountryRow], loaded: &[Country]) {
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
        for (index, (row, country)) in rows.iter().zip(loaded).enumerate() {
            let same = (country.iso3, country.iso2, country.regions)
                == (&row.iso3, &row.iso2, &row.regions)
                && country.numeric == row.numeric.as_deref()
                && country.form_matters == (row.form_matters == "yes")
                && country.name == row.name;
            self.demand(same, index, "name", "read otherwise than by the csv crate");
        }
    }

    fn placements(&mut self, placements: &[Placement]) {
        self.file = "placements.csv";
        for (index, placed) in placements.iter().enumerate() {
            self.demand(
                placed.year >= FIRST_REPORT,
                index,
                "year",
                &format!("the first report is that of {FIRST_REPORT}"),
            );
            let early = placed.tier == Tier::WatchList && placed.year < FIRST_WATCH_LIST;
            self.demand(
                !early,
                index,
                "tier",
                &format!("no Watch List before {FIRST_WATCH_LIST}"),
            );
            self.source(index, "document", &placed.document);
            for id in &placed.transcriptions {
                self.source(index, "transcriptions", id);
            }
        }
    }

    fn roles(&mut self, roles: &[StatedRoles], countries: &[Country]) {
        self.file = "roles.csv";
        let placed: BTreeSet<(&str, u16)> = countries
            .iter()
            .flat_map(|country| {
                country
                    .placements
                    .iter()
                    .map(|placed| (country.iso3, placed.year))
            })
            .collect();
        for (index, stated) in roles.iter().enumerate() {
            let ordered = !stated.roles.is_empty() && stated.roles.is_sorted_by(|a, b| a < b);
            self.demand(
                ordered,
                index,
                "roles",
                "none, one twice, or not in the order source, transit, destination",
            );
            let known = placed.contains(&(&stated.iso3, stated.year));
            self.demand(
                known,
                index,
                "year",
                "no placement of that country and year",
            );
            self.source(index, "document", &stated.document);
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
        let mut written = BTreeSet::new();
        for (index, definition) in tiers.iter().enumerate() {
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

    fn names(&mut self, names: &[NameRow], countries: &[Country]) {
        self.file = "names.csv";
        let own: BTreeSet<String> = countries
            .iter()
            .map(|country| fold(&country.name))
            .collect();
        let codes = countries
            .iter()
            .flat_map(|country| [(country.iso2, country), (country.iso3, country)]);
        let codes = codes
            .map(|(code, country)| (code.to_lowercase(), country.iso3))
            .collect();
        for (index, row) in names.iter().enumerate() {
            self.name(index, row);
            self.countries_named(index, row, &codes);
            if !row.kind.is_word() {
                self.demand(
                    !own.contains(&row.key),
                    index,
                    "name",
                    "is a country's own name",
                );
            }
        }
    }

    /// What a row of `names.csv` says by itself.
    fn name(&mut self, index: usize, row: &NameRow) {
        self.source(index, "source", &row.source);
        let key = fold(&row.name);
        self.demand(row.key == key, index, "key", &format!("must be '{key}'"));
        let long = row.name.chars().count() > LONGEST;
        self.demand(
            !row.key.is_empty() && !long,
            index,
            "name",
            "empty or too long",
        );
        let language = |language: &str| {
            language
                .split('-')
                .all(|part| (2..=4).contains(&part.len()))
        };
        let languages = row.languages.is_empty() || row.languages.split(';').all(language);
        self.demand(languages, index, "languages", "not BCP 47 codes");
        let said = !row.note.is_empty();
        self.demand(
            said || !row.kind.needs_note(),
            index,
            "note",
            "must say why",
        );
        self.demand(
            !said || row.kind.needs_note(),
            index,
            "note",
            "only where it says why",
        );
    }

    /// The countries that a row of `names.csv` names, by their codes in lower case.
    fn countries_named(&mut self, index: usize, row: &NameRow, codes: &BTreeMap<String, &str>) {
        let named: Vec<&str> = row
            .iso3
            .split(';')
            .filter(|code| !code.is_empty())
            .collect();
        for code in &named {
            let known = codes.contains_key(&code.to_lowercase());
            self.demand(
                known,
                index,
                "iso3",
                &format!("no country has the code '{code}'"),
            );
        }
        let number = match named.len() {
            0 => row.kind.is_word(),
            1 => !row.kind.is_word(),
            _ => !row.kind.is_word() && !row.kind.is_name(),
        };
        let fine = number && named.is_sorted();
        self.demand(
            fine,
            index,
            "iso3",
            "none for a word, one for a name, else some in order",
        );
        // "Áo" is Austria and AO Angola: marks tell them apart. "AO" for Austria would not be found.
        let owner = codes.get(&fold_case(&row.name));
        let shadowed = owner.is_some_and(|owner| named.iter().any(|code| code != owner));
        self.demand(!shadowed, index, "name", "is another country's code");
    }

    /// No spelling names two countries: where a key does, marks tell its rows apart.
    fn shared_keys(&mut self, names: &[NameRow]) {
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for (index, row) in names
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.kind.is_word())
        {
            let other = seen.insert((&row.key, fold_case(&row.name)), &row.iso3);
            self.demand(
                other.is_none_or(|iso3| iso3 == row.iso3),
                index,
                "name",
                "names two countries",
            );
        }
    }

    fn names_as_loaded(&mut self, text: &'static str, names: &[NameRow]) {
        for (index, (row, line)) in names.iter().zip(text.lines().skip(1)).enumerate() {
            let same = load::spelling(line).is_some_and(|read| {
                (read.key, read.iso3, read.kind) == (&row.key, &row.iso3, row.kind)
                    && read.name() == row.name
                    && read.note().unwrap_or_default() == row.note
            });
            self.demand(same, index, "name", "read otherwise than by the csv crate");
        }
    }
}
