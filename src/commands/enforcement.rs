//! `tip enforcement`: prosecutions, convictions and people identified as victims, year by year.

use std::ops::RangeInclusive;

use anyhow::Result;
use clap::Args;

use crate::answer::Answer;
use crate::answer::options::region_written;
use crate::index::context::Enforcement;
use crate::index::country::Region;
use crate::index::years::{InvalidYears, range};
use crate::index::{Index, WORLD};
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::remarks::{Remark, Remarks};
use crate::output::table::{Layout, Table};
use crate::text::{joined, quoted, spans};

/// The letters of the longest bar. A line of the table is then as wide as a screen of 80.
const LONGEST: u64 = 10;

/// The columns that people see; the bar beside others only.
const SHOWN_TO_PEOPLE: &[&str] = &[
    "calendar_year",
    "region",
    "prosecutions",
    "convictions",
    "victims_identified",
    "laws",
    "printed",
    "bar",
];

/// Those that a narrow screen may do without, the least important first.
const SPARE: &[&str] = &["bar", "printed", "region", "laws"];

const WHAT: &str = "these are what governments told the State Department, by methods that differ, and leave out many cases; \
                    they are not the number of crimes or of victims";

/// What the year in `printed` is.
const PRINTED: &str = "'printed' is the report that gives the figures of a row: later reports revised some; where it is empty they \
                       were read elsewhere, as the columns 'sources' and 'note' say";

const GAP: &str = "an empty cell is a number that was not found, not zero";

/// The arguments of `tip enforcement`.
#[derive(Debug, Args)]
pub struct EnforcementArgs {
    /// The calendar year, which is not the report's: a year, a range such as 2015..2020, both ends included, latest, or
    /// all (the default)
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,

    /// The figures of this region: world (the default), AF, EAP, EUR, NEA, SCA or WHA
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

impl EnforcementArgs {
    /// One row a calendar year.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let region = region_written(index, self.region.as_deref().unwrap_or(WORLD))?;
        let all = index.enforcement().to_vec();
        let (mut rows, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|row| row.region == region.code);
        let mut said = Remarks::default();
        let ends = rows.first().zip(rows.last());
        match ends.map(|(first, last)| first.year..=last.year) {
            None => said.warn(no_figures_of_region(region, &others)),
            Some(known) => {
                let years = self.years(&known)?;
                rows.retain(|row| years.contains(&row.year));
                self.say_gaps(&mut said, region, years, &rows);
            }
        }
        if !rows.is_empty() {
            say_what_they_are(&mut said, &rows);
        }
        let columns = numbers(index).and(columns_on_request(index)).and(bar(&rows));
        // Beside nothing else a bar says nothing.
        let says = |column: &&str| rows.len() > 1 || *column != "bar";
        let shown: Vec<&str> = SHOWN_TO_PEOPLE.iter().copied().filter(says).collect();
        let mut table = Table::new(Layout::Grid, columns, rows);
        table.choose_for_people(&shown)?;
        table.spare(SPARE)?;
        Ok(Answer::new(table).with(said))
    }

    /// The calendar years asked for.
    fn years(&self, known: &RangeInclusive<u16>) -> Result<RangeInclusive<u16>> {
        let calendar_year = |written: &str| {
            let year = written.trim().parse().ok();
            let year = year.filter(|year| (1000..=9999).contains(year));
            let what = || format!("{} is no year; give one such as 2023", quoted(written));
            year.ok_or_else(|| InvalidYears(what()))
        };
        match self.year.as_deref().map(|it| it.trim().to_lowercase()) {
            None => Ok(known.clone()),
            Some(written) if written == "all" => Ok(known.clone()),
            Some(written) if written == "latest" => Ok(*known.end()..=*known.end()),
            Some(written) => Ok(range(&written, known, calendar_year)?),
        }
    }

