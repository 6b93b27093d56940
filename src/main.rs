//! `tip`: what the US State Department's Trafficking in Persons Report says of a country.
//!
//! Parses, runs, writes, warns, and decides the exit status. The only writer to standard error but for the bar of
//! `output/progress.rs`.

mod annotate;
mod answer;
mod cli;
mod commands;
#[cfg(test)]
#[path = "../tests/fuzz/mod.rs"]
mod fuzz;
mod index;
mod input;
mod output;
mod text;
mod usage;

use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::error::ErrorKind;

use crate::answer::options::Misplaced;
use crate::answer::{Answer, ColumnNote};
use crate::cli::Cli;
use crate::output::color::{When, decide_color};
use crate::output::screen::{Screen, fitted};
use crate::output::stream::{Stream, is_closed_pipe};
use crate::output::view::{View, print};
use crate::usage::Mistake;

fn main() -> ExitCode {
    decide_color(When::Auto);
    let answered = match usage::complete::candidates() {
        Some(candidates) => put(&candidates),
        None => match usage::parse::parse() {
            Ok(cli) => run(&cli),
            Err(message) => say(&message),
        },
    };
    match answered {
        Ok(warnings) => {
            warn(&warnings);
            ExitCode::from(u8::from(!warnings.is_empty()))
        }
        Err(Failure::Usage) => ExitCode::from(2),
        Err(Failure::Because(error)) => {
            match error.downcast_ref() {
                Some(Misplaced(word)) => advise(&usage::explain_word(word)),
                None => report("error", AnsiColor::Red, &format!("{error:#}")),
            }
            ExitCode::from(2)
        }
    }
}

/// Why there is no answer.
enum Failure {
    /// Wrong usage, which has been explained.
    Usage,
    /// Anything else, yet to be explained.
    Because(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Because(error)
    }
}

/// Answers the question. Returns what was not found.
fn run(cli: &Cli) -> Result<Vec<String>, Failure> {
    decide_color(cli.output.color.unwrap_or_default());
    // The index lives as long as the process: to take it apart at the end would cost time for nothing.
    let index = Box::leak(Box::new(cli.index()?));
    let answer = cli.command.run(index, &cli.output)?;
    let (notes, warnings) = show(cli, answer)?;
    if !cli.output.quiet {
        for note in &notes {
            report("note", AnsiColor::Blue, note);
        }
    }
    Ok(warnings)
}

/// Prints an answer. Returns the notes that go with what is shown, and the warnings.
fn show(cli: &Cli, mut answer: Answer<'_>) -> Result<(Vec<String>, Vec<String>)> {
    let Some(mut table) = answer.table.take() else {
        return Ok((answer.notes, answer.warnings));
    };
    let (format, mut notes) = (cli.output.format_or_of_file()?, Vec::new());
    let mut picture = None;
    if let Some(columns) = cli.output.columns() {
        table.choose(columns)?;
    } else if format.is_for_people() {
        table.turn_to_people();
        if let Some(mut it) = answer.picture.take() {
            let legend = it.legend.take();
            picture = it.in_format(format);
            notes.extend(legend.filter(|_| picture.is_some()));
        }
    }
    let is_picture = picture.is_some();
    let mut shown = picture.unwrap_or(View::Table(table));
    // Of what cannot be drawn nothing was found.
    if shown.takes(format) {
        let (header, file) = (!cli.output.no_header, cli.output.file());
        let links = cli.output.hyperlink.unwrap_or_default();
        match print(&mut shown, format, header, file, links) {
            Err(error) if is_closed_pipe(&error) => return Ok((Vec::new(), Vec::new())),
            Err(error) => {
                // Of the rows before it.
                answer.say();
                warn(&answer.warnings);
                return Err(error);
            }
            Ok(()) => {}
        }
        notes.extend(answer.say().filter(|_| is_picture));
        let header = shown.header();
        let holds = |note: &ColumnNote| note.holds(&header) && !answer.notes.contains(&note.text);
        let about_columns = answer.column_notes.into_iter().filter(holds);
        notes.extend(about_columns.map(|note| note.text));
    }
    notes.extend(answer.notes);
    Ok((notes, answer.warnings))
}

/// Shows what clap has to say: help on standard output, wrong usage on standard error.
fn say(message: &clap::Error) -> Result<Vec<String>, Failure> {
    let text = message.render();
    if message.exit_code() == 0 {
        let color = Screen::of_stdout().color;
        let mut text = if color { text.ansi().to_string() } else { text.to_string() };
        if message.kind() == ErrorKind::DisplayVersion {
            let edition = usage::parse::index(&usage::parse::words()).edition();
            text = format!("{text}data {edition}\n");
        }
        return put(&text);
    }
    if message.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(anstream::stderr(), "{}", text.ansi());
        return Err(Failure::Usage);
    }
    advise(&usage::explain(message));
    Err(Failure::Usage)
}

/// Writes a text to standard output.
fn put(text: &str) -> Result<Vec<String>, Failure> {
    let printed = Stream::stdout().print(|out| out.write_all(text.as_bytes()));
    match printed {
        Err(error) if !is_closed_pipe(&error) => Err(Failure::Because(error)),
        _ => Ok(Vec::new()),
    }
}

/// Says what was wrong, and what to type instead.
fn advise(mistake: &Mistake) {
    report("error", AnsiColor::Red, &mistake.what);
    for command in &mistake.tries {
        // Not wrapped: it is there to be copied.
        let style = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
        let _ = writeln!(anstream::stderr(), "{style}try:{style:#} {command}");
    }
}

/// Says what was not found, a line each.
fn warn(warnings: &[String]) {
    for warning in warnings {
        report("warning", AnsiColor::Yellow, warning);
    }
}

/// Writes a message to standard error. There is nobody left to tell if that fails.
fn report(label: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    let message = fitted(message, label.len() + 2);
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}
