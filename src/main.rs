//! `tip`: what the US State Department's Trafficking in Persons Report says of a country.
//!
//! Parses, runs, writes, warns, and decides the exit status. The only writer to standard error.

mod cli;
mod commands;
mod index;
mod output;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::{Context, Result};
use clap::Parser;

use crate::cli::Cli;
use crate::output::format::{render, write};
use crate::output::style::{Screen, When, settle_color};

fn main() -> ExitCode {
    settle_color(When::Auto);
    match run(&Cli::parse()) {
        Ok(warnings) => {
            for warning in &warnings {
                report("warning", AnsiColor::Yellow, warning);
            }
            ExitCode::from(u8::from(!warnings.is_empty()))
        }
        Err(error) => {
            report("error", AnsiColor::Red, &format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Answers the question on standard output. Returns what was not found.
fn run(cli: &Cli) -> Result<Vec<String>> {
    settle_color(cli.output.color);
    let index = index::load::load(index::load::EMBEDDED)?;
    let mut answer = cli.command.run(&index)?;
    if let Some(columns) = &cli.output.columns {
        answer.table.choose(columns)?;
    }
    let format = cli.output.format();
    let rendered = render(
        &answer.table,
        format,
        !cli.output.no_header,
        Screen::of_stdout(),
    )?;
    match write(&rendered) {
        // The reader has seen enough; that is no failure, and no time to warn.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Vec::new()),
        written => written
            .context("cannot write to standard output")
            .map(|()| answer.warnings),
    }
}

/// Writes a message to standard error. There is nobody left to tell if that fails.
fn report(label: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}
