//! What the rows of `names.csv` say: keys, kinds, countries.

use std::collections::BTreeMap;

use crate::index::country::Country;
use crate::index::names::fold::{fold, fold_case, has_no_other_marks};
use crate::index::names::notation::LONGEST;
use crate::index::names::spellings::Spelling;
use crate::index::rules::meaning::{Check, names};
use crate::index::table::Tables;

impl Check {
    /// `lines`: the rows that are looked at, those that rows of the user's touch or all.
    pub(super) fn spellings(
        &mut self,
        tables: &Tables,
        lines: &[(usize, &'static str)],
        countries: &[Country],
    ) {
        self.file = tables.names.file();
        self.names(names(tables, lines), countries);
        self.shared_keys(names(tables, lines));
    }

    fn names(&mut self, names: impl Iterator<Item = (usize, Spelling)>, countries: &[Country]) {
        let own = countries.iter().map(|country| (fold(country.name), country));
        let own: BTreeMap<String, &Country> = own.collect();
        let codes =
            countries.iter().flat_map(|country| [(country.iso2, country), (country.iso3, country)]);
        let codes = codes.map(|(code, country)| (code.to_lowercase(), country.iso3)).collect();
        for (index, row) in names {
            self.name(index, &row);
            self.countries_named(index, &row, &codes);
            if !row.kind.is_word() {
                let owner = own.get(row.key);
                let is_known = |country: &&Country| {
                    row.iso3 != country.iso3
                        || has_no_other_marks(&fold_case(row.name), &fold_case(country.name))
                };
                self.demand(
                    !owner.is_some_and(is_known),
                    index,
                    "name",
                    "is a country's own name, which is known; take the row away",
                );
            }
        }
    }

    /// What a row of `names.csv` says by itself.
    fn name(&mut self, index: usize, row: &Spelling) {
        let Spelling { name, note, .. } = row;
        let key = fold(name);
        self.demand(row.key == key, index, "key", &format!("must be '{key}'"));
        let long = name.chars().count() > LONGEST;
        self.demand(!row.key.is_empty() && !long, index, "name", "empty or too long");
        let language =
            |language: &str| language.split('-').all(|part| (2..=4).contains(&part.len()));
        let languages = row.languages.is_empty() || row.languages.split(';').all(language);
        self.demand(languages, index, "languages", "not BCP 47 codes, as in 'en;sr-Latn'");
        let said = !note.is_empty();
        self.demand(
            said || !row.kind.needs_note(),
            index,
            "note",
            "must say why the name is of this kind",
        );
        self.demand(!said || row.kind.needs_note(), index, "note", "only where it says why");
    }

    /// The countries that a row of `names.csv` names, by their codes in lower case.
    fn countries_named(&mut self, index: usize, row: &Spelling, codes: &BTreeMap<String, &str>) {
        let named: Vec<&str> = row.iso3.split(';').filter(|code| !code.is_empty()).collect();
        let number = match named.len() {
            0 => row.kind.is_word(),
            1 => !row.kind.is_word(),
            _ => !row.kind.is_word() && !row.kind.is_name(),
        };
        let fine = number && named.is_sorted();
        self.demand(fine, index, "iso3", "none for a word, one for a name, else some in order");
        // "Áo" is Austria and AO Angola: marks tell them apart. "AO" for Austria would not be found.
        let owner = codes.get(&fold_case(row.name));
        let shadowed = owner.is_some_and(|owner| named.iter().any(|code| code != owner));
        self.demand(!shadowed, index, "name", "is another country's code; take the row away");
    }

    /// No spelling names two countries: where a key does, marks tell its rows apart, or the full stop of a short form.
    /// The rows are in the order of their keys.
    fn shared_keys(&mut self, names: impl Iterator<Item = (usize, Spelling)>) {
        let (mut key, mut seen) = ("", BTreeMap::new());
        for (index, row) in names.filter(|(_, row)| !row.kind.is_word()) {
            if key != row.key {
                key = row.key;
                seen.clear();
            }
            let other = seen.insert((fold_case(row.name), row.is_clipped()), row.iso3);
            self.demand(
                other.is_none_or(|iso3| iso3 == row.iso3),
                index,
                "name",
                "names two countries; take it from one",
            );
        }
    }
}
