//! What a command gives back: rows under named columns, and the order and choice of columns.
//! Knows nothing of countries and nothing of formats.

use std::borrow::Cow;
use std::fmt;

use anyhow::{Result, bail};

use crate::output::cell::Cell;
use crate::text::quoted;

/// A column of rows of one kind: its name, what it holds, and how its cell is made.
struct Column<'a, Row> {
    /// The name that scripts rely on.
    name: Cow<'static, str>,
    /// One line of what it holds; empty for a column of a picture.
    about: &'static str,
    /// Whether it is shown unless others are chosen.
    shown: bool,
    cell: Box<dyn Fn(&Row) -> Cell + 'a>,
}

/// A column's name, what it holds, and the function that makes its cell.
pub type Parts<'a, Row> = (
    Cow<'static, str>,
    &'static str,
    Box<dyn Fn(&Row) -> Cell + 'a>,
);

/// The columns of rows of one kind, in order.
pub struct Columns<'a, Row>(Vec<Column<'a, Row>>);

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
        self.push(Cow::Borrowed(name), about, true, cell)
    }

    /// With a column that is shown only where it is chosen.
    pub fn on_request(
        self,
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.push(Cow::Borrowed(name), about, false, cell)
    }

    /// With a column of a picture, whose name may depend on the question.
    pub fn headed(
        self,
        name: impl Into<Cow<'static, str>>,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.push(name.into(), "", true, cell)
    }

    /// Each column's name, what it holds, and the function that makes its cell: for what makes no table of them.
    pub fn into_parts(self) -> impl Iterator<Item = Parts<'a, Row>> {
        let columns = self.0.into_iter();
        columns.map(|column| (column.name, column.about, column.cell))
    }

    /// With these columns behind its own.
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    fn push(
        mut self,
        name: Cow<'static, str>,
        about: &'static str,
        shown: bool,
        cell: impl Fn(&Row) -> Cell + 'a,
    ) -> Self {
        self.0.push(Column {
            name,
            about,
            shown,
            cell: Box::new(cell),
        });
        self
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

/// Rows under named columns. A cell is made when it is shown or sorted by, and not before.
pub struct Table<'a> {
    /// How people see it.
    pub layout: Layout,
    columns: Vec<(Cow<'static, str>, &'static str)>,
    /// Indices into `columns` of those shown, in order.
    shown: Vec<usize>,
    /// The rows in the order they are shown in.
    order: Vec<usize>,
    /// The cell of a row and a column.
    cell: Box<dyn Fn(usize, usize) -> Cell + 'a>,
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
        let Columns(columns) = columns;
        let shown = columns.iter().enumerate();
        let shown = shown.filter(|(_, column)| column.shown);
        Self {
            layout,
            shown: shown.map(|(place, _)| place).collect(),
            columns: columns
                .iter()
                .map(|column| (column.name.clone(), column.about))
                .collect(),
            order: (0..rows.len()).collect(),
            cell: Box::new(move |row, column| {
                let cell = rows.get(row).zip(columns.get(column));
                cell.map_or(Cell::Missing, |(row, column)| (column.cell)(row))
            }),
        }
    }

    /// Shows every column.
    pub fn show_all(&mut self) {
        self.shown = (0..self.columns.len()).collect();
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The names of the columns shown.
    pub fn header(&self) -> Vec<&str> {
        let name = |&place: &usize| Some(self.columns.get(place)?.0.as_ref());
        self.shown.iter().filter_map(name).collect()
    }

    /// Every row: its cells in the columns shown.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> {
        let cells = |&row: &usize| {
            let cells = self.shown.iter().map(|column| (self.cell)(row, *column));
            cells.collect()
        };
        self.order.iter().map(cells)
    }

    /// Shows the named columns in the order given.
    ///
    /// # Errors
    /// A name that is no column, or one named twice.
    pub fn choose(&mut self, names: &[impl AsRef<str>]) -> Result<()> {
        let mut shown = Vec::with_capacity(names.len());
        for name in names {
            let name = name.as_ref();
            let place = self.column(name)?;
            if shown.contains(&place) {
                bail!(
                    "column {} is named twice; name each column once",
                    quoted(name)
                );
            }
            shown.push(place);
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
        let column = self.column(name)?;
        let order = self.order.iter();
        let mut keyed: Vec<(Cell, usize)> =
            order.map(|row| ((self.cell)(*row, column), *row)).collect();
        keyed.sort_by(|(a, _), (b, _)| {
            a.is_empty().cmp(&b.is_empty()).then_with(|| {
                let order = a.compare(b);
                if reverse { order.reverse() } else { order }
            })
        });
        self.order = keyed.into_iter().map(|(_, row)| row).collect();
        Ok(())
    }

    fn column(&self, name: &str) -> Result<usize> {
        let asked = name.trim();
        let mut names = self.columns.iter().map(|(known, _)| known.as_ref());
        let Some(place) = names.position(|known| known.eq_ignore_ascii_case(asked)) else {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| &**name).collect();
            bail!(
                "there is no column {}; the columns are {}",
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
    use crate::output::table::{Columns, Layout, Table};

    fn table(made: &Counter<usize>) -> Table<'_> {
        let number = |row: &(u16, &str)| Cell::Number(row.0.into());
        let name = move |row: &(u16, &str)| {
            made.set(made.get() + 1);
            Cell::text(row.1)
        };
        let columns = Columns::new()
            .with("number", "A number.", number)
            .on_request("name", "A name.", name);
        let rows = vec![(2, "b"), (10, ""), (1, "A"), (2, "c")];
        Table::new(Layout::Grid, columns, rows)
    }

    fn texts(table: &Table<'_>) -> Vec<String> {
        let rows = table.rows();
        rows.map(|row| row.iter().map(|cell| cell.joined(";")).collect())
            .collect()
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
            Err("there is no column 'nmae'; the columns are number, name".to_owned())
        );
        assert_eq!(
            table.choose(&["name", "Name"]).map_err(message),
            Err("column 'Name' is named twice; name each column once".to_owned())
        );
    }
}
