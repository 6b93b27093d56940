//! The columns that most answers begin with.

use crate::index::country::Country;
use crate::output::cell::Cell;
use crate::output::column::Columns;

/// The country, its code and the report year of a row.
pub fn country_and_year<'i, Row>(
    of: impl Fn(&Row) -> (&Country, Option<u16>) + Copy + 'i,
) -> Columns<'i, Row> {
    Columns::new()
        .with("country", "The name of the country", move |row| {
            Cell::text(&of(row).0.name)
        })
        .with("iso3", "Its ISO 3166-1 alpha-3 code", move |row| {
            Cell::text(of(row).0.iso3)
        })
        .with("year", "The report year", move |row| {
            Cell::number(of(row).1)
        })
}
