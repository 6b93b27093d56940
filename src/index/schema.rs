//! What a column of a data file may hold: the rule for its cells, and what `datapackage.json` says of it.

use crate::text::{joined, quoted};

/// What is wrong with a cell that spans lines.
pub const CONTROL: &str =
    "a line break, a tab or another control character in a cell (is a quote never closed?)";

/// A column of a data file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What it holds, in a line.
    pub about: &'static str,
    /// What a cell, or an item of a list, may be.
    pub holds: Holds,
    /// Whether a cell holds several, with ';' between them.
    pub is_list: bool,
    /// Whether no cell is empty.
    pub required: bool,
    /// The file whose first column has the value.
    pub refers: Option<&'static str>,
}

/// What a cell may be.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Text.
    Text,
    /// One letter or sign.
    Letter,
    /// So many capitals, as in codes of ISO 3166-1.
    Capitals(usize),
    /// So many digits, zeros kept.
    Digits(usize),
    /// A word that is never quoted, such as the id of a source.
    Id,
    /// An address on the web.
    Address,
    /// A year.
    Year,
    /// A whole number, not below 0.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// One of these.
    OneOf(fn() -> Vec<&'static str>),
}

impl Column {
    /// A column whose cells may be empty.
    pub const fn new(name: &'static str, holds: Holds, about: &'static str) -> Self {
        Self { name, about, holds, is_list: false, required: false, refers: None }
    }

    /// The same, where no cell is empty.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, where a cell holds a list.
    pub const fn list(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// The same, where the first column of that file has the value.
    pub const fn of(mut self, file: &'static str) -> Self {
        self.refers = Some(file);
        self
    }

    /// What is wrong with a cell by itself, if anything.
    pub fn breach(&self, cell: &str) -> Option<String> {
        if cell != cell.trim() {
            return Some(format!("{}: take the space at its end away", quoted(cell)));
        }
        if cell.is_empty() {
            return self.required.then(|| format!("empty; {}", self.meant()));
        }
        if !self.is_list {
            return self.wrong(cell);
        }
        let empty = cell.split(';').any(str::is_empty);
        let what = || format!("{}: an empty item in a list; one ';' between two", quoted(cell));
        let mut items = cell.split(';').filter(|item| !item.is_empty());
        items.find_map(|item| self.wrong(item)).or_else(|| empty.then(what))
    }

    fn wrong(&self, value: &str) -> Option<String> {
        let all =
            |len: usize, is: fn(&u8) -> bool| value.len() == len && value.bytes().all(|it| is(&it));
        let fine = match self.holds {
            Holds::Text => true,
            Holds::Letter => value.chars().count() == 1,
            Holds::Capitals(count) => all(count, u8::is_ascii_uppercase),
            Holds::Digits(count) => all(count, u8::is_ascii_digit),
            Holds::Id => value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._".contains(&it)),
            Holds::Address => value.starts_with("https://") || value.starts_with("http://"),
            Holds::Year => all(4, u8::is_ascii_digit),
            Holds::Number => {
                value.bytes().all(|it| it.is_ascii_digit()) && value.parse::<u32>().is_ok()
            }
            Holds::YesNo => value == "yes" || value == "no",
            Holds::OneOf(names) => names().contains(&value),
        };
        (!fine).then(|| format!("{}: {}", quoted(value), self.meant()))
    }

    /// What a value must be.
    fn meant(&self) -> String {
        match self.holds {
            Holds::Text => "text was expected".to_owned(),
            Holds::Letter => "one letter was expected".to_owned(),
            Holds::Capitals(count) => format!("{count} capitals were expected"),
            Holds::Digits(count) => format!("{count} digits were expected"),
            Holds::Id => "letters, digits, '-', '.' and '_' were expected".to_owned(),
            Holds::Address => "'https://…' or 'http://…' was expected".to_owned(),
            Holds::Year => "a year of four digits was expected".to_owned(),
            Holds::Number => "a whole number was expected, digits only".to_owned(),
            Holds::YesNo => "neither 'yes' nor 'no' nor empty".to_owned(),
            Holds::OneOf(names) => format!("not one of {}", joined(&names(), "and")),
        }
    }
}
