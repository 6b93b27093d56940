//! The table of spellings: what kind of name each is, and which rows share a key.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::placement::variant;
use crate::index::sorted::{Sorted, fields, first_field, split_field};

/// By what a spelling names a country. Shown as in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
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
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Kind {
    /// Whether it is the name of one country.
    pub fn is_name(self) -> bool {
        !matches!(self, Self::Ambiguous | Self::Dissolved) && !self.is_word()
    }

    /// Whether a row must say why it is of this kind.
    pub fn needs_note(self) -> bool {
        matches!(
            self,
            Self::Former | Self::Contested | Self::Ambiguous | Self::Dissolved
        )
    }

    /// Whether it is a word beside a name, and no name itself.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Generic | Self::Article | Self::Aside)
    }
}

/// One row of `names.csv`.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// The country named, or the countries parted by ';', ISO 3166-1 alpha-3; none for a word.
    pub iso3: &'static str,
    /// What kind of name it is.
    pub kind: Kind,
    /// The id in `sources.csv` of where it was found.
    pub source: &'static str,
    /// The spelling as it is written, and why it is former, contested, ambiguous or dissolved; as in the file.
    pub name_and_note: &'static str,
}

impl Spelling {
    /// A row of `names.csv`. The rules of the data let no row be unreadable.
    pub fn read(line: &'static str) -> Option<Self> {
        let (_key, rest) = split_field(line)?;
        let (iso3, rest) = split_field(rest)?;
        let (kind, rest) = split_field(rest)?;
        let (_languages, rest) = split_field(rest)?;
        let (source, name_and_note) = split_field(rest)?;
        Some(Self {
            iso3,
            kind: variant(kind)?,
            source,
            name_and_note,
        })
    }

    /// Whether it was put together of a territory and its state, or the like.
    pub fn is_composed(&self) -> bool {
        self.source == "composed"
    }

    /// The same for a territory beside its state.
    pub fn is_composed_alias(&self) -> bool {
        self.is_composed() && self.kind == Kind::Alias
    }

    /// The spelling as it is written.
    pub fn name(&self) -> String {
        let name = fields(self.name_and_note).into_iter().next();
        name.unwrap_or_default().into_owned()
    }

    /// Why it is former, contested, ambiguous or dissolved.
    pub fn note(&self) -> Option<String> {
        if !self.kind.needs_note() {
            return None;
        }
        let note = fields(self.name_and_note).into_iter().nth(1);
        note.filter(|note| !note.is_empty()).map(Cow::into_owned)
    }
}

/// The table of spellings. Its text is sorted by key, so that a name is found by halving, and nothing is read
/// but the rows on the way.
#[derive(Debug)]
pub struct Names {
    rows: Sorted,
    keys: OnceCell<Vec<Comparable>>,
}

impl Names {
    /// The table in the text of `names.csv`.
    pub fn new(text: &'static str) -> Self {
        Self {
            rows: Sorted::new(text),
            keys: OnceCell::new(),
        }
    }

    /// The rows whose key is `key`.
    pub fn with_key(&self, key: &str) -> Vec<Spelling> {
        self.rows.with_key(key).map_while(Spelling::read).collect()
    }

    /// Every key, as often as it has rows.
    pub fn every_key(&self) -> impl Iterator<Item = &'static str> {
        self.rows.all().map(first_field)
    }

    /// Every key, prepared to be compared with a name.
    pub fn keys(&self) -> &[Comparable] {
        let key = |line| {
            let key = first_field(line);
            Comparable {
                key,
                letters: Letters::of(key),
                line,
            }
        };
        self.keys.get_or_init(|| self.rows.all().map(key).collect())
    }
}

/// A key of the table, prepared to be compared with many names.
#[derive(Clone, Copy, Debug)]
pub struct Comparable {
    /// The key.
    pub key: &'static str,
    /// Its letters.
    pub letters: Letters,
    /// Its row, unparsed.
    pub line: &'static str,
}

/// How many letters a key has, and which, each as one of 64 bits: most keys are ruled out as near ones by that.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// How many.
    pub count: usize,
    set: u64,
}

impl Letters {
    /// The letters of a key.
    pub fn of(key: &str) -> Self {
        let none = Self { count: 0, set: 0 };
        key.chars().fold(none, |letters, c| Self {
            count: letters.count + 1,
            set: letters.set | 1 << (c as u32 % 64),
        })
    }

    /// Whether more than `limit` changes must be made to make the one key of the other; it may be so even if not.
    pub fn differ_by_more(self, other: Self, limit: usize) -> bool {
        let more = |letters: u64| {
            // Each step takes the lowest letter away: cheaper than to count them.
            let left = (0..limit).fold(letters, |left, _| left & left.wrapping_sub(1));
            left != 0
        };
        self.count.abs_diff(other.count) > limit
            || more(self.set & !other.set)
            || more(other.set & !self.set)
    }
}
