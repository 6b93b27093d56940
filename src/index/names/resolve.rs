//! What a spelling names: one country, several, or none. Matches whole names and never guesses.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::index::codes::{CodeReading, CodeSystem, Codes, is_number};
use crate::index::country::{Country, place_of};
use crate::index::names::damage::undone;
use crate::index::names::fold::fold;
use crate::index::names::marks::{numbered_short_form, without_marks};
use crate::index::names::notation::{
    flag_letters, in_brackets, is_refused, list_parts, turned_round, without_text_sign,
};
use crate::index::names::spellings::{Kind, Names, Spelling};

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
    /// The one country named.
    pub fn country(&self) -> Option<&'index Country> {
        if let Self::Country { country, .. } = self { Some(country) } else { None }
    }

    /// By what kind of name it was recognised.
    pub fn how(&self) -> Option<Kind> {
        match self {
            Self::Country { how, .. } | Self::Several { how, .. } => Some(*how),
            Self::Unknown => None,
        }
    }

    /// The row of `names.csv` that says so, if one does.
    pub fn row(&self) -> Option<&Spelling> {
        match self {
            Self::Country { row, .. } | Self::Several { row, .. } => row.as_ref(),
            Self::Unknown => None,
        }
    }

    /// The countries that may be meant where it is not one.
    pub fn candidates(self) -> Vec<&'index Country> {
        if let Self::Several { candidates, .. } = self { candidates } else { Vec::new() }
    }

    /// A country, by a kind of name that needs no note.
    pub(super) fn named(country: &'index Country, how: Kind) -> Self {
        Self::Country { country, how, row: None }
    }

    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Whether the row that says so has its name in parts.
    fn is_written_in_parts(&self) -> bool {
        let (Self::Country { row, .. } | Self::Several { row, .. }) = self else {
            return false;
        };
        row.as_ref().is_some_and(|row| list_parts(row.name).len() > 1 || row.name.contains('('))
    }

    /// Whether the row that says so is a short form, such as `UK`.
    fn is_short_form(&self) -> bool {
        let (Self::Country { row, .. } | Self::Several { row, .. }) = self else {
            return false;
        };
        let is_short = |row: &Spelling| {
            row.key.len() <= 4 && !row.name.trim_start_matches("The ").contains(char::is_lowercase)
        };
        row.as_ref().is_some_and(is_short)
    }

    /// The code of the one country.
    pub(super) fn iso3(&self) -> Option<&'static str> {
        match self {
            Self::Country { country, .. } => Some(country.iso3),
            _ => None,
        }
    }

    /// This, or what is found otherwise.
    fn or_else(self, otherwise: impl FnOnce() -> Self) -> Self {
        if self.is_known() { self } else { otherwise() }
    }
}

/// One way to read an input: a text, and its key.
#[derive(Debug)]
pub(super) struct Way<'text> {
    pub text: &'text str,
    pub key: String,
}

impl<'text> Way<'text> {
    pub fn new(text: &'text str) -> Self {
        let key = fold(text);
        Self { text, key }
    }
}

/// The countries, sorted by code, and the table of their other spellings.
#[derive(Clone, Copy, Debug)]
pub struct Resolver<'index> {
    pub countries: &'index [Country],
    /// The places of the countries by their own names, folded; filled when the first name asks for it.
    pub own_names: &'index OnceLock<HashMap<String, usize>>,
    pub names: &'index Names,
    /// The codes of other systems than ISO's.
    pub codes: &'index Codes,
    /// How codes are read.
    pub reading: CodeReading,
}

