//! `tip annotate` never makes a file of two encodings: what is added is in that of the file, or the run is an error that
//! names the encoding to give.

use std::fs;
use std::process::Output;

use proptest::prelude::*;

use crate::common::{self, feed, text};

/// Annotates these bytes as standard input.
fn annotate(input: &[u8], arguments: &[&str]) -> Output {
    feed(common::tip(&["annotate", "-", "--quiet"]).args(arguments), input)
}

/// Returns the status and what is said.
fn said(input: &[u8], arguments: &[&str]) -> (Option<i32>, String) {
    let output = annotate(input, arguments);
    (output.status.code(), text(&output.stderr))
}

const ADDED: [&str; 2] = ["--add", "country"];

#[test]
fn a_cell_that_is_not_utf8_below_an_addition_that_is_ends_the_work() {
    let input = b"id,country,note\n1,Turkey,x\n2,Chad,\"y\nz\"\n3,Moldova,M\xfcller\n";
    let (status, said) = said(input, &ADDED);
    assert_eq!(status, Some(2));
    let expected = "error: standard input:5: column 'note' is not UTF-8, but what was added above is; \
        it looks like windows-1252: try --encoding windows-1252\n";
    assert_eq!(said, expected);
}

#[test]
fn an_addition_beyond_ascii_below_a_cell_that_is_not_utf8_ends_the_work() {
    let input = b"country,note\nChad,\"a\n,b\"\nMoldova,M\xfcller\nChad,G\xf6del\nTurkey,x\n";
    let (status, said) = said(input, &ADDED);
    assert_eq!(status, Some(2));
    let expected = "error: standard input:6: letters beyond ASCII are to be added here, as UTF-8, \
        but column 'note' of line 4 is not UTF-8; it looks like windows-1252: try --encoding windows-1252\n";
    assert_eq!(said, expected);
    // In the same row, and in the header.
    for input in [&b"country,note\nTurkey,M\xfcller\n"[..], b"country,Gr\xf6\xdfe\nTurkey,x\n"] {
        assert_eq!(annotate(input, &ADDED).status.code(), Some(2));
    }
}

