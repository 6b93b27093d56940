//! The options that several commands share: a region and report years.

use anyhow::{Context, Result};
use clap::Args;

use crate::index::report::Region;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::text::{joined, quoted};

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
