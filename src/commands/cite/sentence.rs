//! `tip cite --sentence`: one sentence to quote, with its report, date and link.

use anyhow::{Result, bail};

use crate::answer::columns::country_and_year;
use crate::answer::{Answer, tier_cell};
use crate::commands::cite::placed::in_report;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{Evidence, Placement};
use crate::index::tier::Tier;
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::reference::in_words;
use crate::output::table::{Layout, Table};

/// A country in a report.
struct Row<'i> {
    country: &'i Country,
    placed: Placement,
    sentence: String,
    url: Option<String>,
}

/// One row a country.
///
/// # Errors
/// No country is named.
pub fn sentences<'i>(index: &'i Index, names: &[String], year: u16) -> Result<Answer<'i>> {
    if names.is_empty() {
        bail!("a sentence is about a country; name one, as in 'tip cite Moldova --sentence'");
    }
    let (mut answer, mut rows) = (Answer::default(), Vec::new());
    for written in names {
        match in_report(index, written, year) {
            Ok(placed) => rows.extend(row(index, placed)),
            Err(warning) => answer.warnings.push(warning),
        }
    }
    for row in &rows {
        answer.notes.extend(evidence(row));
    }
    let mut table = Table::new(Layout::Text, columns(), rows);
    table.choose_for_people(&["sentence"])?;
    answer.table = Some(table);
    Ok(answer)
}

fn row(index: &Index, placed: Placement) -> Option<Row<'_>> {
    let country = index.country(placed.iso3)?;
    let report = index.report(placed.year)?;
    let source = index.source(report.document)?;
    let url = index.link(country, placed.year);
    let released = in_words(&source.date);
    let ranked = index.country(placed.ranked())?;
    let with = if ranked.iso3 == country.iso3 {
        String::new()
    } else {
        format!(" as part of {}", ranked.name)
    };
    let tier = match placed.tier {
        Tier::WatchList => "on the Tier 2 Watch List".to_owned(),
        Tier::Special => "as a special case, without a tier".to_owned(),
        tier => format!("in {}", index.tier(tier)?.name),
    };
    let link = url.as_ref().map_or(String::new(), |url| format!(" ({url})"));
    let name = &country.name;
    Some(Row {
        sentence: format!(
            "In its {title}, released {released}, the {publisher} places {name}{with} {tier}{link}.",
            title = source.title,
            publisher = source.publisher,
        ),
        country,
        placed,
        url,
    })
}

/// What must be known of the sentence where the tier is not confirmed.
fn evidence(row: &Row<'_>) -> Option<String> {
    let why = match row.placed.evidence {
        Evidence::Confirmed => return None,
        _ if row.placed.basis.is_some() => "this tier was worked out from the numbers printed",
        Evidence::Single => "only one source gives this tier",
        Evidence::Disputed => "sources differ on this tier",
    };
    Some(format!("{}: {why}; read the chapter before you quote it", row.country.name))
}

fn columns<'i>() -> Columns<'i, Row<'i>> {
    country_and_year(|row: &Row<'_>| (row.country, Some(row.placed.year)))
        .with("tier", "The tier in that report", |row| tier_cell(row.placed.tier))
        .with("sentence", "The sentence", |row| Cell::text(&row.sentence))
        .with("url", "The chapter or the report", |row| Cell::optional(row.url.as_ref()))
}
