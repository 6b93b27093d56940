//! Report years as people write them: a year, a range, `latest` (the newest report) or `all`.

use std::error::Error;
use std::fmt;
use std::ops::RangeInclusive;

use crate::index::Index;
use crate::text::{date_in_words, joined, quoted, span};

/// Words for the newest report.
const LATEST: &[&str] = &["latest", "newest", "now", "today"];

/// Why what was written is none of the reports' years, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidYears(pub String);

impl fmt::Display for InvalidYears {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for InvalidYears {}

type Result<T> = std::result::Result<T, InvalidYears>;

/// Report years: all of a range, both ends included, or some of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years {
    /// The range from the first to the last.
    pub range: RangeInclusive<u16>,
    /// The years of the range that are meant; all of them where it is empty.
    only: Vec<u16>,
}

impl From<RangeInclusive<u16>> for Years {
    fn from(range: RangeInclusive<u16>) -> Self {
        Self { range, only: Vec::new() }
    }
}

impl Years {
    /// The years that people write so.
    ///
    /// # Errors
    /// They are none of the reports' years, or end before they begin.
    pub fn parse(index: &Index, written: &str) -> Result<Self> {
        Self::parse_among(&index.years(), written, |written| year(index, written))
    }

    /// The years that people write so, where those of `known` are all, and `year` reads one.
    pub(crate) fn parse_among(
        known: &RangeInclusive<u16>,
        written: &str,
        year: impl Fn(&str) -> Result<u16>,
    ) -> Result<Self> {
        let written = written.trim();
        Ok(Self::from(match written.to_ascii_lowercase().as_str() {
            word if LATEST.contains(&word) => *known.end()..=*known.end(),
            "all" => known.clone(),
            _ => range(written, known, year)?,
        }))
    }

    /// Returns all the years that these are together.
    fn together(mut several: Vec<Self>) -> Option<Self> {
        if several.len() <= 1 {
            return several.pop();
        }
        let mut years: Vec<u16> = several.iter().flat_map(Self::iter).collect();
        years.sort_unstable();
        years.dedup();
        let range = *years.first()?..=*years.last()?;
        let only = if years.len() == range.len() { Vec::new() } else { years };
        Some(Self { range, only })
    }

    /// Whether a year is one of them.
    pub fn holds(&self, year: u16) -> bool {
        self.range.contains(&year) && (self.only.is_empty() || self.only.contains(&year))
    }

    /// Returns the years, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        self.range.clone().filter(|year| self.holds(*year))
    }

    /// Whether they are all years of a range.
    pub fn is_range(&self) -> bool {
        self.only.is_empty()
    }

    /// The newest report's.
    pub fn newest(index: &Index) -> Self {
        let newest = *index.years().end();
        Self::from(newest..=newest)
    }

    /// The year, if it is one.
    pub fn single(&self) -> Option<u16> {
        (self.range.start() == self.range.end()).then_some(*self.range.start())
    }

    /// The years in words.
    pub fn name(&self) -> String {
        match self.single() {
            Some(year) => format!("the {year} report"),
            None => format!("the reports of {}", self.span()),
        }
    }

    /// Returns the years in the brackets of a title: "2018 report", "reports of 2015–2020".
    pub fn in_title(&self) -> String {
        match self.single() {
            Some(year) => format!("{year} report"),
            None => format!("reports of {}", self.span()),
        }
    }

    /// Returns the years as short as they can be said: "2018", "2015–2020", "2018 and 2025".
    pub fn span(&self) -> String {
        if self.is_range() {
            return span(*self.range.start(), *self.range.end());
        }
        let years: Vec<String> = self.only.iter().map(u16::to_string).collect();
        joined(&years.iter().map(String::as_str).collect::<Vec<_>>(), "and")
    }
}

/// Where no years are named: a year as `Years::parse` takes it, and perhaps another in some case. Help prints them.
#[derive(Clone, Copy, Debug)]
pub struct YearDefault {
    pub years: &'static str,
    /// Others, and in which case.
    pub or: Option<(&'static str, &'static str)>,
}

impl YearDefault {
    pub const fn new(years: &'static str) -> Self {
        Self { years, or: None }
    }

    /// The years, or the others where that is the case.
    pub fn unless(&self, is_other: bool) -> &'static str {
        self.or.filter(|_| is_other).map_or(self.years, |(years, _)| years)
    }

    pub fn help(&self, takes: &str) -> String {
        let or = self.or.map_or(String::new(), |(years, case)| format!("; {years} {case}"));
        format!("{takes} [default: {}{or}]", self.years)
    }
}

#[derive(Clone, Debug)]
pub struct AskedYears {
    /// The years: those named, or else the default.
    pub years: Years,
    pub are_named: bool,
}

