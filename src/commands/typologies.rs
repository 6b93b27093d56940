//! `tip typologies`: how groups that traffic people are described.

use anyhow::Result;

use crate::commands::Answer;
use crate::index::Index;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &["typology", "traits", "source"];

/// One row a typology.
///
/// # Errors
/// A row of the data that cannot be read.
pub fn run(index: &Index) -> Result<Answer> {
    let mut table = Table::new(Layout::Record, COLUMNS, COLUMNS.len());
    for typology in index.typologies()? {
        let source = index
            .source(&typology.source)
            .map(|source| source.citation());
        table.push(
            [
                Cell::text(&typology.name),
                Cell::list(&typology.traits),
                Cell::optional(source.as_deref()),
            ]
            .into(),
        );
    }
    let mut answer = Answer::of(table);
    answer.notes.push(
        "descriptions of groups in the literature, as the source gives them; not of countries or peoples".to_owned(),
    );
    Ok(answer)
}
