//! What every command gives back: named columns, rows of cells, and the order and choice of columns.
//! Knows nothing of countries and nothing of formats.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use anstyle::AnsiColor;
use anyhow::{Result, bail};

use crate::output::style::quoted;

/// One value of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// No value: an empty cell, or `null` in JSON.
    Missing,
    /// Text, shown as it is.
    Text(String),
    /// A whole number, such as a report year.
    Number(u16),
    /// A share in tenths of a percent, shown as percent with one decimal.
    Permille(u16),
    /// Several values: an array in JSON, joined elsewhere.
    List(Vec<String>),
    /// Text that has a rank of its own to sort by, and perhaps a colour to show it in on a terminal.
    Ranked {
        /// The value.
        text: String,
        /// Its place when rows are sorted; the lowest comes first.
        rank: u8,
        /// The colour it is shown in where colour is wanted.
        color: Option<AnsiColor>,
    },
    /// Letters side by side, each perhaps on a colour of its own: a row of years, for instance.
    Strip(Vec<(char, Option<AnsiColor>)>),
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().to_owned())
    }

    /// A text cell, or a missing one where there is nothing to say.
    pub fn optional(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty())
            .map_or(Self::Missing, Self::text)
    }

    /// A number of things.
    pub fn count(count: usize) -> Self {
        Self::Number(u16::try_from(count).unwrap_or(u16::MAX))
    }

    /// A share, in tenths of a percent.
    pub fn permille(share: usize) -> Self {
        Self::Permille(u16::try_from(share).unwrap_or(u16::MAX))
    }

    /// A list cell of anything that can be shown.
    pub fn list<T: ToString>(items: &[T]) -> Self {
        Self::List(items.iter().map(ToString::to_string).collect())
    }

    /// The value as one string, list items parted by `separator`.
    pub fn joined(&self, separator: &str) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) | Self::Ranked { text, .. } => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Permille(share) => Cow::Owned(format!("{}.{}", share / 10, share % 10)),
            Self::List(items) => Cow::Owned(items.join(separator)),
            Self::Strip(letters) => Cow::Owned(letters.iter().map(|(letter, _)| letter).collect()),
        }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Strip(letters) => letters.is_empty(),
            Self::Number(_) | Self::Permille(_) | Self::Ranked { .. } => false,
        }
    }

    /// Numbers by size, ranks by rank, text without regard to case.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) | (Self::Permille(a), Self::Permille(b)) => a.cmp(b),
            (Self::Ranked { rank: a, .. }, Self::Ranked { rank: b, .. }) => a.cmp(b),
            _ => {
                let key = |cell: &Self| cell.joined(";").to_lowercase();
                key(self).cmp(&key(other))
            }
        }
    }
}

/// How people see the rows: side by side, or each as a record of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One line a row under a header.
    Grid,
    /// One line a column, one block a row: for rows with long texts.
    Record,
    /// The values alone, as they are, a blank line between rows: for texts to be copied.
    Text,
}

/// Rows under named columns.
#[derive(Clone, Debug)]
pub struct Table {
    /// How people see it.
    pub layout: Layout,
    names: Vec<Cow<'static, str>>,
    /// Indices into `names` of the columns shown, in order.
    shown: Vec<usize>,
    /// Rows are shared, so that a long list with few distinct rows costs little.
    rows: Vec<Rc<[Cell]>>,
}

impl Table {
    /// An empty table that shows the first `shown` of the columns `names` unless others are chosen.
    pub fn new(layout: Layout, names: &'static [&'static str], shown: usize) -> Self {
        let names = names.iter().map(|name| Cow::Borrowed(*name)).collect();
        Self {
            shown: (0..shown).collect(),
            ..Self::of(layout, names)
        }
    }

    /// An empty table of columns that depend on the question, all of them shown.
    pub fn of(layout: Layout, names: Vec<Cow<'static, str>>) -> Self {
        Self {
            layout,
            shown: (0..names.len()).collect(),
            names,
            rows: Vec::new(),
        }
    }

    /// Adds a row with one cell for every column, shown or not.
    pub fn push(&mut self, row: Rc<[Cell]>) {
        debug_assert_eq!(row.len(), self.names.len());
        self.rows.push(row);
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names of the columns shown.
    pub fn header(&self) -> Vec<&str> {
        let name = |&index: &usize| self.names.get(index).map(AsRef::as_ref);
        self.shown.iter().filter_map(name).collect()
    }

    /// Every row: its cells in the columns shown.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = &Cell> + Clone> {
        self.rows
            .iter()
            .map(|row| self.shown.iter().filter_map(|&index| row.get(index)))
    }

    /// Shows the named columns in the order given.
    ///
    /// # Errors
    /// A name that is no column, or one named twice.
    pub fn choose(&mut self, names: &[impl AsRef<str>]) -> Result<()> {
        let mut shown = Vec::with_capacity(names.len());
        for name in names {
            let name = name.as_ref();
            let index = self.column(name)?;
            if shown.contains(&index) {
                bail!(
                    "column {} is named twice; name each column once",
                    quoted(name)
                );
            }
            shown.push(index);
        }
        self.shown = shown;
        Ok(())
    }

    /// Sorts the rows by a column, shown or not. Equal rows keep their order; missing values come last
    /// either way.
    ///
    /// # Errors
    /// A name that is no column.
    pub fn sort(&mut self, name: &str, reverse: bool) -> Result<()> {
        let index = self.column(name)?;
        self.rows
            .sort_by(|a, b| match (a.get(index), b.get(index)) {
                (Some(a), Some(b)) => a.is_empty().cmp(&b.is_empty()).then_with(|| {
                    let order = a.compare(b);
                    if reverse { order.reverse() } else { order }
                }),
                _ => Ordering::Equal,
            });
        Ok(())
    }

    fn column(&self, name: &str) -> Result<usize> {
        let Some(index) = self
            .names
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name.trim()))
        else {
            bail!(
                "there is no column {}; the columns are {}",
                quoted(name),
                self.names.join(", ")
            );
        };
        Ok(index)
    }
}
