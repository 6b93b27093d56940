//! Whether standard output was open when the program began. Rust's runtime opens `/dev/null` in the place of a closed
//! one, where all that is written is lost without an error; so that is asked before the runtime starts. Afterwards it
//! cannot be told from what Python's `subprocess.DEVNULL` opens.

use std::sync::atomic::{AtomicBool, Ordering};

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether it was closed, where the system is Linux: elsewhere that is not asked.
pub fn stdout_was_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

#[cfg(target_os = "linux")]
extern "C" fn ask() {
    let is_open = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_ok();
    CLOSED.store(!is_open, Ordering::Relaxed);
}

/// What stands in this section is called before `main`.
#[cfg(target_os = "linux")]
#[used]
#[expect(
    unsafe_code,
    reason = "no safe code runs before Rust's runtime; 'ask' makes one system call and needs nothing of it"
)]
#[unsafe(link_section = ".init_array")]
static ASK: extern "C" fn() = ask;
