//! `tip sources`: the documents that facts rest on.

use std::collections::BTreeSet;

use clap::Args;

use crate::commands::Answer;
use crate::commands::asked::{Asked, one_name_in_parts};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::source::Source;
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &["id", "title", "publisher", "date", "url", "rights"];

/// The arguments of `tip sources`.
#[derive(Debug, Args)]
pub struct Sources {
    /// A source's id, or a country: the sources of its tiers and roles; all sources by default
    #[arg(value_name = "ID|COUNTRY")]
    asked: Vec<String>,
}

impl Sources {
    /// One row a source, in the order asked, those of a country by id.
    pub fn run(&self, index: &Index) -> Answer {
        let mut answer = Answer::of(Table::new(Layout::Record, COLUMNS, COLUMNS.len()));
        let mut sources: Vec<Source> = Vec::new();
        if self.asked.is_empty() {
            sources.extend(index.sources());
        }
        for written in &self.asked {
            let same = |source: &Source| source.id.eq_ignore_ascii_case(written.trim());
            if let Some(source) = index.sources().find(same) {
                sources.push(source);
                continue;
            }
            let asked = Asked {
                name: written,
                line: None,
            };
            match asked.country(index, |_| true) {
                Ok(country) => sources.extend(of_country(index, country)),
                Err(warning) => answer
                    .warnings
                    .push(format!("{warning}; nor is it the id of a source")),
            }
        }
        if !answer.warnings.is_empty() {
            let hint = one_name_in_parts(index, "sources", &self.asked);
            answer.warnings.extend(hint);
        }
        for source in sources {
            answer.table.push(
                [
                    Cell::text(source.id),
                    Cell::text(source.title),
                    Cell::optional(Some(&source.publisher)),
                    Cell::optional(Some(&source.date)),
                    Cell::optional(source.url.as_deref()),
                    Cell::optional(Some(&source.rights)),
                ]
                .into(),
            );
        }
        answer
    }
}

/// The reports on a country, the transcriptions of its tiers, and where its roles are stated.
fn of_country(index: &Index, country: &Country) -> Vec<Source> {
    let mut ids = BTreeSet::new();
    for placed in index.history(country).placements() {
        ids.extend(index.document(country, placed.year).map(|source| source.id));
        ids.extend(placed.sources.split(';').map(str::to_owned));
    }
    ids.extend(
        index
            .every_role(country)
            .map(|stated| stated.source.into_owned()),
    );
    ids.iter().filter_map(|id| index.source(id)).collect()
}
