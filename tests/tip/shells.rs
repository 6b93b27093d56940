//! What the completions offer, what `tip lookup Bos` and a tab become in real shells, each driven by tmux, and the manual
//! page.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::{feed, output, text, tip};

/// What the last of these words may become, with what it means behind a tab.
fn offered(words: &[&str]) -> Vec<String> {
    let mut command = tip(&["--", "tip"]);
    let output = output(command.args(words).env("TIP_COMPLETE", "1"));
    assert!(output.status.success() && output.stderr.is_empty());
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn a_word_becomes_what_stands_in_its_place() {
    for (words, expected) in [
        (&["lookup", "Bos"][..], &["Bosnia and Herzegovina"][..]),
        (&["lookup", "bosnia\\ an"], &["Bosnia and Herzegovina"]),
        (&["lookup", "\"Bosnia an"], &["Bosnia and Herzegovina"]),
        (&["lookup", "cote"], &["Côte d'Ivoire"]),
        (&["lookup", "MD"], &["MDG\tMadagascar", "MDV\tMaldives", "MDA\tMoldova"]),
        (&["history", "Serbia", "lat"], &["latest"]),
        (&["list", "--region", "europe"], &["europe\tEurope"]),
        (&["list", "--region=europe"], &["--region=europe\tEurope"]),
        (&["list", "--tier", "1,2"], &["1,2\tTier 2", "1,2WL\tTier 2 Watch List"]),
        (&["list", "--on", "ch"], &["child-soldiers\tchild soldiers list"]),
        (&["list", "--year", "2018"], &["2018"]),
        (&["list", "--sort", "y"], &["year\tThe report year"]),
        (&["lookup", "--columns", "year,tier_"], &["year,tier_url\tWhere the tier was read"]),
        (&["annotate", "--add", "tier_"], &["tier_url\tWhere the tier was read"]),
        (
            &["list", "--format", "j"],
            &["json\tOne array of objects, lists as arrays, a missing value as null"],
        ),
        (&["annotate", "README"], &["README.md"]),
        (&["lookup", "Atlantis"], &[]),
    ] {
        assert_eq!(offered(words), expected, "{words:?}");
    }
}

#[test]
fn a_column_of_the_file_and_an_encoding_are_offered_and_a_column_named_already_is_not() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/annotate.in/cases.csv");
    let file = file.to_str().expect("text");
    let columns = ["case", "year", "land"];
    assert_eq!(offered(&["annotate", file, "--column", ""]), columns);
    assert_eq!(offered(&["annotate", "--map", "README.md", file, "--year-column", "y"]), ["year"]);
    assert!(offered(&["annotate", "nowhere.csv", "--column", ""]).iter().all(|it| it != "case"));
    assert_eq!(offered(&["annotate", file, "--encoding", "windows-1251"]), ["windows-1251"]);
    assert!(offered(&["annotate", file, "--encoding", ""]).contains(&"macintosh".to_owned()));
    let year = "year\tThe report year".to_owned();
    assert!(offered(&["annotate", "--add", ""]).contains(&year));
    for words in [
        &["annotate", "--add", "year,"][..],
        &["annotate", "--add=iso3,year,"],
        &["annotate", "--add", "year", "--add", ""],
        &["lookup", "Chad", "-c", "year,"],
    ] {
        let offered = offered(words);
        let is_year = |line: &String| line.ends_with("year\tThe report year");
        assert!(!offered.is_empty() && !offered.iter().any(is_year), "{words:?}: {offered:?}");
    }
    // What annotate refuses is not offered.
    assert!(offered(&["annotate", "--col"]).iter().all(|line| !line.starts_with("--columns")));
}

#[test]
fn options_are_offered_where_one_is_begun_and_no_state_that_is_gone() {
    let is_option = |line: &String| line.starts_with('-');
    assert!(offered(&["list", "--r"]).iter().all(is_option));
    assert!(!offered(&["lookup", ""]).iter().any(is_option));
    assert!(!offered(&["lookup", "Yugo"]).iter().any(|line| line.starts_with("Yugo")));
    assert!(offered(&[""]).iter().any(|line| line.starts_with("man")));
}

