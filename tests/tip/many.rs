//! Many names on standard input: their rows come as they are read, in memory for a block of them.

use std::io::{BufRead, BufReader, Write};
use std::process::Command;

use crate::common::{feed, output, spawn_piped, text, tip};

/// Names, one a line.
fn lines(names: impl IntoIterator<Item: std::fmt::Display>) -> Vec<u8> {
    let mut lines = Vec::new();
    for name in names {
        writeln!(lines, "{name}").expect("memory");
    }
    lines
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_without_an_end_is_refused_before_it_fills_the_memory() {
    for (command, message) in [
        ("resolve - < /dev/zero", "standard input, byte 1: NUL; text was expected"),
        (
            "lookup - < <(yes Moldova | tr -d '\\n')",
            "standard input, line 1: more than 1 MiB in a line; one name a line was expected",
        ),
    ] {
        let script = format!("exec \"$0\" {command}");
        let mut bash = Command::new("bash");
        let output = output(bash.args(["-c", &script, env!("CARGO_BIN_EXE_tip")]));
        assert_eq!(text(&output.stderr), format!("error: {message}\n"));
        assert_eq!(output.status.code(), Some(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn however_many_names_are_asked_about_a_block_of_rows_is_held() {
    let names = ["Moldova", "Côte d'Ivoire", "FYROM", "Korea"];
    let names = lines(names).repeat(25_000);
    let distinct = lines((0..400_000).map(|number| format!("Country {number}")));
    let mut asked = vec![("resolve - --columns iso3 --format csv".to_owned(), &distinct)];
    for format in ["table", "csv", "json", "markdown"] {
        for command in ["lookup -", "history - 2010", "resolve -"] {
            asked.push((format!("{command} --format {format}"), &names));
        }
    }
    for (command, names) in asked {
        // Kilobytes of addresses, of which the program itself takes half.
        let script = format!("ulimit -v 48000; exec \"$0\" {command}");
        let mut bash = Command::new("bash");
        let bash = bash.args(["-c", &script, env!("CARGO_BIN_EXE_tip")]);
        let output = feed(bash, names);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{script}: {message}");
        let lines = output.stdout.split(|byte| *byte == b'\n').count();
        assert!(lines > 75_000, "{script}: {lines}");
    }
}

#[test]
fn a_long_name_widens_no_table_beyond_its_texts() {
    for long in [290, 60_000] {
        let block = [lines(["MD"]).repeat(999), lines(["x".repeat(long)])].concat();
        let input = block.repeat(20);
        let size = |format| {
            let arguments = ["resolve", "-", "--format", format];
            feed(&mut tip(&arguments), &input).stdout.len()
        };
        let (csv, table) = (size("csv"), size("table"));
        assert!(table <= csv * 4 + (1 << 20), "{long}: {table}, as CSV {csv}");
    }
}

#[test]
fn a_row_of_many_is_the_one_that_its_name_has_by_itself() {
    let resolve = |input: &[u8]| {
        let columns = ["--columns", "input,status,iso3,how,note"];
        let arguments = [&["resolve", "-", "--csv", "--no-header"][..], &columns].concat();
        let output = feed(&mut tip(&arguments), input);
        (text(&output.stdout), text(&output.stderr))
    };
    let known = ["Moldova", "Korea", "", "FYROM", "a,\"b"];
    let rows = known.map(|name| resolve(&lines([name])).0);
    // More names than are remembered, and between them those that come again and again.
    let (mut names, mut expected) = (Vec::new(), Vec::new());
    for number in 0..6000 {
        for (name, row) in known.iter().zip(&rows) {
            names.push((*name).to_owned());
            expected.extend_from_slice(row.as_bytes());
        }
        names.push(format!("x{number}"));
        writeln!(expected, "x{number},unknown,,,").expect("memory");
    }
    let (shown, message) = resolve(&lines(&names).repeat(2));
    assert_eq!(shown.len(), expected.len() * 2);
    assert!(shown.as_bytes() == expected.repeat(2), "the rows differ");
    let message_expected = "warning: 48000 of 72000 not resolved; see the column 'status'\n";
    assert_eq!(message, message_expected);
}

#[test]
fn a_thousand_names_that_are_not_found_are_named_and_the_others_counted() {
    for (command, asked, more) in [
        ("lookup", 1000, None),
        ("history", 1001, Some("warning: 1 more is not found")),
        ("changes", 1500, Some("warning: 500 more are not found")),
    ] {
        let names = lines((0..asked).map(|number| format!("Company {number}")));
        let output = feed(&mut tip(&[command, "-", "--csv", "--quiet"]), &names);
        let message = text(&output.stderr);
        assert_eq!(message.matches("no country is called").count(), 1000, "{command}");
        assert_eq!(message.lines().nth(1000), more, "{command}");
        assert_eq!(output.status.code(), Some(1), "{command}");
    }
}

#[test]
fn a_row_is_passed_on_when_the_input_pauses() {
    let mut asked: Vec<(String, &str)> = vec![
        ("annotate -".to_owned(), "country\nSerbia\n"),
        ("annotate - --format ndjson".to_owned(), "country\nSerbia\n"),
        ("annotate --lines -".to_owned(), "Serbia\n"),
    ];
    for command in ["resolve", "lookup", "history", "changes"] {
        for format in ["csv", "tsv", "ndjson", "markdown"] {
            let columns = "--columns country --no-header --format";
            asked.push((format!("{command} Serbia - {columns} {format}"), ""));
        }
    }
    for (words, begins) in asked {
        let words: Vec<&str> = words.split(' ').collect();
        let mut child = spawn_piped(&mut tip(&words));
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let mut lines = stdout.lines().map(|line| line.expect("text"));
        stdin.write_all(begins.as_bytes()).expect("tip reads");
        for name in ["Serbia", "Moldova", "Romania"] {
            if name != "Serbia" {
                writeln!(stdin, "{name}").expect("tip reads");
            }
            let row = lines.find(|line| line.contains(name));
            assert!(row.is_some(), "{words:?}");
        }
        drop(stdin);
        assert!(lines.all(|line| line.contains("Romania")), "{words:?}");
        assert!(child.wait().expect("tip ends").success());
    }
}

#[test]
fn what_cannot_be_read_leaves_the_rows_before_it_on_a_pipe_and_no_file() {
    let input = [&b"Moldova\n".repeat(20_000)[..], b"\xff\n"].concat();
    let piped = feed(&mut tip(&["resolve", "-", "--csv"]), &input);
    assert_eq!(piped.status.code(), Some(2));
    assert!(
        text(&piped.stderr).starts_with("error: standard input, line 20001, byte 1: not UTF-8; ")
    );
    assert_eq!(text(&piped.stdout).lines().count(), 1 + 20_000);
    let unknown = feed(&mut tip(&["history", "-", "--csv"]), b"Moldova\nzork\n\xff\n");
    let said = text(&unknown.stderr);
    let warning = "warning: standard input, line 2: no country is called 'zork'\nerror: ";
    assert!(said.starts_with(warning), "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.csv");
    let file = path.to_str().expect("text");
    let written = feed(&mut tip(&["resolve", "-", "-o", file]), &input);
    assert_eq!(written.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
