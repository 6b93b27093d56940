//! `tip history`: a country's tiers, report by report.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::asked::{Names, Pace};
use crate::answer::caveats::notes;
use crate::answer::columns::country_and_year;
use crate::answer::countries::{Countries, CountryRows};
use crate::answer::names::hint_at_one_name;
use crate::answer::options::{YearOption, refuse_both, region_written};
use crate::answer::strip::{legend, letters, ruler};
use crate::answer::{Answer, Picture, tier_cell};
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::years::{Years, year};
use crate::index::{Index, SNAPSHOT};
use crate::output::cell::Cell;
use crate::output::column::{Columns, Head};
use crate::output::table::{Layout, Table};
use crate::output::view::View;

/// The arguments of `tip history`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help("The report of this year, or those of a range such as 2015..2020 [default: all]")))]
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
    #[arg(long, value_name = "YEAR")]
    from: Option<String>,

    /// Up to the report of this year
    #[arg(long, value_name = "YEAR")]
    to: Option<String>,
}

/// What is asked about.
pub struct Asked<'i> {
    /// The countries, in the order asked, or by name.
    pub countries: Countries<'i>,
    /// The report years.
    pub years: RangeInclusive<u16>,
    /// The words that name countries.
    words: Vec<String>,
}

impl Histories {
    /// One row a country and report.
    ///
    /// # Errors
    /// A region or a year that does not exist; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index, pace: Pace) -> Result<Answer<'i>> {
        self.asked(index, pace)?.answer(index, pace)
    }

    /// What is asked about.
    ///
    /// # Errors
    /// As `run`.
    pub fn asked<'i>(&self, index: &'i Index, pace: Pace) -> Result<Asked<'i>> {
        let (words, years) = self.year.and_names(index, &self.words)?;
        let years = self.years(index, years)?;
        refuse_both(self.region.as_ref(), &words)?;
        let countries = if words.is_empty() {
            let region = region_written(index, self.region.as_deref().unwrap_or(SNAPSHOT.0))?;
            let all = index.countries_in(&region.code).into_iter();
            let histories = all.map(|country| index.history(country));
            // A country known in other years stays, unknown in these; a state that was no more then does not.
            let stays = |history: &History<'_>| match history.country.dissolved {
                None => history.latest().is_some(),
                Some(_) => history.within(&years).next().is_some(),
            };
            Countries::of(index, histories.filter(stays).collect(), years.clone())
        } else {
            let names = Names::new(words.clone(), pace);
            Countries::named(index, names, years.clone())
        };
        Ok(Asked { countries, years, words })
    }

    fn years(&self, index: &Index, asked: Option<Years>) -> Result<RangeInclusive<u16>> {
        if let Some(Years(years)) = asked {
            if self.from.is_some() || self.to.is_some() {
                bail!("--from and --to exclude other years; give one or the other");
            }
            return Ok(years);
        }
        let known = index.years();
        let bound = |written: &Option<String>, open| match written {
            Some(written) => year(index, written),
            None => Ok(open),
        };
        let years = bound(&self.from, *known.start())?..=bound(&self.to, *known.end())?;
        if years.is_empty() {
            bail!("--from {} is after --to {}", years.start(), years.end());
        }
        Ok(years)
    }
}

impl<'i> Asked<'i> {
    /// The tiers of the countries, and what must be said of them; as people see it, a strip of years a country.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn answer(mut self, index: &'i Index, pace: Pace) -> Result<Answer<'i>> {
        let has_strips = pace == Pace::ByBlock && !self.countries.first()?.is_empty();
        let countries = Rc::new(RefCell::new(self.countries));
        let years = self.years.clone();
        let rows = CountryRows::new(&countries, move |history| {
            let placed = history.within(&years);
            let rows = placed.map(|placed| (history.country, placed.clone()));
            rows.collect()
        });
        let rows = Rc::new(RefCell::new(rows));
        let mut answer = Answer::of(Table::of_blocks(Layout::Grid, columns(), &rows));
        answer.picture = has_strips.then(|| strips(index, &countries, &self.years));
        answer.later = Some(Box::new(move || {
            let countries = &mut *countries.borrow_mut();
            let mut said = said(index, &countries.met, &self.years);
            said.warnings = countries.missing();
            hint_at_one_name(index, "history", &self.words, &mut said.warnings);
            (marks(index, &countries.met, &self.years), said)
        }));
        Ok(answer)
    }
}

/// What must be said of these countries.
fn said<'a>(index: &Index, histories: &[History<'_>], years: &RangeInclusive<u16>) -> Answer<'a> {
    let mut said = Answer::default();
    if !histories.is_empty() {
        if years.start() != years.end() {
            said.compare();
        }
        let shown: Vec<_> = histories.iter().map(|history| history.country).collect();
        said.notes.extend(notes(index, &shown, years));
    }
    said
}

/// What the letters of their strips mean.
fn marks(index: &Index, histories: &[History<'_>], years: &RangeInclusive<u16>) -> Option<String> {
    let used = histories.iter();
    let used = used.flat_map(|history| letters(index, history, years.clone()));
    let used: BTreeSet<char> = used.map(|(letter, _)| letter).collect();
    legend(index, |mark| used.contains(&mark))
}

/// A line a country: its tiers in these years, and the newest.
fn strips<'i>(
    index: &'i Index,
    countries: &Rc<RefCell<Countries<'i>>>,
    years: &RangeInclusive<u16>,
) -> Picture<'i> {
    let (asked, newest) = (years.clone(), *index.years().end());
    let columns = Columns::<History>::new()
        .headed("country", |row| Cell::text(&row.country.name))
        .headed(Head::Ruler(ruler(years)), move |row| {
            Cell::Strip(letters(index, row, asked.clone()))
        })
        .headed("now", move |row| {
            let newest = row.of(newest);
            newest.map_or(Cell::Missing, |placed| tier_cell(placed.tier))
        });
    Picture {
        view: View::Table(Table::of_blocks(Layout::Grid, columns, countries)),
        legend: None,
        drawing: None,
    }
}

/// A country and one of its placements.
type Row<'i> = (&'i Country, Placement);

fn columns<'i>() -> Columns<'i, Row<'i>> {
    country_and_year(|row: &Row<'_>| (row.0, Some(row.1.year)))
        .with("tier", "The tier in that report", |row| tier_cell(row.1.tier))
        .with("evidence", "How well the tier is attested", |row| {
            Cell::text(row.1.evidence.to_string())
        })
        .with("basis", "Why the tier is confirmed", |row| {
            Cell::optional(row.1.basis.map(|basis| basis.to_string()))
        })
        .with("sources", "What the tier was read from", |row| Cell::list(row.1.source_ids()))
        .with("url", "Where it can be read", |row| Cell::optional(Some(&row.1.url)))
        .on_request("ranked_as", "The state whose rank it shared", |row| {
            Cell::optional(Some(&row.1.ranked_as))
        })
        .on_request("regions", "The regions the country is counted in", |row| {
            Cell::list(row.0.regions())
        })
}
