//! `tip check`: whether data files keep the rules; every breach at once, by file, line and byte.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::answer::Answer;
use crate::answer::caveats::partly_known;
use crate::index::file::Breach;
use crate::index::own::{self, Merged};
use crate::output::{Cell, Columns, Layout, Remarks, Table};
use crate::text;

/// What is a breach where it is more, and the least that is data; the README has it too.
const LIMITS: &str = "\
The least is a placements.csv with the columns iso3,year,tier; 'tip export --template YEAR DIR' writes a beginning.
Limits: the files of a folder have 32 MiB together and 200,000 rows each at most; 1,000 breaches are named.";

/// The arguments of `tip check`.
#[derive(Debug, Args)]
#[command(after_long_help = LIMITS)]
pub struct CheckArgs {
    /// The folder, as --data takes it [default: that of --data, or the embedded files]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl CheckArgs {
    /// One row a breach. `data` is the folder of --data; people see the breaches as compilers show them.
    pub fn run<'i>(&self, data: Option<PathBuf>, for_people: bool) -> Result<Answer<'i>> {
        let folder = self.folder.clone().or(data);
        let merged = folder.as_deref().map_or_else(|| Ok(own::embedded()), own::merged)?;
        let name = folder.as_deref().map_or("the embedded files".to_owned(), text::path);
        let lines = merged.breaches.iter().map(Breach::to_string);
        let lines: Vec<String> = lines.collect();
        let mut said = Remarks::default();
        match lines.len() {
            0 if folder.is_none() => said.note(format!("{name} keep every rule")),
            0 => said.note(kept(&name, &merged)),
            1 => said.not_found(format!("{name}: 1 breach of the rules")),
            count => said.not_found(format!("{name}: {count} breaches of the rules")),
        }
        said.warnings.extend(partly_known(&merged.index));
        let table = if for_people {
            let lines = lines.join("\n");
            Table::of_texts("breach", Some(lines).filter(|it| !it.is_empty()).into_iter().collect())
        } else {
            Table::new(Layout::Grid, columns(), merged.breaches)
        };
        Ok(Answer::new(table).with(said))
    }
}

/// What was read, where it keeps the rules.
fn kept(name: &str, merged: &Merged) -> String {
    let added: usize = merged.counts.iter().map(|count| count.added).sum();
    let replaced: usize = merged.counts.iter().map(|count| count.replaced).sum();
    format!("{name} keeps every rule; rows added: {added}, replaced: {replaced}")
}

fn columns<'i>() -> Columns<'i, Breach> {
    let number = |number: usize| Cell::number(u32::try_from(number).ok().filter(|it| *it > 0));
    Columns::<Breach>::new()
        .with("file", "The file", |row| Cell::text(&row.place.file))
        .with("line", "The line, from 1", move |row| number(row.place.line))
        .with("byte", "The byte of the line, from 1", move |row| {
            number(row.place.byte.unwrap_or(0))
        })
        .with("column", "The column", |row| Cell::optional(row.place.column))
        .with("problem", "What is wrong, and what to do", |row| Cell::text(&row.what))
}
