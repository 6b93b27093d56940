//! `tip typologies`: how groups that traffic people are described.

use anyhow::Result;

use crate::answer::{Answer, source_cell};
use crate::index::Index;
use crate::index::context::Typology;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// One row a typology.
///
/// # Errors
/// A row of the data that cannot be read.
pub fn run(index: &Index) -> Result<Answer<'_>> {
    let columns = Columns::<Typology>::new()
        .with("typology", "Where the groups are", |row| Cell::text(&row.name))
        .with("traits", "Their traits", |row| Cell::list(&row.traits))
        .with("source", "Who describes them so", |row| source_cell(index, &row.source));
    let mut answer = Answer::of(Table::new(Layout::Record, columns, index.typologies()?));
    answer.notes.push(
        "descriptions of groups in the literature, as the source gives them; not of countries or peoples".to_owned(),
    );
    Ok(answer)
}
