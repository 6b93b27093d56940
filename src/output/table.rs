//! What a command gives back: rows under named columns, and the order and choice of columns.
//! Knows nothing of countries and nothing of formats.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use anyhow::{Result, bail};

use crate::output::blocks::Blocks;
use crate::output::cell::{Cell, Key};
use crate::output::column::{Columns, Head, Title};
use crate::text::quoted;

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

/// Rows under named columns. A cell is made when it is shown or sorted by, and not before.
pub struct Table<'a> {
    /// How people see it.
    pub layout: Layout,
    columns: Vec<Title>,
    /// Indices into `columns` of those shown, in order.
    shown: Vec<usize>,
    /// The same as people see them, where nobody chose.
    shown_to_people: Option<Vec<usize>>,
    /// Whether the heads that people see stand above them, and not the names.
    for_people: bool,
    /// The places of the rows at hand, in the order they are shown in.
    order: Vec<usize>,
    /// The cell of a row and a column.
    cell: Box<dyn Fn(usize, usize) -> Cell + 'a>,
    /// The next block of rows, where not all are at hand.
    next: Option<Box<dyn FnMut() -> Result<Vec<usize>> + 'a>>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.order.len();
        f.debug_struct("Table")
            .field("columns", &self.columns)
            .field("rows", &rows)
            .finish_non_exhaustive()
    }
}

