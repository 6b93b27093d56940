//! A file of the user's: how it is written, and its rows as they would stand in the embedded file of its name.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use csv::ByteRecord;

use crate::index::file::{File, Form, Start};
use crate::index::names::fold::fold;
use crate::index::row;
use crate::index::schema::{CONTROL, Field};
use crate::text;

/// A file of the user's.
#[derive(Debug)]
pub struct Own {
    /// The embedded file of the same name.
    pub base: &'static File,
    pub file: PathBuf,
    pub form: Form,
    /// Its rows, each as a line of CSV: a file of 32 MiB is held once.
    lines: String,
    pub rows: Vec<OwnRow>,
}

/// A row of the user's.
#[derive(Clone, Debug)]
pub struct OwnRow {
    /// Its bytes in `lines`, of which there are far fewer than 4 GiB.
    line: Range<u32>,
    /// Where it stands; none where it was worked out.
    pub start: Option<Start>,
}

/// What is wrong with a row: the index of the cell, if it is one, and why.
pub type WrongRow = (Option<usize>, String);

impl Own {
    pub fn new(base: &'static File, file: PathBuf, form: Form) -> Self {
        Self { base, file, form, lines: String::new(), rows: Vec::new() }
    }

    /// Adds a row with these cells, in the order of the base.
    pub fn push(&mut self, cells: &[impl AsRef<str>], start: Option<Start>) {
        let end = |lines: &str| u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let from = end(&self.lines);
        row::write_line(cells.iter(), &mut self.lines);
        self.rows.push(OwnRow { line: from..end(&self.lines), start });
    }

    pub fn line(&self, row: &OwnRow) -> &str {
        self.lines.get(row.line.start as usize..row.line.end as usize).unwrap_or_default()
    }

    pub fn cells(&self, row: &OwnRow) -> Vec<Cow<'_, str>> {
        row::cells(Some(self.line(row))).collect()
    }

    /// The cells of one column, by row.
    pub fn column(&self, name: &str) -> impl Iterator<Item = Cow<'_, str>> {
        let nth = self.base.schema().index_of(name).unwrap_or(usize::MAX);
        let cell = move |row| row::cells(Some(self.line(row))).nth(nth).unwrap_or_default();
        self.rows.iter().map(cell)
    }

    /// The cells of a record in the order of the base; what is left out has what the schema gives it.
    pub fn read(&self, record: &ByteRecord) -> Result<Vec<String>, WrongRow> {
        self.check_width(record)?;
        let cells = self.form.order.iter().map(|nth| nth.map_or(Ok(String::new()), cell(record)));
        let mut cells = cells.collect::<Result<Vec<String>, WrongRow>>()?;
        let fields = &self.base.schema().fields;
        for (nth, field) in fields.iter().enumerate() {
            let is_empty = cells.get(nth).is_some_and(String::is_empty);
            let Some(default) = field.own_default.as_ref().filter(|_| is_empty) else { continue };
            let value = filled(default, fields, &cells);
            if let Some(cell) = cells.get_mut(nth) {
                // What the key of a name is, the program knows best.
                *cell = if field.name == "key" { fold(&value) } else { value };
            }
        }
        Ok(cells)
    }

    fn check_width(&self, record: &ByteRecord) -> Result<(), WrongRow> {
        let width = self.form.order.iter().flatten().count();
        if record.len() != width {
            let delimiter = char::from(self.form.delimiter);
            let (many, mark) =
                if delimiter == ',' { ("columns", "comma") } else { ("cells", "';'") };
            let what = format!(
                "{} {many}; the header has {width}: a cell with a {mark} in it must be quoted, and an empty one still has its {mark}",
                record.len()
            );
            return Err((None, what));
        }
        if record.iter().all(<[u8]>::is_empty) {
            return Err((None, "a row without a value; take it away".to_owned()));
        }
        Ok(())
    }
}

/// Reads the cells of a record. A row of the merged file is a line, so none has a line break.
fn cell(record: &ByteRecord) -> impl Fn(usize) -> Result<String, WrongRow> {
    move |nth| match std::str::from_utf8(record.get(nth).unwrap_or_default()) {
        Ok(cell) if cell.contains(char::is_control) => {
            Err((Some(nth), format!("{}: {CONTROL}", text::quoted(cell))))
        }
        Ok(cell) => Ok(cell.to_owned()),
        Err(_) => Err((Some(nth), "not UTF-8; save the file in that encoding".to_owned())),
    }
}

/// What stands for an empty cell: a text in which `{year}` is the cell of that column.
fn filled(default: &str, fields: &[Field], cells: &[String]) -> String {
    let mut value = default.to_owned();
    for (field, cell) in fields.iter().zip(cells).filter(|_| default.contains('{')) {
        value = value.replace(&format!("{{{}}}", field.name), cell);
    }
    value
}

/// How a file is written, by its header.
pub fn form(base: &File, delimiter: u8, header: &ByteRecord) -> Result<Form, Vec<String>> {
    let right = base.header();
    let written: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
    let count = |name: &str| written.iter().filter(|it| *it == name).count();
    let mut wrong: Vec<String> = Vec::new();
    if !base.columns().any(|column| count(column) == 1) {
        let what = "no header, or not in UTF-8 with commas or semicolons";
        return Err(vec![format!("{what}; the columns are {right}")]);
    }
    let needed = base.schema().fields.iter().filter(|field| field.is_needed());
    let needed: Vec<&str> = needed.map(|field| field.name.as_str()).collect();
    for column in base.columns() {
        match count(column) {
            0 if needed.contains(&column) => {
                let needed = text::joined(&needed, "and");
                wrong.push(format!("the column '{column}' is missing; {needed} must be there"));
            }
            0 | 1 => {}
            _ => wrong.push(format!("the column '{column}' is there twice; take one away")),
        }
    }
    for name in &written {
        if base.columns().all(|column| column != name) {
            let name = text::quoted(name);
            wrong.push(format!("{name} is no column of this file; the columns are {right}"));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let index = |column: &str| written.iter().position(|it| it == column);
    Ok(Form { delimiter, order: base.columns().map(index).collect() })
}

/// What stands between the cells of a header: the one of the two that it has more of.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark| memchr::memchr_iter(mark, header).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}
