//! Completions: what the word at the cursor may become. The loaders of `tip completions` ask for them.

use std::env;
use std::ffi::{OsStr, OsString};

use clap::{Arg, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use crate::cli::Cli;
use crate::index::names::fold::fold;
use crate::index::{Index, WORLD};
use crate::usage::parse::{index, parse_from, words};

/// The variable that a loader sets.
const ASKED: &str = "TIP_COMPLETE";

/// A value, and what it means.
type Value = (String, String);

/// The values of an argument: those of a command that begin with a word, and perhaps others.
type Values = fn(&Index, &str, &str) -> Vec<Value>;

/// What the last word of the command line of this process may become: one a line, and behind a tab what it means. None
/// where no shell asks. A loader gives the words behind `--`, the name of the program first.
pub fn candidates() -> Option<String> {
    env::var_os(ASKED)?;
    let mut words: Vec<OsString> = env::args_os().skip(2).collect();
    let last = words.pop().unwrap_or_default();
    let found = candidates_for(words, &without_quotes(&last.to_string_lossy()));
    let lines = found.iter().map(|candidate| {
        let word = candidate.get_value().to_string_lossy();
        let help = candidate.get_help().map(ToString::to_string);
        let help = help.and_then(|help| Some(format!("\t{}", help.lines().next()?)));
        format!("{word}{}\n", help.unwrap_or_default())
    });
    Some(lines.collect())
}

/// A word that is being typed, without what shells need around it: they hand it over as it stands there.
fn without_quotes(word: &str) -> String {
    word.trim_start_matches(['"', '\'']).replace('\\', "")
}

/// What a word may become behind these words. Options are shown where one is begun, or nothing else is there to show.
fn candidates_for(mut words: Vec<OsString>, word: &str) -> Vec<CompletionCandidate> {
    let known = |word: &OsString| Some(Cli::command().find_subcommand(word)?.get_name().to_owned());
    let command = words.iter().skip(1).find_map(known).unwrap_or_default();
    let completed = |argument: Arg| with_completer(argument, &command);
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

/// The argument of a command, with values to complete it with.
fn with_completer(argument: Arg, command: &str) -> Arg {
    let names = argument.get_value_names().unwrap_or_default();
    let Some(values) = names.first().and_then(|name| values_called(name)) else {
        return argument;
    };
    let command = command.to_owned();
    argument.add(ArgValueCompleter::new(move |word: &OsStr| {
        let word = word.to_string_lossy();
        begun(&values(&index(&words()), &command, &word), &word)
    }))
}

/// The values that begin with a word: as it stands, else in any case, else without accents.
fn begun(values: &[Value], word: &str) -> Vec<CompletionCandidate> {
    let keys: [fn(&str) -> String; 3] = [str::to_owned, str::to_lowercase, fold];
    let begins = |key: fn(&str) -> String| {
        let start = key(word);
        let is_begun = !start.is_empty() || word.is_empty();
        let found = values.iter().filter(|_| is_begun);
        let found = found.filter(|(value, _)| key(value).starts_with(&start));
        let found: Vec<CompletionCandidate> = found
            .map(|(value, help)| {
                let help = (!help.is_empty()).then(|| help.into());
                CompletionCandidate::new(value).help(help)
            })
            .collect();
        found
    };
    let found = keys.into_iter().map(begins).find(|found| !found.is_empty());
    found.unwrap_or_default()
}

/// The values of arguments whose value is called so.
fn values_called(name: &str) -> Option<Values> {
    Some(match name {
        "COUNTRY" => |index, _, word| [years(index, word), countries(index, word)].concat(),
        "NAME" | "ID|COUNTRY" => |index, _, word| countries(index, word),
        "REGION" => |index, _, _| {
            let regions = index.regions().iter();
            let regions = regions.map(|region| (region.code.to_string(), region.name.to_string()));
            regions.collect()
        },
        "TIER" => |index, _, _| {
            let tiers = index.tiers().iter();
            let tiers = tiers.map(|tier| (tier.tier.to_string(), tier.name.to_string()));
            tiers.collect()
        },
        "YEAR" => |index, _, _| every_year(index),
        "LIST" => |index, _, _| {
            let lists = index.lists().iter();
            let lists = lists.map(|list| (list.id.to_owned(), list.name.to_string()));
            lists.collect()
        },
        "COLUMN" | "COLUMNS" => |index, command, _| columns(index, command),
        _ => return None,
    })
}

/// The names of countries, and the codes where one is begun: in capitals, and with more than a letter.
fn countries(index: &Index, word: &str) -> Vec<Value> {
    let is_code = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut countries = index.countries_in(WORLD);
    countries.retain(|country| country.dissolved.is_none());
    let codes = countries.iter().filter(|_| is_code);
    let codes = codes.map(|country| (country.iso3.to_owned(), country.name.to_string()));
    let names = countries.iter();
    let names = names.map(|country| (country.name.to_string(), String::new()));
    let mut values: Vec<Value> = names.collect();
    values.sort();
    values.extend(codes);
    values
}

/// The words for years where one is begun: among countries they would only be in the way.
fn years(index: &Index, word: &str) -> Vec<Value> {
    if word.is_empty() {
        return Vec::new();
    }
    every_year(index)
}

/// The newest first.
fn every_year(index: &Index) -> Vec<Value> {
    let years = index.years().rev().map(|year| year.to_string());
    let words = ["latest", "all"].map(str::to_owned).into_iter();
    words.chain(years).map(|year| (year, String::new())).collect()
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
