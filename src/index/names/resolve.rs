//! What a spelling names: one country, several, or none. Matches whole names and never guesses.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::index::country::{Country, place_of};
use crate::index::names::fold::{fold, fold_case};
use crate::index::names::notation::{
    flag_letters, is_between_parts, is_no_letter_of_names, is_refused, turned_round,
    without_footnote,
};
use crate::index::names::spellings::{Kind, Names, Spelling};

/// Code-like keys: so short that another way to write their marks may be another country's code.
const CODE_LEN: usize = 3;

/// What a spelling names.
#[derive(Debug)]
pub enum Resolution<'index> {
    /// One country.
    Country {
        /// The country named.
        country: &'index Country,
        /// By what.
        how: Kind,
        /// The row of `names.csv` that says so, if one does.
        row: Option<Spelling>,
    },
    /// More than one country, a part of one, or a state that no longer exists.
    Several {
        /// The countries that may be meant, or the successors, by code.
        candidates: Vec<&'index Country>,
        /// `Kind::Dissolved` or `Kind::Ambiguous`.
        how: Kind,
        /// The row of `names.csv` that says so; none where each part of the name is another country's.
        row: Option<Spelling>,
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
            row: None,
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
    /// stands, with "X, Republic of" turned round, without a footnote's mark, without the word "Republic",
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
        let turned = turned_round(&input);
        let mut ways = vec![input.as_str()];
        ways.extend(turned.as_deref());
        let text_turned = turned_round(text);
        if text != input {
            ways.push(text);
            ways.extend(text_turned.as_deref());
        }
        let as_they_stand = ways.iter().map(|way| self.by_spelling(way));
        let without_words = ways.iter().map(|way| self.without_words(way));
        let found = as_they_stand
            .chain(without_words)
            .find(Resolution::is_known);
        found.unwrap_or_else(|| self.by_parts(text))
    }

    /// The country with this alpha-3 code, in upper case.
    pub fn by_iso3(self, iso3: &str) -> Option<&'index Country> {
        self.countries.get(place_of(self.countries, iso3)?)
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
        // "Denmark/Greenland" are two, "Denmark (Greenland)" is one: only a fold would take them for the same.
        let slash = text.contains('/');
        let parted = slash || text.contains(['-', '–', '—']);
        let unfit = |row: &Spelling| {
            let doubtful = row.is_composed_alias()
                || slash && matches!(row.kind, Kind::Alias | Kind::Contested);
            parted && doubtful && !row.name().contains(['/', '-'])
        };
        self.by_key(&fold(text), &fold_case(text), unfit)
    }

    /// What a folded key names, rows that are `unfit` left out. Where several countries share the key, those whose
    /// spelling agrees in its marks with `marked` come first; if they still differ, it is ambiguous.
    fn by_key(
        self,
        key: &str,
        marked: &str,
        unfit: impl Fn(&Spelling) -> bool,
    ) -> Resolution<'index> {
        if key.is_empty() {
            return Resolution::Unknown;
        }
        let mut rows = self.names.with_key(key);
        rows.retain(|row| !row.kind.is_word() && !unfit(row));
        let code_like = key.is_ascii() && key.len() <= CODE_LEN;
        if code_like || rows.len() > 1 {
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

    /// The places of the countries by their own names, folded.
    pub fn own_names(self) -> &'index HashMap<String, usize> {
        self.own_names.get_or_init(|| {
            let names = self.countries.iter().enumerate();
            names
                .map(|(place, country)| (fold(&country.name), place))
                .collect()
        })
    }

    /// The country whose own name has this key. No other spelling has it too: that is a rule of the data.
    fn by_own_name(self, key: &str) -> Resolution<'index> {
        let place = self.own_names().get(key);
        let country = place.and_then(|place| self.countries.get(*place));
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
                row: Some(*first),
            },
            _ => Resolution::Several {
                candidates,
                how: if first.kind == Kind::Dissolved {
                    Kind::Dissolved
                } else {
                    Kind::Ambiguous
                },
                row: Some(*first),
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
        let (key, marked) = (fold(text), fold_case(text));
        let (words, marked): (Vec<&str>, Vec<&str>) =
            (key.split(' ').collect(), marked.split(' ').collect());
        if words.len() != marked.len() {
            return Resolution::Unknown;
        }
        let elided = text.contains(['\'', '’']);
        let kind = |word: &&str| self.kind_of_word(word, elided);
        let kinds: Vec<Option<Kind>> = words.iter().map(kind).collect();
        for (start, end) in spans(&words, &kinds) {
            let (Some(rest), Some(marked)) = (words.get(start..end), marked.get(start..end)) else {
                continue;
            };
            let mut outside = kinds.iter().take(start).chain(kinds.iter().skip(end));
            let generic = outside.any(|kind| *kind == Some(Kind::Generic));
            match self.by_key(&rest.join(" "), &marked.join(" "), |_| false) {
                Resolution::Country { country, .. } if generic && country.form_matters => {
                    return Resolution::Unknown;
                }
                Resolution::Unknown => {}
                known => return known,
            }
        }
        Resolution::Unknown
    }

    /// Whether a word is one that stands beside names, and of which kind. One that ends in an apostrophe, as in
    /// "d'Albanie", is so only where the text is `elided`; a lone "d" is somebody's initial.
    fn kind_of_word(self, word: &str, elided: bool) -> Option<Kind> {
        let rows = self.names.with_key(word);
        let found = rows
            .iter()
            .find(|row| row.kind.is_word() && (elided || !row.name().ends_with('\'')));
        found.map(|row| row.kind)
    }

    /// What the parts of a list name together: the one country that all of them may mean, as in "Germany
    /// (Deutschland)" and "Congo (CG)", or several. Codes alone, such as "no/no", are no list of countries.
    fn by_parts(self, text: &str) -> Resolution<'index> {
        let text = text.replace(" and ", "/").replace(" or ", "/");
        let parts: Vec<&str> = text
            .split(is_between_parts)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let mut named: Vec<(Vec<&'index Country>, Kind)> = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            // Words may introduce the second name, not the first: "Croatia (local name: Hrvatska)".
            let rest = if place > 0 {
                self.without_asides(part)
            } else {
                part
            };
            match self.by_part(rest) {
                Resolution::Country { country, how, .. } => named.push((vec![country], how)),
                Resolution::Several {
                    candidates, how, ..
                } => named.push((candidates, how)),
                Resolution::Unknown if rest.is_empty() => {}
                Resolution::Unknown => return Resolution::Unknown,
            }
        }
        let spelled = named.iter().any(|(_, how)| *how != Kind::Code);
        if spelled && parts.len() > 1 {
            self.together(&named)
        } else {
            Resolution::Unknown
        }
    }

    /// The one country that every part may mean and one part names outright, or all that any part may mean.
    fn together(self, named: &[(Vec<&'index Country>, Kind)]) -> Resolution<'index> {
        let all = self.by_codes(
            named
                .iter()
                .flat_map(|(any, _)| any.iter().map(|one| one.iso3)),
        );
        let in_every = |country: &&&Country| {
            let is_in = |any: &[&Country]| any.iter().any(|one| one.iso3 == country.iso3);
            named.iter().all(|(any, _)| is_in(any))
        };
        let common: Vec<&Country> = all.iter().filter(in_every).copied().collect();
        let dissolved = named.iter().any(|(_, how)| *how == Kind::Dissolved);
        // A spelling says more than a code.
        let outright = named
            .iter()
            .map(|(_, how)| *how)
            .filter(|how| how.is_name());
        let outright = outright.reduce(|best, how| if best == Kind::Code { how } else { best });
        match (common.as_slice(), outright) {
            ([country], Some(how)) if !dissolved => Resolution::of(country, how),
            _ => Resolution::Several {
                candidates: all,
                how: Kind::Ambiguous,
                row: None,
            },
        }
    }

    /// What one part of a list names.
    fn by_part(self, part: &str) -> Resolution<'index> {
        if let Some(country) = self.by_code(part) {
            return Resolution::of(country, Kind::Code);
        }
        let known = [self.by_spelling(part), self.without_words(part)]
            .into_iter()
            .find(Resolution::is_known);
        known.unwrap_or(Resolution::Unknown)
    }

    /// The part without the words that only introduce it. Two capitals are no such word, but a US state.
    fn without_asides(self, part: &str) -> &str {
        let mut rest = part;
        while let Some(word) = rest.split_whitespace().next() {
            let capitals = word.len() == 2 && word.chars().all(char::is_uppercase);
            if capitals || self.kind_of_word(&fold(word), false) != Some(Kind::Aside) {
                break;
            }
            rest = rest.get(word.len()..).unwrap_or_default().trim_start();
        }
        rest
    }
}

/// The spans of words that may be a name once words beside it are left out: as few as possible, and those before
/// the name first. Articles stand before a name, words such as "Republic" and the English "the" on both sides.
fn spans(words: &[&str], kinds: &[Option<Kind>]) -> Vec<(usize, usize)> {
    let beside = |kind: &Option<Kind>| matches!(kind, Some(Kind::Generic | Kind::Article));
    let before = kinds.iter().take_while(|kind| beside(kind)).count();
    let ends = |&place: &usize| {
        kinds.get(place) == Some(&Some(Kind::Generic)) || words.get(place) == Some(&"the")
    };
    let after = (before..words.len()).rev().take_while(ends).count();
    let dropped = 1..=before + after;
    let starts = |dropped: usize| {
        (dropped.saturating_sub(after)..=dropped.min(before))
            .rev()
            .map(move |start| (dropped, start))
    };
    let spans = dropped
        .flat_map(starts)
        .map(|(dropped, start)| (start, words.len() + start - dropped));
    spans.filter(|(start, end)| start < end).collect()
}

#[cfg(test)]
mod tests {
    use crate::index::files::EMBEDDED;
    use crate::index::load::load;
    use crate::index::names::resolve::Resolution;

    /// The code and the kind of a country, the candidates of an ambiguous name, or nothing.
    fn named(name: &str) -> String {
        let index = load(EMBEDDED).expect("the data can be read");
        match index.resolve(name) {
            Resolution::Country { country, how, .. } => format!("{} {how}", country.iso3),
            Resolution::Several {
                candidates, how, ..
            } => {
                let codes = candidates.iter().map(|country| country.iso3);
                format!("{} {how}", codes.collect::<Vec<_>>().join(";"))
            }
            Resolution::Unknown => String::new(),
        }
    }

    #[test]
    fn the_first_step_that_finds_something_answers() {
        for (name, expected) in [
            ("md", "MDA code"),
            ("498", "MDA code"),
            (".md", "MDA code"),
            ("\u{1f1f2}\u{1f1e9}", "MDA code"),
            ("MOLDOVA", "MDA name"),
            ("Moldova*", "MDA name"),
            ("Moldova (the)", "MDA name"),
            ("Korea, Rep.", "KOR alias"),
            ("FYROM", "MKD former"),
            ("Germany (Deutschland)", "DEU name"),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_of_several_states_or_of_none_is_no_country() {
        for (name, expected) in [
            ("Korea", "KOR;PRK ambiguous"),
            ("Serbia and Chad", "SRB;TCD ambiguous"),
            ("Moldovia", ""),
            ("no/no", ""),
            ("", ""),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }
}
