//! `tip lookup`: what the report says of a country.

use anyhow::Result;
use clap::Args;

use crate::commands::{Answer, PROFILE, names_asked, profile, quoted};
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::{Kind, Resolution};
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
        let asked = names_asked(&self.countries)?;
        for name in asked
            .iter()
            .filter(|name| !name.trim().is_empty() || asked.len() == 1)
        {
            match index.resolve(name) {
                Resolution::Country { country, .. } => {
                    table.push(profile(index, country));
                    if country.latest().is_none() {
                        warnings.push(no_placement(country));
                    }
                }
                Resolution::Several { candidates, how } => {
                    warnings.push(several(name, &candidates, how));
                }
                Resolution::Unknown => warnings.push(unknown(index, name)),
            }
        }
        Ok(Answer { table, warnings })
    }
}

fn no_placement(country: &Country) -> String {
    format!(
        "no placement of {} in these data; they hold what 'tip list' shows",
        quoted(&country.name)
    )
}

fn several(name: &str, candidates: &[&Country], how: Kind) -> String {
    let names: Vec<_> = candidates
        .iter()
        .map(|country| format!("'{}'", country.name))
        .collect();
    let names = either(&names);
    match how {
        Kind::Dissolved => format!("{} is no longer a state; ask for {names}", quoted(name)),
        _ => format!(
            "{} is the name of more than one country; ask for {names}",
            quoted(name)
        ),
    }
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
