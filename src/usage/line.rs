//! A command line with one wrong word, and the commands that may be meant by it: `mistakes.txt` says which.

use std::ops::Range;
use std::path::Path;

use clap::CommandFactory;
use clap::error::ErrorKind;

use crate::cli::Cli;
use crate::index::Index;
use crate::index::years::is_written_as_years;
use crate::text::{printable, shell};
use crate::usage::parse::wrong_word;

/// The table, which says itself what it holds.
const MISTAKES: &str = include_str!("mistakes.txt");

/// Returns the lines of the table: beside what a word is wrong, the wrong words, the commands to type.
pub fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    MISTAKES.lines().filter_map(|line| {
        let (typed, meant) = line.split_once(" -> ")?;
        let (beside, wrong) = typed.split_once(" : ").unwrap_or(("", typed));
        Some([beside, wrong, meant])
    })
}

/// A command to type: its words without the name of the program, and where its answer goes or its input comes from.
pub struct Try(pub Vec<String>, pub String);

pub struct Line<'a> {
    pub index: &'a Index,
    pub words: &'a [String],
    pub error: &'a clap::Error,
    pub wrong: String,
    /// The words as the user typed them, before some of them were mended.
    pub typed: &'a [String],
    /// Where the wrong word stands, and where the subcommand, which is called so.
    pub place: Option<usize>,
    pub command: Option<usize>,
    pub subcommand: String,
}

/// Words that make a question and say nothing of what it asks for.
const QUESTION: &str = "who what which how is are was were when where does did has many much the a of in on at for there \
    still country countries state states ranked placed last year";

/// Returns a word of a question, where it says what it asks for.
fn asked(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['?', ',']);
    let is_small = QUESTION.split(' ').any(|small| small.eq_ignore_ascii_case(word));
    (!is_small && !word.is_empty()).then(|| word.to_owned())
}

impl<'a> Line<'a> {
    /// Makes a line of these words, which are asked of an index.
    pub fn new(index: &'a Index, words: &'a [String], error: &'a clap::Error) -> Self {
        let wrong = wrong_word(error);
        let cli = Cli::command();
        let command = |it: &String| cli.find_subcommand(it).filter(|_| *it != wrong);
        // As in -n5, --limit=5, --role=source,transit.
        let is_short =
            |it: &str| wrong.len() == 2 && wrong.starts_with('-') && !it.starts_with("--");
        let holds = |it: &String| {
            it.split(['=', ',']).any(|part| part == wrong) || is_short(it) && it.starts_with(&wrong)
        };
        let place = words.iter().position(|it| *it == wrong);
        let place = place.or_else(|| words.iter().position(holds));
        let subcommand = words.iter().find_map(command).map_or("tip", clap::Command::get_name);
        let subcommand = subcommand.to_owned();
        let command = words.iter().position(|it| command(it).is_some());
        Self { index, words, error, wrong, typed: words, place, command, subcommand }
    }

    /// Returns the command that the wrong word is given to, as messages name it.
    pub fn name(&self) -> String {
        let is_before = self.place.is_some() && self.place < self.command;
        let command = self.command_word().filter(|_| !is_before);
        command.map_or("tip".to_owned(), |command| format!("tip {command}"))
    }

