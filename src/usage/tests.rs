use clap::CommandFactory;

use crate::cli::Cli;
use crate::index::Index;
use crate::usage::advice::{Advice, MISTAKES, advice};
use crate::usage::line::Line;
use crate::usage::mistake;
use crate::usage::parse::parse_from;

/// Values, one of which suits every option.
const VALUES: [&str; 8] = ["a.csv", "2", "2015", "Moldova", "tier", "never", "EU", "source"];

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// Whether a command of the table runs for one of these command lines.
fn runs_for(lines: &[String], wrong: &str, template: &str) -> bool {
    let index = Index::embedded();
    lines.iter().any(|line| {
        let words = words(line);
        Line::of(&index, &words, wrong).filled(template).is_some()
    })
}

/// The lines of the table that are of options, or of words in the place of a subcommand.
fn lines(options: bool) -> impl Iterator<Item = Advice> {
    advice().filter(move |it| it.wrong.iter().all(|wrong| wrong.starts_with('-') == options))
}

#[test]
fn every_line_of_the_table_is_read() {
    assert_eq!(lines(true).count() + lines(false).count(), MISTAKES.matches(" -> ").count() - 1);
}

#[test]
fn every_command_of_the_table_of_options_runs() {
    for advice in lines(true) {
        let any = vec!["lookup", "list", "watch-list", "annotate"];
        let commands = if advice.commands.is_empty() { any } else { advice.commands };
        for option in advice.wrong {
            for template in &advice.tries {
                let mut lines = Vec::new();
                for command in &commands {
                    for value in VALUES {
                        lines.push(format!("{command} {option} {value}"));
                        lines.push(format!("{command} Moldova {option} {value}"));
                    }
                }
                assert!(runs_for(&lines, option, template), "{commands:?} {option}: {template}");
            }
        }
    }
}

#[test]
fn every_command_for_a_word_in_the_place_of_a_subcommand_runs() {
    for advice in lines(false) {
        for word in advice.wrong {
            for template in &advice.tries {
                let lines: Vec<String> = VALUES.map(|value| format!("{word} {value}")).to_vec();
                assert!(runs_for(&lines, word, template), "{word}: {template}");
            }
        }
    }
}

#[test]
fn nothing_in_the_table_is_a_command_or_an_option() {
    let cli = Cli::command();
    for word in lines(false).flat_map(|advice| advice.wrong) {
        assert!(cli.find_subcommand(word).is_none(), "{word}");
    }
    for advice in lines(true) {
        for name in advice.commands {
            let command = cli.find_subcommand(name).expect("a subcommand");
            for option in &advice.wrong {
                let mut arguments = command.get_arguments();
                let has = arguments.any(|it| match option.strip_prefix("--") {
                    Some(long) => it.get_long() == Some(long),
                    None => it.get_short() == option.chars().nth(1),
                });
                assert!(!has, "{name} {option}");
            }
        }
    }
}

#[test]
fn what_is_to_be_typed_is_safe_for_a_terminal() {
    for line in
        ["\u{1b}[31m", "lookup \u{1b}[31m --tier 2", "list --role \u{1b}[31m", "coverage \u{202e}"]
    {
        let words = words(line);
        let error = parse_from(words.iter()).expect_err("is wrong");
        let mistake = mistake(&error, &words);
        let text = format!("{} {}", mistake.what, mistake.tries.join(" "));
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        assert!(!mistake.tries.is_empty(), "{line:?}");
    }
}
