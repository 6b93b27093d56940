//! What the rows about ranks and roles say: years, tiers, and how many countries a report has.

use anyhow::Result;

use crate::index::Index;
use crate::index::count::distinct;
use crate::index::file::Files;
use crate::index::placement::Placement;
use crate::index::report::{Chapter, Note, Report};
use crate::index::role::{Earlier, StatedRoles};
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
        self.roles("roles.csv", &rows(files.named("roles.csv"))?, known);
        let earlier: Vec<Earlier> = rows(files.named("roles_history.csv"))?;
        let earlier: Vec<StatedRoles> = earlier.into_iter().map(|it| it.0).collect();
        self.roles("roles_history.csv", &earlier, known);
        self.reports(&known.reports, &placements);
        self.chapters(&rows(files.named("chapters.csv"))?, known);
        self.notes(&known.notes);
        self.watch_list_rules(&known.watch_list_rules);
        Ok(())
    }

    fn placements(&mut self, placements: &[Placement], known: &Index) {
        self.file = "placements.csv";
        for (index, placed) in placements.iter().enumerate() {
            let early = placed.tier == Tier::WatchList && placed.year < FIRST_WATCH_LIST;
            let what = format!("no Watch List before {FIRST_WATCH_LIST}");
            self.demand(!early, index, "tier", &what);
            let early = placed.iso3 == "USA" && placed.tier.is_rank() && placed.year < FIRST_OF_USA;
            let what = format!("no rank of the United States before {FIRST_OF_USA}");
            self.demand(!early, index, "tier", &what);
            let state = known.country(placed.iso3).and_then(|country| country.dissolved);
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
        let what = format!(
            "'{}' has no such rank in that year; it has a row of its own",
            placed.ranked_as
        );
        self.demand(same, index, "ranked_as", &what);
    }

    fn roles(&mut self, file: &'static str, roles: &[StatedRoles], known: &Index) {
        self.file = file;
        for (index, stated) in roles.iter().enumerate() {
            let ordered = !stated.roles.is_empty() && stated.roles.is_sorted_by(|a, b| a < b);
            let what = "none, one twice, or not in the order source, transit, destination";
            self.demand(ordered, index, "roles", what);
            let placed = stated.year.is_none_or(|year| is_in_report(known, stated.iso3, year));
            let what = "no placement of that country and year; add it to placements.csv";
            self.demand(placed, index, "year", what);
        }
    }

    /// One report a year without a gap; the placements of one are as many as it has countries.
    fn reports(&mut self, reports: &[Report], placements: &[Placement]) {
        self.file = "reports.csv";
        for (index, (before, report)) in reports.iter().zip(reports.iter().skip(1)).enumerate() {
            let next = before.year + 1 == report.year;
            let what = "not the year after the one before; add the report between";
            self.demand(next, index + 1, "year", what);
        }
        for (index, report) in reports.iter().enumerate() {
            let in_report =
                |placed: &&Placement| placed.year == report.year && placed.tier.is_in_report();
            let found = distinct(placements.iter().filter(in_report));
            let known = report.countries.map(usize::from);
            let fits = known.is_none_or(|countries| countries == found);
            let what =
                format!("{found} are placed; put the number right, or the rows of placements.csv");
            self.demand(fits, index, "countries", &what);
            let own = report.url.contains("state.gov/");
            let what = "not the State Department's own; give that at state.gov";
            self.demand(own, index, "url", what);
            let form = report.chapters.is_empty() || report.chapters.contains("{slug}");
            self.demand(form, index, "chapters", "no place for '{slug}'");
        }
    }

    /// A chapter's address holds for years in which the country is in the report, and no two do for one year.
    fn chapters(&mut self, chapters: &[Chapter], known: &Index) {
        self.file = "chapters.csv";
        for (index, chapter) in chapters.iter().enumerate() {
            let years = chapter.from..=chapter.to;
            self.demand(!years.is_empty(), index, "to", "before 'from'");
            let other = chapters.get(index + 1);
            let other = other.filter(|other| other.iso3 == chapter.iso3);
            let apart = other.is_none_or(|other| chapter.to < other.from);
            self.demand(apart, index, "to", "not before the next row's 'from'");
            let ends = [chapter.from, chapter.to];
            let placed = ends.iter().all(|year| is_in_report(known, chapter.iso3, *year));
            self.demand(placed, index, "from", "not in the report of that year");
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        self.file = "notes.csv";
        for (index, note) in notes.iter().enumerate() {
            self.demand(note.from <= note.to, index, "to", "before 'from'");
        }
    }

    fn watch_list_rules(&mut self, rules: &[WatchListRule]) {
        self.file = "watch_list_rules.csv";
        for (index, rule) in rules.iter().enumerate() {
            let longer = rule.reports <= rule.longest;
            self.demand(longer, index, "longest", "less than without a waiver");
        }
    }
}

/// Whether a country is in the report of a year. One that is not known is a breach of its own.
fn is_in_report(known: &Index, iso3: &str, year: u16) -> bool {
    let Some(country) = known.country(iso3) else { return true };
    known.history(country).of(year).is_some_and(|placed| placed.tier.is_in_report())
}
