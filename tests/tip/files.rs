//! What becomes of the files that are written: where links lead, what fails, and signals.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::{self, output, text};

const INPUT: &str = "country\nMoldova\nMoldovia\n";
const ANNOTATED: &str = "country,tip_iso3\nMoldova,MDA\nMoldovia,\n";

/// A folder with `in.csv`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("in.csv"), INPUT).expect("written");
    folder
}

/// `tip annotate in.csv --add iso3` in a folder, with these arguments more.
fn annotate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = common::tip(&["annotate", "in.csv", "--add", "iso3"]);
    output(command.args(arguments).current_dir(folder))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<_> =
        entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

#[test]
fn two_spellings_of_one_new_file_are_one_file() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("sub")).expect("a folder");
    symlink("n.csv", path.join("dangling.csv")).expect("a link");
    symlink(path, path.join("sub/here")).expect("a link");
    let absolute = path.join("n.csv");
    let before = names(path);
    for report in [
        "./n.csv",
        "sub/../n.csv",
        "sub/here/n.csv",
        "dangling.csv",
        absolute.to_str().expect("text"),
    ] {
        for arguments in [["-o", "n.csv", "--report", report], ["-o", report, "--report", "n.csv"]]
        {
            let output = annotate(path, &arguments);
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(message.contains("is read or written already"), "{message}");
            assert_eq!(names(path), before, "{arguments:?}");
        }
    }
    let output = annotate(path, &["--report", "-", "-o", "-"]);
    assert_eq!(output.status.code(), Some(2));
    let output = annotate(path, &["-o", "n.csv", "--report", "sub/n.csv"]);
    assert_eq!(output.status.code(), Some(0), "two folders are two files");
    assert_eq!(read(&absolute), ANNOTATED);
}

#[test]
fn a_file_that_standard_output_goes_to_is_no_other_output_and_no_input() {
    let folder = folder();
    let path = folder.path();
    for file in ["in.csv", "n.csv"] {
        let appended = fs::File::options().append(true).create(true).open(path.join(file));
        let mut command = common::tip(&["annotate", "in.csv", "--report", "n.csv"]);
        let output = output(command.current_dir(path).stdout(appended.expect("a file")));
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{file}: {message}");
        assert!(message.contains("is read or written already"), "{message}");
    }
    assert_eq!(read(&path.join("in.csv")), INPUT);
}

#[test]
fn a_report_that_fails_leaves_the_output_undone_too() {
    let folder = folder();
    let path = folder.path();
    for old in [None, Some("old")] {
        let out = path.join("out.csv");
        if let Some(old) = old {
            fs::write(&out, old).expect("written");
        }
        let before = names(path);
        for (report, why) in [
            ("/dev/full", "cannot write to /dev/full: No space left"),
            ("nodir/r.csv", "cannot write nodir/r.csv: there is no folder nodir"),
        ] {
            let output = annotate(path, &["-o", "out.csv", "--report", report]);
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{report}");
            assert!(message.contains(why), "{message}");
            assert_eq!(names(path), before, "{report}");
            assert_eq!(fs::read_to_string(&out).ok().as_deref(), old, "{report}");
        }
    }
}

