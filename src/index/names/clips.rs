//! Words cut short, as offices of statistics write them: "Domin. Rep.", `TrinidadTob`. Knows no country.

use std::collections::{HashMap, HashSet};

use crate::index::names::fold::fold;

/// The fewest letters that stand for the word they begin.
const FEWEST: usize = 3;

/// The most letters of a short word.
const LONGEST: usize = 5;

/// A word of a text, folded.
#[derive(Debug, PartialEq, Eq)]
pub struct Clip {
    pub word: String,
    /// Whether it may be the beginning of a word.
    pub cut: bool,
}

/// The words that are cut short in one way only, "Br." and "Sth", and those that may be left out.
#[derive(Clone, Debug, Default)]
pub struct ShortWords {
    /// What each stands for, and those that stand for a word.
    full: HashMap<&'static str, Vec<String>>,
    short: HashMap<String, Vec<&'static str>>,
    pub left_out: HashSet<&'static str>,
    /// The languages they are words of.
    pub languages: HashSet<&'static str>,
}

impl ShortWords {
    /// Adds a word and what it stands for, with ';' between.
    pub fn add(&mut self, short: &'static str, full: &str) {
        self.full.insert(short, full.split(';').map(str::to_owned).collect());
        for full in full.split(';') {
            self.short.entry(full.to_owned()).or_default().push(short);
        }
    }

    /// The words of a text that may be a name cut short, in order; none where nothing in it says so. A full stop says it of the
    /// word before, inner capitals of the whole text, and two short words do.
    pub fn clips(&self, text: &str) -> Vec<Clip> {
        let is_fit = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '&' | '\'' | '’' | '-');
        if !self.may_be_cut(text) || !text.chars().all(is_fit) {
            return Vec::new();
        }
        let camel = has_inner_capitals(text);
        let mut clips: Vec<Clip> = words(text)
            .map(|(word, behind)| Clip { word: fold(word), cut: camel || behind.starts_with('.') })
            .filter(|clip| !self.left_out.contains(&*clip.word))
            .collect();
        let short = clips.iter().filter(|clip| self.full.contains_key(&*clip.word)).count();
        for clip in &mut clips {
            clip.cut |= short > 1;
        }
        if clips.len() < 2 { Vec::new() } else { clips }
    }

    /// Whether anything says that words are cut short, by a glance: many texts are asked about.
    fn may_be_cut(&self, text: &str) -> bool {
        let mut words = text.split(' ');
        let ends = [words.next(), words.next_back()].into_iter().flatten();
        let is_short = |word: &str| word.len() <= LONGEST && self.full.contains_key(&*fold(word));
        text.contains('.') || has_inner_capitals(text) || ends.into_iter().any(is_short)
    }

    /// The words of a key that may not be left out.
    fn words_of<'key>(&self, key: &'key str) -> impl DoubleEndedIterator<Item = &'key str> {
        key.split(' ').filter(|word| !self.left_out.contains(word))
    }

    /// Whether each word is one of a name, or what that is cut to, in the same order.
    pub fn fit(&self, clips: &[Clip], key: &str) -> bool {
        let mut words = self.words_of(key);
        let all = clips.iter().all(|clip| words.next().is_some_and(|word| self.fits(clip, word)));
        all && words.next().is_none()
    }

    fn fits(&self, clip: &Clip, word: &str) -> bool {
        let is_short = |full: &Vec<String>| full.iter().any(|one| one == word);
        word == clip.word
            || clip.cut
                && word.starts_with(&*clip.word)
                && clip.word.chars().nth(FEWEST - 1).is_some()
            || self.full.get(&*clip.word).is_some_and(is_short)
    }

    /// The hash of the ends of a text, if it has several words; that of a name cut short is among `ends_of` its key.
    pub fn ends(&self, text: &str) -> Option<u32> {
        if !self.may_be_cut(text) {
            return None;
        }
        let words: Vec<&str> = words(text).map(|(word, _)| word).collect();
        let is_left_out =
            |word: &&str| self.left_out.iter().any(|it| it.eq_ignore_ascii_case(word));
        let first = words.iter().position(|word| !is_left_out(word))?;
        let last =
            words.iter().rposition(|word| !is_left_out(word)).filter(|last| *last > first)?;
        Some(hash_of_ends(&fold(words.get(first)?), &fold(words.get(last)?)))
    }

    /// The hashes of the ends that a name with this key may have when it is cut short; none of one word.
    pub fn ends_of(&self, key: &str) -> Vec<u32> {
        let mut words = self.words_of(key);
        let (Some(first), Some(last)) = (words.next(), words.next_back()) else {
            return Vec::new();
        };
        let forms = |word| self.short.get(word).into_iter().flatten().copied().chain([word]);
        forms(first)
            .flat_map(|first| forms(last).map(move |last| hash_of_ends(first, last)))
            .collect()
    }
}

/// FNV-1a of the letters that two words begin with.
fn hash_of_ends(first: &str, last: &str) -> u32 {
    let letters = first.chars().take(FEWEST).chain([' ']).chain(last.chars().take(FEWEST));
    letters.fold(0x811c_9dc5, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// The words of a text, each with all that is behind it. A capital begins one in `CentralAfRep` and `UArabEmir`.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.get(rest.find(char::is_alphanumeric)?..)?;
        let (word, behind) = rest.split_at_checked(end_of_word(rest))?;
        rest = behind;
        Some((word, behind))
    })
}

fn end_of_word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((place, c)) = chars.next() {
        let small = |c: char| c.is_lowercase();
        let mut is_next_small = || chars.peek().is_some_and(|(_, next)| small(*next));
        let begins =
            c.is_uppercase() && (small(before) || before.is_uppercase() && is_next_small());
        if begins || !c.is_alphanumeric() {
            return place;
        }
        before = c;
    }
    text.len()
}

fn has_inner_capitals(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| std::mem::replace(&mut before, c).is_lowercase() && c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short_words() -> ShortWords {
        let mut words = ShortWords::default();
        for (short, full) in
            [("br", "british"), ("sth", "south"), ("rep", "republic"), ("dem", "democratic")]
        {
            words.add(short, full);
        }
        words.left_out.extend(["and", "of", "the"]);
        words
    }

    #[test]
    fn a_full_stop_inner_capitals_and_two_short_words_say_that_a_name_is_cut_short() {
        for (text, key) in [
            ("Eq. Guin.", ""),
            ("Equat. Guin.", "equatorial guinea"),
            ("Trin. & Tob.", "trinidad and tobago"),
            ("TrinidadTob", "trinidad and tobago"),
            ("SthAfrica", "south africa"),
            ("REP.CHECA", "rep checa"),
            ("Dem Rep Cong", "democratic republic of the congo"),
            ("Br Virgin Islands", "british virgin islands"),
        ] {
            let words = short_words();
            assert_eq!(words.fit(&words.clips(text), key), !key.is_empty(), "{text}");
            let known = words.ends(text).is_some_and(|ends| words.ends_of(key).contains(&ends));
            assert_eq!(known, !key.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_name_without_such_a_sign_and_a_single_word_are_not_cut_short() {
        for text in ["Trinidad Tob", "New Hamp", "Mold.", "Rep.", "Co. 12", "Sth"] {
            assert_eq!(short_words().clips(text), [], "{text}");
        }
        let words = short_words();
        assert!(
            !words.fit(&words.clips("Sth Afr"), "south africa"),
            "one short word cuts no other"
        );
    }
}
