//! A line of a data file as a serde `Deserializer`: a struct takes the next fields, a `Vec` the items of a list, an
//! `Option` is none where the cell is empty. It knows file, line and column, so that every error can name them.
//!
//! Fields are quoted as a CSV writer quotes them, and no row spans lines: tests hold the embedded files to that, and what
//! a user gives is written anew.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::index::file::{Breach, File, SourceLine, lines};
use crate::text::quoted;

/// A row that is read field by field from the left.
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
    pub fn new(file: &'static File, line: &'static str) -> Self {
        Self { file, line, rest: Some(line), read: 0 }
    }

    pub fn parse<T: Deserialize<'static>>(mut self) -> Result<T, Breach> {
        let parsed = T::deserialize(&mut self)?;
        if self.rest.is_some() { Err(self.wrong_length()) } else { Ok(parsed) }
    }

    /// The next field, as it is written.
    fn field(&mut self) -> Result<&'static str, Breach> {
        let rest = self.rest.ok_or_else(|| self.wrong_length())?;
        let (field, rest) = first_of(rest);
        self.rest = rest;
        self.read += 1;
        Ok(field)
    }

    fn cell(&mut self) -> Result<CellText, Breach> {
        Ok(CellText(match unquoted(self.field()?) {
            Cow::Borrowed(cell) => cell,
            Cow::Owned(cell) => kept(cell),
        }))
    }

    pub fn cells(self) -> impl Iterator<Item = Cow<'static, str>> {
        cells(self.rest)
    }

    /// The first field, where nothing stands in the second.
    pub fn key_of_second_empty(&self) -> Option<&'static str> {
        let key = first_field(self.line);
        let behind = self.line.get(key.len()..)?;
        behind.starts_with(",,").then_some(key)
    }

    pub fn line(&self) -> &'static str {
        self.line
    }

    /// The number of its line, the header's being 1.
    fn number_of_line(&self) -> usize {
        let start = self.file.text.as_ptr() as usize;
        let before = (self.line.as_ptr() as usize).saturating_sub(start);
        let before = self.file.text.as_bytes().get(..before).unwrap_or_default();
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// The breach that the row is, where it has not as many fields as the header.
    pub fn wrong_length(&self) -> Breach {
        let fields = Self::new(self.file, self.line).cells().count();
        let columns = self.file.columns().count();
        let place = self.file.at(self.number_of_line(), None);
        place.breach(format!("{fields} columns; the header has {columns}"))
    }

    /// The error as a breach of the cell that was read last, unless it has a place already.
    fn placed(&self, error: Breach) -> Breach {
        if error.place.line > 0 {
            return error;
        }
        let place = self.file.at(self.number_of_line(), self.read.checked_sub(1));
        place.breach(error.what)
    }
}

impl File {
    pub fn rows(&'static self) -> impl Iterator<Item = Row> {
        lines(self.body()).map(move |line| Row::new(self, line))
    }

    /// Every row that must keep the rules, with the number of its line: the user's own, or all where none is.
    pub fn rows_to_check(&'static self, all: bool) -> impl Iterator<Item = (usize, Row)> {
        let origin = self.origin;
        let is_own = move |line: usize| {
            let line = origin.and_then(|origin| origin.lines.get(line - 2));
            matches!(line, Some(SourceLine::Own(_)))
        };
        let rows = all || origin.is_some();
        let rows = rows.then(|| (2..).zip(self.rows())).into_iter().flatten();
        rows.filter(move |(line, _)| all || is_own(*line))
    }
}

/// The first field of a line, where nothing in it can be quoted.
pub fn first_field(line: &str) -> &str {
    let end = memchr::memchr(b',', line.as_bytes());
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

/// The cells of a line, or of what is left of one.
pub fn cells(mut rest: Option<&str>) -> impl Iterator<Item = Cow<'_, str>> {
    std::iter::from_fn(move || {
        let (field, behind) = first_of(rest?);
        rest = behind;
        Some(unquoted(field))
    })
}

/// The first field of what is left of a line, as it is written, and what is behind it; none behind the last.
fn first_of(rest: &str) -> (&str, Option<&str>) {
    // Bytes are compared: to strip a prefix calls memcmp, and most fields are too short for `str::find` to pay.
    let end = match rest.as_bytes() {
        [b'"', ..] => 1 + closing_quote(rest.get(1..).unwrap_or_default()),
        bytes => bytes.iter().position(|byte| *byte == b',').unwrap_or(rest.len()),
    };
    let is_followed = rest.as_bytes().get(end) == Some(&b',');
    (rest.get(..end).unwrap_or(rest), rest.get(end + 1..).filter(|_| is_followed))
}

