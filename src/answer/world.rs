//! Every country in the report of one year, read once for all the pages of a call.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::columns::released;
use crate::answer::map::{Shown, drawing, on_map};
use crate::answer::{CountryRecord, CountryReport};
use crate::index::{Country, Index, Region, WORLD};
use crate::output::{Drawing, Rich};

/// What the pages of one call share.
#[derive(Debug)]
pub struct World<'i> {
    pub index: &'i Index,
    pub year: u16,
    /// Every country, in this report.
    pub rows: Vec<CountryReport<'i>>,
    /// The file of each country's page in a site; none where a page stands alone.
    pub files: BTreeMap<&'i str, String>,
    /// What stands at the foot of each page.
    pub footer: String,
}

impl<'i> World<'i> {
    pub fn new(index: &'i Index, year: u16, footer: String) -> Self {
        let countries = index.countries_in(WORLD).into_iter();
        let rows = countries.map(|country| CountryRecord::new(index, country).in_report(year));
        Self { index, year, rows: rows.collect(), files: BTreeMap::new(), footer }
    }

    /// Whose statement the pages are, and of which report.
    pub fn kicker(&self) -> String {
        format!("US Trafficking in Persons Report, {}", self.year)
    }

    /// Begins a sentence on the report: "In its 2025 report, released on 29 September 2025, the US Department of State".
    pub fn in_its_report(&self) -> String {
        let date = self.index.report(self.year).and_then(|it| self.index.source(it.document));
        let date = date.map_or(String::new(), |source| released(source.date));
        format!("In its {} report,{date} the US Department of State", self.year)
    }

    /// The report before, if there is one.
    pub fn before(&self) -> Option<u16> {
        let before = self.year - 1;
        self.index.years().contains(&before).then_some(before)
    }

    /// Every country of a region, by name.
    pub fn all_in(&self, region: &Region) -> Vec<CountryReport<'i>> {
        let inside = self.index.countries_in(region.code);
        let inside: BTreeSet<&str> = inside.iter().map(|country| country.iso3).collect();
        let rows = self.rows.iter().filter(|row| inside.contains(row.country().iso3));
        rows.cloned().collect()
    }

    /// The countries of a region that the report has, by name.
    pub fn reported_in(&self, region: &Region) -> Vec<CountryReport<'i>> {
        let mut rows = self.all_in(region);
        rows.retain(CountryReport::is_in_report);
        rows
    }

    /// The countries of a region that the report ranks or describes by themselves: one whose rank is that of a larger state
    /// counts with that.
    pub fn counted_in(&self, region: &Region) -> Vec<CountryReport<'i>> {
        let mut rows = self.reported_in(region);
        rows.retain(|row| row.placed().is_some_and(|placed| placed.ranked_as.is_empty()));
        rows
    }

    /// The region on the map, without the lines that stand elsewhere on a page. In a site its squares lead to pages.
    pub fn map(&self, region: &Region, changes: bool) -> Drawing {
        let shown = Shown { changes, files: Some(&self.files), ..Shown::default() };
        let rows = on_map(self.all_in(region));
        let drawing = drawing(self.index, shown, &rows, region, self.year, &[]);
        Drawing { lines: Vec::new(), ..drawing }
    }

    /// The name of a country, which in a site leads to its page.
    pub fn name(&self, country: &Country) -> Rich {
        match self.files.get(country.iso3) {
            Some(file) => Rich::default().to_page(country.name, file),
            None => Rich::from(country.name),
        }
    }

    /// Names with commas between them.
    pub fn names<'r>(&self, rows: impl IntoIterator<Item = &'r CountryReport<'i>>) -> Rich
    where
        'i: 'r,
    {
        let mut names = Rich::default();
        for row in rows {
            let comma = if names.0.is_empty() { "" } else { ", " };
            names = names.plain(comma).and(self.name(row.country()));
        }
        names
    }
}
