//! Where an answer goes: standard output, whose only writer this is, or a file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::NamedTempFile;

use crate::text;

/// How many bytes are gathered before they are written.
const GATHERED: usize = 1 << 17;

/// The files that are not whole yet. An interrupt takes them away.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// What is written, gathered into large writes.
#[derive(Debug)]
pub struct Stream {
    bytes: Vec<u8>,
    to: Target,
    /// How it is called in messages.
    name: String,
}

#[derive(Debug)]
enum Target {
    Stdout(StdoutLock<'static>),
    /// A device or a pipe, which cannot be replaced.
    Plain(File),
    /// A file beside the one that it will replace.
    Atomic(NamedTempFile, PathBuf),
}

impl Stream {
    /// To standard output.
    pub fn stdout() -> Self {
        Self::to(
            Target::Stdout(io::stdout().lock()),
            "standard output".to_owned(),
        )
    }

    /// To a file, which appears when `finish` is called, or to standard output for `-`. Until then a file of that name
    /// stays as it is, and an interrupt leaves nothing behind.
    ///
    /// # Errors
    /// No file can be written there.
    pub fn file(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self::stdout());
        }
        let name = text::path(path);
        let target = target(path).with_context(|| format!("cannot write {name}"))?;
        Ok(Self::to(target, name))
    }

    fn to(to: Target, name: String) -> Self {
        Self {
            bytes: Vec::with_capacity(GATHERED * 2),
            to,
            name,
        }
    }

    /// Adds bytes. They are gathered, not written yet.
    #[inline]
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes what is gathered, if that is enough.
    ///
    /// # Errors
    /// The write failed.
    #[inline]
    pub fn flush_if_full(&mut self) -> Result<()> {
        if self.bytes.len() >= GATHERED {
            self.flush().with_context(|| cannot_write_to(&self.name))?;
        }
        Ok(())
    }

    /// Writes all that `print` prints, and finishes.
    ///
    /// # Errors
    /// As `finish`.
    pub fn print(mut self, print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        print(&mut self).with_context(|| cannot_write_to(&self.name))?;
        self.finish()
    }

    /// Writes the rest, and lets the file appear.
    ///
    /// # Errors
    /// The write failed.
    pub fn finish(mut self) -> Result<()> {
        self.flush().with_context(|| cannot_write_to(&self.name))?;
        let done = match self.to {
            Target::Stdout(mut stdout) => stdout.flush(),
            Target::Plain(mut file) => file.flush(),
            Target::Atomic(file, target) => file
                .as_file()
                .sync_all()
                .and_then(|()| file.persist(target).map(drop).map_err(|error| error.error)),
        };
        done.with_context(|| cannot_write_to(&self.name))
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        if self.bytes.len() >= GATHERED {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = match &mut self.to {
            Target::Stdout(stdout) => stdout.write_all(&self.bytes),
            Target::Plain(file) => file.write_all(&self.bytes),
            Target::Atomic(file, _) => file.as_file_mut().write_all(&self.bytes),
        };
        self.bytes.clear();
        written
    }
}

fn cannot_write_to(name: &str) -> String {
    format!("cannot write to {name}")
}

/// Whether an error says that the reader of the output has seen enough: that is no failure, and no time to warn.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// # Errors
/// The two are one file.
pub fn refuse_same(one: &Path, other: &Path) -> Result<()> {
    if other != Path::new("-") && is_same(one, other) {
        bail!(
            "{} is read or written already; write to another file",
            text::path(other)
        );
    }
    Ok(())
}

#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let one = if one == Path::new("-") {
        Path::new("/dev/stdin")
    } else {
        one
    };
    let same = fs::metadata(one).ok().zip(fs::metadata(other).ok());
    same.map_or(one == other, |(one, other)| {
        other.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino())
    })
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    let same = fs::canonicalize(one).ok().zip(fs::canonicalize(other).ok());
    same.map_or(one == other, |(one, other)| one == other)
}

/// Opens what is to be written.
fn target(path: &Path) -> Result<Target> {
    // A link stays a link: the file that it points to is replaced.
    let linked = || fs::read_link(path).map(|link| path.with_file_name(link));
    let target = fs::canonicalize(path)
        .or_else(|_| linked())
        .unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    match &old {
        Some(old) if old.is_dir() => return Err(anyhow!("is a directory")),
        Some(old) if !old.is_file() => {
            return Ok(Target::Plain(File::options().write(true).open(&target)?));
        }
        Some(old) if old.permissions().readonly() => return Err(anyhow!("is read-only")),
        _ => {}
    }
    let file = unfinished(&target).map_err(|error| anyhow!(error.kind()))?;
    if let Some(old) = old {
        fs::set_permissions(file.path(), old.permissions())?;
    }
    Ok(Target::Atomic(file, target))
}

/// A temporary file beside another one.
fn unfinished(target: &Path) -> io::Result<NamedTempFile> {
    static HANDLER: Once = Once::new();
    // Without a handler the file is left if the user interrupts; that is no reason not to go on.
    HANDLER.call_once(|| {
        let _ = ctrlc::set_handler(|| {
            let files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
            for file in files.iter() {
                let _ = fs::remove_file(file);
            }
            std::process::exit(130);
        });
    });
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tip-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // An interrupt between the making and the noting of the file waits for the lock.
    let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    files.push(file.path().to_owned());
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder, and a file in it that another one was written to before.
    fn old_file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.csv");
        fs::write(&path, "old").expect("a file");
        (folder, path)
    }

    fn files_in(folder: &tempfile::TempDir) -> usize {
        fs::read_dir(folder.path()).expect("a folder").count()
    }

    #[test]
    fn a_file_appears_whole_when_the_stream_is_finished() {
        let (folder, path) = old_file();
        let mut stream = Stream::file(&path).expect("can be written");
        let line = b"a line\n".repeat(1000);
        for _ in 0..100 {
            stream.push(&line);
            stream.flush_if_full().expect("is written");
            assert_eq!(fs::read(&path).expect("a file"), b"old");
        }
        stream.finish().expect("is written");
        assert_eq!(fs::read(&path).expect("a file"), line.repeat(100));
        assert_eq!(files_in(&folder), 1);
    }

    #[test]
    fn a_file_stays_as_it_was_when_the_stream_is_dropped() {
        let (folder, path) = old_file();
        let mut stream = Stream::file(&path).expect("can be written");
        stream.push(&vec![b'x'; GATHERED]);
        stream.flush_if_full().expect("is written");
        drop(stream);
        assert_eq!(fs::read(&path).expect("a file"), b"old");
        assert_eq!(files_in(&folder), 1);
    }
}
