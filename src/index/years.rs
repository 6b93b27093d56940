//! Report years as people write them: a year, a range, `latest` or `all`.

use std::ops::RangeInclusive;

use anyhow::{Context, Result, anyhow, bail};

use crate::index::Index;
use crate::index::placement::{History, Placement};
use crate::text::quoted;

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
            years => range(years, &known, |written| year(index, written))?,
        };
        Ok(Self::Within(years))
    }

    /// The one report year that people write so, `latest` among them.
    ///
    /// # Errors
    /// There is no report of that year.
    pub fn one(index: &Index, written: &str) -> Result<u16> {
        if written.trim().eq_ignore_ascii_case("latest") {
            return Ok(*index.years().end());
        }
        year(index, written)
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

/// The years of a year or a range that people write; an open end is that of the years `known`.
///
/// # Errors
/// `year` finds an end to be none, or the range ends before it begins.
pub fn range(
    written: &str,
    known: &RangeInclusive<u16>,
    year: impl Fn(&str) -> Result<u16>,
) -> Result<RangeInclusive<u16>> {
    let ends = written.split_once("..");
    let years = match ends.or_else(|| written.split_once(['-', '–'])) {
        None => year(written)
            .map(|year| year..=year)
            .map_err(|error| anyhow!("{error}, a range such as 2015..2020, 'latest' or 'all'"))?,
        Some((from, to)) => {
            // The `=` of a range as Rust writes it means what is meant here anyway.
            let to = to.trim_start_matches('=');
            let end = |written: &str, open| match written {
                "" => Ok(open),
                written => year(written),
            };
            end(from, *known.start())?..=end(to, *known.end())?
        }
    };
    if years.is_empty() {
        bail!("the range {} ends before it begins", quoted(written));
    }
    Ok(years)
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
