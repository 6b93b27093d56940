//! A country on a page: the answer first, then what it means, what it was before, its neighbours, and the evidence.

pub mod beside;

use crate::answer::brief::beside::{figures, lists, neighbours, roles, sources, watch_list};
use crate::answer::card::{CHECK, attested};
use crate::answer::caveats::COMPARED;
use crate::answer::columns::sentence;
use crate::answer::drawn::{in_tier, label, legend, mark, moved, named};
use crate::answer::row::{CountryReport, Run};
use crate::answer::tier_shade;
use crate::answer::world::World;
use crate::index::country::Region;
use crate::index::tier::{Tier, TierDefinition};
use crate::output::document::{Block, Document, Moment, Place, Rich, Rows, Section, Steps};
use crate::output::drawing::Moved;
use crate::output::palette::Shade;
use crate::text::{capitalised, span};

const NOT_A_TIER: &str = "A tier rates what a government does, against a US law. It does not measure how much trafficking there is, \
    and Tier 1 does not mean there is none. It is the judgement of the US government, not of a court or of the United Nations.";

/// The page of a country, compared with a region, or else with the nearest.
pub fn brief(world: &World<'_>, row: &CountryReport<'_>, region: Option<&Region>) -> Document {
    let (index, year) = (world.index, world.year);
    let name = capitalised(row.country().name);
    let runs = row.runs_to(year);
    let years = index.years();
    let steps = format!("Tier in each report, {}", span(*years.start(), *years.end()));
    let sections = [
        Some(Section::new(Place::Whole, steps, timeline(row))),
        meaning(row),
        Some(Section::new(Place::Left, "What a tier is not", vec![Block::Text(NOT_A_TIER.into())])),
        Some(watch_list(row, &runs, year)),
        lists(row, year),
        roles(row),
        figures(row),
        neighbours(world, row, region),
        Some(sources(row, year)),
    ];
    Document {
        kicker: world.kicker(),
        window: format!("{name}: {}, {year} TIP Report", capitalised(&named(index, row.tier()))),
        title: name,
        verdict: verdict(row, &runs, year),
        lede: lede(row, &runs, year),
        warning: warning(row, year),
        sections: sections.into_iter().flatten().collect(),
        footer: world.footer.clone(),
        nav: Rich::default(),
    }
}

/// The tier of the report before, where it was moved from.
fn moved_from(runs: &[Run], year: u16) -> Option<(Run, Moved)> {
    let [.., before, now] = runs else { return None };
    Some((*before, moved(before.2, now.2)?)).filter(|_| now.0 == year)
}

fn verdict(row: &CountryReport<'_>, runs: &[Run], year: u16) -> Rich {
    let index = row.index();
    let verdict = Rich::default().mark(mark(index, row.tier()));
    if !row.tier().is_some_and(Tier::is_rank) {
        return verdict;
    }
    match moved_from(runs, year) {
        Some((before, way)) => {
            let from = named(index, before.2);
            verdict.plain(", ").moved(Some(way)).plain(format!(" from {from}"))
        }
        None => match index.tier_in(&row.record.history, year - 1) {
            Some(before) if Some(before) == row.tier() => {
                verdict.plain(format!(", no change from {}", year - 1))
            }
            _ => verdict,
        },
    }
}

/// One or two sentences that can be copied.
fn lede(row: &CountryReport<'_>, runs: &[Run], year: u16) -> Rich {
    let index = row.index();
    let name = row.country().name_in_sentence();
    let first = sentence(row, "").unwrap_or_else(|| match row.tier() {
        Some(_) => format!("The {year} Trafficking in Persons Report has no chapter on {name}."),
        None => format!("The data have no tier of {name} in the {year} report."),
    });
    let ranked = |run: &&Run| run.2.is_some_and(Tier::is_rank);
    let second = match (runs, moved_from(runs, year)) {
        (_, Some((before, way))) => {
            let (way, from) = (way.word(), named(index, before.2));
            format!("That is {way} from {from}, where it was in {}.", span(before.0, before.1))
        }
        (runs, None) if !row.tier().is_some_and(Tier::is_rank) => {
            let last = runs.iter().rfind(ranked);
            last.map_or("No report gives it a tier.".to_owned(), |(_, to, tier)| {
                format!("It was last ranked in the {to} report, {}.", in_tier(index, *tier))
            })
        }
        ([.., before, now], None) => match moved(before.2, now.2) {
            Some(way) => format!(
                "It has been {} since the {} report, when it moved {} from {}.",
                in_tier(index, now.2),
                now.0,
                way.word(),
                named(index, before.2)
            ),
            None => format!("It has been {} since the {} report.", in_tier(index, now.2), now.0),
        },
        ([now], None) => format!("It has been there in every report since {}.", now.0),
        ([], None) => String::new(),
    };
    Rich::from(format!("{first} {second}"))
}