impl AskedYears {
    /// The years that one of the options or of the words names, or else the default; and the other words. The one place where
    /// the years of a question are decided.
    pub fn new<'w>(
        index: &Index,
        words: &'w [String],
        options: impl IntoIterator<Item = &'w String>,
        default: &str,
    ) -> Result<(Vec<String>, Self)> {
        Self::read(index, words, options, default, |written| Years::parse(index, written))
    }

    /// Does the same where `parse` reads years, which need not be reports'.
    pub fn read<'w>(
        index: &Index,
        words: &'w [String],
        options: impl IntoIterator<Item = &'w String>,
        default: &str,
        parse: impl Fn(&str) -> Result<Years>,
    ) -> Result<(Vec<String>, Self)> {
        let words = without_connecting(index, words);
        let words = words.iter().flat_map(|word| name_and_years(word));
        let (named, others): (Vec<&str>, Vec<&str>) =
            words.partition(|word| is_written_as_years(word));
        let options: Vec<&str> = options.into_iter().map(String::as_str).collect();
        let named = named.iter().chain(&options).flat_map(|years| years.split(','));
        let named = named.map(&parse);
        let named = Years::together(named.collect::<Result<Vec<Years>>>()?);
        refuse_small(&others, named.is_some())?;
        let are_named = named.is_some();
        let years = named.map_or_else(|| parse(default), Ok)?;
        let others = others.iter().map(|word| (*word).to_owned()).collect();
        Ok((others, Self { years, are_named }))
    }

    pub fn named_year(&self) -> Option<u16> {
        self.years.single().filter(|_| self.are_named)
    }
}

/// Words between names that are codes of countries, too: AND is Andorra.
const BETWEEN: [&str; 6] = ["and", "or", "to", "vs", "versus", "with"];

/// Words before years: for what begins or ends with them.
const SINCE: [&str; 2] = ["since", "from"];
const UNTIL: [&str; 5] = ["until", "till", "to", "through", "thru"];

/// Small words that are codes of countries too, or say of years what is not read here: beside other words they are refused, for
/// "thailand at 2018" asks nothing of Austria.
const SMALL: [&str; 18] = [
    "in", "at", "by", "is", "it", "no", "so", "as", "be", "do", "me", "my", "are", "and", "to",
    "before", "after", "between",
];

/// Returns the words without those that only connect them, in small letters: "in" before a year would be India, "and" between
/// two names Andorra. "since 2015" is "2015..", "from 2010 to 2020" is "2010..2020". A comma behind a name is none of it.
fn without_connecting(index: &Index, words: &[String]) -> Vec<String> {
    let word = |at: usize| words.get(at).map(|word| word.trim_end_matches(','));
    let year = |at: usize| word(at).filter(|word| is_year(word));
    let is = |at: usize, known: &[&str]| word(at).is_some_and(|word| known.contains(&word));
    let (mut kept, mut at) = (Vec::new(), 0);
    while let Some(next) = word(at) {
        let (from, to) = (usize::from(is(at, &SINCE)), usize::from(is(at, &UNTIL)));
        let is_now = is(at + from + 2, LATEST) && is(at + from + 1, &UNTIL);
        let between = usize::from(is(at, &["between"]));
        let (written, taken) = match (year(at + from + between), year(at + from + between + 2)) {
            (Some(first), Some(last)) if between > 0 && is(at + 2, &["and"]) => {
                (Some(format!("{first}..{last}")), 4)
            }
            (Some(first), None) if is_now => (Some(format!("{first}..")), from + 3),
            (Some(first), Some(last))
                if is(at + from + 1, &UNTIL) || is(at + from + 1, &["-", "–"]) =>
            {
                (Some(format!("{first}..{last}")), from + 3)
            }
            (Some(first), _) if from > 0 => (Some(format!("{first}..")), 2),
            _ => match year(at + to) {
                Some(last) if to > 0 => (Some(format!("..{last}")), 2),
                _ => (None, 1),
            },
        };
        let is_before = |at: usize| {
            word(at).is_some_and(|word| {
                is_written_as_years(word) || index.region_written(word).is_some()
            })
        };
        let is_between = at > 0 && at + 1 < words.len() && BETWEEN.contains(&next);
        let connects = is_between || next == "in" && is_before(at + 1);
        match written {
            Some(written) => kept.push(written),
            None if connects => {}
            None => kept.push(next.to_owned()),
        }
        at += taken;
    }
    kept
}

/// Refuses small words that would be taken for codes: beside a year, or a word that is longer than a code.
fn refuse_small(words: &[&str], has_years: bool) -> Result<()> {
    let is_long = |word: &&str| word.len() > 3 && !SMALL.contains(word);
    let are_codes = !has_years && !words.iter().any(is_long);
    let Some(small) = words.iter().find(|word| !are_codes && SMALL.contains(word)) else {
        return Ok(());
    };
    Err(InvalidYears(match small.len() {
        ..=3 => format!(
            "'{small}' is no name here: leave it out, or write the code as '{}'",
            small.to_uppercase()
        ),
        _ => format!("'{small}' is not read here: give years as 2010..2013"),
    }))
}

