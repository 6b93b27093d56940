//! Where an answer goes: standard output, whose only writer this is, or a file that appears whole or not at all.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, StdoutLock, Write};

#[cfg(unix)]
use std::os::fd::AsFd;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::output::atomic::{self, Atomic, stdout_was_closed};
use crate::output::destination::{checked, folder, is_stderr, is_stdout};
use crate::output::escape;
use crate::output::workbook::Csv;
use crate::text;

/// How many bytes are gathered before they are written.
const GATHERED: usize = 1 << 16;

/// What is written, gathered into large writes.
#[derive(Debug)]
pub struct Stream {
    bytes: Vec<u8>,
    to: Target,
    name: String,
    /// Whether a terminal shows it, and nothing in it may act on that.
    escaped: bool,
    /// Whether a reader that has seen enough does not end the work.
    outlives_reader: bool,
    /// What it becomes a workbook of, if it does.
    workbook: Option<Box<Csv>>,
}

#[derive(Debug)]
enum Target {
    Stdout(StdoutLock<'static>),
    /// A device or a pipe, which cannot be replaced.
    Plain(File),
    /// A file beside the one that it will replace.
    Atomic(Atomic),
    /// Nowhere: whoever read it has seen enough.
    Closed,
}

impl Stream {
    pub fn stdout() -> Self {
        Self::to(Target::Stdout(io::stdout().lock()), "standard output".to_owned())
    }

    /// Escapes on a terminal what is not fitted to one, such as the bytes of the user's.
    pub fn of_data(self) -> Self {
        let escaped = matches!(self.to, Target::Stdout(_)) && io::stdout().is_terminal();
        Self { escaped, ..self }
    }

    /// To a file, which appears when `finish` is called, or to standard output for `-`. Until then a file of that name
    /// stays as it is, and an interrupt leaves nothing behind.
    pub fn file(path: &Path) -> Result<Self> {
        if is_stdout(path) {
            return Ok(Self::stdout().of_data());
        }
        let name = text::path(path);
        #[cfg(unix)]
        if is_stderr(path) {
            let file = io::stderr().as_fd().try_clone_to_owned().map(File::from);
            let file = file.with_context(|| format!("cannot write {name}"))?;
            return Ok(Self { escaped: file.is_terminal(), ..Self::to(Target::Plain(file), name) });
        }
        let (target, old) = checked(path)?;
        let to = match &old {
            Some(old) if !old.is_file() => {
                let opened = File::options().write(true).open(&target);
                opened.map(Target::Plain)
            }
            old => Atomic::create(target.clone(), old.as_ref()).map(Target::Atomic),
        };
        let to = to.with_context(|| match &old {
            Some(old) if !old.is_file() => format!("cannot write {name}"),
            _ => format!(
                "cannot write {name}: no file can be made in the folder {}",
                text::path(folder(&target))
            ),
        })?;
        // As with -o /dev/tty.
        let escaped = matches!(&to, Target::Plain(file) if file.is_terminal());
        Ok(Self { escaped, ..Self::to(to, name) })
    }

    /// Goes on, to nowhere, where the reader has seen enough: something else is to be written besides.
    pub fn outliving_reader(self) -> Self {
        Self { outlives_reader: true, ..self }
    }

    /// Writes the CSV that it is given as a workbook, once it is whole.
    ///
    /// # Errors
    /// It is to go to a terminal.
    pub fn as_workbook(self, csv: Csv) -> Result<Self> {
        if matches!(self.to, Target::Stdout(_)) {
            refuse_terminal()?;
        }
        Ok(Self { workbook: Some(Box::new(csv)), ..self })
    }

    /// Whether it becomes a workbook.
    pub fn is_workbook(&self) -> bool {
        self.workbook.is_some()
    }

    fn to(to: Target, name: String) -> Self {
        let bytes = Vec::with_capacity(GATHERED * 2);
        Self { bytes, to, name, escaped: false, outlives_reader: false, workbook: None }
    }

    /// Adds bytes. They are gathered, not written yet.
    #[inline]
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    #[inline]
    pub fn flush_if_full(&mut self) -> Result<()> {
        if self.bytes.len() >= GATHERED {
            self.flush().with_context(|| cannot_write_to(&self.name))?;
        }
        Ok(())
    }

    /// Writes what is gathered, for whoever reads along: nobody reads a file that has not appeared.
    pub fn pass_on(&mut self) -> Result<()> {
        if matches!(self.to, Target::Atomic(_)) {
            return Ok(());
        }
        self.flush().with_context(|| cannot_write_to(&self.name))
    }

    /// Writes all that `print` prints.
    pub fn add(&mut self, print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        print(self).with_context(|| cannot_write_to(&self.name))
    }

    pub fn print(mut self, print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        self.add(print)?;
        self.finish()
    }

    /// Writes the rest, and lets the file appear.
    fn finish(self) -> Result<()> {
        Self::finish_all([self])
    }

    /// Finishes several: their files appear all or not at all.
    pub fn finish_all(streams: impl IntoIterator<Item = Self>) -> Result<()> {
        let mut files = Vec::new();
        for mut stream in streams {
            if let Some(mut csv) = stream.workbook.take() {
                csv.bytes.append(&mut stream.bytes);
                let workbook = csv.workbook();
                stream.push(&workbook.with_context(|| cannot_write_to(&stream.name))?);
            }
            let written = stream.write_out(true).and_then(|()| match &mut stream.to {
                Target::Stdout(stdout) => stdout.flush(),
                Target::Plain(file) => file.flush(),
                Target::Atomic(file) => file.sync(),
                Target::Closed => Ok(()),
            });
            written.with_context(|| cannot_write_to(&stream.name))?;
            if let Target::Atomic(file) = stream.to {
                files.push((file, stream.name));
            }
        }
        atomic::appear(files)
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
        self.write_out(false)
    }
}

impl Stream {
    /// Writes what is gathered. `last`: nothing comes after it.
    fn write_out(&mut self, last: bool) -> io::Result<()> {
        if let Some(csv) = &mut self.workbook {
            csv.bytes.append(&mut self.bytes);
            return Ok(());
        }
        let mut rest = Vec::new();
        if self.escaped {
            let (text, done) = escape::shown(&self.bytes, last);
            rest = self.bytes.split_off(done);
            self.bytes = text.into_bytes();
        }
        let written = match &mut self.to {
            Target::Stdout(_) if stdout_was_closed() && !self.bytes.is_empty() => {
                Err(io::Error::other("it is closed"))
            }
            Target::Stdout(stdout) => stdout.write_all(&self.bytes).and_then(|()| stdout.flush()),
            Target::Plain(file) => file.write_all(&self.bytes),
            Target::Atomic(file) => file.write_all(&self.bytes),
            Target::Closed => Ok(()),
        };
        self.bytes.clear();
        self.bytes.append(&mut rest);
        match written {
            Err(error) if self.outlives_reader && error.kind() == ErrorKind::BrokenPipe => {
                self.to = Target::Closed;
                Ok(())
            }
            written => written,
        }
    }
}

/// Refuses to show a terminal what is no text.
pub fn refuse_terminal() -> Result<()> {
    if io::stdout().is_terminal() {
        bail!("a workbook is no text, and a terminal shows none; give -o answer.xlsx");
    }
    Ok(())
}

fn cannot_write_to(name: &str) -> String {
    format!("cannot write to {name}")
}

/// Whether an error says that the reader of the output has seen enough: that is no failure, and no time to warn.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;

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
