//! Wrong usage: what was wrong, and the command to type instead. Every command that is shown has been run.

mod advice;
pub mod complete;
mod line;
pub mod parse;
mod tries;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::{joined, printable_lines, quoted, shell};
use crate::usage::line::{Line, Words};
use crate::usage::parse::{index, words};

/// A command line that cannot be answered.
#[derive(Debug)]
pub struct Mistake {
    /// What was wrong.
    pub what: String,
    /// The commands to type instead.
    pub tries: Vec<String>,
}

/// What is wrong with the command line of this process, and what to type instead.
pub fn explain(error: &clap::Error) -> Mistake {
    mistake(error, &words())
}

/// What to type instead of the command line of this process, in which a word stands that its command does not take.
pub fn explain_word(word: &str) -> Mistake {
    let words = words();
    let index = index(&words);
    let line = Line::of(&index, &words, word);
    Mistake { what: not_taken(&line.name(), word), tries: typed(&line.for_argument(None)) }
}

fn mistake(error: &clap::Error, words: &[String]) -> Mistake {
    let wrong = match error.kind() {
        ErrorKind::InvalidSubcommand => context(error, ContextKind::InvalidSubcommand),
        ErrorKind::UnknownArgument => context(error, ContextKind::InvalidArg),
        ErrorKind::InvalidValue => context(error, ContextKind::InvalidValue),
        _ => None,
    };
    let wrong = wrong.unwrap_or_default();
    let index = index(words);
    let line = Line::of(&index, words, &wrong);
    Mistake { what: what(error, &line.name(), &wrong), tries: typed(&tries(error, &line)) }
}

/// Commands as they are typed.
fn typed(tries: &[Words]) -> Vec<String> {
    let tries = tries.iter().map(|words| {
        let words: Vec<_> = words.iter().map(|word| shell(word)).collect();
        format!("tip {}", words.join(" "))
    });
    tries.collect()
}

fn not_taken(name: &str, word: &str) -> String {
    format!("'{name}' does not take {}", quoted(word))
}

/// What was wrong, in words: the command is called so, and the wrong word is this one.
fn what(error: &clap::Error, name: &str, wrong: &str) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::MissingSubcommand => "no command was given".to_owned(),
        ErrorKind::InvalidSubcommand => format!("there is no command {}", quoted(wrong)),
        ErrorKind::UnknownArgument if wrong.starts_with('-') => {
            format!("'{name}' has no option {}", quoted(wrong))
        }
        ErrorKind::UnknownArgument => not_taken(name, wrong),
        ErrorKind::InvalidValue => wrong_value(error, &argument, wrong),
        ErrorKind::MissingRequiredArgument => {
            format!("'{name}' needs {}", argument.trim_end_matches("..."))
        }
        _ => in_words_of_clap(error),
    }
}

/// The commands to type instead.
fn tries(error: &clap::Error, line: &Line<'_>) -> Vec<Words> {
    let near = |kind| context(error, kind);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            line.for_command(near(ContextKind::SuggestedSubcommand).as_deref())
        }
        ErrorKind::UnknownArgument => line.for_argument(near(ContextKind::SuggestedArg).as_deref()),
        ErrorKind::InvalidValue => line.for_value(near(ContextKind::SuggestedValue).as_deref()),
        _ => line.for_missing(&near(ContextKind::InvalidArg).unwrap_or_default()),
    }
}

/// What clap found of a kind: the first, where it found several.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(value) => Some(value.clone()),
        ContextValue::Strings(values) => values.first().cloned(),
        _ => None,
    }
}

/// Says which values an option takes.
fn wrong_value(error: &clap::Error, option: &str, value: &str) -> String {
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(known)) => joined(known, "or"),
        _ => String::new(),
    };
    let known = known.trim_start();
    let option = option.split(' ').next().unwrap_or(option);
    match (value, known) {
        ("", "") => format!("'{option}' needs a value"),
        ("", known) => format!("'{option}' needs a value: {known}"),
        (value, "") => format!("'{option}' does not take {}", quoted(value)),
        (value, known) => format!("'{option}' takes {known}, not {}", quoted(value)),
    }
}

/// The message of clap without its label, its usage and its hints.
fn in_words_of_clap(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let text = text.split("\n\n").next().unwrap_or_default();
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    printable_lines(&lines.join(" "))
}

#[cfg(test)]
mod tests;
