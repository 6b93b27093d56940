//! `tip annotate` on awkward files: the user's bytes, the rows, the errors, the output file.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;

use crate::common::{self, feed, spawn_piped, text};

/// Every status, with the letter that stands for it here.
const STATUSES: [(&str, char); 8] = [
    ("ranked", 'r'),
    ("special", 's'),
    ("not-in-report", 'n'),
    ("no-data", 'd'),
    ("empty", 'e'),
    ("placeholder", 'p'),
    ("ambiguous", 'a'),
    ("unknown", 'u'),
];

fn tip(arguments: &[&str]) -> Command {
    let mut command = common::tip(&["annotate"]);
    command.env("NO_COLOR", "1").args(arguments);
    command
}

/// Annotates these bytes as standard input.
fn annotate(input: &[u8], arguments: &[&str]) -> Output {
    feed(tip(&["-"]).args(arguments), input)
}

/// What became of a file.
#[derive(Clone, Copy)]
enum Outcome {
    /// The status of every row, by its letter; the bytes are as they were.
    Rows(&'static str),
    /// The message.
    Error(&'static str),
}
use Outcome::{Error, Rows};

/// The annotated bytes without the column added, and the letters of the statuses.
fn parted(output: &[u8], delimiter: char) -> (Vec<u8>, String) {
    let (mut rest, mut bytes, mut found) = (output, Vec::new(), String::new());
    let suffixes = STATUSES.map(|(status, letter)| (format!("{delimiter}{status}"), letter));
    let header = format!("{delimiter}tip_status");
    while let Some(byte) = rest.first() {
        let at_end = |suffix: &str| {
            let behind = rest.strip_prefix(suffix.as_bytes());
            behind.filter(|behind| matches!(behind.first(), None | Some(b'\n' | b'\r')))
        };
        if let Some(behind) = at_end(&header).filter(|_| found.is_empty()) {
            rest = behind;
        } else if let Some((behind, letter)) =
            suffixes.iter().find_map(|(suffix, letter)| Some((at_end(suffix)?, *letter)))
        {
            found.push(letter);
            rest = behind;
        } else {
            bytes.push(*byte);
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    (bytes, found)
}

/// The exit status that goes with these letters: 1 where names were asked for and none is a country's.
fn exit_status(found: &str) -> i32 {
    i32::from(found.contains(['a', 'u']) && !found.contains(['r', 's', 'n', 'd']))
}

/// One file of each kind, and what becomes of it.
const FILES: &[(&[u8], Outcome)] = &[
    // Line ends.
    (b"a,country\nx,Moldova\ny,Chad\n", Rows("rr")),
    (b"a,country\r\nx,Moldova\r\ny,Chad\r\n", Rows("rr")),
    (b"a,country\rx,Moldova\ry,Chad\r", Rows("rr")),
    (b"a,country\r\nx,Moldova\ny,Chad\rz,Mali", Rows("rrr")),
    (b"a,country\nx,Moldova\n\n", Rows("r")),
    (b"\n\na,country\n\nx,Moldova\n\n\ny,Chad\n", Rows("rr")),
    (b"a,country\n", Rows("")),
    (b"a,country", Rows("")),
    (b"a,country\n,\n", Rows("e")),
    (b"\r\n\"country\",a\r\nMoldova,1\r\n", Rows("r")),
    (b"\n\ncountry\r\n\r\nMoldova", Rows("er")),
    // One column: an empty line is a row.
    (b"country\nMoldova\n\nChad\n", Rows("rer")),
    (b"country\r\nMoldova\r\n\r\nChad", Rows("rer")),
    (b"country\nMoldova\n\"\"\n", Rows("re")),
    // Quotes.
    (b"country,note\n\"Moldova\",\"a, b\"\n", Rows("r")),
    (b"country,note\n\"Korea, South\",x\n", Rows("r")),
    (b"country,note\nChad,\"line\nline\"\nMali,\"\"\"\"\n", Rows("rr")),
    (b"country,note\r\nChad,\"line\r\nline\"\r\n", Rows("r")),
    (b"country,note\nMol\"dova,5\" pipe\nChad,y\n", Rows("ur")),
    (b"country,note\n\"Mol\"dova,x\nChad,y\n", Rows("rr")),
    (b"country,note\nChad,\"a \\\"b\\\" c\"\nMali,z\n", Rows("rr")),
    (b"\"country\",note\n\"Moldova\",x\n", Rows("r")),
    (b"country,note\n\"Moldova,x\nChad,y\n", Error(":2:1: a quote opened here is never closed")),
    (b"a,country\n'Korea, South',x\n", Error(":2: 3 fields; the header has 2")),
    // Marks and encodings.
    (b"\xef\xbb\xbfcountry,a\nMoldova,1\n", Rows("r")),
    (b"\xef\xbb\xbf\"country\",a\nMoldova,1\n", Rows("r")),
    (b"country,a\n\xef\xbb\xbfMoldova,1\n", Rows("r")),
    (b"country,a\nC\xf4te d'Ivoire,1\nMoldova,\xff\n", Rows("ur")),
    (b"country\nC\xc3\nChad\n\xed\xa0\x80\n", Rows("uru")),
    (b"country\nCo\xcc\x82te d\xe2\x80\x99Ivoire\n", Rows("r")),
    (b"\xff\xfea\0", Error("no column is called")),
    (b"\xff\xfe\0\0a\0\0\0", Error("is in UTF-32")),
    (b"country,a\nChad,\"x\ny\nz\0\"\n", Error(":4:2: a NUL byte")),
    (b"country,a\nMol\0dova,x\n", Error(":2:4: a NUL byte")),
    (b"\0\0\0\0", Error(":1:1: a NUL byte")),
    // Nothing to read.
    (b"", Error("is empty; a header was expected")),
    (b"\n\n", Error("is empty; a header was expected")),
    (b"\xef\xbb\xbf", Error("is empty; a header was expected")),
    // Ragged rows.
    (b"a,country\nx\n", Error(":2: field 2 of 2 is missing")),
    (b"a,country\nx,Chad\ny,Korea, South\n", Error(":3: 3 fields; the header has 2")),
    (b"a,country\nx,\"Ch\nad\"\ny\n", Error(":4: field 2 of 2 is missing")),
    (b"a,country,\nx,Chad,\n", Rows("r")),
    // Headers.
    (b"country,country\nMoldova,Chad\n", Error("more than one column")),
    (b"Country,country\nMoldova,Chad\n", Error("more than one column")),
    (b"a,b\nMoldova,Chad\n", Error("more than one column")),
    (b"a,b\nx,y\n", Error("no column is called 'country'")),
    (b",country,\n1,Moldova,x\n", Rows("r")),
    (b" a , country \nx, Moldova \n", Rows("r")),
    (b"ISO3,a\nMDA,1\n", Rows("r")),
    (b"Country_Name,iso3\nMoldova,CHD\n", Rows("r")),
    (b"country,tip_status\nMoldova,x\n", Error("already a column 'tip_status'")),
    (b"a;b,country\nx;1,Moldova\n", Rows("r")),
    (b"a;country;b, c\nx;Moldova;1\n", Error("try --delimiter ';'")),
    (b"a;country,of,origin\nx;Moldova\n", Error("try --delimiter ';'")),
    // Columns of countries by other names.
    (b"a,Country of Origin\nx,Moldova\n", Rows("r")),
    (b"Land,Landline\nMoldova,1\n", Rows("r")),
    (b"ship_country,pays d'origine\nChad,Mali\n", Error("more than one column")),
    (b"sep=;\na;country\n", Error("a line 'sep=' is for one")),
    (b"# exported\ncountry\nMoldova\n", Error("line 2 looks like the header; try --skip 1")),
    (b"Moldova,10\nChad,20\n", Error("no column is called")),
    // Cells.
    (b"country,a\nNA,1\nN/A,2\n,3\nNULL,4\n", Rows("rpep")),
    (b"country\nKorea\nYugoslavia\nMoldova/Romania\n", Rows("aaa")),
    (b"country\nPerugia\nTotal\n?\n123\nMoldva\nChad\n", Rows("uppuur")),
    (b"country\nGreenland\nSomalia\n", Rows("ns")),
    (b"country,a\nMoldova,=cmd|' /c'\nChad,-5\nMali,+1\n", Rows("rrr")),
    (b"id,country,d\n00125,Moldova,01/02/2011\n7,Chad,1e5\n", Rows("rr")),
    (b"country\n\x1b[31mChad\n\xe2\x80\xaeavodloM\n", Rows("uu")),
    (b"a,country\n\xf0\x9f\x9a\xb4,Moldova\n\xe6\x9d\xb1,Japan\n", Rows("rr")),
];

#[test]
fn every_kind_of_file_has_its_outcome_and_keeps_its_bytes() {
    for (input, outcome) in FILES {
        let name = text(input);
        let output = annotate(input, &["--add", "status"]);
        let message = text(&output.stderr);
        match outcome {
            Rows(statuses) => {
                let status = Some(exit_status(statuses));
                assert_eq!(output.status.code(), status, "{name:?}: {message}");
                let (bytes, found) = parted(&output.stdout, ',');
                assert_eq!(&found, statuses, "{name:?}");
                assert_eq!(&bytes, input, "{name:?}");
            }
            Error(expected) => {
                assert_eq!(output.status.code(), Some(2), "{name:?}");
                assert!(message.starts_with("error: standard input"), "{message}");
                assert!(message.contains(expected), "{name:?}: {message}");
            }
        }
    }
}

#[test]
fn a_field_of_more_than_a_mebibyte_is_an_error_and_one_with_as_much_is_not() {
    let file = |len| [b"a,country\n", "x".repeat(len).as_bytes(), b",Chad\n"].concat();
    let output = annotate(&file(1 << 20), &["--add", "status"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let output = annotate(&file((1 << 20) + 1), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("standard input:2: a field of more than 1 MiB"));
}

#[test]
fn a_header_of_too_many_columns_is_an_error_wherever_it_ends() {
    for columns in [70_000, 200_000] {
        let input = format!("country{}\nMoldova{}\n", ",".repeat(columns), ",".repeat(columns));
        let output = annotate(input.as_bytes(), &["--add", "iso3"]);
        assert_eq!(output.status.code(), Some(2), "{columns}");
        assert!(
            text(&output.stderr).contains(":1: the header has more than"),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_cell_may_lie_across_the_ends_of_what_is_read_at_once() {
    // 65536 bytes are read at once: the country's cell begins, ends and is quoted around that place.
    for before in 65_504..65_539 {
        let header = "note,country,more\n";
        let note = "x".repeat(before - header.len());
        let input = format!("{header}{note},\"Korea, South\",y\r\nz,Moldova,\r\n");
        let output = annotate(input.as_bytes(), &["--add", "status", "--quiet"]);
        let (bytes, found) = parted(&output.stdout, ',');
        assert_eq!(found, "rr", "{before}");
        assert!(bytes == input.as_bytes(), "{before}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rows in are rows out, and the bytes are as they were; what the csv crate refuses is refused.
    #[test]
    fn rows_and_bytes_are_kept(
        rows in prop::collection::vec(
            (
                prop::collection::vec("[A-C ;\"]{0,5}|\"([A-C,\r\n]|\"\"){0,5}\"", 1..4),
                prop::sample::select(&["\n", "\r\n", "\r", "\n\n"][..]),
            ),
            1..12,
        ),
        last in any::<bool>(),
    ) {
        let mut input = "A,country\n".to_owned();
        for (fields, end) in &rows {
            input.push_str(&fields.join(","));
            input.push_str(end);
        }
        if last {
            input.truncate(input.trim_end_matches(['\r', '\n']).len());
        }
        let output = annotate(input.as_bytes(), &["--add", "status", "--quiet"]);
        let mut reader = csv::ReaderBuilder::new().from_reader(input.as_bytes());
        let expected: Result<Vec<csv::ByteRecord>, csv::Error> = reader.byte_records().collect();
        let message = text(&output.stderr);
        match expected {
            _ if message.contains("never closed") => prop_assert_eq!(output.status.code(), Some(2)),
            Err(_) => prop_assert_eq!(output.status.code(), Some(2), "{}", input),
            Ok(records) => {
                let (bytes, found) = parted(&output.stdout, ',');
                // Cells of the other column may be codes, where all of the country's are empty.
                let is_other = message.contains("column 1 does: try --column");
                let status = if is_other && found.trim_start_matches('e').is_empty() {
                    1
                } else {
                    exit_status(&found)
                };
                prop_assert_eq!(output.status.code(), Some(status), "{}: {}", input, message);
                prop_assert_eq!(text(&bytes), input);
                prop_assert_eq!(found.len(), records.len());
            }
        }
    }
}

/// A folder of its own for a test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn an_output_file_appears_whole_or_not_at_all() {
    let folder = folder("whole");
    let (input, out) = (folder.join("in.csv"), folder.join("out.csv"));
    fs::write(&input, "country\nMoldova\n").expect("written");
    let run = |arguments: &[&str]| {
        let mut command = tip(&[]);
        command.arg(&input).arg("-o").arg(&out).args(arguments);
        command.output().expect("tip was built").status.code()
    };
    assert_eq!(run(&["--add", "iso3"]), Some(0));
    assert_eq!(fs::read_to_string(&out).expect("a file"), "country,tip_iso3\nMoldova,MDA\n");
    // What was there stays where the new one fails.
    fs::write(&input, "country\nMoldova\nMoldovia\n").expect("written");
    assert_eq!(run(&["--encoding", "klingon"]), Some(2));
    fs::write(&input, "country\n\"Moldova\n").expect("written");
    assert_eq!(run(&[]), Some(2));
    assert_eq!(fs::read_to_string(&out).expect("a file"), "country,tip_iso3\nMoldova,MDA\n");
    assert_eq!(names_in(&folder), ["in.csv", "out.csv"]);
}

#[test]
fn the_report_lists_what_was_not_matched_the_most_frequent_first() {
    let folder = folder("report");
    let report = folder.join("report.csv");
    let input = b"country\nKorea\nMoldovia\nMoldova\nMoldovia\n\"Foo, \"\"Bar\"\"\"\nEngland\n";
    let output = annotate(input, &["--report", report.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        fs::read_to_string(&report).expect("a file"),
        "name,status,rows,first_row,candidates,iso3\n\
         Moldovia,unknown,2,3,Moldova,\n\
         England,ambiguous,1,7,United Kingdom,\n\
         \"Foo, \"\"Bar\"\"\",unknown,1,6,,\n\
         Korea,ambiguous,1,2,South Korea;North Korea,\n"
    );
}

#[test]
fn a_report_beside_a_pipe_whose_reader_has_seen_enough_is_written_whole() {
    let report = folder("closed").join("report.csv");
    let mut command = tip(&["-", "--report", report.to_str().expect("a path")]);
    let mut child = spawn_piped(&mut command);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let rows = format!("country\n{}Ruritania\n", "Moldova\nMoldovia\n".repeat(200_000));
    stdin.write_all(rows.as_bytes()).expect("tip reads on");
    drop(stdin);
    let output = child.wait_with_output().expect("tip ends");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = fs::read_to_string(&report).expect("a report");
    let expected = "Moldovia,unknown,200000,3,Moldova,\nRuritania,unknown,1,400002,";
    assert!(written.contains(expected), "{written}");
}

#[test]
fn a_row_that_is_dropped_takes_its_own_line_end_along() {
    let input = b"country,a\r\nMoldova,1\nFoo,\"x\ny\"\r\n\nChad,2\rBar,3\r\nMali,4\nBaz,5";
    let output = annotate(input, &["--unmatched", "drop", "--add", "iso3"]);
    let expected = "country,a,tip_iso3\r\nMoldova,1,MDA\n\nChad,2,TCD\rMali,4,MLI\n";
    assert_eq!(text(&output.stdout), expected);
    // Rows and line ends may lie across what is read at once.
    for before in 131_030..131_076 {
        let first = format!("country,{}\r\n", "x".repeat(before - 10));
        let input = format!("{first}Foo,1\r\nChad,2\r\nBar,3\r\nMali,4\r\n");
        let arguments = ["--unmatched", "drop", "--add", "iso3", "--quiet"];
        let output = text(&annotate(input.as_bytes(), &arguments).stdout);
        assert!(
            output.ends_with("\r\nChad,2,TCD\r\nMali,4,MLI\r\n"),
            "{before}: {}",
            output.get(before..).unwrap_or_default()
        );
        assert_eq!(output.lines().count(), 3, "{before}");
    }
}

#[test]
fn no_file_that_is_read_or_written_is_written_over() {
    let folder = folder("same");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let (input, link) = (path("in.csv"), path("link.csv"));
    fs::write(&input, "country\nMoldova\n").expect("written");
    fs::hard_link(&input, &link).expect("a link");
    let (out, report) = (path("out.csv"), path("in.csv"));
    for arguments in [
        [&input, "-o", &input, "--add", "iso3"],
        [&input, "-o", &link, "--add", "iso3"],
        [&input, "--report", &report, "--add", "iso3"],
    ] {
        let output = tip(&arguments).output().expect("tip was built");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("is read or written already"));
    }
    let output = tip(&[&input, "-o", &out, "--report", &out]).output().expect("tip was built");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&input).expect("a file"), "country\nMoldova\n");
    assert_eq!(names_in(&folder), ["in.csv", "link.csv"]);
}

#[test]
fn a_panel_has_more_cells_and_years_than_are_remembered_and_loses_no_count() {
    let mut reader = csv::Reader::from_reader(include_str!("../../data/countries.csv").as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    let existing = rows.filter(|row| row.get(5) == Some(""));
    let names = existing
        .flat_map(|row| [0, 1, 7].map(|place| row.get(place).unwrap_or_default().to_owned()));
    let names: Vec<String> = names.collect();
    let rows = |names: &[String]| -> String {
        let years = 2000..=2025;
        let rows =
            years.flat_map(|year| names.iter().map(move |name| format!("{year},\"{name}\"\n")));
        rows.collect()
    };
    assert!(names.len() * 26 > 1 << 14);
    let input =
        format!("year,country\n{}{}", rows(&names), "2018,Moldovia\n2018,FYROM\n".repeat(500));
    let output = annotate(input.as_bytes(), &["--year-column", "year", "--add", "status"]);
    let (bytes, found) = parted(&output.stdout, ',');
    assert_eq!(text(&bytes), input);
    assert_eq!(found.len(), names.len() * 26 + 1000);
    let summary = text(&output.stderr);
    let ranked = found.chars().filter(|status| *status == 'r').count();
    assert!(summary.contains(&format!("{} rows: {ranked} ranked", found.len())), "{summary}");
    assert!(summary.contains(&format!("{} × year '2000': no report", names.len())), "{summary}");
    assert!(summary.contains("× 'Moldovia'; did you mean 'Moldova'?"), "{summary}");
}

#[test]
fn many_distinct_names_are_annotated_as_few_are() {
    // More than are remembered, after more than the filter waits for; real names among them.
    let rows = (0..20_000).map(|number| match number % 1000 {
        999 => format!("Company {number}\nRepublic of Moldova\nKorea\n"),
        _ => format!("Company {number}\n"),
    });
    let input = format!("country\n{}", rows.collect::<String>());
    let output = annotate(input.as_bytes(), &["--add", "status"]);
    let (bytes, found) = parted(&output.stdout, ',');
    assert_eq!(bytes, input.as_bytes());
    let count = |letter| found.chars().filter(|found| *found == letter).count();
    assert_eq!((count('u'), count('r'), count('a')), (20_000, 20, 20));
    let summary = text(&output.stderr);
    assert!(
        summary.contains(
            "20040 rows: 20 ranked, 20 ambiguous, 20000 unknown; tiers of the 2025 report"
        ),
        "{summary}"
    );
    assert!(summary.contains("20 × 'Korea': 'South Korea' or 'North Korea'?"), "{summary}");
}

#[test]
fn text_behind_a_closing_quote_is_counted() {
    let input = "country,note\n\"Mol\"dova,x\nChad,\"a \\\"b\\\" c\"\nMali,\"\"\"q\"\"\"\n\"Togo\",\"\"x\"\"\n";
    // However it is cut into what is read at once.
    for before in [0, 131_000, 131_030, 131_050, 131_060, 131_070] {
        let padded = input.replacen("note", &"n".repeat(before + 4), 1);
        let message = text(&annotate(padded.as_bytes(), &[]).stderr);
        assert!(
            message.contains(
                "3 fields have text behind the closing quote, the first on line 2: it is read as part of the value; \
                 before 1 of the quotes stands a backslash, but CSV writes a quote inside quotes as two\n"
            ),
            "{before}: {message}"
        );
    }
    let message = text(&annotate(b"country\n\"Mali\"\n\"Mol\"dova\n", &[]).stderr);
    assert!(message.contains("1 field has text behind the closing quote, on line 3: "));
    let message = text(&annotate(b"country\n\"Mali\"\r\n\"Chad\"", &[]).stderr);
    assert!(!message.contains("closing quote"), "{message}");
}

#[test]
fn a_file_that_shrinks_or_grows_while_it_is_read_is_an_error() {
    let folder = folder("steady");
    let input = folder.join("in.csv");
    let rows = "Moldova\n".repeat(100_000);
    for (len, what) in [(400_000, "shrank"), (900_000, "grew")] {
        fs::write(&input, format!("country\n{rows}")).expect("written");
        let mut child = tip(&[])
            .arg(&input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("tip was built");
        // tip has read a part, and waits until somebody reads.
        let mut stdout = child.stdout.take().expect("stdout is piped");
        let mut byte = [0];
        std::io::Read::read_exact(&mut stdout, &mut byte).expect("a byte");
        let file = fs::File::options().write(true).open(&input);
        file.expect("a file").set_len(len).expect("a length");
        std::io::copy(&mut stdout, &mut std::io::sink()).expect("read");
        let output = child.wait_with_output().expect("tip ends");
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        let expected = format!(
            "it {what} from 800008 to {len} bytes while it was read; annotate a copy of it\n"
        );
        assert!(message.ends_with(&expected), "{message}");
    }
}

#[test]
fn what_a_spreadsheet_program_would_run_is_counted_and_guarded_where_that_is_asked_for() {
    let input = "country,a,b\n=Moldova,-5,\"=1,\"\"x\"\nMali,@x,\"a,=b\"\n\nChad,+1.5,x";
    let run = |arguments: &[&str]| {
        let output = annotate(input.as_bytes(), &[&["--add", "iso3"], arguments].concat());
        (text(&output.stdout), text(&output.stderr))
    };
    // However it is cut into what is read at once.
    for before in [0, 131_030, 131_045, 131_060] {
        let padded = input.replacen(",a,", &format!(",{},", "a".repeat(before + 1)), 1);
        let output = annotate(padded.as_bytes(), &[]);
        let message = text(&output.stderr);
        assert!(message.contains("3 cells begin with ="), "{before}: {message}");
        assert!(message.contains("--excel-safe puts a ' before it"), "{message}");
    }
    let (rows, message) = run(&["--excel-safe"]);
    assert_eq!(
        rows,
        "country,a,b,tip_iso3\n'=Moldova,-5,\"'=1,\"\"x\",\nMali,'@x,\"a,=b\",MLI\n\nChad,+1.5,x,TCD"
    );
    assert!(message.contains("3 cells begin with ="), "{message}");
    let (rows, _) = run(&["--bom", "--crlf"]);
    assert_eq!(
        rows,
        "\u{feff}country,a,b,tip_iso3\r\n=Moldova,-5,\"=1,\"\"x\",\r\nMali,@x,\"a,=b\",MLI\r\n\r\nChad,+1.5,x,TCD"
    );
    let (_, message) = run(&["--bom", "--format", "json"]);
    assert!(message.contains("are for csv"), "{message}");
}

#[test]
fn strict_writes_all_lists_all_and_ends_with_status_1_if_a_row_has_no_country() {
    let rows: Vec<String> = (0..30).map(|number| format!("Nowhere {number}\n")).collect();
    let rows = rows.concat();
    for (rows, why) in [
        (&*rows, "30 rows have no country: 30 unknown"),
        ("\n", "1 row has no country: 1 empty"),
        ("N/A\n", "1 row has no country: 1 placeholder"),
        ("Korea\nMoldova\n\n", "2 rows have no country: 1 empty, 1 ambiguous"),
    ] {
        let out = folder("strict").join("out.csv");
        let input = format!("country\nChad\n{rows}");
        let arguments = ["--strict", "--add", "status", "-o", out.to_str().expect("text")];
        let output = annotate(input.as_bytes(), &arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.ends_with(&format!("warning: {why}\n")), "{said}");
        let written = fs::read_to_string(out).expect("a file");
        assert_eq!(written.lines().count(), input.lines().count());
        assert_eq!(said.matches("1 × 'Nowhere").count(), rows.matches("Nowhere").count());
    }
    let output = annotate(b"country\nChad\nGreenland\n", &["--strict"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn one_name_that_is_too_long_to_be_counted_is_one_row_and_the_limits_stand_in_help() {
    let table = format!("country\nMoldova\n{}\n", "x".repeat(300));
    let done = feed(&mut tip(&["-"]), table.as_bytes());
    let said = text(&done.stderr);
    assert!(said.contains("1 row has other names, too long or too many"), "{said}");
    let help = text(&common::output(&mut tip(&["--help"])).stdout);
    let readme = include_str!("../../src/cli/help/tables.md");
    for limit in ["32,768 columns", "1 MiB", "4 MiB", "1,000,000 names", "28,672"] {
        assert!(help.contains(limit) && readme.contains(limit), "{limit}");
    }
    let help = text(&common::output(&mut common::tip(&["check", "--help"])).stdout);
    for limit in ["32 MiB together", "200,000 rows each"] {
        assert!(help.contains(limit), "{limit}");
    }
}

#[test]
fn the_code_of_namibia_among_names_is_counted_in_a_note_and_among_codes_it_is_not() {
    let said =
        |input: &str, arguments: &[&str]| text(&annotate(input.as_bytes(), arguments).stderr);
    let names = "country\nMoldova\nNA\nSerbia\nAlbania\n na \nNA\n";
    let note = "NA in 3 rows was read as the code of Namibia (first in row 3)";
    assert!(said(names, &[]).contains(note), "{}", said(names, &[]));
    assert!(!said("country\nMD\nNA\nRS\nNA\n", &[]).contains("Namibia"));
    assert!(!said("country\nMoldova\nNamibia\nSerbia\n", &[]).contains("NA in"));
}
