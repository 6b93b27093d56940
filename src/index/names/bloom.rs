//! A Bloom filter over every word of every known name, and every two words side by side; never rejects a known one. A name
//! with a word that no known name has, or with two that stand together in none, is no country's: that rules most other text
//! out at a fraction of what it takes to resolve it.

use crate::index::country::Country;
use crate::index::names::clips::ShortWords;
use crate::index::names::damage::is_suspect;
use crate::index::names::fold::fold;
use crate::index::names::marks::without_marks;
use crate::index::names::spellings::{Names, in_one_word, is_long};

/// The blocks of 64 bits. With some 30,000 words and 30,000 pairs, each of which sets three bits in one block, one other in
/// 1,500 passes by chance.
const BLOCKS: usize = 1 << 16;

/// A Bloom filter of words: it may take others for its own by chance.
#[derive(Debug)]
pub struct BloomFilter {
    blocks: Vec<u64>,
    short: ShortWords,
}

impl BloomFilter {
    /// The words of all names, of ISO's codes and these others, and those that may stand between two names.
    pub fn new(
        countries: &[Country],
        names: &Names,
        codes: impl Iterator<Item = &'static str>,
    ) -> Self {
        let mut words = Self { blocks: vec![0; BLOCKS], short: names.short_words().clone() };
        let mut joined = Vec::new();
        for (_, key) in names.every_key() {
            words.add_all(key);
            words.add_ends(key);
            if is_long(key) {
                joined.clear();
                joined.extend(key.bytes().filter(|byte| *byte != b' '));
                words.add(hash_of(&joined));
            }
        }
        for country in countries {
            let key = fold(country.name);
            words.add_all(&key);
            words.add_all(&in_one_word(&key).unwrap_or_default());
            words.add_ends(&key);
            words.add_all(&country.iso2.to_lowercase());
            words.add_all(&country.iso3.to_lowercase());
            words.add_all(country.numeric.unwrap_or_default());
        }
        for word in names.words_beside() {
            words.add(pair(hash_of(word.as_bytes()), BESIDE));
        }
        for code in codes {
            words.add_all(&code.to_lowercase());
        }
        words.add_all("and or the note flag");
        words
    }

    fn add_all(&mut self, key: &str) {
        let mut before = None;
        for word in key.as_bytes().split(|byte| *byte == b' ') {
            let hash = hash_of(word);
            self.add(hash);
            if let Some(before) = before.replace(hash) {
                self.add(pair(before, hash));
            }
        }
    }

    /// The ends of a name as they are when its words are cut short.
    fn add_ends(&mut self, key: &str) {
        if key.contains(' ') {
            for ends in self.short.ends_of(key) {
                self.add(pair(u64::from(ends), ENDS));
            }
        }
    }

    fn add(&mut self, hash: u64) {
        let (place, bits) = bits(hash);
        if let Some(block) = self.blocks.get_mut(place) {
            *block |= bits;
        }
    }

    fn may_have(&self, hash: u64) -> bool {
        let (place, bits) = bits(hash);
        let block = self.blocks.get(place).copied().unwrap_or(0);
        block & bits == bits
    }

    /// Whether a name surely resolves to nothing.
    ///
    /// Folding, and all that `resolve` tries, separates a name into words of letters and digits, and may leave out or move
    /// whole ones, but only such as are in the table themselves, single letters, and numbers of footnotes.
    pub fn rules_out(&self, name: &[u8]) -> bool {
        if name.len() <= LONGEST_CODE || is_suspect(name) {
            return false;
        }
        let (mut rest, mut before, mut ascii) = (name, Before::Start, true);
        loop {
            let word = Word::at_start(rest);
            if self.is_unknown(&word, before) {
                return !self.may_be_cut_short(name);
            }
            ascii &= word.whole;
            match rest.get(word.text.len()..).and_then(<[u8]>::split_first) {
                None => {
                    return !ascii && self.rules_out_folded(name) && !self.may_be_cut_short(name);
                }
                Some((b' ', behind)) => (before, rest) = (word.before_space(before), behind),
                Some((_, behind)) => (before, rest) = (Before::Sign, behind),
            }
        }
    }

    /// Whether no name has a word, or none has it behind the word before.
    fn is_unknown(&self, word: &Word<'_>, before: Before) -> bool {
        if !word.whole {
            return false;
        }
        let known = || self.may_have(word.hash) || self.may_have_without_digits(word);
        if word.is_judged(before) && !known() {
            return true;
        }
        // Only words beside names may stand between a name's own, or be left out.
        let beside = |hash| self.may_have(pair(hash, BESIDE));
        match before {
            Before::Word(before) if word.is_plain() => {
                !(self.may_have(pair(before, word.hash)) || beside(before) || beside(word.hash))
            }
            _ => false,
        }
    }

