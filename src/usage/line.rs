//! A command line with one wrong word, and the commands that may be meant by it.

use clap::CommandFactory;

use crate::cli::{Cli, Command};
use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::text::printable;
use crate::usage::parse::parse_from;

/// A command to type, without the name of the program.
pub type Words = Vec<String>;

/// The words of the user, one of which is wrong.
pub struct Line<'a> {
    /// What the words are tried on.
    pub index: &'a Index,
    /// All of them.
    pub words: &'a [String],
    /// Where the subcommand stands, if there is one.
    command: Option<usize>,
    /// The wrong word, without a value behind a `=`.
    pub wrong: &'a str,
    /// Where it stands.
    pub place: Option<usize>,
    /// The value behind the `=`.
    given: Option<&'a str>,
    /// The next word, which may be a value too.
    next: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// These words, one of which is wrong as clap names it.
    pub fn of(index: &'a Index, words: &'a [String], wrong: &'a str) -> Self {
        let cli = Cli::command();
        let is_command =
            |word: &String| word.as_str() != wrong && cli.find_subcommand(word).is_some();
        let behind = |word: &'a String| word.strip_prefix(wrong)?.strip_prefix('=');
        let is_wrong = |word: &'a String| word == wrong || behind(word).is_some();
        let place = words.iter().position(is_wrong);
        let next = place.and_then(|place| words.get(place + 1));
        Self {
            index,
            words,
            command: words.iter().position(is_command),
            wrong,
            place,
            given: place.and_then(|place| behind(words.get(place)?)),
            next: next.map(String::as_str).filter(|next| !next.starts_with('-')),
        }
    }

    /// The command that the wrong word is given to, as messages name it.
    pub fn name(&self) -> String {
        let is_before = self.place.is_some() && self.place < self.command;
        let command = self.subcommand().filter(|_| !is_before);
        command.map_or("tip".to_owned(), |command| format!("tip {command}"))
    }

    /// The subcommand, where there is one.
    pub fn subcommand(&self) -> Option<&'a str> {
        self.words.get(self.command?).map(String::as_str)
    }

    /// The words but the subcommand and those from the wrong one on, as many as `dropped`.
    pub fn without(&self, dropped: usize) -> Words {
        let is_dropped = |at: usize| {
            let from = self.place.unwrap_or(self.words.len());
            Some(at) == self.command || (from..from + dropped).contains(&at)
        };
        let kept = self.words.iter().enumerate();
        let is_help = |word: &str| word == "--help" || word == "-h";
        let kept = kept.filter(|(at, word)| !is_dropped(*at) && !is_help(word));
        kept.map(|(_, word)| word.clone()).collect()
    }

    /// A command of `advice.rs` in the words of the user, if it runs: best without a warning, at worst without those
    /// words that are only kept.
    pub fn filled(&self, template: &str) -> Option<Words> {
        let uses_value = template.contains("{value}") || template.contains("{year}");
        let next = usize::from(self.given.is_none() && self.next.is_some());
        let kept = [self.without(1), self.without(1 + next)];
        let kept = kept.into_iter().skip(usize::from(uses_value));
        // A region that would be dropped as no country goes before all others.
        let rest = self.without(1);
        let regions = self.with_regions(&rest);
        if regions.len() > rest.len() && !uses_value {
            let words = self.fill(template, &regions);
            let ran = words.filter(|words| self.runs(words).is_some());
            if ran.is_some() {
                return ran;
            }
        }
        let ran: Vec<(Words, bool)> = kept
            .filter_map(|rest| {
                let words = self.fill(template, &rest)?;
                let clean = self.runs(&words)?;
                Some((words, clean))
            })
            .collect();
        let best = ran.iter().find(|(_, clean)| *clean).or(ran.first());
        best.map(|(words, _)| words.clone()).or_else(|| {
            let words = self.fill(template, &Vec::new())?;
            self.runs(&words).map(|_| words)
        })
    }

    /// The words with `--region` before each that is a region and no country.
    fn with_regions(&self, rest: &Words) -> Words {
        let is_region = |word: &String| {
            let is_country = matches!(self.index.resolve(word), Resolution::Country { .. });
            !is_country && self.index.region_written(word).is_some()
        };
        let previous = [None].into_iter().chain(rest.iter().map(Some));
        let words = rest.iter().zip(previous).flat_map(|(word, previous)| {
            let is_value = previous.is_some_and(|previous| previous.starts_with('-'));
            let option = (!is_value && is_region(word)).then(|| "--region".to_owned());
            option.into_iter().chain([word.clone()])
        });
        words.collect()
    }

    fn fill(&self, template: &str, rest: &Words) -> Option<Words> {
        let value = self.given.or(self.next).filter(|value| !value.is_empty());
        let year = value.filter(|value| value.starts_with(|c: char| c.is_ascii_digit()));
        let name = self.wrong.trim_start_matches('-');
        let marks = [
            ("{command}", self.subcommand().map(str::to_owned)),
            ("{option}", Some(self.wrong.to_owned())),
            ("{name}", Some(name.replace('-', "_"))),
            ("{value}", value.map(str::to_owned)),
            ("{year}", year.map(str::to_owned)),
        ];
        let mut words = Vec::new();
        for part in template.split(' ') {
            if part == "{rest}" {
                words.extend(rest.iter().cloned());
                continue;
            }
            match marks.iter().find(|(mark, _)| part.contains(mark)) {
                None => words.push(part.to_owned()),
                Some((mark, text)) => words.push(part.replace(mark, text.as_deref()?)),
            }
        }
        Some(words)
    }

    /// Runs a command without showing what it answers. Returns whether it found everything; none where it cannot be
    /// answered, or cannot be typed.
    pub fn runs(&self, words: &Words) -> Option<bool> {
        if words.iter().any(|word| printable(word) != word.as_str()) {
            return None;
        }
        let cli = match parse_from(words.iter()) {
            Ok(cli) => cli,
            Err(error) => return (error.exit_code() == 0).then_some(true),
        };
        // Those that read a file or standard input, or write as they go, are not run for this.
        if let Command::Annotate(_) | Command::Check(_) | Command::Export(_) = cli.command {
            return cli.output.columns().is_none().then_some(true);
        }
        if words.iter().any(|word| word == "-") {
            return Some(true);
        }
        let mut answer = cli.command.run(self.index, &cli.output).ok()?;
        if let Some((table, columns)) = answer.table().zip(cli.output.columns()) {
            table.choose(columns).ok()?;
        }
        Some(answer.has_all())
    }
}