fn unquoted(field: &str) -> Cow<'_, str> {
    if field.as_bytes().first() != Some(&b'"') {
        return Cow::Borrowed(field);
    }
    let inside = field.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match inside {
        Some(inside) if inside.contains('"') => Cow::Owned(inside.replace("\"\"", "\"")),
        _ => Cow::Borrowed(inside.unwrap_or(field)),
    }
}

/// A cell that is not as it stands in the file, because a quote in it is doubled there. The data live as long as the process,
/// and so few are such cells that each is kept: once, however often it is read.
fn kept(cell: String) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(&*cell) {
        return known;
    }
    let cell = cell.leak();
    kept.insert(cell);
    cell
}

/// Writes cells, of which there are several, as a line is written: quoted only where they must be.
pub fn write_line(cells: impl Iterator<Item = impl AsRef<str>>, line: &mut String) {
    for (nth, cell) in cells.enumerate() {
        let cell = cell.as_ref();
        line.push_str(if nth > 0 { "," } else { "" });
        if cell.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
}

/// The index behind the quote that closes a field: of two quotes side by side neither does.
fn closing_quote(inside: &str) -> usize {
    let mut index = 0;
    while let Some(quote) = inside.get(index..).and_then(|rest| rest.find('"')) {
        index += quote + 1;
        match inside.get(index..) {
            Some(rest) if rest.starts_with('"') => index += 1,
            _ => return index,
        }
    }
    inside.len()
}

/// Hands the next cell on to the methods of `CellText`, whose errors get a place.
macro_rules! from_cell {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
            let cell = self.cell()?;
            cell.$method(visitor).map_err(|error| self.placed(error))
        })*
    };
}

impl Deserializer<'static> for &mut Row {
    type Error = Breach;

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Breach> {
        visitor.visit_seq(Fields { row: self, left: fields.len() })
    }

    fn deserialize_seq<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        let cell = self.cell()?;
        let items = cell.0.split(';').filter(|item| !item.is_empty()).map(CellText);
        visitor.visit_seq(SeqDeserializer::new(items)).map_err(|error| self.placed(error))
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        if self.rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(',')) {
            self.field()?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Breach> {
        let cell = self.cell()?;
        cell.deserialize_enum(name, variants, visitor).map_err(|error| self.placed(error))
    }

    from_cell! { deserialize_any deserialize_bool deserialize_u16 deserialize_u32 deserialize_u64 deserialize_char
    deserialize_str deserialize_string }
    forward_to_deserialize_any! { <V: Visitor<'static>> i8 i16 i32 i64 u8 f32 f64 bytes byte_buf unit unit_struct newtype_struct tuple
    tuple_struct map identifier ignored_any }
}

/// The next fields of a row, as many as a struct has.
struct Fields<'r> {
    row: &'r mut Row,
    left: usize,
}

impl SeqAccess<'static> for Fields<'_> {
    type Error = Breach;

    fn next_element_seed<T: DeserializeSeed<'static>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Breach> {
        let left = self.left.checked_sub(1);
        self.left = left.unwrap_or_default();
        left.map(|_| seed.deserialize(&mut *self.row)).transpose()
    }
}

#[derive(Clone, Copy)]
struct CellText(&'static str);

impl IntoDeserializer<'static, Breach> for CellText {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl CellText {
    fn number<N: FromStr<Err: Display>>(&self) -> Result<N, Breach> {
        self.0.parse().map_err(|error| Breach::custom(format!("{}: {error}", quoted(self.0))))
    }
}

impl Deserializer<'static> for CellText {
    type Error = Breach;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_bool<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        visitor.visit_bool(self.0 == "yes")
    }

    fn deserialize_u16<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        visitor.visit_u16(self.number()?)
    }

    fn deserialize_u32<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        visitor.visit_u32(self.number()?)
    }

    fn deserialize_u64<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Breach> {
        visitor.visit_u64(self.number()?)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Breach> {
        StrDeserializer::new(self.0).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! { <V: Visitor<'static>> i8 i16 i32 i64 u8 f32 f64 char str string bytes byte_buf option unit unit_struct
    newtype_struct seq tuple tuple_struct map struct identifier ignored_any }
}
