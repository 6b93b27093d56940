//! Columns that several answers have.

use crate::answer::tier_cell;
use crate::index::country::Country;
use crate::index::placement::Placement;
use crate::output::cell::Cell;
use crate::output::column::Columns;

/// The country, its code and the report year of a row.
pub fn country_and_year<'i, Row>(
    of: impl Fn(&Row) -> (&Country, Option<u16>) + Copy + 'i,
) -> Columns<'i, Row> {
    Columns::new()
        .with("country", "The name of the country", move |row| Cell::text(&of(row).0.name))
        .with("iso3", "Its ISO 3166-1 alpha-3 code", move |row| Cell::text(of(row).0.iso3))
        .with("year", "The report year", move |row| Cell::number(of(row).1))
}

/// What stands beside the place of a square: the tier, the country, the report year, and the evidence.
pub fn placed_columns<'i, Row>(
    of: impl Fn(&Row) -> (&Country, u16, Option<&Placement>) + Copy + 'i,
) -> Columns<'i, Row> {
    Columns::new()
        .with("tier", "The tier in that report", move |row| {
            let placed = of(row).2;
            placed.map_or(Cell::Missing, |placed| tier_cell(placed.tier))
        })
        .with("country", "The name of the country", move |row| Cell::text(&of(row).0.name))
        .with("year", "The report year", move |row| Cell::Number(of(row).1.into()))
        .with("evidence", "How well the tier is attested", move |row| {
            Cell::optional(of(row).2.map(|placed| placed.evidence.to_string()))
        })
        .with("basis", "Why the tier is confirmed", move |row| {
            Cell::optional(of(row).2.and_then(|placed| placed.basis).map(|it| it.to_string()))
        })
}
