//! `tip history --changes`: the moves from one tier to another, and the watch-list clock.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::commands::history::Dated;
use crate::commands::{Answer, Picture, tier_cell};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::placement::{History, Move};
use crate::index::tier::{Tier, TierDefinition};
use crate::output::table::{Cell, Layout, Table};

const COLUMNS: &[&str] = &[
    "country",
    "iso3",
    "year",
    "before",
    "after",
    "change",
    "on_list",
    "waiver_from",
    "before_year",
    "evidence",
    "sources",
    "url",
    "rule",
    "rule_source",
];

/// How many columns are shown unless others are chosen.
const SHOWN: usize = 8;

const LEGEND: &str = "'on list' counts the consecutive reports on the Watch List up to the move off it; from report \
    'waiver from' on, the rule of the last of them asks for a waiver";

/// One row a move to the report of one of these years.
pub fn moves(index: &Index, countries: &[Dated<'_>], years: &RangeInclusive<u16>) -> Answer {
    let mut table = Table::new(Layout::Grid, COLUMNS, SHOWN);
    let names = [
        "country",
        "year",
        "before",
        "change",
        "on\nlist",
        "waiver\nfrom",
    ];
    let mut picture = Table::of(Layout::Grid, names.map(Cow::Borrowed).into());
    for (country, history) in countries {
        let moves = history.moves();
        for moved in moves.filter(|moved| years.contains(&moved.after.year)) {
            let row = row(index, country, history, moved);
            let [name, _, year, before, _, change, on_list, waiver_from, ..] = row.clone();
            picture.push([name, year, before, change, on_list, waiver_from].into());
            table.push(row.into());
        }
    }
    let legend = (!table.is_empty()).then(|| LEGEND.to_owned());
    let mut answer = Answer::of(table);
    answer.picture = Some(Picture {
        table: picture,
        legend,
    });
    answer
}

fn row(index: &Index, country: &Country, history: &History, moved: Move<'_>) -> [Cell; 14] {
    let Move { before, after } = moved;
    // A country comes onto the list or leaves it: either way the clock stands at the report on the list.
    let clock = index
        .clock(history, after)
        .or_else(|| index.clock(history, before));
    let rule = clock.and_then(|clock| clock.rule);
    let source = rule.and_then(|rule| Some(index.source(&rule.source)?.citation()));
    let sources: Vec<&str> = after.source_ids().collect();
    let number = |number: Option<u16>| number.map_or(Cell::Missing, Cell::Number);
    [
        Cell::text(&country.name),
        Cell::text(country.iso3),
        Cell::Number(after.year),
        tier_cell(before.tier),
        tier_cell(after.tier),
        Cell::text(in_words(index, moved)),
        number(clock.map(|clock| clock.consecutive())),
        number(clock.and_then(|clock| clock.waiver_from())),
        Cell::Number(before.year),
        Cell::text(after.evidence.to_string()),
        Cell::list(&sources),
        Cell::optional(Some(&after.url)),
        Cell::optional(rule.map(|rule| rule.rule.as_str())),
        Cell::optional(source.as_deref()),
    ]
}

/// The move in words that judge nothing.
fn in_words(index: &Index, Move { before, after }: Move<'_>) -> String {
    let definition = index.tier(after.tier);
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
