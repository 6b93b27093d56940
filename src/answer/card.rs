//! A country as people see it: where it stands now, then the evidence.

use crate::answer::drawn::{label, legend, letters, named, ruler};
use crate::answer::row::runs;
use crate::answer::{CountryReport, Run, tier_shade};
use crate::index::lists::SPECIAL_WATCH_LIST;
use crate::index::placement::Basis;
use crate::index::watch_list::Clock;
use crate::index::{Direction, Evidence, GovernmentList, Placement, SNAPSHOT, Tier};
use crate::output::card::NO_BREAK;
use crate::output::{Card, CardLine, Shade};
use crate::text::{capitalised, joined, span};

/// The card of a country. `asked` is the report year, where one was named.
pub fn card(row: &CountryReport<'_>, asked: Option<u16>) -> Card {
    let (index, history) = (row.index(), &row.record.history);
    let mut lines = standing(row);
    lines.extend(partly_known(row));
    lines.extend(roles(row));
    lines.extend(undated_roles(row));
    if history.latest().is_some() {
        let years = index.years();
        let letters = letters(index, history, years.clone());
        let legend = legend(index, |mark| letters.iter().any(|(used, _)| *used == mark));
        lines.push(CardLine::Strip(ruler(&years), letters));
        lines.extend(legend.map(CardLine::Text));
    }
    lines.extend(evidence(row));
    lines.push(more(row, asked));
    Card { title: row.country().name.to_string(), answer: answer(row, asked), lines }
}

/// The tier in the report of the row, how it moved, and that this is not the newest where nobody asked for another.
fn answer(row: &CountryReport<'_>, asked: Option<u16>) -> (String, Shade) {
    let index = row.index();
    let year = row.year.or(asked).unwrap_or(*index.years().end());
    let Some(tier) = row.tier() else {
        return (format!("not in the data in {year}"), Shade::Unknown);
    };
    let name = index.tier(tier).map_or(String::new(), |tier| tier.name.to_string());
    let text = match tier {
        Tier::NotInReport if row.placed().is_some() && !row.country_note().is_empty() => {
            format!("not ranked in {year}")
        }
        Tier::NotInReport => format!("not in the {year} report"),
        _ if asked.is_none() && year != *index.years().end() => {
            format!("last known: {name} in {year}")
        }
        _ => format!("{name} in {year}{}", moved(row)),
    };
    (text, tier_shade(tier))
}

/// Returns how the tier moved to the report of the row: ", upgraded from the Watch List".
fn moved(row: &CountryReport<'_>) -> String {
    let change = row
        .change()
        .filter(|change| matches!(change.direction(), Direction::Upgraded | Direction::Downgraded));
    change.map_or(String::new(), |change| {
        let from = named(row.index(), Some(change.before.tier));
        format!(", {} from {from}", change.direction())
    })
}

/// Since when the tier of the row is held, what it was before, and what it became.
fn standing(row: &CountryReport<'_>) -> Vec<CardLine> {
    let (index, history) = (row.index(), &row.record.history);
    let newest = *index.years().end();
    let Some(first) = history.placements().first() else {
        return Vec::new();
    };
    let tier = |year| history.in_year(year).map(|placed| placed.tier);
    let runs = runs(first.year..=newest, tier);
    let asked = row.year.unwrap_or(newest);
    let at = |(from, to, _): &Run| (*from..=*to).contains(&asked);
    let words = |runs: &mut dyn Iterator<Item = &Run>| {
        let runs = runs.map(|(from, to, tier)| {
            let when = if *to == newest { format!("since {from}") } else { span(*from, *to) };
            unbroken(&format!("{} {when}", capitalised(&label(index, *tier))))
        });
        let runs: Vec<String> = runs.collect();
        (!runs.is_empty()).then(|| runs.join(", "))
    };
    let since = runs.iter().find(|run| at(run)).map(|(from, ..)| {
        let always = runs.len() == 1 && asked == newest;
        format!("{from}{}", if always { ", in every report since" } else { "" })
    });
    let items = [
        ("Since", since),
        ("Earlier", words(&mut runs.iter().rev().filter(|(_, to, _)| *to < asked))),
        ("Later", words(&mut runs.iter().filter(|(from, ..)| *from > asked))),
    ];
    let items = items.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?)));
    items.map(|(name, text)| CardLine::Item(name, text)).collect()
}

