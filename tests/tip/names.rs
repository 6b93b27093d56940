//! The cases of tests/names/cases.csv: what people write, and the country it stands for. `ambiguous` and `unknown`
//! must not resolve; a `typo` must not resolve either, and its country must be the first one suggested.

#![expect(clippy::indexing_slicing, reason = "a row that is too short fails the test")]

use crate::common::{feed, text, tip};

const CASES: &str = include_str!("../names/cases.csv");

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
    reader.records().collect::<Result<_, _>>().expect("it is CSV")
}

/// Asks for all names at once, one a line.
fn resolve(names: &[&str]) -> Vec<Answer> {
    let columns = "input,status,iso3,candidates";
    let input = names.join("\n") + "\n";
    let mut command = tip(&["resolve", "-", "--csv", "--columns", columns]);
    let output = feed(&mut command, input.as_bytes());
    let text = text(&output.stdout);
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
    assert!(failed.is_empty(), "{} of {} cases:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// The codes and the name of every country, each with its alpha-3 code.
fn own_names() -> Vec<(String, String)> {
    let rows = rows(include_str!("../../data/countries.csv"));
    // A state that no longer exists is named by none of them.
    let existing = rows.iter().filter(|row| row[5].is_empty());
    let named = existing
        .flat_map(|row| [0, 1, 2, 7].map(|place| (row[place].to_owned(), row[0].to_owned())));
    named.filter(|(name, _)| !name.is_empty()).collect()
}

/// Answers for what `write` makes of each name that is no code.
fn resolve_each(write: impl Fn(&str) -> String) -> Vec<(Answer, String)> {
    let names: Vec<(String, String)> =
        own_names().into_iter().filter(|(name, _)| name.len() > 3).collect();
    let written: Vec<String> = names.iter().map(|(name, _)| write(name)).collect();
    let answers = resolve(&written.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(answers.len(), names.len(), "one row a name");
    answers.into_iter().zip(names.into_iter().map(|(_, iso3)| iso3)).collect()
}

#[test]
fn every_country_resolves_by_its_codes_and_its_name() {
    let names = own_names();
    let answers = resolve(&names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    assert_eq!(answers.len(), names.len(), "one row a name");
    for (answer, (name, iso3)) in answers.iter().zip(&names) {
        assert_eq!(answer.iso3, *iso3, "{name}");
    }
}

#[test]
fn every_spelling_stands_for_what_its_row_says() {
    let rows = rows(include_str!("../../data/names.csv"));
    let named: Vec<_> = rows.iter().filter(|row| !row[1].is_empty()).collect();
    let answers = resolve(&named.iter().map(|row| &row[5]).collect::<Vec<_>>());
    assert_eq!(answers.len(), named.len(), "one row a name");
    for (row, answer) in named.iter().zip(&answers) {
        let several = ["ambiguous", "dissolved"].contains(&&row[2]);
        let named = if several { &answer.candidates } else { &answer.iso3 };
        assert_eq!(row[1], **named, "{}", answer.input);
    }
}

/// That what `write` makes of the names of countries, in any of these forms, is no country.
fn assert_no_country(forms: &[&str], write: impl Fn(&str, &str) -> String) {
    for form in forms {
        for (answer, _) in resolve_each(|name| write(form, name)) {
            assert!(answer.iso3.is_empty(), "'{}' as {}", answer.input, answer.iso3);
        }
    }
}

#[test]
fn two_countries_never_resolve_to_one() {
    let other = |name: &str| if name == "Japan" { "Poland" } else { "Japan" };
    let forms = [
        "{}/@",
        "{} and @",
        "{}, @",
        "{} (@)",
        "@ (including {})",
        "@; {}",
        "{} & @",
        "@ or {}",
        "{} - @",
    ];
    assert_no_country(&forms, |form, name| form.replace("{}", name).replace('@', other(name)));
}

#[test]
fn a_part_of_a_name_a_state_of_the_us_and_a_persons_initial_are_no_country() {
    let forms = [
        "{}, OR",
        "{} (OR)",
        "New {}x",
        "{} City",
        "{}town",
        "x{}",
        "R. {}",
        "{}, A.",
        "called {}",
        "Name: {}",
    ];
    assert_no_country(&forms, |form, name| form.replace("{}", name));
}

#[test]
fn codes_alone_are_no_list_of_countries() {
    let codes: Vec<(String, String)> =
        own_names().into_iter().filter(|(name, _)| name.len() <= 3).collect();
    let doubled: Vec<String> = codes.iter().map(|(code, _)| format!("{code}/{code}")).collect();
    for answer in resolve(&doubled.iter().map(String::as_str).collect::<Vec<_>>()) {
        assert_eq!(answer.status, "unknown", "{}", answer.input);
    }
}

#[test]
fn a_name_resolves_however_it_is_written() {
    for form in [
        "{}*",
        "{} [1]",
        "  {}  ",
        "\"{}\"",
        "The {}",
        "{}.",
        "{} (the)",
        "{} 1",
        "{}1",
        "{}^2",
        "{} ⁽¹⁾",
        "{} (a)",
        "{} 1/",
        "{}[note 1]",
        "{};",
        "12. {}",
        "{} (2018)",
        "{} 2018",
        "{} (1993-)",
        "Country: {}",
        "{} total",
    ] {
        for (answer, iso3) in resolve_each(|name| form.replace("{}", name)) {
            assert_eq!(answer.iso3, iso3, "{}", answer.input);
        }
    }
}

#[test]
fn a_code_and_a_name_in_one_cell_name_a_country_where_they_agree_and_none_where_they_do_not() {
    let countries = rows(include_str!("../../data/countries.csv"));
    let existing: Vec<_> = countries.iter().filter(|row| row[5].is_empty()).collect();
    for form in ["@ - {}", "@ {}", "{} - @", "{} @", "{} (@)", "{} [@]", "[@] {}", "@: {}", "{}, @"]
    {
        let write = |code: &str, name: &str| form.replace('@', code).replace("{}", name);
        for column in [0, 1, 2] {
            let cells = existing.iter().filter(|row| !row[column].is_empty());
            let cells = cells.map(|row| (write(&row[column], &row[7]), row[0].to_owned()));
            let (cells, codes): (Vec<String>, Vec<String>) = cells.unzip();
            let answers = resolve(&cells.iter().map(String::as_str).collect::<Vec<_>>());
            for (answer, iso3) in answers.iter().zip(codes) {
                assert_eq!(answer.iso3, iso3, "{}", answer.input);
            }
        }
        let other = write("MDA", "Serbia");
        let answers = resolve(&[&other]);
        assert_eq!(
            (&*answers[0].status, &*answers[0].candidates),
            ("ambiguous", "MDA;SRB"),
            "{other}"
        );
    }
}

#[test]
fn what_an_export_did_to_a_name_is_undone() {
    let wrongly = |name: &str| name.bytes().map(char::from).collect::<String>();
    let numeric = |name: &str| -> String {
        let letter = |c: char| match c {
            c if c.is_ascii() => c.to_string(),
            c => format!("&#{};", u32::from(c)),
        };
        name.chars().map(letter).collect()
    };
    let percent = |name: &str| -> String {
        let byte = |byte: u8| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        name.bytes().map(byte).collect()
    };
    // A control character is refused before anything is undone.
    let readable = |name: &str| !wrongly(name).chars().any(char::is_control);
    let as_written = |name: &str| {
        if readable(name) { wrongly(name) } else { name.to_owned() }
    };
    for answers in [
        resolve_each(as_written),
        resolve_each(numeric),
        resolve_each(percent),
        resolve_each(|name| name.replace(' ', "&nbsp;")),
    ] {
        for (answer, iso3) in answers {
            assert_eq!(answer.iso3, iso3, "{}", answer.input);
        }
    }
}

#[test]
fn a_long_name_is_known_without_its_spaces() {
    for (answer, iso3) in resolve_each(|name| name.replace([' ', ',', '(', ')', '-', '\''], "")) {
        if answer.input.chars().count() >= 8 {
            assert_eq!(answer.iso3, iso3, "{}", answer.input);
        }
    }
}

#[test]
fn codes_of_other_systems_are_read_only_where_they_are_asked_for() {
    for (system, code, iso3) in [
        ("iso", "AU", "AUS"),
        ("fips", "AU", "AUT"),
        ("ioc", "GER", "DEU"),
        ("fifa", "KOR", "KOR"),
        ("cow", "UKG", "GBR"),
        ("cow", "2", "USA"),
        ("ioc", "DEU", ""),
        ("iso", "GER", ""),
        ("fips", "Moldova", "MDA"),
    ] {
        let columns = ["--columns", "iso3", "--csv"];
        let mut command = tip(&["resolve", "--codes", system, code]);
        let output = command.args(columns).output().expect("it runs");
        let said = text(&output.stdout);
        assert_eq!(
            said.lines().nth(1).unwrap_or_default().replace('"', ""),
            iso3,
            "{system} {code}"
        );
    }
}

#[test]
fn what_two_countries_are_called_is_neither_alone_in_any_language() {
    let rows = rows(include_str!("../../data/names.csv"));
    let words = |iso3: &str| -> std::collections::HashSet<String> {
        let names = rows.iter().filter(|row| &row[1] == iso3 && &row[4] != "composed");
        names.flat_map(|row| row[0].split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    // Longer names of the Congos and the Koreas say which one by a word that both have: "Congo, Rep.".
    for (one, other, longest) in [("COG", "COD", 8), ("KOR", "PRK", 6), ("VGB", "VIR", 99)] {
        let both: Vec<String> = words(one).intersection(&words(other)).cloned().collect();
        for row in rows.iter().filter(|row| [one, other].contains(&&row[1])) {
            let alone = row[0].split(' ').all(|word| both.iter().any(|it| it == word));
            let is_short = row[0].len() <= longest;
            assert!(!(alone && is_short), "'{}' has words that both have", &row[5]);
        }
    }
}
