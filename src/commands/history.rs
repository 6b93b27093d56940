//! `tip history`: a country's tiers, report by report.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::{COMPARED, notes};
use crate::answer::columns::columns;
use crate::answer::countries::{CountryRows, Met};
use crate::answer::drawn::{
    caveats, legend, letters, ruler, source, square, tier_key, unknown_key,
};
use crate::answer::options::{YearOption, refuse_both, region_written};
use crate::answer::row::CountryRecord;
use crate::answer::{Answer, Query, tier_cell};
use crate::index::country::Country;
use crate::index::placement::History;
use crate::index::years::{YearDefault, Years};
use crate::index::{Index, SNAPSHOT};
use crate::output::cell::Cell;
use crate::output::column::{Columns, Head, TableRow};
use crate::output::drawing::{Body, Drawing, Grid, LegendKey, Square};
use crate::output::format::Format;
use crate::output::remarks::{Remark, Remarks};
use crate::output::table::{Item, Layout, Table};

/// The years where none are named.
const YEARS: YearDefault = YearDefault::new("all");

/// The columns shown unless others are chosen.
const SHOWN: &[&str] =
    &["country", "iso3", "year", "tier", "evidence", "basis", "sources", "tier_url"];

/// The arguments of `tip history`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report of this year, or those of a range such as 2015..2020"))))]
pub struct Histories {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line; without one, the countries of
    /// the region
    #[arg(value_name = "COUNTRY")]
    words: Vec<String>,

    /// The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: balkans]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    #[command(flatten)]
    year: YearOption,

    /// From the report of this year on
    #[arg(long, alias = "since", value_name = "YEAR")]
    from: Option<String>,

    /// Up to the report of this year
    #[arg(long, value_name = "YEAR")]
    to: Option<String>,

    /// Draw a chart, as SVG does, with what its signs mean and its source
    #[arg(long)]
    chart: bool,
}

impl Histories {
    /// One row per country and report; as people see it, a strip of years per country, or a drawing.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let within = (self.from.as_deref(), self.to.as_deref());
        let (names, asked) = self.year.asked_or_within(index, &self.words, within, YEARS.years)?;
        refuse_both(self.region.as_ref(), &names)?;
        let years = asked.years;
        let given = names.is_empty().then(|| self.countries(index, &years)).transpose()?;
        let asked = HistoryQuery { index, years, names, given };
        match query.people {
            None => asked.rows(),
            Some(Format::Svg) => asked.drawn(),
            Some(_) if self.chart && query.draws() => asked.drawn(),
            Some(_) => Ok(asked.strips()),
        }
    }

    /// The countries of the region. One that is known in other years stays, unknown in these; a state that was no more then
    /// does not.
    fn countries<'i>(&self, index: &'i Index, years: &Years) -> Result<Vec<&'i Country>> {
        let region = region_written(index, self.region.as_deref().unwrap_or(SNAPSHOT.0))?;
        let mut countries = index.countries_in(&region.code);
        countries.retain(|country| match country.dissolved {
            None => index.history(country).latest().is_some(),
            Some(_) => index.is_placed(country, &years.0),
        });
        Ok(countries)
    }
}

struct HistoryQuery<'i> {
    index: &'i Index,
    years: Years,
    names: Vec<String>,
    /// The countries, where none is named.
    given: Option<Vec<&'i Country>>,
}

impl<'i> HistoryQuery<'i> {
    /// What `make` makes of the countries.
    fn countries(
        self,
        make: impl Fn(&Rc<CountryRecord<'i>>, &Years) -> Vec<TableRow<'i>> + 'i,
    ) -> CountryRows<'i> {
        let (index, years, stays) = (self.index, self.years.clone(), self.given.is_some());
        let make = move |country| {
            let record = CountryRecord::new(index, country);
            let met = Met::new(&record, Vec::new(), &years);
            let missing = met.missing.filter(|_| !stays);
            let rows = if missing.is_none() { make(&record, &years) } else { Vec::new() };
            Met { rows, missing, ..met }
        };
        let rows = CountryRows::named(index, "history", self.names, &self.years, make);
        match self.given {
            Some(countries) => rows.showing(countries),
            None => rows,
        }
    }