/// The tiers in reports that are only partly known, which are not the newest.
fn partly_known(row: &CountryReport<'_>) -> impl Iterator<Item = CardLine> {
    let (index, history) = (row.index(), &row.record.history);
    let partial = index.partial().iter().filter(|it| row.year != Some(it.year));
    partial.filter_map(|partial| {
        let placed = history.in_year(partial.year)?;
        let tier = capitalised(&label(index, Some(placed.tier)));
        Some(CardLine::Text(format!("{} (partial, own data): {tier}", partial.year)))
    })
}

/// The roles last stated up to the report, and which report states them.
fn roles(row: &CountryReport<'_>) -> Option<CardLine> {
    if !row.is_in_report() {
        return None;
    }
    let text = row.stated().map_or("none in the data".to_owned(), |stated| {
        let by = match stated.year {
            Some(SNAPSHOT_YEAR) => format!("{SNAPSHOT_YEAR} report, the last to state them"),
            Some(stated) => format!("{stated} report"),
            None => "undated".to_owned(),
        };
        let names: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
        let roles = names.join(", ");
        let is_plain = |note: &str| note.starts_with("primarily ") && !note.contains(';');
        let is_named = |role: &String| stated.note.contains(role.as_str());
        match stated.note {
            "" => format!("{roles} ({by})"),
            note if is_plain(note) && names.iter().all(is_named) => {
                format!("{roles}, primarily ({by})")
            }
            note => format!("{roles}; {note} ({by})"),
        }
    });
    Some(CardLine::Item("Roles".to_owned(), text))
}

/// The year of the last report that states roles.
const SNAPSHOT_YEAR: u16 = SNAPSHOT.1;

/// The roles that an undated document states, which those of a report would hide.
fn undated_roles(row: &CountryReport<'_>) -> Option<CardLine> {
    let stated = row.record.undated_roles()?;
    let source = row.index().source(stated.source)?;
    let source = match source.kind {
        "article" => "an encyclopaedia article".to_owned(),
        _ => source.citation(),
    };
    let roles: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
    let note = Some(stated.note).filter(|note| !note.is_empty());
    let note = note.map_or(String::new(), |note| format!("; {note}"));
    let roles = roles.join(", ");
    Some(CardLine::Item("Undated".to_owned(), format!("{roles}{note} ({source})")))
}

/// What the tier means, the clock if it runs, the other lists, how sure all this is, and where it stands.
fn evidence(row: &CountryReport<'_>) -> Vec<CardLine> {
    let item = |name: &str, text: Option<String>| Some(CardLine::Item(name.to_owned(), text?));
    let lists = lists(row);
    let note = Some(row.country_note()).filter(|note| !note.is_empty());
    let items = [
        item("Meaning", meaning(row)),
        item("Watch List", row.clock().map(|clock| clock_in_words(&clock))),
        item("Lists", (!lists.is_empty()).then(|| joined(&lists, "and"))),
        item("Evidence", row.placed().map(|placed| attested(placed).to_owned())),
        item("Note", note),
        item("Report", report(row)),
    ];
    items.into_iter().flatten().collect()
}

/// Where the report says it; that it is the whole report where the chapter's address is not known.
fn report(row: &CountryReport<'_>) -> Option<String> {
    let link = row.link()?;
    let report = row.index().report(row.year?)?;
    let is_whole = link == report.url;
    Some(if is_whole { format!("{link} (whole report; no chapter address known)") } else { link })
}

/// What stands behind what is attested weakly.
pub const CHECK: &str = ": check the report before quoting";

