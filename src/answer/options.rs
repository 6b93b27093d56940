//! The options that several commands share: a region and report years.

use std::error::Error;
use std::fmt;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::names::{is_short_number, names_of_words};
use crate::index::names::fold::fold;
use crate::index::{AskedYears, Country, Index, Region, WORLD};
use crate::text::quoted;

pub fn region_written<'index>(index: &'index Index, written: &str) -> Result<&'index Region> {
    index.region_written(written).with_context(|| {
        let written_so = quoted(written);
        if let Some(country) = index.resolve(written).country() {
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

/// The options for the ends of a range of years.
#[derive(Debug, Default, Args)]
pub struct YearRange {
    /// From the report of this year on
    #[arg(long, alias = "since", value_name = "YEAR")]
    pub from: Option<String>,

    /// Up to the report of this year
    #[arg(long, alias = "until", value_name = "YEAR")]
    pub to: Option<String>,
}

impl YearRange {
    /// Returns the range as it is written in one word, if an end of it is given.
    pub fn written(&self) -> Option<String> {
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        from.or(to).map(|_| [from, to].map(Option::unwrap_or_default).join(".."))
    }
}

/// The option that names report years. A word for years may stand without it.
#[derive(Debug, Args)]
pub struct YearOption {
    /// The report year, a range such as 2015..2020, all, or latest; '--year' may be left out [default: latest]
    #[arg(short, long, value_name = "YEAR")]
    year: Option<String>,
}

impl YearOption {
    /// The words that name countries, and the years asked for by the option, by a `range` or by a word, or else the default.
    pub fn asked(
        &self,
        index: &Index,
        words: &[String],
        range: Option<&String>,
        default: &str,
    ) -> Result<(Vec<String>, AskedYears)> {
        let options = self.year.iter().chain(range);
        let (names, asked) = AskedYears::new(index, words, options, default)?;
        Ok((names_of_words(index, names), asked))
    }
}

/// What an answer is about: words and options for years, a region and countries.
#[derive(Debug, Default, Args)]
pub struct Scope {
    /// Years, a region or countries, as --year and --region take them
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,

    /// The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: world]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// The report year, a range such as 2015..2020, several years, all, or latest [default: latest]
    #[arg(short, long, value_name = "YEAR")]
    pub year: Option<String>,

    #[command(flatten)]
    pub range: YearRange,
}

/// What the words and options of a command name.
#[derive(Debug)]
pub struct Scoped<'i> {
    /// The years named, or else the default.
    pub asked: AskedYears,
    pub region: Option<&'i Region>,
    /// The words that are neither years nor a region.
    pub names: Vec<String>,
}

impl Scope {
    /// Returns what is named. `default` is the years where none are.
    pub fn named<'i>(&self, index: &'i Index, default: &str) -> Result<Scoped<'i>> {
        let range = self.range.written();
        let options = self.year.iter().chain(&range);
        let (names, asked) = AskedYears::new(index, &self.words, options, default)?;
        let mut names = names_of_words(index, names);
        let mut region = self.region.as_deref();
        let phrase = names.join(" ");
        if let Some(place) = names.iter().position(|word| is_region(index, word)) {
            if region.is_some() {
                bail!("two regions are given; give one of them");
            }
            let word = names.remove(place);
            let region = Some(region_written(index, &word)?);
            if let Some(stray) = names.iter().find(|name| !index.is_country(name)) {
                return Err(Misplaced(stray.clone()).into());
            }
            if !names.is_empty() {
                bail!("use either a region or countries: {} is a region", quoted(&word));
            }
            return Ok(Scoped { asked, region, names });
        }
        if names.len() > 1 && is_region(index, &phrase) {
            region = Some(&phrase);
            names.clear();
        }
        if region.is_some() && !names.is_empty() {
            bail!("use either --region or country names");
        }
        let region = region.map(|written| region_written(index, written)).transpose()?;
        names.iter().try_for_each(|word| refuse_both(index, word))?;
        Ok(Scoped { asked, region, names })
    }
}

impl<'i> Scoped<'i> {
    /// Returns the region, the world where none is named.
    pub fn region_or_world(&self, index: &'i Index) -> Result<&'i Region> {
        self.region.map_or_else(|| region_written(index, WORLD), Ok)
    }

    /// Returns the countries named; a word that is no country is refused.
    pub fn countries(&self, index: &'i Index) -> Result<Vec<&'i Country>> {
        let country = |word: &String| {
            let country = index.resolve(word).country().filter(|_| !is_short_number(word));
            country.ok_or_else(|| Misplaced(word.clone()).into())
        };
        self.names.iter().map(country).collect()
    }

    pub fn refuse_names(&self) -> Result<()> {
        self.names.first().map_or(Ok(()), |word| Err(Misplaced(word.clone()).into()))
    }
}

/// Refuses a word that is a country's code and a region's: AF is Afghanistan and Africa.
fn refuse_both(index: &Index, word: &str) -> Result<()> {
    if let Some((country, region)) = index.resolve(word).country().zip(index.region_written(word)) {
        bail!(
            "{} is {} and the region {}; type '{}' or '--region {}'",
            quoted(word),
            country.name,
            region.name,
            country.iso3,
            region.code
        );
    }
    Ok(())
}

fn is_region(index: &Index, word: &str) -> bool {
    index.region_written(word).is_some() && !index.is_country(word)
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
