//! Columns: what each is called, what it holds, and how its cell is made.

use std::borrow::Cow;

use crate::output::cell::Cell;
use crate::output::strip::Ruler;

/// A column of rows of one kind: its name, what it holds, and how its cell is made.
pub struct Column<'a, Row> {
    /// How it is called.
    pub title: Title,
    /// Whether it is shown unless others are chosen.
    pub shown: bool,
    /// Makes its cell.
    pub cell: Box<dyn Fn(&Row) -> Cell + 'a>,
}

/// How a column is called.
#[derive(Clone, Debug)]
pub struct Title {
    /// The name that scripts rely on; empty for a column of a picture.
    pub name: &'static str,
    /// One line of what it holds; empty for a column of a picture.
    pub about: &'static str,
    /// What people see above it, where that is not the name.
    pub head: Option<Head>,
}

/// What stands above a column.
#[derive(Clone, Debug)]
pub enum Head {
    /// Words, on one line or several.
    Words(Cow<'static, str>),
    /// Labels above the letters of a strip.
    Ruler(Ruler),
}

impl<T: Into<Cow<'static, str>>> From<T> for Head {
    fn from(words: T) -> Self {
        Self::Words(words.into())
    }
}

/// The columns of rows of one kind, in order.
pub struct Columns<'a, Row>(pub Vec<Column<'a, Row>>);

impl<'a, Row> Columns<'a, Row> {
    /// None yet.
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// With a column that is shown unless others are chosen.
    pub fn with(
        self,
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.push(name, about, true, cell)
    }

    /// With a column that is shown only where it is chosen.
    pub fn on_request(
        self,
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.push(name, about, false, cell)
    }

    /// With a column of a picture, under this head.
    pub fn headed(self, head: impl Into<Head>, cell: impl Fn(&Row) -> Cell + 'a) -> Self {
        self.push("", "", true, cell).under(head)
    }

    /// With this head, which people see, above the last column.
    pub fn under(mut self, head: impl Into<Head>) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.title.head = Some(head.into());
        }
        self
    }

    /// With these columns behind its own.
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    fn push(
        mut self,
        name: &'static str,
        about: &'static str,
        shown: bool,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.0.push(Column {
            title: Title { name, about, head: None },
            shown,
            cell: Box::new(cell),
        });
        self
    }
}
