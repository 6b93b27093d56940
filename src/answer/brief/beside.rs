//! What a page says beside the tier: the Watch List, the other lists, roles, figures and countries of the region, and the
//! sources.

use crate::answer::card::{attested, clock_in_words, lists as listed};
use crate::answer::drawn::{in_tier, mark, moved, named};
use crate::answer::{CountryReport, Run, World};
use crate::index::country::RegionKind;
use crate::index::role::LAST_STATED;
use crate::index::{Index, Region, Tier};
use crate::output::{Block, Drawing, Place, Rich, Rows, Section};
use crate::text::{capitalised, joined, span};

/// What the law says of a country that has been on the Watch List for as long as it allows.
pub const WAIVED: &str = "the law moves a country to Tier 3, unless the State Department waives this. Which waivers were given is not in the data.";

/// What figures of enforcement are.
pub const AS_REPORTED: &str =
    "What governments told the State Department: methods differ, and many cases are missing.";

/// How long it is on the Watch List, and what the law says of that; or when it was.
pub fn watch_list(row: &CountryReport<'_>, runs: &[Run], year: u16) -> Section {
    let spans = runs.iter().filter(|run| run.2 == Some(Tier::WatchList));
    let spans: Vec<String> = spans.map(|(from, to, _)| span(*from, *to)).collect();
    let blocks = match row.clock() {
        Some(clock) => {
            let rule = format!("After that {WAIVED}");
            vec![Block::Text(clock_in_words(&clock).into()), Block::Note(rule.into())]
        }
        None if spans.is_empty() => {
            vec![Block::Text(
                format!("Not on the Watch List in {year}, nor in any report before.").into(),
            )]
        }
        None => {
            let before = joined(&spans, "and");
            vec![Block::Text(
                format!("Not on the Watch List in {year}. On it before in {before}.").into(),
            )]
        }
    };
    Section::new(Place::Left, "Watch List", blocks)
}

/// The report's other lists that it is on; that it is on none.
pub fn lists(row: &CountryReport<'_>, year: u16) -> Option<Section> {
    if !row.is_in_report() {
        return None;
    }
    let (_, open) = row.lists()?;
    let on = listed(row);
    let mut blocks = Vec::new();
    if on.is_empty() {
        blocks.push(Block::Text(format!("On none of those that the data have for {year}.").into()));
    } else {
        blocks.push(Block::List(on.iter().map(|list| Rich::from(capitalised(list))).collect()));
    }
    if !open.is_empty() {
        let open = joined(open.iter().map(|list| &list.name), "and");
        blocks.push(Block::Note(
            format!("The data do not have the whole of these lists for {year}: {open}.").into(),
        ));
    }
    Some(Section::new(Place::Left, "The report's other lists", blocks))
}

/// The roles last stated, and the sentence that states them.
pub fn roles(row: &CountryReport<'_>) -> Option<Section> {
    let stated = row.stated()?;
    let names: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
    let by = stated.year.map_or(" (undated)".to_owned(), |year| format!(" in the {year} report"));
    let last = format!(" Reports after {LAST_STATED} state no roles.");
    let text = Rich::default().strong(capitalised(&names.join(", "))).plain(format!("{by}.{last}"));
    let mut blocks = vec![Block::Text(text)];
    if !stated.note.is_empty() {
        blocks.push(Block::Note(format!("{}.", capitalised(stated.note)).into()));
    }
    let newest = row.newest_sentence_on_roles();
    if let Some((year, _)) = newest.as_ref().filter(|(year, _)| Some(*year) != stated.year) {
        let of = format!("The newest sentence on roles in the data is of the {year} report:");
        blocks.push(Block::Text(of.into()));
    }
    blocks.extend(newest.map(|(_, quote)| Block::Quote(format!("“{quote}”"))));
    Some(Section::new(Place::Left, "Source, transit or destination", blocks))
}

/// The State Department's region of the country, which its figures are of.
pub fn state_region<'i>(row: &CountryReport<'i>) -> Option<&'i Region> {
    let (index, country) = (row.index(), row.country());
    let mut regions = index.regions().iter();
    regions.find(|region| region.kind == RegionKind::State && country.is_in(region.code))
}

