//! A Bloom filter over every word of every known name, and every two words side by side; never rejects a known one. A name
//! with a word that no known name has, or with two that stand together in none, is no country's: that rules most other text
//! out at a fraction of what it takes to resolve it.

use crate::index::country::Country;
use crate::index::names::damage::is_suspect;
use crate::index::names::fold::fold;
use crate::index::names::spellings::{Names, in_one_word, is_long};

/// The bits of the filter. With some 30,000 words and 30,000 pairs, each of which sets three, one in 5,000 passes by chance.
const BITS: u64 = 1 << 22;

/// A Bloom filter of words: it may take others for its own by chance, about one in 5,000.
#[derive(Debug)]
pub struct BloomFilter {
    bits: Vec<u64>,
}

impl BloomFilter {
    /// The words of all names, of ISO's codes and these others, and those that may stand between two names.
    pub fn new(
        countries: &[Country],
        names: &Names,
        codes: impl Iterator<Item = &'static str>,
    ) -> Self {
        let mut words = Self {
            bits: vec![0; usize::try_from(BITS / 64).unwrap_or(0)],
        };
        for (_, key) in names.every_key() {
            words.add_all(key);
            if is_long(key) {
                words.add(key.bytes().filter(|byte| *byte != b' ').fold(SEED, mix));
            }
        }
        for country in countries {
            let key = fold(&country.name);
            words.add_all(&key);
            words.add_all(&in_one_word(&key).unwrap_or_default());
            words.add_all(&country.iso2.to_lowercase());
            words.add_all(&country.iso3.to_lowercase());
            words.add_all(country.numeric.unwrap_or_default());
        }
        for word in names.words_beside() {
            words.add(pair(hash_of(word), BESIDE));
        }
        for code in codes {
            words.add_all(&code.to_lowercase());
        }
        words.add_all("and or the note flag");
        words
    }

    fn add_all(&mut self, key: &str) {
        let mut before = None;
        for word in key.split(' ') {
            let hash = hash_of(word);
            self.add(hash);
            if let Some(before) = before.replace(hash) {
                self.add(pair(before, hash));
            }
        }
    }

    fn add(&mut self, hash: u64) {
        for place in places(hash) {
            if let Some(bits) = self.bits.get_mut(place / 64) {
                *bits |= 1 << (place % 64);
            }
        }
    }

    fn may_have(&self, hash: u64) -> bool {
        places(hash).into_iter().all(|place| {
            let bits = self.bits.get(place / 64).copied().unwrap_or(0);
            bits >> (place % 64) & 1 == 1
        })
    }

    /// Whether a name surely resolves to nothing.
    ///
    /// Folding, and all that `resolve` tries, separates a name into words of letters and digits, and may leave out or move
    /// whole ones, but only such as are in the table themselves, single letters, and numbers of footnotes.
    pub fn rules_out(&self, name: &[u8]) -> bool {
        if name.len() <= LONGEST_CODE || is_suspect(name) {
            return false;
        }
        let (mut word, mut before, mut ascii) = (Word::default(), Before::Start, true);
        for byte in name {
            match byte {
                _ if byte.is_ascii_alphanumeric() => word.push(byte.to_ascii_lowercase()),
                0x80.. => {
                    // What touches a letter beyond ASCII is not whole.
                    ascii = false;
                    word.whole = false;
                }
                _ if self.is_unknown(&word, before) => return true,
                b' ' => before = word.before_space(before),
                _ => {
                    before = Before::Sign;
                    word = Word::default();
                    continue;
                }
            }
            if *byte == b' ' {
                word = Word::default();
            }
        }
        self.is_unknown(&word, before) || !ascii && self.rules_out_folded(name)
    }

