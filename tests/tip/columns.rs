//! What `--columns help` says of the columns of every command.

use std::collections::BTreeSet;

use crate::common::{output, text, tip};

/// The commands that `tip --help` lists and that have columns.
fn commands() -> Vec<String> {
    let help = text(&output(&mut tip(&["-h"])).stdout);
    let (_, listed) = help.split_once("Commands:\n").expect("a list");
    let listed = listed.lines().take_while(|line| !line.is_empty());
    // What goes on from the line before stands further in.
    let listed = listed.filter(|line| !line.starts_with("   "));
    let names = listed.filter_map(|line| line.split_whitespace().next());
    let names = names.filter(|name| !["help", "annotate", "chart", "completions"].contains(name));
    let charts = ["chart history", "chart shares"];
    names.chain(charts).map(str::to_owned).collect()
}

/// Rows of `--columns help`: a column's name, whether it is shown, what it holds.
fn rows(csv: &[u8]) -> impl Iterator<Item = (String, String, String)> {
    let mut reader = csv::Reader::from_reader(csv);
    assert_eq!(reader.headers().expect("a header"), vec!["column", "shown", "holds"]);
    let rows = reader.into_deserialize();
    rows.map(|row| row.expect("a row"))
}

#[test]
fn every_column_of_every_command_says_what_it_holds() {
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        let words = command.split(' ');
        let words: Vec<&str> = words.chain(["--columns", "help", "--csv"]).collect();
        let output = output(&mut tip(&words));
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}: {message}");
        assert_eq!(message, "", "{command}");
        let (mut names, mut shown) = (BTreeSet::new(), 0);
        for (name, is_shown, holds) in rows(&output.stdout) {
            assert!(holds.trim().len() > 3, "{command}: {name}");
            assert!(names.insert(name.clone()), "{command}: {name} twice");
            shown += usize::from(is_shown == "yes");
        }
        assert!(shown > 0, "{command}");
    }
}

#[test]
fn the_columns_that_are_said_to_be_shown_are_those_that_are() {
    for arguments in [&["list"][..], &["history"], &["tiers"], &["regions", "EU"]] {
        let mut with = arguments.to_vec();
        with.extend(["--columns", "help", "--csv"]);
        let listed = output(&mut tip(&with));
        let shown = rows(&listed.stdout);
        let shown = shown.filter(|(_, is_shown, _)| is_shown == "yes");
        let shown: Vec<String> = shown.map(|(name, _, _)| name).collect();
        let mut csv = arguments.to_vec();
        csv.push("--csv");
        let answer = text(&output(&mut tip(&csv)).stdout);
        let header = answer.lines().next().expect("a header").to_owned();
        assert_eq!(shown.join(","), header, "{arguments:?}");
    }
}
