//! The words of the command line, how clap reads them, and what it finds wrong.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, FromArgMatches};

use crate::cli::Cli;
use crate::cli::help::{overview, width};
use crate::cli::options::data_of_environment;
use crate::index::names::spellings::Kind;
use crate::index::own;
use crate::index::{Index, Resolution};
use crate::output::Screen;

pub fn parse() -> Result<Cli, clap::Error> {
    let cli = parse_from(env::args_os().skip(1)).or_else(as_lookup)?;
    let lacks = cli.command.lacks_input().filter(|_| !cli.output.lists_columns());
    if let Some(lacks) = lacks.filter(|_| io::stdin().is_terminal()) {
        let mut error = clap::Error::new(ErrorKind::MissingRequiredArgument);
        let lacks = ContextValue::Strings(vec![lacks.to_owned()]);
        error.insert(ContextKind::InvalidArg, lacks);
        return Err(error);
    }
    // No country, tier or region is called so.
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    match words.as_slice() {
        [command, word] if word == "help" && command != "annotate" => Err(stray("help")),
        _ => Ok(cli),
    }
}

/// Reads a line that begins with a country's name and no command as a lookup of it.
fn as_lookup(error: clap::Error) -> Result<Cli, clap::Error> {
    let mut line = words();
    let wrong = wrong_word(&error);
    let place = line.iter().position(|word| *word == wrong);
    let Some(place) = place.filter(|_| error.kind() == ErrorKind::InvalidSubcommand) else {
        return Err(error);
    };
    if !begins_with_country(&index(&line), line.get(place..).unwrap_or_default()) {
        return Err(error);
    }
    line.insert(place, "lookup".to_owned());
    parse_from(line.into_iter())
}

/// Whether these words begin with the name of a country; a code of two letters or a region's name is none.
fn begins_with_country(index: &Index, words: &[String]) -> bool {
    const LONGEST: usize = 6;
    let names = (1..=words.len().min(LONGEST))
        .map(|count| words.iter().take(count).map(String::as_str).collect::<Vec<_>>().join(" "));
    let is_name = |name: String| {
        // A word in capitals is no mistyped command, but may be a code of three letters.
        let is_code = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_country = matches!(
            index.resolve(name.trim_end_matches(',')),
            Resolution::Country { how, .. } if how != Kind::Code || is_code
        );
        is_country && index.region_written(&name).is_none()
    };
    names.take_while(|name| !name.contains(" -")).any(is_name)
}

/// The error of a word that a command does not take.
pub fn stray(word: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::UnknownArgument);
    error.insert(ContextKind::InvalidArg, ContextValue::String(word.to_owned()));
    error
}

pub fn parse_from(words: impl Iterator<Item = impl Into<OsString>>) -> Result<Cli, clap::Error> {
    let line = [OsString::from("tip")].into_iter();
    let line: Vec<OsString> = line.chain(words.map(Into::into)).collect();
    let read = |command: Command| Cli::from_arg_matches(&command.try_get_matches_from(&line)?);
    let asks_for_columns = asks_for_columns(&line);
    let lean = Cli::lean(&line).filter(|_| !asks_for_columns);
    if let Some(Ok(cli)) = lean.map(read) {
        return Ok(cli);
    }
    // What the lean one does not take, the whole one takes or explains. It takes values in any case, and no country where
    // only the columns are asked for: to take these from the start would cost every start of the program.
    let lenient = |argument: Arg| {
        let is_required = argument.is_required_set() && !asks_for_columns;
        let takes_value = argument.get_action().takes_values();
        argument.required(is_required).ignore_case(takes_value)
    };
    let lenient = |command: Command| command.mut_args(lenient);
    let whole = Cli::command();
    let overview = overview(&whole, width(Screen::of_stdout()));
    read(lenient(whole).mut_subcommands(lenient).override_help(overview))
}

fn asks_for_columns(words: &[OsString]) -> bool {
    let is_help = |word: &OsString| word.eq_ignore_ascii_case("help");
    words.windows(2).any(|pair| match pair {
        [option, value] => (option == "--columns" || option == "-c") && is_help(value),
        _ => false,
    }) || words.iter().any(|word| word.eq_ignore_ascii_case("--columns=help"))
}

/// The words of the command line of this process; what is not UTF-8 is replaced.
pub fn words() -> Vec<String> {
    let words = env::args_os().skip(1);
    words.map(|word| word.to_string_lossy().into_owned()).collect()
}

/// The index that a command line asks, as far as the user's data can be used.
pub fn index(words: &[String]) -> Index {
    let mut apart =
        words.windows(2).filter(|pair| matches!(pair, [option, _] if option == "--data"));
    let apart = apart.find_map(|pair| pair.last().cloned());
    let mut joined = words.iter().filter_map(|word| word.strip_prefix("--data="));
    let written = apart.or_else(|| joined.next().map(str::to_owned));
    let folder = written.map(PathBuf::from).or_else(data_of_environment);
    let own = folder.and_then(|folder| own::index(&folder).ok());
    own.unwrap_or_else(Index::embedded)
}

/// Returns the wrong word: an option, a value, what stands in the place of a subcommand, or the argument that is missing.
pub fn wrong_word(error: &clap::Error) -> String {
    let kind = match error.kind() {
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        ErrorKind::InvalidValue => ContextKind::InvalidValue,
        _ => ContextKind::InvalidArg,
    };
    context(error, kind).into_iter().next().unwrap_or_default()
}

/// Returns what clap found of a kind.
pub fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![value.clone()],
        Some(ContextValue::Strings(values)) => values.clone(),
        _ => Vec::new(),
    }
}
