//! The table of spellings: what kind of name each is, and which rows share a key.

use std::collections::HashSet;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use crate::index::names::clips::{Clip, ShortWords};
use crate::index::sorted::Table;

/// By what a spelling names a country: names first, then those of several or of none, then words. Shown as in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An ISO 3166-1 code, the country's flag or its top-level domain.
    #[serde(skip_deserializing)]
    Code,
    /// The current short name in English.
    #[serde(skip_deserializing)]
    Name,
    /// An official or formal name in English.
    Official,
    /// A name in a language of the country.
    Endonym,
    /// Another name in use.
    Alias,
    /// A name the country had before.
    Former,
    /// A name that is contested.
    Contested,
    /// A shortened name.
    Abbreviation,
    /// A name in another language.
    Translation,
    /// A name that several countries share, or that of a part of one.
    Ambiguous,
    /// A state that no longer exists.
    Dissolved,
    /// A word for a form of state, which does not tell countries apart.
    Generic,
    /// A word that may stand before a name.
    Article,
    /// A word that introduces another name of the same country.
    Aside,
    /// A word that may stand before a name and a colon.
    Label,
    /// A word that may stand after a name in a table.
    Sum,
    /// A word before what a name does not include.
    Excluding,
    /// A word before what a name includes besides.
    Including,
    /// A word beside the name of a state that is no more.
    Past,
    /// A word between a name and the year to which it is meant.
    Until,
    /// A word that is cut short in names.
    Short,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Kind {
    /// Whether it is the name of one country.
    pub fn is_name(self) -> bool {
        self < Self::Ambiguous
    }

    /// Whether a row must say why it is of this kind.
    pub fn needs_note(self) -> bool {
        matches!(
            self,
            Self::Former | Self::Contested | Self::Ambiguous | Self::Dissolved | Self::Short
        )
    }

    /// Whether it is a word beside a name, and no name itself.
    pub fn is_word(self) -> bool {
        self >= Self::Generic
    }
}

/// One row of `names.csv`.
#[derive(Clone, Debug, Deserialize)]
pub struct Spelling {
    /// The name folded.
    pub key: &'static str,
    /// The country named, or the countries with ';' between them, ISO 3166-1 alpha-3; none for a word.
    pub iso3: &'static str,
    /// What kind of name it is.
    pub kind: Kind,
    /// The languages it is a name in, BCP 47 codes with ';' between them.
    pub languages: &'static str,
    /// The id in `sources.csv` of where it was found.
    pub source: &'static str,
    /// The spelling as it is written.
    pub name: &'static str,
    /// Why it is former, contested, ambiguous or dissolved; the words that a short one stands for, with ';' between them; else empty.
    pub note: &'static str,
}

impl Spelling {
    /// Why it is former, contested, ambiguous or dissolved.
    pub fn note(&self) -> Option<&'static str> {
        (!self.note.is_empty()).then_some(self.note)
    }

    /// Whether it is a name that this article does not stand before: one in other languages. Names in English are known in
    /// others too.
    pub fn refuses(&self, article: &Self) -> bool {
        let base = |language: &'static str| language.split('-').next();
        let languages = || self.languages.split(';').map(base);
        matches!(self.kind, Kind::Translation | Kind::Endonym)
            && !(self.languages.is_empty() || article.languages.is_empty())
            && !article.languages.split(';').map(base).any(|one| languages().any(|it| it == one))
    }

    /// Whether it is a name in other languages than English.
    pub fn is_foreign(&self) -> bool {
        matches!(self.kind, Kind::Translation | Kind::Endonym)
            && !self.languages.is_empty()
            && !self.languages.split(';').any(|language| language == "en")
    }

    /// Whether it is a short form in other languages than English, which is one only in capitals: "sad" is a word.
    pub fn is_foreign_short_form(&self) -> bool {
        let is_foreign = self.languages.split(';').all(|it| !it.is_empty() && it != "en");
        self.kind == Kind::Abbreviation && is_foreign && self.key.len() <= 3
    }

    /// Whether it was put together of a territory and its state, or the like.
    pub fn is_composed(&self) -> bool {
        self.source == "composed"
    }

    /// Whether it is a composed name of a territory beside its state.
    pub fn is_composed_alias(&self) -> bool {
        self.is_composed() && self.kind == Kind::Alias
    }

    /// Whether it is a word cut short by a full stop, "Mald.", which is the name only with it.
    pub fn is_clipped(&self) -> bool {
        let one_word = self.kind == Kind::Abbreviation && !self.key.contains(' ');
        one_word && self.name.ends_with('.')
    }
}

/// The table of spellings. Its text is sorted by key, so that a name is found by binary search, and nothing is read
/// but the rows on the way.
#[derive(Debug)]
pub struct Names {
    rows: Table<Spelling>,
    /// How many keys were asked for, and the offsets of all rows by a hash of the letters of their keys: for the many, and for
    /// names whose words are joined.
    asked: AtomicUsize,
    by_letters: OnceLock<Vec<(u32, u32)>>,
    beside: OnceLock<HashSet<&'static str, RandomState>>,
    short: OnceLock<ShortWords>,
    /// The offsets of the rows whose names have several words, by a hash of the ends they have when cut short.
    clipped: OnceLock<Vec<(u32, u32)>>,
}

impl Names {
    pub fn new(rows: Table<Spelling>) -> Self {
        Self {
            rows,
            asked: AtomicUsize::new(0),
            by_letters: OnceLock::new(),
            beside: OnceLock::new(),
            short: OnceLock::new(),
            clipped: OnceLock::new(),
        }
    }

