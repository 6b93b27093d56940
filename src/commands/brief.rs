//! `tip brief`: one country on a page, to read or to send.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::answer::brief::brief;
use crate::answer::freshness::footer;
use crate::answer::names::TypedName;
use crate::answer::options::{YearOption, region_written};
use crate::answer::row::{CountryRecord, CountryReport};
use crate::answer::site::{INDEX, SUMMARY, contents, files, nav};
use crate::answer::summary::summary;
use crate::answer::world::World;
use crate::index::country::{Country, Region};
use crate::index::years::YearDefault;
use crate::index::{Index, WORLD};
use crate::output::document::{Document, render};
use crate::output::format::Format;
use crate::output::remarks::Remarks;
use crate::output::screen::Screen;
use crate::output::stream::Stream;
use crate::output::view::View;
use crate::text;

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
        let rows: Vec<CountryReport<'i>> = world.rows().iter().filter(has_page).cloned().collect();
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
