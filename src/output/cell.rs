//! One value of one row, as every format takes it. One of them is a strip: letters side by side, such as one a year, under
//! a ruler that says which stands where.

use std::borrow::Cow;

use crate::output::Shade;
use crate::output::color::on_shades;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// No value: an empty cell, or `null` in JSON.
    Missing,
    Text(String),
    /// A whole number, such as a report year.
    Number(u32),
    /// A share in tenths of a percent, shown as percent with one decimal.
    Permille(u16),
    /// How much more or less, shown with its sign.
    Difference(i32),
    /// Several values: an array in JSON, joined elsewhere.
    List(Vec<String>),
    /// Text that has a rank of its own to sort by, and perhaps a colour to stand on.
    Ranked {
        text: String,
        /// Its place when rows are sorted; the lowest comes first.
        rank: u8,
        /// What it stands on where colour is wanted.
        shade: Shade,
    },
    /// Text that is a link where those are wanted.
    Linked {
        text: String,
        url: String,
    },
    /// Letters side by side, each on a shade of its own: a row of years, for instance.
    Strip(Vec<Letter>),
}

impl Cell {
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().to_owned())
    }

    /// A text cell, or a missing one where there is nothing to say.
    pub fn optional(text: Option<impl AsRef<str>>) -> Self {
        text.filter(|text| !text.as_ref().is_empty()).map_or(Self::Missing, Self::text)
    }

    /// A text cell that leads somewhere, if it is known where.
    pub fn linked(text: impl Into<String>, url: Option<impl Into<String>>) -> Self {
        let text = text.into();
        match url.map(Into::into) {
            Some(url) => Self::Linked { text, url },
            None => Self::Text(text),
        }
    }

    pub fn number(number: Option<impl Into<u32>>) -> Self {
        number.map_or(Self::Missing, |number| Self::Number(number.into()))
    }

    pub fn count(count: usize) -> Self {
        Self::Number(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// How many things more or less than before.
    pub fn difference(before: usize, after: usize) -> Self {
        let signed = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Self::Difference(signed(after).saturating_sub(signed(before)))
    }

    /// A share, in tenths of a percent.
    pub fn permille(share: usize) -> Self {
        Self::Permille(u16::try_from(share).unwrap_or(u16::MAX))
    }

    /// A list cell of anything that can be shown.
    pub fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| item.to_string()).collect())
    }

    /// The value as one string, `separator` between the items of a list.
    pub fn joined(&self, separator: &str) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) | Self::Ranked { text, .. } | Self::Linked { text, .. } => {
                Cow::Borrowed(text)
            }
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Permille(share) => Cow::Owned(format!("{}.{}", share / 10, share % 10)),
            Self::Difference(0) => Cow::Borrowed("0"),
            Self::Difference(number) => Cow::Owned(format!("{number:+}")),
            Self::List(items) => Cow::Owned(items.join(separator)),
            Self::Strip(letters) => Cow::Owned(letters.iter().map(|(letter, _)| letter).collect()),
        }
    }

    /// Whether it stands at the right of its column, or may.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Permille(_) | Self::Difference(_) | Self::Missing)
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) | Self::Linked { text, .. } => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Strip(letters) => letters.is_empty(),
            Self::Number(_) | Self::Permille(_) | Self::Difference(_) | Self::Ranked { .. } => {
                false
            }
        }
    }

    /// What it is sorted by; none where there is nothing to show.
    pub fn key(&self) -> Option<SortKey> {
        Some(match self {
            _ if self.is_empty() => return None,
            Self::Number(number) => SortKey::Number((*number).into()),
            Self::Permille(share) => SortKey::Number((*share).into()),
            Self::Difference(number) => SortKey::Number((*number).into()),
            Self::Ranked { rank, .. } => SortKey::Number((*rank).into()),
            _ => SortKey::Text(self.joined(";").to_lowercase()),
        })
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::optional(Some(text))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(text) }
    }
}

impl From<u16> for Cell {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

/// What a cell is sorted by: numbers by size, ranks by rank, text without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

pub type Letter = (char, Shade);

/// How far apart the letters of a strip stand, in columns of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Narrow = 1,
    Wide = 2,
}

/// The labels above a strip, each of which begins above its letter.
#[derive(Clone, Debug)]
pub struct Ruler {
    pub span: String,
    /// The labels, each with the index of its letter, in order.
    pub ticks: Vec<(usize, String)>,
}

impl Ruler {
    /// The labels as a line. One that would touch the label before it is left out.
    pub fn line(&self, step: Step) -> String {
        let (mut line, mut used) = (String::new(), 0);
        for (index, label) in &self.ticks {
            let start = index * step as usize;
            if used > 0 && start <= used {
                continue;
            }
            line.push_str(&" ".repeat(start - used));
            line.push_str(label);
            used = start + label.chars().count();
        }
        line
    }
}

/// The letters as a line, on their colours if `color` says so.
pub fn strip(letters: &[Letter], step: Step, color: bool) -> String {
    let spaced: Vec<Letter> = match step {
        Step::Narrow => letters.to_vec(),
        Step::Wide => {
            let spaced = letters.iter().flat_map(|letter| [*letter, (' ', letter.1)]);
            spaced.collect()
        }
    };
    if color {
        return on_shades(&spaced);
    }
    let line: String = spaced.iter().map(|(letter, _)| letter).collect();
    line.trim_end().to_owned()
}

#[test]
fn labels_begin_above_their_letters_and_never_touch() {
    let ticks = [(0, "'01"), (2, "'03"), (4, "'05"), (9, "'10")];
    let ticks = ticks.map(|(place, label)| (place, label.to_owned()));
    let ruler = Ruler { span: String::new(), ticks: ticks.to_vec() };
    assert_eq!(ruler.line(Step::Narrow), "'01 '05  '10");
    assert_eq!(ruler.line(Step::Wide), "'01 '03 '05       '10");
    let letters = [('2', Shade::Second), ('W', Shade::Third)];
    assert_eq!(strip(&letters, Step::Wide, false), "2 W");
}
