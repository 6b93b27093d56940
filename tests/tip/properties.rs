//! What holds of every input: however it comes, however long a name is, however often a cell comes again.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;

use crate::common::{feed, spawn_piped, text, tip};

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(few: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(few, |_| asked.cases),
        failure_persistence: None,
        ..asked
    }
}

fn annotate(arguments: &[&str]) -> Command {
    let mut command = tip(&["annotate"]);
    command.args(arguments);
    command
}

/// Gives a command these bytes in pieces of these lengths, in turn; it may read each before the next is there.
fn feed_in_pieces(command: &mut Command, mut rest: &[u8], pieces: &[usize]) -> Output {
    let mut child = spawn_piped(command);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for len in pieces.iter().cycle() {
                let (piece, behind) = rest.split_at(rest.len().min(*len));
                // tip may end before it has read all.
                if piece.is_empty() || stdin.write_all(piece).is_err() {
                    break;
                }
                std::thread::yield_now();
                rest = behind;
            }
        });
        child.wait_with_output().expect("tip ends")
    })
}

/// Rows of a table, some of them broken, quoted or long.
fn table() -> impl Strategy<Value = String> {
    let name =
        prop::sample::select(&["Moldova", "\"Korea, South\"", "Chad ", "Moldovia", "", "N/A"][..]);
    let note = prop_oneof![
        8 => "[a-z é]{0,30}",
        4 => "\"([a-z,\r\n]|\"\"){0,90}\"",
        1 => "[a-z]{60,70}",
        1 => (60_000_usize..70_000).prop_map(|len| "x".repeat(len)),
    ];
    let end = prop::sample::select(&["\n", "\r\n", "\r", "\n\n"][..]);
    let row = (name, note, end).prop_map(|(name, note, end)| format!("{name},{note}{end}"));
    prop::collection::vec(row, 0..40).prop_map(|rows| format!("country,note\n{}", rows.concat()))
}

proptest! {
    #![proptest_config(cases(25))]

    #[test]
    fn a_table_is_annotated_alike_as_a_file_and_in_pieces_of_any_length(
        table in table(),
        pieces in prop::collection::vec(prop_oneof![1_usize..9, 1_usize..3000, 60_000_usize..70_000], 1..5),
        format in prop::sample::select(&["csv", "ndjson"][..]),
    ) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), &table).expect("written");
        let (path, arguments) = (file.path().to_str().expect("text"), ["--format", format]);
        let whole = annotate(&[path]).args(arguments).output().expect("tip was built");
        let pieced = feed_in_pieces(annotate(&["-"]).args(arguments), table.as_bytes(), &pieces);
        prop_assert_eq!(whole.status.code(), pieced.status.code());
        prop_assert_eq!(text(&whole.stderr).replace(path, "standard input"), text(&pieced.stderr));
        prop_assert!(whole.stdout == pieced.stdout, "{}", table);
    }

    #[test]
    fn a_nul_byte_anywhere_is_an_error_with_its_place_and_no_file(
        rows in prop::collection::vec("[a-zé]{0,30}(\n|\r\n)", 1..60),
        place in any::<prop::sample::Index>(),
    ) {
        let mut table = format!("country\n{}", rows.concat()).into_bytes();
        let place = place.index(table.len());
        table.insert(place, 0);
        let folder = tempfile::tempdir().expect("a folder");
        let output = feed(annotate(&["-", "-o", "out.csv"]).current_dir(folder.path()), &table);
        let before = table.get(..place).expect("what stands before");
        let mut lines = before.rsplit(|byte| *byte == b'\n' || *byte == b'\r');
        let column = lines.next().map_or(0, <[u8]>::len) + 1;
        // A NUL between CR and LF makes two line ends of them.
        let cr_alone = before.ends_with(b"\r");
        let line = before.split(|byte| *byte == b'\n').count() + usize::from(cr_alone);
        let expected = format!("error: standard input:{line}:{column}: a NUL byte");
        let message = text(&output.stderr);
        prop_assert!(message.starts_with(&expected), "{}: {}", expected, message);
        prop_assert_eq!(output.status.code(), Some(2));
        prop_assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}

