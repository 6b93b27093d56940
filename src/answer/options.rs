//! The options that several commands share: a region and report years.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::index::names::fold::fold;
use crate::index::region::Region;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::text::quoted;

/// The option that names a region.
#[derive(Debug, Args)]
pub struct RegionOption {
    /// The countries of this region, such as europe, EU or AF; 'tip regions' lists them [default: balkans; the world in
    /// changes, watch-list and counts by region]
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
        region_written(index, self.region.as_deref().unwrap_or(none))
    }
}

/// The region that people write so.
///
/// # Errors
/// There is none; the message names the nearest.
pub fn region_written<'index>(index: &'index Index, written: &str) -> Result<&'index Region> {
    index.region_written(written).with_context(|| {
        let near = nearest(index, written);
        let near = near.map_or(String::new(), |near| format!("; nearest is '{near}'"));
        format!(
            "there is no region {}{near}; 'tip regions' lists them",
            quoted(written)
        )
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
        let fill = match years {
            Years::Within(range) if range.start() != range.end() => Fill::Own,
            _ => Fill::Latest,
        };
        self.fill.unwrap_or(fill)
    }
}
