//! Answers without a process: the rows of a command, and what is said beside them.

#![allow(clippy::indexing_slicing, reason = "a test that panics has failed")]

use clap::Parser;

use crate::answer::Answer;
use crate::cli::Cli;
use crate::index::Index;

/// The rows of a command with these words as texts, and the answer without them.
fn ask<'i>(index: &'i Index, line: &str) -> (Vec<Vec<String>>, Answer<'i>) {
    let words = line.split(' ').map(str::to_owned);
    let cli = Cli::try_parse_from([String::from("tip")].into_iter().chain(words)).expect(line);
    let mut answer = cli.command.run(index, &cli.output).expect(line);
    if let Some((table, columns)) = answer.table().zip(cli.output.columns()) {
        table.choose(columns).expect(line);
    }
    (answer.rows(), answer)
}

fn index() -> Index {
    Index::embedded()
}

/// Every column of a country in a report.
fn every_column(index: &Index) -> String {
    let (rows, _) = ask(index, "lookup Moldova --columns help");
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    names.join(",")
}

#[test]
fn lookup_of_every_country_has_the_tiers_of_the_list_of_the_world_now() {
    let index = index();
    let (listed, _) = ask(&index, "list now --columns iso3,year,roles,role_year,tier --csv");
    assert_eq!(listed.len(), 188);
    let codes: Vec<&str> = listed.iter().map(|row| row[0].as_str()).collect();
    for more in ["--csv", ""] {
        let words = format!("lookup {} --columns iso3,year,roles,role_year,tier", codes.join(" "));
        let (looked_up, answer) = ask(&index, format!("{words} {more}").trim_end());
        assert_eq!(looked_up, listed);
        assert!(answer.remarks.not_found.is_empty());
    }
}

#[test]
fn a_range_and_its_years_one_by_one_agree_in_every_column() {
    let index = index();
    let columns = every_column(&index);
    for country in ["Albania", "Serbia", "Kosovo", "Yemen", "Turkmenistan", "Moldova"] {
        let (range, _) = ask(&index, &format!("lookup {country} 2008..2019 --columns {columns}"));
        let one_by_one = (2008..=2019).flat_map(|year| {
            ask(&index, &format!("lookup {country} {year} --columns {columns}")).0
        });
        assert_eq!(range, one_by_one.collect::<Vec<_>>(), "{country}");
    }
}

#[test]
fn the_roles_of_a_later_report_stand_beside_no_earlier_year() {
    let index = index();
    let (rows, _) =
        ask(&index, "list all --tier 1,2,2WL,3,special,none --columns year,role_year,roles");
    assert!(rows.len() > 4500, "{}", rows.len());
    for row in &rows {
        let is_later =
            row[1].parse::<u16>().is_ok_and(|stated| stated > row[0].parse().expect("a year"));
        assert!(!is_later, "{row:?}");
        assert_eq!(row[1].is_empty(), row[2].is_empty(), "{row:?}");
    }
}

#[test]
fn a_note_a_warning_and_what_was_not_found_are_three_things() {
    let index = index();
    for (line, rows, notes, warnings, not_found) in [
        ("lookup Moldova --csv --columns tier", 1, 0, 0, 0),
        ("lookup Moldova 2017..2018 --csv --columns since", 2, 1, 0, 0),
        ("lookup Moldova Atlantis --csv --columns tier", 1, 0, 0, 1),
        ("lookup Greenland --csv --columns tier", 1, 0, 0, 0),
        ("lookup Moldova 2001..2002 Greenland --csv --columns tier", 3, 1, 1, 0),
        ("changes --region europe --downgraded", 0, 1, 0, 0),
        ("list 2023 --on child-soldiers --region EUR --columns iso3", 0, 1, 1, 0),
        ("resolve Moldova Atlantis", 2, 0, 0, 1),
    ] {
        let (shown, mut answer) = ask(&index, line);
        let header = answer.table().expect("a table").header();
        let said = &answer.remarks;
        let counts = (said.notes_beside(&header).len(), said.warnings.len(), said.not_found.len());
        assert_eq!(shown.len(), rows, "{line}");
        assert_eq!(counts, (notes, warnings, not_found), "{line}: {said:?}");
    }
}

/// Ordinary questions, in the words that people begin with.
const ORDINARY: &[&str] = &[
    "lookup Moldova",
    "lookup Serbia",
    "lookup Serbia 2016",
    "lookup Moldova Serbia",
    "lookup Kosovo 2005",
    "lookup Greenland",
    "lookup Yemen --csv",
    "lookup Moldova 2010..2020",
    "list",
    "list --csv",
    "list --tier 2WL",
    "list --tier 3",
    "list now --tier 3",
    "list EU",
    "list 2005 --region europe",
    "list 2018,2025 --tier 1",
    "list now --on special-watch-list",
    "history",
    "history Serbia",
    "history Moldova Serbia Kosovo --csv",
    "history EU",
    "history --region europe",
    "changes",
    "changes EU",
    "changes Serbia",
    "changes all",
    "changes Romania latest",
    "stats",
    "stats europe",
    "stats 2018 2025",
    "stats all --by role",
    "stats --by region",
    "map",
    "map --changes",
    "map --roles --csv",
    "tiers",
    "tiers 2018",
    "tiers 2003 --csv",
    "cite",
    "cite Moldova",
    "cite Moldova --sentence",
    "coverage",
    "coverage --csv",
    "figures",
    "typologies --csv",
    "regions",
    "regions EU",
    "sources",
    "sources Moldova",
    "enforcement",
    "enforcement 2018",
    "watch-list",
    "watch-list --longest",
    "watch-list --csv",
    "resolve Moldova",
];

#[test]
fn an_ordinary_answer_has_one_note_at_most_and_it_is_short() {
    let index = index();
    for line in ORDINARY {
        let (_, mut answer) = ask(&index, line);
        let header = answer.table().map_or(Vec::new(), |table| table.header());
        let notes = answer.remarks.notes_beside(&header);
        assert!(notes.len() <= 1, "{line}: {notes:?}");
        assert!(notes.iter().all(|note| note.chars().count() <= 160), "{line}: {notes:?}");
    }
}
