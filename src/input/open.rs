//! Opens the user's file, and tells by its first bytes what is no text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use crate::text::{self, shell};

/// An input, how it is called in messages, and its size where it is a file.
type Opened = (Box<dyn Read>, String, Option<u64>);

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
    let steady = Steady { file, size, read: 0 };
    Ok((Box::new(steady), name, Some(size)))
}

/// A file that must stay as long as it was.
struct Steady {
    file: File,
    size: u64,
    /// How much was read, in bytes.
    read: u64,
}

impl Read for Steady {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(space)?;
        self.read += read as u64;
        let is_at_end = read == 0 && !space.is_empty();
        if self.read > self.size || is_at_end && self.read < self.size {
            // Files that the system makes up, as those in /proc, have no size of their own.
            let size = self.file.metadata()?.len();
            if size != self.size {
                let (what, before) = (if size > self.size { "grew" } else { "shrank" }, self.size);
                return Err(io::Error::other(format!(
                    "it {what} from {before} to {size} bytes while it was read; annotate a copy of it"
                )));
            }
        }
        Ok(read)
    }
}

/// Reads the delimiter that the user writes.
pub fn delimiter(written: &str) -> Result<u8> {
    match written.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if !b"\"\r\n\0".contains(byte) => Ok(*byte),
        _ => bail!(
            "the delimiter {} is not one character such as ';', or 'tab'",
            text::quoted(written)
        ),
    }
}

/// Returns the delimiter by the name of a file: a tab or a comma.
pub fn usual_delimiter(path: &Path) -> u8 {
    let extension = path.extension();
    let extension = extension.map(|extension| extension.to_string_lossy().to_lowercase());
    let is_tab = extension.is_some_and(|extension| extension == "tsv" || extension == "tab");
    if is_tab { b'\t' } else { b',' }
}

/// What to do about it.
enum Remedy {
    /// A spreadsheet program can save it.
    Save,
    /// A program writes what is in it to a pipe.
    Pipe(&'static str),
}
use Remedy::{Pipe, Save};

/// The kinds of files: the bytes they begin with, others that stand near the beginning, what they are called.
const KINDS: &[(&[u8], &[u8], &str, Remedy)] = &[
    (b"PK\x03\x04", b"opendocument.spreadsheet", "an OpenDocument workbook (.ods)", Save),
    (b"PK\x03\x04", b"[Content_Types].xml", "an Excel workbook (.xlsx)", Save),
    (b"PK\x03\x04", b"xl/", "an Excel workbook (.xlsx)", Save),
    (b"PK\x03\x04", b"", "a ZIP archive", Pipe("unzip -p")),
    (b"\xd0\xcf\x11\xe0", b"", "an old Excel workbook (.xls)", Save),
    (b"\x1f\x8b", b"", "compressed by gzip", Pipe("gzip -dc")),
    (b"\x28\xb5\x2f\xfd", b"", "compressed by zstd", Pipe("zstd -dc")),
    (b"\xfd7zXZ\0", b"", "compressed by xz", Pipe("xz -dc")),
    (b"BZh", b"1AY&SY", "compressed by bzip2", Pipe("bzip2 -dc")),
    (b"\xff\xfe", b"", "in UTF-16", Pipe("iconv -f UTF-16 -t UTF-8")),
    (b"\xfe\xff", b"", "in UTF-16", Pipe("iconv -f UTF-16 -t UTF-8")),
];

/// Returns why an input that begins so cannot be read, and what to do; none where it may be text. `name`: how it is called in
/// messages, which for a file is its path.
pub fn refusal(beginning: &[u8], name: &str) -> Option<String> {
    let (.., called, remedy) = KINDS.iter().find(|(begins, holds, ..)| {
        let holds = holds.is_empty() || memchr::memmem::find(beginning, holds).is_some();
        beginning.starts_with(begins) && holds
    })?;
    let remedy = match remedy {
        Save => "save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
            .to_owned(),
        Pipe(program) if name == STDIN => format!("type: {program} | tip annotate -"),
        Pipe(program) => format!("type: {program} {} | tip annotate -", shell(name)),
    };
    Some(format!("{name} is {called}; {remedy}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_text_is_named_as_what_it_is() {
        let said = |bytes: &[u8], name| refusal(bytes, name).unwrap_or_default();
        let workbook = said(b"PK\x03\x04..[Content_Types].xml", "a.xlsx");
        assert!(workbook.starts_with("a.xlsx is an Excel workbook (.xlsx); save the sheet"));
        let workbook =
            said(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a");
        assert!(workbook.contains("(.ods)"), "{workbook}");
        assert_eq!(
            said(b"\x1f\x8b\x08", "my file.gz"),
            "my file.gz is compressed by gzip; type: gzip -dc 'my file.gz' | tip annotate -"
        );
        assert_eq!(
            said(b"\x28\xb5\x2f\xfd", STDIN),
            "standard input is compressed by zstd; type: zstd -dc | tip annotate -"
        );
        assert_eq!(said(b"PK,country\n", "a"), "");
    }
}
