//! The words of the command line, and how clap reads them.

use std::env;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};

use crate::cli::Cli;

/// The command line of this process.
///
/// # Errors
/// It is a wish for help, or wrong usage, which `usage::explain` explains.
pub fn parse() -> Result<Cli, clap::Error> {
    let cli = parse_from(env::args_os().skip(1))?;
    // No country, tier or region is called so.
    if let [command, word] = words().as_slice()
        && word == "help"
        && command != "annotate"
    {
        let mut error = clap::Error::new(ErrorKind::UnknownArgument);
        error.insert(
            ContextKind::InvalidArg,
            ContextValue::String(word.to_owned()),
        );
        return Err(error);
    }
    Ok(cli)
}

/// These words as a command line.
///
/// # Errors
/// As `parse`.
pub fn parse_from(words: impl Iterator<Item = impl Into<OsString>>) -> Result<Cli, clap::Error> {
    let words: Vec<OsString> = words.map(Into::into).collect();
    let mut command = command();
    if asks_for_columns(&words) {
        // Which columns there are is asked of no country.
        command = command.mut_subcommands(|command| command.mut_args(|it| it.required(false)));
    }
    let line = [OsString::from("tip")].into_iter().chain(words);
    let matches = command.try_get_matches_from(line)?;
    Cli::from_arg_matches(&matches)
}

/// Whether the words hold `--columns help`.
fn asks_for_columns(words: &[OsString]) -> bool {
    let is_help = |word: &OsString| word.eq_ignore_ascii_case("help");
    words.windows(2).any(|pair| match pair {
        [option, value] => (option == "--columns" || option == "-c") && is_help(value),
        _ => false,
    }) || words
        .iter()
        .any(|word| word.eq_ignore_ascii_case("--columns=help"))
}

/// The command line as clap parses it: `--format JSON` is json.
pub fn command() -> Command {
    let any_case = |command: Command| {
        command.mut_args(|argument| {
            let takes_value = argument.get_action().takes_values();
            argument.ignore_case(takes_value)
        })
    };
    any_case(Cli::command()).mut_subcommands(any_case)
}

/// The words of the command line of this process; what is not UTF-8 is replaced.
pub fn words() -> Vec<String> {
    let words = env::args_os().skip(1);
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}
