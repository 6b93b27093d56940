//! The door: a folder of the user's own data files, read with the csv crate in whatever way they are written, within
//! bounds. A row that cannot stand in a file of the project is noted and left out; what its cells say, the rules look at.

use std::fs::{self, File as Opened};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::{ByteRecord, ReaderBuilder};

use crate::index::file::{Breach, File, Place, Start};
use crate::index::names::fold::fold;
use crate::index::rules::MOST;
use crate::index::schema::CONTROL;
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

/// A file of the user's.
#[derive(Debug)]
pub struct Own {
    /// The embedded file of the same name.
    pub base: &'static File,
    pub path: String,
    pub bytes: Vec<u8>,
    /// Where each column of the base stands in it.
    pub order: Vec<usize>,
    pub rows: Vec<OwnRow>,
}

/// A row of the user's.
#[derive(Debug)]
pub struct OwnRow {
    /// Its cells, in the order of the base.
    pub cells: Vec<String>,
    pub start: Start,
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
        let mut reader = ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(&*bytes);
        let mut record = ByteRecord::new();
        // Memory is always read.
        let _ = reader.read_byte_record(&mut record);
        let order = match order(base, &record) {
            Ok(order) => order,
            Err(why) => {
                let line = Place { line: 1, ..Place::file(&name) };
                return why.into_iter().for_each(|why| self.note(line.clone().breach(why)));
            }
        };
        let mut own = Own { base, path: name, bytes: Vec::new(), order, rows: Vec::new() };
        while self.breaches.len() < MOST && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            let start = start(&bytes, record.position());
            let at = |nth, column| Place::cell(&own.path, &bytes, start, nth, column);
            if own.rows.len() == MOST_ROWS {
                let what = format!("more than {MOST_ROWS} rows; take some away");
                self.note(at(None, None).breach(what));
                break;
            }
            match cells(base, &own.order, &record) {
                Ok(cells) => own.rows.push(OwnRow { cells, start }),
                Err((None, what)) => self.note(at(None, None).breach(what)),
                Err((Some(nth), what)) => {
                    let column = own.order.iter().position(|place| *place == nth);
                    let column = column.and_then(|it| base.columns().nth(it));
                    self.note(at(Some(nth), column).breach(what));
                }
            }
        }
        own.bytes = bytes;
        self.files.push(own);
    }
}

/// The cells of a record in the order of the base.
fn cells(
    base: &File,
    order: &[usize],
    record: &ByteRecord,
) -> Result<Vec<String>, (Option<usize>, String)> {
    let width = order.len();
    if record.len() != width {
        let what = "a cell with a comma in it must be quoted, and an empty one still has its comma";
        return Err((None, format!("{} columns; the header has {width}: {what}", record.len())));
    }
    if record.iter().all(<[u8]>::is_empty) {
        return Err((None, "a row without a value; take it away".to_owned()));
    }
    let cell = |nth: &usize| {
        let cell = std::str::from_utf8(record.get(*nth).unwrap_or_default());
        let cell = cell.map_err(|_| "not UTF-8; save the file in that encoding".to_owned());
        // A row of the merged file is a line.
        match cell {
            Ok(cell) if cell.contains(char::is_control) => {
                Err((Some(*nth), format!("{}: {CONTROL}", text::quoted(cell))))
            }
            Ok(cell) => Ok(cell.to_owned()),
            Err(what) => Err((Some(*nth), what)),
        }
    };
    let mut cells = order.iter().map(cell).collect::<Result<Vec<String>, _>>()?;
    // What the key of a name is, the program knows best.
    if base.name == "names.csv"
        && let Some(name) =
            base.schema().index_of("name").and_then(|name| Some(fold(cells.get(name)?)))
        && let Some(key) = cells.first_mut().filter(|key| key.is_empty())
    {
        *key = name;
    }
    Ok(cells)
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
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    Ok(bytes)
}

/// Where each column of the base stands.
fn order(base: &File, header: &ByteRecord) -> Result<Vec<usize>, Vec<String>> {
    let right = base.header();
    let written: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
    let count = |name: &str| written.iter().filter(|it| *it == name).count();
    let mut wrong: Vec<String> = Vec::new();
    if !base.columns().any(|column| count(column) == 1) {
        return Err(vec![format!("no header, or not in UTF-8 with commas; it must be {right}")]);
    }
    for column in base.columns() {
        match count(column) {
            0 => {
                wrong.push(format!("the column '{column}' is missing; the header must be {right}"));
            }
            1 => {}
            _ => wrong.push(format!("the column '{column}' is there twice; take one away")),
        }
    }
    for name in &written {
        if base.columns().all(|column| column != name) {
            let name = text::quoted(name);
            wrong.push(format!("{name} is no column of this file; the header must be {right}"));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let index = |column: &str| written.iter().position(|it| it == column);
    Ok(base.columns().filter_map(index).collect())
}

/// Where a record begins: the csv crate names the place behind the record before, blank lines and all.
fn start(bytes: &[u8], position: Option<&csv::Position>) -> Start {
    let (byte, line) = position.map_or((0, 1), |it| (it.byte(), it.line()));
    let number = |it: u64| usize::try_from(it).unwrap_or_default();
    let mut start = Start { byte: number(byte), line: number(line) };
    while let Some(b'\r' | b'\n') = bytes.get(start.byte) {
        start.line += usize::from(bytes.get(start.byte) == Some(&b'\n'));
        start.byte += 1;
    }
    start
}
