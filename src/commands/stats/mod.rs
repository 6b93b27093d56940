//! `tip stats`: how many countries are in each tier, and what share of those ranked.

mod picture;
pub mod rows;

use anyhow::Result;
use clap::Args;

use crate::answer::Answer;
use crate::answer::caveats::{membership, notes};
use crate::answer::options::Scope;
use crate::commands::stats::picture::picture;
use crate::commands::stats::rows::{By, Counted, Row, rows};
use crate::index::region::Region;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// The arguments of `tip stats`.
#[derive(Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    scope: Scope,

    /// What to count by
    #[arg(long, value_enum, default_value_t, value_name = "BY")]
    by: By,

    #[command(flatten)]
    counted: Counted,
}

impl Stats {
    /// One row a year and tier, role, or region and tier.
    ///
    /// # Errors
    /// A region or a year that does not exist.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let asked = self.scope.years(index)?;
        let asked = asked.unwrap_or_else(|| Years::newest(index));
        let Years(years) = &asked;
        let region = self.scope.region(index)?;
        let all = index.countries_in(&region.code);
        let (countries, note) = self.counted.of(index, region, years);
        let mut answer = Answer::default();
        answer.notes.extend(note);
        let rows = rows(index, self.by, &countries, region, years);
        if self.by == By::Role {
            say_which_roles(&mut answer, rows.is_empty(), region, &asked);
        }
        if asked.single().is_none() {
            answer.compare();
        }
        answer.notes.extend(notes(index, &all, years));
        answer.notes.extend(membership(region));
        if self.by != By::Region && !rows.is_empty() {
            answer.picture = picture((self.group(), self.total().0), years, &rows);
        }
        let shown = ["year", "region", self.group(), "countries", "percent", "bar"];
        let mut table = Table::new(Layout::Grid, self.columns(), rows);
        table.choose_for_people(&shown)?;
        answer.table = Some(table);
        Ok(answer)
    }

    /// The column of what is counted by.
    fn group(&self) -> &'static str {
        match self.by {
            By::Role => "role",
            By::Tier | By::Region => "tier",
        }
    }

    /// The column of how many there are in all.
    fn total(&self) -> (&'static str, &'static str) {
        match self.by {
            By::Role => ("stated", "The countries whose roles are stated"),
            By::Tier | By::Region => ("ranked", "The countries ranked"),
        }
    }

    fn columns<'i>(&self) -> Columns<'i, Row> {
        let (total, about) = self.total();
        Columns::<Row>::new()
            .with("year", "The report year", |row| Cell::Number(row.year.into()))
            .with("region", "The region", |row| Cell::text(&row.region))
            .with(self.group(), "What is counted", |row| row.group.cell())
            .with("countries", "How many countries", |row| Cell::count(row.count))
            .with(total, about, |row| row.total.map_or(Cell::Missing, Cell::count))
            .with("percent", "Their share of those", |row| {
                row.share(1000).map_or(Cell::Missing, Cell::permille)
            })
            .under(format!("percent\nof {total}"))
            .on_request("bar", "The share as a bar", Row::bar)
    }
}

/// Says that roles are those of one report only.
fn say_which_roles(answer: &mut Answer<'_>, none: bool, region: &Region, asked: &Years) {
    let only =
        format!("these data have the roles that the {year} report states", year = SNAPSHOT.1);
    if none {
        let (region, years) = (&region.name, asked.name());
        let warning = format!(
            "no roles of {region} in {years} are known; {only}: 'tip stats {} --by role'",
            SNAPSHOT.1
        );
        answer.warnings.push(warning);
    } else if asked.single().is_none() {
        answer.notes.push(only);
    }
}
