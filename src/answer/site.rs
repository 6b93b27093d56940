//! A site: a page per country, one on the report, and an index with the map and a table.

use std::collections::BTreeMap;

use crate::answer::brief::evidence::state_region;
use crate::answer::brief::words::{is_up, mark};
use crate::answer::drawn::{label, named};
use crate::answer::row::{CountryReport, moves};
use crate::answer::summary::counted;
use crate::answer::world::World;
use crate::index::country::{Country, Region};
use crate::index::names::fold::fold;
use crate::index::tier::Tier;
use crate::output::document::{Block, Document, Mark, Place, Rich, Rows, Section};
use crate::text::capitalised;

pub const INDEX: &str = "index.html";
pub const SUMMARY: &str = "summary.html";

/// Gives each of these countries a file that its name says, and no two the same.
pub fn files<'i>(countries: impl Iterator<Item = &'i Country>) -> BTreeMap<&'i str, String> {
    let mut taken = vec![INDEX.to_owned(), SUMMARY.to_owned()];
    let mut files = BTreeMap::new();
    for country in countries {
        let words = country.name.split(|c: char| !c.is_alphanumeric()).map(fold);
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        let mut file = format!("{}.html", words.join("-"));
        if words.is_empty() || !file.is_ascii() || taken.contains(&file) {
            file = format!("{}.html", country.iso3.to_lowercase());
        }
        taken.push(file.clone());
        files.insert(country.iso3, file);
    }
    files
}

/// What leads from each page to the others.
pub fn nav() -> Rich {
    let nav = Rich::default().to_page("All countries", INDEX);
    nav.plain(" · ").to_page("The report in brief", SUMMARY)
}

/// Returns the page that leads to all others.
pub fn contents(world: &World<'_>, region: &Region) -> Document {
    let year = world.year;
    let rows = world.counted_in(region);
    let mut listed = world.all_in(region);
    listed.retain(|row| world.files.contains_key(row.country().iso3));
    Document {
        kicker: world.kicker(),
        window: format!("Where {} countries stand: US TIP Report {year}", rows.len()),
        title: format!("Where {} countries stand", rows.len()),
        lede: lede(world, &rows),
        sections: vec![
            Section::new(
                Place::Whole,
                format!("{} in {year}", capitalised(&region.name)),
                vec![Block::Picture(Box::new(world.map(region, false)))],
            ),
            Section::new(Place::Whole, "Find a country", vec![Block::Rows(table(world, &listed))]),
        ],
        // A keyboard would stop at every country of the map.
        nav: Rich::default().to_page("To the table", "#rows"),
        footer: world.footer.clone(),
        ..Document::default()
    }
}

fn lede(world: &World<'_>, rows: &[CountryReport<'_>]) -> Rich {
    let (up, down) = counted(&moves(rows));
    let change = match world.before() {
        Some(_) => format!("moved {up} countries up and {down} down"),
        None => "ranked countries for the first time".to_owned(),
    };
    let lowest = rows.iter().filter(|row| row.tier() == Some(Tier::Three)).count();
    let said = format!("{} {change}. Tier 3, the lowest, has {lowest}. ", world.in_its_report());
    Rich::from(said).to_page("The report in brief", SUMMARY)
}

/// A country per line, which a script sorts and filters where one may run.
fn table(world: &World<'_>, rows: &[CountryReport<'_>]) -> Rows {
    let (index, year) = (world.index, world.year);
    let before = year - 1;
    let lines = rows.iter().map(|row| {
        let tier = row.tier();
        let short = Mark { name: capitalised(&label(index, tier)), ..mark(index, tier) };
        let was = index.tier_in(&row.record.history, before);
        let change = match is_up(was, tier) {
            Some(up) => {
                let from = format!(" from {}", named(index, was));
                Rich::default().moved(Some(up)).plain(from)
            }
            None => Rich::from("–"),
        };
        let since = row.since().map_or(String::new(), |year| year.to_string());
        let region = state_region(row).map_or("", |region| &*region.name);
        vec![
            world.name(row.country()),
            Rich::default().mark(short),
            change,
            since.into(),
            capitalised(region.trim_start_matches("the ")).into(),
        ]
    });
    let caption = format!(
        "Tier in {year}, the change from {before}, and the first report of the present run"
    );
    let heads = ["Country", "Tier", "Change", "Since", "Region"];
    Rows { is_sortable: true, ..Rows::new(caption, &heads, lines.collect()) }
}
