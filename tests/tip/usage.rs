//! What people guess: each line of `guesses.txt` is typed, and so is what it is answered with.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::common::{output, text, tip};

const GUESSES: &str = include_str!("../guesses.txt");

/// Types a line in a shell. Returns the exit status, and what follows `try:`.
fn typed(line: &str, folder: &Path) -> (Option<i32>, Vec<String>) {
    // What reads it may not be installed.
    let line = line.split(" | ").next().unwrap_or_default();
    let program = tip(&[]);
    let programs = Path::new(program.get_program()).parent().expect("a folder");
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(format!("tip {line}")).env("PATH", programs).env_remove("TIP_DATA");
    let printed = output(shell.stdin(Stdio::null()).current_dir(folder));
    let tries = text(&printed.stderr);
    let tries = tries.lines().filter_map(|line| Some(line.strip_prefix("try: tip ")?.to_owned()));
    (printed.status.code(), tries.collect())
}

/// Whether every word behind the first of a guess stands in a command, perhaps mended; options may become others, and of a
/// question only names and numbers need to stay.
fn keeps_words(guess: &str, command: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (first, guess) = guess.split_once(' ').unwrap_or((guess, ""));
    let (guess, kept) = (guess.split(' '), parts(command));
    let is_question = ["who", "what", "which", "how", "when", "does"].contains(&first);
    let is_small = |word: &&str| is_question && !word.starts_with(|c: char| !c.is_lowercase());
    let words = guess.filter(|word| !word.starts_with('-') && !is_small(word));
    let mut words = words.flat_map(parts);
    words.all(|word| kept.iter().any(|it| strsim::osa_distance(it, &word) <= 1))
}

/// What is wrong with the answers to guesses.
fn faults(guesses: &[(&str, &str)], folder: &Path) -> Vec<String> {
    let (mut known, mut faults) = (BTreeMap::new(), Vec::new());
    for (guess, tries) in guesses {
        let tries = tries.split(" ; ").map(str::trim);
        let tries: Vec<&str> = tries.filter(|it| !it.is_empty()).collect();
        let expected: Vec<&str> = tries.iter().map(|it| it.trim_start_matches("1 ")).collect();
        let (status, found) = typed(guess, folder);
        if found != expected || (status == Some(2)) == tries.is_empty() {
            faults.push(format!("{guess}: {status:?} => {}", found.join(" ; ")));
        }
        for (tried, command) in tries.iter().zip(expected) {
            let status = known.entry(command).or_insert_with(|| typed(command, folder).0);
            if *status != Some(i32::from(tried.starts_with("1 "))) {
                faults.push(format!("{guess}: {command} ends with {status:?}"));
            }
            if !command.ends_with("--help") && !keeps_words(guess, command) {
                faults.push(format!("{guess}: {command} has lost a word"));
            }
        }
    }
    faults
}

#[test]
fn every_guess_is_answered_or_leads_to_a_command_that_runs_and_keeps_its_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("suppliers.csv"), "country,year\nMoldova,2018\n").expect("a file");
    fs::write(folder.join("names.txt"), "Moldova\n").expect("a file");
    output(tip(&["export", "mydata"]).current_dir(folder));
    let guesses = GUESSES.lines().filter(|line| !line.starts_with('#'));
    let guesses = guesses.map(|line| line.split_once(" =>").expect("a guess and what follows"));
    let guesses: Vec<(&str, &str)> = guesses.collect();
    assert!(guesses.len() > 150, "{}", guesses.len());
    let (first, second) = guesses.split_at(guesses.len() / 2);
    let faults = thread::scope(|scope| {
        let first = scope.spawn(|| faults(first, folder));
        let second = faults(second, folder);
        [first.join().expect("faults"), second].concat()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_limit_stands_in_the_help_of_a_command_and_in_a_topic() {
    let topics = ["tables", "names", "output", "own-data"]
        .map(|topic| fs::read_to_string(format!("src/cli/help/{topic}.md")).expect("a topic"));
    let topics = topics.concat();
    let topics = topics.split_whitespace().collect::<Vec<_>>().join(" ");
    for (command, limits) in [
        (
            "annotate",
            &[
                "1 MiB",
                "32,768",
                "4 MiB",
                "1,000,000 names",
                "64 MiB",
                "200 rows",
                "1,024 columns",
                "28,672",
                "256 bytes",
            ][..],
        ),
        ("check", &["32 MiB", "200,000 rows", "1,000 breaches"]),
        ("resolve", &["300 characters", "1 MiB", "1,000"]),
    ] {
        let help = text(&output(&mut tip(&[command, "--help"])).stdout);
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        for limit in limits {
            assert!(help.contains(limit), "tip {command} --help says nothing of {limit}");
            assert!(topics.contains(limit), "no topic says anything of {limit}");
        }
    }
}