/// What whoever quotes the tier must have seen.
fn warning(row: &CountryReport<'_>, year: u16) -> Option<Rich> {
    let placed = row.placed().filter(|placed| placed.tier.is_rank() && !row.is_confirmed())?;
    let name = row.country().name_in_sentence();
    let why = attested(placed).trim_end_matches(CHECK);
    let warning = Rich::default().strong("Check before you quote.");
    let warning = warning.plain(format!(" The {year} tier of {name}: {why}. Read "));
    Some(warning.link("what the report says", row.link()).plain(" first."))
}

/// The tier report by report, as steps and as a table, and what must be known of it.
fn timeline(row: &CountryReport<'_>) -> Vec<Block> {
    let (index, history) = (row.index(), &row.record.history);
    let years = index.years();
    let runs = row.runs_to(*years.end());
    let steps =
        years.clone().map(|year| Moment { year, mark: mark(index, index.tier_in(history, year)) });
    let steps: Vec<Moment> = steps.collect();
    let key = legend(index, |mark| steps.iter().any(|step| step.mark.letter == mark));
    let key = key.map_or(String::new(), |key| format!("Letters: {key}. "));
    let ranks = index.tiers().iter().filter(|known| known.tier.is_rank());
    let lane = |known: &TierDefinition| (tier_shade(known.tier), label(index, Some(known.tier)));
    let mut lanes: Vec<(Shade, String)> = ranks.map(lane).collect();
    if steps.iter().any(|step| step.mark.shade.tone().is_none()) {
        lanes.push((Shade::Empty, "No rank".to_owned()));
    }
    let before = [None].into_iter().chain(runs.iter().map(|run| run.2));
    let rows = runs.iter().zip(before).map(|((from, to, tier), before)| {
        let way = Rich::default().moved(moved(before, *tier));
        vec![span(*from, *to).into(), Rich::default().mark(mark(index, *tier)), way]
    });
    let caption = format!("{}: tier by report", row.country().name);
    let table = Rows::new(caption, &["Reports", "Tier", "Move"], rows.collect());
    let mut blocks: Vec<Block> =
        counted(row, &runs).map(|text| Block::Text(text.into())).into_iter().collect();
    blocks.push(Block::Steps(Steps { lanes, steps, table }));
    blocks.push(Block::Note(format!("{key}{}.", capitalised(COMPARED)).into()));
    let notes: Vec<Rich> = index
        .notes(row.country(), &years)
        .map(|note| Rich::from(format!("{}.", capitalised(note.text))))
        .collect();
    if !notes.is_empty() {
        blocks.push(Block::List(notes));
    }
    blocks
}

/// In how many reports it had which tier.
fn counted(row: &CountryReport<'_>, runs: &[Run]) -> Option<String> {
    let index = row.index();
    let ranks = index.tiers().iter().map(|known| known.tier).filter(|tier| tier.is_rank());
    let counts = ranks.filter_map(|tier| {
        let of_tier = runs.iter().filter(|run| run.2 == Some(tier));
        let count: u16 = of_tier.map(|(from, to, _)| to - from + 1).sum();
        (count > 0).then_some((tier, count))
    });
    let counts: Vec<(Tier, u16)> = counts.collect();
    let all: u16 = counts.iter().map(|(_, count)| count).sum();
    let name = capitalised(&row.country().name_in_sentence());
    match counts.as_slice() {
        [] => None,
        [(tier, _)] => Some(format!(
            "{name}: {} in all {all} reports that rank it.",
            in_tier(index, Some(*tier))
        )),
        many => {
            let said =
                many.iter().map(|(tier, count)| format!("{count} {}", in_tier(index, Some(*tier))));
            Some(format!("{name} in {all} reports: {}.", said.collect::<Vec<_>>().join(", ")))
        }
    }
}

/// What the tier means in that report, with its criteria.
fn meaning(row: &CountryReport<'_>) -> Option<Section> {
    let (index, wording) = (row.index(), row.definition()?);
    let title = match row.tier()? {
        tier if tier.is_rank() => format!("What {} means", mark(index, Some(tier)).name),
        _ => "What this means".to_owned(),
    };
    let mut blocks = vec![Block::Text(wording.definition.into())];
    if !wording.criteria.is_empty() {
        blocks.push(Block::List(wording.criteria.iter().map(Rich::from).collect()));
    }
    // The note on a country that is not in the report is about the data.
    if !wording.note.is_empty() && row.is_in_report() {
        blocks.push(Block::Note(wording.note.into()));
    }
    Some(Section::new(Place::Left, title, blocks))
}
