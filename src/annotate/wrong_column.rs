//! Whether another column than the one that was read holds the countries: asked only where most of them were not found.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::typed;
use crate::annotate::unmatched::Status;
use crate::text::quoted;

/// The column that was read.
#[derive(Debug)]
pub struct ColumnRead {
    /// The names of all columns.
    pub names: Vec<String>,
    /// Whether the first row has them.
    pub header: bool,
    /// Which one it is, from 0.
    pub country: usize,
    /// Another one, far more cells of which are countries.
    pub better: Option<usize>,
}

/// What to say where most names were not found, and whether nothing was.
pub struct WrongColumnHint {
    /// The message.
    pub text: String,
    /// Whether no row at all has a country.
    pub is_empty: bool,
}

/// Returns what to say of the rows; nothing where most names were found. A plain list has no columns.
pub fn hint(annotator: &Annotator<'_>, read: Option<&ColumnRead>) -> Option<WrongColumnHint> {
    let rows = |holds: &dyn Fn(Status) -> bool| -> u64 {
        let statuses = Status::ALL.into_iter().filter(|status| holds(*status));
        statuses.map(|status| annotator.rows(status)).sum()
    };
    let (found, unmatched) = (rows(&Status::is_country), rows(&Status::is_unmatched));
    let other = read.filter(|_| unmatched >= found);
    let other = other.and_then(|read| Some((read, read.better?)));
    let is_empty = found == 0 && (unmatched > 0 || other.is_some());
    if !is_empty && (other.is_none() || unmatched == 0) {
        return None;
    }
    let called = read.map_or("the list".to_owned(), |read| {
        let name = read.names.get(read.country);
        match name.filter(|_| read.header) {
            Some(name) => format!("column {}", quoted(name)),
            None => format!("column {}", read.country + 1),
        }
    });
    let said = if is_empty {
        format!("nothing in {called} names a country")
    } else {
        format!("most of {called} names no country")
    };
    let hint = other.map_or(String::new(), |(read, other)| {
        let typed = if read.header { typed(&read.names, other) } else { (other + 1).to_string() };
        format!("; column {} does: try --column {typed}", other + 1)
    });
    let text = said + &hint + &annotator.encoding_hint();
    Some(WrongColumnHint { text, is_empty })
}
