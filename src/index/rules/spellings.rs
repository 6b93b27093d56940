//! What the rows of `names.csv` say: keys, kinds, countries.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::index::country::Country;
use crate::index::fold::{fold, fold_case};
use crate::index::names::{Kind, Spelling};
use crate::index::rules::meaning::Check;
use crate::index::written::LONGEST;

/// A row of `names.csv` as the csv crate reads it.
#[derive(Deserialize)]
pub(super) struct NameRow {
    key: String,
    iso3: String,
    kind: Kind,
    languages: String,
    source: String,
    name: String,
    note: String,
}

impl Check {
    pub(super) fn spellings(
        &mut self,
        text: &'static str,
        names: &[NameRow],
        countries: &[Country],
    ) {
        self.names(names, countries);
        self.shared_keys(names);
        self.names_as_loaded(text, names);
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
            let same = Spelling::read(line).is_some_and(|read| {
                (read.iso3, read.kind) == (row.iso3.as_str(), row.kind)
                    && read.name() == row.name
                    && read.note().unwrap_or_default() == row.note
            });
            self.demand(same, index, "name", "read otherwise than by the csv crate");
        }
    }
}
