//! The names that the user asks for, one after the other: what each stands for, or why for nothing.

use std::io::{self, StdinLock};
use std::{mem, vec};

use anyhow::Result;

use crate::index::names::notation::is_refused;
use crate::index::names::spellings::Kind;
use crate::index::{Country, Index, Resolution};
use crate::input::lines::Lines;
use crate::input::open::STDIN;
use crate::text::{decapitalised, joined, quoted};

#[derive(Clone, Debug)]
pub struct TypedName {
    pub written: String,
    /// The line of standard input it stands on, where it came from there.
    line: Option<usize>,
}

impl TypedName {
    pub fn argument(name: &str) -> Self {
        Self { written: name.to_owned(), line: None }
    }

    /// A message about this name, with the place it stands at.
    pub fn warning(&self, message: &str) -> String {
        self.line
            .map_or(message.to_owned(), |line| format!("standard input, line {line}: {message}"))
    }

    /// The one country named, or none. A state that no longer exists is meant only where it has what is asked for: `holds`.
    pub fn meant<'index>(
        &self,
        index: &'index Index,
        holds: impl Fn(&Country) -> bool,
    ) -> Option<&'index Country> {
        if self.line.is_none() && is_short_number(&self.written) {
            return None;
        }
        match index.resolve(&self.written) {
            Resolution::Country { country, .. } => Some(country),
            Resolution::Several { row, .. } => {
                let state = index.dissolved(&row?);
                state.filter(|state| holds(state))
            }
            Resolution::Unknown => None,
        }
    }

    /// Why it is no one country. What is near to a name takes longer to find than the name.
    pub fn why(&self, index: &Index) -> String {
        match index.resolve(&self.written) {
            _ if self.line.is_none() && is_short_number(&self.written) => {
                let written = quoted(&self.written);
                format!(
                    "{written} is neither a year, which has four digits, nor a code, which has three"
                )
            }
            _ if is_refused(&self.written) => {
                format!("no country is called {}", quoted(&self.written))
            }
            Resolution::Several { candidates, how, row } => {
                let why = row.and_then(|row| row.note());
                several(&self.written, &candidates, how, why)
            }
            _ => unknown(index, &self.written),
        }
    }
}

/// The names asked for: the arguments, and in the place of the first `-` the lines of standard input.
#[derive(Debug)]
pub struct TypedNames {
    arguments: vec::IntoIter<String>,
    stdin: Option<Lines<StdinLock<'static>>>,
    was_read: bool,
    /// Whether it was said that the next line must be waited for.
    waits: bool,
    /// Whether blank lines are left out: those ask for nothing, while an empty argument is a mistake.
    without_blank: bool,
}

#[derive(Debug)]
pub enum Typed {
    Name(TypedName),
    /// No name before standard input is waited for.
    Wait,
}

impl TypedNames {
    /// Those that these arguments ask for, blank lines included.
    pub fn new(arguments: Vec<String>) -> Self {
        Self {
            arguments: arguments.into_iter(),
            stdin: None,
            was_read: false,
            waits: false,
            without_blank: false,
        }
    }

    pub fn without_blank(self) -> Self {
        Self { without_blank: true, ..self }
    }

    /// The next line of standard input, if one is left.
    fn line(&mut self, lines: &mut Lines<StdinLock<'static>>) -> Result<Option<Typed>> {
        loop {
            if !lines.is_next_at_hand() && !mem::replace(&mut self.waits, true) {
                return Ok(Some(Typed::Wait));
            }
            self.waits = false;
            let Some(written) = lines.next_line()? else {
                return Ok(None);
            };
            if !self.without_blank || !written.trim().is_empty() {
                let line = Some(lines.number);
                return Ok(Some(Typed::Name(TypedName { written, line })));
            }
        }
    }
}

impl Iterator for TypedNames {
    type Item = Result<Typed>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut lines) = self.stdin.take() {
                match self.line(&mut lines) {
                    Ok(Some(next)) => {
                        self.stdin = Some(lines);
                        return Some(Ok(next));
                    }
                    Ok(None) => {}
                    Err(error) => {
                        self.arguments = Vec::new().into_iter();
                        return Some(Err(error));
                    }
                }
            }
            let written = self.arguments.next()?;
            if written != "-" {
                return Some(Ok(Typed::Name(TypedName { written, line: None })));
            }
            if !mem::replace(&mut self.was_read, true) {
                self.stdin = Some(Lines::new(io::stdin().lock(), STDIN));
            }
        }
    }
}

/// Returns up to three countries as a title names them; none where there are more, or where names come from elsewhere.
pub fn named_in_title(index: &Index, names: &[String]) -> Option<String> {
    const MOST: usize = 3;
    let known = names.iter().take(MOST + 1);
    let known = known.map(|name| Some(index.resolve(name).country()?.name));
    let known: Vec<&str> = known.collect::<Option<_>>()?;
    (known.len() <= MOST).then(|| joined(&known, "and"))
}

/// Whether a word is a number that is neither a year nor, as ISO 3166-1 writes it, a code.
pub fn is_short_number(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the names that words stand for: the longest that are a country's name together and not each by itself.
pub fn names_of_words(index: &Index, words: Vec<String>) -> Vec<String> {
    const LONGEST: usize = 6;
    const MOST: usize = 60;
    let is_part = |word: &String| {
        !word.trim().is_empty() && word != "-" && !word.bytes().all(|byte| byte.is_ascii_digit())
    };
    if words.len() > MOST {
        return words;
    }
    let (mut names, mut at) = (Vec::new(), 0);
    while let Some(first) = words.get(at) {
        let longest = (2..=LONGEST).rev().find(|count| {
            words.get(at..at + count).is_some_and(|part| {
                part.iter().all(is_part)
                    && !part.iter().all(|word| index.is_country(word))
                    && index.is_country(&part.join(" "))
            })
        });
        let count = longest.unwrap_or(1);
        let part = words.get(at..at + count).unwrap_or_default();
        names.push(if count > 1 { part.join(" ") } else { first.clone() });
        at += count;
    }
    names
}

/// Says why a name stands for no one country, and for which it may.
fn several(name: &str, candidates: &[&Country], how: Kind, why: Option<&str>) -> String {
    let names: Vec<_> = candidates.iter().map(|country| format!("'{}'", country.name)).collect();
    let what = match how {
        Kind::Dissolved => "is no longer a state",
        _ if candidates.len() == 1 => "is not a country by itself",
        _ => "names more than one country",
    };
    let why =
        why.map_or(String::new(), |why| format!(": {}", decapitalised(why.trim_end_matches('.'))));
    format!("{} {what}{why}; ask for {}", quoted(name), joined(&names, "or"))
}

/// Says that a name is not known, with the nearest spellings.
fn unknown(index: &Index, name: &str) -> String {
    let near = index.near(name);
    let near = near.iter().map(|suggestion| {
        let country = &suggestion.country.name;
        if *country == suggestion.spelling {
            format!("'{country}'")
        } else {
            format!("'{}' ({country})", suggestion.spelling)
        }
    });
    let near: Vec<_> = near.collect();
    if let Some(region) = index.region_written(name) {
        let (name, code) = (quoted(name), &region.code);
        return format!(
            "no country is called {name}; it is a region: '--region {code}', as in 'tip list --region {code}'"
        );
    }
    if near.is_empty() {
        return format!("no country is called {}", quoted(name));
    }
    format!("no country is called {}; did you mean {}?", quoted(name), joined(&near, "or"))
}
