//! The countries of the region beside the one that a page is about.

use crate::answer::brief::evidence::state_region;
use crate::answer::brief::words::{in_tier, is_up, mark};
use crate::answer::drawn::named;
use crate::answer::row::CountryReport;
use crate::answer::world::World;
use crate::index::country::{Region, RegionKind};
use crate::index::tier::Tier;
use crate::output::document::{Block, Place, Rich, Rows, Section};
use crate::output::drawing::Drawing;
use crate::text::{capitalised, joined};

/// The fewest countries that are a comparison, and the most that a table of their moves may have.
const FEW: usize = 4;
const MANY: usize = 12;

/// The countries of the region asked for, or of the nearest, in the report of a year.
pub fn neighbours(
    world: &World<'_>,
    row: &CountryReport<'_>,
    asked: Option<&Region>,
) -> Option<Section> {
    let (index, year) = (world.index, world.year);
    let region = asked.or_else(|| nearest(world, row))?;
    let rows = members(world, row, region);
    let mut blocks = Vec::new();
    let tiers: Vec<Option<Tier>> = rows.iter().map(CountryReport::tier).collect();
    if let Some((first, rest)) = tiers.split_first()
        && rest.iter().all(|tier| tier == first)
        && !rest.is_empty()
    {
        let all = format!("All {} countries are {}.", rows.len(), in_tier(index, *first));
        blocks.push(Block::Text(all.into()));
    }
    // What its signs are not stands in a block of its own.
    let map = Drawing { signs: String::new(), ..world.map(region, false) };
    blocks.push(Block::Picture(Box::new(map)));
    if rows.len() <= MANY {
        blocks.push(Block::Rows(table(world, row, &rows, region)));
    } else {
        blocks.extend(grouped(world, &rows));
    }
    if let Some(state) = state_region(row).filter(|state| state.code != region.code) {
        blocks.push(Block::Note(tally(world, state).into()));
    }
    let title = format!("{} in {year}", capitalised(&region.name));
    Some(Section::new(Place::Right, title, blocks))
}

/// The Balkans for their ten; else the smallest region of the United Nations with a few countries of the report, or else
/// the State Department's.
fn nearest<'i>(world: &World<'i>, row: &CountryReport<'i>) -> Option<&'i Region> {
    let (index, country) = (row.index(), row.country());
    let holds = |region: &&Region| country.is_in(&region.code);
    let mut regions = index.regions().iter();
    let snapshot = regions.find(|it| it.kind == RegionKind::Snapshot && holds(it));
    let un = index.regions().iter().filter(|it| it.kind == RegionKind::Un && holds(it));
    let sized = un.map(|region| (members(world, row, region).len(), region));
    let smallest = sized.filter(|(size, _)| *size >= FEW).min_by_key(|(size, _)| *size);
    snapshot.or(smallest.map(|(_, region)| region)).or_else(|| state_region(row))
}

/// The countries of a region that the report has, and the one that the page is about, by name.
fn members<'i>(
    world: &World<'i>,
    row: &CountryReport<'_>,
    region: &Region,
) -> Vec<CountryReport<'i>> {
    let mut rows = world.all_in(region);
    rows.retain(|it| it.is_in_report() || it.country().iso3 == row.country().iso3);
    rows
}

/// A country per line: its tier, and its last move.
fn table(
    world: &World<'_>,
    row: &CountryReport<'_>,
    rows: &[CountryReport<'_>],
    region: &Region,
) -> Rows {
    let (index, year) = (world.index, world.year);
    let lines = rows.iter().map(|it| {
        let tier = Rich::default().mark(mark(index, it.tier()));
        vec![world.name(it.country()), tier, last_move(it, year)]
    });
    let caption = format!("{}: tier in {year}, and last move", capitalised(&region.name));
    let own = rows.iter().position(|it| it.country().iso3 == row.country().iso3);
    Rows { own, ..Rows::new(caption, &["Country", "Tier", "Last move"], lines.collect()) }
}

fn last_move(row: &CountryReport<'_>, year: u16) -> Rich {
    let runs = row.runs_to(year);
    let pairs = runs.iter().zip(runs.iter().skip(1)).rev();
    let last = pairs.filter_map(|(before, after)| Some((before, after, is_up(before.2, after.2)?)));
    match last.into_iter().next() {
        Some((before, after, up)) => Rich::default().moved(Some(up)).plain(format!(
            " in {}, from {}",
            after.0,
            named(row.index(), before.2)
        )),
        None => Rich::from("none"),
    }
}

/// The names under each tier, where they are too many for a table.
fn grouped(world: &World<'_>, rows: &[CountryReport<'_>]) -> Vec<Block> {
    let index = world.index;
    let groups = index.tiers().iter().filter_map(|known| {
        let of_tier = rows.iter().filter(|it| it.tier() == Some(known.tier));
        let names = world.names(of_tier);
        let group = Rich::default().mark(mark(index, Some(known.tier)));
        (!names.0.is_empty()).then(|| group.plain(": ").and(names))
    });
    vec![Block::List(groups.collect())]
}

/// How many countries of a region are in each tier.
fn tally(world: &World<'_>, region: &Region) -> String {
    let index = world.index;
    let rows = world.reported_in(region);
    let ranks = index.tiers().iter().map(|known| known.tier).filter(|tier| tier.is_rank());
    let counts: Vec<(Tier, usize)> = ranks
        .map(|tier| (tier, rows.iter().filter(|it| it.tier() == Some(tier)).count()))
        .collect();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let said = counts.iter().map(|(tier, count)| {
        let count = if *count == 0 { "none".to_owned() } else { count.to_string() };
        format!("{count} {}", in_tier(index, Some(*tier)))
    });
    let said: Vec<String> = said.collect();
    format!(
        "{}, the State Department's region, has {all} ranked countries: {}.",
        capitalised(&region.name),
        joined(&said, "and")
    )
}
