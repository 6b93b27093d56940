//! Whether a command that is to be typed does run, and what else must be mended in it.

use anyhow::Result;
use clap::error::ErrorKind;

use crate::answer::options::Misplaced;
use crate::cli::{Cli, Command};
use crate::text::printable;
use crate::usage::line::{Line, Try};
use crate::usage::parse::{parse_from, stray};

impl Line<'_> {
    /// Returns the command if it runs, or what it becomes once its next wrong word is mended. `may_miss`: it may be that a
    /// name in it is not found.
    pub fn accepted(&self, words: Vec<String>, may_miss: bool, mended: usize) -> Option<Try> {
        const MOST: usize = 2;
        let found = self.run(&words);
        let missed = matches!(found, Ok(false));
        let names_region = words.iter().any(|word| word == "--region");
        let is_region = |word: &&String| {
            !names_region && !self.is_country(word) && self.index.region_written(word).is_some()
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
    fn run(&self, words: &[String]) -> std::result::Result<bool, Option<clap::Error>> {
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
