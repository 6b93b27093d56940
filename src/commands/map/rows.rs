//! The countries of a map: where each stands, and what the report says of it.

use crate::answer::columns::placed_columns;
use crate::answer::options::Fill;
use crate::answer::profile::Subject;
use crate::answer::tier_cell;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{Change, Direction, Placement};
use crate::index::role::StatedRoles;
use crate::index::tile::Tile;
use crate::output::cell::Cell;
use crate::output::column::Columns;

/// A country with its place, and what the report of the year says of it.
#[derive(Debug)]
pub struct Row<'i> {
    /// The country.
    pub country: &'i Country,
    /// Its place, if it has one.
    pub tile: Option<Tile>,
    /// The report year.
    pub year: u16,
    /// Its placement, if these data have one.
    pub placed: Option<Placement>,
    /// The placement in the report before, if its tier was another.
    pub before: Option<Placement>,
    /// The roles that this report states, and no other.
    pub roles: Option<StatedRoles>,
}

impl Row<'_> {
    /// What the change since the report before is, if there was one.
    pub fn direction(&self) -> Option<Direction> {
        let (before, after) = self.before.as_ref().zip(self.placed.as_ref())?;
        Some(Change { before, after }.direction())
    }
}

/// One row a country that has a place on the map or a rank of that year.
pub fn rows<'i>(index: &'i Index, countries: &[&'i Country], year: u16) -> Vec<Row<'i>> {
    let row = |country: &'i Country| {
        let tiles = index.tiles();
        let place = tiles.binary_search_by(|tile| tile.iso3.cmp(country.iso3));
        let history = index.history(country);
        let changed = history.changes().find(|it| it.after.year == year);
        let before = changed.map(|it| it.before).filter(|it| it.year + 1 == year);
        let subject = Subject::new(index, country, Fill::Own);
        let roles = subject.roles(year).cloned();
        Row {
            country,
            tile: place.ok().and_then(|place| tiles.get(place)).copied(),
            year,
            before: before.cloned(),
            placed: history.of(year).cloned(),
            roles,
        }
    };
    let mut rows: Vec<Row<'i>> = countries.iter().map(|country| row(country)).collect();
    // A state whose one rank its successors' rows repeat is drawn as those.
    let repeated = rows.iter().filter_map(|row| Some(row.placed.as_ref()?.ranked_as));
    let repeated: Vec<&str> = repeated.collect();
    rows.retain(|row| {
        let is_ranked = row.placed.as_ref().is_some_and(|it| it.tier.is_in_report());
        row.tile.is_some() || is_ranked && !repeated.contains(&row.country.iso3)
    });
    rows
}

/// The columns of the rows.
pub fn columns<'i>() -> Columns<'i, Row<'i>> {
    let count = |place: Option<usize>| place.map_or(Cell::Missing, Cell::count);
    Columns::<Row>::new()
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| Cell::text(row.country.iso3))
        .with("row", "The row of its tile, from the north", move |row| {
            count(row.tile.map(|tile| tile.row))
        })
        .with("column", "The column of its tile, from the west", move |row| {
            count(row.tile.map(|tile| tile.column))
        })
        .and(placed_columns(|row: &Row<'_>| (row.country, row.year, row.placed.as_ref())))
        .and(columns_on_request())
}

/// What is shown only where it is asked for.
fn columns_on_request<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .on_request("roles", "The roles that report states", |row| {
            let roles = row.roles.as_ref();
            roles.map_or(Cell::Missing, |stated| Cell::list(&stated.roles))
        })
        .on_request("before", "The tier before, where it was another", |row| {
            let before = row.before.as_ref();
            before.map_or(Cell::Missing, |before| tier_cell(before.tier))
        })
        .on_request(
            "direction",
            "upgraded, downgraded, entered or left: a special case has no rank",
            |row| Cell::optional(row.direction().map(|it| it.to_string())),
        )
        .on_request("iso2", "Its ISO 3166-1 alpha-2 code", |row| Cell::text(row.country.iso2))
        .on_request("sources", "What the tier was read from", |row| {
            let placed = row.placed.as_ref();
            placed.map_or(Cell::Missing, |placed| Cell::list(placed.source_ids()))
        })
}
