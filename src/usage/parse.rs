//! The words of the command line, and how clap reads them.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::cli::Cli;
use crate::cli::options::data_of_environment;
use crate::index::Index;
use crate::index::own;

/// The command line of this process.
///
/// # Errors
/// It is a wish for help, or wrong usage, which `usage::explain` explains.
pub fn parse() -> Result<Cli, clap::Error> {
    let cli = parse_from(env::args_os().skip(1))?;
    // No country, tier or region is called so.
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    if let [command, word] = words.as_slice()
        && word == "help"
        && command != "annotate"
    {
        let mut error = clap::Error::new(ErrorKind::UnknownArgument);
        error.insert(ContextKind::InvalidArg, ContextValue::String("help".to_owned()));
        return Err(error);
    }
    Ok(cli)
}

/// These words as a command line.
///
/// # Errors
/// As `parse`.
pub fn parse_from(words: impl Iterator<Item = impl Into<OsString>>) -> Result<Cli, clap::Error> {
    let line = [OsString::from("tip")].into_iter();
    let line: Vec<OsString> = line.chain(words.map(Into::into)).collect();
    // Which columns there are is asked of no country.
    let optional = |command: Command| command.mut_args(|argument| argument.required(false));
    let command = || {
        let command = Cli::command();
        if asks_for_columns(&line) { command.mut_subcommands(optional) } else { command }
    };
    let read = |command: Command| Cli::from_arg_matches(&command.try_get_matches_from(&line)?);
    // What it takes the whole one takes; what it does not, the whole one explains.
    let lean = Cli::lean(&line).filter(|_| !asks_for_columns(&line));
    if let Some(Ok(cli)) = lean.map(read) {
        return Ok(cli);
    }
    match read(command()) {
        // To take values in any case from the start would cost every start of the program.
        Err(error) if error.kind() == ErrorKind::InvalidValue => read(in_any_case(command())),
        read => read,
    }
}

/// Whether the words hold `--columns help`.
fn asks_for_columns(words: &[OsString]) -> bool {
    let is_help = |word: &OsString| word.eq_ignore_ascii_case("help");
    words.windows(2).any(|pair| match pair {
        [option, value] => (option == "--columns" || option == "-c") && is_help(value),
        _ => false,
    }) || words.iter().any(|word| word.eq_ignore_ascii_case("--columns=help"))
}

/// The same command line, for which `--format JSON` is json.
fn in_any_case(command: Command) -> Command {
    let in_any_case = |command: Command| {
        command.mut_args(|argument| {
            let takes_value = argument.get_action().takes_values();
            argument.ignore_case(takes_value)
        })
    };
    in_any_case(command).mut_subcommands(in_any_case)
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
