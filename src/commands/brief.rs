//! `tip brief`: one country on a page, to read or to send.

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::answer::brief::brief;
use crate::answer::freshness::footer;
use crate::answer::names::TypedName;
use crate::answer::options::{YearOption, region_written};
use crate::answer::row::CountryRecord;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::years::YearDefault;
use crate::output::remarks::Remarks;
use crate::output::view::View;

/// The year where none is named.
const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip brief`.
#[derive(Debug, Args)]
pub struct Brief {
    /// Countries, a page each
    #[arg(value_name = "COUNTRY")]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    /// The region to compare with [default: the Balkans, or the smallest of the United Nations' regions with four countries]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

impl Brief {
    /// A page per country, in the order asked.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let (names, asked) = self.year.asked(index, &self.words, YEARS.years)?;
        let Some(year) = asked.years.single() else {
            bail!("a brief is of one report; give one year");
        };
        if names.is_empty() {
            bail!("a brief is about a country; name one, as in 'tip brief Moldova'");
        }
        let region = self.region.as_deref().map(|written| region_written(index, written));
        let region = region.transpose()?;
        let footer = footer(index);
        let (mut said, mut pages) = (Remarks::default(), Vec::new());
        for written in &names {
            let name = TypedName::argument(written);
            let Some(country) = name.meant(index, |_: &Country| true) else {
                said.not_found(name.why(index));
                continue;
            };
            let row = CountryRecord::new(index, country).in_report(year);
            pages.push(brief(&row, region, &footer));
        }
        let view = (!pages.is_empty()).then_some(View::Pages(pages));
        Ok(Answer { view, remarks: said })
    }
}
