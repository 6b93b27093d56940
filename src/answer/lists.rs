//! The lists of governments that a user asks for, and what must be said of how far these data know them.

use std::ops::RangeInclusive;

use anyhow::{Context, Result};

use crate::index::Index;
use crate::index::lists::GovernmentList;
use crate::index::placement::{History, Placement};
use crate::text::{decapitalised, joined, quoted, spans};

/// Lists, every one of which a country must be on.
#[derive(Debug)]
pub struct OnLists<'i> {
    index: &'i Index,
    lists: Vec<&'i GovernmentList>,
    /// The countries of which it is unknown although the list of the year is whole, with the year.
    unknown: Vec<String>,
}

impl<'i> OnLists<'i> {
    /// The lists that the user wrote.
    pub fn named(index: &'i Index, written: &[String]) -> Result<Self> {
        let lists = written.iter().map(|written| {
            index.lists().iter().find(|list| list.is_written(written)).with_context(|| {
                let known = index.lists().iter().map(|list| list.id);
                let known: Vec<_> = known.collect();
                let (written, known) = (quoted(written), joined(&known, "and"));
                format!("there is no list {written}; the lists are {known}")
            })
        });
        Ok(Self { index, lists: lists.collect::<Result<_>>()?, unknown: Vec::new() })
    }

    /// Whether a country is known to be on every list in the report of a placement.
    pub fn hold(&mut self, history: &History<'_>, placed: &Placement) -> bool {
        let holds = |list: &&GovernmentList| self.index.is_on(list, history, placed);
        let known: Vec<_> = self.lists.iter().map(holds).collect();
        let is_open = !known.contains(&Some(false)) && known.contains(&None);
        let mut lists = self.lists.iter();
        if is_open && lists.all(|list| list.whole.contains(&placed.year)) {
            let unknown = format!("{} ({})", history.country.name, placed.year);
            self.unknown.push(unknown);
        }
        known.iter().all(|known| *known == Some(true))
    }

    /// Whether all is known of the lists of these years and of the countries asked about so far.
    pub fn are_whole(&self, years: &RangeInclusive<u16>) -> bool {
        let mut lists = self.lists.iter();
        self.unknown.is_empty() && lists.all(|list| lacking(list, years).is_empty())
    }

    /// What each list is.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let lists = self.lists.iter();
        lists.map(|list| format!("{}: {}", list.name, decapitalised(&list.definition)))
    }

    /// What these data lack of the lists in these years.
    pub fn lack(&self, years: &RangeInclusive<u16>) -> Vec<String> {
        let lists = self.lists.iter().filter_map(|list| {
            let lacking = lacking(list, years);
            let lacks = (!lacking.is_empty()).then(|| spans(&lacking))?;
            let newest = list.whole.last().filter(|newest| lacking.contains(years.end()) && years.end() > *newest);
            let newest = newest.map_or(String::new(), |year| format!("; '--year {year}' has the newest that is"));
            Some(format!(
                "the {} of {lacks} is not whole in these data: that a country is not shown says nothing there{newest}",
                list.name
            ))
        });
        let unknown = (!self.unknown.is_empty()).then(|| {
            let countries = joined(&self.unknown, "and");
            format!("these data do not say whether listed: {countries}")
        });
        lists.chain(unknown).collect()
    }
}

/// The years whose list is not whole in these data.
fn lacking(list: &GovernmentList, years: &RangeInclusive<u16>) -> Vec<u16> {
    let lacks = |year: &u16| !list.whole.contains(year);
    years.clone().filter(lacks).collect()
}
