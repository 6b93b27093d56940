//! The rows of countries that are asked about one after the other: those a user names, or those given.

use std::collections::VecDeque;

use anyhow::Result;

use crate::answer::cache::Cache;
use crate::answer::caveats::no_placement;
use crate::answer::{CountryRecord, Typed, TypedName, TypedNames};
use crate::index::{Country, Index, Years};
use crate::output::{Item, Remarks, TableRow};

/// How many names that are not found are named. More than that nobody reads.
const MOST_NAMED: usize = 1000;

/// A country that was met, and what there is of it: made once, however often it is asked for.
pub struct Met<'i> {
    pub country: &'i Country,
    pub rows: Vec<TableRow<'i>>,
    /// What to say if it has no placement in the years asked about.
    pub missing: Option<String>,
}

impl<'i> Met<'i> {
    /// These rows of a country; where it has no placement in these years, that and why.
    pub fn new(record: &CountryRecord<'i>, rows: Vec<TableRow<'i>>, years: &Years) -> Self {
        let (index, history) = (record.index, &record.history);
        let is_missing = history.within(years).next().is_none();
        let missing = is_missing.then(|| no_placement(index, history, years));
        Self { country: history.country, rows, missing }
    }
}

type Make<'i> = Box<dyn Fn(&'i Country) -> Met<'i> + 'i>;

/// Says what must be said of the countries that were met.
type Finish<'i> = Box<dyn FnOnce(&[Met<'i>]) -> Remarks + 'i>;

/// The rows of countries, one country after the other, and in the end what must be said of them.
pub struct CountryRows<'i> {
    index: &'i Index,
    years: Years,
    names: TypedNames,
    make: Make<'i>,
    finish: Option<Finish<'i>>,
    /// The index in `met` of what a name stands for; none where it stands for none.
    resolved: Cache<Option<usize>>,
    met: Vec<Met<'i>>,
    queue: VecDeque<Item<'i>>,
    /// How many names were not found, or have no placement in these years.
    missing: usize,
}

impl<'i> CountryRows<'i> {
    /// The rows of the countries that the arguments of a command name.
    pub fn named(
        index: &'i Index,
        names: Vec<String>,
        years: &Years,
        make: impl Fn(&'i Country) -> Met<'i> + 'i,
    ) -> Self {
        let names = TypedNames::new(names).without_blank();
        Self {
            index,
            years: years.clone(),
            names,
            make: Box::new(make),
            finish: None,
            resolved: Cache::new(),
            met: Vec::new(),
            queue: VecDeque::new(),
            missing: 0,
        }
    }

    /// Shows these countries, each once, whether or not they have placements.
    pub fn showing(mut self, countries: Vec<&'i Country>) -> Self {
        self.met = countries.into_iter().map(&self.make).collect();
        let rows = self.met.iter().flat_map(|met| met.rows.iter().cloned());
        self.queue = rows.map(Item::Row).collect();
        self
    }

    /// Says this in the end of the countries that were met.
    pub fn finish(self, finish: impl FnOnce(&[Met<'i>]) -> Remarks + 'i) -> Self {
        Self { finish: Some(Box::new(finish)), ..self }
    }

    pub fn met(&self) -> &[Met<'i>] {
        &self.met
    }

    /// Queues what there is of a name.
    fn ask(&mut self, name: &TypedName) {
        let (index, years, met, make) = (self.index, &self.years, &mut self.met, &self.make);
        let found = self.resolved.get_or(name.written.as_bytes(), || {
            let country = name.meant(index, |state| index.is_placed(state, years))?;
            let same = |met: &Met<'_>| met.country.iso3 == country.iso3;
            Some(met.iter().position(same).unwrap_or_else(|| {
                met.push(make(country));
                met.len() - 1
            }))
        });
        let is_named = self.missing < MOST_NAMED;
        let mut said = Remarks::default();
        match found.and_then(|found| self.met.get(found)) {
            Some(met) => {
                self.queue.extend(met.rows.iter().cloned().map(Item::Row));
                match &met.missing {
                    Some(missing) if is_named => said.warn(name.warning(missing)),
                    Some(_) => {}
                    None => return,
                }
            }
            None if is_named => said.not_found(name.warning(&name.why(index))),
            None => {}
        }
        self.missing += 1;
        self.queue.push_back(Item::Said(said));
    }

    fn last(&mut self) -> Option<Item<'i>> {
        let finish = self.finish.take()?;
        let mut said = finish(&self.met);
        if let more @ 1.. = self.missing.saturating_sub(MOST_NAMED) {
            let verb = if more == 1 { "is" } else { "are" };
            said.not_found(format!("{more} more {verb} not found"));
        }
        Some(Item::Said(said))
    }
}

impl<'i> Iterator for CountryRows<'i> {
    type Item = Result<Item<'i>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.queue.pop_front() {
                return Some(Ok(next));
            }
            match self.names.next() {
                Some(Ok(Typed::Name(name))) => self.ask(&name),
                Some(Ok(Typed::Wait)) => return Some(Ok(Item::Wait)),
                Some(Err(error)) => return Some(Err(error)),
                None => return self.last().map(Ok),
            }
        }
    }
}
