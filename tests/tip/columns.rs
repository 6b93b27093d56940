//! What `--columns help` says of the columns of every command.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{output, text, tip};

/// The commands without columns.
const OTHERS: [&str; 6] = ["help", "annotate", "brief", "summary", "completions", "man"];

/// The commands that `tip --help` lists and that have columns.
fn commands() -> Vec<String> {
    let help = text(&output(&mut tip(&["-h"])).stdout);
    let (_, listed) = help.split_once("\nAsk\n").expect("a group of commands");
    let listed = listed.lines().take_while(|line| !line.starts_with("Help:"));
    let names = listed.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let names = names.filter(|name| !OTHERS.contains(name));
    names.map(str::to_owned).collect()
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

/// The commands whose rows are a country in a report, each with words that give some rows.
const COUNTRY_TABLES: &[&str] = &[
    "lookup Moldova Serbia",
    "list",
    "history Serbia 2020..",
    "changes Serbia",
    "watch-list",
    "map --region balkans",
    "cite MDA SRB --sentence",
];

/// What kind of value a column of JSON has; none for what is missing.
fn kind(value: &serde_json::Value) -> Option<&'static str> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::Number(_) => Some("number"),
        serde_json::Value::Array(_) => Some("array"),
        _ => Some("text"),
    }
}

#[test]
fn a_column_of_a_country_in_a_report_has_one_name_one_description_and_one_type() {
    let (mut described, mut kinds) = (BTreeMap::new(), BTreeMap::new());
    for command in COUNTRY_TABLES {
        let words: Vec<&str> = command.split(' ').collect();
        let help = output(&mut tip(&[&words[..], &["--columns", "help", "--csv"]].concat()));
        let columns: BTreeMap<String, String> =
            rows(&help.stdout).map(|(name, _, holds)| (name, holds)).collect();
        if described.is_empty() {
            described.clone_from(&columns);
        }
        assert_eq!(described, columns, "{command}");
        let all: Vec<&str> = columns.keys().map(String::as_str).collect();
        let all = all.join(",");
        let json = output(&mut tip(&[&words[..], &["--columns", &all, "--json"]].concat()));
        let objects: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&json.stdout).expect("an array");
        assert!(!objects.is_empty(), "{command}");
        for (name, value) in objects.iter().flatten() {
            let Some(kind) = kind(value) else { continue };
            let known = *kinds.entry(name.clone()).or_insert(kind);
            // A report is a year, or a word where it is not known.
            assert!(known == kind || name == "role_year", "{command}: {name}");
        }
    }
    assert!(described.len() > 40, "{described:?}");
}
