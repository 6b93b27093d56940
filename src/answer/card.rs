//! A country as people see it: where it stands now, then the evidence.

use crate::answer::drawn::{NOT_KNOWN, legend, letters, ruler};
use crate::answer::row::CountryReport;
use crate::answer::tier_shade;
use crate::index::lists::{GovernmentList, SPECIAL_WATCH_LIST};
use crate::index::placement::{Basis, Evidence, History, Placement};
use crate::index::tier::{Tier, TierDefinition};
use crate::index::watch_list::Clock;
use crate::index::{Index, SNAPSHOT};
use crate::output::card::{Card, CardLine, NO_BREAK};
use crate::output::palette::Shade;
use crate::text::{capitalised, joined, span};

/// The card of a country. `asked` is the report year, where one was named.
pub fn card(row: &CountryReport<'_>, asked: Option<u16>) -> Card {
    let (index, history) = (row.index(), &row.record.history);
    let standing = standing(index, history).map(|said| match asked {
        Some(year) if year != *index.years().end() => format!("Now: {said}"),
        _ => said,
    });
    let mut lines: Vec<CardLine> = standing.into_iter().map(CardLine::Text).collect();
    lines.push(roles(row, asked.unwrap_or(SNAPSHOT.1)));
    lines.extend(undated_roles(row));
    if history.latest().is_some() {
        let years = index.years();
        let letters = letters(index, history, years.clone());
        let legend = legend(index, |mark| letters.iter().any(|(used, _)| *used == mark));
        lines.push(CardLine::Strip(ruler(&years), letters));
        lines.extend(legend.map(CardLine::Text));
    }
    lines.extend(evidence(row, asked));
    lines.push(more(row, asked));
    Card { title: row.country().name.to_string(), answer: answer(row, asked), lines }
}

/// The tier in the report of the row, and that this is not the newest where nobody asked for another.
fn answer(row: &CountryReport<'_>, asked: Option<u16>) -> (String, Shade) {
    let index = row.index();
    let newest = *index.years().end();
    let Some(placed) = row.placed() else {
        let year = asked.unwrap_or(newest);
        return (format!("not in these data in {year}"), Shade::Unknown);
    };
    let tier = index.tier(placed.tier);
    let tier = tier.map_or(String::new(), |tier| tier.name.to_string());
    let text = match placed.tier {
        _ if asked.is_none() && placed.year != newest => {
            format!("last known: {tier} in {}", placed.year)
        }
        Tier::NotInReport if !row.country_note().is_empty() => {
            format!("not ranked in {}", placed.year)
        }
        Tier::NotInReport => format!("not in the {} report", placed.year),
        _ => format!("{tier} in {}", placed.year),
    };
    (text, tier_shade(placed.tier))
}

/// The tier and the roles of a report, and which report states the roles.
fn roles(row: &CountryReport<'_>, year: u16) -> CardLine {
    let of_year = row.in_report(year);
    let index = row.index();
    let note = of_year.country_note();
    let tier = match of_year.tier() {
        _ if !of_year.is_in_report() && !note.is_empty() => capitalised(&note),
        Some(tier) => index.tier(tier).map_or(String::new(), |it| it.name.to_string()),
        None => "Not in these data".to_owned(),
    };
    let Some(stated) = of_year.stated() else {
        let no_roles = if of_year.is_in_report() { "; no roles in these data" } else { "" };
        return CardLine::Item(year.to_string(), format!("{tier}{no_roles}"));
    };
    let roles: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
    let by = match stated.year {
        Some(stated) if stated == year && year == SNAPSHOT.1 => {
            "the last report to state roles".to_owned()
        }
        Some(stated) if stated == year => "stated in that report".to_owned(),
        Some(stated) => format!("stated in the {stated} report"),
        None => "undated".to_owned(),
    };
    let note = Some(&*stated.note).filter(|note| !note.is_empty());
    let note = note.map_or(String::new(), |note| format!("{note}; "));
    CardLine::Item(year.to_string(), format!("{tier}; {} ({note}{by})", roles.join(", ")))
}

/// The roles that an undated document states, which those of a report would hide.
fn undated_roles(row: &CountryReport<'_>) -> Option<CardLine> {
    let stated = row.record.undated_roles()?;
    let source = row.index().source(stated.source)?;
    let source = match &*source.kind {
        "article" => "an encyclopaedia article".to_owned(),
        _ => source.citation(),
    };
    let roles: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
    let note = Some(&*stated.note).filter(|note| !note.is_empty());
    let note = note.map_or(String::new(), |note| format!(" ({note})"));
    let roles = roles.join(", ");
    Some(CardLine::Item("Roles".to_owned(), format!("{source}, undated: {roles}{note}")))
}

