//! What a terminal is given, by script(1): nothing of the user's acts on it, and no line is wider than it is.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::HOSTILE;

/// Stands before what each command shows.
const MARK: &str = "-- next --";

/// What each of these shell commands shows on a terminal, standard error included; none where script(1) is not installed.
/// To them `$tip` is `tip`, and `$h` the hostile text.
fn shown(folder: &Path, hostile: &[u8], commands: &[String]) -> Option<Vec<String>> {
    let lines = commands.iter().map(|command| format!("echo '{MARK}'; {command}\n"));
    fs::write(folder.join("script.sh"), lines.collect::<String>()).expect("written");
    let mut command = Command::new("script");
    command.args(["-qec", "sh ./script.sh", "/dev/null"]);
    for variable in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CI", "TIP_DATA"] {
        command.env_remove(variable);
    }
    command.env("tip", env!("CARGO_BIN_EXE_tip"));
    command.env("h", OsString::from_vec(hostile.to_vec()));
    // A terminal that is known to take colours and links.
    command.env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
    command.env("VTE_VERSION", "7200");
    let Ok(ended) = command.current_dir(folder).stdin(Stdio::null()).output() else {
        println!("skipped: script(1) is not installed, so no terminal was tried");
        return None;
    };
    let text = String::from_utf8(ended.stdout).expect("no byte that is no text");
    // The terminal itself puts a CR before each LF, and --crlf another one.
    let text = text.replace("\r\r\n", "\n").replace("\r\n", "\n");
    let parts = text.split(MARK).skip(1);
    let parts: Vec<String> = parts.map(|part| part.trim_start_matches('\n').to_owned()).collect();
    assert_eq!(parts.len(), commands.len(), "{text:?}");
    Some(parts)
}

/// The text without what `tip` sends itself: colours, and links to where reports and sources stand.
fn without_own(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_parameter = |c: char| c.is_ascii_digit() || c == ';';
        let color = part.strip_prefix('[').map(|rest| rest.trim_start_matches(is_parameter));
        let is_own_link = part.starts_with("]8;;https://") || part.starts_with("]8;;http://");
        if let Some(rest) = color.and_then(|rest| rest.strip_prefix('m')) {
            out.push_str(rest);
        } else if let Some(rest) = part.strip_prefix('\\') {
            out.push_str(rest);
        } else if !(is_own_link || part == "]8;;") {
            out.push('\u{1b}');
            out.push_str(part);
        }
    }
    out
}

/// What could act on a terminal and may not reach one.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e0fff}')
}

