//! `tip cite`: how to refer to the report, to a country's chapter in it, and to these data.

use anyhow::Result;
use clap::Args;
use sha2::{Digest, Sha256};

use crate::commands::asked::{Asked, hint_at_one_name};
use crate::commands::scope::year;
use crate::commands::{Answer, Picture};
use crate::index::country::Country;
use crate::index::source::Source;
use crate::index::{Index, SNAPSHOT};
use crate::output::reference::{Kind, Reference, Style};
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &["document", "style", "reference"];

/// The arguments of `tip cite`.
#[derive(Debug, Args)]
pub struct Cite {
    /// A country: its chapter of the report is cited too
    #[arg(value_name = "COUNTRY")]
    countries: Vec<String>,

    /// The report year, or latest [default: 2018]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,

    /// How to write a reference
    #[arg(long, value_enum, default_value_t, value_name = "STYLE")]
    style: Style,
}

impl Cite {
    /// One row a document: the report, the chapters asked for, the data file.
    ///
    /// # Errors
    /// A year without a report.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let year = match self.year.as_deref() {
            None => SNAPSHOT.1,
            Some("latest") => *index.years().end(),
            Some(written) => year(index, written)?,
        };
        let mut answer = Answer::of(Table::new(Layout::Grid, COLUMNS, COLUMNS.len()));
        let mut references = Vec::new();
        let report = index.report(year);
        if let Some(report) = report.and_then(|report| index.source(&report.document)) {
            references.push(("report", of_report(&report)));
            for written in &self.countries {
                match chapter(index, &report, written, year) {
                    Ok(chapter) if references.iter().any(|(_, known)| known.key == chapter.key) => {
                    }
                    Ok(chapter) => references.push(("chapter", chapter)),
                    Err(warning) => answer.warnings.push(warning),
                }
            }
        }
        let is_named_as_today = |(_, reference): &(&str, Reference)| {
            reference.kind == Kind::Chapter && index.source(&reference.key.to_uppercase()).is_none()
        };
        if references.iter().any(is_named_as_today) {
            answer.notes.push(
                "a chapter has the country's name of today here; the report may use another"
                    .to_owned(),
            );
        }
        hint_at_one_name(index, "cite", &self.countries, &mut answer.warnings);
        references.push(("data", of_data(index)));
        self.fill(&mut answer, &references);
        Ok(answer)
    }

    fn fill(&self, answer: &mut Answer, references: &[(&str, Reference)]) {
        let style = clap::ValueEnum::to_possible_value(&self.style);
        let style = style.map_or(String::new(), |style| style.get_name().to_owned());
        let mut texts = Vec::new();
        for (document, reference) in references {
            let text = reference.in_style(self.style);
            answer
                .table
                .push([Cell::text(document), Cell::text(&style), Cell::text(&text)].into());
            texts.push(text);
        }
        if self.style == Style::CslJson {
            // A bibliography is one array.
            let items: Vec<_> = references
                .iter()
                .map(|(_, reference)| reference.csl())
                .collect();
            texts = vec![format!("{:#}", serde_json::Value::Array(items))];
        }
        let mut picture = Table::new(Layout::Text, &["reference"], 1);
        for text in texts {
            picture.push([Cell::text(text)].into());
        }
        answer.picture = Some(Picture {
            table: picture,
            legend: None,
        });
    }
}

fn of_report(report: &Source) -> Reference {
    Reference {
        key: report.id.to_lowercase(),
        kind: Kind::Report,
        title: report.title.clone(),
        within: None,
        author: report.publisher.clone(),
        date: report.date.clone(),
        url: report.url.clone(),
        version: None,
        checksum: None,
    }
}

/// The chapter of a report on the country of this name, or on the state whose rank it shared.
///
/// # Errors
/// Why there is none.
fn chapter(index: &Index, report: &Source, written: &str, year: u16) -> Result<Reference, String> {
    let placed = |country: &Country| index.history(country).of(year).cloned();
    let country = Asked::argument(written).country(index, |state| placed(state).is_some())?;
    let ranked = placed(country).filter(|placed| placed.tier.is_in_report());
    let ranked = ranked.and_then(|placed| index.country(placed.ranked()));
    let country = ranked.ok_or_else(|| {
        format!(
            "no chapter on '{}' in the {year} report is in these data",
            country.name
        )
    })?;
    // A chapter that is a source of its own bears the name the country had in that report.
    let own = index
        .document(country, year)
        .filter(|document| document.id != report.id);
    let title = own.as_ref().and_then(|own| {
        let title = own.title.strip_prefix(&report.title)?;
        title.strip_prefix(": ").map(str::to_owned)
    });
    Ok(Reference {
        key: format!("{}-{}", report.id, country.iso3).to_lowercase(),
        kind: Kind::Chapter,
        title: title.unwrap_or_else(|| country.name.to_string()),
        within: Some(report.title.clone()),
        url: own.and_then(|own| own.url),
        ..of_report(report)
    })
}

/// The file of placements in this version of the program. The checksum is what `sha256sum` says of it.
fn of_data(index: &Index) -> Reference {
    let digest = Sha256::digest(index.placements_file().as_bytes());
    Reference {
        key: "tip-placements".to_owned(),
        kind: Kind::Dataset,
        title: "tip: tier placements of the Trafficking in Persons Reports, data/placements.csv"
            .to_owned(),
        within: None,
        author: "The tip authors".to_owned(),
        date: index.source("tip").map_or(String::new(), |tip| tip.date),
        url: None,
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        checksum: Some(format!("SHA-256 {digest:x}")),
    }
}