impl<'a> Table<'a> {
    /// These rows under these columns, of which those are shown that are not on request.
    pub fn new<Row: 'a>(layout: Layout, columns: Columns<'a, Row>, rows: Vec<Row>) -> Self {
        let order = (0..rows.len()).collect();
        Self::with_cells(layout, columns, order, move |place, cell| rows.get(place).map(cell))
    }

    /// The same of rows that come block by block: none is at hand until it turns to the first.
    pub fn of_blocks<B: Blocks + 'a>(
        layout: Layout,
        columns: Columns<'a, B::Row>,
        blocks: &Rc<RefCell<B>>,
    ) -> Self {
        let (rows, blocks) = (Rc::clone(blocks), Rc::clone(blocks));
        let mut table = Self::with_cells(layout, columns, Vec::new(), move |place, cell| {
            rows.borrow().row(place).map(cell)
        });
        table.next = Some(Box::new(move || blocks.borrow_mut().next()));
        table
    }

    /// `with_row`: shows what is asked of the row in a place.
    fn with_cells<Row: 'a>(
        layout: Layout,
        Columns(columns): Columns<'a, Row>,
        order: Vec<usize>,
        with_row: impl Fn(usize, &dyn Fn(&Row) -> Cell) -> Option<Cell> + 'a,
    ) -> Self {
        let shown = columns.iter().enumerate();
        let shown = shown.filter(|(_, column)| column.shown);
        Self {
            layout,
            shown: shown.map(|(place, _)| place).collect(),
            shown_to_people: None,
            for_people: false,
            columns: columns.iter().map(|column| column.title.clone()).collect(),
            order,
            cell: Box::new(move |row, column| {
                let cell = columns.get(column);
                let cell = cell.and_then(|column| with_row(row, &column.cell));
                cell.unwrap_or(Cell::Missing)
            }),
            next: None,
        }
    }

    /// Turns to the next block of rows, if there is one.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn turn(&mut self) -> Result<bool> {
        self.order = match &mut self.next {
            Some(next) => next()?,
            None => return Ok(false),
        };
        Ok(!self.order.is_empty())
    }

    /// Whether rows come block by block, and perhaps again.
    pub fn comes_in_blocks(&self) -> bool {
        self.next.is_some()
    }

    /// One text, as it is.
    pub fn of_text(text: impl Into<String>) -> Self {
        let columns = Columns::<String>::new();
        let columns = columns.with("text", "The text", |text| Cell::text(text.trim_end()));
        Self::new(Layout::Text, columns, vec![text.into()])
    }

    /// Shows every column.
    pub fn show_all(&mut self) {
        self.shown = (0..self.columns.len()).collect();
    }

    /// One row a column: its name, whether it is shown unless others are chosen, and what it holds.
    pub fn dictionary(&self) -> Table<'static> {
        let rows = self.columns.iter().enumerate();
        let rows = rows.map(|(place, column)| {
            let shown = if self.shown.contains(&place) { "yes" } else { "no" };
            (column.name, shown, column.about)
        });
        let columns = Columns::<(&str, &str, &str)>::new()
            .with("column", "Its name", |row| Cell::text(row.0))
            .with("shown", "Whether it is shown unasked", |row| Cell::text(row.1))
            .with("holds", "What it holds", |row| Cell::text(row.2));
        Table::new(Layout::Grid, columns, rows.collect())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The names of the columns shown.
    pub fn header(&self) -> Vec<&str> {
        let name = |&place: &usize| Some(self.columns.get(place)?.name);
        self.shown.iter().filter_map(name).collect()
    }

    /// What stands above the columns shown.
    pub fn heads(&self) -> Vec<Head> {
        let columns = self.shown.iter().filter_map(|place| self.columns.get(*place));
        let head = |column: &Title| {
            let is_shown = self.for_people || column.name.is_empty();
            let head = column.head.clone().filter(|_| is_shown);
            head.unwrap_or(Head::from(column.name))
        };
        columns.map(head).collect()
    }

    /// Of all columns, shows people only these, unless they choose.
    ///
    /// # Errors
    /// As `choose`.
    pub fn choose_for_people(&mut self, names: &[&str]) -> Result<()> {
        self.shown_to_people = Some(self.named(names)?);
        Ok(())
    }

    /// Turns to what people see where nobody chose.
    pub fn turn_to_people(&mut self) {
        self.for_people = true;
        if let Some(shown) = self.shown_to_people.take() {
            self.shown = shown;
        }
    }

    /// The places of the rows at hand, in order.
    pub fn places(&self) -> &[usize] {
        &self.order
    }

    /// The cells of the row in a place, in the columns shown.
    pub fn cells(&self, place: usize) -> Vec<Cell> {
        let cells = self.shown.iter().map(|column| (self.cell)(place, *column));
        cells.collect()
    }

    /// Every row at hand: its cells in the columns shown.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> {
        self.order.iter().map(|place| self.cells(*place))
    }

    /// Shows the named columns in the order given.
    ///
    /// # Errors
    /// A name that is no column, or one named twice.
    pub fn choose(&mut self, names: &[impl AsRef<str>]) -> Result<()> {
        self.shown = self.named(names)?;
        Ok(())
    }

    fn named(&self, names: &[impl AsRef<str>]) -> Result<Vec<usize>> {
        let mut shown = Vec::with_capacity(names.len());
        for name in names {
            let name = name.as_ref();
            let place = self.column(name)?;
            if shown.contains(&place) {
                bail!("column {} is named twice; name each column once", quoted(name));
            }
            shown.push(place);
        }
        Ok(shown)
    }

    /// Sorts the rows by a column, shown or not. Equal rows keep their order; missing values come last
    /// either way.
    ///
    /// # Errors
    /// A name that is no column.
    pub fn sort(&mut self, name: &str, reverse: bool) -> Result<()> {
        let column = self.column(name)?;
        let order = self.order.iter();
        let mut keyed: Vec<(Option<Key>, usize)> =
            order.map(|row| ((self.cell)(*row, column).key(), *row)).collect();
        keyed.sort_by(|(a, _), (b, _)| {
            a.is_none().cmp(&b.is_none()).then_with(|| {
                let order = a.cmp(b);
                if reverse { order.reverse() } else { order }
            })
        });
        self.order = keyed.into_iter().map(|(_, row)| row).collect();
        Ok(())
    }

    fn column(&self, name: &str) -> Result<usize> {
        let asked = name.trim();
        let mut names = self.columns.iter().map(|column| column.name);
        let Some(place) = names.position(|known| known.eq_ignore_ascii_case(asked)) else {
            let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
            bail!(
                "there is no column {}; the columns are {}; '--columns help' says what they hold",
                quoted(name),
                names.join(", ")
            );
        };
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell as Counter;

    use crate::output::cell::Cell;
    use crate::output::column::Columns;
    use crate::output::table::{Layout, Table};

    fn table(made: &Counter<usize>) -> Table<'_> {
        let number = |row: &(u16, &str)| Cell::Number(row.0.into());
        let name = move |row: &(u16, &str)| {
            made.set(made.get() + 1);
            Cell::text(row.1)
        };
        let columns =
            Columns::new().with("number", "A number.", number).on_request("name", "A name.", name);
        let rows = vec![(2, "b"), (10, ""), (1, "A"), (2, "c")];
        Table::new(Layout::Grid, columns, rows)
    }

    fn texts(table: &Table<'_>) -> Vec<String> {
        let rows = table.rows();
        rows.map(|row| row.iter().map(|cell| cell.joined(";")).collect()).collect()
    }

    #[test]
    fn a_cell_is_made_only_where_its_column_is_shown_or_sorted_by() {
        let made = Counter::new(0);
        let mut table = table(&made);
        assert_eq!(texts(&table), ["2", "10", "1", "2"]);
        assert_eq!(made.get(), 0);
        table.sort("name", false).expect("a column");
        assert_eq!(made.get(), 4);
    }

    #[test]
    fn numbers_sort_by_size_text_without_case_and_missing_values_come_last() {
        let made = Counter::new(0);
        let mut table = table(&made);
        table.choose(&["name"]).expect("a column");
        table.sort("NUMBER", true).expect("a column");
        assert_eq!(texts(&table), ["", "b", "c", "A"]);
        table.sort("name", true).expect("a column");
        assert_eq!(texts(&table), ["c", "b", "A", ""]);
    }

    #[test]
    fn a_column_that_is_not_there_or_named_twice_is_refused() {
        let made = Counter::new(0);
        let mut table = table(&made);
        let message = |error: anyhow::Error| error.to_string();
        assert_eq!(
            table.choose(&["nmae"]).map_err(message),
            Err("there is no column 'nmae'; the columns are number, name; '--columns help' says what they hold".to_owned())
        );
        assert_eq!(
            table.choose(&["name", "Name"]).map_err(message),
            Err("column 'Name' is named twice; name each column once".to_owned())
        );
    }
}