#[test]
fn a_file_that_replaces_another_is_never_more_open_than_that_and_not_setuid() {
    let folder = folder();
    let path = folder.path();
    let out = path.join("out.csv");
    fs::write(&out, "old").expect("written");
    let set = |mode| fs::set_permissions(&out, fs::Permissions::from_mode(mode));
    let mode = |path: &Path| fs::metadata(path).expect("a file").mode() & 0o7777;
    for (old, new) in [(0o600, 0o600), (0o640, 0o640), (0o6755, 0o755)] {
        set(old).expect("a mode");
        let output = annotate(path, &["-o", "out.csv"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(mode(&out), new);
    }
    // What is being written is private from the start.
    set(0o600).expect("a mode");
    let (child, mut stdin) = waiting(path, "");
    let temporary = names(path).into_iter().find(|name| name.starts_with(".tip-"));
    assert_eq!(mode(&path.join(temporary.expect("one"))), 0o600);
    drop(stdin.write_all(INPUT.as_bytes()));
    drop(stdin);
    assert_eq!(ended(child).code(), Some(0));
}

#[test]
fn where_nothing_can_be_written_is_said_at_once_with_the_file_and_why() {
    let folder = folder();
    let path = folder.path();
    symlink("b", path.join("a")).expect("a link");
    symlink("c", path.join("b")).expect("a link");
    symlink("loop", path.join("loop")).expect("a link");
    let before = names(path);
    let long = "x".repeat(300);
    for (out, why) in [
        ("nodir/x", "there is no folder nodir"),
        ("nodir/y/x", "there is no folder nodir/y"),
        ("in.csv/x", "Not a directory"),
        ("a", "it is a link to the link b, which leads nowhere"),
        ("loop", "Too many levels of symbolic links"),
        (".", "it is a folder"),
        (&long, "File name too long"),
    ] {
        // Standard input stays open: whoever reads it first would wait.
        for command in [&["annotate", "-"][..], &["resolve", "-", "--csv"]] {
            let mut command = common::tip(command);
            let waiting = command.args(["-o", out]).current_dir(path);
            let mut child = common::spawn_piped(waiting);
            let stdin = child.stdin.take().expect("stdin is piped");
            let output = child.wait_with_output().expect("tip ends");
            drop(stdin);
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{out}");
            let expected = format!("error: cannot write {out}: {why}");
            assert!(message.starts_with(&expected), "{message}");
        }
    }
    assert_eq!(names(path), before);
    // A link to a file that is not there yet says where to write it.
    symlink("new.csv", path.join("link.csv")).expect("a link");
    assert_eq!(annotate(path, &["-o", "link.csv"]).status.code(), Some(0));
    assert_eq!(read(&path.join("new.csv")), ANNOTATED);
    assert!(path.join("link.csv").is_symlink());
}

/// Asks again and again, a minute at most, until there is an answer.
fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let limit = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < limit, "{what}: waited for in vain");
        sleep(Duration::from_millis(2));
    }
}

/// Starts `tip annotate - -o out.csv`, with `before` said to the shell first, and waits until its temporary file is there.
/// No signal is ignored but by `before`: `nohup` and scripts hand on to the tests that some are, and the shell, where a
/// signal is ignored from the start, cannot undo it.
fn waiting(folder: &Path, before: &str) -> (Child, ChildStdin) {
    let script = format!("{before} exec \"$0\" annotate - -o out.csv");
    // The env of other systems leaves signals alone.
    let env: &[&str] = if cfg!(target_os = "linux") { &["--default-signal"] } else { &[] };
    let mut command = Command::new("env");
    let command = command.args(env).args(["sh", "-c", &script, env!("CARGO_BIN_EXE_tip")]);
    let piped = command.current_dir(folder).stdin(Stdio::piped());
    let mut child = piped.stderr(Stdio::null()).spawn().expect("env is there");
    wait_for("a temporary file", || {
        assert_eq!(child.try_wait().expect("a status"), None);
        names(folder).iter().any(|name| name.starts_with(".tip-")).then_some(())
    });
    let stdin = child.stdin.take().expect("stdin is piped");
    (child, stdin)
}

/// Waits for the end of a program.
fn ended(mut child: Child) -> ExitStatus {
    wait_for("the end of tip", || child.try_wait().expect("a status"))
}

fn kill(signal: &str, child: &Child) {
    let mut kill = Command::new("kill");
    let kill = kill.args([format!("-{signal}"), child.id().to_string()]);
    assert!(kill.status().expect("kill is there").success());
}