    /// One row per country and report.
    fn rows(self) -> Result<Answer<'i>> {
        let (index, years) = (self.index, self.years.clone());
        let columns = Rc::new(columns(index));
        let bound = Rc::clone(&columns);
        let rows = self.countries(move |record, years| {
            let placed = record.history.within(&years.0);
            placed.map(|placed| bound.row(record.in_report(placed.year))).collect()
        });
        let rows = rows.finish(move |met| said(index, met, &years.0));
        let mut table = Table::streaming(Layout::Grid, &columns, rows);
        table.choose(SHOWN)?;
        Ok(Answer::new(table))
    }

    /// One row per country: its tiers in these years, and the newest.
    fn strips(self) -> Answer<'i> {
        let (index, years) = (self.index, self.years.0.clone());
        let (shown, newest) = (years.clone(), *index.years().end());
        let columns = Columns::<Rc<CountryRecord>>::new()
            .headed("country", |row| Cell::text(&row.history.country.name))
            .headed(Head::Ruler(ruler(&years)), move |row| {
                Cell::Strip(letters(index, &row.history, shown.clone()))
            })
            .headed("now", move |row| {
                let newest = row.history.in_year(newest);
                newest.map_or(Cell::Missing, |placed| tier_cell(placed.tier))
            });
        let columns = Rc::new(columns);
        let bound = Rc::clone(&columns);
        let rows = self.countries(move |record, _| vec![bound.row(Rc::clone(record))]);
        let rows = rows.finish(move |met| {
            let shown = met.iter().filter(|met| met.missing.is_none());
            let shown =
                shown.flat_map(|met| letters(index, &index.history(met.country), years.clone()));
            let used: BTreeSet<char> = shown.map(|(letter, _)| letter).collect();
            let mut remarks = Remarks::default();
            remarks.notes.extend(legend(index, |mark| used.contains(&mark)).map(Remark::from));
            remarks.extend(said(index, met, &years));
            remarks
        });
        Answer::new(Table::streaming(Layout::Grid, &columns, rows))
    }

    /// A drawing: one row per country, one square per report.
    fn drawn(self) -> Result<Answer<'i>> {
        let (index, years) = (self.index, self.years.clone());
        let mut rows = self.countries(|_, _| Vec::new());
        let mut remarks = Remarks::default();
        for item in rows.by_ref() {
            if let Item::Said(said) = item? {
                remarks.extend(said);
            }
        }
        let shown = rows.met().iter().filter(|met| met.missing.is_none());
        let histories: Vec<History<'i>> = shown.map(|met| index.history(met.country)).collect();
        remarks.extend(said(index, rows.met(), &years.0));
        if histories.is_empty() {
            return Ok(Answer::default().with(remarks));
        }
        let notes: Vec<String> = remarks.notes.iter().map(|note| note.text.clone()).collect();
        let drawing = Drawing { caveats: caveats(&notes), ..drawing(index, &histories, &years) };
        Ok(Answer::drawn(drawing).with(remarks))
    }
}

/// What must be said of these countries.
fn said(index: &Index, met: &[Met<'_>], years: &RangeInclusive<u16>) -> Remarks {
    let shown: Vec<_> =
        met.iter().filter(|met| met.missing.is_none()).map(|met| met.country).collect();
    let mut said = Remarks::default();
    if !shown.is_empty() && years.start() != years.end() {
        said.note(COMPARED);
    }
    said.notes.extend(notes(index, &shown, years).into_iter().map(Remark::from));
    said
}

/// One row of squares per country, under the years.
fn drawing(index: &Index, countries: &[History<'_>], years: &Years) -> Drawing {
    let squares = countries.iter().enumerate().flat_map(|(row, history)| {
        years.0.clone().enumerate().map(move |(column, year)| {
            let placed = history.in_year(year);
            Square { row, column, ..square(index, history.country, year, placed) }
        })
    });
    let squares: Vec<Square> = squares.collect();
    let names = countries.iter().map(|it| it.country.name.to_string());
    let reports = years.name();
    Drawing {
        title: format!("Tiers in {reports} on trafficking in persons"),
        about: format!(
            "One row per country, one square per report, with the tier that {reports} give it"
        ),
        keys: keys(index, &squares),
        body: Body::Grid(Grid {
            squares,
            rows: names.collect(),
            columns: ruler(&years.0).ticks,
            is_lettered: true,
        }),
        lines: vec![source(index, &years.0)],
        caveats: Vec::new(),
    }
}

/// What the letters mean, of those that are used.
fn keys(index: &Index, squares: &[Square]) -> Vec<LegendKey> {
    let tiers = index.tiers().iter();
    let keys = tiers.filter_map(|definition| tier_key(index, definition.tier, ""));
    let keys = keys.chain([unknown_key("")]);
    keys.filter(|key| squares.iter().any(|it| it.letter == key.letter)).collect()
}
