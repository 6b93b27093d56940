//! A profile as people see it: where the country stands now, then the evidence.

use crate::answer::caveats::notes;
use crate::answer::profile::Profile;
use crate::answer::strip::{legend, letters, ruler};
use crate::answer::tier_shade;
use crate::index::placement::{Evidence, History};
use crate::index::tier::{Tier, TierDefinition};
use crate::index::watch_list::Clock;
use crate::index::{Index, SNAPSHOT};
use crate::output::card::{Card, Line, NO_BREAK};
use crate::output::palette::Shade;
use crate::text::{capitalised, joined, span};

/// The card of a profile. `asked` is the report year, where one was named.
pub fn card(profile: &Profile<'_>, asked: Option<u16>) -> Card {
    let (index, history) = (profile.subject.index, &profile.subject.history);
    let mut lines: Vec<Line> = standing(index, history)
        .into_iter()
        .map(Line::Text)
        .collect();
    lines.push(roles(profile, asked.unwrap_or(SNAPSHOT.1)));
    if profile.is_known() {
        let years = index.years();
        let letters = letters(index, history, years.clone());
        let legend = legend(index, |mark| letters.iter().any(|(used, _)| *used == mark));
        lines.push(Line::Strip(ruler(&years), letters));
        lines.extend(legend.map(Line::Text));
    }
    lines.extend(evidence(profile));
    lines.push(more(profile, asked));
    Card {
        title: profile.country().name.to_string(),
        answer: answer(profile, asked),
        lines,
    }
}

/// The tier in the report of the profile, and that this is not the newest where nobody asked for another.
fn answer(profile: &Profile<'_>, asked: Option<u16>) -> (String, Shade) {
    let index = profile.subject.index;
    let newest = *index.years().end();
    let Some(placed) = &profile.placed else {
        let year = asked.unwrap_or(newest);
        return (format!("not in these data in {year}"), Shade::Unknown);
    };
    let tier = index.tier(placed.tier);
    let tier = tier.map_or(String::new(), |tier| tier.name.to_string());
    let text = match placed.tier {
        _ if asked.is_none() && placed.year != newest => {
            format!("last known: {tier} in {}", placed.year)
        }
        Tier::NotInReport => format!("not in the {} report", placed.year),
        _ => format!("{tier} in {}", placed.year),
    };
    (text, tier_shade(placed.tier))
}

/// The tiers of every report in one sentence or two, the newest first.
fn standing(index: &Index, history: &History<'_>) -> Option<String> {
    let first = history.placements().first()?.year;
    let newest = *index.years().end();
    let tiers: Vec<(u16, Option<Tier>)> = (first..=newest)
        .map(|year| (year, history.of(year).map(|placed| placed.tier)))
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
    Some(format!(
        "{now} since {since}. Before: {}.",
        before.join(", ")
    ))
}

/// A tier inside a sentence, or that there is none.
fn named(index: &Index, tier: Option<Tier>) -> String {
    let Some(tier) = tier else {
        return "not in these data".to_owned();
    };
    match tier {
        Tier::WatchList => "Watch List".to_owned(),
        tier => index
            .tier(tier)
            .map_or(String::new(), TierDefinition::name_in_sentence),
    }
}

/// Words that stay on one line.
fn unbroken(words: &str) -> String {
    words.replace(' ', &NO_BREAK.to_string())
}

/// The tier and the roles of a report, and which report states the roles.
fn roles(profile: &Profile<'_>, year: u16) -> Line {
    let of_year = profile.of_year(year);
    let index = profile.subject.index;
    let tier = of_year.placed.as_ref().map(|placed| placed.tier);
    let tier = match tier {
        Some(tier) => index
            .tier(tier)
            .map_or(String::new(), |it| it.name.to_string()),
        None => "Not in these data".to_owned(),
    };
    let Some(stated) = of_year.stated() else {
        let is_in_report = of_year
            .placed
            .is_some_and(|placed| placed.tier.is_in_report());
        let no_roles = if is_in_report {
            "; no roles in these data"
        } else {
            ""
        };
        return Line::Item(year.to_string(), format!("{tier}{no_roles}"));
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
    Line::Item(
        year.to_string(),
        format!("{tier}; {} ({note}{by})", roles.join(", ")),
    )
}

/// What the tier means, the clock if it runs, the other lists, how sure all this is, and where it stands.
fn evidence(profile: &Profile<'_>) -> Vec<Line> {
    let item = |name: &str, text: Option<String>| Some(Line::Item(name.to_owned(), text?));
    let index = profile.subject.index;
    let lists = profile.lists_on().map(|(on, _)| on).unwrap_or_default();
    let lists: Vec<&str> = lists.iter().map(|list| &*list.name).collect();
    let attested = profile.placed.as_ref().map(|placed| match placed.evidence {
        Evidence::Confirmed => "confirmed: two independent transcriptions agree",
        Evidence::Single => "single: one transcription gives this tier",
        Evidence::Disputed => "disputed: transcriptions differ on this tier",
    });
    let year = profile.year.map(|year| year..=year);
    let note = year.map(|years| notes(index, &[profile.country()], &years).join("; "));
    let items = [
        item("Meaning", meaning(profile)),
        item("Watch List", profile.clock().map(|clock| in_words(&clock))),
        item("Lists", (!lists.is_empty()).then(|| joined(&lists, "and"))),
        item("Evidence", attested.map(str::to_owned)),
        item("Note", note.filter(|note| !note.is_empty())),
        item("Report", profile.link()),
    ];
    items.into_iter().flatten().collect()
}

/// What the tier means. Where it rests on criteria, they and the note on them would fill the card.
fn meaning(profile: &Profile<'_>) -> Option<String> {
    let wording = profile.definition()?;
    let placed = profile.placed.as_ref()?;
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
        _ => (
            "consecutive reports",
            format!("{}–{}", clock.since, clock.year),
        ),
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
fn more(profile: &Profile<'_>, asked: Option<u16>) -> Line {
    let code = profile.country().iso3;
    let year = asked.map_or(String::new(), |year| format!(" {year}"));
    let more = [
        format!("tip history {code}"),
        format!("tip cite {code}{year}"),
        format!("tip sources {code}"),
    ];
    let more = more.map(|command| unbroken(&command));
    Line::Item("More".to_owned(), more.join(" · "))
}