#[test]
fn a_signal_ends_the_work_with_its_number_and_leaves_nothing() {
    // Those of GNU sort but SIGPIPE, those that programs send one another, and the first and the last of the real-time ones.
    let mut signals = vec![("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3), ("XCPU", 24)];
    signals.extend([("ALRM", 14), ("PROF", 27), ("VTALRM", 26)]);
    if cfg!(target_os = "linux") {
        signals.extend([("USR1", 10), ("USR2", 12), ("POLL", 29), ("PWR", 30), ("STKFLT", 16)]);
        signals.extend([("34", 34), ("35", 35), ("49", 49), ("50", 50), ("64", 64)]);
    }
    for (signal, number) in signals {
        let folder = folder();
        fs::write(folder.path().join("out.csv"), "old").expect("written");
        let (child, mut stdin) = waiting(folder.path(), "");
        // More than a pipe holds: some of it has been read.
        let rows = "country\n".to_owned() + &"Moldova\n".repeat(1 << 15);
        stdin.write_all(rows.as_bytes()).expect("tip reads");
        kill(signal, &child);
        assert_eq!(ended(child).code(), Some(128 + number), "{signal}");
        assert_eq!(names(folder.path()), ["in.csv", "out.csv"], "{signal}");
        assert_eq!(read(&folder.path().join("out.csv")), "old", "{signal}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    for signal in ["INT", "TERM", "HUP", "QUIT", "XCPU", "XFSZ", "USR1", "ALRM", "PIPE"] {
        let folder = folder();
        // That one Rust's runtime ignores.
        let before = if signal == "PIPE" { "" } else { &format!("trap '' {signal};") };
        let (child, mut stdin) = waiting(folder.path(), before);
        kill(signal, &child);
        stdin.write_all(INPUT.as_bytes()).expect("tip still reads");
        drop(stdin);
        assert_eq!(ended(child).code(), Some(0), "{signal}");
        assert_eq!(names(folder.path()), ["in.csv", "out.csv"], "{signal}");
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_leaves_the_old_file() {
    let folder = folder();
    let path: PathBuf = folder.path().to_owned();
    fs::write(path.join("big.csv"), "country\n".to_owned() + &"Moldova\n".repeat(100_000))
        .expect("written");
    fs::write(path.join("out.csv"), "old").expect("written");
    let output = limited("ulimit -f 16", "annotate big.csv -o out.csv", &path);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(message, "error: cannot write to out.csv: File too large (os error 27)\n");
    assert_eq!(names(&path), ["big.csv", "in.csv", "out.csv"]);
    assert_eq!(read(&path.join("out.csv")), "old");
}

#[test]
fn too_few_files_that_may_be_open_are_an_error_and_leave_the_old_ones() {
    let report = "name,status,rows,first_row,candidates,iso3\nMoldovia,unknown,1,3,Moldova,\n";
    let mut met = Vec::new();
    for most in 4..=10 {
        let folder = folder();
        let path = folder.path();
        let (out, listed) = (path.join("out.csv"), path.join("report.csv"));
        fs::write(&out, "old").expect("written");
        fs::write(&listed, "old").expect("written");
        let arguments = "annotate in.csv --add iso3 -o out.csv --report report.csv";
        let output = limited(&format!("ulimit -n {most}"), arguments, path);
        let message = text(&output.stderr);
        match output.status.code() {
            Some(0) => assert_eq!((&*read(&out), &*read(&listed)), (ANNOTATED, report)),
            Some(2) => {
                assert!(message.contains("Too many open files"), "{most}: {message}");
                assert_eq!((&*read(&out), &*read(&listed)), ("old", "old"));
            }
            other => assert_eq!(other, Some(0), "{most}: {message}"),
        }
        assert_eq!(names(path), ["in.csv", "out.csv", "report.csv"], "{most}");
        met.push(output.status.code());
    }
    assert!(met.is_sorted_by(|a, b| a >= b), "{met:?}");
    assert_eq!((met.first(), met.last()), (Some(&Some(2)), Some(&Some(0))));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_any_length_and_any_names_is_annotated_in_64_mib_of_addresses() {
    let folder = folder();
    let path = folder.path();
    let rows =
        (0..400_000).map(|row| [row.to_string(), ",Company\nMoldova,x\n".to_owned()].concat());
    fs::write(path.join("big.csv"), "country,note\n".to_owned() + &rows.collect::<String>())
        .expect("written");
    let arguments = "annotate big.csv --add iso3 -o out.csv --report report.csv";
    let output = limited("ulimit -v 65536", arguments, path);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(read(&path.join("out.csv")).matches("\nMoldova,x,MDA").count(), 400_000);
    // Where not even its beginning fits, the old files stay.
    let output = limited("ulimit -v 16384", arguments, path);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(read(&path.join("out.csv")).matches("\nMoldova,x,MDA").count(), 400_000);
}

/// `tip` with these arguments in a folder, under a limit that the shell sets.
fn limited(limit: &str, arguments: &str, folder: &Path) -> Output {
    let script = format!("{limit}; exec \"$0\" {arguments}");
    let mut command = Command::new("sh");
    let command = command.args(["-c", &script, env!("CARGO_BIN_EXE_tip")]);
    output(command.current_dir(folder))
}

/// What is tried with a failing call: the arguments, and the files that it writes.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy)]
struct Task {
    arguments: &'static str,
    files: &'static [&'static str],
    /// Whether all files appear or none; of an export each does for itself.
    is_one: bool,
}

#[cfg(target_os = "linux")]
const BOTH: Task = Task {
    arguments: "annotate in.csv --add iso3 -o out.csv --report report.csv",
    files: &["out.csv", "report.csv"],
    is_one: true,
};

#[cfg(target_os = "linux")]
const OUTPUT: Task =
    Task { arguments: "annotate in.csv --add iso3 -o out.csv", files: &["out.csv"], is_one: true };

#[cfg(target_os = "linux")]
const REPORT: Task = Task {
    arguments: "annotate in.csv --add iso3 --report report.csv",
    files: &["report.csv"],
    is_one: true,
};

#[cfg(target_os = "linux")]
const EXPORT: Task = Task {
    arguments: "export --template 2026 data --force",
    files: &["data/placements.csv", "data/reports.csv", "data/sources.csv"],
    is_one: false,
};

#[cfg(target_os = "linux")]
impl Task {
    /// Does it in a new folder with old files, or without: under `strace` with these options. Returns the folder, the status
    /// and the lines of the trace.
    fn traced(
        self,
        old: Option<&str>,
        options: &[&str],
    ) -> (tempfile::TempDir, Output, Vec<String>) {
        let folder = folder();
        for (name, old) in self.files.iter().filter_map(|name| Some((name, old?))) {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, old).expect("written");
        }
        let log = tempfile::NamedTempFile::new().expect("a file");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(options);
        command.arg("-o").arg(log.path()).arg(env!("CARGO_BIN_EXE_tip"));
        let output = output(command.args(self.arguments.split(' ')).current_dir(folder.path()));
        let lines = read(log.path());
        (folder, output, lines.lines().map(str::to_owned).collect())
    }

    /// What its files hold.
    fn found(self, folder: &Path) -> Vec<Option<String>> {
        self.files.iter().map(|name| fs::read_to_string(folder.join(name)).ok()).collect()
    }

    /// What its files hold where nothing fails.
    fn written(self) -> Vec<Option<String>> {
        let folder = folder();
        let words: Vec<&str> = self.arguments.split(' ').collect();
        output(common::tip(&words).current_dir(folder.path()));
        let new = self.found(folder.path());
        assert!(new.iter().all(Option::is_some), "{}", self.arguments);
        new
    }

    /// Every call that is made, but those for memory, which `ulimit -v` tries, and those that begin and end the process.
    fn every_call(self, old: Option<&str>) -> std::collections::BTreeSet<String> {
        const NOT: &[&str] = &[
            "brk",
            "mmap",
            "mremap",
            "munmap",
            "mprotect",
            "execve",
            "exit",
            "exit_group",
            "futex",
        ];
        let (_folder, _, lines) = self.traced(old, &[]);
        let calls = lines.iter().filter_map(|line| {
            let (call, _) = line.split_once('(')?;
            let call = call.rsplit(' ').next()?;
            let is_call =
                call.starts_with(|c: char| c.is_ascii_lowercase()) && !NOT.contains(&call);
            is_call.then(|| call.to_owned())
        });
        calls.collect()
    }

    /// Fails each call of one kind in turn. Returns how many failed.
    fn fail_each(self, call: &str, old: Option<&str>) -> usize {
        let new = self.written();
        let before: Vec<_> = new.iter().map(|_| old.map(str::to_owned)).collect();
        // Every signal is asked for twice, all alike.
        let step = if call == "rt_sigaction" { 13 } else { 1 };
        for (count, number) in (1..).step_by(step).enumerate() {
            let inject = format!("inject={call}:error=EIO:when={number}");
            let trace = format!("trace={call}");
            let (folder, ended, lines) =
                self.traced(old, &["--seccomp-bpf", "-e", &trace, "-e", &inject]);
            let failed = lines.into_iter().find(|line| line.ends_with("(INJECTED)"));
            // What follows the first message are messages, and there is nobody to tell where those fail.
            let Some(failed) = failed.filter(|failed| !failed.contains("write(2, ")) else {
                return count;
            };
            let (path, found, ended) =
                (folder.path(), self.found(folder.path()), ended.status.code());
            let (is_new, is_old) = (found == new, found == before);
            let is_each =
                found.iter().zip(new.iter().zip(&before)).all(|(it, (a, b))| it == a || it == b);
            let is_right = match ended {
                Some(0) => is_new,
                Some(2) => is_new || is_old || is_each && !self.is_one,
                // The loader or the runtime, before there is a program that could say something.
                _ => is_old && !WRITING.contains(&call),
            };
            assert!(is_right, "{}, {failed}: {ended:?} {found:?}", self.arguments);
            // A missing second name of the old file is no failure: then it cannot be undone.
            let is_needed = WRITING.contains(&call) && call != "linkat";
            assert!(!is_needed || ended == Some(2), "{}, {failed}: {ended:?}", self.arguments);
            let data = path.join("data");
            let all = [names(path), if data.is_dir() { names(&data) } else { Vec::new() }].concat();
            let left = all.into_iter().filter(|it| it.starts_with('.'));
            assert_eq!(left.collect::<Vec<_>>(), [""; 0], "{}, {failed}", self.arguments);
        }
        0
    }
}

/// The calls that write.
#[cfg(target_os = "linux")]
const WRITING: &[&str] = &["write", "fsync", "fchmod", "renameat", "rename", "linkat"];

/// Whether strace is installed; if not, that is said.
#[cfg(target_os = "linux")]
fn has_strace() -> bool {
    let mut version = Command::new("strace");
    let has = version.arg("-V").stdout(Stdio::null()).status().is_ok();
    if !has {
        let _ = writeln!(std::io::stderr(), "skipped: strace is not installed");
    }
    has
}

#[cfg(target_os = "linux")]
#[test]
fn whatever_call_that_writes_fails_both_files_are_old_or_both_new() {
    if has_strace() {
        let olds = [None, Some("old")].into_iter();
        let failed = olds.flat_map(|old| WRITING.iter().map(move |call| BOTH.fail_each(call, old)));
        assert!(failed.sum::<usize>() > 10);
    }
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute: .ci/run asks for it"]
fn whatever_call_fails_the_files_are_old_or_new() {
    if !has_strace() {
        return;
    }
    let old = Some("old");
    for (task, old) in [(EXPORT, None), (REPORT, old), (OUTPUT, None), (BOTH, old)] {
        let calls = task.every_call(old);
        let failed: usize = calls.iter().map(|call| task.fail_each(call, old)).sum();
        let (arguments, has_old) = (task.arguments, old.is_some());
        let said =
            format!("{arguments}, old files: {has_old}: {failed} calls failed, of {calls:?}");
        let _ = writeln!(std::io::stderr(), "{said}");
        assert!(calls.len() > 20 && failed > 60, "{said}");
        // An old file gets a second name, which is taken away in the end.
        let has_second = calls.contains("linkat") && calls.contains("unlink");
        assert_eq!(has_second, has_old && task.files.len() > 1, "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_temporary_file_that_cannot_be_taken_away_is_named() {
    if !has_strace() {
        return;
    }
    let task = Task {
        arguments: "annotate in.csv --add iso3 -o out.csv --report /dev/full",
        files: &["out.csv"],
        is_one: true,
    };
    for (fault, is_said) in [("error=EIO:when=1..2", false), ("error=EIO", true)] {
        let inject = format!("inject=unlink,unlinkat:{fault}");
        let (folder, ended, _) =
            task.traced(Some("old"), &["-e", "trace=unlink,unlinkat", "-e", &inject]);
        let message = text(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{message}");
        let left = names(folder.path()).into_iter().find(|name| name.starts_with(".tip-"));
        assert_eq!(left.is_some(), is_said, "{message}");
        let said = left.is_some_and(|left| {
            message.contains("warning: cannot take away ") && message.contains(&left)
        });
        assert_eq!(said, is_said, "{message}");
        assert_eq!(task.found(folder.path()), [Some("old".to_owned())]);
    }
}
