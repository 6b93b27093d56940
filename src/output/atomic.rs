//! Files that appear whole or not at all: each is written beside the one that it replaces. Also whether standard output
//! was open when the program began.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use tempfile::{Builder, NamedTempFile};

use crate::output::destination::folder;
use crate::output::unfinished::{Unfinished, say, take_away, unfinished};
use crate::text;

/// What the names of temporary files begin with.
const PREFIX: &str = ".tip-";

/// A file that has not appeared yet. Where it is dropped, nothing of it is left.
#[derive(Debug)]
pub struct Atomic {
    file: NamedTempFile,
    target: PathBuf,
    /// Dropped behind the file.
    _unfinished: Unfinished,
}

/// What the appearance of a file can be undone with.
struct Undo {
    target: PathBuf,
    /// The file that was there, by another name.
    old: Option<(NamedTempFile<()>, Unfinished)>,
    is_new: bool,
}

impl Atomic {
    /// To replace the file `target`, whose metadata are `old` if it is there.
    pub fn create(target: PathBuf, old: Option<&Metadata>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // What replaces a private file is never more open than that.
            options.mode(if old.is_some() { 0o600 } else { 0o666 });
        }
        // A signal between the making and the noting of the file waits for the lock.
        let mut files = unfinished();
        let mut builder = Builder::new();
        let file = builder.prefix(PREFIX).make_in(folder(&target), |path| options.open(path))?;
        files.push(file.path().to_owned());
        drop(files);
        let made = Self { _unfinished: Unfinished::new(&file), file, target };
        if let Some(old) = old {
            keep_owner_and_mode(made.file.as_file(), old)?;
        }
        Ok(made)
    }

    pub fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_file_mut().write_all(bytes)
    }

    /// Sees to it that all is on the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// Replaces the old file. `undo`: whether that may have to be undone.
    fn appear(self, undo: bool) -> io::Result<Undo> {
        let target = self.target;
        let is_new = fs::symlink_metadata(&target).is_err();
        // Where the file system knows no second names, the old file goes for good.
        let link = |path: &Path| fs::hard_link(&target, path);
        let second = || Builder::new().prefix(PREFIX).make_in(folder(&target), link);
        let old = (undo && !is_new).then(second);
        let old = old.and_then(Result::ok);
        let old = old.map(|old| {
            let unfinished = Unfinished::new(&old);
            (old, unfinished)
        });
        self.file.persist(&target).map_err(|error| error.error)?;
        Ok(Undo { target, old, is_new })
    }
}

impl Undo {
    fn undo(self) {
        let Some((old, unfinished)) = self.old else {
            if self.is_new {
                take_away(&self.target);
            }
            return;
        };
        if let Err(failed) = old.persist(&self.target) {
            // The only copy is not thrown away.
            std::mem::forget(unfinished);
            let (target, kept) = (text::path(&self.target), text::path(failed.file.path()));
            say(&format!("cannot put back {target}: {}; it is now {kept}", failed.error));
            std::mem::forget(failed.file);
        }
    }
}

/// Lets files appear, all or none. Each is named by `name` in messages.
pub fn appear(files: Vec<(Atomic, String)>) -> Result<()> {
    let held = unfinished();
    let (mut last, mut done) = (files.len(), Vec::with_capacity(files.len()));
    for (file, name) in files {
        last -= 1;
        let appeared = file.appear(last > 0);
        match appeared.with_context(|| format!("cannot write to {name}")) {
            Ok(undo) => done.push((undo, name)),
            Err(error) => {
                for (undo, _) in done {
                    undo.undo();
                }
                return Err(error);
            }
        }
    }
    // The old files go.
    let done: Vec<_> = done.into_iter().map(|it| (it.0.target, it.1)).collect();
    drop(held);
    for (target, name) in done {
        sync_folder(folder(&target)).with_context(|| format!("cannot write to {name}"))?;
    }
    Ok(())
}

/// Sees to it that the new names of a folder's files are on the disk, where the system can do that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    let Ok(opened) = File::open(folder) else {
        return Ok(());
    };
    match opened.sync_all() {
        Err(error) if [ErrorKind::InvalidInput, ErrorKind::Unsupported].contains(&error.kind()) => {
            Ok(())
        }
        synced => synced,
    }
}

/// Gives a file the owner of an old one, as far as that is allowed, and its mode without setuid and its like. Where the
/// group is another, it may do what all may.
#[cfg(unix)]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let mine = file.metadata()?;
    if mine.uid() != old.uid() {
        let _ = fchown(file, Some(old.uid()), None);
    }
    let is_same_group = mine.gid() == old.gid() || fchown(file, None, Some(old.gid())).is_ok();
    let mut mode = old.mode() & 0o777;
    if !is_same_group {
        mode &= 0o707 | (mode & 0o007) << 3;
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Returns whether standard output was closed when the program began, where the system is Linux: elsewhere that is not
/// asked. Rust's runtime opens `/dev/null` in the place of a closed one, where all that is written is lost without an error;
/// so that is asked before the runtime starts. Afterwards it cannot be told from what Python's `subprocess.DEVNULL` opens.
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
