//! One reader of rows for every data file: a cursor over a line that knows file, line and column, so that every error
//! can name them. Fields are quoted as a CSV writer quotes them, and no row spans lines: the rules hold the files to that,
//! and compare this reader with the csv crate.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use anyhow::{Error, Result};

use crate::index::breach::Breach;
use crate::index::file::File;
use crate::text::{joined, quoted};

/// A value that has a name of its own in the data files, such as a tier.
pub trait Term: Copy + PartialEq + 'static {
    /// Every value that the files may hold, with its name.
    const NAMES: &'static [(Self, &'static str)];

    /// The value with this name.
    fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names.find(|known| known.1 == name).map(|(term, _)| *term)
    }

    /// Its name.
    fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        names.find(|(term, _)| *term == self).map_or("", |(_, name)| name)
    }
}

/// What a row of a data file holds.
pub trait FromRow: Sized {
    /// Reads every field of a row, from the left.
    ///
    /// # Errors
    /// The file, line and column of what cannot be read.
    fn read(row: &mut Row) -> Result<Self>;
}

/// A row that is being read, field by field from the left.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    file: &'static File,
    line: &'static str,
    /// What is still to be read; none after the last field.
    rest: Option<&'static str>,
    /// How many fields were read.
    read: usize,
}

impl Row {
    /// A line of a file.
    pub fn new(file: &'static File, line: &'static str) -> Self {
        Self { file, line, rest: Some(line), read: 0 }
    }

    /// Whether nothing stands in the second field.
    pub fn is_second_empty(&self) -> bool {
        let behind = self.line.get(first_field(self.line).len()..);
        behind.is_some_and(|behind| behind.starts_with(",,"))
    }

    /// The next field, as it is written.
    fn field(&mut self) -> Result<&'static str> {
        let rest = self.rest.ok_or_else(|| Error::new(self.wrong_length()))?;
        let end = match rest.strip_prefix('"') {
            Some(inside) => 1 + closing_quote(inside),
            // Most fields are too short for the search of `str::find` to pay.
            None => rest.bytes().position(|byte| byte == b',').unwrap_or(rest.len()),
        };
        let (field, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
        self.rest = rest.strip_prefix(',');
        self.read += 1;
        Ok(field)
    }

    /// Text, which may be empty.
    ///
    /// # Errors
    /// The row has too few columns.
    pub fn text(&mut self) -> Result<Cow<'static, str>> {
        let field = self.field()?;
        let inside = field.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        Ok(match inside {
            Some(inside) => Cow::Owned(inside.replace("\"\"", "\"")),
            None => Cow::Borrowed(field),
        })
    }

    /// A code or another value that is never quoted.
    ///
    /// # Errors
    /// It is quoted, or the row has too few columns.
    pub fn code(&mut self) -> Result<&'static str> {
        let field = self.field()?;
        if field.starts_with('"') {
            return Err(self.wrong(field, &"a value without quotes was expected"));
        }
        Ok(field)
    }

    /// Whether it says `yes`.
    ///
    /// # Errors
    /// It says something else than `yes`, `no` or nothing.
    pub fn yes_or_no(&mut self) -> Result<bool> {
        match self.field()? {
            "yes" => Ok(true),
            "no" | "" => Ok(false),
            field => Err(self.wrong(field, &"neither 'yes' nor 'no' nor empty")),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// It is none, or too large.
    pub fn number<N: FromStr<Err: Display>>(&mut self) -> Result<N> {
        let field = self.field()?;
        field.parse().map_err(|error| self.wrong(field, &error))
    }

    /// A number, or nothing.
    ///
    /// # Errors
    /// As `number`.
    pub fn optional_number<N: FromStr<Err: Display>>(&mut self) -> Result<Option<N>> {
        let field = self.field()?;
        if field.is_empty() {
            return Ok(None);
        }
        let number = field.parse().map_err(|error| self.wrong(field, &error));
        number.map(Some)
    }

    /// The numbers of a list, which ';' separates.
    ///
    /// # Errors
    /// One is none, or too large.
    pub fn numbers<N: FromStr<Err: Display>>(&mut self) -> Result<Vec<N>> {
        let field = self.field()?;
        let items = field.split(';').filter(|item| !item.is_empty());
        let read = |item: &str| item.parse().map_err(|error| self.wrong(item, &error));
        items.map(read).collect()
    }

    /// The items of a list, which ';' separates.
    ///
    /// # Errors
    /// The row has too few columns.
    pub fn list(&mut self) -> Result<Vec<String>> {
        let text = self.text()?;
        let items = text.split(';').filter(|item| !item.is_empty());
        Ok(items.map(str::to_owned).collect())
    }

    /// A value with a name of its own.
    ///
    /// # Errors
    /// No value has that name; the message lists them.
    pub fn term<T: Term>(&mut self) -> Result<T> {
        let field = self.field()?;
        self.term_named(field)
    }

    /// The values of a list.
    ///
    /// # Errors
    /// As `term`.
    pub fn terms<T: Term>(&mut self) -> Result<Vec<T>> {
        let field = self.field()?;
        let items = field.split(';').filter(|item| !item.is_empty());
        items.map(|item| self.term_named(item)).collect()
    }

    fn term_named<T: Term>(&self, name: &str) -> Result<T> {
        T::named(name).ok_or_else(|| {
            let known: Vec<_> = T::NAMES.iter().map(|(_, name)| *name).collect();
            self.wrong(name, &format!("not one of {}", joined(&known, "and")))
        })
    }

    /// The row from the next field on, to be read later.
    pub fn remainder(&mut self) -> Self {
        let rest = *self;
        self.rest = None;
        rest
    }

    /// All of the row.
    ///
    /// # Errors
    /// A field cannot be read, or there are more.
    pub fn parse<T: FromRow>(mut self) -> Result<T> {
        let parsed = T::read(&mut self)?;
        match self.rest {
            None => Ok(parsed),
            Some(_) => Err(Error::new(self.wrong_length())),
        }
    }

    /// Its first field, by which a file is sorted.
    pub fn key(&self) -> &'static str {
        first_field(self.line)
    }

    /// All of its line.
    pub fn text_of_line(&self) -> &'static str {
        self.line
    }

    /// The number of its line, the header's being 1.
    pub fn number_of_line(&self) -> usize {
        let start = self.file.text.as_ptr() as usize;
        let before = (self.line.as_ptr() as usize).saturating_sub(start);
        let before = self.file.text.as_bytes().get(..before).unwrap_or_default();
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// Every field from here on, without quotes.
    pub fn texts(mut self) -> impl Iterator<Item = Cow<'static, str>> {
        std::iter::from_fn(move || {
            self.rest?;
            self.text().ok()
        })
    }

    fn wrong(&self, field: &str, why: &dyn Display) -> Error {
        let column = self.file.columns.get(self.read.saturating_sub(1));
        let column = column.map(|column| column.name);
        let place = self.file.at(self.number_of_line(), column);
        Error::new(place.breach(format!("{}: {why}", quoted(field))))
    }

    /// The breach that the row is, where it has not as many fields as the header.
    pub fn wrong_length(&self) -> Breach {
        let fields = Self::new(self.file, self.line).texts().count();
        let place = self.file.at(self.number_of_line(), None);
        place.breach(format!("{fields} columns; the header has {}", self.file.columns.len()))
    }
}

