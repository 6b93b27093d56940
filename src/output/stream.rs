//! Where a long answer goes while it is made: standard output, or a file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use tempfile::NamedTempFile;

/// How many bytes are gathered before they are written.
const GATHERED: usize = 1 << 17;

/// What is written, gathered into large writes.
#[derive(Debug)]
pub struct Stream {
    bytes: Vec<u8>,
    to: Target,
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
        Self::to(Target::Stdout(io::stdout().lock()))
    }

    /// To a file, which appears when `finish` is called. Until then a file of that name stays as it is, and an interrupt
    /// leaves nothing behind.
    ///
    /// # Errors
    /// No file can be written there.
    pub fn file(path: &Path) -> Result<Self> {
        let cannot = || format!("cannot write {}", path.display());
        // A link stays a link: the file that it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(anyhow!("is a directory")).with_context(cannot);
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            let file = File::options().write(true).open(&target);
            return Ok(Self::to(Target::Plain(file.with_context(cannot)?)));
        }
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".tip-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .with_context(cannot)?;
        if let Some(old) = old {
            fs::set_permissions(file.path(), old.permissions()).with_context(cannot)?;
        }
        let unfinished = file.path().to_owned();
        // Without a handler the file is left if the user interrupts; that is no reason not to go on.
        let _ = ctrlc::set_handler(move || {
            let _ = fs::remove_file(&unfinished);
            std::process::exit(130);
        });
        Ok(Self::to(Target::Atomic(file, target)))
    }

    fn to(to: Target) -> Self {
        Self {
            bytes: Vec::with_capacity(GATHERED * 2),
            to,
        }
    }

    /// Adds bytes. They are gathered, not written yet.
    #[inline]
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// How many bytes are gathered.
    pub fn gathered(&self) -> usize {
        self.bytes.len()
    }

    /// Takes back what was gathered after the first `len` bytes.
    pub fn take_back(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// Writes what is gathered, if that is enough. Returns whether it was.
    ///
    /// # Errors
    /// The write failed.
    #[inline]
    pub fn settle(&mut self) -> io::Result<bool> {
        let enough = self.bytes.len() >= GATHERED;
        if enough {
            self.flush()?;
        }
        Ok(enough)
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = match &mut self.to {
            Target::Stdout(stdout) => stdout.write_all(&self.bytes),
            Target::Plain(file) => file.write_all(&self.bytes),
            Target::Atomic(file, _) => file.write_all(&self.bytes),
        };
        self.bytes.clear();
        written
    }

    /// Writes the rest, and lets the file appear.
    ///
    /// # Errors
    /// The write failed.
    pub fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        match self.to {
            Target::Stdout(mut stdout) => stdout.flush(),
            Target::Plain(mut file) => file.flush(),
            Target::Atomic(file, target) => {
                file.as_file().sync_all()?;
                file.persist(target).map(drop).map_err(|error| error.error)
            }
        }
    }
}