/// Prosecutions, convictions and victims of a region in the ten years up to a report.
pub fn regional_figures(index: &Index, region: &Region, year: u16) -> Option<Rows> {
    let years = year.saturating_sub(9)..=year;
    let all = index.enforcement().iter();
    let known = all.filter(|it| it.region == region.code && years.contains(&it.year));
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|it| it.year);
    let number = |number: Option<u32>| Rich::from(number.map_or("–".to_owned(), thousands));
    let rows = known.iter().map(|it| {
        let counts = [it.prosecutions, it.convictions, it.victims].map(number);
        [Rich::from(it.year.to_string())].into_iter().chain(counts).collect()
    });
    let heads = ["Year", "Prosecutions", "Convictions", "Victims identified"];
    let caption = format!("{}: cases and victims that governments reported", region.name);
    let rows = Rows::new(caption, &heads, rows.collect()).of_numbers();
    (!known.is_empty()).then_some(rows)
}

/// The figures of the country's region.
pub fn figures(row: &CountryReport<'_>) -> Option<Section> {
    let region = state_region(row)?;
    let rows = regional_figures(row.index(), region, row.year?)?;
    let mut about = Rich::from(AS_REPORTED);
    if row.is_in_report() {
        about = about.plain(" The country's own figures are in ").link("the report", row.link());
        about = about.plain(", not in the data.");
    }
    let title = format!("Prosecutions and victims: {}", region.name);
    Some(Section::new(Place::Left, title, vec![Block::Rows(rows), Block::Note(about)]))
}

/// A number with a comma before each three digits.
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How sure the tier is, and the documents it stands in.
pub fn sources(row: &CountryReport<'_>, year: u16) -> Section {
    let index = row.index();
    let mut blocks = Vec::new();
    let mut documents = Vec::new();
    if let Some(placed) = row.placed() {
        blocks.push(Block::Text(format!("The {year} tier: {}.", attested(placed)).into()));
        let url = row.link();
        documents.extend(row.document().map(|it| Rich::default().link(it, url)));
        let read = placed.source_ids().filter_map(|id| index.source(id));
        documents.extend(read.map(|source| {
            Rich::from("The tier was read from: ").link(source.citation(), source.url)
        }));
    }
    let law = row.definition().and_then(|wording| index.source(wording.source));
    documents
        .extend(law.map(|law| Rich::from("What the tier means: ").link(law.citation(), law.url)));
    if !documents.is_empty() {
        blocks.push(Block::Numbered(documents));
    }
    Section::new(Place::Right, "How sure, and from where", blocks)
}

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
    let title = format!("{} in {year}", capitalised(region.name));
    Some(Section::new(Place::Right, title, blocks))
}

/// The Balkans for their ten; else the smallest region of the United Nations with a few countries of the report, or else
/// the State Department's.
fn nearest<'i>(world: &World<'i>, row: &CountryReport<'i>) -> Option<&'i Region> {
    let (index, country) = (row.index(), row.country());
    let holds = |region: &&Region| country.is_in(region.code);
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
    let caption = format!("{}: tier in {year}, and last move", capitalised(region.name));
    let own = rows.iter().position(|it| it.country().iso3 == row.country().iso3);
    Rows { own, ..Rows::new(caption, &["Country", "Tier", "Last move"], lines.collect()) }
}

fn last_move(row: &CountryReport<'_>, year: u16) -> Rich {
    let runs = row.runs_to(year);
    let pairs = runs.iter().zip(runs.iter().skip(1)).rev();
    let last = pairs.filter_map(|(before, after)| Some((before, after, moved(before.2, after.2)?)));
    match last.into_iter().next() {
        Some((before, after, way)) => Rich::default().moved(Some(way)).plain(format!(
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
    format!(
        "{}, the State Department's region, has {all} ranked countries: {}.",
        capitalised(region.name),
        joined(said, "and")
    )
}

#[test]
fn thousands_have_commas() {
    assert_eq!([7, 999, 1_000, 118_932].map(thousands), ["7", "999", "1,000", "118,932"]);
}
