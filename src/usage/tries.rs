//! What may be meant by a line with a wrong word: by a table, by what kind of word it is, by what is near.

use std::path::Path;

use clap::CommandFactory;

use crate::cli::Cli;
use crate::index::names::resolve::Resolution;
use crate::usage::advice::{COLUMN, KINDS, advice};
use crate::usage::line::{Line, Words};

impl Line<'_> {
    /// What to type where the wrong word stands in the place of a subcommand. clap knows one that is near.
    pub fn for_command(&self, near: Option<&str>) -> Vec<Words> {
        if self.words.first().is_some_and(|word| word == "help") {
            return self.first_of(&[]);
        }
        let wrong = letters(self.wrong);
        let cli = Cli::command();
        let names = cli.get_subcommands().map(clap::Command::get_name);
        let same: Vec<String> = names.filter(|name| letters(name) == wrong).map(own).collect();
        let meant = advice().filter(|advice| advice.wrong.contains(&&*wrong));
        let meant: Vec<String> = meant.flat_map(|advice| advice.tries).map(str::to_owned).collect();
        // Where the words of the user are too few for it.
        let help = meant.first().map(|it| {
            let command = it.split(' ').next().unwrap_or_default();
            format!("{command} --help")
        });
        let near = near.into_iter();
        let near = near.flat_map(|near| [own(near), format!("{near} --help")]);
        let table = Path::new(self.wrong).is_file();
        let table = table.then(|| vec!["annotate".to_owned(), self.wrong.to_owned()]);
        self.first_of(&[
            &|| self.with_subcommand(),
            &|| table.iter().cloned().collect(),
            &|| self.every(same.clone()),
            &|| self.every(meant.clone()),
            &|| self.every(help.clone()),
            &|| self.by_kind(),
            &|| self.first(near.clone()),
            &|| self.near_countries(),
        ])
    }

    /// What to type where an option or a word is not taken. clap knows an option that is near.
    pub fn for_argument(&self, near: Option<&str>) -> Vec<Words> {
        if !self.wrong.starts_with('-') {
            return self.first_of(&[&|| self.by_kind(), &|| self.near_countries()]);
        }
        let with = |option: &str| {
            [own(&format!("{{command}} {option} {{value}}")), own(&format!("{{command}} {option}"))]
        };
        self.first_of(&[
            &|| self.with_subcommand(),
            // Where it is given before the subcommand that has it.
            &|| self.first(with("{option}")),
            &|| self.by_table(),
            &|| self.first(near.into_iter().flat_map(with)),
            &|| self.first(COLUMN.iter().map(|it| (*it).to_owned())),
            &|| self.elsewhere(),
        ])
    }

    /// What to type where a value is not taken. clap knows one that is near.
    pub fn for_value(&self, near: Option<&str>) -> Vec<Words> {
        let words = near.map(|near| {
            let words = self.words.iter().map(|word| {
                let start = word.strip_suffix(self.wrong);
                let start = start.filter(|start| start.is_empty() || start.ends_with(['=', ',']));
                start.map_or(word.clone(), |start| format!("{start}{near}"))
            });
            words.collect::<Words>()
        });
        let words = words.filter(|words| self.runs(words).is_some());
        self.first_of(&[&|| words.iter().cloned().collect()])
    }

    /// What to type where something is missing, as clap names it.
    pub fn for_missing(&self, missing: &str) -> Vec<Words> {
        let is_name = ["<COUNTRY>...", "<NAME>..."].contains(&missing);
        let example = is_name.then(|| "{command} Moldova {rest}".to_owned());
        self.first_of(&[&|| self.every(example.clone())])
    }

    /// What the first of these finds, or the help of the command.
    fn first_of(&self, ways: &[&dyn Fn() -> Vec<Words>]) -> Vec<Words> {
        let found = ways.iter().map(|way| way()).find(|tries| !tries.is_empty());
        found.unwrap_or_else(|| {
            let words = self.subcommand().into_iter().chain(["--help"]);
            vec![words.map(str::to_owned).collect()]
        })
    }

    /// The first that runs of the kinds of a command, such as a chart, where none of them is named.
    fn with_subcommand(&self) -> Vec<Words> {
        let (cli, name) = (Cli::command(), self.subcommand().unwrap_or_default());
        let place = self.words.iter().position(|word| word == name);
        let Some((command, place)) = cli.find_subcommand(name).zip(place) else {
            return Vec::new();
        };
        let kinds: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        if self.words.iter().any(|word| kinds.contains(&&**word)) {
            return Vec::new();
        }
        let words = kinds.iter().map(|kind| {
            let mut words = self.words.to_vec();
            words.insert(place + 1, (*kind).to_owned());
            words
        });
        let mut words = words.filter(|words| self.runs(words) == Some(true));
        words.next().into_iter().collect()
    }

    fn by_table(&self) -> Vec<Words> {
        let command = self.subcommand().unwrap_or_default();
        let mut tries = advice()
            .filter(|advice| {
                let any = advice.commands.is_empty();
                (any || advice.commands.contains(&command)) && advice.wrong.contains(&self.wrong)
            })
            .map(|advice| self.every(advice.tries.into_iter().map(str::to_owned)));
        tries.find(|tries| !tries.is_empty()).unwrap_or_default()
    }

    /// The first other subcommand that has the option.
    fn elsewhere(&self) -> Vec<Words> {
        let cli = Cli::command();
        let has = |command: &&clap::Command| {
            let mut arguments = command.get_arguments();
            arguments.any(|argument| match self.wrong.strip_prefix("--") {
                Some(long) => argument.get_long() == Some(long),
                None => argument.get_short() == self.wrong.chars().nth(1),
            })
        };
        let others = cli.get_subcommands().filter(has);
        self.first(others.flat_map(|other| {
            let name = other.get_name();
            [own(&format!("{name} {{option}} {{value}}")), own(&format!("{name} {{option}}"))]
        }))
    }

    /// What to type where the wrong word, alone or with those behind it, is a year, a tier, a region or the like, or the
    /// name of a country.
    fn by_kind(&self) -> Vec<Words> {
        let Some(place) = self.place else {
            return Vec::new();
        };
        let behind = self.words.iter().skip(place).map(String::as_str);
        let name: Vec<&str> = behind.take_while(|word| !word.starts_with('-')).collect();
        let as_kinds = |word: &str, rest: &Words| -> Vec<Words> {
            let with = |command: &str, option: &str| {
                let words = command.split(' ').map(str::to_owned).chain(rest.clone());
                let words = words.chain([option.to_owned(), word.to_owned()]).collect();
                Some(words).filter(|words| self.runs(words).is_some())
            };
            let kinds = KINDS.iter().filter_map(|(option, other)| {
                let own = self.subcommand().and_then(|command| with(command, option));
                own.or_else(|| with(other, option))
            });
            let lookup = ["lookup".to_owned(), word.to_owned()].into_iter();
            let lookup: Words = lookup.chain(rest.clone()).collect();
            let is_country = matches!(self.index.resolve(word), Resolution::Country { .. });
            let lookup = Some(lookup).filter(|words| is_country && self.runs(words).is_some());
            kinds.chain(lookup).collect()
        };
        let tries = [
            as_kinds(&name.join(" "), &self.without(name.len())),
            as_kinds(self.wrong, &self.without(1)),
            as_kinds(self.wrong, &Vec::new()),
        ];
        tries.into_iter().find(|tries| !tries.is_empty()).unwrap_or_default()
    }

    /// The countries that an ambiguous name may mean, or the nearest to a word that is none.
    fn near_countries(&self) -> Vec<Words> {
        let names: Vec<&str> = match self.index.resolve(self.wrong) {
            Resolution::Several { candidates, .. } => {
                candidates.iter().map(|country| &*country.name).collect()
            }
            // A country is near to every word of two or three letters.
            _ if self.wrong.chars().count() < 4 => Vec::new(),
            _ => {
                let near = self.index.near(self.wrong).into_iter().take(1);
                near.map(|near| &*near.country.name).collect()
            }
        };
        if names.is_empty() {
            return Vec::new();
        }
        let words = ["lookup"].into_iter().chain(names);
        vec![words.map(str::to_owned).collect()]
    }

    fn every(&self, templates: impl IntoIterator<Item = String>) -> Vec<Words> {
        let tries = templates.into_iter();
        tries.filter_map(|it| self.filled(&it)).collect()
    }

    fn first(&self, templates: impl IntoIterator<Item = String>) -> Vec<Words> {
        let mut templates = templates.into_iter();
        templates.find_map(|it| self.filled(&it)).into_iter().collect()
    }
}

/// The subcommand with the words of the user.
fn own(command: &str) -> String {
    match command.split_once(' ') {
        None => format!("{command} {{rest}}"),
        Some((command, options)) => format!("{command} {{rest}} {options}"),
    }
}

/// A word without what people write differently.
fn letters(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
