//! A Bloom filter over every word of every known name; never rejects a known one. A name with a word that no known name
//! has is no country's: that rules most other text out at a fraction of what it takes to resolve it.

use crate::index::country::Country;
use crate::index::names::damage::is_suspect;
use crate::index::names::fold::fold;
use crate::index::names::spellings::{Names, in_one_word};

/// The bits of the filter. With some 30,000 words, each of which sets three, one word in 10,000 passes by chance.
const BITS: u64 = 1 << 21;

/// A Bloom filter of words: it may take others for its own by chance, about one in 10,000.
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
        for key in names.every_key() {
            words.add_all(key);
            words.add_all(&in_one_word(key).unwrap_or_default());
        }
        for country in countries {
            let key = fold(&country.name);
            words.add_all(&key);
            words.add_all(&in_one_word(&key).unwrap_or_default());
            words.add_all(&country.iso2.to_lowercase());
            words.add_all(&country.iso3.to_lowercase());
        }
        for code in codes {
            words.add_all(&code.to_lowercase());
        }
        words.add_all("and or the note flag");
        words
    }

    fn add_all(&mut self, key: &str) {
        for word in key.split(' ') {
            let hash = word.bytes().fold(SEED, mix);
            for place in places(hash) {
                if let Some(bits) = self.bits.get_mut(place / 64) {
                    *bits |= 1 << (place % 64);
                }
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
        let (mut word, mut ascii) = (Word::default(), true);
        for byte in name {
            match byte {
                _ if byte.is_ascii_alphanumeric() => word.push(byte.to_ascii_lowercase()),
                0x80.. => {
                    // What touches a letter beyond ASCII is not whole.
                    ascii = false;
                    word.whole = false;
                }
                _ if word.is_unknown(self) => return true,
                _ => word = Word::default(),
            }
        }
        word.is_unknown(self) || !ascii && self.rules_out_folded(name)
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
        let known = |word: &str| self.may_have(word.bytes().fold(SEED, mix));
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

/// A word as far as it was read.
struct Word {
    hash: u64,
    len: usize,
    letters: bool,
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
            to_last_letter: SEED,
            whole: true,
        }
    }
}

impl Word {
    fn push(&mut self, byte: u8) {
        self.hash = mix(self.hash, byte);
        self.len += 1;
        if byte.is_ascii_lowercase() {
            self.letters = true;
            self.to_last_letter = self.hash;
        }
    }

    /// Whether no name has it. Single letters are joined by the fold, and short numbers may be codes or footnotes.
    fn is_unknown(&self, words: &BloomFilter) -> bool {
        let year = self.len == YEAR && !self.letters;
        let judged = self.len > LONGEST_CODE && !year || self.letters && self.len > 1;
        let known =
            || words.may_have(self.hash) || self.letters && words.may_have(self.to_last_letter);
        judged && self.whole && !known()
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a.
fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The three bits of a word.
fn places(hash: u64) -> [usize; 3] {
    let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    [mixed >> 43, mixed >> 22, mixed].map(|place| usize::try_from(place & (BITS - 1)).unwrap_or(0))
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
                    "498", "U", "S", "A", "x", "xyz", "Company", "17", "formerly", "la", "d'", "South", "Congo",
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
