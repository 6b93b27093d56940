//! `tip map`: one square a country, in its place on a map of tiles.

use anyhow::{Context, Result};
use clap::Args;

use crate::answer::caveats::{COMPARED, folded, membership, notes};
use crate::answer::columns::country_table;
use crate::answer::map::{Shown, drawing, on_map};
use crate::answer::{Answer, CountryRecord, CountryReport, Query, Scope};
use crate::index::{Country, Index, Region, SNAPSHOT, YearDefault, Years};
use crate::output::{Remark, Remarks};
use crate::text::capitalised;

/// The year where none is named.
const YEARS: YearDefault = YearDefault { years: "latest", or: Some(("2018", "with --roles")) };

/// The arguments of `tip map`.
#[derive(Debug, Default, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report of this year; '--year' may be left out"))))]
pub struct Map {
    #[command(flatten)]
    scope: Scope,

    /// Show the roles last stated up to the report: source, transit, destination
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
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let scoped = self.scope.named(index, YEARS.unless(self.roles))?;
        scoped.refuse_names()?;
        let years = &scoped.asked.years;
        let year = years.single().with_context(|| {
            let years = years.name();
            format!("a map shows one report, and {years} are several; 'tip history --chart' shows years side by side")
        })?;
        let region = scoped.region_or_world(index)?;
        let rows = rows(index, &index.countries_in(region.code), year);
        let said = self.said(index, &rows, region, year);
        if query.draws() {
            if rows.is_empty() {
                return Ok(Answer::default().with(said));
            }
            return Ok(self.drawn(index, &rows, region, year, said));
        }
        let title = format!("{} on the map ({year} report)", capitalised(region.name));
        let picture = query.is_page() && !rows.is_empty();
        let picture = picture.then(|| self.drawn(index, &rows, region, year, said.clone()));
        let shown = self.shown();
        let places = ["iso3", "row", "column", "basis"];
        let to_people = shown.split(',').filter(|name| !places.contains(name));
        let to_people = to_people.collect::<Vec<_>>().join(",");
        let table = country_table(index, (&shown, &to_people), rows)?;
        let answer = Answer::new(table.titled(title));
        Ok(answer.illustrated(picture.unwrap_or_default()).with(said))
    }

    fn drawn<'i>(
        &self,
        index: &Index,
        rows: &[CountryReport<'_>],
        region: &Region,
        year: u16,
        said: Remarks,
    ) -> Answer<'i> {
        let Self { roles, changes, mark, .. } = *self;
        let asked = Shown { roles, changes, mark, ..Shown::default() };
        let shown: Vec<_> = rows.iter().map(CountryReport::country).collect();
        let notes = said.texts(notes(index, &shown, &(year..=year)));
        Answer::drawn(drawing(index, asked, rows, region, year, &notes)).with(said)
    }

    /// What must be said of the rows.
    fn said(
        &self,
        index: &Index,
        rows: &[CountryReport<'_>],
        region: &Region,
        year: u16,
    ) -> Remarks {
        let mut said = Remarks::default();
        if rows.is_empty() {
            said.empty = Some(format!("no country of {} is in any report", region.name));
        }
        if self.roles && !rows.iter().any(|row| row.stated().is_some()) {
            said.warn(format!(
                "no roles of {} up to the {year} report are known; the data have those of the {} report, and of some chapters of 2006 to 2016",
                region.name, SNAPSHOT.1
            ));
        }
        if self.changes {
            said.note(COMPARED);
        }
        let shown: Vec<_> = rows.iter().map(CountryReport::country).collect();
        let left_out = rows.iter().filter(|row| row.tile().is_none());
        let left_out = left_out.map(|row| {
            format!("{} has no place on the map, but a row with --csv", row.country().name)
        });
        said.below.extend(folded(index, &shown, &Years::from(year..=year)));
        said.below.extend(membership(region).into_iter().chain(left_out).map(Remark::from));
        said
    }

    /// The columns shown unless others are chosen.
    fn shown(&self) -> String {
        let roles = if self.roles { "roles,role_year," } else { "" };
        let (before, direction) = if self.changes { ("before,", "direction,") } else { ("", "") };
        format!("country,iso3,year,{roles}{before}tier,{direction}evidence,basis,row,column")
    }
}

/// A map of a region in the report of a year that marks the countries that moved.
pub fn changes_map<'i>(index: &Index, region: &Region, year: u16) -> Answer<'i> {
    let map = Map { changes: true, ..Map::default() };
    let rows = rows(index, &index.countries_in(region.code), year);
    let said = map.said(index, &rows, region, year);
    map.drawn(index, &rows, region, year, said)
}

/// One row per country that has a place on the map or a rank of that year.
fn rows<'i>(index: &'i Index, countries: &[&'i Country], year: u16) -> Vec<CountryReport<'i>> {
    let row = |country: &&'i Country| CountryRecord::new(index, country).in_report(year);
    on_map(countries.iter().map(row).collect())
}
