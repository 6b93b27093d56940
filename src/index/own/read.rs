//! The door: a folder of the user's own data files, read with the csv crate in whatever way they are written, within
//! bounds. What is wrong with a row by itself is noted, and the row left out.

use std::fs::{self, File as Opened};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use csv::{ByteRecord, ReaderBuilder};

use crate::index::breach::{Breach, Place, Start};
use crate::index::file::File;
use crate::index::files::EMBEDDED;
use crate::index::names::fold::fold;
use crate::index::rules::MOST;
use crate::text;

/// How many bytes the files of a folder may have together: ten times those of the embedded ones.
const MOST_BYTES: u64 = 32 << 20;

/// How many rows a file may have: six times those of the largest embedded one. Each takes some 500 bytes of memory.
const MOST_ROWS: usize = 200_000;

/// What may lie beside data files.
const BESIDE: &[&str] = &["README.md", "datapackage.json", "regenerate.py"];

/// What was read of a folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// The files that could be read and differ from the embedded ones, by name.
    pub files: Vec<Own>,
    /// How many there are, those included that are as the embedded ones.
    pub read: usize,
    /// What is wrong with them.
    pub breaches: Vec<Breach>,
    /// The rows that were left out, and files as a whole.
    pub left_out: Vec<LeftOut>,
}

/// A row that was left out for what is wrong with it.
#[derive(Debug)]
pub struct LeftOut {
    /// Its file.
    pub file: &'static str,
    /// Its first cell; empty where the file as a whole was left out.
    pub key: String,
    /// What it names in another file, and where.
    pub named: Vec<(&'static str, String, Place)>,
}

/// A file of the user's.
#[derive(Debug)]
pub struct Own {
    /// The embedded file of the same name.
    pub base: &'static File,
    /// How messages name it.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where each column of the base stands in it.
    pub order: Vec<usize>,
    /// Its rows.
    pub rows: Vec<OwnRow>,
}

/// A row of the user's.
#[derive(Debug)]
pub struct OwnRow {
    /// Its cells, in the order of the base.
    pub cells: Vec<String>,
    /// Where it begins.
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
        match EMBEDDED.0.iter().find(|file| file.name == written) {
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
    let mut known = EMBEDDED.0.iter().map(|file| file.name);
    if let Some(known) = known.find(|known| start(known) == start(name)) {
        return format!("not the name of a data file; call it {known}");
    }
    let known: Vec<_> = EMBEDDED.0.iter().map(|file| file.name).collect();
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
            Err(why) => {
                self.left_out.push(LeftOut::file(base.name));
                return self.note(Place::file(&name).breach(why));
            }
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
        let header = record.clone();
        let order = match order(base, &header) {
            Ok(order) => order,
            Err(why) => {
                let line = Place { line: 1, ..Place::file(&name) };
                self.left_out.push(LeftOut::file(base.name));
                for why in why {
                    self.note(line.clone().breach(why));
                }
                return;
            }
        };
        let mut own = Own { base, path: name, bytes: Vec::new(), order, rows: Vec::new() };
        while self.breaches.len() < MOST && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            let start = start(&bytes, record.position());
            if own.rows.len() == MOST_ROWS {
                let what = format!("more than {MOST_ROWS} rows; take some away");
                self.note(Place::of(&own.path, &bytes, start, None, None).breach(what));
                self.left_out.push(LeftOut::file(base.name));
                break;
            }
            let known = self.breaches.len();
            let cells = self.cells(&own, &bytes, header.len(), &record, start);
            if self.breaches.len() == known {
                own.rows.push(OwnRow { cells, start });
            } else {
                self.left_out.push(LeftOut::row(&own, &bytes, start, &cells));
            }
        }
        own.bytes = bytes;
        self.files.push(own);
    }

    /// The cells of a row in the order of the base. What is wrong with one is noted.
    fn cells(
        &mut self,
        own: &Own,
        bytes: &[u8],
        width: usize,
        record: &ByteRecord,
        start: Start,
    ) -> Vec<String> {
        let at = |nth, column| Place::of(&own.path, bytes, start, nth, column);
        if record.len() != width {
            let what =
                "a cell with a comma in it must be quoted, and an empty one still has its comma";
            let what = format!("{} columns; the header has {width}: {what}", record.len());
            self.note(at(None, None).breach(what));
        } else if record.iter().all(<[u8]>::is_empty) {
            self.note(at(None, None).breach("a row without a value; take it away"));
            return Vec::new();
        }
        let cell = |place: &usize| String::from_utf8_lossy(record.get(*place).unwrap_or_default());
        let mut cells: Vec<String> = own.order.iter().map(|it| cell(it).into_owned()).collect();
        if record.len() != width {
            return cells;
        }
        // What the key of a name is, the program knows best.
        if own.base.name == "names.csv"
            && let Some(name) =
                own.base.place_of("name").and_then(|name| cells.get(name)).map(|name| fold(name))
            && let Some(key) = cells.first_mut().filter(|key| key.is_empty())
        {
            *key = name;
        }
        for ((column, cell), place) in own.base.columns.iter().zip(&cells).zip(&own.order) {
            let bytes = record.get(*place).unwrap_or_default();
            let what = match std::str::from_utf8(bytes) {
                Err(_) => Some("not UTF-8; save the file in that encoding".to_owned()),
                Ok(_) => column.breach(cell),
            };
            if let Some(what) = what {
                self.note(at(Some(*place), Some(column.name)).breach(what));
            }
        }
        cells
    }
}

impl LeftOut {
    fn file(file: &'static str) -> Self {
        Self { file, key: String::new(), named: Vec::new() }
    }

    fn row(own: &Own, bytes: &[u8], start: Start, cells: &[String]) -> Self {
        let cells = own.base.columns.iter().zip(&own.order).zip(cells);
        let mut named = Vec::new();
        for ((column, place), cell) in cells.clone() {
            // What is wrong by itself is noted already.
            let Some(other) = column.refers.filter(|_| column.breach(cell).is_none()) else {
                continue;
            };
            let place = Place::of(&own.path, bytes, start, Some(*place), Some(column.name));
            let items = cell.split(';').filter(|item| !item.is_empty());
            named.extend(items.map(|item| (other, item.to_owned(), place.clone())));
        }
        Self {
            file: own.base.name,
            key: cells.map(|(_, cell)| cell.clone()).next().unwrap_or_default(),
            named,
        }
    }
}

/// The bytes of a file, without a byte order mark.
///
/// # Errors
/// Why they cannot be had, in words.
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
///
/// # Errors
/// Everything that is wrong with the header.
fn order(base: &File, header: &ByteRecord) -> Result<Vec<usize>, Vec<String>> {
    let right = base.header();
    let written: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
    let count = |name: &str| written.iter().filter(|it| *it == name).count();
    let mut wrong: Vec<String> = Vec::new();
    let known = base.columns.iter().filter(|column| count(column.name) == 1).count();
    if known == 0 {
        return Err(vec![format!("no header, or not in UTF-8 with commas; it must be {right}")]);
    }
    for column in base.columns {
        match count(column.name) {
            0 => wrong.push(format!(
                "the column '{}' is missing; the header must be {right}",
                column.name
            )),
            1 => {}
            _ => wrong.push(format!("the column '{}' is there twice; take one away", column.name)),
        }
    }
    for name in &written {
        if base.place_of(name).is_none() {
            let name = text::quoted(name);
            wrong.push(format!("{name} is no column of this file; the header must be {right}"));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let place = |column: &str| written.iter().position(|it| it == column);
    Ok(base.columns.iter().filter_map(|column| place(column.name)).collect())
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
