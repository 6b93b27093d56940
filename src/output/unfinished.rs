//! The files that are not whole yet: a signal that ends the program takes them away, and one that cannot be taken away is
//! named.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::text;

static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The files, for whoever adds to them or lets some appear: a signal waits until that is done.
pub fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(handle);
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is dropped behind a temporary file, and sees to it that nothing is left.
#[derive(Debug)]
pub struct Unfinished(PathBuf);

impl Unfinished {
    pub fn new<T>(file: &NamedTempFile<T>) -> Self {
        Self(file.path().to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.0).is_ok() {
            take_away(&self.0);
        }
    }
}

/// Takes a file away. What fails is tried again, as on a network a moment later, and then said.
pub fn take_away(file: &Path) {
    for tries_left in (0..3).rev() {
        match fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                if tries_left == 0 {
                    let file = text::path(file);
                    say(&format!("cannot take away {file}: {error}; it is not whole, delete it"));
                }
                sleep(Duration::from_millis(10));
            }
            _ => return,
        }
    }
}

/// Says what is wrong with a file. That is not for `main.rs`: a signal or an error of another file ends the program.
pub fn say(what: &str) {
    let _ = writeln!(io::stderr(), "warning: {what}");
}

/// Takes the files away and ends with this exit status.
fn end(status: i32) -> ! {
    for file in unfinished().iter() {
        take_away(file);
    }
    std::process::exit(status);
}

/// The signals that end a program unless it says otherwise, and are no fault of its own: those of GNU sort and those that
/// programs send one another. Not SIGPIPE, which Rust's runtime ignores.
#[cfg(unix)]
fn ending(ignored: u64) -> Vec<i32> {
    use signal_hook::consts as it;
    let mut signals = vec![it::SIGHUP, it::SIGINT, it::SIGQUIT, it::SIGTERM, it::SIGXCPU];
    signals.extend([it::SIGALRM, it::SIGPROF, it::SIGVTALRM, it::SIGUSR1, it::SIGUSR2]);
    if cfg!(target_os = "linux") {
        // SIGPOLL and SIGPWR, which other systems ignore, SIGSTKFLT, and the real-time ones.
        signals.extend([29, 30, 16].into_iter().chain(34..=64));
    }
    signals.retain(|signal| ignored >> (signal - 1) & 1 == 0);
    signals
}

/// Waits for signals in a thread of its own. Without one they do what they did, and a file may be left: that is no
/// reason not to go on.
#[cfg(unix)]
fn handle() {
    use signal_hook::consts::SIGXFSZ;
    use signal_hook::iterator::Signals;
    let ignored = ignored();
    let ending = ending(ignored);
    let is_size_free = ignored >> (SIGXFSZ - 1) & 1 == 0;
    let (send, handled) = std::sync::mpsc::channel();
    // The thread comes first: a signal that is taken over and not waited for would be lost.
    let thread = std::thread::Builder::new().stack_size(1 << 16);
    let _ = thread.spawn(move || {
        let signals = Signals::new([0; 0]).inspect(|signals| {
            for signal in ending {
                // What the C library keeps for itself stays so.
                let _ = signals.add_signal(signal);
            }
        });
        let _ = send.send(());
        let signal = signals.ok().and_then(|mut it| it.forever().next());
        signal.map(|signal| end(128 + signal))
    });
    let _ = handled.recv();
    if is_size_free {
        // Whoever writes is told that the file is too large, which says more than a signal.
        let told = std::sync::Arc::default();
        let _ = signal_hook::flag::register(SIGXFSZ, told);
    }
}

/// The signals that are ignored, such as SIGHUP under nohup, which must stay so: a bit each, signal 1 the lowest. Where
/// the system does not say, SIGHUP counts as ignored, and is left alone.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(1)
}

#[cfg(not(unix))]
fn handle() {
    let _ = ctrlc::set_handler(|| end(130));
}
