//! What must be said beside an answer: of years that are compared, of single countries, and of how new the data are.

use std::env;
use std::ops::RangeInclusive;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::answer::drawn::PLACES;
use crate::index::country::RegionKind;
use crate::index::package::{looked_for, may_be_newer};
use crate::index::report::Note;
use crate::index::{Country, GovernmentList, History, Index, Placement, Region, Years};
use crate::output::Remark;
use crate::text::{countries, date_in_words, decapitalised, joined, quoted, span, spans};

/// What a reader must know wherever years are compared.
pub const COMPARED: &str = "standards and the countries covered changed from report to report; a change of tier is not by itself a change on the ground";

/// What must be known of these countries' rows in these years.
pub fn notes(index: &Index, countries: &[&Country], years: &RangeInclusive<u16>) -> Vec<String> {
    each_once(countries.iter().flat_map(|country| {
        let notes = index.notes(country, years);
        notes.map(|note| (*country, note))
    }))
}

/// Returns what must be known of these rows as one line for below them: the one note, or where to read them all.
pub fn folded(index: &Index, countries: &[&Country], years: &Years) -> Option<Remark> {
    let notes = notes(index, countries, &years.range);
    let text = match notes.as_slice() {
        [] => return None,
        [one] => one.clone(),
        many => {
            format!("{} notes on these countries: add the column 'note' (-c +note)", many.len())
        }
    };
    Some(Remark::from(text).unless("note"))
}

/// Says each note once, with the countries and the reports that it is about.
pub fn each_once<'i>(notes: impl Iterator<Item = (&'i Country, &'i Note)>) -> Vec<String> {
    let mut said: Vec<(&Note, Vec<&str>)> = Vec::new();
    for (country, note) in notes {
        let is_same =
            |known: &Note| (known.from, known.to, &known.text) == (note.from, note.to, &note.text);
        let known = said.iter().position(|(known, _)| is_same(known));
        let place = known.unwrap_or_else(|| {
            said.push((note, Vec::new()));
            said.len() - 1
        });
        if let Some((_, names)) = said.get_mut(place)
            && !names.contains(&country.name)
        {
            names.push(country.name);
        }
    }
    let said = said.into_iter().map(|(note, names)| {
        format!("{} ({}): {}", joined(&names, "and"), span(note.from, note.to), note.text)
    });
    said.collect()
}

/// What must be known of the countries of a region: organisations have the members of today.
pub fn membership(region: &Region) -> Option<String> {
    (region.kind == RegionKind::Group).then(|| {
        let definition = decapitalised(region.definition.trim_end_matches('.'));
        format!("{}: {definition}", region.name)
    })
}

/// Says that a country is known and its placement in these years is not; of a report of which these data have every
/// country, that it is not in it.
pub fn no_placement(index: &Index, history: &History<'_>, years: &Years) -> String {
    let country = history.country;
    let name = quoted(country.name);
    let whole = years.single().filter(|year| index.is_whole(*year));
    let missing = match whole {
        Some(year) => format!("the {year} report does not cover {name}"),
        None => format!("the data have nothing on {name} in {}", years.name()),
    };
    match (history.placements().first(), history.latest()) {
        (Some(first), Some(last)) => format!(
            "{missing}; its reports are those of {} to {}: 'tip history {}'",
            first.year, last.year, country.iso3
        ),
        _ => missing,
    }
}

/// Lists, every one of which a country must be on.
#[derive(Debug)]
pub struct OnLists<'i> {
    index: &'i Index,
    lists: Vec<&'i GovernmentList>,
    /// The countries of which it is unknown although the list of the year is whole, with the year.
    unknown: Vec<String>,
}

impl<'i> OnLists<'i> {
    /// The lists that the user wrote.
    pub fn named(index: &'i Index, written: &[String]) -> Result<Self> {
        let lists = written.iter().map(|written| {
            index.lists().iter().find(|list| list.is_written(written)).with_context(|| {
                let known = index.lists().iter().map(|list| list.id);
                let known: Vec<_> = known.collect();
                let (written, known) = (quoted(written), joined(&known, "and"));
                format!("there is no list {written}; the lists are {known}")
            })
        });
        Ok(Self { index, lists: lists.collect::<Result<_>>()?, unknown: Vec::new() })
    }

