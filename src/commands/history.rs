//! `tip history`: a country's tiers, report by report.

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::Result;
use clap::Args;

use crate::answer::caveats::{COMPARED, folded, notes};
use crate::answer::columns::columns;
use crate::answer::drawn::{
    OF_TIERS, foot, legend, letters, ruler, sentences, source, square, tier_key, unknown_key,
};
use crate::answer::names::named_in_title;
use crate::answer::options::region_written;
use crate::answer::{Answer, CountryRecord, CountryRows, Met, Query, Scope, Scoped, tier_cell};
use crate::index::{Country, History, Index, Region, SNAPSHOT, YearDefault, Years};
use crate::output::{
    Body, Cell, Columns, Drawing, Format, Grid, Head, Item, Layout, LegendKey, Remark, Remarks,
    Square, Table, TableRow,
};
use crate::text::capitalised;

const YEARS: YearDefault = YearDefault::new("all");

const SHOWN: &str = "country,iso3,year,tier,evidence,basis,sources,tier_url";

/// The columns that people see where the years are no range.
const SHOWN_TO_PEOPLE: &str = "country,year,tier,evidence";

/// The arguments of `tip history`.
#[derive(Debug, Args)]
#[command(
    mut_arg("words", |arg| arg.value_name("COUNTRY").help("A country's name or code, a region, or years; '-' reads names from standard input, one per line; without one, the countries of the region")),
    mut_arg("region", |arg| arg.help("The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: balkans]")),
    mut_arg("year", |arg| arg.help(YEARS.help("The report of this year, those of a range such as 2015..2020, or several"))),
)]
pub struct Histories {
    #[command(flatten)]
    scope: Scope,

    /// Show the years side by side, also where they are no range
    #[arg(long)]
    chart: bool,
}

impl Histories {
    /// One row per country and report; as people see it, a strip of years per country, or a drawing.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let Scoped { asked, region, names } = self.scope.named(index, YEARS.years)?;
        let years = asked.years;
        let region = if names.is_empty() {
            Some(region.map_or_else(|| region_written(index, SNAPSHOT.0), Ok)?)
        } else {
            None
        };
        let given = region.map(|region| countries(index, region, &years));
        let title = title(index, region, &names, &years);
        let asked = HistoryQuery { index, years, names, given, title };
        match query.people {
            None => asked.rows(),
            Some(Format::Svg) => asked.drawn(),
            // Names from standard input are read once.
            Some(Format::Html) if !asked.names.iter().any(|name| name == "-") => {
                let picture = asked.clone().drawn()?;
                Ok(asked.strips().illustrated(picture))
            }
            // A strip shows every year of a range.
            Some(_) if !self.chart && !asked.years.is_range() => asked.rows(),
            Some(_) => Ok(asked.strips()),
        }
    }
}

/// The countries of a region. One that is known in other years stays, unknown in these; a state that was no more then does not.
fn countries<'i>(index: &'i Index, region: &Region, years: &Years) -> Vec<&'i Country> {
    let mut countries = index.countries_in(region.code);
    countries.retain(|country| match country.dissolved {
        None => index.history(country).latest().is_some(),
        Some(_) => index.is_placed(country, years),
    });
    countries
}

/// What the rows are, where, and in which reports. Names from standard input are not known before the rows.
fn title(index: &Index, region: Option<&Region>, names: &[String], years: &Years) -> String {
    let place = region.map_or_else(|| named_in_title(index, names), |it| Some(it.name.to_string()));
    let place = place.map_or(String::new(), |place| format!("{}: ", capitalised(&place)));
    capitalised(&format!("{place}tier in the US Trafficking in Persons Report, {}", years.span()))
}