/// Every command and option that takes a text of the user's, every format that shows one, and files full of it.
const HOSTILE_COMMANDS: &[&str] = &[
    "lookup \"$h\"",
    "lookup Serbia \"$h\" \"$h\"",
    "lookup - < in.csv",
    "history \"$h\"",
    "history Serbia - < in.csv",
    "changes \"$h\"",
    "sources \"$h\"",
    "cite \"$h\"",
    "cite Serbia --style \"$h\"",
    "cite Serbia \"$h\"",
    "list \"$h\"",
    "list --region \"$h\"",
    "list --tier \"$h\"",
    "list --year \"$h\"",
    "list --on \"$h\"",
    "list --role \"$h\"",
    "list --sort \"$h\"",
    "list --columns \"$h\"",
    "list --format \"$h\"",
    "list -o \"$h\"",
    "list -o \"$h/x.csv\"",
    "list --color \"$h\"",
    "list --data \"$h\"",
    "list --data data",
    "list \"--$h\"",
    "list \"--tier=$h\" \"$h\"",
    "regions \"$h\"",
    "tiers \"$h\"",
    "tiers 2WL \"$h\"",
    "map --region \"$h\"",
    "map --year \"$h\"",
    "history \"$h\" --chart",
    "stats \"$h\" --chart",
    "stats \"$h\"",
    "stats --by \"$h\"",
    "watch-list --region \"$h\"",
    "coverage \"$h\"",
    "enforcement --year \"$h\"",
    "typologies \"$h\"",
    "figures \"$h\"",
    "completions \"$h\"",
    "check \"$h\"",
    "check data",
    "export \"$h/x\"",
    "\"$h\"",
    "\"$h\" \"$h\"",
    "help \"$h\"",
    "annotate \"$h\"",
    "annotate \"$h.csv\"",
    "annotate - < in.csv",
    "annotate in.csv --add \"$h\"",
    "annotate in.csv --column \"$h\"",
    "annotate in.csv --year \"$h\"",
    "annotate in.csv --year-column \"$h\"",
    "annotate in.csv --delimiter \"$h\"",
    "annotate in.csv --encoding \"$h\"",
    "annotate in.csv --map \"$h.csv\"",
    "annotate in.csv --map in.csv",
    "annotate in.csv --map map.csv",
    "annotate in.csv --codes \"$h\"",
    "annotate in.csv --report \"$h/x\"",
    "annotate in.csv --report -",
    "annotate in.csv -o \"$h/x\"",
    "annotate in.csv --strict",
    "annotate in.csv --excel-safe --crlf",
    "annotate ragged.csv",
    "annotate columns.csv",
    "annotate --lines in.csv",
    "annotate in.csv -o out.csv",
    "annotate in.csv -o /dev/tty",
    "annotate in.csv -o out.csv --report /dev/tty",
    "annotate in.csv -o out.csv --report /dev/stderr",
    "annotate in.csv -o /dev/stderr --report out.csv",
    "resolve \"$h\" -o /dev/tty",
    "resolve \"$h\" -o /dev/stderr --csv",
    "lookup Serbia --title \"$h\"",
    "lookup Serbia --title \"$h\" -f markdown",
    "map --title \"$h\" -o /dev/tty -f svg",
    "stats --chart --title \"$h\"",
    "brief \"$h\"",
    "brief Serbia --title \"$h\"",
    "brief Serbia --title \"$h\" -f html",
    "context \"$h\"",
    "export \"$h.csv\"",
    "export --template \"$h\" x",
    "man \"$h\"",
];

/// The formats in which a text of the user's comes back.
fn hostile_commands() -> Vec<String> {
    let formats = ["table", "csv", "tsv", "json", "ndjson", "markdown"];
    let shown = ["resolve \"$h\" -", "lookup Serbia -", "history Serbia -"];
    let shown = shown.iter().flat_map(|command| {
        let formats = formats.iter();
        formats.map(move |format| format!("{command} --format {format} < in.csv"))
    });
    let annotated = ["csv", "json", "ndjson"].iter();
    let annotated = annotated.map(|format| format!("annotate in.csv --format {format}"));
    let others = HOSTILE_COMMANDS.iter().map(|it| (*it).to_owned());
    let commands = others.chain(shown).chain(annotated);
    // Data that a variable names.
    let named = ["TIP_DATA=\"$h\" $tip stats", "TIP_DATA=data $tip --version"];
    let named = named.into_iter().map(str::to_owned);
    commands.map(|command| format!("$tip {command}")).chain(named).collect()
}

/// A folder of files that are named and filled with this.
fn hostile_folder(hostile: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &[u8], text: &[&[u8]]| {
        let path = folder.path().join(OsString::from_vec(name.to_vec()));
        fs::write(path, text.concat()).expect("written");
    };
    let own = [hostile, b".csv"].concat();
    write(&own, &[b"country,", hostile, b"\n\"", hostile, b"\",x\n"]);
    write(b"in.csv", &[b"country,\"", hostile, b"\"\n\"", hostile, b"\",\"", hostile, b"\"\n"]);
    write(b"map.csv", &[b"name,iso3\n\"", hostile, b"\",\"", hostile, b"\"\n"]);
    write(b"ragged.csv", &[b"country,b\n\"", hostile, b"\"\n"]);
    write(b"columns.csv", &[b"country \"", hostile, b",country ", hostile, b"\n"]);
    fs::create_dir(folder.path().join("data")).expect("a folder");
    write(&[b"data/", own.as_slice()].concat(), &[hostile]);
    write(
        b"data/notes.csv",
        &[b"iso3,from,to,note\n\"", hostile, b"\",2018,\"", hostile, b"\",x\n"],
    );
    write(b"data/roles.csv", &[b"iso3,year,roles,source,\"", hostile, b"\"\nx,2018,y,z,n\n"]);
    folder
}

