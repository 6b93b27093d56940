//! What no snapshot shows: closed pipes, full disks, colour, and exit statuses under them.

use std::io::{BufRead, BufReader, Read};
use std::process::Output;

use crate::common::{HOSTILE, feed, output, spawn_piped, text, tip};

const FORMATS: [&str; 6] = ["table", "csv", "tsv", "json", "ndjson", "markdown"];

/// Answers `tip lookup -` for these bytes.
fn lookup_from_stdin(input: &[u8]) -> Output {
    feed(&mut tip(&["lookup", "-", "--csv", "--columns", "iso3", "--no-header"]), input)
}

#[test]
fn a_closed_pipe_ends_quietly_with_0() {
    // More than a pipe holds, so that tip is still writing when the reader goes.
    let many = ["lookup"].into_iter().chain(std::iter::repeat_n("Moldova", 2000));
    let many: Vec<&str> = many.collect();
    let lookups = FORMATS.map(|format| [&many[..], &["--format", format]].concat());
    let annotate = vec!["annotate", "data/placements.csv", "--column", "iso3"];
    for arguments in lookups.into_iter().chain([annotate]) {
        let mut child = spawn_piped(&mut tip(&arguments));
        let mut line = String::new();
        let mut reader = BufReader::new(child.stdout.take().expect("stdout is piped"));
        reader.read_line(&mut line).expect("a first line");
        drop(reader);
        let status = child.wait().expect("tip ends");
        let mut message = String::new();
        child.stderr.take().expect("stderr is piped").read_to_string(&mut message).expect("text");
        assert_eq!((status.code(), message.as_str()), (Some(0), ""), "{:?}", arguments.last());
    }
}

#[test]
fn a_file_holds_what_standard_output_would_and_its_extension_says_the_format() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, format) in [
        ("a.csv", "csv"),
        ("a.TSV", "tsv"),
        ("a.json", "json"),
        ("a.ndjson", "ndjson"),
        ("a.jsonl", "ndjson"),
        ("a.md", "markdown"),
        ("a.txt", "table"),
    ] {
        let path = folder.path().join(name);
        let file = path.to_str().expect("text");
        let written = output(&mut tip(&["list", "-o", file, "--color", "always"]));
        assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
        assert!(written.stdout.is_empty());
        let printed = output(&mut tip(&["list", "--format", format]));
        assert_eq!(std::fs::read(&path).expect("a file"), printed.stdout, "{name}");
        let to_stdout = output(&mut tip(&["list", "--format", format, "--output", "-"]));
        assert_eq!(to_stdout.stdout, printed.stdout, "{name}");
    }
    let path = folder.path().join("a.xyz");
    let file = path.to_str().expect("text");
    let written = output(&mut tip(&["-o", file, "--csv", "list"]));
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    assert!(path.exists(), "--format comes before the extension");
}

#[test]
fn without_an_answer_a_file_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    let file = path.to_str().expect("text");
    for arguments in [
        &["list", "-o", file, "--columns", "nothing"][..],
        &["list", "-o", file, "--year", "1999"],
        &["list", "-o", &format!("{file}/b.csv")],
        &["list", "-o", &format!("{file}.svg")],
        &["list", "-o", folder.path().to_str().expect("text"), "--csv"],
    ] {
        std::fs::write(&path, "old").expect("a file");
        let output = output(&mut tip(arguments));
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.starts_with("error: "), "{arguments:?}: {message}");
        assert_eq!(std::fs::read(&path).expect("a file"), b"old");
        let files = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files, 1, "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_in_every_format() {
    let lists = FORMATS.map(|format| vec!["list", "--format", format]);
    let annotate = vec!["annotate", "tests/cmd/annotate.in/suppliers.csv", "--quiet"];
    for arguments in lists.into_iter().chain([annotate]) {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
        let printed = output(tip(&arguments).stdout(full));
        let written = output(tip(&arguments).args(["-o", "/dev/full"]));
        for (output, place) in [(printed, "standard output"), (written, "/dev/full")] {
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let expected = format!("error: cannot write to {place}: ");
            assert!(message.starts_with(&expected), "{arguments:?}: {message}");
        }
    }
}