#[test]
fn a_file_of_another_encoding_is_copied_while_what_is_added_is_ascii() {
    let input = b"country,note\nTurkey,M\xfcller\nChad,\xff\n";
    let output = annotate(input, &["--add", "iso3,tier"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let expected = b"country,note,tip_iso3,tip_tier\nTurkey,M\xfcller,TUR,2\nChad,\xff,TCD,3\n";
    assert_eq!(text(&output.stdout), text(expected));
    // A row that is not written makes no file of two encodings.
    let input = b"country,note\nTurkey,x\nNowhere,M\xfcller\n";
    let output = annotate(input, &["--add", "country", "--unmatched", "drop"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_is_wrong_is_found_wherever_it_is_cut_and_leaves_no_file() {
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("two_encodings.csv");
    let _ = fs::remove_file(&out);
    for before in [0, 65_490, 65_500, 65_510, 65_520, 131_000, 200_000] {
        let rows = "Chad,\u{20ac}\n".repeat(before / 9);
        let good = format!("country,note\nTurkey,x\n{rows}");
        let bad = [good.as_bytes(), b"Moldova,\xfc\n"].concat();
        let arguments = [&ADDED[..], &["-o", out.to_str().expect("text")]].concat();
        let (status, said) = said(&bad, &arguments);
        assert_eq!(status, Some(2), "{before}");
        let line = format!(":{}: column 'note' is not UTF-8", 3 + before / 9);
        assert!(said.contains(&line), "{before}: {said}");
        assert!(!out.exists(), "{before}");
        assert_eq!(annotate(good.as_bytes(), &ADDED).status.code(), Some(0), "{before}");
    }
}

#[test]
fn with_an_encoding_named_all_that_is_added_is_in_it_or_an_error() {
    let input = b"country,note\nT\xfcrkei,M\xfcller\n";
    let output = annotate(input, &[&ADDED[..], &["--encoding", "ansi"]].concat());
    assert_eq!(
        text(&output.stdout),
        text(b"country,note,tip_country\nT\xfcrkei,M\xfcller,T\xfcrkiye\n")
    );
    let input = b"country,note\nTurkey,\xcc\xee\xeb\xe4\n";
    let (status, message) = said(input, &[&ADDED[..], &["--encoding", "1251"]].concat());
    assert_eq!(status, Some(2));
    let expected = "error: standard input:2: windows-1251 lacks 'ü', which is to be added here; convert the file to UTF-8 \
        first, as with 'iconv -f windows-1251 -t UTF-8', or choose columns of ASCII, such as --add iso3,tier\n";
    assert_eq!(message, expected);
    // The advice is not to name an encoding that lacks what is added.
    let (_, message) = said(input, &ADDED);
    assert!(message.contains("as with 'iconv -f windows-1251 -t UTF-8'"), "{message}");
}

#[test]
fn an_encoding_is_refused_for_a_file_that_is_utf8() {
    let arguments = ["--encoding", "windows-1252", "--add", "iso3"];
    let (status, message) = said("country,note\nMoldova,a\nChad,Müller\n".as_bytes(), &arguments);
    assert_eq!(status, Some(2));
    let expected =
        "error: standard input:3: 'ü' is UTF-8, not windows-1252; leave --encoding out\n";
    assert_eq!(message, expected);
    assert_eq!(
        annotate("\u{feff}country\nMoldova\n".as_bytes(), &arguments).status.code(),
        Some(2)
    );
    assert_eq!(annotate(b"country\nMoldova\n", &arguments).status.code(), Some(0));
    let (status, message) = said(b"country\n", &[&arguments[..], &["--bom"]].concat());
    assert_eq!(status, Some(2));
    assert!(message.contains("with --encoding windows-1252 leave --bom out"), "{message}");
}

#[test]
fn utf16_with_a_mark_is_read_and_written_as_utf8() {
    let input = "\u{feff}country\tnote\r\nTurkey\tMüller\r\n";
    let units: Vec<u8> = input.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = feed(common::tip(&["annotate", "-"]).args(ADDED), &units);
    let expected = "\u{feff}country\tnote\ttip_country\r\nTurkey\tMüller\tTürkiye\r\n";
    assert_eq!(text(&output.stdout), expected);
    let message = text(&output.stderr);
    assert!(message.contains("\n  the file is UTF-16; the output is UTF-8\n"), "{message}");
}

#[test]
fn a_list_of_names_is_held_to_one_encoding_too() {
    let input = b"Moldova\nT\xfcrkei\nTurkey\n";
    let output = feed(common::tip(&["annotate", "--lines", "-", "-q"]).args(ADDED), input);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains(":3: letters beyond ASCII are to be added here"), "{message}");
    assert!(message.ends_with("try --encoding windows-1252\n"), "{message}");
}

#[test]
fn a_list_of_names_may_end_its_lines_with_lf_crlf_or_cr_and_quotes_are_text() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["Chad", "\"Mali", "Korea, South", "", "Chad"];
        let options = ["annotate", "--lines", "-", "-q", "--add", "iso3"];
        let output = feed(&mut common::tip(&options), (lines.join(end) + end).as_bytes());
        let expected = ["Chad\tTCD", "\"Mali\tMLI", "Korea, South\tKOR", "\t", "Chad\tTCD"];
        assert_eq!(text(&output.stdout), expected.join(end) + end, "{end:?}");
    }
}

#[test]
fn the_encoding_that_is_named_makes_the_names_resolve() {
    for (label, input) in [
        ("macintosh", &b"Pays,n\rAlg\x8erie,1\rCor\x8ee du Sud,2\r"[..]),
        ("windows-1251", b"country\n\xcc\xee\xeb\xe4\xee\xe2\xe0\n"),
        ("windows-1252", b"Land\nK\xf6nigreich \xd6sterreich\n\xd6sterreich\n"),
        // A header that is not UTF-8.
        ("windows-1252", b"pa\xeds,n\nEspa\xf1a,1\n"),
    ] {
        let (_, message) = said(input, &["--add", "iso3"]);
        let expected = format!("it looks like {label}: try --encoding {label}\n");
        assert!(message.ends_with(&expected), "{message}");
        let output = annotate(input, &["--add", "iso3", "--encoding", label]);
        assert_eq!(output.status.code(), Some(0), "{label}: {}", text(&output.stderr));
    }
}

#[test]
fn the_report_is_written_as_the_file_is_and_given_back_it_is_read_so() {
    let report = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("report_encoded.csv");
    let path = report.to_str().expect("text");
    let table = "Land~note\nTürkiyye~x\n\n=Österrreich~y\nMoldova~z\nTürkiyye~x\n";
    let latin: Vec<u8> = table.chars().map(|letter| letter as u8).collect();
    let encoded = ["-d", "~", "--encoding", "1252", "--excel-safe"];
    let utf8 = ["-d", "~", "--bom", "--excel-safe", "--crlf"];
    for (input, arguments) in [(&latin[..], &encoded[..]), (table.as_bytes(), &utf8)] {
        let given = [arguments, &["--add", "iso3", "--report", path]].concat();
        let output = annotate(input, &given);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let written = fs::read(&report).expect("a report");
        let is_utf8 = arguments.contains(&"--bom");
        let expected = "name~status~rows~first_row~candidates~iso3\n\
            Türkiyye~unknown~2~2~Türkiye~\n'=Österrreich~unknown~1~4~Austria~\n";
        let expected: Vec<u8> = if is_utf8 {
            format!("\u{feff}{}", expected.replace('\n', "\r\n")).into_bytes()
        } else {
            expected.chars().map(|letter| letter as u8).collect()
        };
        assert_eq!(text(&written), text(&expected));
        let mut filled = Vec::new();
        for line in written.split_inclusive(|byte| *byte == b'\n') {
            let end = if line.ends_with(b"\r\n") { 2 } else { 1 };
            let (row, end) = line.split_at(line.len() - end);
            filled.extend_from_slice(row);
            filled.extend_from_slice(if row.ends_with(b"iso3") { b"" } else { b"tur" });
            filled.extend_from_slice(end);
        }
        fs::write(&report, filled).expect("written");
        let given = [arguments, &["--add", "how", "--map", path]].concat();
        let output = text(&annotate(input, &given).stdout);
        assert_eq!(output.matches("~map").count(), 3, "{output}");
    }
}

#[test]
fn what_is_wrong_with_a_map_is_said_in_our_words_with_file_and_line() {
    let map = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong_map.csv");
    let path = map.to_str().expect("text");
    for (written, expected) in [
        (&b"name,iso3\nA,MDA,x\n"[..], ":2: 3 fields; the header has 2"),
        (b"name,iso3\n\"A,MDA\n", ":2:1: a quote opened here is never closed"),
        (
            b"name,iso3\nT\xfcrkei,TUR\n",
            ":2: field 1 is not UTF-8; give the encoding with --encoding",
        ),
        (b"", "wrong_map.csv is empty; a header was expected"),
    ] {
        fs::write(&map, written).expect("written");
        let (status, message) = said(b"country\nMoldova\n", &["--map", path]);
        assert_eq!(status, Some(2));
        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("CSV error"), "{message}");
    }
    // What a spreadsheet program leaves out at the end of a row is empty.
    fs::write(&map, "name;rows;iso3\nA;1\nB;1;MDA\n").expect("written");
    let output = annotate(b"country\nb\n", &["--map", path, "--add", "iso3"]);
    assert_eq!(text(&output.stdout), "country,tip_iso3\nb,MDA\n");
}

/// Cells in ASCII, in UTF-8 and in neither.
const NOTES: &[&[u8]] = &[b"x", b"\xfc", b"\xc3\xbc", b"\"\xfc\n\"", b"\xe2\x82"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is written is UTF-8, or nothing was added to it but ASCII; what was written before an error is so too.
    #[test]
    fn no_output_has_two_encodings(
        rows in prop::collection::vec(
            (
                prop::sample::select(&["Turkey", "Chad", "Nowhere", "T\u{fc}rkiye"][..]),
                prop::sample::select(NOTES),
            ),
            0..12,
        ),
        kept in any::<bool>(),
    ) {
        let mut input = b"country,note\n".to_vec();
        for (country, note) in &rows {
            let row: [&[u8]; 4] = [country.as_bytes(), b",", note, b"\n"];
            input.extend_from_slice(&row.concat());
        }
        let unmatched = ["--unmatched", if kept { "keep" } else { "drop" }];
        let arguments = [&ADDED[..], &unmatched].concat();
        let output = annotate(&input, &arguments);
        let is_written = |(country, _): &&(&str, &[u8])| kept || *country != "Nowhere";
        let is_utf8 = |note: &[u8]| std::str::from_utf8(note).is_ok();
        let mixed = rows.iter().filter(is_written).any(|(_, note)| !is_utf8(note))
            && rows.iter().any(|(country, _)| country.contains("rk"));
        let status = output.status.code();
        prop_assert_eq!(status == Some(2), mixed, "{}", text(&output.stderr));
        if !mixed && std::str::from_utf8(&output.stdout).is_err() {
            prop_assert!(rows.iter().all(|(country, _)| country.is_ascii()));
        }
    }
}
