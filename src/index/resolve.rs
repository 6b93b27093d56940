//! What a spelling names: one country, several, or none. Matches whole names and never guesses.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::index::country::Country;
use crate::index::fold::{fold, fold_case};
use crate::index::names::{Kind, Names, Spelling};
use crate::index::written::{
    flag_letters, is_between_parts, is_no_letter_of_names, is_refused, turned_round,
    without_footnote,
};

/// Code-like keys: so short that another way to write their marks may be another country's code.
const CODE_LEN: usize = 3;

/// What a spelling names.
#[derive(Clone, Debug)]
pub enum Resolution<'index> {
    /// One country.
    Country {
        /// The country named.
        country: &'index Country,
        /// By what.
        how: Kind,
        /// Why the name is former or contested.
        note: Option<String>,
    },
    /// More than one country, a part of one, or a state that no longer exists.
    Several {
        /// The countries that may be meant, or the successors, by code.
        candidates: Vec<&'index Country>,
        /// `Kind::Dissolved` or `Kind::Ambiguous`.
        how: Kind,
        /// Why it is no country's name; none where each part of it names another country.
        note: Option<String>,
    },
    /// No country that is known.
    Unknown,
}

impl<'index> Resolution<'index> {
    /// A country, by a kind of name that needs no note.
    fn of(country: &'index Country, how: Kind) -> Self {
        Self::Country {
            country,
            how,
            note: None,
        }
    }

    fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}

/// The countries, sorted by code, and the table of their other spellings.
#[derive(Clone, Copy, Debug)]
pub struct Resolver<'index> {
    /// Every country.
    pub countries: &'index [Country],
    /// The places of the countries by their own names, folded; filled when the first name asks for it.
    pub own_names: &'index OnceCell<HashMap<String, usize>>,
    /// Every other spelling.
    pub names: &'index Names,
}