    /// Whether a country is known to be on every list in the report of a placement.
    pub fn hold(&mut self, history: &History<'_>, placed: &Placement) -> bool {
        let holds = |list: &&GovernmentList| self.index.is_on(list, history, placed);
        let known: Vec<_> = self.lists.iter().map(holds).collect();
        let is_open = !known.contains(&Some(false)) && known.contains(&None);
        let mut lists = self.lists.iter();
        if is_open && lists.all(|list| list.whole.contains(&placed.year)) {
            let unknown = format!("{} ({})", history.country.name, placed.year);
            self.unknown.push(unknown);
        }
        known.iter().all(|known| *known == Some(true))
    }

    /// Whether all is known of the lists of these years and of the countries asked about so far.
    pub fn are_whole(&self, years: &RangeInclusive<u16>) -> bool {
        let mut lists = self.lists.iter();
        self.unknown.is_empty() && lists.all(|list| lacking(self.index, list, years).is_empty())
    }

    pub fn notes(&self) -> impl Iterator<Item = String> {
        let lists = self.lists.iter();
        lists.map(|list| format!("{}: {}", list.name, decapitalised(list.definition)))
    }

    /// What these data lack of the lists in these years.
    pub fn lack(&self, years: &RangeInclusive<u16>) -> Vec<String> {
        let lists = self.lists.iter().filter_map(|list| {
            let lacking = lacking(self.index, list, years);
            let lacks = (!lacking.is_empty()).then(|| spans(&lacking))?;
            let newest = list.whole.last().filter(|newest| lacking.contains(years.end()) && years.end() > *newest);
            let newest = newest.map_or(String::new(), |year| format!("; '--year {year}' has the newest that is"));
            Some(format!(
                "the {} of {lacks} is not whole in the data: that a country is not shown says nothing there{newest}",
                list.name
            ))
        });
        let unknown = (!self.unknown.is_empty()).then(|| {
            let countries = joined(&self.unknown, "and");
            format!("the data do not say whether listed: {countries}")
        });
        lists.chain(unknown).collect()
    }
}

/// The years whose list is not whole in these data.
fn lacking(index: &Index, list: &GovernmentList, years: &RangeInclusive<u16>) -> Vec<u16> {
    let partial = |year: &u16| index.partial().iter().any(|it| it.year == *year);
    let lacks = |year: &u16| !list.whole.contains(year) || partial(year);
    years.clone().filter(lacks).collect()
}

/// Says with which report the data end, when a newer one was last looked for, and, once that is long ago, that one may exist
/// and how to add it.
pub fn freshness(index: &Index) -> String {
    let newest = *index.years().end();
    let said = format!(
        "data end with the {newest} report; a newer one was last looked for on {}: none",
        date_in_words(looked_for())
    );
    if !may_be_newer(now()) {
        return said;
    }
    format!("{said}; by now one may exist: 'tip check --help' says how to add it")
}

/// Returns what stands at the foot of a page that is sent: where its facts are from, and what they are not.
pub fn footer(index: &Index) -> String {
    let newest = *index.years().end();
    let (version, edition) = (env!("CARGO_PKG_VERSION"), index.edition());
    format!(
        "Source: Trafficking in Persons Reports, US Department of State. The data end with the {newest} report; a newer one may be out. {PLACES} Made with tip {version}, data {edition}."
    )
}

/// Says how much is known of the reports of the user's that are only partly known, and what that means.
pub fn partly_known(index: &Index) -> impl Iterator<Item = String> {
    let newest = *index.years().end();
    index.partial().iter().map(move |partial| {
        let (year, (before, had)) = (partial.year, partial.before);
        let countries = countries(partial.countries);
        format!(
            "{year}: {countries}, {before} had {had}: it is partial, and answers are of {newest} unless {year} is named"
        )
    })
}

/// Returns the time in seconds since 1970: the clock's, unless the environment sets it, as builds that can be repeated do.
fn now() -> u64 {
    let set = env::var("SOURCE_DATE_EPOCH").ok().and_then(|set| set.trim().parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    set.unwrap_or_else(clock)
}