#[test]
fn names_from_standard_input_may_have_any_line_ends_a_mark_and_blank_lines() {
    let output = lookup_from_stdin(b"\xef\xbb\xbfMoldova\r\n\n  Kosovo \nFYROM");
    assert_eq!(text(&output.stdout), "MDA\nXKX\nMKD\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn standard_input_that_is_not_utf_8_is_an_error_with_its_line_behind_the_rows_before_it() {
    let output = lookup_from_stdin(b"Moldova\nRom\xe2nia\n");
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(message.starts_with("error: standard input, line 2, byte 4: not UTF-8; "), "{message}");
    assert_eq!(text(&output.stdout), "MDA\n");
}

#[test]
fn colour_follows_the_option_before_the_environment_and_the_environment_before_the_terminal() {
    let colored = |color: &str, name: &str, value: &str| {
        let output = output(tip(&["list", "--color", color]).env(name, value));
        text(&output.stdout).contains('\u{1b}')
    };
    assert!(!colored("auto", "TERM", "xterm"), "a pipe has no colour");
    assert!(colored("always", "NO_COLOR", "1"));
    assert!(colored("auto", "FORCE_COLOR", "1"));
    assert!(colored("auto", "CLICOLOR_FORCE", "1"));
    assert!(!colored("auto", "FORCE_COLOR", "0"));
    assert!(!colored("auto", "NO_COLOR", "1"));
    assert!(!colored("never", "FORCE_COLOR", "1"));
}

#[test]
fn colour_changes_no_text() {
    let plain = text(&output(&mut tip(&["list"])).stdout);
    let colored = text(&output(&mut tip(&["list", "--color", "always"])).stdout);
    let mut stripped = String::new();
    for (index, part) in colored.split('\u{1b}').enumerate() {
        let visible =
            if index == 0 { part } else { part.split_once('m').expect("a sequence ends").1 };
        stripped.push_str(visible);
    }
    assert_eq!(stripped, plain);
}

#[test]
fn nothing_of_the_users_reorders_a_message() {
    for arguments in [
        &["annotate", "no\u{202e}file.csv"][..],
        &["annotate", "Cargo.toml", "-o", "no\u{202e}folder/x"],
        &["annotate", "Cargo.toml", "--delimiter", "\u{202e}"],
        &["no\u{202e}command"],
        &["list", "--sort", "\u{202e}"],
        &["lookup", "\u{202e}avodloM"],
    ] {
        let output = output(&mut tip(arguments));
        let message = text(&output.stderr);
        assert!(!message.contains('\u{202e}'), "{arguments:?}: {message}");
        assert!(message.contains("\\u{202e}"), "{arguments:?}: {message}");
    }
}

#[test]
fn the_help_of_a_command_can_be_asked_for_in_words() {
    for (words, option) in
        [(&["help"][..], &["--help"][..]), (&["help", "watch-list"], &["watch-list", "--help"])]
    {
        let (words, option) = (output(&mut tip(words)), output(&mut tip(option)));
        assert_eq!(words.status.code(), Some(0));
        assert_eq!(text(&words.stdout), text(&option.stdout));
    }
}

#[test]
fn links_are_written_where_they_are_asked_for_and_into_no_file() {
    let has_link = |arguments: &[&str]| {
        let output = output(tip(arguments).env("VTE_VERSION", "7200"));
        assert!(output.status.success(), "{arguments:?}");
        text(&output.stdout).contains("\u{1b}]8;;https://www.state.gov/reports/")
    };
    let asked = ["cite", "Moldova", "--hyperlink", "always"];
    assert!(has_link(&asked));
    assert!(has_link(&["lookup", "Moldova", "--hyperlink", "always"]));
    let url = ["list", "--columns", "country,url", "--hyperlink", "always"];
    assert!(has_link(&url));
    // A pipe is no terminal, and other formats are for programs.
    assert!(!has_link(&["cite", "Moldova"]));
    for format in ["csv", "json", "markdown"] {
        assert!(!has_link(&[&url[..], &["--format", format]].concat()), "{format}");
    }
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("links.txt");
    let file = path.to_str().expect("a path that is text");
    assert!(!has_link(&[&url[..], &["-o", file]].concat()));
    let written = std::fs::read_to_string(path).expect("the file");
    assert!(written.contains("https://www.state.gov/") && !written.contains('\u{1b}'));
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_standard_output_is_an_error_where_something_goes_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let closed = |arguments: &str| {
        let script = format!("exec \"$0\" {arguments} >&-");
        let mut command = std::process::Command::new("sh");
        let command = command.args(["-c", &script, env!("CARGO_BIN_EXE_tip")]);
        let output = output(command.current_dir(folder.path()));
        (output.status.code(), text(&output.stderr))
    };
    for arguments in ["list", "list --json", "--help", "lookup Moldova"] {
        let (status, message) = closed(arguments);
        assert_eq!(status, Some(2), "{arguments}: {message}");
        assert!(message.contains("cannot write to standard output: it is closed"));
    }
    assert_eq!(closed("list --quiet -o a.csv"), (Some(0), String::new()));
}

#[test]
fn to_a_pipe_the_bytes_stay_and_json_means_the_same() {
    let csv = feed(&mut tip(&["annotate", "-"]), format!("country\n\"{HOSTILE}\"\n").as_bytes());
    assert!(text(&csv.stdout).contains(HOSTILE));
    for arguments in
        [&["annotate", "-", "--format", "ndjson"][..], &["resolve", "-", "--format", "ndjson"]]
    {
        let name = HOSTILE.replace('\r', "");
        let output = feed(&mut tip(arguments), format!("country\n{name}\n").as_bytes());
        let shown = text(&output.stdout);
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}']), "{shown}");
        let last = shown.lines().last().expect("a line");
        let object: serde_json::Value = serde_json::from_str(last).expect("JSON");
        let values = object.as_object().expect("an object").values();
        assert!(values.into_iter().any(|value| value == name.as_str()), "{shown}");
    }
}

#[cfg(unix)]
#[test]
fn a_null_device_that_can_be_read_too_is_no_closed_output() {
    // Python's subprocess.DEVNULL opens it so.
    let null = std::fs::File::options();
    let null = null.clone().read(true).write(true).open("/dev/null");
    let status = tip(&["list", "-q"]).stdout(null.expect("a device")).status();
    assert!(status.expect("tip starts").success());
}

#[test]
fn standard_input_is_read_where_nothing_is_named() {
    let output = feed(&mut tip(&["annotate", "-q", "--add", "iso3"]), b"country\nChad\n");
    assert_eq!(text(&output.stdout), "country,tip_iso3\nChad,TCD\n");
    let resolve = ["resolve", "--csv", "--columns", "input,iso3"];
    let output = feed(&mut tip(&resolve), b"Chad\n");
    assert_eq!(text(&output.stdout), "input,iso3\nChad,TCD\n");
    for command in ["annotate", "resolve"] {
        let output = feed(&mut tip(&[command]), b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("standard input is empty"));
    }
}
