//! Columns: what each is called, what it holds, and how its cell is made.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

use crate::output::{Card, Cell, Ruler};

/// A column of rows of one kind: its name, what it holds, and how its cell is made.
pub struct Column<'a, R> {
    pub title: Title,
    /// Whether it is shown unless others are chosen.
    shown: bool,
    pub cell: Box<dyn Fn(&R) -> Cell + 'a>,
}

#[derive(Clone, Debug)]
pub struct Title {
    /// The name that scripts rely on; empty for a column of a picture.
    pub name: &'static str,
    /// One line of what it holds; empty for a column of a picture.
    pub about: &'static str,
    /// What people see above it, where that is not the name.
    pub head: Option<Head>,
}

#[derive(Clone, Debug)]
pub enum Head {
    Words(Cow<'static, str>),
    /// Labels above the letters of a strip.
    Ruler(Ruler),
}

impl Head {
    /// Returns what stands above the column where that has one line.
    pub fn line(&self) -> String {
        match self {
            Self::Words(words) => words.replace('\n', " "),
            Self::Ruler(ruler) => ruler.span.clone(),
        }
    }
}

impl<T: Into<Cow<'static, str>>> From<T> for Head {
    fn from(words: T) -> Self {
        Self::Words(words.into())
    }
}

type MakeCard<'a, R> = Box<dyn Fn(&R) -> Card + 'a>;

/// The columns of rows of one kind, in order.
pub struct Columns<'a, R> {
    pub all: Vec<Column<'a, R>>,
    card: Option<MakeCard<'a, R>>,
}

impl<'a, R> Columns<'a, R> {
    pub fn new() -> Self {
        Self { all: Vec::new(), card: None }
    }

    /// Adds a column that is shown unless others are chosen.
    pub fn with(
        self,
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&R) -> Cell + 'a,
    ) -> Self {
        self.push(name, about, true, cell)
    }

    /// Adds a column that is shown only where it is chosen.
    pub fn on_request(
        self,
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&R) -> Cell + 'a,
    ) -> Self {
        self.push(name, about, false, cell)
    }

    /// Adds a column of a picture, under this head.
    pub fn headed(self, head: impl Into<Head>, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        self.push("", "", true, cell).under(head)
    }

    /// Puts this head, which people see, above the last column.
    pub fn under(mut self, head: impl Into<Head>) -> Self {
        if let Some(last) = self.all.last_mut() {
            last.title.head = Some(head.into());
        }
        self
    }

    /// Adds these columns behind its own.
    pub fn and(mut self, others: Self) -> Self {
        self.all.extend(others.all);
        self
    }

    /// Shows people a few rows as cards.
    pub fn with_card(mut self, card: impl Fn(&R) -> Card + 'a) -> Self {
        self.card = Some(Box::new(card));
        self
    }

    /// How the columns are called, and the indices of those shown unless others are chosen.
    pub fn titles(&self) -> (Vec<Title>, Vec<usize>) {
        let shown = self.all.iter().enumerate().filter(|(_, column)| column.shown);
        let titles = self.all.iter().map(|column| column.title.clone());
        (titles.collect(), shown.map(|(index, _)| index).collect())
    }

    /// A row under these columns.
    pub fn row(self: &Rc<Self>, row: R) -> TableRow<'a>
    where
        R: 'a,
    {
        Rc::new(Bound { row, columns: Rc::clone(self), written: OnceCell::new() })
    }

    fn push(
        mut self,
        name: &'static str,
        about: &'static str,
        shown: bool,
        cell: impl Fn(&R) -> Cell + 'a,
    ) -> Self {
        let title = Title { name, about, head: None };
        self.all.push(Column { title, shown, cell: Box::new(cell) });
        self
    }
}

/// A row of any kind. One that comes again is a clone, and is written as it was before.
pub type TableRow<'a> = Rc<dyn Cells + 'a>;

/// What a table asks of a row.
pub trait Cells {
    /// Makes its cell of the column with an index.
    fn cell(&self, column: usize) -> Cell;

    /// Makes its cells of these columns.
    fn cells(&self, columns: &[usize]) -> Vec<Cell> {
        columns.iter().map(|column| self.cell(*column)).collect()
    }

    /// Makes its card, where people may see one.
    fn card(&self) -> Option<Card>;

    fn written(&self) -> &OnceCell<Box<[u8]>>;
}

struct Bound<'a, R> {
    row: R,
    columns: Rc<Columns<'a, R>>,
    written: OnceCell<Box<[u8]>>,
}

impl<R> Cells for Bound<'_, R> {
    fn cell(&self, column: usize) -> Cell {
        let column = self.columns.all.get(column);
        column.map_or(Cell::Missing, |column| (column.cell)(&self.row))
    }

    fn card(&self) -> Option<Card> {
        self.columns.card.as_ref().map(|card| card(&self.row))
    }

    fn written(&self) -> &OnceCell<Box<[u8]>> {
        &self.written
    }
}
