//! The countries that the user names: on the command line, or on standard input, one a line.

use std::io::Read;
use std::ops::RangeInclusive;

use anyhow::{Context, Result, anyhow, bail};

use crate::answer::caveats::notes;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::index::names::spellings::Kind;
use crate::index::placement::History;
use crate::text::{decapitalised, joined, quoted};

/// A name that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Name<'input> {
    /// The name as it was written.
    pub written: &'input str,
    /// The line of standard input it stands on, where it came from there.
    pub line: Option<usize>,
}

impl<'input> Name<'input> {
    /// A name on the command line.
    pub fn argument(name: &'input str) -> Self {
        Self {
            written: name,
            line: None,
        }
    }

    /// A message about this name, with the place it stands at.
    pub fn warning(&self, message: &str) -> String {
        self.line.map_or(message.to_owned(), |line| {
            format!("standard input, line {line}: {message}")
        })
    }

    /// The one country named. A state that no longer exists is meant only where it has what is asked for: `holds`.
    ///
    /// # Errors
    /// Why it is none, with the nearest names.
    pub fn country<'index>(
        &self,
        index: &'index Index,
        holds: impl Fn(&Country) -> bool,
    ) -> Result<&'index Country, String> {
        let meant = self.meant(index, holds);
        meant.ok_or_else(|| self.warning(&self.why(index)))
    }

    /// The same, or none where it is no one country.
    pub fn meant<'index>(
        &self,
        index: &'index Index,
        holds: impl Fn(&Country) -> bool,
    ) -> Option<&'index Country> {
        match index.resolve(self.written) {
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
        match index.resolve(self.written) {
            Resolution::Several {
                candidates,
                how,
                row,
            } => {
                let why = row.and_then(|row| row.note());
                several(self.written, &candidates, how, why.as_deref())
            }
            _ => unknown(index, self.written),
        }
    }
}

/// The names asked for: the arguments, and in the place of the first `-` the lines of `stdin`, blank ones included.
pub fn names_asked<'input>(
    arguments: &'input [String],
    stdin: &'input str,
) -> impl Iterator<Item = Name<'input>> {
    let mut stdin = Some(stdin);
    arguments.iter().flat_map(move |argument| {
        let is_stdin = argument == "-";
        let text = stdin.take_if(|_| is_stdin).unwrap_or_default();
        let lines = (1..).zip(text.lines()).map(|(line, written)| Name {
            written,
            line: Some(line),
        });
        let argument = (!is_stdin).then(|| Name::argument(argument));
        argument.into_iter().chain(lines)
    })
}

/// The same without blank lines: those ask for nothing, while an empty argument is a mistake.
pub fn countries_asked<'input>(
    arguments: &'input [String],
    stdin: &'input str,
) -> impl Iterator<Item = Name<'input>> {
    let names = names_asked(arguments, stdin);
    names.filter(|name| name.line.is_none() || !name.written.trim().is_empty())
}

/// The text of standard input, without a byte order mark, if one of the arguments is `-`.
///
/// # Errors
/// It cannot be read, or is not UTF-8.
pub fn stdin_if_asked(arguments: &[String]) -> Result<String> {
    let mut bytes = Vec::new();
    if arguments.iter().any(|argument| argument == "-") {
        read_text(std::io::stdin().lock(), &mut bytes)?;
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error
            .as_bytes()
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        let column = 1 + valid
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count();
        let remedy = "convert it first, as with 'iconv -f WINDOWS-1252 -t UTF-8'";
        anyhow!("standard input, line {line}, byte {column}: not UTF-8; {remedy}")
    })
}

/// Reads all of standard input, up to the first NUL byte, which no text holds.
///
/// # Errors
/// It cannot be read, or has a NUL byte.
fn read_text(mut stdin: impl Read, bytes: &mut Vec<u8>) -> Result<()> {
    const PIECE: u64 = 1 << 16;
    loop {
        let start = bytes.len();
        let piece = stdin.by_ref().take(PIECE).read_to_end(bytes);
        if piece.context("cannot read standard input")? == 0 {
            return Ok(());
        }
        let piece = bytes.get(start..).unwrap_or_default();
        if let Some(place) = memchr::memchr(0, piece) {
            bail!(
                "standard input, byte {}: NUL; text was expected",
                start + place + 1
            );
        }
    }
}

/// Says first of all, where something was not found, that the arguments are the words of one country's name.
pub fn hint_at_one_name(
    index: &Index,
    subcommand: &str,
    arguments: &[String],
    warnings: &mut Vec<String>,
) {
    let name = arguments.join(" ");
    let words = arguments.iter().all(|word| !word.trim().is_empty());
    let several = words && arguments.len() > 1 && !warnings.is_empty();
    if several && matches!(index.resolve(&name), Resolution::Country { .. }) {
        let hint = format!("a name of several words goes in quotes: tip {subcommand} '{name}'");
        warnings.insert(0, hint);
    }
}

/// Says why a name stands for no one country, and for which it may.
fn several(name: &str, candidates: &[&Country], how: Kind, why: Option<&str>) -> String {
    let names: Vec<_> = candidates
        .iter()
        .map(|country| format!("'{}'", country.name))
        .collect();
    let what = match how {
        Kind::Dissolved => "is no longer a state",
        _ if candidates.len() == 1 => "is not a country by itself",
        _ => "names more than one country",
    };
    let why = why.map_or(String::new(), |why| {
        format!(": {}", decapitalised(why.trim_end_matches('.')))
    });
    format!(
        "{} {what}{why}; ask for {}",
        quoted(name),
        joined(&names, "or")
    )
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
    format!(
        "no country is called {}; did you mean {}?",
        quoted(name),
        joined(&near, "or")
    )
}

/// The histories of the countries named, as far as they have placements in these years.
///
/// # Errors
/// Standard input cannot be read.
pub fn histories_named<'i>(
    index: &'i Index,
    subcommand: &str,
    arguments: &[String],
    years: &RangeInclusive<u16>,
    warnings: &mut Vec<String>,
) -> Result<Vec<History<'i>>> {
    let stdin = stdin_if_asked(arguments)?;
    let holds = |state: &Country| index.history(state).within(years).next().is_some();
    let mut histories = Vec::new();
    for name in countries_asked(arguments, &stdin) {
        match name.country(index, holds) {
            Ok(country) if holds(country) => histories.push(index.history(country)),
            Ok(country) => {
                let (called, from, to) = (&country.name, years.start(), years.end());
                let mut warning =
                    format!("no placement of '{called}' from {from} to {to} is in these data");
                for note in notes(index, &[country], years) {
                    warning = format!("{warning}; {note}");
                }
                warnings.push(name.warning(&warning));
            }
            Err(warning) => warnings.push(warning),
        }
    }
    hint_at_one_name(index, subcommand, arguments, warnings);
    Ok(histories)
}
