//! Guesses the encoding of text that is not in the one it was read in: it is the one under which most names resolve.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::annotate::country_column::fits;
use crate::index::{Index, Resolution};
use crate::input::Encoding;
use crate::input::encoding::COMMON;

/// How many cells are looked at, and how many bytes of each.
const MOST: usize = 200;
const LONGEST: usize = 1 << 8;

/// Punctuation beyond ASCII that stands in text of many languages.
const PUNCTUATION: &str = "‘’‚“”„«»‹›–—…·•¿¡°ºª€£§©®™№\u{a0}";

/// Cells that are not in the encoding in which the file was read.
pub struct Undecodable<'i> {
    index: &'i Index,
    pub encoding: Encoding,
    cells: BTreeSet<Vec<u8>>,
}

impl<'i> Undecodable<'i> {
    /// None yet.
    pub fn new(index: &'i Index, encoding: Encoding) -> Self {
        Self { index, encoding, cells: BTreeSet::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub fn add(&mut self, cell: &[u8]) {
        if self.cells.len() < MOST && cell.len() <= LONGEST {
            self.cells.insert(cell.to_vec());
        }
    }

    /// Adds the cells of a text that are not in the encoding. The last may be cut in a letter.
    pub fn add_from(&mut self, text: &[u8], delimiter: u8) {
        let mut cells = text.split(|byte| [delimiter, b'\n', b'\r', b'"'].contains(byte)).rev();
        let last = cells.next().filter(|last| last.len() == text.len());
        for cell in cells.rev().chain(last) {
            if !cell.is_ascii() && self.encoding.text(cell).is_none() {
                self.add(cell);
            }
        }
    }

    /// Returns what to say of the cells: the encoding to give, if one fits. Nothing where there are none.
    pub fn hint(&self) -> String {
        match self.guess() {
            _ if self.cells.is_empty() => String::new(),
            Some(label) => format!("; it looks like {label}: try --encoding {label}"),
            None => "; give its encoding with --encoding".to_owned(),
        }
    }

    /// Returns what to do about the cells where what is added to them has letters beyond ASCII.
    pub fn remedy(&self) -> String {
        let guess = self.guess();
        let named = guess.and_then(|label| Some((label, Encoding::named(label).ok()?)));
        match named {
            Some((label, named)) if lacks_names(self.index, named) => format!(
                "; it looks like {label}, which lacks letters of country names: convert it first, as with 'iconv -f {label} -t UTF-8'"
            ),
            _ => self.hint(),
        }
    }

    /// Returns the encoding under which most cells are names or else most like text: the most common of several.
    fn guess(&self) -> Option<&'static str> {
        let others = COMMON.into_iter().filter_map(|label| {
            let other = Encoding::named(label).ok().filter(|other| *other != self.encoding)?;
            Some((self.score(other), label))
        });
        let others = others.filter(|((names, letters), _)| *names > 0 || *letters > 0);
        others.min_by_key(|(score, _)| Reverse(*score)).map(|(_, label)| label)
    }

    /// Returns how many of the cells are names, or headers, of countries in an encoding, and how much they are like text.
    fn score(&self, encoding: Encoding) -> (usize, i64) {
        let texts = self.cells.iter().map(|cell| encoding.text(cell));
        texts.fold((0, 0), |(names, letters), text| match text {
            Some(text) => {
                let is_name = !matches!(self.index.resolve(&text), Resolution::Unknown);
                let is_known = is_name || fits(&text).is_some();
                (names + usize::from(is_known), letters + likeness(&text))
            }
            None => (names, letters - 1),
        })
    }
}

/// Returns whether names of countries have letters that an encoding lacks.
fn lacks_names(index: &Index, encoding: Encoding) -> bool {
    let countries = index.countries_in(crate::index::WORLD);
    countries.iter().any(|country| encoding.bytes(country.name).is_err())
}

/// Returns how much a text is like one in a language: its letters beyond ASCII that may stand where they do, less the others,
/// and less the symbols.
fn likeness(text: &str) -> i64 {
    let before = std::iter::once(' ').chain(text.chars());
    let pairs = before.zip(text.chars());
    let pairs = pairs.filter(|(before, letter)| !before.is_ascii() || !letter.is_ascii());
    let scored = pairs.map(|(before, letter)| match (letter.is_alphabetic(), letter.is_ascii()) {
        _ if PUNCTUATION.contains(letter) => 0,
        (true, false) => 2 * i64::from(follows(before, letter)) - 1,
        (true, true) => i64::from(follows(before, letter)) - 1,
        (false, true) => 0,
        (false, false) => -1,
    });
    scored.sum()
}

/// Returns whether a letter may follow: in one word are letters of one script, no capital behind a small one, and hardly two
/// Latin letters with marks.
fn follows(before: char, letter: char) -> bool {
    let is_latin = |letter: char| letter < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&letter);
    if !before.is_alphabetic() {
        return true;
    }
    let is_marked = |letter: char| is_latin(letter) && !letter.is_ascii() && letter != 'ß';
    is_latin(before) == is_latin(letter)
        && !(before.is_lowercase() && letter.is_uppercase())
        && !(is_marked(before) && is_marked(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str, label: &str) -> Option<&'static str> {
        let index = Index::embedded();
        let encoding = Encoding::named(label).expect("an encoding");
        let bytes = encoding.bytes(text).expect("letters of the encoding");
        let mut cells = Undecodable::new(&index, Encoding::UTF_8);
        cells.add_from(&bytes, b',');
        cells.guess()
    }

    #[test]
    fn the_encoding_is_the_one_under_which_most_names_resolve() {
        for (text, label) in [
            ("Côte d'Ivoire,Österreich\n", "windows-1252"),
            ("Algérie\rBénin\r", "macintosh"),
            ("Češka,Češka Republika,Rumunjska\n", "windows-1250"),
            ("Молдова,Сербия\n", "windows-1251"),
            ("Молдова,Сербия\n", "koi8-r"),
            ("日本,フランス\n", "shift_jis"),
            ("中国,法国,日本\n", "gbk"),
            ("Ελλάδα,Κύπρος\n", "windows-1253"),
            ("Türkiye,Beyaz Rusya,İsveç\n", "windows-1254"),
        ] {
            assert_eq!(guess(text, label), Some(label), "{text}");
        }
    }

    #[test]
    fn without_names_it_is_the_one_in_which_words_look_like_words() {
        for (text, label) in [
            ("Müller,Größe,Bjørn,l’été\n", "windows-1252"),
            ("Müller,Größe,Bjørn\n", "macintosh"),
            ("ÉCOLE,CÔTÉ\n", "macintosh"),
            ("поставщик,Иванов и сын\n", "windows-1251"),
        ] {
            assert_eq!(guess(text, label), Some(label), "{text}");
        }
        assert_eq!(guess("Muller\n", "windows-1252"), None);
        assert_eq!(guess("a±b\n", "windows-1252"), None);
    }
}
