//! The columns that can be added to a row: those of a country in a report, and what only a row of the user's has.

use std::borrow::Cow;

use anyhow::{Result, bail};
use serde_json::json;

use crate::annotate::formulas::guarded;
use crate::annotate::unmatched::Status;
use crate::answer::columns::columns;
use crate::answer::row::CountryReport;
use crate::index::names::spellings::Kind;
use crate::index::{GovernmentList, Index};
use crate::input::{Encoding, field};
use crate::output::{Cell, Title};
use crate::text::quoted;

/// What the names of added columns begin with unless the user says otherwise: the user's own do not.
pub const PREFIX: &str = "tip_";

const DEFAULT: [&str; 5] = ["iso3", "country", "year", "tier", "status"];

type MakeCell<'i> = Box<dyn Fn(&Known<'i>) -> Cell + 'i>;

/// A column that can be added: its name, what it holds, and how its cell is made.
pub struct Added<'i> {
    /// Its name, as it is chosen.
    pub name: &'static str,
    /// A line of what it holds.
    pub about: Cow<'i, str>,
    /// What its name in the header begins with.
    prefix: String,
    cell: MakeCell<'i>,
}

impl<'i> Added<'i> {
    pub fn header(&self) -> String {
        format!("{}{}", self.prefix, self.name.replace('-', "_"))
    }

    pub fn cell(&self, known: &Known<'i>) -> Cell {
        (self.cell)(known)
    }

    fn new(
        name: &'static str,
        about: impl Into<Cow<'i, str>>,
        cell: impl Fn(&Known<'i>) -> Cell + 'i,
    ) -> Self {
        let (about, prefix) = (about.into(), PREFIX.to_owned());
        Self { name, about, prefix, cell: Box::new(cell) }
    }

    /// Whether a country is on a list: `yes`, `no`, or nothing where these data do not say.
    fn list(list: &'i GovernmentList) -> Self {
        Self::new(list.id, format!("On the list '{}': yes or no", list.name), |known| {
            let on = known.report.as_ref().and_then(|report| report.is_on(list));
            Cell::optional(on.map(|on| if on { "yes" } else { "no" }))
        })
    }
}

#[derive(Debug)]
pub struct Known<'i> {
    /// The country it names, and its placement in the report of the year.
    pub report: Option<CountryReport<'i>>,
    /// By what it was recognised; none is the user's own table.
    pub how: Option<Kind>,
    /// What becomes of rows with it.
    pub status: Status,
}

pub fn every<'i>(index: &'i Index) -> Vec<Added<'i>> {
    let of_report = columns(index).all.into_iter().map(|column| {
        let (Title { name, about, .. }, cell) = (column.title, column.cell);
        Added::new(name, about, move |known: &Known<'i>| {
            known.report.as_ref().map_or(Cell::Missing, &cell)
        })
    });
    let mut every: Vec<Added> = of_report.collect();
    every.extend([
        Added::new("status", "What became of the row", |known| Cell::text(known.status.name())),
        Added::new("how", "By what the country was recognised", |known| {
            let how = known.how.map_or_else(|| "map".to_owned(), |kind| kind.to_string());
            Cell::optional(known.report.as_ref().map(|_| how))
        }),
    ]);
    every.extend(index.lists().iter().map(Added::list));
    every
}

/// The columns asked for, or those added unless others are: by their names, as in the header or without the prefix, or `all`.
/// `prefix`: what their names in the header begin with.
pub fn chosen<'i>(index: &'i Index, asked: &[String], prefix: &str) -> Result<Vec<Added<'i>>> {
    let default = DEFAULT.map(str::to_owned);
    // As of --columns, '+evidence' adds to the default.
    let is_more = asked.iter().all(|name| name.trim().starts_with('+'));
    let more = asked.iter().map(|name| name.trim().trim_start_matches('+').to_owned());
    let asked: Vec<String> = match asked {
        [] => default.to_vec(),
        _ if is_more => default.iter().cloned().chain(more).collect(),
        asked => asked.to_vec(),
    };
    let mut known = every(index);
    for added in &mut known {
        prefix.clone_into(&mut added.prefix);
    }
    if matches!(&*asked, [all] if all.trim().eq_ignore_ascii_case("all")) {
        return Ok(known);
    }
    let mut chosen: Vec<Added> = Vec::with_capacity(asked.len());
    for name in &asked {
        let name = name.trim();
        let is_asked = |added: &Added| {
            let (header, usual) = (added.header(), format!("{PREFIX}{}", added.name));
            let ways = [added.name, &header, &usual.replace('-', "_")];
            ways.iter().any(|way| way.eq_ignore_ascii_case(name))
        };
        match known.iter().position(is_asked) {
            Some(place) => chosen.push(known.remove(place)),
            None if chosen.iter().any(is_asked) => {
                bail!("column {} is named twice; name each column once", quoted(name))
            }
            None => bail!(
                "there is no column {} to add; 'tip annotate --add help' lists them",
                quoted(name)
            ),
        }
    }
    Ok(chosen)
}

/// What letters are added to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Those of ASCII, which most encodings share; or the row is written anew.
    Ascii,
    /// Others, in the encoding of the file.
    Beyond,
    /// One that the encoding of the file lacks.
    Lacking(char),
}

/// How what is added is written.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// Fields, each behind a delimiter, in the encoding of the file; those that are formulas guarded, if so.
    Fields(u8, Encoding, bool),
    /// Members of a JSON object, each behind a comma.
    Members,
}

impl Render {
    /// Appends a cell of the column with this name to a text. Returns the letters of the cell.
    pub fn write(self, name: &str, cell: &Cell, text: &mut Vec<u8>) -> Letters {
        match self {
            Self::Fields(delimiter, encoding, is_safe) => {
                let value = cell.joined(";");
                let value = if is_safe { guarded(&value) } else { Cow::Borrowed(&*value) };
                text.push(delimiter);
                match encoding.bytes(&value) {
                    Ok(bytes) => field::write(&bytes, delimiter, text),
                    Err(letter) => return Letters::Lacking(letter),
                }
                if !value.is_ascii() {
                    return Letters::Beyond;
                }
            }
            Self::Members => {
                let member = format!(",{}:{}", json!(name), json!(cell));
                text.extend_from_slice(member.as_bytes());
            }
        }
        Letters::Ascii
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_guarded_where_that_is_asked_for() {
        for (is_safe, written) in [(true, ";'=a"), (false, ";=a")] {
            let mut text = Vec::new();
            let render = Render::Fields(b';', Encoding::UTF_8, is_safe);
            assert_eq!(render.write("note", &Cell::text("=a"), &mut text), Letters::Ascii);
            assert_eq!(String::from_utf8_lossy(&text), written);
        }
    }
}
