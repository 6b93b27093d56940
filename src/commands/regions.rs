//! `tip regions`: the regions that can be asked about, and the countries they hold.

use anyhow::Result;
use clap::Args;

use crate::answer::Answer;
use crate::answer::options::region_written;
use crate::index::{Index, Region};
use crate::output::{Cell, Columns, Layout, Remarks, Table};

/// The columns that a narrow screen may do without, the least important first.
const SPARE: &str = "kind,countries";

/// The arguments of `tip regions`.
#[derive(Debug, Args)]
pub struct Regions {
    /// Only these regions, with their countries; all by default
    #[arg(value_name = "REGION")]
    regions: Vec<String>,
}

impl Regions {
    /// One row a region, in the order asked, or by code.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let mut said = Remarks::default();
        let mut rows: Vec<&Region> = Vec::new();
        if self.regions.is_empty() {
            rows.extend(index.regions());
        }
        for written in &self.regions {
            match region_written(index, written) {
                Ok(region) => rows.push(region),
                Err(error) => said.not_found(error.to_string()),
            }
        }
        let title = match rows.len() {
            1 => "The region and its countries".to_owned(),
            count => format!("Regions and groups of countries: {count}"),
        };
        let mut table = Table::new(Layout::Grid, columns(index), rows).titled(title);
        if !self.regions.is_empty() {
            table.layout = Layout::Record;
            table.show_all();
        }
        Ok(Answer::new(table.sparing(SPARE)?).with(said))
    }
}

fn columns(index: &Index) -> Columns<'_, &Region> {
    Columns::<&Region>::new()
        .with("region", "What --region takes", |row| Cell::text(row.code))
        .with("name", "Its name", |row| Cell::text(row.name))
        .with("kind", "Whose region it is", |row| Cell::text(row.kind.to_string()))
        .with("countries", "How many countries it holds", |row| {
            Cell::count(index.countries_in(row.code).len())
        })
        .on_request("definition", "Which, and by whose account", |row| Cell::text(row.definition))
        .on_request("members", "Their ISO 3166-1 alpha-3 codes", |row| {
            Cell::list(index.countries_in(row.code).iter().map(|it| it.iso3))
        })
        .on_request("spellings", "Other ways to write it", |row| Cell::list(&row.spellings))
}
