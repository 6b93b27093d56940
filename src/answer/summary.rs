//! The report of a year on a page: who moved, how many are in each tier, who is in Tier 3 and on the lists.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::answer::brief::beside::{AS_REPORTED, WAIVED, regional_figures};
use crate::answer::caveats::COMPARED;
use crate::answer::drawn::{mark, named};
use crate::answer::row::moves;
use crate::answer::{CountryReport, Move, World};
use crate::index::lists::SPECIAL_WATCH_LIST;
use crate::index::{Evidence, Index, Region, Tier, WORLD};
use crate::output::{Block, Document, Place, Rich, Rows, Section};
use crate::text::{capitalised, countries, joined};

/// How many names stand in a sentence; more are counted.
const FEW: usize = 4;

struct Summary<'w, 'i> {
    world: &'w World<'i>,
    region: &'w Region,
    /// Every country of the region, and those that the report ranks or describes by themselves.
    all: Vec<CountryReport<'i>>,
    rows: Vec<CountryReport<'i>>,
}

/// Returns the page on the report of the year of these pages, in a region or the world.
pub fn summary(world: &World<'_>, region: &Region) -> Document {
    let (all, rows) = (world.all_in(region), world.counted_in(region));
    let summary = Summary { world, region, all, rows };
    let moves = moves(&summary.rows);
    let year = world.year;
    let title = summary.title(&moves);
    let place = if region.code == WORLD { String::new() } else { format!("{}: ", region.name) };
    let sections = [
        Some(summary.counts()),
        summary.moved("Down", moves.iter().filter(|it| !it.is_up())),
        summary.moved("Up", moves.iter().filter(|it| it.is_up())),
        summary.appeared(),
        summary.lowest(),
        summary.watch_list(),
        summary.lists(),
        summary.figures(),
        Some(summary.map()),
        Some(summary.sources()),
    ];
    Document {
        kicker: world.kicker(),
        window: format!("{}{title}: {year} US TIP Report", capitalised(&place)),
        title: format!("{}{title}", capitalised(&place)),
        lede: summary.lede(&moves),
        sections: sections.into_iter().flatten().collect(),
        footer: world.footer.clone(),
        ..Document::default()
    }
}

/// How many moved up, and how many down.
pub fn counted(moves: &[Move<'_, '_>]) -> (usize, usize) {
    let count = |up| moves.iter().filter(|it| it.is_up() == up).map(|it| it.rows.len()).sum();
    (count(true), count(false))
}

