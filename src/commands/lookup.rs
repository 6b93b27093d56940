//! `tip lookup`: what the report says of a country.

use anyhow::Result;
use clap::Args;

use crate::commands::{Answer, Asked, PROFILE, names_asked, profile, stdin_if_asked};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::Kind;
use crate::index::resolve::Resolution;
use crate::output::style::quoted;
use crate::output::table::{Layout, Table};

/// How many columns of a profile are shown unless others are chosen.
const SHOWN: usize = 12;

/// The arguments of `tip lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line
    #[arg(value_name = "COUNTRY", required = true)]
    countries: Vec<String>,
}

impl Lookup {
    /// One row a country found, in the order asked.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        let mut table = Table::new(Layout::Record, PROFILE, SHOWN);
        let mut warnings = Vec::new();
        let stdin = stdin_if_asked(&self.countries)?;
        let asked = names_asked(&self.countries, &stdin);
        for Asked { name, line } in asked {
            // A blank line asks for nothing; an empty argument is a mistake.
            if line.is_some() && name.trim().is_empty() {
                continue;
            }
            let warning = match index.resolve(name) {
                Resolution::Country { country, .. } => {
                    let placed = country.latest();
                    table.push(profile(index, country, placed));
                    placed.is_none().then(|| no_placement(country))
                }
                Resolution::Several {
                    candidates,
                    how,
                    row,
                } => {
                    let why = row.and_then(|row| row.note());
                    Some(several(name, &candidates, how, why.as_deref()))
                }
                Resolution::Unknown => Some(unknown(index, name)),
            };
            let place = line.map_or(String::new(), |line| {
                format!("standard input, line {line}: ")
            });
            warnings.extend(warning.map(|warning| place + &warning));
        }
        if !warnings.is_empty() && self.is_one_name(index) {
            let name = self.countries.join(" ");
            warnings.push(format!(
                "a name of several words goes in quotes: tip lookup '{name}'"
            ));
        }
        Ok(Answer { table, warnings })
    }

    /// Whether the arguments, several of them, are the words of one country's name.
    fn is_one_name(&self, index: &Index) -> bool {
        let name = self.countries.join(" ");
        let words = self.countries.iter().all(|word| !word.trim().is_empty());
        words
            && self.countries.len() > 1
            && matches!(index.resolve(&name), Resolution::Country { .. })
    }
}

/// Says that a country is known and its placement is not.
fn no_placement(country: &Country) -> String {
    let name = quoted(&country.name);
    format!("no placement of {name} is in these data; 'tip list' shows the countries that have one")
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
    format!("{} {what}{why}; ask for {}", quoted(name), either(&names))
}

/// A sentence as it stands inside another.
fn decapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(letters).collect()
    })
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
    if near.is_empty() {
        return format!("no country is called {}", quoted(name));
    }
    format!(
        "no country is called {}; did you mean {}?",
        quoted(name),
        either(&near)
    )
}

/// `a`, `a or b`, `a, b or c`.
fn either(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