    /// Whether no name has a word, or none has it behind the word before.
    fn is_unknown(&self, word: &Word, before: Before) -> bool {
        if !word.whole {
            return false;
        }
        let known =
            || self.may_have(word.hash) || word.letters && self.may_have(word.to_last_letter);
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

    /// The same for a name beyond ASCII. Raised digits are the marks of footnotes, and fold to what looks like a part of the
    /// word before them.
    fn rules_out_folded(&self, name: &[u8]) -> bool {
        let Ok(name) = std::str::from_utf8(name) else {
            return false;
        };
        if name.contains(|c: char| c.is_numeric() && !c.is_ascii_digit()) {
            return false;
        }
        let key = fold(name);
        let known = |word: &str| self.may_have(hash_of(word));
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
    /// Anything else.
    Sign,
}

/// A word as far as it was read.
struct Word {
    hash: u64,
    len: usize,
    letters: bool,
    digits: usize,
    /// Whether it begins with a zero.
    zero: bool,
    /// The hash up to the last letter: digits after it may be a footnote's.
    to_last_letter: u64,
    /// Whether all of it is ASCII.
    whole: bool,
}

impl Default for Word {
    fn default() -> Self {
        Self {
            hash: SEED,
            len: 0,
            letters: false,
            digits: 0,
            zero: false,
            to_last_letter: SEED,
            whole: true,
        }
    }
}

impl Word {
    fn push(&mut self, byte: u8) {
        self.hash = mix(self.hash, byte);
        self.zero |= self.len == 0 && byte == b'0';
        self.len += 1;
        if byte.is_ascii_lowercase() {
            self.letters = true;
            self.to_last_letter = self.hash;
        } else {
            self.digits += 1;
        }
    }

    /// Whether it must be known. Single letters are joined by the fold, numbers of one or two digits may be footnotes, those of
    /// three may stand before a name and be codes without their zeros.
    fn is_judged(&self, before: Before) -> bool {
        match (self.letters, self.len) {
            (true, len) => len > 1,
            (false, LONGEST_CODE) => !self.zero && !matches!(before, Before::Start),
            (false, len) => len > LONGEST_CODE && len != YEAR,
        }
    }

    /// Whether it has letters only, and too many for a code.
    fn is_plain(&self) -> bool {
        self.whole && self.len > LONGEST_CODE && self.digits == 0
    }

    /// What stands before the next word when a space follows this one.
    fn before_space(&self, before: Before) -> Before {
        match before {
            // Another space.
            _ if self.len == 0 && self.whole => before,
            _ if self.is_plain() => Before::Word(self.hash),
            _ => Before::Sign,
        }
    }
}

/// Stands for any word in the pair with one that stands beside names.
const BESIDE: u64 = 1;

/// The hash of two words side by side.
fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23).wrapping_mul(0x0000_0100_0000_01b3) ^ second
}

fn hash_of(word: &str) -> u64 {
    word.bytes().fold(SEED, mix)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a.
fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The three bits of a word.
fn places(hash: u64) -> [usize; 3] {
    let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    [mixed >> 42, mixed >> 21, mixed].map(|place| usize::try_from(place & (BITS - 1)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::index::files::EMBEDDED;
    use crate::index::load::load;
    use crate::index::names::resolve::Resolution;
    use crate::index::names::spellings::Spelling;
    use crate::index::sorted::rows;

    #[test]
    fn no_spelling_is_ruled_out() {
        let index = load(EMBEDDED).expect("the data can be read");
        let bloom = index.bloom();
        let names = rows::<Spelling>(EMBEDDED.named("names.csv")).expect("rows");
        assert!(names.len() > 30_000);
        for name in names.iter().map(Spelling::name) {
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
                    "DR", "Kosovo", "1244", "Guinea", "Bissau", "USA", "GB", "note", "Côte", "Ivoire", "République",
                    "Молдова", "中国", "SouthKorea", "bosniaandherzegovina", "total", "Country:", "excluding", ":flag_md:",
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
            thread_local! {
                static INDEX: &'static crate::index::Index =
                    Box::leak(Box::new(load(EMBEDDED).expect("the data can be read")));
            }
            let name: String = parts.iter().zip(&marks).flat_map(|(part, mark)| [*part, *mark]).collect();
            let index = INDEX.with(|index| *index);
            if index.bloom().rules_out(name.as_bytes()) {
                prop_assert!(matches!(index.resolve(&name), Resolution::Unknown), "{}", name);
            }
        }
    }
}
