//! Report years as people write them: a year, a range, `latest` (the newest report) or `all`.

use std::error::Error;
use std::fmt;
use std::ops::RangeInclusive;

use crate::index::Index;
use crate::text::{date_in_words, quoted, span};

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

/// Report years, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years(pub RangeInclusive<u16>);

impl Years {
    /// The years that people write so.
    ///
    /// # Errors
    /// They are none of the reports' years, or end before they begin.
    pub fn parse(index: &Index, written: &str) -> Result<Self> {
        let known = index.years();
        let written = written.trim();
        Ok(match written.to_ascii_lowercase().as_str() {
            word if LATEST.contains(&word) => Self::newest(index),
            "all" => Self(known),
            _ => Self(range(written, &known, |written| year(index, written))?),
        })
    }

    /// The newest report's.
    pub fn newest(index: &Index) -> Self {
        let newest = *index.years().end();
        Self(newest..=newest)
    }

    /// The year, if it is one.
    pub fn single(&self) -> Option<u16> {
        let Self(years) = self;
        (years.start() == years.end()).then_some(*years.start())
    }

    /// The years in words.
    pub fn name(&self) -> String {
        let Self(years) = self;
        match self.single() {
            Some(year) => format!("the {year} report"),
            None => format!("the reports of {}", span(*years.start(), *years.end())),
        }
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
        let (named, others): (Vec<&str>, Vec<&str>) =
            without_in(words).partition(|word| is_written_as_years(word));
        let options = options.into_iter().map(String::as_str);
        let mut named = named.into_iter().chain(options);
        let first = named.next();
        if let Some((first, second)) = first.zip(named.next()) {
            let (first, second) = (quoted(first), quoted(second));
            return Err(InvalidYears(format!(
                "years stand twice, {first} and {second}; give one year, or a range such as 2015..2020"
            )));
        }
        let years = Years::parse(index, first.unwrap_or(default))?;
        let others = others.into_iter().map(str::to_owned).collect();
        Ok((others, Self { years, are_named: first.is_some() }))
    }

    pub fn named_year(&self) -> Option<u16> {
        self.years.single().filter(|_| self.are_named)
    }
}

/// The words without an "in" before a year, which would be India.
fn without_in(words: &[String]) -> impl Iterator<Item = &str> {
    let next = words.iter().skip(1).map(Some).chain([None]);
    let kept = words.iter().zip(next).filter(|(word, next)| {
        let is_before_year = next.is_some_and(|next| is_written_as_years(next));
        *word != "in" || words.len() < 3 || !is_before_year
    });
    kept.map(|(word, _)| word.as_str())
}

/// Whether a word is meant for years and not for a country: `2015`, `2015..2020`, `..2010`, `latest`, `all`. Codes of
/// countries have three digits.
pub fn is_written_as_years(word: &str) -> bool {
    let word = word.trim().to_ascii_lowercase();
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
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
    // Several are refused where they are read, with what to write instead.
    let is_several =
        |word: &str| word.contains(',') && word.split(',').all(|part| is_range(part.trim()));
    word == "all" || LATEST.contains(&&*word) || is_range(&word) || is_several(&word)
}

/// The years of a year or a range that people write; an open end is that of the years `known`.
pub fn range(
    written: &str,
    known: &RangeInclusive<u16>,
    year: impl Fn(&str) -> Result<u16>,
) -> Result<RangeInclusive<u16>> {
    if written.contains(',') {
        let what = format!("{} is no range: give one such as 2015..2020", quoted(written));
        return Err(InvalidYears(what));
    }
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
    let known = index.years();
    let year = written.trim().parse().ok();
    year.filter(|year| known.contains(year)).ok_or_else(|| {
        let (first, last) = (*known.start(), *known.end());
        let is_later = written.trim().parse::<u32>().is_ok_and(|year| year > last.into());
        InvalidYears(match index.report(last).and_then(|last| index.source(last.document)) {
            Some(newest) if is_later => {
                let released = date_in_words(&newest.date);
                format!("the data end with the {last} report (released {released})")
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
