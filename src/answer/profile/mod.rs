//! A country and one of its placements as a row: what `lookup` and `list` show.

pub mod card;
pub mod columns;
mod standing;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::answer::options::Fill;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::lists::GovernmentList;
use crate::index::placement::{Evidence, History, Placement};
use crate::index::role::{self, StatedRoles};
use crate::index::tier::Wording;
use crate::index::watch_list::Clock;
use crate::output::cell::Cell;

/// A country that is asked about, and what these data hold of it.
#[derive(Debug)]
pub struct Subject<'i> {
    index: &'i Index,
    /// The country with its placements.
    pub history: History<'i>,
    roles: OnceCell<Vec<StatedRoles>>,
    earlier_roles: OnceCell<Vec<StatedRoles>>,
    fill: Fill,
}

impl<'i> Subject<'i> {
    /// A country with its placements. Its roles are read when they are asked for.
    pub fn new(index: &'i Index, country: &'i Country, fill: Fill) -> Self {
        Self {
            index,
            history: index.history(country),
            roles: OnceCell::new(),
            earlier_roles: OnceCell::new(),
            fill,
        }
    }

    /// The roles stated in the report of a year; if it states none, as `Fill` says those of the newest report that does, or
    /// else undated ones.
    pub fn roles(&self, year: u16) -> Option<&StatedRoles> {
        let (index, country) = (self.index, self.history.country);
        let roles = || index.every_role(country).collect();
        let stated = role::of_year(self.roles.get_or_init(roles), year);
        if stated.is_some_and(|stated| stated.year == Some(year)) {
            return stated;
        }
        let earlier = || index.earlier_roles(country).collect();
        let mut earlier = self.earlier_roles.get_or_init(earlier).iter();
        let own = earlier.find(|stated| stated.year == Some(year));
        own.or(stated.filter(|_| self.fill == Fill::Latest))
    }
}

impl Subject<'_> {
    /// The roles that an undated document states.
    fn undated_roles(&self) -> Option<&StatedRoles> {
        let roles = || self.index.every_role(self.history.country).collect();
        let mut roles = self.roles.get_or_init(roles).iter();
        roles.find(|stated| stated.year.is_none())
    }
}

/// A row: a country and its placement in one report.
#[derive(Clone, Debug)]
pub struct Profile<'i> {
    subject: Rc<Subject<'i>>,
    placed: Option<Placement>,
    year: Option<u16>,
}

impl<'i> Profile<'i> {
    /// A placement of a country.
    pub fn placed(subject: &Rc<Subject<'i>>, placed: &Placement) -> Self {
        Self { subject: Rc::clone(subject), placed: Some(placed.clone()), year: Some(placed.year) }
    }

    /// A country without a placement in the report of this year, or in any where it is none.
    pub fn unknown(subject: &Rc<Subject<'i>>, year: Option<u16>) -> Self {
        Self { subject: Rc::clone(subject), placed: None, year }
    }

    /// Whether these data have any placement of the country.
    pub fn is_known(&self) -> bool {
        self.subject.history.latest().is_some()
    }

    /// Whether the tier is confirmed.
    pub fn is_confirmed(&self) -> bool {
        let placed = self.placed.as_ref();
        placed.is_some_and(|placed| placed.evidence == Evidence::Confirmed)
    }

    /// Whether the report has a chapter on the country.
    fn is_in_report(&self) -> bool {
        self.placed.as_ref().is_some_and(|placed| placed.tier.is_in_report())
    }

    /// The report of another year.
    fn of_year(&self, year: u16) -> Self {
        match self.subject.history.of(year) {
            Some(placed) => Self::placed(&self.subject, placed),
            None => Self::unknown(&self.subject, Some(year)),
        }
    }