/// How well a placement is attested, and why, in words.
pub fn attested(placed: &Placement) -> &'static str {
    match (placed.evidence, placed.basis) {
        (Evidence::Confirmed, None) => "confirmed",
        (Evidence::Confirmed, Some(Basis::StateText)) => {
            "confirmed by the State Department's own text"
        }
        (Evidence::Confirmed, Some(Basis::Transcriptions)) => {
            "confirmed by two independent sources"
        }
        (Evidence::Confirmed, Some(Basis::Exclusion)) if placed.tier == Tier::NotInReport => {
            "confirmed: every country of that report is known, and this is none of them"
        }
        (Evidence::Confirmed, Some(Basis::Exclusion)) => {
            "confirmed by complete lists: they leave only this tier"
        }
        (Evidence::Single, None) => "one source only: check the report before quoting",
        (Evidence::Single, Some(_)) => {
            "worked out from the numbers printed: no source gives this tier"
        }
        (Evidence::Disputed, None) => "sources differ: check the report before quoting",
        (Evidence::Disputed, Some(_)) => "sources differ: worked out from the numbers printed",
    }
}

/// The other lists of the report that the country is on, and those of the report before that these data hold in its
/// place. What the tier says already is left out.
pub fn lists(row: &CountryReport<'_>) -> Vec<String> {
    let (Some(placed), Some((on, open))) = (row.placed(), row.lists()) else {
        return Vec::new();
    };
    let is_said =
        |list: &&&GovernmentList| placed.tier == Tier::WatchList && list.id == SPECIAL_WATCH_LIST;
    let on = on.iter().filter(|list| !is_said(list)).map(|list| list.name.to_string());
    let before = open.into_iter().filter_map(|list| {
        let years = list.whole.iter().filter(|year| **year < placed.year);
        let newest = years.max()?;
        let before = row.record.in_report(*newest);
        let was_on = before.lists()?.0.iter().any(|it| it.id == list.id);
        let said =
            format!("{} of {newest} (that of {} is not in the data)", list.name, placed.year);
        was_on.then_some(said)
    });
    on.chain(before).collect()
}

/// What the tier means, with its criteria.
fn meaning(row: &CountryReport<'_>) -> Option<String> {
    let wording = row.definition()?;
    // The note on a country that is not in the report is about the data.
    let note = Some(wording.note).filter(|_| row.is_in_report() && wording.criteria.is_empty());
    let sentences = [wording.in_full(), note.unwrap_or_default().to_owned()];
    Some(sentences.join(" ").trim_end().to_owned())
}

/// How long the country has been on the Watch List, and what the rule of that year says of it.
pub fn clock_in_words(clock: &Clock<'_>) -> String {
    let (reports, years) = match clock.consecutive() {
        1 => ("report", clock.since.to_string()),
        _ => ("consecutive reports", format!("{}–{}", clock.since, clock.year)),
    };
    let least = if clock.open { "at least " } else { "" };
    let count = format!("{least}{} {reports} ({years}).", clock.consecutive());
    match (clock.waiver_from(), clock.leave_by()) {
        (Some(waiver), Some(until)) => {
            format!("{count} Needs a waiver from report no. {waiver} on; may stay until {until}.")
        }
        (None, Some(until)) => format!(
            "{count} Having come back from Tier 3, it may stay until the {until} report under the rule."
        ),
        _ => format!("{count} The statute set no limit then."),
    }
}

/// What to type next.
fn more(row: &CountryReport<'_>, asked: Option<u16>) -> CardLine {
    let code = row.country().iso3;
    let newest = *row.index().years().end();
    let year = asked.map_or(String::new(), |year| format!(" {year}"));
    let more = if row.is_in_report() {
        vec![
            format!("tip history {code}"),
            format!("tip cite {code}{year} --sentence"),
            format!("tip sources {code}"),
        ]
    } else if row.record.history.latest().is_some() {
        vec![format!("tip history {code}"), format!("tip sources {code}")]
    } else {
        vec!["tip coverage".to_owned(), format!("tip list {newest}")]
    };
    let more: Vec<String> = more.iter().map(|command| unbroken(command)).collect();
    CardLine::Commands("More".to_owned(), more.join(" · "))
}

/// Words that stay on one line.
fn unbroken(words: &str) -> String {
    words.replace(' ', &NO_BREAK.to_string())
}
