//! `tip cite`: how to refer to the report, to a country's chapter in it, and to these data.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::answer::card::attested;
use crate::answer::caveats::{no_placement, notes};
use crate::answer::columns::country_table;
use crate::answer::{Answer, CountryRecord, CountryReport, Query, TypedName, YearOption};
use crate::index::package::checksum;
use crate::index::{Country, Index, Placement, Source, YearDefault, Years};
use crate::output::{
    Cell, Columns, Layout, Reference, ReferenceKind, Remark, Remarks, Style, Table,
};
use crate::text::{joined, quoted};

const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip cite`.
#[derive(Debug, Args)]
pub struct Cite {
    /// A country: its chapter of the report is cited too
    #[arg(value_name = "COUNTRY")]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    /// How to write a reference
    #[arg(long, value_enum, default_value_t, value_name = "STYLE")]
    style: Style,

    /// A sentence to quote per country: its tier, the report, its date and the link
    #[arg(long, conflicts_with = "style")]
    sentence: bool,
}

impl Cite {
    /// One row a document: the report, the chapters asked for, the data file; or one a sentence.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let (names, asked) = self.year.asked(index, &self.words, None, YEARS.years)?;
        let Some(year) = asked.years.single() else {
            bail!("a reference is to one report; give one year");
        };
        if self.sentence {
            return sentences(query, &names, year);
        }
        let (mut said, mut references) = (Remarks::default(), Vec::new());
        let report = index.report(year);
        if let Some(report) = report.and_then(|report| index.source(report.document)) {
            references.push(("report", of_report(index, &report, year)));
            for written in &names {
                let chapter = chapter(index, &report, written, year, &mut said);
                let is_new = |chapter: &Reference| {
                    references.iter().all(|(_, known)| known.key != chapter.key)
                };
                references.extend(chapter.filter(is_new).map(|chapter| ("chapter", chapter)));
            }
        }
        said.notes.extend(about_chapters(index, &references).map(Remark::from));
        references.push(("data", of_data(index)));
        let table = if query.people.is_some() {
            self.bibliography(&references)
        } else {
            self.table(references)
        };
        Ok(Answer::new(table).with(said))
    }

    fn table<'i>(&self, references: Vec<(&'static str, Reference)>) -> Table<'i> {
        let style = self.style;
        let columns = Columns::<Cited>::new()
            .with("document", "Report, chapter or data", |row| Cell::text(row.0))
            .with("style", "The style of the reference", move |_| {
                let value = style.to_possible_value();
                Cell::optional(value.map(|value| value.get_name().to_owned()))
            })
            .with("reference", "The reference", move |row| Cell::text(row.1.in_style(style)));
        Table::new(Layout::Grid, columns, references)
    }

    /// The references alone, to be copied.
    fn bibliography<'i>(&self, references: &[Cited]) -> Table<'i> {
        let texts = references.iter().map(|(_, it)| it.in_style(self.style));
        let mut texts: Vec<String> = texts.collect();
        if self.style == Style::CslJson {
            // A bibliography is one array.
            let items = references.iter().map(|(_, reference)| reference.csl());
            texts = vec![format!("{:#}", serde_json::Value::Array(items.collect()))];
        }
        Table::of_texts("reference", texts)
    }
}

/// What kind of document it is, and how to refer to it.
type Cited = (&'static str, Reference);

/// What must be known of the names and links of chapters.
fn about_chapters(index: &Index, references: &[Cited]) -> Option<String> {
    let chapters =
        || references.iter().map(|(_, it)| it).filter(|it| it.kind == ReferenceKind::Chapter);
    let is_named_as_today =
        |chapter: &Reference| index.source(&chapter.key.to_uppercase()).is_none();
    let named = chapters().any(is_named_as_today);
    let report = references.first().map(|(_, report)| &report.url);
    let of_report = chapters().filter(|it| report == Some(&it.url));
    let of_report: Vec<_> = of_report.map(|it| quoted(&it.title)).collect();
    let linked = match of_report.len() {
        0 => None,
        1..=2 => Some(joined(&of_report, "and")),
        many => Some(format!("{many} chapters")),
    };
    let linked = linked
        .map(|of| format!("the link of {of} is the whole report's; the chapter's is not known"));
    let named = named.then(|| "countries are named as today; the report may differ".to_owned());
    let said: Vec<String> = linked.into_iter().chain(named).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn of_report(index: &Index, report: &Source, year: u16) -> Reference {
    Reference {
        key: report.id.to_lowercase(),
        kind: ReferenceKind::Report,
        title: report.title.to_string(),
        author: report.publisher.to_string(),
        // A report of the user's may have no day.
        date: if report.date.is_empty() { year.to_string() } else { report.date.to_string() },
        url: index.report(year).map(|it| it.url.to_string()).filter(|url| !url.is_empty()),
        ..Reference::default()
    }
}

/// The chapter of a report on the country of this name, or on the state whose rank it shared; what is said where there is
/// none.
fn chapter(
    index: &Index,
    report: &Source,
    written: &str,
    year: u16,
    said: &mut Remarks,
) -> Option<Reference> {
    let country = index.country(in_report(index, written, year, said)?.ranked())?;
    // A chapter that is a source of its own bears the name the country had in that report.
    let own = index.document(country, year).filter(|document| document.id != report.id);
    let title = own.as_ref().and_then(|own| {
        let title = own.title.strip_prefix(&*report.title)?;
        title.strip_prefix(": ").map(str::to_owned)
    });
    Some(Reference {
        key: format!("{}-{}", report.id, country.iso3).to_lowercase(),
        kind: ReferenceKind::Chapter,
        title: title.unwrap_or_else(|| country.name.to_string()),
        within: Some(report.title.to_string()),
        url: index.link(country, year),
        ..of_report(index, report, year)
    })
}

/// The file of placements in this version of the program. The checksum is what `sha256sum` says of it.
fn of_data(index: &Index) -> Reference {
    Reference {
        key: "tip-placements".to_owned(),
        kind: ReferenceKind::Dataset,
        title: "tip: tier placements of the Trafficking in Persons Reports, data/placements.csv"
            .to_owned(),
        author: "The tip authors".to_owned(),
        date: index.source("tip").map_or(String::new(), |tip| tip.date.to_owned()),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        checksum: Some(format!("SHA-256 {}", checksum(index.placements_file()))),
        ..Reference::default()
    }
}

/// The placement of the country of this name in the report of a year; what is said where there is none.
fn in_report(index: &Index, written: &str, year: u16, said: &mut Remarks) -> Option<Placement> {
    let name = TypedName::argument(written);
    let holds = |state: &Country| index.is_placed(state, &Years::from(year..=year));
    let Some(country) = name.meant(index, holds) else {
        said.not_found(name.why(index));
        return None;
    };
    let history = index.history(country);
    match history.in_year(year) {
        Some(placed) if placed.tier.is_in_report() => return Some(placed.clone()),
        Some(_) => said.warn(match notes(index, &[country], &(year..=year)) {
            notes if notes.is_empty() => format!("'{}' is not in the {year} report", country.name),
            notes => notes.join("; "),
        }),
        None => said.warn(no_placement(index, &history, &Years::from(year..=year))),
    }
    None
}

const SHOWN: &str = "country,iso3,year,tier,sentence,url";

fn sentences<'i>(query: Query<'i>, names: &[String], year: u16) -> Result<Answer<'i>> {
    if names.is_empty() {
        bail!("a sentence is about a country; name one, as in 'tip cite Moldova --sentence'");
    }
    let index: &'i Index = query.index;
    let (mut said, mut rows) = (Remarks::default(), Vec::new());
    for written in names {
        if let Some(placed) = in_report(index, written, year, &mut said) {
            let country = index.country(placed.iso3);
            rows.extend(country.map(|it| CountryRecord::new(index, it).in_report(year)));
        }
    }
    said.notes.extend(evidence(&rows).map(Remark::from));
    let mut table = country_table(index, (SHOWN, "sentence"), rows)?;
    table.layout = Layout::Text;
    Ok(Answer::new(table).with(said))
}

/// What must be known of the sentences where a tier is not confirmed.
fn evidence(rows: &[CountryReport<'_>]) -> Option<String> {
    let why = |row: &CountryReport<'_>| {
        let placed = row.placed().filter(|_| !row.is_confirmed())?;
        attested(placed).split(':').next()
    };
    let whys: BTreeSet<&str> = rows.iter().filter_map(why).collect();
    let said = whys.iter().map(|known| {
        let rows = rows.iter().filter(|row| why(row) == Some(known));
        let names: Vec<&str> = rows.map(|row| row.country().name).collect();
        match names.len() {
            1..=3 => format!("{}: {known}", joined(&names, "and")),
            many => format!("{many} countries: {known}"),
        }
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{}; check the report before you quote it", said.join("; ")))
}
