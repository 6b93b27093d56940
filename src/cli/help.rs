//! `tip help`: the commands in groups, one command, or a topic.

use std::fmt::Write;

use anyhow::{Result, bail};
use clap::{Args, Command};

use crate::answer::Answer;
use crate::cli::options::OutputOptions;
use crate::output::{Screen, Table};
use crate::text::{joined, length, quoted, wrapped};

/// The commands by what they are for.
const GROUPS: [(&str, &[&str]); 5] = [
    ("Ask", &["lookup", "list", "history", "changes", "watch-list", "stats"]),
    ("Draw", &["map", "brief", "summary"]),
    ("Quote", &["cite", "sources", "coverage"]),
    ("Your data", &["annotate", "resolve", "check", "export"]),
    (
        "Reference",
        &["tiers", "regions", "enforcement", "typologies", "figures", "completions", "man", "help"],
    ),
];

/// The topic that is made from the options themselves.
const OPTIONS: &str = "options";

/// What can be read about besides the commands: a name, what it is about, and the text.
const TOPICS: [(&str, &str, &str); 7] = [
    (
        "questions",
        "years, regions, lists, pictures and pages, with examples",
        include_str!("help/questions.md"),
    ),
    ("tables", "annotate: your columns, years, names and files", include_str!("help/tables.md")),
    ("names", "how names are matched, and codes of other systems", include_str!("help/names.md")),
    ("output", "formats, columns, files, colour and links", include_str!("help/output.md")),
    ("exit-status", "what a command ends with", include_str!("help/exit-status.md")),
    ("recipes", "R, Python, SQL, jq and engines for large tables", include_str!("help/recipes.md")),
    ("own-data", "--data: add a report of your own", include_str!("help/own-data.md")),
];

/// The longest line that is easy to read.
const WIDEST: usize = 80;

/// The arguments of `tip help`.
#[derive(Debug, Args)]
pub struct Help {
    /// A command, or a topic: options, questions, tables, names, output, exit-status, recipes or own-data
    #[arg(value_name = "COMMAND|TOPIC")]
    words: Vec<String>,
}

impl Help {
    pub fn run<'i>(&self, cli: &Command, screen: Screen) -> Result<Answer<'i>> {
        let width = width(screen);
        let texts = match self.words.as_slice() {
            [] => vec![overview(cli, width)],
            words => {
                words.iter().map(|word| about(cli, word, width)).collect::<Result<Vec<_>>>()?
            }
        };
        let texts = texts.iter().map(|text| text.trim_end().to_owned());
        Ok(Answer::new(Table::of_texts("text", texts.collect())))
    }
}

fn about(cli: &Command, word: &str, width: usize) -> Result<String> {
    if word == OPTIONS {
        return Ok(shared_options());
    }
    match (topic(word), command(cli, word)) {
        (Some(text), _) => Ok(shown(text, width)),
        (None, Some(mut command)) => Ok(command.render_long_help().to_string()),
        (None, None) => {
            let topics = TOPICS.map(|(name, ..)| name);
            let topics = joined(&[&[OPTIONS], &topics[..]].concat(), "and");
            bail!(
                "{} is no command and no topic; 'tip' lists the commands, and the topics are {topics}",
                quoted(word)
            )
        }
    }
}

fn topic(word: &str) -> Option<&'static str> {
    // 'exit' is enough.
    let topic = TOPICS.iter().find(|(name, ..)| name.starts_with(word) && word.len() > 3)?;
    Some(topic.2)
}

/// The command called so, with its usage as it is typed.
fn command(cli: &Command, word: &str) -> Option<Command> {
    let mut cli = cli.clone();
    cli.build();
    cli.find_subcommand(word).cloned()
}

/// Returns what `tip` alone shows: examples, and every command in its group.
pub fn overview(cli: &Command, width: usize) -> String {
    let mut out = cli.get_long_about().map(ToString::to_string).unwrap_or_default();
    out.push('\n');
    for (group, names) in GROUPS {
        let _ = writeln!(out, "\n{group}");
        for name in names {
            let command = cli.find_subcommand(name);
            let about = command.and_then(Command::get_about).map(ToString::to_string);
            let _ = writeln!(out, "  {name:<12} {}", about.unwrap_or_default());
        }
    }
    let topics = TOPICS.map(|(name, ..)| name).join(", ");
    let _ =
        writeln!(out, "\nHelp: 'tip COMMAND --help' on a command, 'tip help TOPIC' on a topic:");
    let _ = write!(out, "  {OPTIONS}, {topics}");
    out.lines().map(|line| hanging(line, width) + "\n").collect()
}

