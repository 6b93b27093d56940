//! Every column of a country in a report, each once: in every command a name means the same.

use anyhow::Result;

use crate::answer::drawn::{legend, strip};
use crate::answer::{CountryReport, source_cell, tier_cell};
use crate::index::watch_list::WatchListRule;
use crate::index::{Change, Index, SNAPSHOT, Tier, Wording, Years};
use crate::output::{Cell, Columns, Layout, Remark, Shade, Table};
use crate::text::date_in_words;

/// The columns of a country in a report. Scripts rely on the names, and on the order where several are shown.
pub fn columns(index: &Index) -> Columns<'_, CountryReport<'_>> {
    first_columns(index)
        .and(evidence_columns(index))
        .and(watch_list_columns(index))
        .and(more_columns(index))
}

/// A table of these rows, with the columns shown unless others are chosen, and those that people see.
pub fn country_table<'i>(
    index: &'i Index,
    (shown, to_people): (&str, &str),
    rows: Vec<CountryReport<'i>>,
) -> Result<Table<'i>> {
    Table::new(Layout::Grid, columns(index), rows).showing(shown, to_people)
}

fn first_columns(index: &Index) -> Columns<'_, CountryReport<'_>> {
    Columns::<CountryReport>::new()
        .with("country", "The name of the country", |row| Cell::text(row.country().name))
        .with("iso3", "Its ISO 3166-1 alpha-3 code", |row| Cell::text(row.country().iso3))
        .with("year", "The report year", |row| row.year.into())
        .with("roles", "Source, transit, destination, as last stated up to that report", |row| {
            let stated = row.stated().filter(|stated| !stated.roles.is_empty());
            stated.map_or(Cell::Missing, |stated| Cell::list(&stated.roles))
        })
        .with("role_year", "The report that states the roles", |row| {
            row.stated().map_or(Cell::Missing, |stated| {
                stated.year.map_or_else(|| Cell::text("undated"), Cell::from)
            })
        })
        .under("stated")
        .with("tier", "The tier in that report", |row| row.tier().map_or(Cell::Missing, tier_cell))
        .with("latest_tier", "The tier in the newest report", |row| {
            row.newest().map_or(Cell::Missing, |placed| tier_cell(placed.tier))
        })
        .under(format!("in {}", index.years().end()))
        .with("before", "The tier in the report before, or the last one known", |row| {
            row.before().map_or(Cell::Missing, |before| tier_cell(before.tier))
        })
        .with("before_year", "The report of the tier before", |row| {
            row.before().map(|before| before.year).into()
        })
        .with(
            "direction",
            "upgraded, downgraded, unchanged, entered or left: a special case has no rank",
            |row| match row.change().map(Change::direction) {
                Some(direction) => Cell::Ranked {
                    text: direction.to_string(),
                    rank: direction as u8,
                    shade: Shade::Empty,
                },
                None => row.direction().into(),
            },
        )
        .with("since", "The first of the consecutive reports with this tier", |row| {
            row.since().into()
        })
        .with("latest_since", "The first of the consecutive reports with the newest tier", |row| {
            row.latest_since().into()
        })
        .with("history", "Its tiers, one letter per report", move |row| {
            strip(index, &row.record.history)
        })
        .with("definition", "What the tier means", |row| {
            row.definition().map(Wording::in_full).into()
        })
}

/// How sure it is, and where it stands.
fn evidence_columns(index: &Index) -> Columns<'_, CountryReport<'_>> {
    Columns::<CountryReport>::new()
        .with("evidence", "How well the tier is attested", |row| {
            row.placed().map(|placed| placed.evidence.to_string()).into()
        })
        .with("basis", "Why the tier is confirmed", |row| {
            row.placed().and_then(|placed| placed.basis).map(|basis| basis.to_string()).into()
        })
        .with("sources", "The ids of the sources that the tier was read from", |row| {
            row.placed().map_or(Cell::Missing, |placed| Cell::list(placed.source_ids()))
        })
        .with("tier_url", "Where the tier was read", |row| {
            row.placed().map(|placed| placed.url).into()
        })
        .with("source", "The report or its chapter", |row| {
            let document = row.document();
            document.map_or(Cell::Missing, |document| Cell::linked(document, row.link()))
        })
        .with("url", "The address of the report or chapter at the State Department", |row| {
            row.link().into()
        })
        .with("sentence", "A sentence to quote", |row| {
            let link = row.link().map_or(String::new(), |url| format!(" ({url})"));
            sentence(row, &link).into()
        })
        .with("ranked_as", "The state whose rank it shared", |row| {
            row.placed().map(|placed| placed.ranked_as).into()
        })
        .with("role_note", "How the roles are qualified", |row| {
            row.stated().map(|stated| stated.note).into()
        })
        .with("role_source", "What states the roles", move |row| {
            row.stated().map_or(Cell::Missing, |stated| source_cell(index, stated.source))
        })
        .with("role_quote", "The sentence that states the roles", |row| {
            row.stated().map(|stated| stated.quote).into()
        })
}