    fn command_word(&self) -> Option<&'a str> {
        self.words.get(self.command?).map(String::as_str)
    }

    /// Returns the commands to type, each with these words at its end, or else the help of the one at hand.
    pub fn meant(&self, last: &[String]) -> Vec<String> {
        let is_help = self.words.first().is_some_and(|word| word == "help");
        let tries = if is_help { Vec::new() } else { self.tries(0) };
        let typed = |Try(words, tail): &Try| {
            let words: Vec<_> = words.iter().chain(last).map(|word| shell(word)).collect();
            format!("tip {}{tail}", words.join(" "))
        };
        let mut tries: Vec<String> = tries.iter().map(typed).collect();
        tries.dedup();
        if tries.is_empty() {
            let command =
                self.command_word().map_or(String::new(), |command| format!("{command} "));
            tries.push(format!("tip {command}--help"));
        }
        tries
    }

    /// Returns what the first row of the table says that has something for this line, of which so many words were mended
    /// before.
    pub fn tries(&self, mended: usize) -> Vec<Try> {
        let mut tries = rows().filter(|row| self.fits(row)).map(|[.., tries]| {
            let tries = tries.split(" ; ");
            tries.filter_map(|template| self.filled(template, mended)).collect::<Vec<Try>>()
        });
        tries.find(|tries| !tries.is_empty()).unwrap_or_default()
    }

    fn fits(&self, [beside, wrong, _]: &[&str; 3]) -> bool {
        let is_typed = |word: &str, it: &str| {
            let rest = word.strip_prefix(it).filter(|_| it.starts_with('-'));
            word == it || rest.is_some_and(|rest| rest.starts_with('='))
        };
        let is_here =
            |it: &str| it == self.subcommand || self.words.iter().any(|word| is_typed(word, it));
        let (any, named) = match self.error.kind() {
            ErrorKind::InvalidSubcommand => ("*", self.wrong.to_lowercase()),
            ErrorKind::UnknownArgument if self.is_option() => ("-*", self.wrong.clone()),
            ErrorKind::UnknownArgument => ("*", String::new()),
            ErrorKind::InvalidValue => ("=*", format!("={}", self.wrong)),
            ErrorKind::MissingRequiredArgument => ("", self.wrong.clone()),
            _ => return false,
        };
        let is_file = any == "*" && self.wrong.contains('.');
        let is_wrong = |it: &str| it == any || it == named || it == "*.*" && is_file;
        (beside.is_empty() || beside.split(' ').any(is_here)) && wrong.split(' ').any(is_wrong)
    }

    pub fn is_option(&self) -> bool {
        self.error.kind() == ErrorKind::UnknownArgument && self.wrong.starts_with('-')
    }

    /// Fills a command of the table with the words of the user. Returns it if it runs.
    pub fn filled(&self, template: &str, mended: usize) -> Option<Try> {
        if template == "{near}" {
            return self.near().into_iter().find_map(|words| self.accepted(words, true, mended));
        }
        let tail = template.find(" | ").or(template.find(" < ")).unwrap_or(template.len());
        let (command, tail) = template.split_at(tail);
        let of_value = ["{value}", "{values}", "{number}", "{year}", "{file}", "{country}"];
        let takes_value = of_value.iter().any(|mark| template.contains(mark));
        // What could be the value of an option must not be taken for a name that may be unknown.
        let is_option = self.is_option() && !self.values().is_empty();
        let is_loose = is_option && !takes_value && command.contains("{rest}");
        let is_loose = is_loose || ["{command} {all}", "{command} {names}"].contains(&command);
        let values = if takes_value { self.values() } else { vec![(String::new(), 1)] };
        values.into_iter().find_map(|(value, len)| {
            let mut words = self.fill(command, &value, len)?;
            // The word "now" of the table stands for years, where the user names none.
            let years = words.iter().filter(|word| is_written_as_years(word)).count();
            if years > 1
                && let Some(now) = words.iter().position(|word| word == "now")
            {
                words.remove(now);
            }
            let tail = self.fill(tail, &shell(&value), len)?.join(" ");
            let Try(words, inner) = self.accepted(words, !is_loose, mended)?;
            // A question has other words than names, which must not be taken for some.
            let is_sure = command != "{asked}" || matches!(self.run(&words), Ok(true));
            is_sure.then(|| Try(words, tail + &inner))
        })
    }

    /// Returns the value of a wrong option, or the wrong word, best with those behind it; and how many words that is.
    fn values(&self) -> Vec<(String, usize)> {
        let behind = self.words.iter().skip(self.place.unwrap_or(self.words.len()));
        let mut behind = behind.map(String::as_str);
        let is_value = |word: &&str| !word.starts_with('-') && !is_written_as_years(word);
        if !self.is_option() {
            let mut words = vec![&*self.wrong];
            words.extend(behind.skip(1).take_while(is_value));
            return vec![(words.join(" "), words.len()), (self.wrong.clone(), 1)];
        }
        let given = behind.next().and_then(|word| word.strip_prefix(&*self.wrong));
        let given = given.unwrap_or_default().trim_start_matches('=');
        let value = match given {
            "" => behind.next().filter(|next| !next.starts_with('-')).map(|next| (next, 2)),
            given => Some((given, 1)),
        };
        value.into_iter().map(|(value, len)| (value.to_owned(), len)).collect()
    }

    /// Returns the words of a command of the table; none where the user gave too few. `len`: how many words are wrong.
    fn fill(&self, template: &str, value: &str, len: usize) -> Option<Vec<String>> {
        let words = |dropped: Range<usize>| {
            let words = self.words.iter().enumerate();
            let is_kept = move |at: usize| Some(at) != self.command && !dropped.contains(&at);
            words.filter(move |(at, _)| is_kept(*at)).map(|(_, word)| word.clone())
        };
        // A wrong value goes with its option.
        let is_value = self.error.kind() == ErrorKind::InvalidValue;
        let is_apart = |place: &usize| is_value && self.words.get(*place) == Some(&self.wrong);
        let start = |place: usize| place - usize::from(is_apart(&place) && place > 0);
        let wrong = self.place.map_or(0..0, |place| start(place)..place + len);
        let mut filled = Vec::new();
        for part in template.split(' ') {
            let mark = part.find('{').zip(part.find('}'));
            let mark = mark.and_then(|(from, to)| part.get(from..=to)).unwrap_or(part);
            match mark {
                "{rest}" => filled.extend(words(wrong.clone())),
                "{all}" => filled.extend(words(0..0)),
                "{asked}" => filled.extend(words(0..0).filter_map(|word| asked(&word))),
                "{named}" => filled.extend(self.named()?),
                "{names}" => filled.extend(words(0..0).filter(|word| !word.starts_with('-'))),
                "{values}" => filled.extend(value.split(',').map(str::to_owned)),
                "{countries}" => filled.extend(self.countries()?),
                mark => filled.push(part.replace(mark, &self.text(mark, value)?)),
            }
        }
        Some(filled)
    }

    /// Returns the country with the longest name in a question, and its years; none where no country is in it.
    fn named(&self) -> Option<Vec<String>> {
        const LONGEST: usize = 4;
        let asked = self.words.iter().filter_map(|word| asked(word));
        let (years, others): (Vec<String>, Vec<String>) =
            asked.partition(|word| is_written_as_years(word));
        let lens = (1..=LONGEST).rev();
        let mut names = lens.flat_map(|len| others.windows(len).map(|words| words.join(" ")));
        let country = names.find(|name| name.len() > 3 && self.index.is_country(name))?;
        Some([country].into_iter().chain(years).collect())
    }

    /// Returns what stands for a mark of the table, if there is such a thing.
    fn text(&self, mark: &str, value: &str) -> Option<String> {
        let name = self.wrong.trim_start_matches('-');
        let (is_there, text) = match mark {
            "{command}" => (self.command.is_some(), self.command_word().unwrap_or_default()),
            "{name}" => (true, name),
            "{column}" => return Some(name.replace('-', "_")),
            "{value}" => (printable(value) == value, value),
            "{number}" => (value.bytes().all(|byte| byte.is_ascii_digit()), value),
            "{year}" => (is_written_as_years(value), value),
            "{file}" => (Path::new(value).is_file(), value),
            "{country}" => (self.index.is_country(value), value),
            word => (true, word),
        };
        is_there.then(|| text.to_owned())
    }
}
