//! Which years and which countries a question is about, and what must be said of them beside the answer.

use std::ops::RangeInclusive;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use crate::commands::asked::joined;
use crate::index::country::Country;
use crate::index::placement::{History, Placement};
use crate::index::report::{Region, Report};
use crate::index::{Index, SNAPSHOT};
use crate::output::style::quoted;

/// What a reader must know wherever years are compared.
pub const COMPARED: &str = "the standards and the countries covered changed from report to report; \
    a change of tier is not by itself a change on the ground";

/// The option that names a region.
#[derive(Debug, Args)]
pub struct RegionOption {
    /// The countries of this region: balkans (the default), europe, AF, EAP, EUR, NEA, SCA, WHA or world
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
}

impl RegionOption {
    /// The region asked for.
    ///
    /// # Errors
    /// There is none of that name; the message lists them.
    pub fn region<'index>(&self, index: &'index Index) -> Result<&'index Region> {
        self.region_or(index, SNAPSHOT.0)
    }

    /// The same with another region for none.
    ///
    /// # Errors
    /// As `region`.
    pub fn region_or<'index>(&self, index: &'index Index, none: &str) -> Result<&'index Region> {
        let written = self.region.as_deref().unwrap_or(none);
        index.region_written(written).with_context(|| {
            let known = index.regions().iter();
            let regions = known.map(|region| format!("{} ({})", region.code, region.name));
            let regions: Vec<_> = regions.collect();
            let regions = joined(&regions, "and");
            format!(
                "there is no region {}; the regions are {regions}",
                quoted(written)
            )
        })
    }
}

/// The option that names report years.
#[derive(Debug, Args)]
pub struct YearOption {
    /// The report year: 2018 (the default), all, a range such as 2015..2020, both ends included, or latest: each
    /// country's newest, in counts the newest report
    #[arg(short, long, value_name = "YEAR")]
    pub year: Option<String>,
}

impl YearOption {
    /// The years asked for.
    ///
    /// # Errors
    /// They are none of the reports' years.
    pub fn years(&self, index: &Index) -> Result<Years> {
        match &self.year {
            Some(written) => Years::parse(index, written),
            None => Ok(Years::Within(SNAPSHOT.1..=SNAPSHOT.1)),
        }
    }
}

/// Report years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Years {
    /// These, both ends included.
    Within(RangeInclusive<u16>),
    /// The newest that is known, for each country its own.
    Latest,
}

impl Years {
    /// The years that people write so.
    ///
    /// # Errors
    /// They are none of the reports' years, or end before they begin.
    pub fn parse(index: &Index, written: &str) -> Result<Self> {
        let known = index.years();
        let years = match written.trim().to_ascii_lowercase().as_str() {
            "latest" => return Ok(Self::Latest),
            "all" => known,
            years => match years
                .split_once("..")
                .or_else(|| years.split_once(['-', '–']))
            {
                None => year(index, years)
                    .map(|year| year..=year)
                    .map_err(|error| {
                        anyhow!("{error}, a range such as 2015..2020, 'latest' or 'all'")
                    })?,
                Some((from, to)) => {
                    // The `=` of a range as Rust writes it means what is meant here anyway.
                    let to = to.trim_start_matches('=');
                    let end = |written: &str, open| match written {
                        "" => Ok(open),
                        written => year(index, written),
                    };
                    end(from, *known.start())?..=end(to, *known.end())?
                }
            },
        };
        if years.is_empty() {
            bail!("the range {} ends before it begins", quoted(written));
        }
        Ok(Self::Within(years))
    }

    /// The first and the last report asked for. `Latest` is the newest report here, for reports have no newest placement
    /// of their own.
    pub fn range(&self, index: &Index) -> RangeInclusive<u16> {
        match self {
            Self::Within(years) => years.clone(),
            Self::Latest => *index.years().end()..=*index.years().end(),
        }
    }

    /// The placements of a country in these years.
    pub fn of<'history>(&self, history: &'history History) -> Vec<&'history Placement> {
        match self {
            Self::Within(years) => history.within(years).collect(),
            Self::Latest => history.latest().into_iter().collect(),
        }
    }

    /// The one year, if it is one and named.
    pub fn single(&self) -> Option<u16> {
        match self {
            Self::Within(years) if years.start() == years.end() => Some(*years.start()),
            _ => None,
        }
    }

    /// The years in words.
    pub fn name(&self) -> String {
        match self {
            Self::Latest => "the latest reports".to_owned(),
            Self::Within(years) if years.start() == years.end() => {
                format!("the {} report", years.start())
            }
            Self::Within(years) => format!("the reports of {}–{}", years.start(), years.end()),
        }
    }
}

/// A report year.
///
/// # Errors
/// There is no report of that year.
pub fn year(index: &Index, written: &str) -> Result<u16> {
    let known = index.years();
    let year = written.trim().parse().ok();
    year.filter(|year| known.contains(year)).with_context(|| {
        let (first, last) = (known.start(), known.end());
        format!(
            "there is no report of the year {}; give one from {first} to {last}",
            quoted(written)
        )
    })
}

/// What these data lack of the reports of these years, if anything.
pub fn coverage(index: &Index, years: &RangeInclusive<u16>) -> Option<String> {
    let incomplete = |report: &&Report| years.contains(&report.year) && !report.is_complete();
    let lacks = index.reports().iter().filter(incomplete).map(|report| {
        let missing = missing(index, report);
        let missing: Vec<_> = missing.iter().map(|country| &country.name).collect();
        format!("{} ({})", report.year, joined(&missing, "and"))
    });
    let lacks: Vec<_> = lacks.collect();
    (!lacks.is_empty()).then(|| {
        format!(
            "these data do not cover every report fully: {}; see 'tip coverage'",
            lacks.join(", ")
        )
    })
}

/// The countries of a report that these data are known to lack.
pub fn missing<'index>(index: &'index Index, report: &Report) -> Vec<&'index Country> {
    let codes = report.missing.iter();
    codes.filter_map(|iso3| index.country(iso3)).collect()
}

/// What must be known of these countries' rows in these years, each thing once.
pub fn notes(index: &Index, countries: &[&Country], years: &RangeInclusive<u16>) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for note in countries
        .iter()
        .flat_map(|country| index.notes(country, years))
    {
        if !notes.contains(&note.text) {
            notes.push(note.text.clone());
        }
    }
    notes
}