#[derive(Clone)]
struct HistoryQuery<'i> {
    index: &'i Index,
    years: Years,
    names: Vec<String>,
    /// The countries, where none is named.
    given: Option<Vec<&'i Country>>,
    title: String,
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
        let rows = CountryRows::named(index, self.names, &self.years, make);
        match self.given {
            Some(countries) => rows.showing(countries),
            None => rows,
        }
    }

    fn rows(self) -> Result<Answer<'i>> {
        let (index, years, title) = (self.index, self.years.clone(), self.title.clone());
        let columns = Rc::new(columns(index));
        let bound = Rc::clone(&columns);
        let rows = self.countries(move |record, years| {
            let placed = record.history.within(years);
            placed.map(|placed| bound.row(record.in_report(placed.year))).collect()
        });
        let rows = rows.finish(move |met| said(index, met, &years));
        let table = Table::streaming(Layout::Grid, &columns, rows).titled(title);
        Ok(Answer::new(table.showing(SHOWN, SHOWN_TO_PEOPLE)?))
    }

    /// One row per country: its tiers in these years, and the newest.
    fn strips(self) -> Answer<'i> {
        let (index, asked, title) = (self.index, self.years.clone(), self.title.clone());
        let years = asked.range.clone();
        let (shown, newest) = (years.clone(), *index.years().end());
        let columns = Columns::<Rc<CountryRecord>>::new()
            .headed("country", |row| Cell::text(row.history.country.name))
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
            remarks.below.extend(legend(index, |mark| used.contains(&mark)).map(Remark::from));
            remarks.extend(said(index, met, &asked));
            remarks
        });
        Answer::new(Table::streaming(Layout::Grid, &columns, rows).titled(title))
    }

    fn drawn(self) -> Result<Answer<'i>> {
        let (index, years, title) = (self.index, self.years.clone(), self.title.clone());
        let mut rows = self.countries(|_, _| Vec::new());
        let mut remarks = Remarks::default();
        for item in rows.by_ref() {
            if let Item::Said(said) = item? {
                remarks.extend(said);
            }
        }
        let shown = rows.met().iter().filter(|met| met.missing.is_none());
        let histories: Vec<History<'i>> = shown.map(|met| index.history(met.country)).collect();
        remarks.extend(said(index, rows.met(), &years));
        if histories.is_empty() {
            return Ok(Answer::default().with(remarks));
        }
        let countries: Vec<_> = histories.iter().map(|it| it.country).collect();
        let notes = notes(index, &countries, &years.range);
        let drawing = Drawing {
            notes: sentences(&remarks.texts(notes)),
            ..drawing(index, &histories, &years, title)
        };
        Ok(Answer::drawn(drawing).with(remarks))
    }
}

/// What must be said of these countries.
fn said(index: &Index, met: &[Met<'_>], years: &Years) -> Remarks {
    let shown: Vec<_> =
        met.iter().filter(|met| met.missing.is_none()).map(|met| met.country).collect();
    let mut said = Remarks::default();
    if !shown.is_empty() && years.single().is_none() {
        said.note(COMPARED);
    }
    said.below.extend(folded(index, &shown, years));
    said
}

/// One row of squares per country, under the years.
fn drawing(index: &Index, countries: &[History<'_>], years: &Years, title: String) -> Drawing {
    let squares = countries.iter().enumerate().flat_map(|(row, history)| {
        years.range.clone().enumerate().map(move |(column, year)| Square {
            row,
            column,
            ..square(index, history, year)
        })
    });
    let squares: Vec<Square> = squares.collect();
    let names = countries.iter().map(|it| it.country.name.to_string());
    let reports = years.name();
    Drawing {
        title,
        about: format!(
            "One row per country, one square per report, with the tier that {reports} give it"
        ),
        keys: keys(index, &squares),
        body: Body::Grid(Grid {
            squares,
            rows: names.collect(),
            columns: ruler(&years.range).ticks,
        }),
        lines: vec![source(index, &years.range)],
        signs: OF_TIERS.to_owned(),
        notes: Vec::new(),
        foot: foot(),
    }
}

/// What the letters mean, of those that are used.
fn keys(index: &Index, squares: &[Square]) -> Vec<LegendKey> {
    let tiers = index.tiers().iter();
    let keys = tiers.filter_map(|definition| tier_key(index, definition.tier, ""));
    let keys = keys.chain([unknown_key("")]);
    keys.filter(|key| squares.iter().any(|it| it.letter == key.letter)).collect()
}
