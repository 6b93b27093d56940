//! What people write in a cell where they have no value: `N/A`, `TBD`, `various`. Never a name or a code of a country.

use std::borrow::Cow;
use std::collections::HashSet;

use anyhow::Result;
use unicode_normalization::UnicodeNormalization;

use crate::index::names::fold::is_invisible;
use crate::index::row::{FromRow, Row};

/// The longest placeholder, in bytes of its plain form.
pub const LONGEST: usize = 64;

/// A word that stands for no value: one row of `placeholders.csv`.
#[derive(Debug)]
pub struct Placeholder {
    /// The word in its plain form.
    pub word: Cow<'static, str>,
    /// The languages it is used in, BCP 47 codes with ';' between them; empty where it is of none.
    pub languages: &'static str,
}

impl FromRow for Placeholder {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            word: row.text()?,
            languages: row.code()?,
        })
    }
}

/// The words that stand for no value.
#[derive(Debug)]
pub struct Placeholders {
    words: HashSet<Cow<'static, str>>,
    /// Whether one has this first and this last byte, both of ASCII: most text is told from them by these alone.
    ends: Vec<bool>,
}

impl Placeholders {
    /// Those of the data.
    pub fn new(rows: impl IntoIterator<Item = Placeholder>) -> Self {
        let words: HashSet<_> = rows.into_iter().map(|row| row.word).collect();
        let mut ends = vec![false; 1 << 14];
        for place in words
            .iter()
            .filter_map(|word| place_of_ends(word.as_bytes()))
        {
            if let Some(end) = ends.get_mut(place) {
                *end = true;
            }
        }
        Self { words, ends }
    }

    /// Whether a text is one, whatever its case and its spaces.
    pub fn has(&self, text: &str) -> bool {
        let found = || plain(text, LONGEST).is_some_and(|plain| self.words.contains(&*plain));
        !self.rules_out(text.as_bytes()) && found()
    }

    /// Whether a text is surely none, by its first and its last byte.
    pub fn rules_out(&self, text: &[u8]) -> bool {
        let place = place_of_ends(text.trim_ascii());
        place.is_some_and(|place| self.ends.get(place) != Some(&true))
    }
}

/// The place of a text's first and last byte among all pairs of such; none where they are not of ASCII.
fn place_of_ends(text: &[u8]) -> Option<usize> {
    let (first, last) = (text.first()?, text.last()?);
    let ascii = first.is_ascii() && last.is_ascii();
    let place = |byte: &u8| usize::from(byte.to_ascii_lowercase());
    ascii.then(|| place(first) << 7 | place(last))
}

/// A text without its case and its spaces; none where more than so many bytes are left of it. Punctuation stays: it is
/// what tells `N/A` from `NA`, and `-` from nothing.
pub fn plain(text: &str, most: usize) -> Option<String> {
    if text.is_ascii() {
        let shown = text
            .bytes()
            .filter(|byte| !char::from(*byte).is_whitespace());
        let mut plain = String::new();
        for byte in shown.take(most + 1) {
            plain.push(char::from(byte.to_ascii_lowercase()));
        }
        return Some(plain).filter(|plain| plain.len() <= most);
    }
    let mut plain = String::new();
    let is_shown = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    for c in text.nfc().filter(is_shown).flat_map(char::to_lowercase) {
        if plain.len() + c.len_utf8() > most {
            return None;
        }
        plain.push(c);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_matter_and_punctuation_does() {
        let row = |word| Placeholder {
            word: Cow::Borrowed(word),
            languages: "",
        };
        let known = Placeholders::new(["n/a", "néant", "-"].map(row));
        for text in [
            "N/A",
            " n / a\u{a0}",
            "NÉANT",
            "ne\u{301}ant",
            "-",
            "\u{feff}-",
        ] {
            assert!(known.has(text), "{text}");
        }
        for text in ["NA", "n/a n/a", "neant", "", "--"] {
            assert!(!known.has(text), "{text}");
        }
        assert!(!known.has(&"n/a".repeat(1 << 20)));
    }
}
