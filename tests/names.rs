//! The cases of tests/names/cases.csv: what people write, and the country it stands for. `ambiguous` and `unknown`
//! must not resolve; a `typo` must not resolve either, and its country must be the first one suggested.

#![expect(
    clippy::indexing_slicing,
    reason = "a row that is too short fails the test"
)]

use std::io::Write;
use std::process::{Command, Stdio};

const CASES: &str = include_str!("names/cases.csv");

/// What `tip resolve` says of a name.
struct Answer {
    input: String,
    status: String,
    iso3: String,
    candidates: String,
}

/// The cells of every row of a CSV text but the first.
fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .collect::<Result<_, _>>()
        .expect("it is CSV")
}

/// Asks for all names at once, one a line.
fn resolve(names: &[&str]) -> Vec<Answer> {
    let mut tip = Command::new(env!("CARGO_BIN_EXE_tip"));
    tip.args([
        "resolve",
        "-",
        "--csv",
        "--columns",
        "input,status,iso3,candidates",
    ]);
    let piped = tip
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = piped.spawn().expect("tip was built");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin
        .write_all((names.join("\n") + "\n").as_bytes())
        .expect("tip reads");
    drop(stdin);
    let output = child.wait_with_output().expect("tip ends");
    let text = String::from_utf8(output.stdout).expect("output is UTF-8");
    let cell =
        |row: &csv::StringRecord, place: usize| row.get(place).unwrap_or_default().to_owned();
    let answer = |row: &csv::StringRecord| Answer {
        input: cell(row, 0),
        status: cell(row, 1),
        iso3: cell(row, 2),
        candidates: cell(row, 3),
    };
    rows(&text).iter().map(answer).collect()
}

#[test]
fn every_case_stands_for_its_country_and_for_no_other() {
    let cases = rows(CASES);
    // A byte order mark at the very beginning of the input would be taken for the input's own.
    let mut names: Vec<&str> = vec!["Moldova"];
    names.extend(cases.iter().map(|case| &case[0]));
    let answers = resolve(&names);
    assert_eq!(answers.len(), names.len(), "one row a name");
    let mut failed = Vec::new();
    for (case, answer) in cases.iter().zip(&answers[1..]) {
        let (input, iso3, kind) = (&case[0], &case[1], &case[2]);
        assert_eq!(input, answer.input, "rows come in the order asked");
        let right = match kind {
            "ambiguous" | "unknown" => answer.status == kind && answer.iso3.is_empty(),
            "typo" => {
                answer.status == "unknown" && answer.candidates.split(';').next() == Some(iso3)
            }
            _ => answer.status == "resolved" && answer.iso3 == iso3,
        };
        if !right {
            failed.push(format!(
                "{kind} '{input}': {} {} {}",
                answer.status, answer.iso3, answer.candidates
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} cases:\n{}",
        failed.len(),
        cases.len(),
        failed.join("\n")
    );
}

#[test]
fn a_name_that_is_too_long_is_unknown_and_quickly_so() {
    let names = [
        "x".repeat(10_000),
        "Republic of ".repeat(900),
        "Serbia and ".repeat(950),
        "á".repeat(10_000),
    ];
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for answer in resolve(&names) {
        assert_eq!(answer.status, "unknown");
    }
}

#[test]
fn every_country_resolves_by_its_codes_and_its_name() {
    for row in rows(include_str!("../data/countries.csv")) {
        let names: Vec<&str> = [0, 1, 2, 5]
            .iter()
            .map(|place| &row[*place])
            .filter(|name| !name.is_empty())
            .collect();
        for answer in resolve(&names) {
            assert_eq!(answer.iso3, row[0], "{}", answer.input);
        }
    }
}