    /// The rows whose key is `key`.
    pub fn with_key(&self, key: &str) -> Vec<Spelling> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.are_many() {
            return self.with_letters(key).filter(|row| row.key == key).collect();
        }
        self.rows.with_key(key).collect()
    }

    /// The rows whose keys have these letters, whatever their spaces, and perhaps others.
    fn with_letters(&self, key: &str) -> impl Iterator<Item = Spelling> {
        let all = || self.rows_by(|key| vec![hash(key)]);
        self.rows_with(self.by_letters.get_or_init(all), hash(key))
    }

    /// Whether so many keys were asked for that a table for all of them pays.
    pub fn are_many(&self) -> bool {
        self.asked.load(Ordering::Relaxed) > MANY
    }

    /// The rows of names of several words that make `word` if written in one. No translation is among them, nor what was
    /// composed: too many other words are like one of those.
    pub fn in_one_word(&self, word: &str) -> Vec<Spelling> {
        if word.len() < ONE_WORD {
            return Vec::new();
        }
        let joins = |row: &Spelling| {
            !row.kind.is_word() && row.kind != Kind::Translation && !row.is_composed()
        };
        let rows = self.with_letters(word);
        rows.filter(|row| joins(row) && in_one_word(row.key).as_deref() == Some(word)).collect()
    }

    /// The rows of names that a text of these words may be cut short from: those that are not short already, in languages that have
    /// short words.
    pub fn cut_to(&self, text: &str, clips: &[Clip]) -> Vec<Spelling> {
        let short = self.short_words();
        let Some(ends) = short.ends(text) else {
            return Vec::new();
        };
        let rows = self.clipped.get_or_init(|| self.rows_by(|key| short.ends_of(key)));
        let is_known = |language: &str| short.languages.contains(language);
        let is_whole = |row: &Spelling| {
            row.kind != Kind::Abbreviation
                && (row.languages.is_empty() || row.languages.split(';').any(is_known))
        };
        let rows = self.rows_with(rows, ends);
        rows.filter(|row| is_whole(row) && short.fit(clips, row.key)).collect()
    }

    /// The words that are cut short in names, and the articles.
    pub fn short_words(&self) -> &ShortWords {
        self.short.get_or_init(|| {
            let mut words = ShortWords::default();
            words.left_out.insert("and");
            let keys = self.words_beside().iter();
            for row in keys.flat_map(|key| self.rows.with_key(key)) {
                if row.kind == Kind::Article {
                    words.left_out.insert(row.key);
                } else if row.kind == Kind::Short {
                    words.add(row.key, row.note);
                    words.languages.extend(row.languages.split(';'));
                }
            }
            words
        })
    }

    /// The offset of each row by these hashes of its key.
    fn rows_by(&self, hashes: impl Fn(&str) -> Vec<u32>) -> Vec<(u32, u32)> {
        let pairs = self
            .every_key()
            .flat_map(|(place, key)| hashes(key).into_iter().map(move |it| (it, place)));
        let mut sorted: Vec<(u32, u32)> = pairs.collect();
        sorted.sort_unstable();
        sorted
    }

    fn rows_with(&self, sorted: &[(u32, u32)], sought: u32) -> impl Iterator<Item = Spelling> {
        let first = sorted.partition_point(|(hash, _)| *hash < sought);
        let rows = sorted.iter().skip(first).take_while(move |(hash, _)| *hash == sought);
        rows.filter_map(|(_, place)| self.row_at(*place))
    }

    /// Every key, as often as it has rows, and the offset of each row.
    pub fn every_key(&self) -> impl Iterator<Item = (u32, &'static str)> {
        self.rows.every_key()
    }

    pub fn row_at(&self, offset: u32) -> Option<Spelling> {
        self.rows.row_at(offset)
    }

    pub fn key_at(&self, offset: u32) -> &'static str {
        self.rows.key_at(offset)
    }

    /// The words that stand beside names: rows that name no country.
    pub fn words_beside(&self) -> &HashSet<&'static str, RandomState> {
        let words = || self.rows.file().rows().filter_map(|row| row.key_of_second_empty());
        self.beside.get_or_init(|| words().collect())
    }

    /// Whether a word may be one of those; asked for many, it is certain.
    pub fn may_be_beside(&self, word: &str) -> bool {
        !self.are_many() || self.words_beside().contains(word)
    }
}

/// After how many keys the table of all rows pays: it takes as long to make as 2,000 searches.
const MANY: usize = 1 << 11;

/// The fewest letters of a name that is known by them alone: fewer may be another word.
const ONE_WORD: usize = 8;

/// Whether a key of several words is known in one.
pub fn is_long(key: &str) -> bool {
    key.contains(' ') && key.chars().filter(|c| *c != ' ').count() >= ONE_WORD
}

/// A key of several words in one, if that is long enough.
pub fn in_one_word(key: &str) -> Option<String> {
    is_long(key).then(|| key.replace(' ', ""))
}

/// FNV-1a of the letters, spaces left out.
fn hash(key: &str) -> u32 {
    let letters = key.bytes().filter(|byte| *byte != b' ');
    letters.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One row of `disputed.csv`: a spelling that lists, regions or languages have too.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "some columns say why, to whoever reads the file")]
pub struct Disputed {
    pub key: &'static str,
    iso3: Vec<String>,
    /// The country it stands for all the same; empty where it stands for none.
    pub decision: &'static str,
    languages: Vec<String>,
    name: &'static str,
    why: &'static str,
}
