//! `tip man` and `tip completions`: what is installed beside the program.

use std::io;

use anyhow::Result;
use clap::{Args, Command, ValueEnum};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::answer::Answer;
use crate::output::Table;
use crate::text::wrapped;

/// When this version was released.
const RELEASED: &str = "2026-11-24";

/// The variables of the environment that are read, the first that says something before the others; each entry as in
/// `--help`, a name and what it is.
const ENVIRONMENT: &str = "  NO_COLOR  Not empty: no colour, unless --color says otherwise.
  FORCE_COLOR  Not empty: colour everywhere; with 0 or false, nowhere.
  CLICOLOR_FORCE  Not empty and neither 0 nor false: colour everywhere.
  CLICOLOR  0 or false: no colour.
  TERM  dumb: neither colour nor links.
  TIP_DATA  A folder of data files that add rows or replace them, where --data names none.";

const FILES: &str = "  the data  Part of the program; those of --data or TIP_DATA are read besides. It reads no configuration and keeps nothing from \
one run to the next.
  .tip-*  What is being written beside the file of --output, until that is whole; an interrupt takes it away.";

/// The page in the language of man(7).
pub fn run<'i>(command: &Command, status: &str) -> Result<Answer<'i>> {
    Ok(Answer::new(Table::of_texts("text", vec![page(command, status)?.trim_end().to_owned()])))
}

fn page(command: &Command, status: &str) -> Result<String> {
    let about = command.get_long_about().map(ToString::to_string);
    let about = about.unwrap_or_default();
    let (about, examples) = about.split_once("\n\n").unwrap_or((&about, ""));
    let status = status
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| line.starts_with("  ")));
    let status = status.collect::<Vec<_>>().join("\n");
    let man = Man::new(command.clone().long_about(about.to_owned()));
    let man = man.title("TIP").date(RELEASED).manual("User Commands");
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    let mut synopsis = Roff::new();
    synopsis.control("SH", ["SYNOPSIS"]);
    synopsis.text([bold("tip"), roman(" COMMAND [ARGUMENTS] [OPTIONS]")]);
    synopsis.to_writer(&mut out)?;
    man.render_description_section(&mut out)?;
    commands(command, &mut out)?;
    man.render_options_section(&mut out)?;
    let mut rest = Roff::new();
    let sections = [("EXIT STATUS", &*status), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)];
    for (heading, lines) in sections.into_iter().chain([("EXAMPLES", examples)]) {
        rest.control("SH", [heading]);
        listed(&mut rest, lines);
    }
    rest.to_writer(&mut out)?;
    Ok(tidy(&String::from_utf8(out)?))
}

/// The page without the breaks that stand beside a space of a line, and in lines that an editor shows: mandoc's checks
/// ask for both.
fn tidy(page: &str) -> String {
    const WIDEST: usize = 79;
    let lines: Vec<&str> = page.lines().collect();
    let mut out = String::with_capacity(page.len());
    for (place, line) in lines.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| lines.get(place));
        let is_beside_space = [before, lines.get(place + 1)].contains(&Some(&""));
        let is_first = *line == ".PP" && before.is_some_and(|line| line.starts_with(".SH"));
        if is_first || *line == ".br" && is_beside_space {
            continue;
        }
        if line.is_empty() {
            out.push_str(".sp");
        } else if line.starts_with('.') {
            out.push_str(line);
        } else {
            // A line that began with a point would be a request.
            let line = wrapped(line, WIDEST, 0, 0).replace("\n.", "\n\\&.");
            out.push_str(&line);
        }
        out.push('\n');
    }
    out
}

/// Each command with its own options; those that all share have a section of theirs.
fn commands(command: &Command, out: &mut Vec<u8>) -> io::Result<()> {
    let mut heading = Roff::new();
    heading.control("SH", ["COMMANDS"]);
    heading.to_writer(out)?;
    for command in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        let mut command = command.clone().disable_help_flag(true);
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").replace(" [OPTIONS]", "");
        let mut head = Roff::new();
        head.control("SS", [format!("tip {usage}").as_str()]);
        let about = command.get_about().map(ToString::to_string);
        head.text([roman(about.unwrap_or_default() + ".")]);
        head.to_writer(out)?;
        let mut options = Vec::new();
        Man::new(command).render_options_section(&mut options)?;
        let options = String::from_utf8_lossy(&options);
        out.extend(options.replace(".SH OPTIONS\n", "").into_bytes());
    }
    Ok(())
}

/// Lines as `--help` has them: indented ones are a name and what it is, two spaces or more between, others sentences.
fn listed(roff: &mut Roff, lines: &str) {
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let named = line.strip_prefix("  ").and_then(|line| line.split_once("  "));
        if let Some((name, text)) = named {
            roff.control("TP", []);
            roff.text([bold(name)]);
            roff.text([roman(text.trim())]);
        } else {
            roff.control("PP", []);
            roff.text([roman(line)]);
        }
    }
}

#[test]
fn the_page_has_the_date_of_the_changelog() {
    let readme = include_str!("../../README.md");
    let heading = format!("### {} ({RELEASED})", env!("CARGO_PKG_VERSION"));
    assert!(readme.contains(&heading), "{heading}");
}

/// The arguments of `tip completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// The shells whose completions were tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// 'source <(tip completions bash)' in ~/.bashrc
    Bash,
    /// 'source <(tip completions zsh)' in ~/.zshrc, after compinit
    Zsh,
    /// 'tip completions fish | source' in ~/.config/fish/config.fish
    Fish,
}

impl Completions {
    /// The lines, which ask this program what a word may become; `usage/complete.rs` answers.
    pub fn run<'i>(&self) -> Answer<'i> {
        let script = match self.shell {
            Shell::Bash => include_str!("loaders/tip.bash"),
            Shell::Zsh => include_str!("loaders/_tip"),
            Shell::Fish => include_str!("loaders/tip.fish"),
        };
        Answer::new(Table::of_texts("text", vec![script.trim_end().to_owned()]))
    }
}
