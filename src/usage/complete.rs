//! Completions: what the word at the cursor may become. The loaders of `tip completions` ask for them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Arg, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use crate::cli::Cli;
use crate::index::names::fold::fold;
use crate::index::{Index, WORLD};
use crate::input::encoding::COMMON;
use crate::input::open::open;
use crate::input::{Encoding, Input, delimiter};
use crate::text::acts_on_terminal;
use crate::usage::parse::{index, parse_from, words};

/// The variable that a loader sets.
const ASKED: &str = "TIP_COMPLETE";

type Value = (String, String);

#[expect(clippy::needless_pass_by_value, reason = "texts, tiers and years are handed over alike")]
fn pair(value: impl ToString, help: impl ToString) -> Value {
    (value.to_string(), help.to_string())
}

/// A command line whose last word is being typed.
#[derive(Clone)]
struct TypedLine {
    /// The subcommand.
    command: String,
    /// All words, the one that is typed the last of them.
    words: Vec<String>,
}

/// The values of an argument in a command line: those that begin with a word, and perhaps others.
type FindValues = fn(&Index, &TypedLine, &str) -> Vec<Value>;

/// What the last word of the command line of this process may become: one a line, and behind a tab what it means. None
/// where no shell asks. A loader gives the words behind `--`, which begins no command: the variable alone asks for nothing.
pub fn candidates() -> Option<String> {
    env::var_os(ASKED)?;
    let mut words = env::args_os().skip(1);
    words.next().filter(|word| word == "--")?;
    let mut words: Vec<OsString> = words.collect();
    let last = words.pop().unwrap_or_default();
    let found = candidates_for(words, &without_quotes(&last.to_string_lossy()));
    let lines = found.iter().filter_map(|candidate| {
        // A shell reads lines, and would show or run what is left of this one.
        let word =
            candidate.get_value().to_str().filter(|word| !word.contains(acts_on_terminal))?;
        let help = candidate.get_help().map(ToString::to_string);
        let help = help.and_then(|help| Some(format!("\t{}", help.lines().next()?)));
        Some(format!("{word}{}\n", help.unwrap_or_default()))
    });
    Some(lines.collect())
}

/// A word that is being typed, without what shells need around it: they hand it over as it stands there.
fn without_quotes(word: &str) -> String {
    let mut letters = word.trim_start_matches(['"', '\'']).chars();
    std::iter::from_fn(|| letters.next().filter(|c| *c != '\\').or_else(|| letters.next()))
        .collect()
}

/// What a word may become behind these words. Options are shown where one is begun, or nothing else is there to show.
fn candidates_for(mut words: Vec<OsString>, word: &str) -> Vec<CompletionCandidate> {
    let known = |word: &OsString| Some(Cli::command().find_subcommand(word)?.get_name().to_owned());
    let command = words.iter().skip(1).find_map(known).unwrap_or_default();
    let typed = words.iter().map(|word| word.to_string_lossy().into_owned());
    let words_typed = typed.chain([word.to_owned()]).collect();
    let typed = TypedLine { command, words: words_typed };
    let completed = |argument: Arg| with_completer(argument, &typed);
    let mut line =
        Cli::command().mut_args(completed).mut_subcommands(|command| command.mut_args(completed));
    let place = words.len();
    words.push(word.into());
    let folder = env::current_dir().ok();
    let found = complete(&mut line, words, place, folder.as_deref());
    let is_option =
        |found: &CompletionCandidate| found.get_value().to_string_lossy().starts_with('-');
    let (options, others): (Vec<_>, Vec<_>) =
        found.unwrap_or_default().into_iter().partition(is_option);
    if word.starts_with('-') || others.is_empty() { options } else { others }
}

/// The argument of a command line, with values to complete it with.
fn with_completer(argument: Arg, typed: &TypedLine) -> Arg {
    let names = argument.get_value_names().unwrap_or_default();
    let Some(values) = names.first().and_then(|name| values_called(name)) else {
        return argument;
    };
    let typed = typed.clone();
    argument.add(ArgValueCompleter::new(move |word: &OsStr| {
        let word = word.to_string_lossy();
        begun(&values(&index(&words()), &typed, &word), &word)
    }))
}

/// The values that begin with a word: as it stands, else in any case, else without accents.
fn begun(values: &[Value], word: &str) -> Vec<CompletionCandidate> {
    let keys: [fn(&str) -> String; 3] = [str::to_owned, str::to_lowercase, fold];
    let begins = |key: fn(&str) -> String| -> Vec<CompletionCandidate> {
        let start = key(word);
        let is_begun = !start.is_empty() || word.is_empty();
        let found = values.iter().filter(|it| is_begun && key(&it.0).starts_with(&start));
        let help = |help: &String| (!help.is_empty()).then(|| help.into());
        found.map(|(value, about)| CompletionCandidate::new(value).help(help(about))).collect()
    };
    let found = keys.into_iter().map(begins).find(|found| !found.is_empty());
    found.unwrap_or_default()
}

