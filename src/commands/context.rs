//! `tip figures` and `tip typologies`: what the literature of 1990–2009 counted, and how it described groups that traffic.

use crate::answer::{Answer, source_cell};
use crate::index::{Figure, Index, Typology};
use crate::output::{Cell, Columns, Layout, Table};

pub fn figures(index: &Index) -> Answer<'_> {
    let citations =
        |row: &&Figure| Cell::list(row.sources.iter().filter_map(|id| index.citation(id)));
    let columns = Columns::<&Figure>::new()
        .with("figure", "What is counted or measured", |row| Cell::text(row.figure))
        .with("value", "The value in words", |row| Cell::text(row.value))
        .with("period", "The years it is for or of publication, or undated", |row| {
            Cell::text(row.period)
        })
        .with("attributed_to", "Whose figure it is", |row| Cell::optional(Some(&row.attributed_to)))
        .with("source", "Where it stands", citations);
    let figures = index.figures().iter().collect();
    let mut answer =
        Answer::new(Table::new(Layout::Record, columns, figures).titled(
            "Estimates as the literature of 1990–2009 published them; their methods differ",
        ));
    answer.remarks.note(OLD);
    answer
}

pub fn typologies(index: &Index) -> Answer<'_> {
    let columns = Columns::<&Typology>::new()
        .with("typology", "Where the groups are", |row| Cell::text(row.typology))
        .with("year", "The year of the description, or undated", |row| Cell::text(row.year))
        .with("traits", "Their traits", |row| Cell::list(&row.traits))
        .with("source", "Who describes them so", |row| source_cell(index, row.source));
    let rows = index.typologies().iter().collect();
    let table = Table::new(Layout::Record, columns, rows)
        .titled("Groups that traffic people, as the literature of 1990–2009 described them");
    let mut answer = Answer::new(table);
    answer.remarks.note(OLD);
    answer
}

const OLD: &str =
    "literature of 1990–2009: not to be quoted as current, nor said of countries or peoples";
