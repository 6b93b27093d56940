//! `tip brief`: one country on a page, to read or to send; and a site of such pages, with an index.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::brief::beside::state_region;
use crate::answer::brief::brief;
use crate::answer::caveats::footer;
use crate::answer::drawn::{label, mark, moved, named};
use crate::answer::options::region_written;
use crate::answer::row::moves;
use crate::answer::summary::{counted, summary};
use crate::answer::{Answer, CountryRecord, CountryReport, TypedName, World, YearOption};
use crate::index::names::fold::fold;
use crate::index::{Country, Index, Region, Tier, WORLD, YearDefault};
use crate::output::document::render;
use crate::output::{
    Block, Document, Format, Mark, Place, Remarks, Rich, Rows, Screen, Section, Stream, View,
};
use crate::text::{self, capitalised};

/// The year where none is named.
const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip brief`.
#[derive(Debug, Args)]
pub struct Brief {
    /// Countries, one page each
    #[arg(value_name = "COUNTRY")]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    /// The region to compare with [default: the Balkans, or the smallest of the United Nations' regions with four countries]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// Write a site into the folder of -o: a page per country, one on the report, and an index
    #[arg(long, conflicts_with = "words")]
    pub all: bool,
}

impl Brief {
    /// A page per country, in the order asked.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let (names, world, region) = self.asked(index)?;
        if names.is_empty() {
            bail!("a brief is about a country; name one, as in 'tip brief Moldova'");
        }
        let (mut said, mut pages) = (Remarks::default(), Vec::new());
        for written in &names {
            let name = TypedName::argument(written);
            let Some(country) = name.meant(index, |_: &Country| true) else {
                said.not_found(name.why(index));
                continue;
            };
            let row = CountryRecord::new(index, country).in_report(world.year);
            pages.push(brief(&world, &row, region));
        }
        let view = (!pages.is_empty()).then_some(View::Pages(pages));
        Ok(Answer { view, remarks: said })
    }

    fn asked<'i>(&self, index: &'i Index) -> Result<(Vec<String>, World<'i>, Option<&'i Region>)> {
        let (names, asked) = self.year.asked(index, &self.words, None, YEARS.years)?;
        let Some(year) = asked.years.single() else {
            bail!("a brief is of one report; give one year, or --all for every country");
        };
        let region = self.region.as_deref().map(|written| region_written(index, written));
        Ok((names, World::new(index, year, footer(index)), region.transpose()?))
    }

    /// Writes the site, and says where it begins.
    pub fn write_site<'i>(&self, index: &'i Index, folder: Option<&Path>) -> Result<Answer<'i>> {
        let folder = folder
            .context("a site is many files: name a folder, as in 'tip brief --all -o site'")?;
        let (_, mut world, region) = self.asked(index)?;
        let everywhere = region_written(index, WORLD)?;
        let has_page = |row: &&CountryReport<'_>| {
            row.country().dissolved.is_none() && row.record.history.latest().is_some()
        };
        let rows: Vec<CountryReport<'i>> = world.rows.iter().filter(has_page).cloned().collect();
        world.files = files(rows.iter().map(CountryReport::country));
        let own = rows.iter().map(|row| {
            let file = world.files.get(row.country().iso3).map_or("", String::as_str);
            (file, brief(&world, row, region))
        });
        let others =
            [(INDEX, contents(&world, everywhere)), (SUMMARY, summary(&world, everywhere))];
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", text::path(folder)))?;
        for (file, page) in own.chain(others) {
            let nav = if file == INDEX { page.nav } else { nav() };
            let text = render(&[Document { nav, ..page }], Format::Html, Screen::default());
            let stream = Stream::file(&folder.join(file))?;
            stream.print(|out| out.write_all(text.as_bytes()))?;
        }
        let mut said = Remarks::default();
        let first = text::path(&folder.join(INDEX));
        said.note(format!("{} pages written; they begin with {first}", rows.len() + 2));
        Ok(Answer::default().with(said))
    }
}

const INDEX: &str = "index.html";
const SUMMARY: &str = "summary.html";

/// Gives each of these countries a file that its name says, and no two the same.
fn files<'i>(countries: impl Iterator<Item = &'i Country>) -> BTreeMap<&'i str, String> {
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
fn nav() -> Rich {
    let nav = Rich::default().to_page("All countries", INDEX);
    nav.plain(" · ").to_page("The report in brief", SUMMARY)
}

/// Returns the page that leads to all others.
fn contents(world: &World<'_>, region: &Region) -> Document {
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
                format!("{} in {year}", capitalised(region.name)),
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
        let change = moved(was, tier).map_or_else(
            || Rich::from("–"),
            |way| Rich::default().moved(Some(way)).plain(format!(" from {}", named(index, was))),
        );
        let since = row.since().map_or(String::new(), |year| year.to_string());
        let region = state_region(row).map_or("", |region| region.name);
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
