//! `tip sources` and `tip coverage`: the documents that facts rest on, how much of each report the data hold, and on what
//! evidence.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::caveats::freshness;
use crate::answer::names::{named_in_title, names_of_words};
use crate::answer::{Answer, TypedName};
use crate::index::placement::distinct;
use crate::index::{
    AskedYears, Country, Evidence, History, Index, Placement, Report, Source, WORLD, YearDefault,
    Years,
};
use crate::output::{Cell, Columns, Layout, Remark, Remarks, Table};
use crate::text::joined;

/// The columns that people see: a line per source.
const SHOWN_TO_PEOPLE: &str = "id,citation";

const YEARS: YearDefault = YearDefault::new("all");

/// The arguments of `tip sources`.
#[derive(Debug, Args)]
pub struct Sources {
    /// A source's id, or a country: the sources of its tiers and roles, in all reports or those of a year; all sources by
    /// default
    #[arg(value_name = "ID|COUNTRY")]
    asked: Vec<String>,
}

impl Sources {
    /// One row a source, in the order asked, those of a country by id.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let mut said = Remarks::default();
        let mut sources: Vec<Source> = Vec::new();
        let (names, AskedYears { years, are_named }) =
            AskedYears::new(index, &self.asked, [], YEARS.years)?;
        let names = names_of_words(index, names);
        if names.is_empty() && are_named {
            bail!(
                "the sources of a year are those on a country: name one, as in 'tip sources Moldova {}'",
                years.span()
            );
        }
        if names.is_empty() {
            sources.extend(index.sources());
            let count = sources.len();
            said.below(format!(
                "all {count} sources; 'tip sources Moldova' has those of one country"
            ));
        }
        for written in &names {
            for source in named(index, written, are_named.then_some(&years), &mut said) {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        if said.notes.is_empty() && !sources.is_empty() {
            let more = "'--columns all' shows their addresses, and the rights to them";
            said.below(Remark::on(&["citation"], more));
        }
        let title = if names.is_empty() {
            "The sources of the data".to_owned()
        } else {
            let place = named_in_title(index, &names).unwrap_or_else(|| joined(&names, "and"));
            let reports =
                if are_named { format!(" ({})", years.in_title()) } else { String::new() };
            format!("Sources on {place}{reports}")
        };
        let table = Table::new(Layout::Grid, source_columns(), sources).titled(title);
        Ok(Answer::new(table.for_people(SHOWN_TO_PEOPLE)?).with(said))
    }
}

fn source_columns<'i>() -> Columns<'i, Source> {
    Columns::<Source>::new()
        .with("id", "The id that rows of the data name", |row| Cell::text(&row.id))
        .with("title", "Its title", |row| Cell::linked(&*row.title, row.url.as_deref()))
        .with("publisher", "Who published it", |row| Cell::optional(Some(&row.publisher)))
        .with("date", "When, as far as known", |row| Cell::optional(Some(&row.date)))
        .with("kind", "What kind of document it is", |row| Cell::optional(Some(&row.kind)))
        .with("url", "Where it can be read", |row| Cell::optional(row.url.as_deref()))
        .with("rights", "Who holds which rights in it", |row| Cell::optional(Some(&row.rights)))
        .on_request("citation", "Title, publisher and date in one", |row| {
            Cell::linked(row.citation(), row.url.as_deref())
        })
        .under("source")
}

/// The source with this id, or those of the country with this name.
fn named(index: &Index, written: &str, years: Option<&Years>, said: &mut Remarks) -> Vec<Source> {
    let name = TypedName::argument(written);
    let country = name.meant(index, |_| true);
    let same = |source: &Source| source.id.eq_ignore_ascii_case(written.trim());
    if let Some(source) = index.sources().find(same) {
        if let Some(country) = country {
            said.note(format!(
                "'{}' is the id of a source and a code of '{}'; for the country ask for its name",
                source.id, country.name
            ));
        }
        return vec![source];
    }
    let Some(country) = country else {
        let why = name.why(index);
        said.not_found(format!("{why}; nor is it the id of a source"));
        return Vec::new();
    };
    let sources = of_country(index, country, years);
    if sources.is_empty() {
        said.warn(format!("no source on '{}' is in the data", country.name));
    }
    sources
}

/// The reports on a country, the transcriptions of its tiers, and where its roles are stated.
fn of_country(index: &Index, country: &Country, years: Option<&Years>) -> Vec<Source> {
    let mut ids = BTreeSet::new();
    let is_asked = |year| years.is_none_or(|years| years.holds(year));
    for placed in index.history(country).placements().iter().filter(|it| is_asked(it.year)) {
        ids.extend(index.document(country, placed.year).map(|source| source.id));
        ids.extend(placed.source_ids().map(Cow::Borrowed));
    }
    let roles = index.every_role(country);
    let roles = roles.filter(|stated| stated.year.is_none_or(is_asked));
    ids.extend(roles.map(|stated| Cow::Borrowed(stated.source)));
    ids.iter().filter_map(|id| index.source(id)).collect()
}

/// The columns that a narrow screen may do without, the least important first.
const SPARE: &str = "released,in_report,disputed,missing";

struct ReportCoverage<'i> {
    report: &'i Report,
    histories: Rc<[History<'i>]>,
}

impl ReportCoverage<'_> {
    fn placed(&self) -> impl Iterator<Item = &Placement> {
        let placed = self.histories.iter().filter_map(|it| it.in_year(self.report.year));
        placed.filter(|it| it.tier.is_in_report())
    }

