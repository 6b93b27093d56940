//! What the rows about ranks, roles and lists say: years, tiers and their definitions, and how many countries a report has.

use std::collections::HashMap;

use crate::index::lists::SPECIAL_WATCH_LIST;
use crate::index::placement::{Evidence, Placement, distinct};
use crate::index::report::Chapter;
use crate::index::role::StatedRoles;
use crate::index::rules::meaning::Check;
use crate::index::rules::own::is_of_state;
use crate::index::tier::{Definition, Tier};
use crate::index::{Index, SNAPSHOT};

/// The first report with a Watch List, and the first that ranks the United States.
const FIRST_WATCH_LIST: u16 = 2004;
const FIRST_OF_USA: u16 = 2010;

/// The two placements that no source gives or that sources differ on, worked out from the numbers of countries printed.
pub(super) const WORKED_OUT: [(&str, u16); 2] = [("BTN", 2012), ("TLS", 2010)];

impl Check {
    pub(super) fn ranks(&mut self, known: &Index) {
        let tables = &known.tables;
        let placements: Vec<Placement> = tables.placements.all().collect();
        let ranks = Ranks::new(&placements, known);
        self.placements(&placements, known);
        self.file = tables.roles.file();
        self.roles(tables.roles.all(), &ranks);
        self.file = tables.roles_history.file();
        self.roles(tables.roles_history.all().map(StatedRoles::from), &ranks);
        self.reports(&placements, known);
        self.chapters(known, &ranks);
        self.listings(known, &ranks);
        self.notes(known);
        self.watch_list_rules(known);
    }

    fn placements(&mut self, placements: &[Placement], known: &Index) {
        self.file = known.tables.placements.file();
        for (index, placed) in placements.iter().enumerate() {
            let early = placed.tier == Tier::WatchList && placed.year < FIRST_WATCH_LIST;
            let what = format!("no Watch List before {FIRST_WATCH_LIST}");
            self.demand(!early, index, "tier", &what);
            let early = placed.iso3 == "USA" && placed.tier.is_rank() && placed.year < FIRST_OF_USA;
            let what = format!("no rank of the United States before {FIRST_OF_USA}");
            self.demand(!early, index, "tier", &what);
            let fits = placed.basis.is_none()
                || placed.evidence == Evidence::Confirmed
                || WORKED_OUT.contains(&(placed.iso3, placed.year));
            let what = "a basis, but not confirmed; take one of the two away";
            self.demand(fits, index, "basis", what);
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

    fn roles(&mut self, roles: impl Iterator<Item = StatedRoles>, ranks: &Ranks<'_>) {
        for (index, stated) in roles.enumerate() {
            let ordered = !stated.roles.is_empty() && stated.roles.is_sorted_by(|a, b| a < b);
            let what = "none, one twice, or not in the order source, transit, destination";
            self.demand(ordered, index, "roles", what);
            let placed = stated.year.is_none_or(|year| ranks.has(stated.iso3, year));
            let what = "no placement of that country and year; add it to placements.csv";
            self.demand(placed, index, "year", what);
        }
    }

    /// One report a year without a gap; the placements of one are as many as it has countries.
    fn reports(&mut self, placements: &[Placement], known: &Index) {
        self.file = known.tables.reports.file();
        let reports = known.reports();
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
            let own = report.url.is_empty() || is_of_state(report.url);
            let what = "not the State Department's own; give that at state.gov";
            self.demand(own, index, "url", what);
            let form = report.chapters.is_empty() || report.chapters.contains("{slug}");
            self.demand(form, index, "chapters", "no place for '{slug}'");
            let own = report.chapters.is_empty() || is_of_state(report.chapters);
            self.demand(own, index, "chapters", what);
        }
    }

    /// A chapter's address holds for years in which the country is in the report, and no two do for one year.
    fn chapters(&mut self, known: &Index, ranks: &Ranks<'_>) {
        self.file = known.tables.chapters.file();
        let chapters: Vec<Chapter> = known.tables.chapters.all().collect();
        for (index, chapter) in chapters.iter().enumerate() {
            let years = chapter.from..=chapter.to;
            self.demand(!years.is_empty(), index, "to", "before 'from'");
            let other = chapters.get(index + 1);
            let other = other.filter(|other| other.iso3 == chapter.iso3);
            let apart = other.is_none_or(|other| chapter.to < other.from);
            self.demand(apart, index, "to", "not before the next row's 'from'");
            let ends = [chapter.from, chapter.to];
            let placed = ends.iter().all(|year| ranks.has(chapter.iso3, *year));
            self.demand(placed, index, "from", "not in the report of that year");
        }
    }

    fn notes(&mut self, known: &Index) {
        self.file = known.tables.notes.file();
        for (index, note) in known.tables.notes.rows().iter().enumerate() {
            self.demand(note.from <= note.to, index, "to", "before 'from'");
        }
    }

    fn watch_list_rules(&mut self, known: &Index) {
        self.file = known.tables.watch_list_rules.file();
        for (index, rule) in known.tables.watch_list_rules.rows().iter().enumerate() {
            let longer = rule.reports <= rule.longest;
            self.demand(longer, index, "longest", "less than without a waiver");
        }
    }
}

/// The tiers of the countries that reports have. To ask the index for the history of each would take ten times as long.
struct Ranks<'i> {
    tiers: HashMap<(&'static str, u16), Tier>,
    known: &'i Index,
}

impl<'i> Ranks<'i> {
    fn new(placements: &[Placement], known: &'i Index) -> Self {
        let in_report = placements.iter().filter(|placed| placed.tier.is_in_report());
        let tiers = in_report.map(|placed| ((placed.iso3, placed.year), placed.tier)).collect();
        Self { tiers, known }
    }