/// Whether a word is a year of four digits.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the parts of an argument such as "Bosnia 2018": the name, and the years at its end.
fn name_and_years(argument: &str) -> impl Iterator<Item = &str> {
    let parts = argument.trim().rsplit_once(' ');
    let parts = parts.filter(|(_, years)| is_written_as_years(years) && *years != "all");
    let (name, years) = parts.map_or((argument, None), |(name, years)| (name, Some(years)));
    [name].into_iter().chain(years)
}

/// Whether a word is meant for years and not for a country: `2015`, `2015..2020`, `..2010`, `latest`, `all`. Codes of
/// countries have three digits.
pub fn is_written_as_years(word: &str) -> bool {
    let word = word.trim().to_ascii_lowercase();
    let is_range = |word: &str| {
        let Some((from, to)) = word.split_once("..").or_else(|| word.split_once(['-', '–']))
        else {
            return is_year(word);
        };
        let is_end = |end: &str| end.is_empty() || is_year(end);
        is_end(from)
            && is_end(to.trim_start_matches('='))
            && word.contains(|c: char| c.is_ascii_digit())
    };
    let is_several =
        |word: &str| word.contains(',') && word.split(',').all(|part| is_range(part.trim()));
    word == "all" || LATEST.contains(&&*word) || is_range(&word) || is_several(&word)
}

/// The years of a year or a range that people write; an open end is that of the years `known`.
fn range(
    written: &str,
    known: &RangeInclusive<u16>,
    year: impl Fn(&str) -> Result<u16>,
) -> Result<RangeInclusive<u16>> {
    let ends = written.split_once("..");
    let years = match ends.or_else(|| written.split_once(['-', '–'])) {
        None => {
            let year = year(written)?;
            year..=year
        }
        Some((from, to)) => {
            // The `=` of a range as Rust writes it means what is meant here anyway.
            let to = to.trim_start_matches('=');
            let end = |written: &str, open| match written {
                "" => Ok(open),
                written => year(written),
            };
            end(from, *known.start())?..=end(to, *known.end())?
        }
    };
    if years.is_empty() {
        let what = format!("the range {} ends before it begins", quoted(written));
        return Err(InvalidYears(what));
    }
    Ok(years)
}

/// A report year.
pub fn year(index: &Index, written: &str) -> Result<u16> {
    let known = index.every_year();
    let year = written.trim().parse().ok();
    year.filter(|year| known.contains(year)).ok_or_else(|| {
        let (first, last) = (*known.start(), *known.end());
        let is_later = written.trim().parse::<u32>().is_ok_and(|year| year > last.into());
        InvalidYears(match index.report(last).and_then(|last| index.source(last.document)) {
            Some(newest) if is_later => {
                let released = date_in_words(newest.date);
                let released = Some(released).filter(|released| !released.is_empty());
                let released = released.map_or(String::new(), |day| format!(" (released {day})"));
                format!("the data end with the {last} report{released}")
            }
            _ => {
                let written = quoted(written);
                format!("there is no report of the year {written}; give one from {first} to {last}")
            }
        })
    })
}

#[test]
fn words_for_years_are_told_from_names_and_codes() {
    for years in
        ["2015", "2015..2020", "2015..", "..2015", "2015-2020", "latest", "now", "2018,2019", "ALL"]
    {
        assert!(is_written_as_years(years), "{years}");
    }
    for name in ["498", "Moldova", "20155", "..", "-", "Guinea-Bissau", "2015a"] {
        assert!(!is_written_as_years(name), "{name}");
    }
}

#[test]
fn words_that_connect_are_no_countries_and_years_are_read_as_they_are_said() {
    let index = Index::embedded();
    let read = |line: &str| {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        without_connecting(&index, &words).join(" ")
    };
    for (typed, meant) in [
        ("serbia and romania", "serbia romania"),
        ("serbia, romania and bulgaria", "serbia romania bulgaria"),
        ("serbia in 2024", "serbia 2024"),
        ("in europe", "europe"),
        ("romania 2010 to 2020", "romania 2010..2020"),
        ("romania from 2010 to 2020", "romania 2010..2020"),
        ("romania 2010 - 2020", "romania 2010..2020"),
        ("romania since 2015", "romania 2015.."),
        ("romania until 2010", "romania ..2010"),
        // Codes, where nothing says otherwise.
        ("and", "and"),
        ("in cn", "in cn"),
        ("china 2010 to now", "china 2010.."),
        ("china between 2014 and 2018", "china 2014..2018"),
        ("AND and to", "AND to"),
    ] {
        assert_eq!(read(typed), meant, "{typed}");
    }
}
