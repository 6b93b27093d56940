//! What is near a wrong word, whether a command that is to be typed does run, and what else must be mended in it.

use anyhow::Result;
use clap::error::{ContextKind, ErrorKind};

use crate::answer::options::Misplaced;
use crate::cli::{Cli, Command};
use crate::index::Resolution;
use crate::index::names::fold::fold;
use crate::text::printable;
use crate::usage::line::{Line, Try};
use crate::usage::parse::{context, parse_from, stray};

impl Line<'_> {
    /// Returns the command if it runs, or what it becomes once its next wrong word is mended. `may_miss`: it may be that a
    /// name in it is not found.
    pub fn accepted(&self, words: Vec<String>, may_miss: bool, mended: usize) -> Option<Try> {
        const MOST: usize = 2;
        let found = self.run(&words);
        let missed = matches!(found, Ok(false));
        let names_region = words.iter().any(|word| word == "--region");
        let is_region = |word: &&String| {
            !names_region
                && !self.index.is_country(word)
                && self.index.region_written(word).is_some()
        };
        let error = match found {
            Ok(true) => return Some(Try(words, String::new())),
            Ok(false) => self.typed.iter().find(is_region).map(|it| stray(it)),
            Err(error) => error,
        };
        let mend = |error: &clap::Error| {
            let line = Line { typed: self.typed, ..Line::new(self.index, &words, error) };
            let is_typed = self.typed.iter().any(|word| word.starts_with(&line.wrong));
            let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
            let is_next = line.wrong != self.wrong && (is_typed || is_missing) && mended < MOST;
            if is_next { line.tries(mended + 1).into_iter().next() } else { None }
        };
        let mended = error.as_ref().and_then(mend);
        mended.or((missed && may_miss).then_some(Try(words, String::new())))
    }

    /// Runs a command without showing what it answers. Returns whether it found everything.
    pub fn run(&self, words: &[String]) -> std::result::Result<bool, Option<clap::Error>> {
        if words.iter().any(|word| printable(word) != word.as_str()) {
            return Err(None);
        }
        let cli = match parse_from(words.iter()) {
            Ok(cli) => cli,
            Err(error) if error.exit_code() == 0 => return Ok(true),
            Err(error) => return Err(Some(error)),
        };
        // Those that read a file or write as they go are not run for this, and no option means one of them.
        let is_own = self.command.is_some_and(|at| self.words.get(at) == words.first());
        let is_meant = (is_own || !self.is_option()) && cli.output.columns.is_none();
        match &cli.command {
            Command::Annotate(annotate) if is_meant => {
                annotate.check(self.index).map(|()| true).map_err(|_| None)
            }
            Command::Check(_) | Command::Export(_) if is_meant => Ok(true),
            Command::Brief(brief) if brief.all => {
                if is_meant {
                    Ok(true)
                } else {
                    Err(None)
                }
            }
            Command::Help(_) => Ok(true),
            Command::Annotate(_) | Command::Check(_) | Command::Export(_) => Err(None),
            _ if words.iter().any(|word| word == "-") => Ok(true),
            _ => self
                .found_everything(&cli)
                .map_err(|error| error.downcast().ok().map(|Misplaced(word)| stray(&word))),
        }
    }

    fn found_everything(&self, cli: &Cli) -> Result<bool> {
        let mut answer = cli.command.run(self.index, &cli.output)?;
        if let Some((table, columns)) = answer.table().zip(cli.output.columns()) {
            table.choose(columns)?;
        }
        Ok(answer.found_everything())
    }
}

impl Line<'_> {
    /// Returns the line with each word that clap takes for the wrong one and that is at most one edit from it.
    pub fn near(&self) -> Vec<Vec<String>> {
        use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue};
        let suggested = [SuggestedSubcommand, SuggestedArg, SuggestedValue];
        let suggested = suggested.into_iter().flat_map(|kind| context(self.error, kind));
        let suggested = suggested.chain([self.wrong.to_lowercase()]);
        let is_near = |it: &String| {
            *it != self.wrong && strsim::osa_distance(&letters(it), &letters(&self.wrong)) <= 1
        };
        let near = suggested.filter(is_near);
        let lines = near.filter_map(|near| {
            let mut words = self.words.to_vec();
            let word = words.get_mut(self.place?)?;
            *word = word.replacen(&self.wrong, &near, 1);
            Some(words)
        });
        lines.collect()
    }

    /// Returns the countries that the wrong word may mean, or the one whose name is one edit from it.
    pub fn countries(&self) -> Option<Vec<String>> {
        const SHORTEST: usize = 4;
        let word = &*self.wrong;
        if let Resolution::Several { candidates, .. } = self.index.resolve(word) {
            return Some(candidates.iter().map(|country| country.name.to_string()).collect());
        }
        let near = self.index.near(word).into_iter().next()?.country.name.to_string();
        let is_near = strsim::osa_distance(&fold(&near), &fold(word)) <= 1;
        (is_near && letters(word).len() >= SHORTEST).then_some(vec![near])
    }
}

/// Returns a word without what people write differently.
fn letters(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