/// The first field of a line, where nothing in it can be quoted.
pub fn first_field(line: &str) -> &str {
    let end = memchr::memchr(b',', line.as_bytes());
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

/// The place behind the quote that closes a field: of two quotes side by side neither does.
fn closing_quote(inside: &str) -> usize {
    let mut place = 0;
    while let Some(quote) = inside.get(place..).and_then(|rest| rest.find('"')) {
        place += quote + 1;
        match inside.get(place..) {
            Some(rest) if rest.starts_with('"') => place += 1,
            _ => return place,
        }
    }
    inside.len()
}

#[cfg(test)]
mod tests {
    use crate::index::context::Typology;
    use crate::index::file::File;
    use crate::index::row::Row;
    use crate::index::schema::{Column, Holds::Text};
    use crate::index::tier::Tier;

    const FILE: File = File {
        name: "f.csv",
        about: "",
        columns: &[
            Column::new("a", Text, ""),
            Column::new("b", Text, ""),
            Column::new("c", Text, ""),
        ],
        keys: 1,
        primary: &["a"],
        text: "",
        origin: None,
    };

    fn row(line: &'static str) -> Row {
        let file = File { text: line, ..FILE };
        Row::new(Box::leak(Box::new(file)), line)
    }

    #[test]
    fn quotes_are_undone_and_a_comma_in_them_separates_nothing() {
        let mut row = row("\"x, \"\"y\"\"\",,\"\"");
        let fields = [row.text(), row.text(), row.text()];
        assert_eq!(fields.map(|it| it.expect("text")), ["x, \"y\"", "", ""]);
        assert!(row.text().is_err(), "the row has ended");
    }

    #[test]
    fn a_row_of_too_few_or_too_many_columns_is_an_error() {
        let message = |error: anyhow::Error| error.to_string();
        let mut short = row("1,2");
        let _ = (short.code(), short.code());
        assert_eq!(
            short.code().map_err(message),
            Err("data/f.csv:1: 2 columns; the header has 3".to_owned())
        );
        let long = row("1,a;b,3,4").parse::<Typology>();
        assert_eq!(
            long.map(drop).map_err(message),
            Err("data/f.csv:1: 4 columns; the header has 3".to_owned())
        );
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named_by_file_line_and_column() {
        let mut row = row("x,2.5,\"q\"");
        let message = |error: anyhow::Error| error.to_string();
        assert_eq!(
            row.number::<u16>().map_err(message),
            Err("data/f.csv:1:1: column 'a': 'x': invalid digit found in string".to_owned())
        );
        assert_eq!(
            row.term::<Tier>().map_err(message),
            Err("data/f.csv:1:3: column 'b': '2.5': not one of 1, 2, 2WL, 3, special and none"
                .to_owned())
        );
        assert!(row.code().is_err());
    }
}
