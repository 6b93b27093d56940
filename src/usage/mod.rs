//! Wrong usage: what was wrong, and the command to type instead. Every command that is shown has been run.

pub mod complete;
mod line;
pub mod parse;
mod run;

use clap::error::{ContextKind, ErrorKind};

use crate::text::{joined, printable_lines, quoted};
use crate::usage::line::Line;
use crate::usage::parse::{context, index, words, wrong_word};

#[derive(Debug)]
pub struct Mistake {
    pub what: String,
    pub tries: Vec<String>,
}

/// What is wrong with the command line of this process, and what to type instead.
pub fn explain(error: &clap::Error) -> Mistake {
    mistake(error, words())
}

fn mistake(error: &clap::Error, mut words: Vec<String>) -> Mistake {
    let index = index(&words);
    // It would hide from clap what else is wrong.
    let help: Vec<String> = words.extract_if(.., |word| word == "--help" || word == "-h").collect();
    let line = Line::new(&index, &words, error);
    Mistake { what: what(error, &line.name()), tries: line.meant(&help) }
}

/// Says what was wrong, where the command is called so.
fn what(error: &clap::Error, command: &str) -> String {
    let (word, option) = (wrong_word(error), context(error, ContextKind::InvalidArg));
    let option = option.first().and_then(|option| option.split(' ').next()).unwrap_or_default();
    let quoted = quoted(&word);
    match error.kind() {
        ErrorKind::MissingSubcommand => "no command was given".to_owned(),
        ErrorKind::InvalidSubcommand => format!("there is no command {quoted}"),
        ErrorKind::UnknownArgument if word.starts_with('-') => {
            format!("'{command}' has no option {quoted}")
        }
        ErrorKind::UnknownArgument => format!("'{command}' does not take {quoted}"),
        ErrorKind::MissingRequiredArgument => {
            format!("'{command}' needs {}", word.trim_end_matches("..."))
        }
        ErrorKind::InvalidValue => {
            let known = joined(context(error, ContextKind::ValidValue), "or");
            match (&*word, known.trim_start()) {
                ("", "") => format!("'{option}' needs a value"),
                ("", known) => format!("'{option}' needs a value: {known}"),
                (_, "") => format!("'{option}' does not take {quoted}"),
                (_, known) => format!("'{option}' takes {known}, not {quoted}"),
            }
        }
        // The message of clap without its label, its usage and its hints.
        _ => {
            let text = error.render().to_string();
            let text = text.split("\n\n").next().unwrap_or_default();
            let text = text.strip_prefix("error: ").unwrap_or(text);
            printable_lines(&text.lines().map(str::trim).collect::<Vec<_>>().join(" "))
        }
    }
}

#[cfg(test)]
mod tests;
