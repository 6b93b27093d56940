//! What a command gives back: columns, and rows that come one after the other. Knows nothing of countries and nothing of
//! formats.

use std::cmp::Ordering;
use std::fmt;
use std::io::{self, Write};
use std::rc::Rc;

use anyhow::{Result, bail};

use crate::output::{Cell, Columns, Drawing, Head, Remarks, SortKey, TableRow, Title};
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
    /// A card a row, where there are few and no columns are chosen.
    Cards,
}

pub enum Item<'a> {
    Row(TableRow<'a>),
    /// Nothing before more is read: whoever reads along is shown what came so far.
    Wait,
    Said(Remarks),
}

/// A row, and what it is sorted by.
type Keyed<'a> = (Vec<Option<SortKey>>, TableRow<'a>);

type Rows<'a> = Box<dyn Iterator<Item = Result<Item<'a>>> + 'a>;

/// Writes the rows of a table, each as it comes.
pub trait Writer<'a> {
    /// Writes a row, at once or with others.
    fn row(&mut self, row: TableRow<'a>, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the rows that are still held, where any are.
    fn flush(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands below the last row. `said` is what was said beside the rows.
    fn end(&mut self, said: &mut Remarks, out: &mut dyn Write) -> io::Result<()>;
}

/// Rows under named columns. A cell is made when it is shown or sorted by, and not before.
pub struct Table<'a> {
    /// What the rows are, where, in which report, and how many: people see it above them.
    pub title: Option<String>,
    pub layout: Layout,
    /// What a page shows above the rows.
    pub picture: Option<Box<Drawing>>,
    columns: Vec<Title>,
    /// Indices into `columns` of those shown, in order.
    shown: Vec<usize>,
    /// Indices of the columns that people see unless they choose.
    shown_to_people: Option<Vec<usize>>,
    /// Indices of the columns that a narrow screen may do without, the least important first.
    spare: Vec<usize>,
    /// Whether the heads that people see stand above the columns, and not the names.
    has_heads: bool,
    /// The rows; formats pull them.
    pub rows: Rows<'a>,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<'a> Table<'a> {
    /// These rows under these columns, of which those are shown that are not on request.
    pub fn new<R: 'a>(layout: Layout, columns: Columns<'a, R>, rows: Vec<R>) -> Self {
        let columns = Rc::new(columns);
        let bound = Rc::clone(&columns);
        let rows = rows.into_iter().map(move |row| Ok(Item::Row(bound.row(row))));
        Self::streaming(layout, &columns, rows)
    }

    /// Rows under these columns that come one after the other.
    pub fn streaming<R>(
        layout: Layout,
        columns: &Columns<'a, R>,
        rows: impl Iterator<Item = Result<Item<'a>>> + 'a,
    ) -> Self {
        let (columns, shown) = columns.titles();
        let rows = Box::new(rows);
        Self {
            title: None,
            layout,
            picture: None,
            columns,
            shown,
            shown_to_people: None,
            spare: Vec::new(),
            has_heads: false,
            rows,
        }
    }

    /// Texts to be copied or piped, each a row of the one column.
    pub fn of_texts(name: &'static str, texts: Vec<String>) -> Self {
        let columns = Columns::<String>::new();
        let columns = columns.with(name, "The text", |text| Cell::text(text));
        Self::new(Layout::Text, columns, texts)
    }

    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    pub fn show_all(&mut self) {
        self.shown = (0..self.columns.len()).collect();
    }

    /// One row a column: its name, whether it is shown unless others are chosen, and what it holds.
    pub fn dictionary<'t>(&self) -> Table<'t> {
        let rows = self.columns.iter().enumerate();
        let rows = rows.map(|(index, column)| {
            let shown = if self.shown.contains(&index) { "yes" } else { "no" };
            (column.name, shown, column.about)
        });
        let columns = Columns::<(&str, &str, &str)>::new()
            .with("column", "Its name", |row| Cell::text(row.0))
            .with("shown", "Whether it is shown unasked", |row| Cell::text(row.1))
            .with("holds", "What it holds", |row| Cell::text(row.2));
        Table::new(Layout::Grid, columns, rows.collect())
    }

    pub fn header(&self) -> Vec<&'static str> {
        let name = |&index: &usize| Some(self.columns.get(index)?.name);
        self.shown.iter().filter_map(name).collect()
    }

    /// What stands above the columns shown.
    pub fn heads(&self) -> Vec<Head> {
        let columns = self.shown.iter().filter_map(|index| self.columns.get(*index));
        let head = |column: &Title| {
            let is_shown = self.has_heads || column.name.is_empty();
            let head = column.head.clone().filter(|_| is_shown);
            let words = || {
                let name = column.name;
                Head::from(if self.has_heads { name.replace('_', " ") } else { name.to_owned() })
            };
            head.unwrap_or_else(words)
        };
        columns.map(head).collect()
    }

    /// Indices of the columns shown, in order: a row makes its cells by them.
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// Shows these columns, with commas between them, unless others are chosen; and people of all columns only those.
    pub fn showing(mut self, names: &str, to_people: &str) -> Result<Self> {
        self.shown = self.named(&names.split(',').collect::<Vec<_>>())?;
        self.for_people(to_people)
    }

    /// Of all columns, shows people only these, unless they choose.
    pub fn for_people(self, names: &str) -> Result<Self> {
        let names = self.named(&names.split(',').collect::<Vec<_>>())?;
        Ok(Self { shown_to_people: Some(names), ..self })
    }

    /// Puts this head, which people see, above a column.
    pub fn head(&mut self, name: &str, head: &'static str) -> Result<()> {
        let place = self.column(name)?;
        if let Some(title) = self.columns.get_mut(place) {
            title.head = Some(head.into());
        }
        Ok(())
    }

    /// Lets a screen that is too narrow do without these columns, the least important first, unless people choose.
    pub fn sparing(self, names: &str) -> Result<Self> {
        let spare = self.named(&names.split(',').collect::<Vec<_>>())?;
        Ok(Self { spare, ..self })
    }

    /// The columns shown that a narrow screen may do without, by their places in `shown`, the least important first.
    pub fn spared(&self) -> Vec<usize> {
        let is_chosen = !self.has_heads;
        let spare = self.spare.iter().filter(|_| !is_chosen);
        spare.filter_map(|index| self.shown.iter().position(|shown| shown == index)).collect()
    }

    /// Whether people see a few rows as cards: they did not choose columns.
    pub fn has_cards(&self) -> bool {
        self.layout == Layout::Cards && self.has_heads
    }

    /// Turns to what people see where nobody chose.
    pub fn turn_to_people(&mut self) {
        self.has_heads = true;
        if let Some(shown) = self.shown_to_people.take() {
            self.shown = shown;
        }
    }

    /// Shows the named columns in the order given: `all` of them, or those shown and, with a `+` before each, these.
    pub fn choose(&mut self, names: &[impl AsRef<str>]) -> Result<()> {
        self.has_heads = false;
        let names: Vec<&str> = names.iter().map(|name| name.as_ref().trim()).collect();
        let (added, alone): (Vec<&str>, Vec<&str>) =
            names.iter().partition(|name| name.starts_with('+'));
        if let (Some(added), Some(alone)) = (added.first(), alone.first()) {
            let bare: Vec<&str> = names.iter().map(|name| name.trim_start_matches('+')).collect();
            let (all, plus) = (bare.join(","), bare.join(",+"));
            bail!(
                "'{added}' adds a column to those shown, and '{alone}' replaces them; give --columns +{plus}, or --columns {all}"
            );
        }
        if matches!(names.as_slice(), [name] if name.eq_ignore_ascii_case("all")) {
            self.show_all();
        } else if added.is_empty() {
            self.shown = self.named(&names)?;
        } else {
            let added: Vec<&str> = added.iter().map(|name| name.trim_start_matches('+')).collect();
            let added = self.named(&added)?.into_iter();
            let added: Vec<usize> = added.filter(|index| !self.shown.contains(index)).collect();
            self.shown.extend(added);
        }
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

    /// Sorts the rows by these columns, shown or not, those that the first leaves equal by the next; what is said beside
    /// them comes first. Equal rows keep their order; missing values come last either way.
    pub fn sort(&mut self, names: &[impl AsRef<str>], reverse: bool) -> Result<()> {
        let columns = self.named(names)?;
        let (mut keyed, mut others): (Vec<Keyed<'a>>, _) = (Vec::new(), Vec::new());
        for item in self.rows.by_ref() {
            match item? {
                Item::Row(row) => {
                    let keys = columns.iter().map(|column| row.cell(*column).key());
                    keyed.push((keys.collect(), row));
                }
                other => others.push(other),
            }
        }
        let order = |(a, b): (&Option<SortKey>, &Option<SortKey>)| {
            a.is_none().cmp(&b.is_none()).then_with(|| {
                let order = a.cmp(b);
                if reverse { order.reverse() } else { order }
            })
        };
        keyed.sort_by(|(a, _), (b, _)| {
            let orders = a.iter().zip(b).map(order);
            orders.fold(Ordering::Equal, Ordering::then)
        });
        let rows = keyed.into_iter().map(|(_, row)| Item::Row(row));
        self.rows = Box::new(others.into_iter().chain(rows).map(Ok));
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
    use crate::output::table::{Item, Layout, Table};

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

    /// The texts of all rows, which stay in the table.
    fn texts(table: &mut Table<'_>) -> Vec<String> {
        let rows = table.rows.by_ref().map(|item| match item.expect("at hand") {
            Item::Row(row) => row,
            Item::Wait | Item::Said(_) => unreachable!("only rows"),
        });
        let rows: Vec<_> = rows.collect();
        let cells = rows.iter().map(|row| table.shown.iter().map(|index| row.cell(*index)));
        let texts = cells.map(|cells| cells.map(|cell| cell.joined(";").into_owned()).collect());
        let texts = texts.collect();
        table.rows = Box::new(rows.into_iter().map(|row| Ok(Item::Row(row))));
        texts
    }

    #[test]
    fn a_cell_is_made_only_where_its_column_is_shown_or_sorted_by() {
        let made = Counter::new(0);
        let mut table = table(&made);
        assert_eq!(texts(&mut table), ["2", "10", "1", "2"]);
        assert_eq!(made.get(), 0);
        table.sort(&["name"], false).expect("a column");
        assert_eq!(made.get(), 4);
    }

    #[test]
    fn numbers_sort_by_size_text_without_case_and_missing_values_come_last() {
        let made = Counter::new(0);
        let mut table = table(&made);
        table.choose(&["name"]).expect("a column");
        table.sort(&["NUMBER"], true).expect("a column");
        assert_eq!(texts(&mut table), ["", "b", "c", "A"]);
        table.sort(&["name"], true).expect("a column");
        assert_eq!(texts(&mut table), ["c", "b", "A", ""]);
        table.sort(&["number", "name"], true).expect("columns");
        assert_eq!(texts(&mut table), ["", "c", "b", "A"]);
    }

    #[test]
    fn all_columns_are_shown_or_some_beside_those_that_are() {
        let made = Counter::new(0);
        let mut table = table(&made);
        table.choose(&["+name", " +Number"]).expect("columns");
        assert_eq!(table.header(), ["number", "name"]);
        table.choose(&["name"]).expect("a column");
        table.choose(&["ALL"]).expect("columns");
        assert_eq!(table.header(), ["number", "name"]);
        let message = |error: anyhow::Error| error.to_string();
        assert_eq!(
            table.choose(&["+name", "number"]).map_err(message),
            Err("'+name' adds a column to those shown, and 'number' replaces them; give --columns +name,+number, or --columns name,number".to_owned())
        );
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
