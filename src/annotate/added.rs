//! The columns that can be added to a row: those of a country in a report, and what only a row of the user's has.

use std::borrow::Cow;

use anyhow::{Result, bail};
use serde_json::json;

use crate::annotate::unmatched::{How, Status};
use crate::answer::columns::columns;
use crate::answer::row::CountryReport;
use crate::index::Index;
use crate::index::lists::GovernmentList;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::output::cell::Cell;
use crate::output::column::Title;
use crate::text::quoted;

/// What the names of added columns begin with: the user's own do not.
const PREFIX: &str = "tip_";

/// Those added unless others are chosen.
const DEFAULT: [&str; 7] = ["iso3", "country", "year", "tier", "roles", "role_year", "status"];

/// What makes a cell of what is known.
type MakeCell<'i> = Box<dyn Fn(&Known<'i>) -> Cell + 'i>;

/// A column that can be added: its name, what it holds, and how its cell is made.
pub struct Added<'i> {
    /// Its name, as it is chosen.
    pub name: Cow<'static, str>,
    /// A line of what it holds.
    pub about: Cow<'i, str>,
    cell: MakeCell<'i>,
}

impl<'i> Added<'i> {
    /// Its name in the header.
    pub fn header(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('-', "_"))
    }

    /// Its cell.
    pub fn cell(&self, known: &Known<'i>) -> Cell {
        (self.cell)(known)
    }

    fn own(
        name: &'static str,
        about: &'static str,
        cell: impl Fn(&Known<'i>) -> Cell + 'i,
    ) -> Self {
        Self { name: Cow::Borrowed(name), about: Cow::Borrowed(about), cell: Box::new(cell) }
    }

    /// Whether a country is on a list: `yes`, `no`, or nothing where these data do not say.
    fn list(list: &'i GovernmentList) -> Self {
        let on = |known: &Known<'i>| known.report.as_ref()?.is_on(list);
        Self {
            name: Cow::Borrowed(list.id),
            about: Cow::Owned(format!("On the list '{}': yes or no", list.name)),
            cell: Box::new(move |known| {
                let on = on(known).map(|on| if on { "yes" } else { "no" });
                Cell::optional(on)
            }),
        }
    }
}

/// What is known of a name in a year.
#[derive(Debug)]
pub struct Known<'i> {
    /// The country it names, and its placement in the report of the year.
    pub report: Option<CountryReport<'i>>,
    /// By what it was recognised.
    pub how: Option<How>,
    /// What becomes of rows with it.
    pub status: Status,
}

/// Every column that can be added.
pub fn every<'i>(index: &'i Index) -> Vec<Added<'i>> {
    let of_report = columns(index).into_all().into_iter().map(|column| {
        let (Title { name, about, .. }, cell) = (column.title, column.cell);
        Added::own(name, about, move |known: &Known<'i>| {
            known.report.as_ref().map_or(Cell::Missing, &cell)
        })
    });
    let mut every: Vec<Added> = of_report.collect();
    every.extend([
        Added::own("status", "What became of the row", |known| Cell::text(known.status.name())),
        Added::own("how", "By what the country was recognised", |known| {
            Cell::optional(known.how.map(|how| how.to_string()))
        }),
    ]);
    every.extend(index.lists().iter().map(Added::list));
    every
}

/// The columns asked for, or those added unless others are.
///
/// # Errors
/// There is none of that name, or one is named twice.
pub fn chosen<'i>(index: &'i Index, asked: &[String]) -> Result<Vec<Added<'i>>> {
    let default = DEFAULT.map(str::to_owned);
    let asked = if asked.is_empty() { &default } else { asked };
    let mut known = every(index);
    let mut chosen: Vec<Added> = Vec::with_capacity(asked.len());
    for name in asked {
        let name = name.trim();
        let is_asked = |added: &Added| added.name.eq_ignore_ascii_case(name);
        match known.iter().position(is_asked) {
            Some(place) => chosen.push(known.swap_remove(place)),
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

/// How what is added is written.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// Fields, each behind a delimiter, in the encoding of the file.
    Fields(u8, Encoding),
    /// Members of a JSON object, each behind a comma.
    Members,
}

impl Render {
    /// Appends a cell of the column with this name to a text.
    pub fn write(self, name: &str, cell: &Cell, text: &mut Vec<u8>) {
        match self {
            Self::Fields(delimiter, encoding) => {
                text.push(delimiter);
                field::write(&encoding.bytes(&cell.joined(";")), delimiter, text);
            }
            Self::Members => {
                let member = format!(",{}:{}", json!(name), json!(cell));
                text.extend_from_slice(member.as_bytes());
            }
        }
    }
}