/// A shell with the completions loaded, on a screen that tmux holds.
struct Screen {
    server: String,
    home: PathBuf,
}

impl Screen {
    /// Starts the shell in a folder of its own. None where there is no such shell, which is said.
    fn start(shell: &str, test: &str) -> Option<Self> {
        let (start, load) = match shell {
            "bash" => ("bash --norc", "source <(tip completions bash)"),
            "zsh" => {
                ("zsh -f", "autoload -U compinit; compinit -u -D; source <(tip completions zsh)")
            }
            _ => ("fish --no-config", "tip completions fish | source"),
        };
        let has = |program: &str| Command::new(program).arg("-c").arg("true").output().is_ok();
        if !has("tmux") || !has(shell) {
            println!(
                "skipped: tmux or {shell} is not installed, so its completions were not tried"
            );
            return None;
        }
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{shell}"));
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).expect("a folder");
        let server = format!("tip-{test}-{shell}-{}", std::process::id());
        let screen = Self { server, home };
        let bin = Path::new(env!("CARGO_BIN_EXE_tip")).parent().expect("a folder");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        let home = screen.home.display();
        let start =
            format!("cd '{home}' && exec env HOME='{home}' PATH='{path}' LC_ALL=C.UTF-8 {start}");
        screen.tmux(&["-u", "new-session", "-d", "-x", "150", "-y", "40", &start]);
        screen.enter(&format!("{load}; echo load''ed"));
        screen.wait_for("loaded");
        Some(screen)
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.args(["-L", &self.server, "-f", "/dev/null"]).args(arguments);
        command.output().expect("tmux is there")
    }

    fn type_in(&self, keys: &str) {
        self.tmux(&["send-keys", "-l", "--", keys]);
    }

    fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    fn enter(&self, line: &str) {
        self.type_in(line);
        self.press("Enter");
    }

    /// Waits until the screen shows something. Returns the screen.
    fn wait_for(&self, sign: &str) -> String {
        let start = Instant::now();
        loop {
            let shown = text(&self.tmux(&["capture-pane", "-p"]).stdout);
            if shown.contains(sign) || start.elapsed() > Duration::from_secs(15) {
                return shown;
            }
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// In a new shell, a tab after `Bos` must be the whole name as the shell writes it, be answered, and a folder called as
/// a command must not make it a path.
fn completes(shell: &str) {
    let Some(screen) = Screen::start(shell, "names") else { return };
    fs::create_dir_all(screen.home.join("figures")).expect("a folder");
    screen.type_in("tip lookup Bos");
    screen.press("Tab");
    let completed = screen.wait_for("Bosnia\\ and\\ Herzegovina");
    screen.enter("--csv -q --columns iso3");
    let answered = screen.wait_for("BIH");
    screen.type_in("tip figu");
    screen.press("Tab");
    let command = screen.wait_for("tip figures");
    assert!(completed.contains("tip lookup Bosnia\\ and\\ Herzegovina"), "{completed}");
    assert!(answered.contains("BIH"), "{answered}");
    assert!(!command.contains("figures/") && command.contains("tip figures"), "{command}");
}

/// What a shell would run, replace or part where a name is not quoted.
const HOSTILE: [&str; 21] = [
    "`touch pwned`",
    "$(touch pwned)",
    "$HOME",
    "${HOME}",
    "a;touch pwned",
    "a&&touch pwned",
    "a|touch pwned",
    "a>pwned",
    "<(touch pwned)",
    "it's \"one\"",
    "back\\slash \\\\",
    "star * [a-z]? !!",
    "{a,b}",
    "~ # ^",
    "a:b",
    "(x) = %y",
    "Ünïcôde 北京",
    "a  b   c",
    "!touch !$",
    "'';touch pwned;''",
    "\";touch pwned;\"",
];

/// Names of a file's columns are completed, after this quote, and the line is run: each must be the one column that it is,
/// and nothing in it may have been run.
fn runs_nothing_in_names(shell: &str, quotes: &[&str]) {
    let Some(screen) = Screen::start(shell, "hostile") else { return };
    let named =
        |number: usize| format!("Qq{}x ", char::from(b'a' + u8::try_from(number).expect("few")));
    let cell = |(number, name): (usize, &&str)| {
        format!("\"{}{}\"", named(number), name.replace('"', "\"\""))
    };
    let header: Vec<_> = HOSTILE.iter().enumerate().map(cell).collect();
    let rows: String = ["Moldova"; HOSTILE.len()].join(",");
    fs::write(screen.home.join("h.csv"), format!("{}\n{rows}\n", header.join(",")))
        .expect("written");
    for quote in quotes {
        for (number, name) in HOSTILE.iter().enumerate() {
            screen.type_in(&format!(
                "clear; tip annotate h.csv -o {number}.csv --column {quote}{}",
                named(number).trim_end()
            ));
            screen.press("Tab");
            screen.enter(&format!(" ; echo done{number}''."));
            let shown = screen.wait_for(&format!("done{number}."));
            let written = fs::remove_file(screen.home.join(format!("{number}.csv")));
            assert!(written.is_ok(), "{shell} {quote}{name}: {shown}");
        }
        assert_eq!(
            fs::read_dir(&screen.home)
                .expect("a folder")
                .filter(|it| {
                    it.as_ref().is_ok_and(|it| it.file_name().to_string_lossy().contains("pwned"))
                })
                .count(),
            0,
            "{shell} {quote}"
        );
    }
}

#[test]
fn nothing_in_a_name_is_run_by_bash() {
    runs_nothing_in_names("bash", &["", "'", "\""]);
}

#[test]
fn nothing_in_a_name_is_run_by_zsh() {
    // Quotes are its own work.
    runs_nothing_in_names("zsh", &[""]);
}

#[test]
fn nothing_in_a_name_is_run_by_fish() {
    // Quotes are its own work.
    runs_nothing_in_names("fish", &[""]);
}

#[test]
fn the_variable_of_the_completions_alone_makes_no_command_a_completion() {
    let mut asked = tip(&["lookup", "Moldova", "--csv", "--columns", "iso3"]);
    assert_eq!(text(&output(asked.env("TIP_COMPLETE", "1")).stdout), "iso3\nMDA\n");
}

#[test]
fn a_name_that_acts_on_a_terminal_or_ends_a_line_is_not_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("h.csv");
    fs::write(&file, "a\tb,\"c\nd\",e\u{1b}[31m,f\u{202e}g,whole\n").expect("written");
    let file = file.to_str().expect("text");
    assert_eq!(offered(&["annotate", file, "--column", ""]), ["whole"]);
}

#[test]
fn a_name_of_several_words_is_completed_in_bash() {
    completes("bash");
}

#[test]
fn a_name_of_several_words_is_completed_in_zsh() {
    completes("zsh");
}

#[test]
fn a_name_of_several_words_is_completed_in_fish() {
    completes("fish");
}

#[test]
fn the_manual_page_passes_the_checks_of_mandoc() {
    let page = output(&mut tip(&["man"])).stdout;
    for section in ["COMMANDS", "\"EXIT STATUS\"", "ENVIRONMENT", "FILES", "EXAMPLES"] {
        assert!(text(&page).contains(&format!("\n.SH {section}\n")), "{section}");
    }
    if Command::new("mandoc").arg("-h").output().is_err() {
        println!("skipped: mandoc is not installed, so the manual page was not checked");
        return;
    }
    let checked = feed(Command::new("mandoc").args(["-T", "lint"]), &page);
    assert_eq!(text(&checked.stdout) + &text(&checked.stderr), "");
}