    /// Says which years have no row: a warning where they were asked for by name.
    fn say_gaps(
        &self,
        said: &mut Remarks,
        region: &Region,
        years: RangeInclusive<u16>,
        rows: &[Enforcement],
    ) {
        let is_gap = |year: &u16| rows.iter().all(|row| row.year != *year);
        let gaps: Vec<u16> = years.filter(is_gap).collect();
        if gaps.is_empty() {
            return;
        }
        let of = if region.code == WORLD { String::new() } else { format!(" for {}", region.name) };
        let gaps = spans(&gaps);
        let gap = format!("no figures of {gaps}{of} are in these data");
        match self.year.as_deref() {
            Some(written) if !written.trim().eq_ignore_ascii_case("all") => {
                said.warn(gap);
            }
            _ => said.note(gap),
        }
    }
}

/// Says what the figures are, and what their gaps.
fn say_what_they_are(said: &mut Remarks, rows: &[Enforcement]) {
    said.notes.insert(0, Remark::on(&["printed"], PRINTED).unless("note"));
    said.note(WHAT);
    if rows.iter().any(Enforcement::has_gap) {
        said.note(GAP);
    }
}

fn no_figures_of_region(region: &Region, known: &[Enforcement]) -> String {
    let mut codes: Vec<&str> = known.iter().map(|row| row.region).collect();
    codes.sort_unstable();
    codes.dedup();
    let (asked, known) = (&region.name, joined(&codes, "and"));
    format!("no figures of {asked} are in these data; they have those of {known}")
}

fn numbers(index: &Index) -> Columns<'_, Enforcement> {
    Columns::<Enforcement>::new()
        .with("calendar_year", "The calendar year", |row| Cell::number(Some(row.year)))
        .under("year")
        .with("region", "The region", |row| Cell::text(row.region))
        .with("prosecutions", "Prosecutions", |row| Cell::number(row.prosecutions))
        .with("convictions", "Convictions", |row| Cell::number(row.convictions))
        .with("victims_identified", "People identified as victims", |row| Cell::number(row.victims))
        .under("victims\nidentified")
        .with("laws", "Acts passed or amended", |row| Cell::number(row.laws))
        .with("printed", "The report that printed them", |row| Cell::number(printed(index, row)))
}

/// The parts of labour trafficking, and where the figures stand.
fn columns_on_request(index: &Index) -> Columns<'_, Enforcement> {
    Columns::<Enforcement>::new()
        .on_request("prosecutions_labour", "Of labour trafficking", |row| {
            Cell::number(row.prosecutions_labour)
        })
        .on_request("convictions_labour", "Of labour trafficking", |row| {
            Cell::number(row.convictions_labour)
        })
        .on_request("victims_labour", "Of labour trafficking", |row| {
            Cell::number(row.victims_labour)
        })
        .on_request("sources", "The ids of what they were read from", |row| {
            Cell::list(&row.sources)
        })
        .on_request("url", "Where they can be read", |row| {
            let of_source = || index.source(row.sources.first()?)?.url;
            let own = Some(row.url.clone()).filter(|url| !url.is_empty());
            Cell::optional(own.or_else(of_source))
        })
        .on_request("note", "How well they are founded", |row| Cell::optional(Some(&row.note)))
}

/// The people identified as victims as a bar.
fn bar<'i>(rows: &[Enforcement]) -> Columns<'i, Enforcement> {
    let most = rows.iter().filter_map(|row| row.victims).max();
    let bar = move |row: &Enforcement| {
        let (victims, most) = (u64::from(row.victims?), u64::from(most?));
        let letters = (victims * LONGEST + most / 2).checked_div(most)?;
        Some("#".repeat(usize::try_from(letters).ok()?))
    };
    Columns::<Enforcement>::new()
        .on_request("bar", "The people identified as a bar", move |row| Cell::optional(bar(row)))
}

/// The year of the report that printed the figures.
fn printed(index: &Index, row: &Enforcement) -> Option<u16> {
    let mut reports = index.reports().iter();
    let report = reports.find(|report| report.document == row.printed)?;
    Some(report.year)
}
