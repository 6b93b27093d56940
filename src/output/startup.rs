//! Whether standard output was open when the program began. Rust's runtime opens `/dev/null` in the place of a closed
//! one, where all that is written is lost without an error.

/// Whether it was closed, where the system is Linux: elsewhere that is not asked. The runtime opens `/dev/null` to read and to
/// write, a shell's `> /dev/null` only to write.
#[cfg(target_os = "linux")]
pub fn stdout_was_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let stdout = rustix::stdio::stdout();
    let is_null = fstat(stdout).is_ok_and(|stdout| {
        let null = stat("/dev/null");
        null.is_ok_and(|null| stdout.st_rdev == null.st_rdev && stdout.st_ino == null.st_ino)
    });
    is_null && fcntl_getfl(stdout).is_ok_and(|flags| flags & OFlags::RWMODE == OFlags::RDWR)
}

/// Not asked here.
#[cfg(not(target_os = "linux"))]
pub fn stdout_was_closed() -> bool {
    false
}