impl<'index> Resolver<'index> {
    /// Resolves a name or a code. Each step is tried only if those before it found nothing: the name as it
    /// stands, with "X, Republic of" turned round, without marks of footnotes, without the word "Republic", beside
    /// a code, in parts, with words cut short, and at last with what an export did to it undone.
    pub fn resolve(self, input: &str) -> Resolution<'index> {
        let input = input.trim();
        if is_refused(input) {
            // A list may have a line for each of its countries; a name has one line.
            let lines =
                input.contains(['\n', '\r']) && !is_refused(&input.replace(['\n', '\r'], ";"));
            return if lines { self.several(&self.list(input)) } else { Resolution::Unknown };
        }
        let input = without_text_sign(input);
        if self.reading.without_numbers && is_number(input) {
            return Resolution::Unknown;
        }
        let found = self.resolve_line(input);
        let Resolution::Country { country, .. } = &found else {
            return found;
        };
        // A code that another system gives to another country is ambiguous where it may be of that system.
        let mut others = self.codes.in_doubt(input, self.reading).peekable();
        if others.peek().is_none() {
            return found;
        }
        let candidates = self.by_codes(others.chain([country.iso3]));
        match candidates.as_slice() {
            [_] => found,
            _ => Resolution::Several { candidates, how: Kind::Ambiguous, row: None },
        }
    }

    /// Resolves what stands on one line.
    fn resolve_line(self, input: &str) -> Resolution<'index> {
        // Codes and the names everyone knows are answered before the large table is touched.
        if let Some(country) = self.by_code(in_brackets(input).unwrap_or(input)) {
            return Resolution::named(country, Kind::Code);
        }
        let same = |country: &&Country| country.name.eq_ignore_ascii_case(input);
        if !self.names.are_many()
            && let Some(country) = self.countries.iter().find(same)
        {
            return Resolution::named(country, Kind::Name);
        }
        let found = self.by_text(input);
        if matches!(found, Resolution::Country { .. }) {
            return found;
        }
        let undone = undone(input).filter(|text| !is_refused(text));
        match undone.map(|text| self.by_text(text.trim())) {
            Some(other) if !found.is_known() || matches!(other, Resolution::Country { .. }) => {
                other
            }
            _ => found,
        }
    }

    /// What a text names that is no code.
    pub(super) fn by_text(self, input: &str) -> Resolution<'index> {
        let bare = without_marks(input);
        let (turned, bare_turned) = (turned_round(input), turned_round(bare));
        let texts = [Some(input), turned.as_deref()];
        let bare_texts = [Some(bare), bare_turned.as_deref()];
        let bare_texts = bare_texts.into_iter().filter(|_| bare.len() < input.len());
        let ways = texts.into_iter().chain(bare_texts).flatten();
        let ways: Vec<Way> = ways.map(Way::new).collect();
        let countries = self.list(bare);
        let as_they_stand = ways.iter().map(|way| self.by_spelling(way));
        // Of a list only a name that is written as one, such as "Hong Kong, China", is one country's.
        let found =
            as_they_stand.filter(|found| countries.is_empty() || found.is_written_in_parts());
        let is_doubtful = numbered_short_form(input)
            .is_some_and(|is_close| !is_close || !self.reading.with_footnotes);
        let found = found.filter(|found| !is_doubtful || !found.is_short_form());
        let found = found.chain([self.several(&countries)]);
        let without_words = ways.iter().map(|way| self.without_words(way));
        let found = found.chain(without_words).find(Resolution::is_known);
        let found = found.unwrap_or_else(|| self.beside_code(bare));
        let found = found.or_else(|| self.by_parts(bare));
        let Some(last) = ways.iter().find(|way| way.text == bare) else {
            return found;
        };
        found
            .or_else(|| self.beside_words(last))
            .or_else(|| self.in_one_word(&last.key))
            .or_else(|| self.cut_short(bare))
    }

    /// The countries of a list, which is ambiguous; nothing of an empty one.
    fn several(self, list: &[(String, &'index Country)]) -> Resolution<'index> {
        if list.is_empty() {
            return Resolution::Unknown;
        }
        let candidates = self.by_codes(list.iter().map(|(_, country)| country.iso3));
        Resolution::Several { candidates, how: Kind::Ambiguous, row: None }
    }

    /// The country with this alpha-3 code, in upper case.
    pub fn by_iso3(self, iso3: &str) -> Option<&'index Country> {
        self.countries.get(place_of(self.countries, iso3)?)
    }

    /// The country with this code in the system chosen, with this flag or top-level domain. Codes are ASCII; case
    /// does not matter, nor do the zeros that a spreadsheet drops from a numeric code.
    pub(super) fn by_code(self, input: &str) -> Option<&'index Country> {
        let sign = input.starts_with(['.', ':']) || !input.is_ascii();
        match self.reading.system {
            system if sign || system == CodeSystem::Iso => self.by_iso_code(input),
            system => self.by_iso3(self.codes.iso3(input, system)?),
        }
    }

    fn by_iso_code(self, input: &str) -> Option<&'index Country> {
        // Arrays are compared at once, where slices would be by a call.
        let by_iso2 = |code: &str| {
            let code = <[u8; 2]>::try_from(code.as_bytes()).ok()?;
            let code = Some(code.map(|letter| letter.to_ascii_uppercase()));
            let mut countries = self.countries.iter();
            countries.find(|country| country.iso2.as_bytes().try_into().ok() == code)
        };
        // A spreadsheet or pandas may take a numeric code for a decimal: "498.0".
        let number = input.strip_suffix(".0").unwrap_or(input);
        match input.as_bytes() {
            [b'0'..=b'9', ..] if number.len() <= 3 => self.by_numeric(number),
            [_, _] => by_iso2(input),
            [_, _, _] if !input.starts_with('.') => self.by_iso3(&input.to_ascii_uppercase()),
            [b'.', code @ ..] if code.len() == 2 => by_iso2(input.trim_start_matches('.')),
            _ => by_iso2(&flag_letters(input)?),
        }
    }

    /// The country with a numeric code of at most three digits, zeros before it or not.
    fn by_numeric(self, number: &str) -> Option<&'index Country> {
        let mut padded = [b'0'; 3];
        let digits = padded.get_mut(3_usize.checked_sub(number.len())?..)?;
        digits.copy_from_slice(number.as_bytes());
        let mut countries = self.countries.iter();
        countries.find(|country| {
            let code = country.numeric.map(str::as_bytes);
            code.and_then(|code| code.try_into().ok()) == Some(padded)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::index::names::resolve::Resolution;

    /// The code and the kind of a country, the candidates of an ambiguous name, or nothing.
    fn named(name: &str) -> String {
        let index = Index::embedded();
        match index.resolve(name) {
            Resolution::Country { country, how, .. } => format!("{} {how}", country.iso3),
            Resolution::Several { candidates, how, .. } => {
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
