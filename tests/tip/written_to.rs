//! Where an answer is written: standard output by all its names, what is no regular file, and what is refused.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output};

use crate::common::{output, text, tip};

/// What bash makes of a script in a folder of its own, in which `$tip` is the program.
fn bash(script: &str) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bash = Command::new("bash");
    let bash = bash.arg("-c").arg(script).env("tip", env!("CARGO_BIN_EXE_tip"));
    let done = bash.current_dir(folder.path()).env_remove("TIP_DATA").output();
    (folder, done.expect("bash"))
}

#[test]
fn standard_output_has_several_names() {
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"] {
        let script = format!("{{ $tip lookup Moldova --csv -o {name}; echo END; }} > f; cat f");
        let (_folder, done) = bash(&script);
        let said = text(&done.stdout);
        assert!(said.contains("Moldova,MDA") && said.ends_with("END\n"), "{name}: {done:?}");
        let script = format!("$tip lookup Moldova --csv -o {name} | cat");
        assert!(text(&bash(&script).1.stdout).contains("Moldova,MDA"), "{name}");
        let script =
            format!("printf 'c\\nMoldova\\n' | $tip annotate -o {name} --report {name} --csv");
        assert!(!bash(&script).1.status.success(), "{name}");
    }
}

#[test]
fn what_is_no_regular_file_is_opened_and_written() {
    let (_folder, done) = bash(
        "$tip lookup Moldova --csv -o >(cat > x); for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; done; cat x",
    );
    assert!(text(&done.stdout).contains("Moldova,MDA"), "{done:?}");
    let (_folder, done) = bash("$tip lookup Moldova --csv -o /dev/null");
    assert!(done.status.success(), "{done:?}");
    let (_folder, done) =
        bash("mkfifo p; cat p > x & $tip lookup Moldova --csv -o p; wait; cat x; test -p p");
    assert!(text(&done.stdout).contains("Moldova,MDA") && done.status.success(), "{done:?}");
    let (_folder, done) = bash(
        "printf 'c\\nMoldova\\n' | $tip annotate -o y.csv --report >(cat > x); sleep 0.5; cat y.csv",
    );
    assert!(text(&done.stdout).contains("Moldova,MDA"), "{done:?}");
}

#[test]
fn a_name_that_ends_in_a_slash_is_a_folder() {
    let (folder, done) = bash("$tip lookup Moldova --csv -o nodir/");
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(
        text(&done.stderr).contains("cannot write nodir/: there is no such folder"),
        "{done:?}"
    );
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let (_folder, done) = bash("$tip export nodir/ >/dev/null && ls nodir/placements.csv");
    assert!(done.status.success(), "{done:?}");
}

#[test]
fn export_does_not_write_through_a_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("precious");
    fs::write(&other, "mine").expect("a file");
    let target = folder.path().join("data");
    fs::create_dir(&target).expect("a folder");
    symlink(&other, target.join("lists.csv")).expect("a link");
    let name = target.to_str().expect("a name in UTF-8");
    let refused = output(&mut tip(&["export", name, "--force"]));
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(text(&refused.stderr).contains("has links called lists.csv"), "{refused:?}");
    assert_eq!(fs::read_to_string(&other).expect("a file"), "mine");
    assert_eq!(fs::read_dir(&target).expect("a folder").count(), 1);
}

#[test]
fn a_tip_data_that_is_gone_is_named_and_not_needed_for_help() {
    let refused = output(tip(&["stats"]).env("TIP_DATA", "/nowhere/at/all"));
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = text(&refused.stderr);
    assert!(said.contains("TIP_DATA") && said.contains("/nowhere/at/all"), "{said}");
    let refused = output(&mut tip(&["stats", "--data", "/nowhere/at/all"]));
    assert!(!text(&refused.stderr).contains("TIP_DATA"), "{refused:?}");
    let needless: [&[&str]; 5] =
        [&["completions", "bash"], &["man"], &["help"], &["--version"], &["lookup", "--help"]];
    for words in needless {
        let done = output(tip(words).env("TIP_DATA", "/nowhere/at/all"));
        assert!(done.status.success() && done.stderr.is_empty(), "{words:?}: {done:?}");
    }
}
