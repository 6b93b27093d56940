//! Opens the user's file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow};

use crate::text;

/// An input, how it is called in messages, and its size where it is a file.
pub type Opened = (Box<dyn Read>, String, Option<u64>);

/// How standard input is called in messages.
pub const STDIN: &str = "standard input";

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path) -> Result<Opened> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), STDIN.to_owned(), None));
    }
    let name = text::path(path);
    let cannot = || format!("cannot read {name}");
    let file = File::open(path).with_context(cannot)?;
    let about = file.metadata().with_context(cannot)?;
    if about.is_dir() {
        return Err(anyhow!("is a directory")).with_context(cannot);
    }
    if !about.is_file() {
        return Ok((Box::new(file), name, None));
    }
    let size = about.len();
    let steady = Steady { file, size, modified: about.modified().ok(), read: 0 };
    Ok((Box::new(steady), name, Some(size)))
}

/// A file that must stay as it was.
struct Steady {
    file: File,
    size: u64,
    /// When it was last written.
    modified: Option<SystemTime>,
    /// How much was read, in bytes.
    read: u64,
}

impl Read for Steady {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(space)?;
        self.read += read as u64;
        if self.read > self.size || read == 0 && !space.is_empty() {
            let (now, size) = (self.file.metadata()?, self.size);
            let what = match now.len() {
                len if len > size => format!("grew from {size} to {len} bytes"),
                len if len < size => format!("shrank from {size} to {len} bytes"),
                // A file of no size is one that the system makes up, and whose time is now.
                _ if size == 0 || now.modified().ok() == self.modified => return Ok(read),
                _ => "was written".to_owned(),
            };
            let what = format!("it {what} while it was read; annotate a copy of it");
            return Err(io::Error::other(what));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Read;
    use std::time::{Duration, SystemTime};

    use crate::input::open::open;

    #[test]
    fn a_file_that_is_written_anew_to_the_same_size_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.csv");
        fs::write(&path, "country\nMoldova\n").expect("a file");
        let (mut opened, _, size) = open(&path).expect("a file");
        assert_eq!(size, Some(16));
        let mut part = [0; 8];
        opened.read_exact(&mut part).expect("a header");
        fs::write(&path, "country\nRomania\n").expect("a file");
        let file = File::options().write(true).open(&path).expect("a file");
        file.set_modified(SystemTime::now() + Duration::from_secs(1)).expect("a time");
        let mut rest = String::new();
        let error = opened.read_to_string(&mut rest).expect_err("it was written");
        assert!(error.to_string().starts_with("it was written while it was read"), "{error}");
    }
}
