//! The door: a folder of the user's own data files, read with the csv crate in whatever way they are written, within
//! bounds. A row that cannot stand in a file of the project is noted and left out; what its cells say, the rules look at.

use std::fs::{self, File as Opened};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::{ByteRecord, ReaderBuilder};

use crate::index::file::{BOM, Breach, File, Place, Start, Text};
use crate::index::own::user_file::{Own, delimiter, form};
use crate::index::rules::MOST;
use crate::index::table::Tables;
use crate::text;

/// How many bytes the files of a folder may have together: ten times those of the embedded ones.
const MOST_BYTES: u64 = 32 << 20;

/// How many rows a file may have: six times those of the largest embedded one. Each takes some 500 bytes of memory.
const MOST_ROWS: usize = 200_000;

/// What may lie beside data files.
const BESIDE: &[&str] = &["README.md", "datapackage.json", "regenerate.py"];

#[derive(Debug, Default)]
pub struct Folder {
    /// The files that could be read and differ from the embedded ones, by name.
    pub files: Vec<Own>,
    /// How many there are, those included that are as the embedded ones.
    read: usize,
    /// Why files or rows were left out.
    pub breaches: Vec<Breach>,
}

/// Reads a folder.
///
/// # Errors
/// It cannot be read, or has nothing in it that could be a data file.
pub fn folder(path: &Path) -> Result<Folder> {
    let name = text::path(path);
    let cannot = || format!("cannot read {name}");
    let mut names = Vec::new();
    if path.is_file() {
        bail!(
            "{name} is a file, not the folder that data files stand in; tiers for a table of yours adds 'tip annotate'"
        );
    }
    for entry in fs::read_dir(path).with_context(cannot)? {
        names.push(entry.with_context(cannot)?.file_name());
    }
    names.sort();
    let (mut folder, mut left) = (Folder::default(), MOST_BYTES);
    for entry in &names {
        let written = entry.to_string_lossy();
        if written.starts_with('.') || BESIDE.contains(&&*written) {
            continue;
        }
        let place = path.join(entry);
        match Tables::embedded().files().into_iter().find(|file| file.name == written) {
            Some(base) => folder.file(base, &place, &mut left),
            None => folder.note(Place::file(&text::path(&place)).breach(not_ours(&written))),
        }
    }
    if folder.read == 0 && folder.breaches.is_empty() {
        bail!("{name} holds no data file; 'tip export' writes them all, to see what they are");
    }
    Ok(folder)
}

/// Why a file is none of the data files, and what may be meant.
fn not_ours(name: &str) -> String {
    let start = |name: &str| name.split('.').next().unwrap_or_default().to_lowercase();
    let known = Tables::embedded().files().map(|file| file.name);
    if let Some(known) = known.into_iter().find(|known| start(known) == start(name)) {
        return format!("not the name of a data file; call it {known}");
    }
    let known = text::joined(&known, "and");
    format!("not the name of a data file; take it away, or give it one of these: {known}")
}

impl Folder {
    /// Notes a breach, where not too many are known.
    pub fn note(&mut self, breach: Breach) {
        if self.breaches.len() < MOST {
            self.breaches.push(breach);
        }
    }

    /// Reads a file. `left` is how many bytes may still be read.
    fn file(&mut self, base: &'static File, path: &Path, left: &mut u64) {
        let name = text::path(path);
        let bytes = match bytes(path, *left) {
            Ok(bytes) => bytes,
            Err(why) => return self.note(Place::file(&name).breach(why)),
        };
        *left -= bytes.len() as u64;
        self.read += 1;
        if bytes == base.text.as_bytes() {
            return;
        }
        let delimiter = delimiter(&bytes);
        let mut reader = ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true).delimiter(delimiter);
        let mut reader = reader.from_reader(&*bytes);
        let mut record = ByteRecord::new();
        // Memory is always read.
        let _ = reader.read_byte_record(&mut record);
        let form = match form(base, delimiter, &record) {
            Ok(form) => form,
            Err(why) => {
                let line = Place { line: 1, ..Place::file(&name) };
                return why.into_iter().for_each(|why| self.note(line.clone().breach(why)));
            }
        };
        let mut own = Own::new(base, path.to_owned(), form);
        while self.breaches.len() < MOST && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            let start = start(&bytes, record.position());
            let text = Text { path: &name, bytes: &bytes, delimiter };
            if own.rows.len() == MOST_ROWS {
                let what = format!("more than {MOST_ROWS} rows; take some away");
                self.note(text.cell(start, None, None).breach(what));
                break;
            }
            match own.read(&record) {
                Ok(cells) => own.push(&cells, Some(start)),
                Err((nth, what)) => {
                    let mut order = own.form.order.iter();
                    let column = nth.and_then(|_| order.position(|place| *place == nth));
                    let column = column.and_then(|it| base.columns().nth(it));
                    self.note(text.cell(start, nth, column).breach(what));
                }
            }
        }
        self.files.push(own);
    }
}

/// The bytes of a file, without a byte order mark.
fn bytes(path: &Path, left: u64) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {error}");
    let about = fs::metadata(path).map_err(cannot)?;
    // To open a pipe would wait for its writer.
    if !about.is_file() {
        return Err("no file, but a directory, a pipe or a device; take it away".to_owned());
    }
    let mut bytes = Vec::new();
    if about.len() <= left {
        let file = Opened::open(path).map_err(cannot)?;
        file.take(left + 1).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if about.len() > left || bytes.len() as u64 > left {
        let most = MOST_BYTES >> 20;
        return Err(format!("too large: the files of a folder have {most} MiB together at most"));
    }
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
    }
    Ok(bytes)
}

/// Where a record begins: the csv crate names the place behind the record before, blank lines and all.
fn start(bytes: &[u8], position: Option<&csv::Position>) -> Start {
    let number = |it: u64| usize::try_from(it).unwrap_or_default();
    let (mut byte, mut line) = position.map_or((0, 1), |it| (number(it.byte()), number(it.line())));
    while let Some(b'\r' | b'\n') = bytes.get(byte) {
        line += usize::from(bytes.get(byte) == Some(&b'\n'));
        byte += 1;
    }
    Start::new(byte, line)
}
