//! The options that several commands share: a region and report years.

use std::error::Error;
use std::fmt;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::index::names::fold::fold;
use crate::index::names::resolve::Resolution;
use crate::index::region::Region;
use crate::index::years::{Years, is_written_as_years};
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
    ///
    /// # Errors
    /// There is none of that name; the message names the nearest.
    pub fn region<'index>(&self, index: &'index Index) -> Result<&'index Region> {
        region_written(index, self.region.as_deref().unwrap_or(WORLD))
    }
}

/// # Errors
/// A region is given beside countries.
pub fn refuse_both(region: Option<&String>, countries: &[String]) -> Result<()> {
    if region.is_some() && !countries.is_empty() {
        bail!("--region and a country exclude one another; give one of them");
    }
    Ok(())
}

/// The region that people write so.
///
/// # Errors
/// There is none; the message names the nearest, or that it is a country.
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
    /// The report year, a range such as 2015..2020, all, or latest; '--year' may be left out [default: the newest report]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,
}

impl YearOption {
    /// The words that name countries, and the years asked for by the option or by a word.
    ///
    /// # Errors
    /// The years are none of the reports', or stand twice.
    pub fn and_names(
        &self,
        index: &Index,
        words: &[String],
    ) -> Result<(Vec<String>, Option<Years>)> {
        let apart = without_in(words);
        let (years, names): (Vec<String>, _) = apart.partition(|word| is_written_as_years(word));
        let mut years = years.iter().chain(&self.year);
        let written = years.next();
        if let Some((first, second)) = written.zip(years.next()) {
            let (first, second) = (quoted(first), quoted(second));
            bail!(
                "years stand twice, {first} and {second}; give one year, or a range such as 2015..2020"
            );
        }
        let years = written.map(|written| Years::parse(index, written));
        Ok((names, years.transpose()?))
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
    /// The years asked for, if any are.
    ///
    /// # Errors
    /// As `YearOption::and_names`; `Misplaced` for a word that is none for years.
    pub fn years(&self, index: &Index) -> Result<Option<Years>> {
        let (others, years) = self.year.and_names(index, &self.words)?;
        match others.into_iter().next() {
            None => Ok(years),
            Some(word) => Err(Misplaced(word).into()),
        }
    }

    /// The region asked for, the world where none is.
    ///
    /// # Errors
    /// As `RegionOption::region`.
    pub fn region<'index>(&self, index: &'index Index) -> Result<&'index Region> {
        self.region.region(index)
    }

    /// Whether a region is named.
    pub fn names_region(&self) -> bool {
        self.region.region.is_some()
    }
}

/// The words without an "in" before a year, which would be India.
fn without_in(words: &[String]) -> impl Iterator<Item = String> {
    let next = words.iter().skip(1).map(Some).chain([None]);
    let kept = words.iter().zip(next).filter(|(word, next)| {
        let is_before_year = next.is_some_and(|next| is_written_as_years(next));
        *word != "in" || words.len() < 3 || !is_before_year
    });
    kept.map(|(word, _)| word.clone())
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

/// Which roles stand beside a report that states none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fill {
    /// None: a role stands in its own year only
    Own,
    /// Those of the newest report that states some
    Latest,
}

/// The option that says which roles stand beside a report that states none.
#[derive(Debug, Args)]
pub struct RolesOption {
    /// Which roles stand beside a report that states none [default: latest; own where several years are asked for]
    #[arg(long = "roles", value_enum, value_name = "WHICH")]
    fill: Option<Fill>,
}

impl RolesOption {
    /// Which are meant: where nothing is said, a role stands in its own year only in a panel over years.
    pub fn fill(&self, years: &Years) -> Fill {
        let fill = match years.single() {
            Some(_) => Fill::Latest,
            None => Fill::Own,
        };
        self.fill.unwrap_or(fill)
    }
}
