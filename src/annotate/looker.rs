//! Looks up the cells of the first rows, each distinct one once.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::annotate::corrections::Corrections;
use crate::annotate::sample::{CellKind, SampleRow, Score};
use crate::annotate::values::Requested;
use crate::index::codes::{is_code, is_number};
use crate::index::names::fold::fold;
use crate::index::names::marks::numbered_short_form;
use crate::index::names::spellings::Kind;
use crate::index::placeholder::Placeholders;
use crate::index::{CodeReading, CodeSystem, Index, Resolution};
use crate::input::{Encoding, field};

/// What stands among countries and is none: groups of them, as the World Bank and others write them, folded and without
/// spaces.
const AGGREGATES: &str = include_str!("aggregates.txt");

/// How many cells that are no country's are resolved, in all: each takes as long as a hundred others.
const MOST_UNKNOWN: usize = 400;

/// The longest cell that is looked up, in bytes.
const LONGEST: usize = 200;

/// Looks at the cells of a sample. What was looked up once is kept.
pub struct Looker<'i, 't> {
    pub index: &'i Index,
    corrections: &'t Corrections<'i>,
    encoding: Encoding,
    reading: CodeReading,
    placeholders: Placeholders,
    kinds: HashMap<&'t [u8], CellKind, RandomState>,
    /// How many more cells that are no country's may be resolved.
    left: usize,
}

impl<'i, 't> Looker<'i, 't> {
    pub fn new(query: &'t Requested<'i>) -> Self {
        Self {
            index: query.index,
            corrections: &query.corrections,
            encoding: query.encoding,
            reading: query.codes,
            placeholders: query.index.placeholders(),
            kinds: HashMap::default(),
            left: MOST_UNKNOWN,
        }
    }

    /// Looks up as many cells anew: where the file is not as it should be, time is no matter.
    pub fn look_again(&mut self) {
        self.left = MOST_UNKNOWN;
    }

    pub fn text(&self, field: &[u8]) -> String {
        self.encoding.lossy(&field::value(field)).trim().to_owned()
    }