    fn known(&self, fits: impl Fn(&Placement) -> bool) -> usize {
        self.placed().filter(|it| fits(it)).count()
    }

    /// How many countries these data lack, where it was published how many there are.
    fn missing(&self) -> Option<usize> {
        let published = self.report.countries.map(usize::from)?;
        Some(published.saturating_sub(distinct(self.placed())))
    }
}

pub fn coverage(index: &Index) -> Result<Answer<'_>> {
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Rc<[_]> = countries.map(|country| index.history(country)).collect();
    let row = |report| ReportCoverage { report, histories: Rc::clone(&histories) };
    let rows: Vec<ReportCoverage<'_>> = index.reports().iter().map(row).collect();
    let said = [in_words(&rows, *index.years().end()), freshness(index)];
    let title = format!(
        "Placements known and confirmed: the reports of {}–{}",
        index.every_year().start(),
        index.every_year().end()
    );
    let table = Table::new(Layout::Grid, coverage_columns(index), rows).titled(title);
    let mut answer = Answer::new(table.sparing(SPARE)?);
    answer.remarks.below.extend(said.map(Remark::from));
    let shared = "'known' counts the one rank of Serbia and Montenegro until 2006 as three, 'in_report' as one";
    answer.remarks.below(Remark::on(&["known", "confirmed"], shared));
    Ok(answer)
}

/// How much is confirmed, of all reports and of the newest, and what the rest of that was read from.
fn in_words(rows: &[ReportCoverage<'_>], newest: u16) -> String {
    let known: usize = rows.iter().map(|row| row.known(|_| true)).sum();
    let is_confirmed = |placed: &Placement| placed.evidence == Evidence::Confirmed;
    let confirmed: usize = rows.iter().map(|row| row.known(is_confirmed)).sum();
    let share = Cell::permille((confirmed * 1000 + known / 2) / known.max(1));
    let share = share.joined("");
    let said = format!("{confirmed} of {known} placements are confirmed ({share} %)");
    let newest = rows.iter().find(|row| row.report.year == newest).map(of_newest);
    newest.map_or(said.clone(), |newest| format!("{said}, {newest}"))
}

fn of_newest(row: &ReportCoverage<'_>) -> String {
    let single = |placed: &&Placement| placed.evidence == Evidence::Single;
    let ids: BTreeSet<&str> = row.placed().filter(single).flat_map(Placement::source_ids).collect();
    let confirmed = row.known(|it| it.evidence == Evidence::Confirmed);
    let (known, single) = (row.known(|_| true), row.known(|it| it.evidence == Evidence::Single));
    let said = format!("of the {} report {confirmed} of {known}", row.report.year);
    match ids.len() {
        0 => said,
        1..=3 => format!("{said}; {single} have one source only: {}", joined(ids, "or")),
        _ => format!("{said}; {single} have one source only"),
    }
}

fn coverage_columns(index: &Index) -> Columns<'_, ReportCoverage<'_>> {
    let with = |evidence| {
        move |row: &ReportCoverage<'_>| Cell::count(row.known(|it| it.evidence == evidence))
    };
    Columns::<ReportCoverage>::new()
        .with("year", "The report year", |row| Cell::Number(row.report.year.into()))
        .with("released", "The day of release, as far as known", |row| {
            Cell::optional(index.source(row.report.document).map(|it| it.date))
        })
        .with("in_report", "The countries in it, as published; empty where no number was", |row| {
            Cell::number(row.report.countries)
        })
        .with("known", "The placements in the data", |row| Cell::count(row.known(|_| true)))
        .with("missing", "How many are missing", |row| {
            row.missing().map_or(Cell::Missing, Cell::count)
        })
        .with("confirmed", "How many are confirmed", with(Evidence::Confirmed))
        .with("single", "How many have one source only", with(Evidence::Single))
        .with("disputed", "How many sources differ on", with(Evidence::Disputed))
        .on_request("url", "The State Department's own address", |row| {
            Cell::optional(Some(&row.report.url))
        })
        .on_request("url_seen", "Whether a public text names it", |row| {
            Cell::text(if row.report.url_seen { "yes" } else { "no" })
        })
        .on_request("note", "What else must be known", |row| Cell::optional(Some(&row.report.note)))
}
