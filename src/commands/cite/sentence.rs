//! `tip cite --sentence`: one sentence to quote, with its report, date and link.

use anyhow::{Result, bail};

use crate::answer::columns::country_table;
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::{Answer, Query};
use crate::commands::cite::placed::in_report;
use crate::index::Index;
use crate::index::placement::Evidence;
use crate::output::remarks::{Remark, Remarks};
use crate::output::table::Layout;

/// The columns shown unless others are chosen.
const SHOWN: &[&str] = &["country", "iso3", "year", "tier", "sentence", "url"];

/// One row per country.
pub fn sentences<'i>(query: Query<'i>, names: &[String], year: u16) -> Result<Answer<'i>> {
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
    said.notes.extend(rows.iter().filter_map(evidence).map(Remark::from));
    let mut table = country_table(index, SHOWN, rows)?;
    table.layout = Layout::Text;
    table.choose_for_people(&["sentence"])?;
    Ok(Answer::of(table).with(said))
}

/// What must be known of the sentence where the tier is not confirmed.
fn evidence(row: &CountryReport<'_>) -> Option<String> {
    let why = match row.placed()?.evidence {
        Evidence::Confirmed => return None,
        _ if row.placed()?.basis.is_some() => "this tier was worked out from the numbers printed",
        Evidence::Single => "only one source gives this tier",
        Evidence::Disputed => "sources differ on this tier",
    };
    Some(format!("{}: {why}; read the chapter before you quote it", row.country().name))
}
