//! Which file a path leads to, whether or not it is there yet.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::text;

/// Whether a path is standard output: `-`, or one of its names, which are written to and not replaced.
pub fn is_stdout(path: &Path) -> bool {
    const NAMES: [&str; 4] = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    NAMES.iter().any(|name| path == Path::new(name))
}

/// Whether a path is standard error by one of its names: where a file is behind it, that is not replaced.
pub fn is_stderr(path: &Path) -> bool {
    const NAMES: [&str; 3] = ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"];
    NAMES.iter().any(|name| path == Path::new(name))
}

/// The file that a path leads to: a link stays a link, and where it points to is written.
fn resolved(path: &Path) -> Result<PathBuf> {
    // A pipe of the shell's, as in '>(gzip > x.gz)', has no path of its own.
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return Ok(path.to_owned());
    }
    if path.as_os_str().as_encoded_bytes().ends_with(b"/") && !path.is_dir() {
        bail!("there is no such folder, and a file's name does not end in '/'");
    }
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        found => return entered(found, folder(path)),
    }
    let link = fs::read_link(path).ok();
    let target = link.map_or(path.to_owned(), |link| path.with_file_name(link));
    if fs::symlink_metadata(&target).is_ok() {
        bail!("it is a link to the link {}, which leads nowhere", text::path(&target));
    }
    let name = target.file_name().context("no file is called so")?;
    let folder = folder(&target);
    match fs::canonicalize(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(anyhow!("there is no folder {}", text::path(folder)))
        }
        found => Ok(entered(found, folder)?.join(name)),
    }
}

/// Names the folder that lets nobody in: it is what must be changed, and not the file.
fn entered(found: io::Result<PathBuf>, folder: &Path) -> Result<PathBuf> {
    let is_shut = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
    let folder = || format!("the folder {} cannot be entered", text::path(folder));
    match found {
        Err(error) if is_shut(&error) => Err(error).with_context(folder),
        found => Ok(found?),
    }
}

/// The folder that a file stands in.
pub fn folder(path: &Path) -> &Path {
    let folder = path.parent();
    let named = folder.filter(|folder| !folder.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}

/// What is to be written, and what is there already.
pub fn checked(path: &Path) -> Result<(PathBuf, Option<Metadata>)> {
    let checked = || {
        let target = resolved(path)?;
        let old = fs::metadata(&target).ok();
        match &old {
            Some(old) if old.is_dir() => bail!("it is a folder"),
            #[cfg(unix)]
            Some(old) if is_socket(old) => {
                bail!(
                    "it is a socket, which is not opened as a file; leave -o out, and pipe the answer to what sends it"
                )
            }
            Some(old) if old.is_file() && old.permissions().readonly() => bail!("it is read-only"),
            _ => Ok((target, old)),
        }
    };
    checked().with_context(|| format!("cannot write {}", text::path(path)))
}

#[cfg(unix)]
fn is_socket(about: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_socket(&about.file_type())
}

/// Refuses to write, where `-` is standard output, what is read, where `-` is standard input.
pub fn refuse_reading(read: &Path, written: &Path) -> Result<()> {
    refuse_same((read, "/dev/stdin"), written)
}

/// Refuses to write one file, or standard output (`-`), twice.
pub fn refuse_writing_twice(one: &Path, other: &Path) -> Result<()> {
    if is_stdout(one) && is_stdout(other) {
        bail!("only one of -o and --report can be standard output; name a file for the other");
    }
    refuse_same((one, "/dev/stdout"), other)
}

/// Refuses two that are one file; the first stands for a stream where it is `-`.
fn refuse_same((one, stream): (&Path, &str), written: &Path) -> Result<()> {
    let is_stream = |path: &Path| path == Path::new("-");
    let one = if is_stream(one) { Path::new(stream) } else { one };
    let (other, name) = if is_stream(written) {
        (Path::new("/dev/stdout"), "standard output".to_owned())
    } else {
        (written, text::path(written))
    };
    if is_same(one, other) {
        bail!("{name} is read or written already; write to another file");
    }
    Ok(())
}

/// Whether two files that are not there yet have one name in one folder, which may be mounted twice.
fn is_same_name(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let folder = |path| fs::metadata(folder(path)).map(|it| (it.dev(), it.ino())).ok();
        folder(one).is_some()
            && folder(one) == folder(other)
            && one.file_name() == other.file_name()
    }
    #[cfg(not(unix))]
    {
        one == other
    }
}

/// Whether two paths lead to one file, there or not yet. Devices and pipes take what several write.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(_), Ok(other)) if !other.is_file() => false,
        #[cfg(unix)]
        (Ok(one), Ok(other)) => {
            use std::os::unix::fs::MetadataExt;
            (one.dev(), one.ino()) == (other.dev(), other.ino())
        }
        _ => match (resolved(one), resolved(other)) {
            (Ok(one), Ok(other)) => one == other || is_same_name(&one, &other),
            _ => one == other,
        },
    }
}
