//! The one row: a country in the report of a year.

use std::cell::OnceCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

use crate::index::country::Tile;
use crate::index::role::{LAST_STATED, last_stated};
use crate::index::watch_list::Clock;
use crate::index::{
    Change, Country, Direction, Evidence, GovernmentList, History, Index, Placement, StatedRoles,
    Tier, Wording,
};

/// A country, and what the data hold of it in every report.
#[derive(Debug)]
pub struct CountryRecord<'i> {
    pub index: &'i Index,
    pub history: History<'i>,
    roles: OnceCell<Vec<StatedRoles>>,
    earlier_roles: OnceCell<Vec<StatedRoles>>,
}

impl<'i> CountryRecord<'i> {
    /// A country with its placements. Its roles are read when they are asked for.
    pub fn new(index: &'i Index, country: &'i Country) -> Rc<Self> {
        let (roles, earlier_roles) = (OnceCell::new(), OnceCell::new());
        Rc::new(Self { index, history: index.history(country), roles, earlier_roles })
    }

    pub fn in_report(self: &Rc<Self>, year: u16) -> CountryReport<'i> {
        CountryReport { record: Rc::clone(self), year: Some(year) }
    }

    pub fn undated_roles(&self) -> Option<&StatedRoles> {
        let (index, country) = (self.index, self.history.country);
        let mut roles = self.roles.get_or_init(|| index.every_role(country).collect()).iter();
        roles.find(|stated| stated.year.is_none())
    }

    /// The roles last stated at or before the report of a year.
    fn roles(&self, year: u16) -> Option<&StatedRoles> {
        let (index, country) = (self.index, self.history.country);
        let last =
            last_stated(self.roles.get_or_init(|| index.every_role(country).collect()), year);
        if last.is_some_and(|last| last.year >= Some(LAST_STATED)) {
            return last;
        }
        let earlier = || index.earlier_roles(country).collect();
        let earlier = self.earlier_roles.get_or_init(earlier).iter();
        last_stated(earlier.chain(last), year)
    }
}

#[derive(Clone, Debug)]
pub struct CountryReport<'i> {
    pub record: Rc<CountryRecord<'i>>,
    /// The report year; none of a country that has no placement in any of several years asked for.
    pub year: Option<u16>,
}

