use std::collections::BTreeSet;

use clap::CommandFactory;

use crate::cli::Cli;
use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::usage::line::{Line, rows};
use crate::usage::mistake;
use crate::usage::parse::{parse_from, wrong_word};

/// Words behind a wrong one, some of which suit every line of the table.
const VALUES: &[&str] =
    &["Moldova", "", "3", "2015", "tier", "never", "EU", "region", "csv", "transit", "2", "all"];

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// Lines with one of these mistakes, which are of one line of the table.
fn lines(beside: &str, wrong: &str) -> Vec<Vec<String>> {
    let beside = if beside.is_empty() { "list lookup changes annotate tip" } else { beside };
    let mut lines = Vec::new();
    for wrong in wrong.split(' ') {
        for before in beside.split(' ').filter(|_| wrong.starts_with('-')).chain([""]) {
            let before = before.replace("tip", "").replace("--", "list --");
            lines.extend(VALUES.iter().map(|value| words(&format!("{before} {wrong} {value}"))));
        }
    }
    lines
}

#[test]
fn every_command_of_the_table_runs_for_a_line_with_its_mistake() {
    let index = Index::embedded();
    for [beside, wrong, tries] in rows().filter(|[_, wrong, _]| !wrong.contains(['*', '<', '='])) {
        for template in tries.split(" ; ") {
            let runs = |words: &Vec<String>| {
                let error = parse_from(words.iter()).err()?;
                Line::new(&index, words, &error).filled(template, 0)
            };
            let runs = lines(beside, wrong).iter().find_map(runs);
            assert!(runs.is_some(), "{beside} : {wrong} -> {template}");
        }
    }
}

#[test]
fn no_line_of_the_table_is_for_what_is_a_command_or_an_option() {
    for [beside, wrong, _] in rows().filter(|[_, wrong, _]| !wrong.contains(['*', '<', '='])) {
        let is_any_command = |wrong: &&str| beside.is_empty() && wrong.starts_with('-');
        for wrong in wrong.split(' ').filter(|wrong| !is_any_command(wrong)) {
            for command in beside.split(' ').filter(|it| !it.starts_with('-')) {
                let line = words(&format!("{} {wrong} 2015", command.replace("tip", "")));
                let error = parse_from(line.iter()).expect_err("a line of the table");
                assert_eq!(wrong_word(&error), wrong, "{command}");
            }
        }
    }
}

#[test]
fn no_alias_and_no_word_of_the_table_is_a_country_or_a_region() {
    let (index, cli) = (Index::embedded(), Cli::command());
    let aliases = cli.get_subcommands().flat_map(clap::Command::get_all_aliases);
    let words = rows().flat_map(|[_, wrong, _]| wrong.split(' '));
    let words =
        words.filter(|it| !it.contains(['*', '<', '=']) && !it.starts_with('-') && *it != "ls");
    for word in aliases.chain(words) {
        assert!(matches!(index.resolve(word), Resolution::Unknown), "{word}");
        assert!(index.region_written(word).is_none(), "{word}");
    }
}

#[test]
fn aliases_are_few() {
    let cli = Cli::command();
    let commands = || cli.get_subcommands().chain([&cli]);
    let options = commands().flat_map(clap::Command::get_arguments);
    let options = options.flat_map(|it| it.get_all_aliases().unwrap_or_default());
    let aliases = commands().flat_map(clap::Command::get_all_aliases).chain(options);
    // And two formats.
    assert!(aliases.collect::<BTreeSet<_>>().len() <= 25 - 2);
}

#[test]
fn what_is_to_be_typed_is_safe_for_a_terminal() {
    for line in [
        "\u{1b}[31m",
        "lookup \u{1b}[31m --tier 2",
        "list --role \u{1b}[31m",
        "coverage \u{202e}",
        "resolve --file \u{1b}[31m",
    ] {
        let words = words(line);
        let error = parse_from(words.iter()).expect_err("is wrong");
        let mistake = mistake(&error, words);
        let text = format!("{} {}", mistake.what, mistake.tries.join(" "));
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        assert!(!mistake.tries.is_empty(), "{line:?}");
    }
}