/// How long it has been on the Watch List, and under which rule.
fn watch_list_columns(index: &Index) -> Columns<'_, CountryReport<'_>> {
    fn rule<'i>(row: &CountryReport<'i>) -> Option<&'i WatchListRule> {
        row.clock()?.rule
    }
    let yes = |is: bool| if is { "yes" } else { "no" };
    Columns::<CountryReport>::new()
        .with("watch_reports", "Consecutive reports on the Watch List, this one included", |row| {
            row.clock().map(|clock| clock.consecutive()).into()
        })
        .under("reports\non list")
        .with(
            "waiver_from",
            "The report, counted from the first on the list, from which the law asks for a waiver",
            |row| row.clock().and_then(|clock| clock.waiver_from()).into(),
        )
        .under("waiver from\nreport no.")
        .with(
            "leave_by",
            "The last report in which it may stay on the list, waivers included",
            |row| row.clock().and_then(|clock| clock.leave_by()).into(),
        )
        .under("may stay\nuntil")
        .with(
            "returned",
            "Whether it came back to the list from Tier 3 after a waiver",
            move |row| row.clock().map(|clock| yes(clock.returned)).into(),
        )
        .with("open", "Whether the report before those on the list is unknown", move |row| {
            row.clock().map(|clock| yes(clock.open)).into()
        })
        .with("rule", "The rule of that year on the Watch List", |row| {
            rule(row).map(|rule| rule.rule).into()
        })
        .with("act", "The act that made the rule so", |row| rule(row).map(|rule| rule.act).into())
        .with("rule_source", "Where the rule stands", move |row| {
            rule(row).map_or(Cell::Missing, |rule| source_cell(index, rule.source))
        })
}

fn more_columns(index: &Index) -> Columns<'_, CountryReport<'_>> {
    Columns::<CountryReport>::new()
        // Missing where it is known to be on no list, and unknown of another.
        .with("lists", "The report's other lists it is on", |row| match row.lists() {
            Some((on, open)) if !on.is_empty() || open.is_empty() => {
                Cell::list(on.iter().map(|list| list.id))
            }
            _ => Cell::Missing,
        })
        .with("list_sources", "The sources for these lists", |row| {
            row.list_sources().map_or(Cell::Missing, Cell::list)
        })
        .with("note", "A note on the country in that report", |row| (&*row.country_note()).into())
        .with("iso2", "Its ISO 3166-1 alpha-2 code", |row| Cell::text(row.country().iso2))
        .with("numeric", "Its ISO 3166-1 numeric code", |row| row.country().numeric.into())
        .with("regions", "The regions it is counted in", |row| Cell::list(row.country().regions()))
        .with("groups", "The organisations that it is a member of now", |row| {
            let groups = index.groups(row.country()).into_iter();
            Cell::list(groups.map(|group| &group.code))
        })
        .with("row", "The row of its tile on the map, from the north", |row| {
            row.tile().map_or(Cell::Missing, |tile| Cell::count(tile.row))
        })
        .with("column", "The column of its tile on the map, from the west", |row| {
            row.tile().map_or(Cell::Missing, |tile| Cell::count(tile.column))
        })
}

/// What a reader should know of the lists a country is on. Which years are whole is not said: that would read the files.
const LISTS: &str = "'lists' has what the data know, and not every list is whole in every year; \
    'tip list --on' says which are";

/// Returns what helps to read the columns in these years.
pub fn column_notes(index: &Index, years: &Years) -> Vec<Remark> {
    let mut notes = vec![Remark::on(&["lists"], LISTS)];
    notes.extend(legend(index, |_| true).map(|legend| Remark::on(&["history"], legend)));
    if years.single() != Some(SNAPSHOT.1) {
        let roles =
            "a report that states no roles has those last stated before it; 'role_year' says when";
        notes.push(Remark::on(&["roles"], roles).unless("role_year"));
    }
    notes
}

/// The sentence, `link` at its end; none where the report does not have the country.
pub fn sentence(row: &CountryReport<'_>, link: &str) -> Option<String> {
    let placed = row.placed().filter(|placed| placed.tier.is_in_report())?;
    let (index, country) = (row.index(), row.country());
    let source = index.source(index.report(placed.year)?.document)?;
    let with = if placed.ranked_as.is_empty() {
        String::new()
    } else {
        format!(" as part of {}", index.country(placed.ranked_as)?.name_in_sentence())
    };
    let tier = match placed.tier {
        Tier::WatchList => "on the Tier 2 Watch List".to_owned(),
        Tier::Special => "as a special case, without a tier".to_owned(),
        tier => format!("in {}", index.tier(tier)?.name),
    };
    Some(format!(
        "In its {title},{released} the {publisher} places {name}{with} {tier}{link}.",
        title = source.title,
        released = released(source.date),
        publisher = source.publisher,
        name = country.name_in_sentence(),
    ))
}

/// Returns when a document was released: on a day, or in a month or year; nothing where that is not known.
pub fn released(date: &str) -> String {
    if date.is_empty() {
        return String::new();
    }
    let is_day = date.split('-').count() == 3;
    format!(" released {} {},", if is_day { "on" } else { "in" }, date_in_words(date))
}
