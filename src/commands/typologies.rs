//! `tip typologies`: how groups that traffic people are described.

use crate::answer::{Answer, source_cell};
use crate::index::Index;
use crate::index::context::Typology;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// One row a typology.
pub fn run(index: &Index) -> Answer<'_> {
    let columns = Columns::<&Typology>::new()
        .with("typology", "Where the groups are", |row| Cell::text(&row.typology))
        .with("year", "The year of the description, or undated", |row| Cell::text(&row.year))
        .with("traits", "Their traits", |row| Cell::list(&row.traits))
        .with("source", "Who describes them so", |row| source_cell(index, &row.source));
    let mut answer =
        Answer::of(Table::new(Layout::Record, columns, index.typologies().iter().collect()));
    answer.remarks.note(
        "literature of 1990–2009, not to be quoted as current: descriptions of groups as the source gives them, not of countries or peoples",
    );
    answer
}
