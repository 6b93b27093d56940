//! What a spelling names: one country, several, or none. Never guesses.

use std::cell::OnceCell;
use std::fmt;

use serde::Deserialize;

use crate::index::country::Country;
use crate::index::fold::{fold, with_marks};
use crate::index::load;

/// The most characters a name may have; nothing longer is looked up. The longest spelling in `names.csv` has
/// about a hundred.
pub const LONGEST: usize = 300;

/// What a spelling names.
#[derive(Debug)]
pub enum Resolution<'index> {
    /// One country.
    Country {
        /// The country named.
        country: &'index Country,
        /// By what.
        #[expect(dead_code, reason = "no command shows it yet")]
        how: Kind,
    },
    /// More than one country, or one that no longer exists.
    Several {
        /// The countries that may be meant, or the successors, by code.
        candidates: Vec<&'index Country>,
        /// `Kind::Dissolved` where the candidates are successors.
        how: Kind,
    },
    /// No country that is known.
    Unknown,
}

/// By what a spelling names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An ISO 3166-1 code, the country's flag or its top-level domain.
    Code,
    /// The current short name in English.
    Name,
    /// An official or formal name.
    Official,
    /// A name in a language of the country.
    Endonym,
    /// Another name in use.
    Alias,
    /// A name the country had before.
    Former,
    /// A name that is contested; the note says by whom.
    Contested,
    /// An abbreviation.
    Abbreviation,
    /// A name in another language.
    Translation,
    /// A name that several countries share.
    Ambiguous,
    /// A state that no longer exists.
    Dissolved,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::Official => "official",
            Self::Endonym => "endonym",
            Self::Alias => "alias",
            Self::Former => "former",
            Self::Contested => "contested",
            Self::Abbreviation => "abbreviation",
            Self::Translation => "translation",
            Self::Ambiguous => "ambiguous",
            Self::Dissolved => "dissolved",
        })
    }
}

/// One row of `names.csv`.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the rules of the data read what no command shows yet"
    )
)]
pub struct Spelling {
    /// The spelling folded; the file is sorted by it.
    pub key: String,
    /// The country named, or the countries, ISO 3166-1 alpha-3.
    #[serde(deserialize_with = "crate::index::load::list")]
    pub iso3: Vec<String>,
    /// The spelling as it is written.
    pub name: String,
    /// What kind of name it is.
    pub kind: Kind,
    /// The id in `sources.csv` of where it was found.
    pub source: String,
    /// Why it is former, contested, ambiguous or dissolved.
    pub note: Option<String>,
}

/// The table of spellings. Its text is sorted by key, so that a name is found by halving and nothing is parsed
/// but the rows that match; its lines are parted when the first name asks for them.
#[derive(Debug)]
pub struct Names {
    text: &'static str,
    lines: OnceCell<Vec<&'static str>>,
}

impl Names {
    /// The table in the text of `names.csv`.
    pub fn new(text: &'static str) -> Self {
        Self {
            text,
            lines: OnceCell::new(),
        }
    }

    /// The rows of the file, without its header.
    pub fn lines(&self) -> &[&'static str] {
        self.lines
            .get_or_init(|| self.text.lines().skip(1).collect())
    }

    /// The rows whose key is `key`.
    fn with_key(&self, key: &str) -> Vec<Spelling> {
        let lines = self.lines();
        let start = lines.partition_point(|line| line_key(line) < key);
        let rest = lines.get(start..).unwrap_or_default();
        let len = rest.iter().take_while(|line| line_key(line) == key).count();
        let found = rest.get(..len).unwrap_or_default();
        spellings(&found.join("\n"))
    }
}

/// Parses rows of `names.csv`. That every row can be parsed is a rule of the data, so none is lost here.
pub fn spellings(lines: &str) -> Vec<Spelling> {
    load::headless(lines).unwrap_or_default()
}

/// The first field of a line: a folded key has nothing in it to quote.
pub fn line_key(line: &str) -> &str {
    line.split_once(',').map_or(line, |(key, _)| key)
}

/// Resolves a name or a code against the countries, which are sorted by code, and the table of spellings.
pub fn resolve<'index>(
    countries: &'index [Country],
    names: &Names,
    input: &str,
) -> Resolution<'index> {
    if is_refused(input) {
        return Resolution::Unknown;
    }
    let input = input.trim();
    if let Some(country) = by_code(countries, input) {
        return Resolution::Country {
            country,
            how: Kind::Code,
        };
    }
    // The names everyone knows are answered before the large table is touched.
    if let Some(country) = countries
        .iter()
        .find(|country| country.name.eq_ignore_ascii_case(input))
    {
        return Resolution::Country {
            country,
            how: Kind::Name,
        };
    }
    by_spelling(countries, names, input)
}

/// Control characters inside a name and reordering ones anywhere are no way to write a country.
fn is_refused(input: &str) -> bool {
    input
        .trim()
        .contains(|c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'))
        || input.trim().chars().count() > LONGEST
}

/// The country with this alpha-2, alpha-3 or numeric code. Codes are ASCII; case does not matter, nor do the
/// zeros a spreadsheet drops from a numeric code.
fn by_code<'index>(countries: &'index [Country], input: &str) -> Option<&'index Country> {
    match input.as_bytes() {
        [b'0'..=b'9', ..] if input.len() <= 3 => {
            let padded = format!("{input:0>3}");
            countries
                .iter()
                .find(|country| country.numeric.as_ref() == Some(&padded))
        }
        [_, _] => countries
            .iter()
            .find(|country| country.iso2.eq_ignore_ascii_case(input)),
        [_, _, _] => by_iso3(countries, &input.to_ascii_uppercase()),
        _ => None,
    }
}

/// The country with this alpha-3 code, in upper case.
pub fn by_iso3<'index>(countries: &'index [Country], iso3: &str) -> Option<&'index Country> {
    let found = countries.binary_search_by(|country| country.iso3.as_str().cmp(iso3));
    found.ok().and_then(|place| countries.get(place))
}

/// The country whose name or other spelling folds to the same key. Where several share the key, those that
/// also agree in their marks come first; if they still differ, it is ambiguous.
fn by_spelling<'index>(
    countries: &'index [Country],
    names: &Names,
    input: &str,
) -> Resolution<'index> {
    let key = fold(input);
    if key.is_empty() {
        return Resolution::Unknown;
    }
    if let Some(country) = countries.iter().find(|country| fold(&country.name) == key) {
        return Resolution::Country {
            country,
            how: Kind::Name,
        };
    }
    let mut rows = names.with_key(&key);
    let marked = with_marks(input);
    if rows.iter().any(|row| with_marks(&row.name) == marked) {
        rows.retain(|row| with_marks(&row.name) == marked);
    }
    let Some(first) = rows.first() else {
        return Resolution::Unknown;
    };
    let mut codes: Vec<&String> = rows.iter().flat_map(|row| &row.iso3).collect();
    codes.sort();
    codes.dedup();
    let candidates = codes.iter().filter_map(|code| by_iso3(countries, code));
    let candidates: Vec<&Country> = candidates.collect();
    match candidates.as_slice() {
        [] => Resolution::Unknown,
        [country] if first.kind < Kind::Ambiguous => Resolution::Country {
            country,
            how: first.kind,
        },
        _ if first.kind == Kind::Dissolved => Resolution::Several {
            candidates,
            how: Kind::Dissolved,
        },
        _ => Resolution::Several {
            candidates,
            how: Kind::Ambiguous,
        },
    }
}
