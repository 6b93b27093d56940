//! The table of spellings: what kind of name each is, and which rows share a key.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use anyhow::{Error, Result, anyhow};

use crate::index::file::File;
use crate::index::row::{FromRow, Row, Term};
use crate::index::sorted::Sorted;

/// By what a spelling names a country. Shown as in the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An ISO 3166-1 code, the country's flag or its top-level domain.
    Code,
    /// The current short name in English.
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

/// The kinds of a row: codes and own names stand in `countries.csv`.
impl Term for Kind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Official, "official"),
        (Self::Endonym, "endonym"),
        (Self::Alias, "alias"),
        (Self::Former, "former"),
        (Self::Contested, "contested"),
        (Self::Abbreviation, "abbreviation"),
        (Self::Translation, "translation"),
        (Self::Ambiguous, "ambiguous"),
        (Self::Dissolved, "dissolved"),
        (Self::Generic, "generic"),
        (Self::Article, "article"),
        (Self::Aside, "aside"),
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code => "code",
            Self::Name => "name",
            kind => kind.name(),
        })
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
    /// The rest of the row: few questions ask for the name as it is written, and its note.
    rest: Row,
}

/// The last two columns of a row.
struct NameAndNote(Cow<'static, str>, Cow<'static, str>);

impl FromRow for NameAndNote {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self(row.text()?, row.text()?))
    }
}

impl FromRow for Spelling {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self {
            key: row.code()?,
            iso3: row.code()?,
            kind: row.term()?,
            languages: row.code()?,
            source: row.code()?,
            rest: row.remainder(),
        })
    }
}

impl Spelling {
    /// Whether it was put together of a territory and its state, or the like.
    pub fn is_composed(&self) -> bool {
        self.source == "composed"
    }

    /// The same for a territory beside its state.
    pub fn is_composed_alias(&self) -> bool {
        self.is_composed() && self.kind == Kind::Alias
    }

    /// The spelling as it is written, and why it is former, contested, ambiguous or dissolved.
    ///
    /// # Errors
    /// The row does not have the columns of the header.
    pub fn name_and_note(&self) -> Result<(Cow<'static, str>, Cow<'static, str>)> {
        let NameAndNote(name, note) = self.rest.parse()?;
        Ok((name, note))
    }

    /// The spelling as it is written.
    pub fn name(&self) -> Cow<'static, str> {
        self.name_and_note()
            .map(|(name, _)| name)
            .unwrap_or_default()
    }

    /// Why it is former, contested, ambiguous or dissolved.
    pub fn note(&self) -> Option<Cow<'static, str>> {
        let note = self.name_and_note().ok()?.1;
        (!note.is_empty()).then_some(note)
    }
}

/// The table of spellings. Its text is sorted by key, so that a name is found by binary search, and nothing is read
/// but the rows on the way.
#[derive(Debug)]
pub struct Names {
    rows: Sorted,
    keys: OnceCell<Vec<Comparable>>,
    /// The first row that could not be read.
    fault: OnceCell<Error>,
}

impl Names {
    /// The table in `names.csv`.
    pub fn new(file: &'static File) -> Self {
        Self {
            rows: Sorted::new(file),
            keys: OnceCell::new(),
            fault: OnceCell::new(),
        }
    }

    /// The rows whose key is `key`.
    pub fn with_key(&self, key: &str) -> Vec<Spelling> {
        let rows = self.rows.with_key(key);
        rows.filter_map(|row| self.read(row)).collect()
    }

    /// A row, its name and note included. The first that cannot be read is kept for `check`.
    pub fn read(&self, row: Row) -> Option<Spelling> {
        let whole = |spelling: Spelling| spelling.name_and_note().map(|_| spelling);
        let read = row.parse().and_then(whole);
        read.map_err(|fault| self.fault.set(fault)).ok()
    }

    /// # Errors
    /// The first row that was asked for and could not be read.
    pub fn check(&self) -> Result<()> {
        self.fault
            .get()
            .map_or(Ok(()), |fault| Err(anyhow!("{fault}")))
    }

    /// Every key, as often as it has rows.
    pub fn every_key(&self) -> impl Iterator<Item = &'static str> {
        self.rows.all().map(|row| row.key())
    }

    /// Every key, prepared to be compared with a name.
    pub fn keys(&self) -> &[Comparable] {
        let key = |row: Row| Comparable {
            letters: Letters::of(row.key()),
            key: row.key(),
            row,
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
    /// Its row, yet to be read.
    pub row: Row,
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
