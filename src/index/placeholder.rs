//! What people write in a cell where they have no value: `N/A`, `TBD`, `various`. Never a name or a code of a country.

use std::collections::HashSet;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::index::names::fold::is_invisible;

/// The longest placeholder, in bytes of its plain form.
pub const LONGEST: usize = 64;

/// A word that stands for no value: one row of `placeholders.csv`.
#[derive(Debug, Deserialize)]
pub struct Placeholder {
    /// The word in its plain form.
    pub word: &'static str,
    /// The languages it is used in, BCP 47 codes with ';' between them; empty where it is of none.
    pub languages: &'static str,
}

/// The words that stand for no value.
#[derive(Debug)]
pub struct Placeholders {
    words: HashSet<&'static str>,
    /// The bytes of the longest that has such a first and last letter: most text is told from them by these alone.
    ends: Vec<u8>,
}

/// How many pairs of a first and a last letter are told apart.
const ENDS: usize = 1 << 14;

impl Placeholders {
    pub fn new(rows: &[Placeholder]) -> Self {
        let words: HashSet<_> = rows.iter().map(|row| row.word).collect();
        let mut ends = vec![0; ENDS];
        for word in &words {
            // A letter and its mark may be two.
            for way in [word.to_string(), word.nfd().collect()] {
                if let Some(known) = ends_of(&way).and_then(|place| ends.get_mut(place)) {
                    *known = u8::try_from(way.len()).unwrap_or(u8::MAX).max(*known);
                }
            }
        }
        Self { words, ends }
    }

    /// Whether a text is one, whatever its case and its spaces.
    pub fn has(&self, text: &str) -> bool {
        let found = || plain(text, LONGEST).is_some_and(|plain| self.words.contains(&*plain));
        !self.rules_out(text) && found()
    }

    /// Whether a text is surely none, by its first and its last letter, and the number of those that stay.
    pub fn rules_out(&self, text: &str) -> bool {
        let longest = ends_of(text.trim()).and_then(|place| self.ends.get(place));
        let stay = || text.bytes().filter(u8::is_ascii_graphic).count();
        longest.is_some_and(|longest| *longest == 0 || stay() > usize::from(*longest))
    }
}

/// The place of a text's first and last letter among `ENDS`; none where they are not to be seen.
fn ends_of(text: &str) -> Option<usize> {
    let (first, last) = (*text.as_bytes().first()?, *text.as_bytes().last()?);
    if first.is_ascii() && last.is_ascii() {
        let letter = |byte: u8| usize::from(byte.to_ascii_lowercase());
        return Some(place_of(letter(first), letter(last)));
    }
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    if is_invisible(first) || is_invisible(last) {
        return None;
    }
    let (first, last) = (first.to_lowercase().next()?, last.to_lowercase().last()?);
    Some(place_of(first as usize, last as usize))
}

/// The place of two letters. No two pairs of ASCII's letters, digits and signs share one.
fn place_of(first: usize, last: usize) -> usize {
    (first * 1031 + last) % ENDS
}

/// A text without its case and its spaces; none where more than so many bytes are left of it. Punctuation stays: it is
/// what tells `N/A` from `NA`, and `-` from nothing.
pub fn plain(text: &str, most: usize) -> Option<String> {
    if text.is_ascii() {
        let shown = text.bytes().filter(|byte| !char::from(*byte).is_whitespace());
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
        let row = |word| Placeholder { word, languages: "" };
        let known = Placeholders::new(&["n/a", "néant", "-"].map(row));
        for text in ["N/A", " n / a\u{a0}", "NÉANT", "ne\u{301}ant", "-", "\u{feff}-"] {
            assert!(known.has(text), "{text}");
        }
        for text in ["NA", "n/a n/a", "neant", "", "--"] {
            assert!(!known.has(text), "{text}");
        }
        assert!(!known.has(&"n/a".repeat(1 << 20)));
    }
}
