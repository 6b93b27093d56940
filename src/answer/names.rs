//! A name that the user asks for: what it stands for, or why for nothing.

use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::notation::is_refused;
use crate::index::names::resolve::Resolution;
use crate::index::names::spellings::Kind;
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
        Self { written: name, line: None }
    }

    /// A message about this name, with the place it stands at.
    pub fn warning(&self, message: &str) -> String {
        self.line
            .map_or(message.to_owned(), |line| format!("standard input, line {line}: {message}"))
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
            _ if is_refused(self.written) => {
                format!("no country is called {}", quoted(self.written))
            }
            Resolution::Several { candidates, how, row } => {
                let why = row.and_then(|row| row.note());
                several(self.written, &candidates, how, why.as_deref())
            }
            _ => unknown(index, self.written),
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
    let arguments: Vec<_> = arguments.iter().filter(|word| *word != "-").collect();
    let name: Vec<&str> = arguments.iter().map(|word| word.as_str()).collect();
    let name = name.join(" ");
    let words = arguments.iter().all(|word| !word.trim().is_empty());
    let several = words && arguments.len() > 1 && !warnings.is_empty();
    if several && matches!(index.resolve(&name), Resolution::Country { .. }) {
        let hint = format!("a name of several words goes in quotes: tip {subcommand} '{name}'");
        warnings.insert(0, hint);
    }
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
