//! `tip history --changes`: the changes from one tier to another, and the watch-list clock.

use std::ops::RangeInclusive;

use crate::answer::{Answer, Picture, tier_cell};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{Change, History, Placement};
use crate::index::tier::{Tier, TierDefinition};
use crate::index::watch_list::{Clock, WatchListRule};
use crate::output::cell::Cell;
use crate::output::table::{Columns, Layout, Table};

const LEGEND: &str = "'on list' counts the consecutive reports on the Watch List up to the move off it; from report \
    'waiver from' on, the rule of the last of them asks for a waiver";

/// A change: the placements before and after, and the clock of the one that was on the Watch List.
#[derive(Clone)]
struct Row<'i> {
    index: &'i Index,
    country: &'i Country,
    before: Placement,
    after: Placement,
    clock: Option<Clock<'i>>,
}

/// One row a change to the report of one of these years.
pub fn changes<'i>(
    index: &'i Index,
    countries: &[History<'i>],
    years: &RangeInclusive<u16>,
) -> Answer<'i> {
    let changed = countries.iter().flat_map(|history| {
        let changes = history.changes();
        let changes = changes.filter(|change| years.contains(&change.after.year));
        changes.map(|Change { before, after }| Row {
            index,
            country: history.country,
            before: before.clone(),
            after: after.clone(),
            // A country comes onto the list or leaves it: either way the clock stands at the report on the list.
            clock: index
                .clock(history, after)
                .or_else(|| index.clock(history, before)),
        })
    });
    let rows: Vec<Row<'i>> = changed.collect();
    let legend = (!rows.is_empty()).then(|| LEGEND.to_owned());
    let picture = Table::new(Layout::Grid, picture_columns(), rows.clone());
    let mut answer = Answer::of(Table::new(Layout::Grid, columns(), rows));
    answer.picture = Some(Picture {
        table: picture,
        legend,
    });
    answer
}

impl<'i> Row<'i> {
    /// The change in words that judge nothing.
    fn in_words(&self) -> String {
        let Self { before, after, .. } = self;
        let definition = self.index.tier(after.tier);
        let name = definition.map_or(String::new(), TierDefinition::name_in_sentence);
        let between = if before.year + 1 == after.year {
            String::new()
        } else {
            format!(" between the reports of {} and {}", before.year, after.year)
        };
        match (before.tier, after.tier) {
            (_, Tier::NotInReport) => format!("left the report{between}"),
            (Tier::NotInReport, _) => format!("entered the report{between}: {name}"),
            _ => format!("moved to {name}{between}"),
        }
    }

    fn on_list(&self) -> Cell {
        Cell::number(self.clock.map(|clock| clock.consecutive()))
    }

    fn waiver_from(&self) -> Cell {
        Cell::number(self.clock.and_then(|clock| clock.waiver_from()))
    }

    fn rule(&self) -> Option<&'i WatchListRule> {
        self.clock?.rule
    }
}

fn columns<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .with("country", "The name of the country", |row| {
            Cell::text(&row.country.name)
        })
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| {
            Cell::text(row.country.iso3)
        })
        .with("year", "The report year of the change", |row| {
            Cell::Number(row.after.year.into())
        })
        .with("before", "The tier before", |row| {
            tier_cell(row.before.tier)
        })
        .with("after", "The tier after", |row| tier_cell(row.after.tier))
        .with("change", "The change in words", |row| {
            Cell::text(row.in_words())
        })
        .with("on_list", "Consecutive reports on the Watch List", |row| {
            row.on_list()
        })
        .with(
            "waiver_from",
            "From which of them a waiver is needed",
            Row::waiver_from,
        )
        .on_request("before_year", "The report of the tier before", |row| {
            Cell::Number(row.before.year.into())
        })
        .on_request("evidence", "How well the tier after is attested", |row| {
            Cell::text(row.after.evidence.to_string())
        })
        .on_request("sources", "What it was read from", |row| {
            Cell::list(row.after.source_ids())
        })
        .on_request("url", "Where it can be read", |row| {
            Cell::optional(Some(&row.after.url))
        })
        .on_request("rule", "The rule of that year", |row| {
            Cell::optional(row.rule().map(|rule| &rule.rule))
        })
        .on_request("rule_source", "Where the rule stands", |row| {
            let citation = |rule: &WatchListRule| row.index.citation(&rule.source);
            Cell::optional(row.rule().and_then(citation))
        })
}

/// The same for people, with shorter heads.
fn picture_columns<'i>() -> Columns<'i, Row<'i>> {
    Columns::<Row>::new()
        .headed("country", |row| Cell::text(&row.country.name))
        .headed("year", |row| Cell::Number(row.after.year.into()))
        .headed("before", |row| tier_cell(row.before.tier))
        .headed("change", |row| Cell::text(row.in_words()))
        .headed("on\nlist", Row::on_list)
        .headed("waiver\nfrom", Row::waiver_from)
}