    /// Whether a country is in the report of a year. One that is not known is a breach of its own.
    fn has(&self, iso3: &'static str, year: u16) -> bool {
        self.tiers.contains_key(&(iso3, year)) || self.known.country(iso3).is_none()
    }
}

impl Check {
    pub(super) fn definitions(&mut self, known: &Index) {
        self.file = known.tables.definitions.file();
        let mut next = Some(*known.years().start());
        let mut index = 0;
        for set in known.definitions().chunk_by(|a, b| a.from == b.from) {
            let first = set.first().map(|row| (row.from, row.to));
            let follows = first.is_some_and(|(from, _)| next == Some(from));
            let what = "not the year after the set before, or not that of the first report";
            self.demand(follows, index, "from", what);
            self.set(index, set, known);
            next = first.and_then(|(_, to)| to?.checked_add(1));
            index += set.len();
        }
        let open = next.is_none();
        let last = index.saturating_sub(1);
        self.demand(open, last, "to", "the last set must hold on");
    }

    /// The definitions of the same years.
    fn set(&mut self, index: usize, set: &[Definition], known: &Index) {
        let mut tiers = vec![Tier::One, Tier::Two, Tier::WatchList, Tier::Three];
        let first = set.first().map(|row| (row.from, row.to));
        if first.is_some_and(|(from, _)| from < FIRST_WATCH_LIST) {
            tiers.retain(|tier| *tier != Tier::WatchList);
        }
        let whole = set.iter().map(|row| row.tier).eq(tiers);
        let what = "not every tier of those years once, in the order of rank";
        self.demand(whole, index, "tier", what);
        for (index, row) in (index..).zip(set) {
            let one = Some((row.from, row.to)) == first && row.to.is_none_or(|to| row.from <= to);
            let what = "before 'from', or another than that of the same set";
            self.demand(one, index, "to", what);
            let of_snapshot = row.holds_in(SNAPSHOT.1);
            let base = known.tier(row.tier).map(|tier| &tier.wording);
            let same = !of_snapshot || base == Some(&row.wording);
            self.demand(same, index, "definition", "otherwise than in tiers.csv");
        }
    }
}

/// The list whose governments the statute puts in Tier 3: 22 U.S.C. 7107(b)(3)(B).
const POLICY_OR_PATTERN: &str = "policy-or-pattern";

impl Check {
    /// The list that is worked out has the newest report.
    pub(super) fn lists(&mut self, known: &Index) {
        self.file = known.tables.lists.file();
        for (index, list) in known.lists().iter().enumerate() {
            let ordered = list.whole.is_sorted_by(|a, b| a < b);
            let what = "a year twice, or out of order";
            self.demand(ordered, index, "whole", what);
            // It is worked out from the tiers, so every new report has it.
            let last = known.every_year().end().to_owned();
            let is_current = list.id != SPECIAL_WATCH_LIST || list.whole.contains(&last);
            let what = format!("lacks the newest report, {last}: write ';{last}' at its end");
            self.demand(is_current, index, "whole", &what);
        }
        let special = known.lists().iter().any(|list| list.id == SPECIAL_WATCH_LIST);
        let what = format!("'{SPECIAL_WATCH_LIST}' is missing");
        self.demand(special, 0, "list", &what);
    }

    fn listings(&mut self, known: &Index, ranks: &Ranks<'_>) {
        self.file = known.tables.listings.file();
        for (index, listing) in known.tables.listings.all().enumerate() {
            let is_stored = listing.list != SPECIAL_WATCH_LIST;
            let what = "this list is worked out from the tiers; take the row away";
            self.demand(is_stored, index, "list", what);
            let tier = ranks.tiers.get(&(listing.iso3, listing.year));
            let what = "no placement of that country and year; add it to placements.csv";
            self.demand(ranks.has(listing.iso3, listing.year), index, "year", what);
            let fits =
                listing.list != POLICY_OR_PATTERN || tier.is_none_or(|it| *it == Tier::Three);
            let what =
                "not in Tier 3 in that year, as all of this list are; put one of the two right";
            self.demand(fits, index, "year", what);
        }
    }
}
