//! What a key of the table names: its rows, the countries' own names, and names written in one word.

use std::cell::LazyCell;
use std::collections::HashMap;

use crate::index::country::Country;
use crate::index::names::fold::{fold, fold_case, has_no_other_marks};
use crate::index::names::notation::NO_LETTERS;
use crate::index::names::resolve::{Resolution, Resolver, Way};
use crate::index::names::spellings::{Kind, Spelling, in_one_word};

/// Code-like keys: so short that another way to write their marks may be another country's code.
const CODE_LEN: usize = 3;

impl<'index> Resolver<'index> {
    /// What the spelling as a whole names.
    pub(super) fn by_spelling(self, way: &Way) -> Resolution<'index> {
        let text = way.text;
        if text.contains(NO_LETTERS) {
            return Resolution::Unknown;
        }
        // "Denmark/Greenland" are two, "Denmark (Greenland)" is one: only a fold would take them for the same.
        let slash = text.contains('/');
        let parted = slash || text.contains(['-', '–', '—']);
        // "The Island" is no Iceland.
        let english = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("the "));
        let unfit = |row: &Spelling| {
            let doubtful = row.is_composed_alias()
                || slash
                    && (row.is_composed() || matches!(row.kind, Kind::Alias | Kind::Contested));
            parted && doubtful && !row.name.contains(['/', '-'])
                || row.is_clipped() && !text.ends_with('.')
                || english && row.is_foreign()
                || row.is_foreign_short_form() && !text.contains(row.name)
        };
        self.by_key(&way.key, || fold_case(text), text, unfit)
    }

    /// What a folded key names, rows that are `unfit` left out. Where several countries share the key, those whose
    /// spelling agrees in its marks with `marked` come first, then those that are written as the `text` is; if they
    /// still differ, it is ambiguous. None has a mark on a Latin letter that its spelling lacks.
    pub(super) fn by_key(
        self,
        key: &str,
        marked: impl Fn() -> String,
        text: &str,
        unfit: impl Fn(&Spelling) -> bool,
    ) -> Resolution<'index> {
        if key.is_empty() {
            return Resolution::Unknown;
        }
        let own = self.by_own_name(key);
        if own.is_known() && text.is_ascii() {
            return own;
        }
        let mut rows = self.names.with_key(key);
        rows.retain(|row| !row.kind.is_word() && !unfit(row));
        let code_like = key.is_ascii() && key.len() <= CODE_LEN;
        let is_plain = text.is_ascii() && !code_like && rows.len() < 2;
        if is_plain || rows.is_empty() && !own.is_known() {
            return if rows.is_empty() { own } else { self.named_by(&rows) };
        }
        let marked = LazyCell::new(marked);
        // A nationality in one word may differ from the country by its accents alone: "Arménien", Armenien.
        let fits = |name: &str| {
            key.contains(' ') || name == text || has_no_other_marks(&marked, &fold_case(name))
        };
        rows.retain(|row| fits(row.name));
        if let Resolution::Country { country, .. } = &own
            && fits(country.name)
        {
            return own;
        }
        if !rows.is_empty() && (code_like || rows.len() > 1) {
            let agrees = |row: &Spelling| fold_case(row.name) == *marked;
            if code_like || rows.iter().any(agrees) {
                rows.retain(agrees);
            }
            let same = |row: &Spelling| row.name == text;
            if rows.iter().any(same) {
                rows.retain(same);
            }
        }
        self.named_by(&rows)
    }

    /// What is written in one word, though its name has several: `SouthKorea`. No translation is read so.
    pub(super) fn in_one_word(self, key: &str) -> Resolution<'index> {
        if key.contains(' ') {
            return Resolution::Unknown;
        }
        self.named_by(&self.names.in_one_word(key))
    }

    /// What is written in words cut short, if that leaves one country: "Domin. Rep.", `TrinidadTob`.
    pub(super) fn cut_short(self, text: &str) -> Resolution<'index> {
        let short = self.names.short_words();
        let clips = short.clips(text);
        if clips.is_empty() {
            return Resolution::Unknown;
        }
        let own = self.own_names().iter().filter(|(key, _)| short.fit(&clips, key));
        let own = own.filter_map(|(_, place)| self.countries.get(*place));
        let rows = self.names.cut_to(text, &clips);
        let codes = rows.iter().map(|row| row.iso3).chain(own.map(|country| country.iso3));
        match self.by_codes(codes.flat_map(|codes| codes.split(';'))).as_slice() {
            [country] if rows.iter().all(|row| row.kind.is_name()) => {
                Resolution::named(country, Kind::Abbreviation)
            }
            _ => Resolution::Unknown,
        }
    }

    /// The places of the countries by their own names, folded, and in one word.
    pub fn own_names(self) -> &'index HashMap<String, usize> {
        self.own_names.get_or_init(|| {
            let names = self.countries.iter().enumerate();
            let keys = names.flat_map(|(place, country)| {
                let key = fold(country.name);
                let joined = in_one_word(&key);
                joined.into_iter().chain([key]).map(move |key| (key, place))
            });
            keys.collect()
        })
    }

    /// The country whose own name has this key. Another spelling with it has other marks: that is a rule of the data.
    fn by_own_name(self, key: &str) -> Resolution<'index> {
        let place = self.own_names().get(key);
        let country = place.and_then(|place| self.countries.get(*place));
        country.map_or(Resolution::Unknown, |country| Resolution::named(country, Kind::Name))
    }

    fn named_by(self, rows: &[Spelling]) -> Resolution<'index> {
        let Some(first) = rows.first() else {
            return Resolution::Unknown;
        };
        let candidates = self.by_codes(rows.iter().flat_map(|row| row.iso3.split(';')));
        match candidates.as_slice() {
            [] => Resolution::Unknown,
            [country] if first.kind.is_name() => {
                Resolution::Country { country, how: first.kind, row: Some(first.clone()) }
            }
            _ => Resolution::Several {
                candidates,
                how: if first.kind == Kind::Dissolved { Kind::Dissolved } else { Kind::Ambiguous },
                row: Some(first.clone()),
            },
        }
    }

    /// The countries with these codes, each once, by code.
    pub(super) fn by_codes<'code>(
        self,
        codes: impl Iterator<Item = &'code str>,
    ) -> Vec<&'index Country> {
        let mut codes: Vec<&str> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().filter_map(|code| self.by_iso3(code)).collect()
    }
}