    /// The country.
    pub fn country(&self) -> &'i Country {
        self.subject.history.country
    }

    /// The roles; beside a report that does not have the country, only those of its own year.
    fn stated(&self) -> Option<&StatedRoles> {
        let stated = self.subject.roles(self.year.unwrap_or_default())?;
        (self.is_in_report() || stated.year.is_none() || stated.year == self.year).then_some(stated)
    }

    /// What the tier means in the report of the placement.
    fn definition(&self) -> Option<&Wording> {
        let placed = self.placed.as_ref()?;
        self.subject.index.wording(placed.tier, placed.year)
    }

    /// What the change of tier to that report was, or that there was none since the one before; none where no earlier
    /// report is known.
    fn change(&self) -> Option<String> {
        let (history, placed) = (&self.subject.history, self.placed.as_ref()?);
        let mut changes = history.changes();
        if let Some(change) = changes.find(|change| change.after.year == placed.year) {
            return Some(change.direction().to_string());
        }
        let mut known = history.placements().iter();
        let has_earlier = known.any(|it| it.year < placed.year);
        has_earlier.then(|| "unchanged".to_owned())
    }

    /// Whether it is on a list in that report; none where these data do not say.
    pub fn is_on(&self, list: &GovernmentList) -> Option<bool> {
        let placed = self.placed.as_ref()?;
        self.subject.index.is_on(list, &self.subject.history, placed)
    }

    fn clock(&self) -> Option<Clock<'_>> {
        let Subject { index, history, .. } = &*self.subject;
        index.clock(history, self.placed.as_ref()?)
    }

    /// The report, or its chapter on the country.
    fn document(&self) -> Option<String> {
        let year = self.placed.as_ref()?.year;
        let document = self.subject.index.document(self.country(), year)?;
        Some(document.citation())
    }

    /// Where the State Department has the chapter, or else the report.
    fn link(&self) -> Option<String> {
        let placed = self.placed.as_ref().filter(|it| it.tier.is_in_report())?;
        self.subject.index.link(self.country(), placed.year)
    }

    /// The citations of what the placement was read from.
    fn transcriptions(&self) -> Option<Cell> {
        let ids = self.placed.as_ref()?.source_ids();
        let citations = ids.filter_map(|id| self.subject.index.citation(id));
        Some(Cell::list(citations))
    }

    /// The lists the country is known to be on in that report, and those of which it is unknown.
    fn lists_on(&self) -> Option<(Vec<&'i GovernmentList>, Vec<&'i GovernmentList>)> {
        self.placed.as_ref()?;
        let index = self.subject.index;
        let (mut on, mut open) = (Vec::new(), Vec::new());
        for list in index.lists() {
            match self.is_on(list) {
                Some(true) => on.push(list),
                Some(false) => {}
                None => open.push(list),
            }
        }
        Some((on, open))
    }

    /// The same as a cell: missing where the country is known to be on no list, and unknown of another.
    fn lists(&self) -> Option<Cell> {
        let (on, open) = self.lists_on()?;
        let lists = on.iter().map(|list| list.id);
        (!on.is_empty() || open.is_empty()).then(|| Cell::list(lists))
    }

    /// The citations of what puts the country on them.
    fn list_sources(&self) -> Option<Cell> {
        let (index, placed) = (self.subject.index, self.placed.as_ref()?);
        let known = index.lists().iter();
        let rows = known.filter_map(|list| index.listing(list, placed));
        let ids = rows.flat_map(|row| row.sources);
        let citations: Vec<_> = ids.filter_map(|id| index.citation(&id)).collect();
        (!citations.is_empty()).then(|| Cell::list(citations))
    }

    fn since(&self) -> Option<u16> {
        self.run_from(self.placed.as_ref()?)
    }

    /// The first report of the run that ends with a placement.
    fn run_from(&self, placed: &Placement) -> Option<u16> {
        let run = self.subject.history.run_to(placed);
        Some(run.first()?.year)
    }

    /// The placement in the newest report.
    fn newest(&self) -> Option<&Placement> {
        let Subject { index, history, .. } = &*self.subject;
        history.of(*index.years().end())
    }

    /// What must be known of the country in that report; empty where nothing is.
    fn country_note(&self) -> String {
        let years = self.year.map(|year| year..=year).into_iter();
        let notes = years.flat_map(|years| {
            let notes = self.subject.index.notes(self.country(), &years);
            notes.map(|note| &*note.text).collect::<Vec<_>>()
        });
        notes.collect::<Vec<_>>().join("; ")
    }

    /// What must be known of the country and of the tier in that report.
    fn note(&self) -> String {
        let definition = self.definition().map_or("", |definition| &*definition.note);
        let notes = [self.country_note(), definition.to_owned()];
        let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
        notes.join("; ")
    }
}
