//! The options that several commands share: a region and report years.

use std::error::Error;
use std::fmt;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::index::country::Region;
use crate::index::names::fold::fold;
use crate::index::names::resolve::Resolution;
use crate::index::years::AskedYears;
use crate::index::{Index, WORLD};
use crate::text::quoted;

/// The option that names a region.
#[derive(Debug, Args)]
pub struct RegionOption {
    /// The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: world]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

impl RegionOption {
    /// The region asked for, the world where none is.
    pub fn region<'index>(&self, index: &'index Index) -> Result<&'index Region> {
        region_written(index, self.region.as_deref().unwrap_or(WORLD))
    }
}

pub fn refuse_both(region: Option<&String>, countries: &[String]) -> Result<()> {
    if region.is_some() && !countries.is_empty() {
        bail!("--region and a country exclude one another; give one of them");
    }
    Ok(())
}

/// The region that people write so.
pub fn region_written<'index>(index: &'index Index, written: &str) -> Result<&'index Region> {
    index.region_written(written).with_context(|| {
        let written_so = quoted(written);
        if let Resolution::Country { country, .. } = index.resolve(written) {
            let code = country.iso3;
            return format!(
                "there is no region {written_so}; it is a country: 'tip lookup {code} --columns regions,groups' has its regions"
            );
        }
        let near = nearest(index, written);
        let near = near.map_or(String::new(), |near| format!("; nearest is '{near}'"));
        format!("there is no region {written_so}{near}; 'tip regions' lists them")
    })
}

/// The code of the region whose spelling is nearest to what was written.
fn nearest<'i>(index: &'i Index, written: &str) -> Option<&'i str> {
    const MOST: usize = 2;
    let key = fold(written).replace(' ', "");
    let distance = |spelling: &String| strsim::osa_distance(spelling, &key);
    let spellings = index.regions().iter().flat_map(|region| {
        let spellings = region.spellings.iter();
        spellings.map(|spelling| (distance(spelling), &*region.code))
    });
    let near = spellings.filter(|(distance, _)| *distance <= MOST && distance * 3 <= key.len());
    near.min().map(|(_, code)| code)
}

/// The option that names report years. A word for years may stand without it.
#[derive(Debug, Args)]
pub struct YearOption {
    /// The report year, a range such as 2015..2020, all, or latest; '--year' may be left out [default: latest]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,
}

impl YearOption {
    /// The words that name countries, and the years asked for by the option or by a word, or else the default.
    pub fn asked(
        &self,
        index: &Index,
        words: &[String],
        default: &str,
    ) -> Result<(Vec<String>, AskedYears)> {
        Ok(AskedYears::new(index, words, &self.year, default)?)
    }

    /// What `asked` returns, where a range may be named by its ends.
    pub fn asked_or_within(
        &self,
        index: &Index,
        words: &[String],
        (from, to): (Option<&str>, Option<&str>),
        default: &str,
    ) -> Result<(Vec<String>, AskedYears)> {
        let range = from.or(to).map(|_| [from, to].map(Option::unwrap_or_default).join(".."));
        Ok(AskedYears::new(index, words, self.year.iter().chain(&range), default)?)
    }
}

/// The years and the region that an answer is about, of commands that take no names of countries.
#[derive(Debug, Args)]
pub struct Scope {
    /// The same as --year
    #[arg(value_name = "YEAR")]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    region: RegionOption,
}

impl Scope {
    /// The years asked for, or else the default.
    pub fn years(&self, index: &Index, default: &str) -> Result<AskedYears> {
        let (others, years) = self.year.asked(index, &self.words, default)?;
        match others.into_iter().next() {
            None => Ok(years),
            Some(word) => Err(Misplaced(word).into()),
        }
    }

    /// The region asked for, the world where none is.
    pub fn region<'index>(&self, index: &'index Index) -> Result<&'index Region> {
        self.region.region(index)
    }

    pub fn names_region(&self) -> bool {
        self.region.region.is_some()
    }
}

/// A word that a command does not take: it is none for years. What to type instead is said above.
#[derive(Debug)]
pub struct Misplaced(pub String);

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no report year", quoted(&self.0))
    }
}

impl Error for Misplaced {}