    pub fn score(&mut self, rows: &[SampleRow<'t>], column: usize) -> Score {
        let mut score = Score::default();
        let mut seen: HashSet<&[u8], RandomState> = HashSet::default();
        for field in rows.iter().map(|row| row.field(column)) {
            if !seen.insert(field) {
                continue;
            }
            match self.kind(field) {
                Some(kind) => score.add(kind),
                None => break,
            }
            if score.is_hopeless() {
                break;
            }
        }
        score
    }

    /// Returns what a field is; none where too many were looked up in vain.
    fn kind(&mut self, field: &'t [u8]) -> Option<CellKind> {
        if let Some(kind) = self.kinds.get(field) {
            return Some(*kind);
        }
        let text = self.text(field);
        let kind = if let Some(kind) = self.known_kind(&text) {
            kind
        } else {
            let left = self.left.checked_sub(1)?;
            let kind = self.resolved(&text);
            self.left = if kind == CellKind::Unknown { left } else { self.left };
            kind
        };
        self.kinds.insert(field, kind);
        Some(kind)
    }

    /// Returns whether a field names a country, and is no code.
    pub fn is_name(&self, field: &[u8]) -> bool {
        let text = self.text(field);
        let kind = self.known_kind(&text).unwrap_or_else(|| self.resolved(&text));
        matches!(kind, CellKind::Name(_))
    }

    /// What a text is that need not be resolved.
    fn known_kind(&self, text: &str) -> Option<CellKind> {
        if text.is_empty() || self.placeholders.has(text) {
            // "NA" is Namibia, and no placeholder.
            return Some(CellKind::Nothing);
        }
        if let Some(country) = self.corrections.country(text) {
            return Some(CellKind::Name(Some(country.iso3)));
        }
        let has_letters = text.chars().any(|c| c.is_alphabetic() || !c.is_ascii());
        (text.len() > LONGEST || !has_letters && text.len() > LONGEST_NUMBER)
            .then_some(CellKind::Unknown)
    }

    fn resolved(&self, text: &str) -> CellKind {
        let (iso3, how) = match self.index.resolve_in(text, self.reading) {
            Resolution::Country { country, how, .. } => (Some(country.iso3), how),
            Resolution::Several { how, .. } => (None, how),
            Resolution::Unknown if self.is_aggregate(text) => return CellKind::Group,
            Resolution::Unknown if is_number(text) => return CellKind::Number(None),
            Resolution::Unknown => return CellKind::Unknown,
        };
        match how {
            _ if text.bytes().all(|byte| !byte.is_ascii_alphabetic()) && text.is_ascii() => {
                CellKind::Number(iso3)
            }
            // "UK" and "el" are names here, and are written as codes are.
            _ if (2..=3).contains(&text.len()) && text.is_ascii() => CellKind::Code(iso3),
            Kind::Code if text.is_ascii() => CellKind::Code(iso3),
            _ => CellKind::Name(iso3),
        }
    }

    fn is_aggregate(&self, text: &str) -> bool {
        let key = fold(text).replace(' ', "");
        let is_known = || AGGREGATES.lines().any(|known| known == key);
        key.starts_with("owid") || self.index.region_written(text).is_some() || is_known()
    }

    pub fn rows_with_country(&mut self, rows: &[SampleRow<'t>], column: usize) -> usize {
        let kinds = rows.iter().filter_map(|row| self.kind(row.field(column)));
        kinds.filter(|kind| kind.iso3().is_some()).count()
    }

    /// Returns whether two columns name the same country in nearly every row that has both.
    pub fn agree(&mut self, rows: &[SampleRow<'t>], one: usize, other: usize) -> bool {
        let mut country = |field| self.kind(field).and_then(CellKind::iso3);
        let (mut equal, mut both) = (0, 0);
        for row in rows {
            let one = country(row.field(one));
            if let (Some(one), Some(other)) = (one, country(row.field(other))) {
                both += 1;
                equal += usize::from(one == other);
            }
        }
        both > 0 && equal * 10 >= both * 9
    }

    /// Returns how the codes of a column are read, by its cells: numbers are none where many of them are none, and another
    /// system may be meant that has more of the codes.
    pub fn codes(&self, rows: &[SampleRow<'_>], column: usize, score: Score) -> CodeReading {
        let cells: HashSet<String> = rows.iter().map(|row| self.text(row.field(column))).collect();
        let codes: Vec<&str> = cells.iter().map(|it| &**it).filter(|text| is_code(text)).collect();
        let is_known = |code: &&&str| !matches!(self.index.resolve(code), Resolution::Unknown);
        let (known, unknown): (Vec<&str>, Vec<&str>) =
            codes.iter().partition(|code| is_known(code));
        let ours = self.index.codes();
        let has_more = |system: &_| {
            let theirs = codes.iter().filter(|code| ours.iso3(code, *system).is_some());
            theirs.count() > known.len()
        };
        let likely = ours.most_likely(unknown.into_iter(), CodeSystem::Iso).into_iter();
        let mut besides = CodeReading::default().besides;
        for (place, system) in besides.iter_mut().zip(likely.filter(has_more)) {
            *place = Some(system);
        }
        CodeReading {
            without_numbers: !score.has_code_numbers(),
            with_footnotes: has_footnotes(&cells),
            besides,
            ..self.reading
        }
    }
}

/// Whether digits behind short forms are footnotes': all are written close, and most cells have none. "US 60" is a road.
fn has_footnotes(cells: &HashSet<String>) -> bool {
    let numbered: Vec<bool> = cells.iter().filter_map(|cell| numbered_short_form(cell)).collect();
    numbered.iter().all(|is_close| *is_close) && numbered.len() * 2 < cells.len()
}

/// The longest number that may be a code, as programs write it: "498.0", "'498".
const LONGEST_NUMBER: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_aggregate_can_match_and_is_no_country() {
        let index = Index::embedded();
        let mut seen = HashSet::new();
        for known in AGGREGATES.lines() {
            assert_eq!(fold(known).replace(' ', ""), known, "folded and without spaces");
            assert!(matches!(index.resolve(known), Resolution::Unknown), "{known}");
            assert!(seen.insert(known), "{known} stands twice");
        }
    }
}