impl<'i> Summary<'_, 'i> {
    fn index(&self) -> &'i Index {
        self.world.index
    }

    fn title(&self, moves: &[Move<'_, '_>]) -> String {
        if self.world.before().is_none() {
            let ranked = self.rows.iter().filter(|row| row.tier().is_some_and(Tier::is_rank));
            return format!("{} ranked", countries(ranked.count()));
        }
        match counted(moves) {
            (0, 0) => "No country moved".to_owned(),
            (up, 0) => format!("{} moved up, none down", countries(up)),
            (0, down) => format!("{} moved down, none up", countries(down)),
            (up, down) => format!("{} moved up, {down} down", countries(up)),
        }
    }

    /// The report in a paragraph; what did not happen is not said.
    fn lede(&self, moves: &[Move<'_, '_>]) -> Rich {
        let count = |tier: fn(Tier) -> bool| {
            self.rows.iter().filter(|row| row.tier().is_some_and(tier)).count()
        };
        let place = match self.region.code {
            WORLD => String::new(),
            _ => format!(" of {}", self.region.name),
        };
        let special = match count(|tier| tier == Tier::Special) {
            0 => String::new(),
            1 => " and described one more as a special case".to_owned(),
            many => format!(" and described {many} more as special cases"),
        };
        let ranked = countries(count(Tier::is_rank));
        let first = format!("{} ranked {ranked}{place}{special}.", self.world.in_its_report());
        let said = [
            Some(first),
            between(moves, Tier::One, ["left Tier 1", "joined it", "joined Tier 1"]),
            between(moves, Tier::Three, ["left Tier 3", "fell to it", "fell to Tier 3"]),
            self.watch_list_grew(),
        ];
        Rich::from(said.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    fn watch_list_grew(&self) -> Option<String> {
        let on = |year| self.in_tier(Tier::WatchList, year);
        let (before, now) = (on(self.world.before()?), on(self.world.year));
        let how = match before.cmp(&now) {
            _ if before == 0 => return None,
            Ordering::Less => "grew",
            Ordering::Equal => {
                return Some(format!(
                    "The Watch List has {}, as in the report before.",
                    countries(now)
                ));
            }
            Ordering::Greater => "shrank",
        };
        Some(format!("The Watch List {how} from {} to {now}.", countries(before)))
    }

    /// How many were in a tier in the report of a year.
    fn in_tier(&self, tier: Tier, year: u16) -> usize {
        let placed = self.all.iter().filter_map(|row| row.record.history.in_year(year));
        placed.filter(|it| it.tier == tier && it.ranked_as.is_empty()).count()
    }

    fn counts(&self) -> Section {
        let (index, year) = (self.index(), self.world.year);
        let tiers = index.tiers().iter().map(|known| known.tier).filter(|it| it.is_in_report());
        let tiers = tiers.filter(|tier| index.wording(*tier, year).is_some());
        let rows = tiers.map(|tier| {
            let now = self.in_tier(tier, year);
            let mut cells = vec![Rich::default().mark(mark(index, Some(tier)))];
            if let Some(before) = self.world.before() {
                let before = self.in_tier(tier, before);
                let change = match now.cmp(&before) {
                    Ordering::Less => format!("−{}", before - now),
                    Ordering::Equal => "0".to_owned(),
                    Ordering::Greater => format!("+{}", now - before),
                };
                cells.extend([before.to_string(), now.to_string(), change].map(Rich::from));
            } else {
                cells.push(now.to_string().into());
            }
            cells
        });
        let years = [self.world.before(), Some(year)].into_iter().flatten();
        let years: Vec<String> = years.map(|year| year.to_string()).collect();
        let change = self.world.before().map(|_| "Change");
        let heads = ["Tier"].into_iter().chain(years.iter().map(String::as_str)).chain(change);
        let heads: Vec<&str> = heads.collect();
        let caption = format!("Countries in each tier, {}", joined(&years, "and"));
        let rows = Rows::new(caption, &heads, rows.collect()).of_numbers();
        Section::new(Place::Left, "How many in each tier", vec![Block::Rows(rows)])
    }

    /// Who moved one way, a line per move.
    fn moved<'r>(&self, way: &str, moves: impl Iterator<Item = &'r Move<'r, 'i>>) -> Option<Section>
    where
        'i: 'r,
    {
        let (mut lines, mut count) = (Vec::new(), 0);
        for it in moves {
            let [from, to] = [it.before, it.after].map(|tier| named(self.index(), Some(tier)));
            let line = Rich::default().strong(format!("From {from} to {to} ({}):", it.rows.len()));
            lines.push(line.plain(" ").and(self.world.names(it.rows.iter().copied())));
            count += it.rows.len();
        }
        let title = format!("{way}: {}", countries(count));
        (count > 0).then(|| Section::new(Place::Left, title, vec![Block::List(lines)]))
    }

    /// Which countries this report has and the one before had not, and the other way round.
    fn appeared(&self) -> Option<Section> {
        let before = self.world.before()?;
        let has = |row: &CountryReport<'_>, year| {
            let placed = row.record.history.in_year(year);
            placed.is_some_and(|it| it.tier.is_in_report() && it.ranked_as.is_empty())
        };
        let year = self.world.year;
        let new: Vec<_> =
            self.all.iter().filter(|row| has(row, year) && !has(row, before)).collect();
        let gone: Vec<_> =
            self.all.iter().filter(|row| has(row, before) && !has(row, year)).collect();
        let line = |what: String, rows: Vec<&CountryReport<'i>>| {
            let line = Rich::default().strong(what).plain(" ");
            (!rows.is_empty()).then(|| line.and(self.world.names(rows)))
        };
        let lines = [
            line(format!("Not in the {before} report ({}):", new.len()), new),
            line(format!("No longer in the report ({}):", gone.len()), gone),
        ];
        let lines: Vec<Rich> = lines.into_iter().flatten().collect();
        let title = "New in the report, and no longer in it";
        (!lines.is_empty()).then(|| Section::new(Place::Left, title, vec![Block::List(lines)]))
    }

    fn lowest(&self) -> Option<Section> {
        let rows: Vec<_> = self.rows.iter().filter(|row| row.tier() == Some(Tier::Three)).collect();
        let title = format!("Tier 3: {}", countries(rows.len()));
        let names = vec![Block::Text(self.world.names(rows.iter().copied()))];
        (!rows.is_empty()).then(|| Section::new(Place::Right, title, names))
    }

    /// Those on the Watch List, the longest on it first.
    fn watch_list(&self) -> Option<Section> {
        let mut groups: BTreeMap<(u16, Reverse<u16>, bool), Vec<&CountryReport<'i>>> =
            BTreeMap::new();
        let mut reports = None;
        for row in &self.rows {
            let Some(clock) = row.clock() else { continue };
            reports = clock.rule.map(|rule| rule.reports);
            let last = clock.leave_by().unwrap_or(u16::MAX);
            let key = (last, Reverse(clock.consecutive()), clock.returned);
            groups.entry(key).or_default().push(row);
        }
        let rows = groups.iter().map(|((last, many, returned), rows)| {
            let back = if *returned { ", back from Tier 3" } else { "" };
            let last = if *last == u16::MAX { "no limit".to_owned() } else { last.to_string() };
            let names = self.world.names(rows.iter().copied());
            vec![format!("{}{back}", many.0).into(), last.into(), names]
        });
        let heads = ["Reports in a row", "May stay until", "Countries"];
        let caption = format!("The Watch List of {} by length", self.world.year);
        let mut blocks = vec![Block::Rows(Rows::new(caption, &heads, rows.collect()))];
        let rule = reports.map(|reports| format!("After {reports} reports in a row {WAIVED}"));
        blocks.extend(rule.map(|rule| Block::Note(rule.into())));
        let is_used = !groups.is_empty();
        is_used.then(|| Section::new(Place::Right, "The Watch List by length", blocks))
    }

    /// Who is on the report's other lists, of those that the data have whole.
    fn lists(&self) -> Option<Section> {
        let (index, year) = (self.index(), self.world.year);
        let whole = index.lists().iter().filter(|list| list.whole.contains(&year));
        let lines = whole.filter(|list| list.id != SPECIAL_WATCH_LIST).map(|list| {
            let on: Vec<_> = self.rows.iter().filter(|row| row.is_on(list) == Some(true)).collect();
            let line =
                Rich::default().strong(format!("{} ({}):", capitalised(list.name), on.len()));
            let names =
                if on.is_empty() { "none of these countries".into() } else { self.world.names(on) };
            line.plain(" ").and(names)
        });
        let lines: Vec<Rich> = lines.collect();
        let title = "The report's other lists";
        (!lines.is_empty()).then(|| Section::new(Place::Left, title, vec![Block::List(lines)]))
    }

    fn figures(&self) -> Option<Section> {
        let rows = regional_figures(self.index(), self.region, self.world.year)?;
        let title = format!("Prosecutions and victims: {}", self.region.name);
        let blocks = vec![Block::Rows(rows), Block::Note(AS_REPORTED.into())];
        Some(Section::new(Place::Right, title, blocks))
    }

    /// Where the moves are.
    fn map(&self) -> Section {
        let drawing = self.world.map(self.region, self.world.before().is_some());
        let block = Block::Picture(Box::new(drawing));
        Section::new(Place::Below, "Where the moves are", vec![block])
    }

    fn sources(&self) -> Section {
        let (index, year) = (self.index(), self.world.year);
        let evidence = |wanted| {
            let of = self.rows.iter().filter_map(|row| row.placed());
            of.filter(|placed| placed.evidence == wanted).count()
        };
        let all = self.rows.len();
        let mut sure = format!("Confirmed: {} of {all} placements.", evidence(Evidence::Confirmed));
        let rest = [
            (evidence(Evidence::Single), "With one source in the data"),
            (evidence(Evidence::Disputed), "Disputed between sources"),
        ];
        for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
            let _ = write!(sure, " {what}: {count}.");
        }
        if all > evidence(Evidence::Confirmed) {
            sure.push_str(" Check the report before you quote one of those.");
        }
        let report = index.report(year);
        let citation = report.and_then(|report| index.citation(report.document));
        let url = report.map(|report| report.url.to_string());
        let source = Rich::from("Source: ").link(citation.unwrap_or_default(), url);
        let compared = format!("{}.", capitalised(COMPARED));
        let blocks = [sure.into(), source, compared.into()].map(Block::Text);
        Section::new(Place::Below, "How sure, and from where", blocks.into())
    }
}

/// "Colombia left Tier 1 and Slovenia joined it": who left a tier and who came to it, in these words.
fn between(
    moves: &[Move<'_, '_>],
    tier: Tier,
    [left, came, came_alone]: [&str; 3],
) -> Option<String> {
    let who = |is_meant: &dyn Fn(&Move<'_, '_>) -> bool| {
        let rows = moves.iter().filter(|it| is_meant(it)).flat_map(|it| &it.rows);
        let names: Vec<String> = rows.map(|row| row.country().name_in_sentence()).collect();
        match names.len() {
            0 => None,
            1..=FEW => Some(joined(&names, "and")),
            many => Some(countries(many)),
        }
    };
    let gone = who(&|it| it.before == tier);
    let new = who(&|it| it.after == tier);
    let said = match (gone, new) {
        (None, None) => return None,
        (Some(gone), None) => format!("{gone} {left}."),
        (None, Some(new)) => format!("{new} {came_alone}."),
        (Some(gone), Some(new)) => format!("{gone} {left} and {new} {came}."),
    };
    Some(capitalised(&said))
}
