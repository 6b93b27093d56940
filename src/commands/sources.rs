//! `tip sources`: the documents that facts are based on.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::names::{named_in_title, names_of_words};
use crate::answer::{Answer, TypedName};
use crate::index::{AskedYears, Country, Index, Source, YearDefault, Years};
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
        let table = Table::new(Layout::Grid, columns(), sources).titled(title);
        Ok(Answer::new(table.for_people(SHOWN_TO_PEOPLE)?).with(said))
    }
}

fn columns<'i>() -> Columns<'i, Source> {
    Columns::<Source>::new()
        .with("id", "The id that rows of the data name", |row| Cell::text(row.id))
        .with("title", "Its title", |row| Cell::linked(row.title, row.url))
        .with("publisher", "Who published it", |row| Cell::optional(Some(&row.publisher)))
        .with("date", "When, as far as known", |row| Cell::optional(Some(&row.date)))
        .with("kind", "What kind of document it is", |row| Cell::optional(Some(&row.kind)))
        .with("url", "Where it can be read", |row| Cell::optional(row.url))
        .with("rights", "Who holds which rights in it", |row| Cell::optional(Some(&row.rights)))
        .on_request("citation", "Title, publisher and date in one", |row| {
            Cell::linked(row.citation(), row.url)
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
        ids.extend(placed.source_ids());
    }
    let roles = index.every_role(country);
    let roles = roles.filter(|stated| stated.year.is_none_or(is_asked));
    ids.extend(roles.map(|stated| stated.source));
    ids.iter().filter_map(|id| index.source(id)).collect()
}
