//! `tip map`: one square a country, in its place on a map of tiles.

mod picture;
mod rows;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::caveats::{membership, notes};
use crate::answer::options::Scope;
use crate::answer::{Answer, Picture};
use crate::commands::map::picture::{Asked, drawing};
use crate::commands::map::rows::{columns, rows};
use crate::index::{Index, SNAPSHOT};
use crate::output::table::{Layout, Table};
use crate::output::view::View;

/// The arguments of `tip map`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help("The report of this year; '--year' may be left out [default: the newest; with --roles 2018]")))]
pub struct Map {
    #[command(flatten)]
    scope: Scope,

    /// Show the roles that the report states: source, transit, destination
    #[arg(long, conflicts_with = "changes")]
    roles: bool,

    /// Mark the countries upgraded and downgraded since the report before
    #[arg(long)]
    changes: bool,

    /// Show the letters of the tiers alone, without the codes of the countries
    #[arg(long)]
    mark: bool,
}

impl Map {
    /// One row a country.
    ///
    /// # Errors
    /// A region or a year that does not exist, or several years.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let year = self.year(index)?;
        let region = self.scope.region(index)?;
        let all = index.countries_in(&region.code);
        let rows = rows(index, &all, year);
        let mut answer = Answer::default();
        if rows.is_empty() {
            let warning = format!("no country of {} is in any report", region.name);
            answer.warnings.push(warning);
        }
        if self.roles && !rows.iter().any(|row| row.roles.is_some()) {
            answer.warnings.push(format!(
                "no roles of {} in the {year} report are known; these data have those of the {} report, and of some chapters of 2006 to 2016",
                region.name, SNAPSHOT.1
            ));
        }
        if self.changes {
            answer.compare();
        }
        let shown: Vec<_> = rows.iter().map(|row| row.country).collect();
        answer.notes.extend(notes(index, &shown, &(year..=year)));
        answer.notes.extend(membership(region));
        let left_out = rows.iter().filter(|row| row.tile.is_none());
        answer.notes.extend(left_out.map(|row| {
            format!("{} has no place on the map, but a row with --csv", row.country.name)
        }));
        let asked = Asked { roles: self.roles, changes: self.changes, mark: self.mark };
        if !rows.is_empty() {
            answer.picture = Some(Picture {
                view: View::Drawing(Box::new(drawing(
                    index,
                    asked,
                    &rows,
                    region,
                    year,
                    &answer.notes,
                ))),
                legend: None,
                drawing: None,
            });
        }
        let mut table = Table::new(Layout::Grid, columns(), rows);
        table.choose(&self.shown())?;
        answer.table = Some(table);
        Ok(answer)
    }

    /// The year asked for; where nothing is said the newest, or the last whose report states roles.
    fn year(&self, index: &Index) -> Result<u16> {
        match self.scope.years(index)? {
            None if self.roles => Ok(SNAPSHOT.1),
            None => Ok(*index.years().end()),
            Some(years) => match years.single() {
                Some(year) => Ok(year),
                None => bail!(
                    "a map shows one report, and {} are several; 'tip chart history' shows years side by side",
                    years.name()
                ),
            },
        }
    }

    /// The columns shown unless others are chosen.
    fn shown(&self) -> Vec<&'static str> {
        let mut shown =
            vec!["iso3", "row", "column", "tier", "country", "year", "evidence", "basis"];
        if self.roles {
            shown.push("roles");
        }
        if self.changes {
            shown.extend(["before", "direction"]);
        }
        shown
    }
}
