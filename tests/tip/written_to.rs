//! Where an answer is written: standard output by all its names, what is no regular file, and what is refused.

#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

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

#[test]
fn standard_error_has_several_names_and_a_file_behind_it_stays() {
    for name in ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"] {
        let script = format!(
            "{{ echo BEGIN; printf 'country\\nMoldova\\nMoldovia\\n' | $tip annotate - -o y.csv --report {name}; echo END; }} > f 2>&1; cat f"
        );
        let (_folder, done) = bash(&script);
        let said = text(&done.stdout);
        let is_right = said.starts_with("BEGIN\n") && said.ends_with("END\n");
        assert!(is_right && said.contains("Moldovia,unknown"), "{name}: {done:?}");
        assert!(said.contains("note: "), "{name}: {done:?}");
    }
}

#[test]
fn a_folder_mounted_twice_has_each_file_once() {
    let script = "mkdir a b; mount --bind a b && test a -ef b || exit 77
        printf 'c\\nMoldova\\n' | $tip annotate - -o a/x.csv --report b/x.csv && exit 1
        ls a; echo old > a/x.csv
        printf 'c\\nMoldova\\n' | $tip annotate - -o a/x.csv --report b/x.csv; cat a/x.csv";
    let (_folder, done) = bash(&format!("unshare -m bash -c '{}'", script.replace('\'', "\"")));
    if done.status.code() == Some(77) || text(&done.stderr).contains("unshare") {
        println!("skipped: nothing can be mounted here, so no folder was mounted twice");
        return;
    }
    assert_eq!(text(&done.stdout), "old\n", "{done:?}");
    assert_eq!(text(&done.stderr).matches("is read or written already").count(), 2, "{done:?}");
}

#[test]
fn a_folder_that_lets_nobody_in_is_named() {
    let script = "mkdir shut ro; chmod 755 .; chmod 000 shut; chmod 555 ro
        as='' ; test $(id -u) = 0 && as='setpriv --reuid 65534 --clear-groups'
        $as $tip lookup Moldova --csv -o shut/x.csv; $as $tip lookup Moldova --csv -o ro/x.csv
        $as $tip export ro/new; chmod 755 shut";
    let (folder, done) = bash(script);
    let said = text(&done.stderr);
    if said.contains("setpriv") {
        println!("skipped: setpriv is not installed, so no folder was shut to anyone");
        return;
    }
    let folder = folder.path().join("ro").display().to_string();
    for part in [
        "cannot write shut/x.csv: the folder shut cannot be entered: Permission denied",
        &format!("cannot write ro/x.csv: no file can be made in the folder {folder}: Permission"),
        "cannot make ro/new in ro: Permission denied",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn a_socket_takes_an_answer_as_standard_output_and_not_by_its_path() {
    use std::io::Read;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::{UnixListener, UnixStream};
    let (mine, its) = UnixStream::pair().expect("two ends");
    let mut asked = tip(&["lookup", "Moldova", "--csv", "--columns", "iso3", "-o", "/dev/stdout"]);
    let status = asked.stdout(OwnedFd::from(its)).status();
    drop(asked);
    assert!(status.expect("tip runs").success());
    let mut answer = String::new();
    (&mine).read_to_string(&mut answer).expect("text");
    assert_eq!(answer, "iso3\nMDA\n");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sock");
    let _listener = UnixListener::bind(&path).expect("a socket");
    let refused = output(tip(&["lookup", "Moldova", "--csv", "-o"]).arg(&path));
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("it is a socket"), "{refused:?}");
}