/// Words of command lines: commands, options and what they take, and what they do not.
const WORDS: &[&str] = &[
    "lookup",
    "list",
    "history",
    "changes",
    "watch-list",
    "stats",
    "tiers",
    "map",
    "cite",
    "sources",
    "coverage",
    "enforcement",
    "resolve",
    "annotate",
    "regions",
    "typologies",
    "figures",
    "check",
    "help",
    "man",
    "completions",
    "--year",
    "--region",
    "--tier",
    "--on",
    "--role",
    "--chart",
    "--sort",
    "--reverse",
    "--columns",
    "--format",
    "--csv",
    "--json",
    "--no-header",
    "--quiet",
    "--color",
    "--hyperlink",
    "--data",
    "-o",
    "--from",
    "--to",
    "--by",
    "--panel",
    "--percent",
    "--changes",
    "--mark",
    "--style",
    "--sentence",
    "--longest",
    "--exact",
    "--upgraded",
    "--column",
    "--add",
    "--map",
    "--report",
    "--unmatched",
    "--delimiter",
    "--encoding",
    "--ragged",
    "--lines",
    "--codes",
    "--help",
    "--version",
    "Moldova",
    "Serbia",
    "Korea",
    "Atlantis",
    "2WL",
    "3",
    "2018",
    "2015..2020",
    "latest",
    "all",
    "europe",
    "EUR",
    "bash",
    "csv",
    "svg",
    "markdown",
    "a.csv",
    "a.svg",
    "-",
    "--",
    "",
    "=",
    "\u{202e}",
    "é",
    "country",
    "tier",
    "year",
    "drop",
    "fail",
    "fips",
    "windows-1252",
    ";",
    "99999999999999999999",
    "-1",
    "1e9",
];

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn any_words_are_answered_or_refused(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..7),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let output = tip(&words).current_dir(folder.path()).stdin(Stdio::null()).output();
        let output = output.expect("tip was built");
        let message = text(&output.stderr);
        prop_assert!(matches!(output.status.code(), Some(0..=2)), "{:?}: {}", words, message);
        prop_assert!(!message.contains("panicked"), "{:?}: {}", words, message);
        if output.status.code() == Some(2) {
            let is_said = message.contains("error: ") || message.contains("Usage: ");
            prop_assert!(is_said && output.stdout.is_empty(), "{:?}: {}", words, message);
            let left = fs::read_dir(folder.path()).expect("a folder").count();
            prop_assert_eq!(left, 0, "{:?}", words);
        }
    }
}

/// The code of each name as `resolve` gives it.
fn resolved(names: &[String]) -> Vec<String> {
    let columns = ["--columns", "iso3", "--no-header", "--csv"];
    let input = names.join("\n") + "\n";
    let output = feed(tip(&["resolve", "-"]).args(columns), input.as_bytes());
    let codes = text(&output.stdout);
    codes.lines().map(|code| code.trim_matches('"').to_owned()).collect()
}

#[test]
fn a_cell_is_answered_as_resolve_does_whenever_it_comes_again() {
    // More cells that name a country than are kept, and others between them; what was evicted comes again too.
    let mut names: Vec<String> = Vec::new();
    let mut reader = csv::Reader::from_reader(include_str!("../../data/names.csv").as_bytes());
    for (number, row) in reader.records().enumerate() {
        let row = row.expect("a row");
        let name = row.get(5).expect("a name");
        if !name.contains(['\n', '"']) {
            names.extend([name.to_owned(), format!("{name}*")]);
            names.extend((number % 16 == 0).then(|| format!("x{name}")));
        }
    }
    let known: HashMap<&String, String> = names.iter().zip(resolved(&names)).collect();
    assert!(known.len() > 60_000, "{}", known.len());
    let often = names.iter().step_by(97);
    let rows = names.iter().chain(names.iter().rev());
    let rows: Vec<&String> = rows.zip(often.cycle()).flat_map(|(a, b)| [a, b, a]).collect();
    let cells = rows.iter().map(|name| ["\"", name, "\"\n"].concat());
    let table: String = cells.collect();
    let arguments = ["-", "--no-header", "--column", "1", "--add", "iso3", "--quiet"];
    let output = feed(&mut annotate(&arguments), table.as_bytes());
    let answered = text(&output.stdout);
    assert_eq!(answered.lines().count(), rows.len());
    for (name, line) in rows.iter().zip(answered.lines()) {
        let expected = format!("\"{name}\",{}", known.get(name).expect("it was asked for"));
        assert_eq!(line, expected);
    }
}

#[test]
fn a_name_of_300_letters_is_looked_up_and_one_of_301_is_not() {
    for (sign, len, iso3) in [
        ("-", 300, "MDA"),
        ("-", 301, ""),
        // With other marks a name is another one, however long.
        ("\u{301}", 300, ""),
        ("á", 10_000, ""),
    ] {
        let name = format!("Moldova{}", sign.repeat(len - "Moldova".len()));
        assert_eq!(resolved(std::slice::from_ref(&name)), [iso3], "{len}");
        let table = format!("country\n{name}\n");
        let output = feed(&mut annotate(&["-", "--add", "iso3"]), table.as_bytes());
        let row = text(&output.stdout).lines().nth(1).expect("a row").to_owned();
        assert_eq!(row, format!("{name},{iso3}"));
        let found = tip(&["lookup", &name, "--csv"]).output().expect("tip was built");
        assert_eq!(found.status.success(), !iso3.is_empty());
    }
}
