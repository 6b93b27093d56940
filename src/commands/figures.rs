//! `tip figures`: what has been counted and estimated of trafficking, and by whom.

use anyhow::Result;

use crate::commands::Answer;
use crate::index::Index;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &["figure", "value", "period", "attributed_to", "source"];

/// One row a figure.
///
/// # Errors
/// A row of the data that cannot be read.
pub fn run(index: &Index) -> Result<Answer> {
    let mut table = Table::new(Layout::Record, COLUMNS, COLUMNS.len());
    for figure in index.figures()? {
        let sources = figure.sources.iter().filter_map(|id| index.source(id));
        let sources: Vec<String> = sources.map(|source| source.citation()).collect();
        table.push(
            [
                Cell::text(&figure.what),
                Cell::text(&figure.value),
                Cell::optional(Some(&figure.period)),
                Cell::optional(Some(&figure.attributed_to)),
                Cell::List(sources),
            ]
            .into(),
        );
    }
    let mut answer = Answer::of(table);
    answer
        .notes
        .push("figures of their time, as the sources give them; their methods differ".to_owned());
    Ok(answer)
}
