//! What the rows about ranks and roles say: years, tiers, references, and how many countries a report has.

use anyhow::Result;

use crate::index::Index;
use crate::index::count::distinct;
use crate::index::files::Files;
use crate::index::placement::Placement;
use crate::index::report::{Note, Report};
use crate::index::role::StatedRoles;
use crate::index::rules::meaning::Check;
use crate::index::sorted::rows;
use crate::index::tier::Tier;
use crate::index::watch_list::WatchListRule;

/// The first report with a Watch List, and the first that ranks the United States.
pub(super) const FIRST_WATCH_LIST: u16 = 2004;
const FIRST_OF_USA: u16 = 2010;

impl Check {
    /// # Errors
    /// A row that cannot be read.
    pub(super) fn ranks(&mut self, files: Files, known: &Index) -> Result<()> {
        let placements = rows::<Placement>(files.named("placements.csv"))?;
        self.placements(&placements, known);
        self.roles(&rows::<StatedRoles>(files.named("roles.csv"))?, known);
        self.reports(&known.reports, &placements, known);
        self.notes(&known.notes, known);
        self.watch_list_rules(&known.watch_list_rules);
        Ok(())
    }

    fn code(&mut self, index: usize, known: &Index, iso3: &str) {
        let what = format!("no country has the code '{iso3}'; add it to data/countries.csv");
        self.demand(known.country(iso3).is_some(), index, "iso3", &what);
    }

    fn placements(&mut self, placements: &[Placement], known: &Index) {
        self.file = "placements.csv";
        for (index, placed) in placements.iter().enumerate() {
            self.code(index, known, placed.iso3);
            let is_report = known.years().contains(&placed.year);
            self.demand(
                is_report,
                index,
                "year",
                "no report of that year is in data/reports.csv",
            );
            let early = placed.tier == Tier::WatchList && placed.year < FIRST_WATCH_LIST;
            let what = format!("no Watch List before {FIRST_WATCH_LIST}");
            self.demand(!early, index, "tier", &what);
            let early = placed.iso3 == "USA" && placed.tier.is_rank() && placed.year < FIRST_OF_USA;
            let what = format!("no rank of the United States before {FIRST_OF_USA}");
            self.demand(!early, index, "tier", &what);
            for id in placed.source_ids() {
                self.source(index, "sources", id);
            }
            let state = known
                .country(placed.iso3)
                .and_then(|country| country.dissolved);
            let over = state.is_some_and(|dissolved| placed.year > dissolved);
            self.demand(!over, index, "year", "after the state ceased to exist");
            self.shared_rank(index, placed, placements);
        }
    }

    /// A rank that a row repeats stands in the row of the state that bore it.
    fn shared_rank(&mut self, index: usize, placed: &Placement, placements: &[Placement]) {
        let same = placed.ranked_as.is_empty()
            || placements.iter().any(|other| {
                (other.iso3, other.year, other.tier) == (placed.ranked_as, placed.year, placed.tier)
            });
        let what = format!("'{}' has no such rank in that year", placed.ranked_as);
        self.demand(same, index, "ranked_as", &what);
    }

    fn roles(&mut self, roles: &[StatedRoles], known: &Index) {
        self.file = "roles.csv";
        for (index, stated) in roles.iter().enumerate() {
            self.code(index, known, stated.iso3);
            let ordered = !stated.roles.is_empty() && stated.roles.is_sorted_by(|a, b| a < b);
            let what = "none, one twice, or not in the order source, transit, destination";
            self.demand(ordered, index, "roles", what);
            let country = known.country(stated.iso3);
            let placed = stated.year.is_none_or(|year| {
                country.is_some_and(|country| known.history(country).of(year).is_some())
            });
            self.demand(
                placed,
                index,
                "year",
                "no placement of that country and year",
            );
            self.source(index, "source", stated.source);
        }
    }

    /// One report a year without a gap; the placements of a complete one are as many as it has countries.
    fn reports(&mut self, reports: &[Report], placements: &[Placement], known: &Index) {
        self.file = "reports.csv";
        for (index, (before, report)) in reports.iter().zip(reports.iter().skip(1)).enumerate() {
            let next = before.year + 1 == report.year;
            self.demand(next, index + 1, "year", "not the year after the one before");
        }
        for (index, report) in reports.iter().enumerate() {
            self.source(index, "document", &report.document);
            let in_report =
                |placed: &&Placement| placed.year == report.year && placed.tier.is_in_report();
            let placed = placements.iter().filter(in_report);
            let found = distinct(placed.clone()) + report.missing.len();
            let fits = report
                .countries
                .is_none_or(|countries| usize::from(countries) == found);
            self.demand(
                fits,
                index,
                "countries",
                &format!("{found} are placed or missing"),
            );
            for iso3 in &report.missing {
                self.code(index, known, iso3);
                let absent = placed.clone().all(|placed| placed.ranked() != iso3);
                self.demand(
                    absent,
                    index,
                    "missing",
                    &format!("'{iso3}' has a placement"),
                );
            }
        }
    }

    fn notes(&mut self, notes: &[Note], known: &Index) {
        self.file = "notes.csv";
        for (index, note) in notes.iter().enumerate() {
            self.code(index, known, &note.iso3);
            self.source(index, "source", &note.source);
            self.demand(note.from <= note.to, index, "to", "before 'from'");
        }
    }

    fn watch_list_rules(&mut self, rules: &[WatchListRule]) {
        self.file = "watch_list_rules.csv";
        for (index, rule) in rules.iter().enumerate() {
            self.source(index, "source", &rule.source);
        }
    }
}