    /// Whether a text begins and ends as a name does whose words are cut short.
    fn may_be_cut_short(&self, name: &[u8]) -> bool {
        let bare = std::str::from_utf8(name).ok().map(without_marks);
        // A label may stand before it: "Country: SthAfrica".
        let last = bare.and_then(|bare| bare.rsplit(':').next());
        let ends = last.and_then(|name| self.short.ends(name));
        ends.is_some_and(|ends| self.may_have(pair(u64::from(ends), ENDS)))
    }

    /// Digits at the end of a word may be a footnote's.
    fn may_have_without_digits(&self, word: &Word<'_>) -> bool {
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
        let letters = word.text.iter().rposition(is_letter);
        let bare = letters.and_then(|last| word.text.get(..=last));
        bare.is_some_and(|bare| bare.len() < word.text.len() && self.may_have(hash_of_word(bare)))
    }

    /// Whether a name beyond ASCII is ruled out. Raised digits are the marks of footnotes, and fold to what looks like a part of the
    /// word before them.
    fn rules_out_folded(&self, name: &[u8]) -> bool {
        let Ok(name) = std::str::from_utf8(name) else {
            return false;
        };
        if name.contains(|c: char| c.is_numeric() && !c.is_ascii_digit()) {
            return false;
        }
        let key = fold(name);
        let known = |word: &str| self.may_have(hash_of(word.as_bytes()));
        let footnote = |c: char| c.is_ascii_digit();
        let mut words = key.split(' ').filter(|word| word.len() > LONGEST_CODE);
        words.any(|word| {
            let bare = word.trim_end_matches(footnote);
            let year = bare.is_empty() && word.len() == YEAR;
            !(known(word) || known(bare) || year)
        })
    }
}

/// The longest code, which is not looked up as a word: ".md" and "498".
const LONGEST_CODE: usize = 3;

/// The digits of a year, which may stand after a name.
const YEAR: usize = 4;

/// What stands before a word.
#[derive(Clone, Copy, Debug)]
enum Before {
    /// Nothing.
    Start,
    /// Spaces, and before them a word of letters that is no code, by its hash.
    Word(u64),
    Sign,
}

/// What a byte is to a word.
type Class = u8;

/// Letters and digits of ASCII, what is beyond it, and all other signs.
const LETTER: Class = 1;
const DIGIT: Class = 2;
const BEYOND: Class = 4;
const SIGN: Class = 8;

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler works it out, and would refuse either"
)]
const CLASSES: [Class; 256] = {
    let mut classes = [SIGN; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            0x80.. => BEYOND,
            _ => SIGN,
        };
        byte += 1;
    }
    classes
};

/// A word: letters, digits, and what is beyond ASCII.
struct Word<'text> {
    text: &'text [u8],
    hash: u64,
    letters: bool,
    digits: bool,
    /// Whether all of it is ASCII: what touches a letter beyond is not whole.
    whole: bool,
}

impl<'text> Word<'text> {
    /// The word that a text begins with; empty where another sign stands there.
    fn at_start(text: &'text [u8]) -> Self {
        let mut all = Class::default();
        let is_sign = |byte: &u8| {
            let class = CLASSES.get(usize::from(*byte)).copied().unwrap_or(SIGN);
            all |= class & !SIGN;
            class == SIGN
        };
        let end = text.iter().position(is_sign).unwrap_or(text.len());
        let text = text.get(..end).unwrap_or_default();
        Self {
            text,
            hash: hash_of_word(text),
            letters: all & LETTER != 0,
            digits: all & DIGIT != 0,
            whole: all & BEYOND == 0,
        }
    }

    /// Whether it must be known. Single letters are joined by the fold, numbers of one or two digits may be footnotes, those of
    /// three may stand before a name and be codes without their zeros.
    fn is_judged(&self, before: Before) -> bool {
        let (len, zero) = (self.text.len(), self.text.starts_with(b"0"));
        match (self.letters, len) {
            (true, len) => len > 1,
            (false, LONGEST_CODE) => !zero && !matches!(before, Before::Start),
            (false, len) => len > LONGEST_CODE && len != YEAR,
        }
    }

    /// Whether it has letters only, and too many for a code.
    fn is_plain(&self) -> bool {
        self.whole && self.text.len() > LONGEST_CODE && !self.digits
    }

