//! `tip`: what the US State Department's Trafficking in Persons Report says of a country.
//!
//! Parses, runs, writes, warns, and decides the exit status. The only writer to standard error but for the bar of
//! `output/screen.rs`.

use std::io::Write;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use clap::error::ErrorKind;

use tip_report::Index;
use tip_report::answer::Answer;
use tip_report::answer::caveats::{footer, freshness};
use tip_report::answer::options::Misplaced;
use tip_report::cli::Cli;
use tip_report::output::color::{When, decide_color};
use tip_report::output::format::Format;
use tip_report::output::remarks::Remarks;
use tip_report::output::screen::{Screen, fitted};
use tip_report::output::stream::{Stream, is_closed_pipe};
use tip_report::output::view::{Printing, View};
use tip_report::text::{printable, printable_lines};
use tip_report::usage::{self, Mistake};

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
        Ok(found) => ExitCode::from(u8::from(!found)),
        Err(Failure::Usage) => ExitCode::from(2),
        Err(Failure::Because(error)) => {
            match error.downcast_ref() {
                Some(Misplaced(word)) => advise(&usage::explain(&usage::parse::stray(word))),
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

/// Answers the question. Returns whether everything asked for was found.
fn run(cli: &Cli) -> Result<bool, Failure> {
    decide_color(cli.output.color.unwrap_or_default());
    // The index lives as long as the process: to take it apart at the end would cost time for nothing.
    let index = Box::leak(Box::new(cli.index()?));
    let answer = cli.command.run(index, &cli.output)?;
    let Some((remarks, header)) = show(cli, index, answer)? else {
        return Ok(true);
    };
    if !cli.output.quiet {
        for note in remarks.notes_beside(&header) {
            report("note", AnsiColor::Blue, note);
        }
    }
    warn(&remarks);
    Ok(remarks.not_found.is_empty())
}

/// Prints an answer. Returns what is said beside it and the columns that it shows; nothing where its reader has seen
/// enough.
fn show(
    cli: &Cli,
    index: &Index,
    answer: Answer<'_>,
) -> Result<Option<(Remarks, Vec<&'static str>)>> {
    let Answer { view, mut remarks } = answer;
    let Some(mut view) = view else {
        return Ok(Some((remarks, Vec::new())));
    };
    let format = cli.output.format_or_of_file()?;
    if let View::Table(table) = &mut view {
        if format.is_for_people() {
            table.turn_to_people();
        }
        if let Some(columns) = cli.output.columns() {
            table.choose(columns)?;
        }
    }
    if let Some(title) = &cli.output.title {
        match &mut view {
            View::Table(table) => table.title = Some(title.clone()),
            View::Drawing(drawing) => drawing.title.clone_from(title),
            View::Pages(pages) => pages.iter_mut().for_each(|page| page.title.clone_from(title)),
        }
    }
    if !view.takes(format) {
        bail!(view.refusal());
    }
    let printing = Printing {
        format,
        header: !cli.output.no_header,
        file: cli.output.file(),
        links: cli.output.hyperlink.unwrap_or_default(),
        // With own data it takes the checksum of every file: only a page and a workbook show it.
        footer: if matches!(format, Format::Html | Format::Xlsx) {
            footer(index)
        } else {
            String::new()
        },
    };
    match printing.print(&mut view, &mut remarks) {
        Err(error) if is_closed_pipe(&error) => Ok(None),
        Err(error) => {
            // They are about the rows before it, which were shown.
            warn(&remarks);
            Err(error)
        }
        Ok(()) => Ok(Some((remarks, view.header()))),
    }
}

/// Shows what clap has to say: help on standard output, wrong usage on standard error.
fn say(message: &clap::Error) -> Result<bool, Failure> {
    let text = message.render();
    // 'tip' alone asks what there is.
    let is_alone = message.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if message.exit_code() == 0 || is_alone {
        let color = Screen::of_stdout().color;
        let mut text = if color { text.ansi().to_string() } else { text.to_string() };
        if message.kind() == ErrorKind::DisplayVersion {
            let index = usage::parse::index(&usage::parse::words());
            text = format!("{text}data {}\n{}\n", index.edition(), freshness(&index));
        }
        return put(&text);
    }
    advise(&usage::explain(message));
    Err(Failure::Usage)
}

/// Writes a text to standard output.
fn put(text: &str) -> Result<bool, Failure> {
    let printed = Stream::stdout().print(|out| out.write_all(text.as_bytes()));
    match printed {
        Err(error) if !is_closed_pipe(&error) => Err(Failure::Because(error)),
        _ => Ok(true),
    }
}

/// Says what was wrong, and what to type instead.
fn advise(mistake: &Mistake) {
    report("error", AnsiColor::Red, &mistake.what);
    for command in mistake.tries.iter().map(|command| printable(command)) {
        // Not wrapped: it is there to be copied.
        let style = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
        let _ = writeln!(anstream::stderr(), "{style}try:{style:#} {command}");
    }
}

/// Says what could mislead and what was not found, a line each.
fn warn(remarks: &Remarks) {
    for warning in remarks.warnings.iter().chain(&remarks.not_found) {
        report("warning", AnsiColor::Yellow, warning);
    }
}

/// Writes a message to standard error. There is nobody left to tell if that fails.
fn report(label: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    // The one place where what is said is made safe for a terminal, whoever says it.
    let message = fitted(&printable_lines(message), label.len() + 2);
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}