/// How wide the lines of help may be.
pub fn width(screen: Screen) -> usize {
    screen.width.map_or(WIDEST, usize::from).min(WIDEST)
}

/// Wraps a line; of a name and what it is, the rest stands below the latter, or that below the name on a narrow screen.
fn hanging(line: &str, width: usize) -> String {
    /// The least that a text beside a name has.
    const LEAST: usize = 20;
    let words = line.trim_start();
    let before = line.len() - words.len();
    let named = words.split_once("  ").filter(|_| before > 0);
    let Some((name, text)) = named else {
        return " ".repeat(before) + &wrapped(words, width, before, before);
    };
    let text = text.trim_start();
    let at = line.len() - text.len();
    if at + LEAST <= width {
        let (before, text) = line.split_at(at);
        return before.to_owned() + &wrapped(text, width, at, at);
    }
    let below = before + 2;
    let text = wrapped(text, width, below, below);
    format!("{}{name}\n{}{text}", " ".repeat(before), " ".repeat(below))
}

/// The options that every command takes, as a command's long help has them.
fn shared_options() -> String {
    let command = OutputOptions::augment_args(Command::new("tip COMMAND"));
    command.disable_help_flag(true).render_long_help().to_string()
}

/// A topic as a terminal shows it: paragraphs wrapped, examples indented.
fn shown(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut is_example = false;
    for line in joined_lines(text) {
        if line.starts_with("```") {
            is_example = !is_example;
        } else if is_example {
            // A test reads from '? 1' how the example ends.
            if !(line.is_empty() || line.starts_with("? ") && length(&line) == 3) {
                let _ = writeln!(out, "    {line}");
            }
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches(['#', ' ']);
            let _ = writeln!(out, "{heading}");
        } else if let Some(line) = line.strip_prefix("  ").filter(|line| line.starts_with("  ")) {
            out.push_str(&(hanging(line, width) + "\n"));
        } else if line.starts_with('|') {
            out.push_str(&(line + "\n"));
        } else {
            let indent = if line.starts_with("- ") { 2 } else { 0 };
            out.push_str(&(wrapped(&line, width, 0, indent) + "\n"));
        }
    }
    out
}

/// The lines of a text, those of a paragraph joined to one.
fn joined_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut is_example, mut goes_on) = (false, false);
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        is_example ^= is_fence;
        let stands_alone = is_fence
            || is_example
            || line.is_empty()
            || line.starts_with(['#', '|'])
            || line.starts_with("    ");
        match lines.last_mut().filter(|_| goes_on && !stands_alone && !line.starts_with("- ")) {
            Some(last) => *last = format!("{last} {}", line.trim_start()),
            None => lines.push(line.to_owned()),
        }
        goes_on = !stands_alone;
    }
    lines
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{GROUPS, OPTIONS, TOPICS, joined_lines};
    use crate::cli::Cli;

    #[test]
    fn every_command_is_in_one_group() {
        let cli = Cli::command();
        let mut grouped: Vec<&str> =
            GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut known: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
        grouped.sort_unstable();
        known.sort_unstable();
        assert_eq!(grouped, known);
    }

    #[test]
    fn the_help_of_help_names_every_topic_and_none_is_a_command() {
        let cli = Cli::command();
        let help = cli.find_subcommand("help").expect("a command");
        let about = help.get_arguments().find_map(|it| it.get_help()).expect("a text").to_string();
        for name in TOPICS.map(|(name, ..)| name).into_iter().chain([OPTIONS]) {
            assert!(about.contains(name), "{name}");
            assert!(cli.find_subcommand(name).is_none(), "{name}");
        }
        assert!(super::about(&cli, "nothing", 80).is_err());
    }

    #[test]
    fn a_paragraph_is_one_line_and_an_example_is_as_it_is() {
        let text = "# A\n\nOne\ntwo.\n- three\n  four\n```\na\nb\n```\n";
        assert_eq!(
            joined_lines(text),
            ["# A", "", "One two.", "- three four", "```", "a", "b", "```"]
        );
    }
}