/// The values of arguments whose value is called so.
fn values_called(name: &str) -> Option<FindValues> {
    Some(match name {
        "COUNTRY" => |index, _, word| {
            // Among countries the words for years would only be in the way.
            let years = if word.is_empty() { Vec::new() } else { every_year(index) };
            [years, countries(index, word)].concat()
        },
        "NAME" | "ID|COUNTRY" => |index, _, word| countries(index, word),
        "REGION" => |index, _, _| index.regions().iter().map(|it| pair(it.code, it.name)).collect(),
        "TIER" => |index, _, _| index.tiers().iter().map(|it| pair(it.tier, it.name)).collect(),
        "YEAR" => |index, _, _| every_year(index),
        "LIST" => |index, _, _| index.lists().iter().map(|it| pair(it.id, it.name)).collect(),
        "COLUMN" => |index, typed, _| columns(index, &typed.command),
        "COLUMNS" => |index, typed, _| {
            let mut columns = columns(index, &typed.command);
            let named = typed.named_columns();
            columns.retain(|(column, _)| !named.contains(column));
            columns
        },
        "NAME|INDEX" => |_, typed, _| {
            let names = typed.file().and_then(|file| header_of(&file).ok());
            names.unwrap_or_default().into_iter().map(|name| pair(name, "")).collect()
        },
        "ENCODING" => {
            |_, _, _| ["utf-8"].iter().chain(&COMMON).map(|name| pair(name, "")).collect()
        }
        _ => return None,
    })
}

impl TypedLine {
    /// Returns the columns that are named already: each can be named once.
    fn named_columns(&self) -> Vec<String> {
        const OPTIONS: [&str; 5] = ["--add", "--columns", "-c", "--fields", "--select"];
        let (last, before) = self.words.split_last().map_or(("", &[][..]), |(a, b)| (a, b));
        // Of the word that is typed, what stands before the last comma.
        let last = last.rsplit_once(',').map_or("", |(before, _)| before);
        let words = before.iter().map(String::as_str).chain([last]);
        let words: Vec<&str> = words.collect();
        let behind = words.windows(2).filter_map(|pair| match pair {
            [option, value] if OPTIONS.contains(option) => Some(*value),
            _ => None,
        });
        let joined = words.iter().filter_map(|word| {
            let (option, value) = word.split_once('=')?;
            OPTIONS.contains(&option).then_some(value)
        });
        let lists = behind.chain(joined).flat_map(|list| list.split(','));
        lists.map(str::to_lowercase).collect()
    }

    /// Returns the first file that is named and is not the value of an option that takes another.
    fn file(&self) -> Option<PathBuf> {
        const OTHERS: [&str; 5] = ["--map", "--report", "-o", "--output", "--data"];
        let pairs = self.words.windows(2).filter_map(|pair| match pair {
            [option, word] if !OTHERS.contains(&&**option) => Some(word),
            _ => None,
        });
        let mut files = pairs.map(|word| PathBuf::from(without_quotes(word)));
        files.find(|file| file.is_file())
    }
}

/// Returns the names of the columns of a file.
fn header_of(file: &Path) -> Result<Vec<String>> {
    let (opened, name, size) = open(file)?;
    let mut input = Input::open(opened, &name, size)?;
    let delimiter = input.delimiter(delimiter::usual(file));
    let names = input.header(delimiter, Encoding::UTF_8)?;
    let is_typed = |name: &String| !name.is_empty() && !name.contains(['\n', '\u{fffd}']);
    Ok(names.into_iter().filter(is_typed).collect())
}

/// The names of countries, and the codes where one is begun: in capitals, and with more than a letter.
fn countries(index: &Index, word: &str) -> Vec<Value> {
    let is_code = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut countries = index.countries_in(WORLD);
    countries.retain(|country| country.dissolved.is_none());
    let mut values: Vec<Value> = countries.iter().map(|it| pair(it.name, "")).collect();
    values.sort();
    let codes = countries.iter().filter(|_| is_code);
    values.extend(codes.map(|it| pair(it.iso3, it.name)));
    values
}

/// The newest first.
fn every_year(index: &Index) -> Vec<Value> {
    let words = ["latest", "all"].into_iter().map(|word| pair(word, ""));
    words.chain(index.every_year().rev().map(|year| pair(year, ""))).collect()
}

/// The columns of the answers of a command, and what each holds.
fn columns(index: &Index, command: &str) -> Vec<Value> {
    let asking = match command {
        "annotate" => ["annotate", "--add", "help"],
        command => [command, "--columns", "help"],
    };
    let answer = parse_from(asking.into_iter()).ok();
    let answer = answer.and_then(|cli| cli.command.run(index, &cli.output).ok());
    let rows = answer.into_iter().flat_map(|mut answer| answer.rows());
    let values = rows.filter_map(|row| Some((row.first()?.clone(), row.last()?.clone())));
    values.collect()
}