impl<'i> CountryReport<'i> {
    pub fn index(&self) -> &'i Index {
        self.record.index
    }

    pub fn country(&self) -> &'i Country {
        self.record.history.country
    }

    /// The placement, if the data have one.
    pub fn placed(&self) -> Option<&Placement> {
        self.record.history.in_year(self.year?)
    }

    /// The tier, if it is known.
    pub fn tier(&self) -> Option<Tier> {
        self.index().tier_in(&self.record.history, self.year?)
    }

    pub fn is_in_report(&self) -> bool {
        self.tier().is_some_and(Tier::is_in_report)
    }

    pub fn is_confirmed(&self) -> bool {
        self.placed().is_some_and(|placed| placed.evidence == Evidence::Confirmed)
    }

    pub fn newest(&self) -> Option<&Placement> {
        self.record.history.in_year(*self.index().years().end())
    }

    /// The roles last stated up to that report; beside a report that does not have the country, only those of its year.
    pub fn stated(&self) -> Option<&StatedRoles> {
        let stated = self.record.roles(self.year?)?;
        let is_shown = self.is_in_report() || stated.year.is_none() || stated.year == self.year;
        is_shown.then_some(stated)
    }

    /// The newest sentence on roles up to that report that the data have, and its year.
    pub fn newest_sentence_on_roles(&self) -> Option<(u16, String)> {
        let (index, country) = (self.index(), self.country());
        let all = index.earlier_roles(country).chain(index.every_role(country));
        let sentences = all.filter_map(|it| Some((it.year?, it.quote.to_string())));
        let up_to = |(year, quote): &(u16, String)| Some(*year) <= self.year && !quote.is_empty();
        sentences.filter(up_to).max_by_key(|(year, _)| *year)
    }

    /// What the tier means in that report.
    pub fn definition(&self) -> Option<&'i Wording> {
        self.index().wording(self.tier()?, self.year?)
    }

    /// The placement before, the last one known.
    pub fn before(&self) -> Option<&Placement> {
        let year = self.placed()?.year;
        self.record.history.placements().iter().rfind(|before| before.year < year)
    }

    /// The change of tier since the placement before, if there was one.
    pub fn change(&self) -> Option<Change<'_>> {
        let year = self.year?;
        self.record.history.changes().find(|change| change.after.year == year)
    }

    /// The change in a word; none where no placement before is known.
    pub fn direction(&self) -> Option<String> {
        match self.change() {
            Some(change) => Some(change.direction().to_string()),
            None => self.before().map(|_| "unchanged".to_owned()),
        }
    }

    /// Returns every run of one tier in the whole reports up to a year.
    pub fn runs_to(&self, last: u16) -> Vec<Run> {
        let (index, history) = (self.index(), &self.record.history);
        runs(*index.years().start()..=last, |year| index.tier_in(history, year))
    }

    /// The first report of the run in this tier.
    pub fn since(&self) -> Option<u16> {
        self.run_from(self.placed()?)
    }

    /// The first report of the run in the tier of the newest report.
    pub fn latest_since(&self) -> Option<u16> {
        self.run_from(self.newest()?)
    }

    fn run_from(&self, placed: &Placement) -> Option<u16> {
        Some(self.record.history.run_to(placed).first()?.year)
    }

    /// How long it has been on the Watch List, and what the rule says; none where it is not on it.
    pub fn clock(&self) -> Option<Clock<'i>> {
        self.index().clock(&self.record.history, self.placed()?)
    }

    /// Whether it is on a list in that report; none where the data do not say.
    pub fn is_on(&self, list: &GovernmentList) -> Option<bool> {
        self.index().is_on(list, &self.record.history, self.placed()?)
    }

    /// The lists it is known to be on in that report, and those of which it is unknown; none where it has no placement.
    pub fn lists(&self) -> Option<(Vec<&'i GovernmentList>, Vec<&'i GovernmentList>)> {
        self.placed()?;
        let (mut on, mut open) = (Vec::new(), Vec::new());
        for list in self.index().lists() {
            match self.is_on(list) {
                Some(true) => on.push(list),
                Some(false) => {}
                None => open.push(list),
            }
        }
        Some((on, open))
    }

    /// The citations of what puts it on lists.
    pub fn list_sources(&self) -> Option<Vec<String>> {
        let (index, placed) = (self.index(), self.placed()?);
        let rows = index.lists().iter().filter_map(|list| index.listing(list, placed));
        let ids = rows.flat_map(|row| row.sources);
        let citations: Vec<String> = ids.filter_map(|id| index.citation(&id)).collect();
        (!citations.is_empty()).then_some(citations)
    }

    /// The citation of the report, or of its chapter on the country.
    pub fn document(&self) -> Option<String> {
        let year = self.placed()?.year;
        Some(self.index().document(self.country(), year)?.citation())
    }

    /// Where the State Department has the chapter, or else the report.
    pub fn link(&self) -> Option<String> {
        let year = self.year.filter(|_| self.is_in_report())?;
        self.index().link(self.country(), year)
    }

    /// Its place on the map, if it has one.
    pub fn tile(&self) -> Option<Tile> {
        let (tiles, iso3) = (self.index().tiles(), self.country().iso3);
        let index = tiles.binary_search_by(|tile| tile.iso3.cmp(iso3)).ok()?;
        tiles.get(index).copied()
    }

    /// What must be known of the country in that report; empty where nothing is.
    pub fn country_note(&self) -> String {
        let years = self.year.map(|year| year..=year);
        let notes = years.iter().flat_map(|years| self.index().notes(self.country(), years));
        notes.map(|note| note.text).collect::<Vec<&str>>().join("; ")
    }
}

/// Reports that follow one another with one tier: the first, the last, and the tier if it is known.
pub type Run = (u16, u16, Option<Tier>);

/// Returns the runs of one tier in the reports of these years, each of which has the tier that `tier` says.
pub fn runs(years: RangeInclusive<u16>, tier: impl Fn(u16) -> Option<Tier>) -> Vec<Run> {
    let tiers: Vec<_> = years.map(|year| (year, tier(year))).collect();
    let runs = tiers.chunk_by(|(_, a), (_, b)| a == b).filter_map(|run| {
        let ((from, tier), (to, _)) = run.first().zip(run.last())?;
        Some((*from, *to, *tier))
    });
    runs.collect()
}

/// Countries that moved from one rank to another.
#[derive(Debug)]
pub struct Move<'r, 'i> {
    pub before: Tier,
    pub after: Tier,
    pub rows: Vec<&'r CountryReport<'i>>,
}

impl Move<'_, '_> {
    pub fn is_up(&self) -> bool {
        self.after < self.before
    }
}

/// Returns the moves between ranks since the report before, those up first.
pub fn moves<'r, 'i>(rows: &'r [CountryReport<'i>]) -> Vec<Move<'r, 'i>> {
    let mut found: Vec<Move<'r, 'i>> = Vec::new();
    for row in rows {
        let Some(change @ Change { before, after }) = row.change() else { continue };
        if !matches!(change.direction(), Direction::Upgraded | Direction::Downgraded) {
            continue;
        }
        let (before, after) = (before.tier, after.tier);
        match found.iter_mut().find(|known| (known.before, known.after) == (before, after)) {
            Some(known) => known.rows.push(row),
            None => found.push(Move { before, after, rows: vec![row] }),
        }
    }
    // Upgrades stand first: from a lower rank to a higher one.
    found.sort_by_key(|it| (!it.is_up(), it.before, it.after));
    found
}