/// What the tier means, the clock if it runs, the other lists, how sure all this is, and where it stands.
fn evidence(row: &CountryReport<'_>, asked: Option<u16>) -> Vec<CardLine> {
    let item = |name: &str, text: Option<String>| Some(CardLine::Item(name.to_owned(), text?));
    let lists = lists(row);
    let note = Some(row.country_note()).filter(|note| !note.is_empty());
    // Why a country is not in the report asked for stands beside the year already, and says more than the tier.
    let is_said = note.is_some() && asked.is_some() && !row.is_in_report();
    let items = [
        item("Meaning", meaning(row).filter(|_| !is_said)),
        item("Watch List", row.clock().map(|clock| in_words(&clock))),
        item("Lists", (!lists.is_empty()).then(|| joined(&lists, "and"))),
        item("Evidence", row.placed().map(|placed| attested(placed).to_owned())),
        item("Note", note.filter(|_| !is_said)),
        item("Report", row.link()),
    ];
    items.into_iter().flatten().collect()
}

/// How well a placement is attested, and why, in words.
fn attested(placed: &Placement) -> &'static str {
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
fn lists(row: &CountryReport<'_>) -> Vec<String> {
    let (Some(placed), Some((on, open))) = (row.placed(), row.lists()) else {
        return Vec::new();
    };
    let is_said =
        |list: &&&GovernmentList| placed.tier == Tier::WatchList && list.id == SPECIAL_WATCH_LIST;
    let on = on.iter().filter(|list| !is_said(list)).map(|list| list.name.to_string());
    let before = open.into_iter().filter_map(|list| {
        let years = list.whole.iter().filter(|year| **year < placed.year);
        let newest = years.max()?;
        let before = row.in_report(*newest);
        let was_on = before.lists()?.0.iter().any(|it| it.id == list.id);
        let said =
            format!("{} of {newest} (that of {} is not in these data)", list.name, placed.year);
        was_on.then_some(said)
    });
    on.chain(before).collect()
}

/// What the tier means. Where it rests on criteria, they and the note on them would fill the card.
fn meaning(row: &CountryReport<'_>) -> Option<String> {
    let wording = row.definition()?;
    let placed = row.placed()?;
    if wording.criteria.is_empty() {
        // That of a country which is not in the report is about these data.
        let note = Some(&*wording.note).filter(|_| placed.tier.is_in_report());
        let sentences = [&*wording.definition, note.unwrap_or_default()];
        return Some(sentences.join(" ").trim_end().to_owned());
    }
    let definition = wording.definition.trim_end_matches(':');
    let (tier, year) = (placed.tier, placed.year);
    let command = unbroken(&format!("tip tiers {tier} {year}"));
    Some(format!("{definition} ('{command}' lists them)."))
}

/// How long the country has been on the Watch List, and what the rule of that year says of it.
fn in_words(clock: &Clock<'_>) -> String {
    let (reports, years) = match clock.consecutive() {
        1 => ("report", clock.since.to_string()),
        _ => ("consecutive reports", format!("{}–{}", clock.since, clock.year)),
    };
    let least = if clock.open { "at least " } else { "" };
    let count = format!("{least}{} {reports} ({years}).", clock.consecutive());
    match (clock.waiver_from(), clock.leave_by()) {
        (Some(waiver), Some(until)) => format!(
            "{count} The rule asks for a waiver from report {waiver} of them on, and lets it stay until the {until} report, a \
             waiver included."
        ),
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
        vec!["tip coverage".to_owned(), format!("tip list --year {newest}")]
    };
    let more: Vec<String> = more.iter().map(|command| unbroken(command)).collect();
    CardLine::Item("More".to_owned(), more.join(" · "))
}

/// The tiers of every report in one sentence or two, the newest first.
fn standing(index: &Index, history: &History<'_>) -> Option<String> {
    let first = history.placements().first()?.year;
    let newest = *index.years().end();
    let tiers: Vec<(u16, Option<Tier>)> = (first..=newest)
        .map(|year| (year, history.in_year(year).map(|placed| placed.tier)))
        .collect();
    let mut runs: Vec<_> = tiers.chunk_by(|(_, a), (_, b)| a == b).collect();
    let [(since, tier), ..] = runs.pop()? else {
        return None;
    };
    let now = capitalised(&named(index, *tier));
    if runs.is_empty() {
        return Some(format!("{now} in every report since {since}."));
    }
    let before = runs.iter().rev().filter_map(|run| {
        let ((from, tier), (to, _)) = run.first().zip(run.last())?;
        let run = format!("{} {}", named(index, *tier), span(*from, *to));
        Some(unbroken(&run))
    });
    let before: Vec<String> = before.collect();
    Some(format!("{now} since {since}. Before: {}.", before.join(", ")))
}

/// A tier inside a sentence, or that there is none.
fn named(index: &Index, tier: Option<Tier>) -> String {
    let Some(tier) = tier else {
        return NOT_KNOWN.to_owned();
    };
    match tier {
        Tier::WatchList => "Watch List".to_owned(),
        tier => index.tier(tier).map_or(String::new(), TierDefinition::name_in_sentence),
    }
}

/// Words that stay on one line.
fn unbroken(words: &str) -> String {
    words.replace(' ', &NO_BREAK.to_string())
}