impl<'index> Resolver<'index> {
    /// Resolves a name or a code. Each step is tried only if those before it found nothing: the name as it
    /// stands, without a footnote's mark, with "X, Republic of" turned round, without the word "Republic",
    /// and at last its parts.
    pub fn resolve(self, input: &str) -> Resolution<'index> {
        if is_refused(input) {
            return Resolution::Unknown;
        }
        let input = input.trim();
        // Codes and the names everyone knows are answered before the large table is touched.
        if let Some(country) = self.by_code(input) {
            return Resolution::of(country, Kind::Code);
        }
        let same = |country: &&Country| country.name.eq_ignore_ascii_case(input);
        if let Some(country) = self.countries.iter().find(same) {
            return Resolution::of(country, Kind::Name);
        }
        let input = input.replace("&amp;", "&");
        let text = without_footnote(&input);
        let mut ways = vec![input.as_str()];
        if text != input {
            ways.push(text);
        }
        let turned = turned_round(text);
        ways.extend(turned.as_deref());
        let as_they_stand = ways.iter().map(|way| self.by_spelling(way));
        let without_words = ways.iter().map(|way| self.without_words(way));
        let found = as_they_stand
            .chain(without_words)
            .find(Resolution::is_known);
        found.unwrap_or_else(|| self.by_parts(text))
    }

    /// The country with this alpha-3 code, in upper case.
    pub fn by_iso3(self, iso3: &str) -> Option<&'index Country> {
        let found = self
            .countries
            .binary_search_by(|country| country.iso3.cmp(iso3));
        found.ok().and_then(|place| self.countries.get(place))
    }

    /// The country with this alpha-2, alpha-3 or numeric code, flag or top-level domain. Codes are ASCII; case
    /// does not matter, nor do the zeros that a spreadsheet drops from a numeric code.
    fn by_code(self, input: &str) -> Option<&'index Country> {
        let by_iso2 = |code: &str| {
            self.countries
                .iter()
                .find(|country| country.iso2.eq_ignore_ascii_case(code))
        };
        match input.as_bytes() {
            [b'0'..=b'9', ..] if input.len() <= 3 => {
                let padded = format!("{input:0>3}");
                self.countries
                    .iter()
                    .find(|country| country.numeric == Some(&padded))
            }
            [_, _] => by_iso2(input),
            [_, _, _] if !input.starts_with('.') => self.by_iso3(&input.to_ascii_uppercase()),
            [b'.', code @ ..] if code.len() == 2 => by_iso2(input.trim_start_matches('.')),
            _ => by_iso2(&flag_letters(input)?),
        }
    }

    /// What the spelling as a whole names.
    fn by_spelling(self, text: &str) -> Resolution<'index> {
        if text.contains(is_no_letter_of_names) {
            return Resolution::Unknown;
        }
        self.by_key(&fold(text), text)
    }

    /// What a folded key names. Where several countries share it, those whose spelling agrees in its marks
    /// with `text` come first; if they still differ, it is ambiguous.
    fn by_key(self, key: &str, text: &str) -> Resolution<'index> {
        if key.is_empty() {
            return Resolution::Unknown;
        }
        let mut rows = self.names.with_key(key);
        rows.retain(|row| !row.kind.is_word());
        let code_like = key.is_ascii() && key.len() <= CODE_LEN;
        if code_like || rows.len() > 1 {
            let marked = fold_case(text);
            let agrees = |row: &Spelling| fold_case(&row.name()) == marked;
            if code_like || rows.iter().any(agrees) {
                rows.retain(agrees);
            }
        }
        if rows.is_empty() {
            return self.by_own_name(key);
        }
        self.named_by(&rows)
    }

    /// The country whose own name has this key. No other spelling has it too: that is a rule of the data.
    fn by_own_name(self, key: &str) -> Resolution<'index> {
        let own_names = self.own_names.get_or_init(|| {
            let names = self.countries.iter().enumerate();
            names
                .map(|(place, country)| (fold(&country.name), place))
                .collect()
        });
        let country = own_names
            .get(key)
            .and_then(|place| self.countries.get(*place));
        country.map_or(Resolution::Unknown, |country| {
            Resolution::of(country, Kind::Name)
        })
    }

    fn named_by(self, rows: &[Spelling]) -> Resolution<'index> {
        let Some(first) = rows.first() else {
            return Resolution::Unknown;
        };
        let candidates = self.by_codes(rows.iter().flat_map(|row| row.iso3.split(';')));
        match candidates.as_slice() {
            [] => Resolution::Unknown,
            [country] if first.kind.is_name() => Resolution::Country {
                country,
                how: first.kind,
                note: first.kind.needs_note().then(|| first.note()).flatten(),
            },
            _ => Resolution::Several {
                candidates,
                how: if first.kind == Kind::Dissolved {
                    Kind::Dissolved
                } else {
                    Kind::Ambiguous
                },
                note: first.note(),
            },
        }
    }

    /// The countries with these codes, each once, by code.
    fn by_codes<'code>(self, codes: impl Iterator<Item = &'code str>) -> Vec<&'index Country> {
        let mut codes: Vec<&str> = codes.collect();
        codes.sort_unstable();
        codes.dedup();
        codes
            .into_iter()
            .filter_map(|code| self.by_iso3(code))
            .collect()
    }

    /// What is named without articles before it and words such as "Republic" around it. Such a word is left
    /// out only where it does not tell two countries apart.
    fn without_words(self, text: &str) -> Resolution<'index> {
        if text.contains(is_no_letter_of_names) {
            return Resolution::Unknown;
        }
        let key = fold(text);
        let words: Vec<&str> = key.split(' ').collect();
        let kind = |word: &&&str| {
            self.names
                .with_key(word)
                .iter()
                .map(|row| row.kind)
                .find(|kind| kind.is_word())
        };
        let kinds: Vec<Option<Kind>> = words.iter().map(|word| kind(&word)).collect();
        let before = kinds.iter().take_while(|kind| kind.is_some()).count();
        let ends = |&place: &usize| {
            kinds.get(place) == Some(&Some(Kind::Generic)) || words.get(place) == Some(&"the")
        };
        let after = (before..words.len()).rev().take_while(ends).count();
        for dropped in 1..=before + after {
            // As few words as possible go, and those before the name go first.
            for start in (dropped.saturating_sub(after)..=dropped.min(before)).rev() {
                let end = words.len() - (dropped - start);
                let Some(rest) = words.get(start..end).filter(|rest| !rest.is_empty()) else {
                    continue;
                };
                let rest = rest.join(" ");
                let outside = kinds.iter().take(start).chain(kinds.iter().skip(end));
                let generic = outside.clone().any(|kind| *kind == Some(Kind::Generic));
                match self.by_key(&rest, &rest) {
                    Resolution::Country { country, .. } if generic && country.form_matters => {
                        return Resolution::Unknown;
                    }
                    Resolution::Unknown => {}
                    known => return known,
                }
            }
        }
        Resolution::Unknown
    }

    /// Whether a part only introduces another one, as in "Croatia (local name: Hrvatska)". A code never does.
    fn is_aside(self, part: &str) -> bool {
        let is_article = |word: &str| {
            self.names
                .with_key(word)
                .iter()
                .any(|row| row.kind == Kind::Article)
        };
        self.by_code(part).is_none() && fold(part).split(' ').all(is_article)
    }

    /// The countries that the parts of a list name, if every part names one: the same one, as in "Germany
    /// (Deutschland)", or several.
    fn by_parts(self, text: &str) -> Resolution<'index> {
        let text = text.replace(" and ", "/").replace(" or ", "/");
        let parts: Vec<&str> = text
            .split(is_between_parts)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() < 2 {
            return Resolution::Unknown;
        }
        let mut codes = Vec::with_capacity(parts.len());
        let mut first = None;
        for part in parts {
            if self.is_aside(part) {
                continue;
            }
            let named = self
                .by_code(part)
                .map(|country| Resolution::of(country, Kind::Code));
            let named = named.unwrap_or_else(|| self.by_spelling(part));
            match if named.is_known() {
                named
            } else {
                self.without_words(part)
            } {
                Resolution::Country { country, how, .. } => {
                    codes.push(country.iso3);
                    first.get_or_insert(how);
                }
                _ => return Resolution::Unknown,
            }
        }
        let candidates = self.by_codes(codes.into_iter());
        match (candidates.as_slice(), first) {
            ([country], Some(how)) => Resolution::of(country, how),
            _ => Resolution::Several {
                candidates,
                how: Kind::Ambiguous,
                note: None,
            },
        }
    }
}