#[test]
fn nothing_of_the_users_acts_on_a_terminal_whatever_is_asked() {
    let raw = [HOSTILE.as_bytes(), b"\x9b2J\x9d8;;x\xff"].concat();
    // An argument that is no text is refused unseen.
    for (hostile, least) in [(HOSTILE.as_bytes(), 70), (&*raw, 30)] {
        let folder = hostile_folder(hostile);
        let commands = hostile_commands();
        let Some(shown) = shown(folder.path(), hostile, &commands) else {
            return;
        };
        let mut escaped = 0;
        for (command, text) in commands.iter().zip(shown) {
            let text = without_own(&text);
            assert!(!text.contains(acts), "{command}: {text:?}");
            assert!(!text.contains("panicked"), "{command}: {text}");
            escaped += usize::from(text.contains("\\u{1b}") || text.contains("\\u001b"));
        }
        assert!(escaped >= least, "{escaped} show it escaped");
    }
}

/// A question of each kind. What is there to be copied, as `cite` prints it, is broken nowhere.
const QUESTIONS: &[&str] = &[
    "lookup Moldova",
    "lookup Moldova Serbia Atlantis",
    "list",
    "list --year 2025 --columns country,url",
    "history",
    "history world",
    "changes",
    "changes Serbia",
    "watch-list",
    "stats",
    "stats --by region",
    "map",
    "map --changes",
    "history --chart",
    "stats all --chart",
    "tiers",
    "tiers 2WL",
    "regions",
    "sources Serbia",
    "coverage",
    "enforcement",
    "figures",
    "typologies",
    "resolve Moldova Korea Moldovia 'Bosnia and Herzegovina'",
    "list --columns help",
    "annotate --add help",
    "lokup Moldova",
    "--help",
    "list --help",
];

/// Asks at each of these widths one question of so many.
fn fits(widths: &[usize], of: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = widths.iter().flat_map(|width| {
        let questions = QUESTIONS.iter().skip(width % of).step_by(of);
        questions.map(move |question| (width, question))
    });
    let commands = asked.clone().map(|(width, question)| {
        format!("stty cols {width} rows 50; $tip {question}; echo \"status $?\"")
    });
    let commands: Vec<String> = commands.collect();
    let Some(shown) = shown(folder.path(), b"", &commands) else {
        return;
    };
    let mut wide = Vec::new();
    for ((width, question), text) in asked.zip(shown) {
        let text = without_own(&text);
        let status = text.trim_end().rsplit(' ').next().expect("a status");
        assert!(["0", "1", "2"].contains(&status), "{width}: {question}: {status}");
        // A word is never broken: an address, a path, a command that is there to be copied. On less than 36 columns
        // such a command stands out beside its label.
        let is_whole = |line: &str| {
            let line = line.trim_start();
            !line.contains(' ') || line.starts_with("try: ") || line.starts_with("Usage: ")
        };
        let is_wide =
            |line: &&str| *width >= 36 && line.chars().count() > *width && !is_whole(line);
        let found = text.lines().filter(is_wide);
        wide.extend(found.map(|line| format!("{width}: {question}: {line}")));
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    fits(&[1, 20, 36, 80, 300], 1);
}

#[test]
#[ignore = "takes half a minute: .ci/run asks for it"]
fn no_line_is_wider_than_a_terminal_of_any_width() {
    fits(&(1..=300).collect::<Vec<_>>(), 3);
}