    /// What stands before the next word when a space follows this one.
    fn before_space(&self, before: Before) -> Before {
        match before {
            // Another space.
            _ if self.text.is_empty() => before,
            _ if self.is_plain() => Before::Word(self.hash),
            _ => Before::Sign,
        }
    }
}

/// Stands for any word in the pair with one that stands beside names.
const BESIDE: u64 = 1;

/// Stands beside the hash of the ends of a name.
const ENDS: u64 = 2;

/// The hash of two words side by side.
fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23).wrapping_mul(0x0000_0100_0000_01b3) ^ second
}

fn hash_of(word: &[u8]) -> u64 {
    hash(word, 0)
}

/// The hash of a word of ASCII's letters and digits, whatever its case: one bit tells upper from lower, and digits have it.
fn hash_of_word(word: &[u8]) -> u64 {
    hash(word, b' ')
}

/// The hash of bytes in each of which these bits are set.
fn hash(bytes: &[u8], set: u8) -> u64 {
    let mix = |hash: u64, eight: u64| {
        let mixed = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ mixed >> 32
    };
    let (eights, rest) = bytes.as_chunks::<8>();
    let all_set = u64::from_le_bytes([set; 8]);
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight) | all_set);
    let hash = eights.fold(bytes.len() as u64, mix);
    let push = |rest: u64, byte: &u8| rest << 8 | u64::from(*byte | set);
    mix(hash, rest.iter().fold(0, push))
}

/// The block of a word, and its three bits in that: all in one place, for most of the time goes into fetching them.
fn bits(hash: u64) -> (usize, u64) {
    let mixed = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    let place = mixed >> (u64::BITS - BLOCKS.trailing_zeros());
    let bit = |shift: u32| 1 << (mixed >> shift & 63);
    (usize::try_from(place).unwrap_or(0), bit(40) | bit(34) | bit(28))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use crate::index::Index;
    use crate::index::names::resolve::Resolution;
    use crate::index::names::spellings::Spelling;
    use crate::index::table::Tables;

    #[test]
    fn no_spelling_is_ruled_out() {
        let index = Index::embedded();
        let bloom = index.bloom();
        let names: Vec<Spelling> = Tables::embedded().names.all().collect();
        assert!(names.len() > 30_000);
        for name in names.into_iter().map(|row| row.name) {
            assert!(!bloom.rules_out(name.as_bytes()), "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Words of names and other words, with all that people put around and between them.
        #[test]
        fn what_is_ruled_out_resolves_to_nothing(
            parts in proptest::collection::vec(
                proptest::sample::select(&[
                    "Moldova", "Korea", "Republic", "of", "the", "The", "and", " and ", "or", "Serbia", "MD",
                    "498", "U", "S", "A", "x", "xyz", "Company", "17", "formerly", "la", "d'", "Sri Lanka", "United Kingdom", "United", "Kingdom", "total", "Democratic", "Republic of", "250", "042", "Saint", "Lucia", "South", "Congo",
                    "DR", "Kosovo", "1244", "Guinea", "Bissau", "USA", "GB", "note", "Côte", "Ivoire", "Domin.", "Rep.", "SthAfrica", "Dem", "Rep", "Cong", "Brit.", "Virgin", "Is.", "St.", "Gren.", "République",
                    "Молдова", "中国", "SouthKorea", "bosniaandherzegovina", "total", "Country:", "excluding", "until", "incl.", "Tanzania", "Zanzibar", ":flag_md:",
                    "1", "2018", "Serbia1", "C%C3%B4te", "CÃ´te", "dâ€™Ivoire", "d&rsquo;Ivoire", "Macao", "Mald.", "FRANCE", "LA", "Zürich", "الأردن", "\u{1f1f2}\u{1f1e9}", "Åland", "Curaçao",
                ][..]),
                1..6,
            ),
            marks in proptest::collection::vec(
                proptest::sample::select(&[
                    " ", " ", "-", ", ", " (", ")", "/", "*", "[1]", "(2)", ".", "'", "&", " & ", "&amp;", "+", "_", "¹", "†", "–", "’", "é", ":", "^2", "[note 1]", "%20", " 1/", ";", " (a)", "1", "|", "&nbsp;", " (2018)",
                ][..]),
                6,
            ),
        ) {
            static INDEX: LazyLock<Index> = LazyLock::new(Index::embedded);
            let name: String = parts.iter().zip(&marks).flat_map(|(part, mark)| [*part, *mark]).collect();
            if INDEX.bloom().rules_out(name.as_bytes()) {
                prop_assert!(matches!(INDEX.resolve(&name), Resolution::Unknown), "{}", name);
            }
        }
    }
}
