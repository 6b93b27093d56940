//! What the completions offer, what `tip lookup Bos` and a tab become in real shells, each driven by tmux, and the manual
//! page.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::path::Path;
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

/// Runs tmux on a server of its own.
fn tmux(server: &str, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new("tmux");
    command.args(["-L", server, "-f", "/dev/null"]).args(arguments);
    command.output().ok()
}

/// Waits until a screen shows something. Returns the screen.
fn wait_for(server: &str, sign: &str) -> String {
    let start = Instant::now();
    loop {
        let shown = tmux(server, &["capture-pane", "-p"]).expect("tmux is there");
        let shown = text(&shown.stdout);
        if shown.contains(sign) || start.elapsed() > Duration::from_secs(15) {
            return shown;
        }
        sleep(Duration::from_millis(50));
    }
}

/// In a new shell with the completions loaded, a tab after `Bos` must be the whole name as the shell writes it, be
/// answered, and a folder called as a command must not make it a path.
fn completes(shell: &str, start: &str, load: &str) {
    let has = |program: &str| Command::new(program).arg("-c").arg("true").output().is_ok();
    if tmux("tip-probe", &["-V"]).is_none() || !has(shell) {
        println!("skipped: tmux or {shell} is not installed, so its completions were not tried");
        return;
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shell-{shell}"));
    fs::create_dir_all(home.join("figures")).expect("a folder");
    let server = format!("tip-{shell}-{}", std::process::id());
    let bin = Path::new(env!("CARGO_BIN_EXE_tip")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let start = format!(
        "cd '{home}' && exec env HOME='{home}' PATH='{path}' {start}",
        home = home.display()
    );
    let screen = ["new-session", "-d", "-x", "100", "-y", "40", &start];
    tmux(&server, &screen).expect("tmux is there");
    let type_in = |keys: &str| tmux(&server, &["send-keys", "-l", "--", keys]);
    let press = |key: &str| tmux(&server, &["send-keys", key]);
    type_in(&format!("{load}; echo load''ed"));
    press("Enter");
    wait_for(&server, "loaded");
    type_in("tip lookup Bos");
    press("Tab");
    let completed = wait_for(&server, "Bosnia\\ and\\ Herzegovina");
    type_in("--csv -q --columns iso3");
    press("Enter");
    let answered = wait_for(&server, "BIH");
    type_in("tip figu");
    press("Tab");
    let command = wait_for(&server, "tip figures");
    tmux(&server, &["kill-server"]);
    assert!(completed.contains("tip lookup Bosnia\\ and\\ Herzegovina"), "{completed}");
    assert!(answered.contains("BIH"), "{answered}");
    assert!(!command.contains("figures/") && command.contains("tip figures"), "{command}");
}

#[test]
fn a_name_of_several_words_is_completed_in_bash() {
    completes("bash", "bash --norc", "source <(tip completions bash)");
}

#[test]
fn a_name_of_several_words_is_completed_in_zsh() {
    let load = "autoload -U compinit; compinit -u -D; source <(tip completions zsh)";
    completes("zsh", "zsh -f", load);
}

#[test]
fn a_name_of_several_words_is_completed_in_fish() {
    completes("fish", "fish --no-config", "tip completions fish | source");
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
