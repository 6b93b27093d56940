//! The files that are not whole yet, and what a signal does to them: it ends the program, and they go.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The files that are not whole yet.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// The files, for whoever adds to them or lets some appear: a signal waits until that is done.
pub fn files() -> MutexGuard<'static, Vec<PathBuf>> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(handle);
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the files away and ends with this exit status.
fn end(status: i32) -> ! {
    for file in files().iter() {
        let _ = fs::remove_file(file);
    }
    std::process::exit(status);
}

/// Waits for signals in a thread of its own. Without one they do what they did, and a file may be left: that is no
/// reason not to go on.
#[cfg(unix)]
fn handle() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
    let ignored = ignored();
    let is_free = |signal: &i32| ignored >> (signal - 1) & 1 == 0;
    let ending = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU];
    let ending: Vec<i32> = ending.into_iter().filter(is_free).collect();
    let (send, handled) = std::sync::mpsc::channel();
    // The thread comes first: a signal that is taken over and not waited for would be lost.
    let thread = std::thread::Builder::new().stack_size(1 << 16);
    let _ = thread.spawn(move || {
        let signals = signal_hook::iterator::Signals::new(ending);
        let _ = send.send(());
        let signal = signals.ok().and_then(|mut it| it.forever().next());
        signal.map(|signal| end(128 + signal))
    });
    let _ = handled.recv();
    if is_free(&SIGXFSZ) {
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
