//! A sheet of a workbook (.xlsx, .xls, .ods) as the bytes of a CSV file, so that it is read as one. Told by its first bytes,
//! whatever it is called.

mod cells;
mod ods;
mod ole;
mod parts;
mod refusal;
mod xls;
mod xlsx;

use std::cell::Cell;
use std::io::{self, Cursor, ErrorKind, Read, Seek};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use anyhow::{Context, Result, anyhow, bail};
use calamine::{Reader, SheetType, SheetVisible};

use crate::input::open::Opened;
use crate::input::workbook::cells::{Rows, Sheet};
use crate::input::workbook::parts::{Kind, MOST_BYTES};
use crate::input::workbook::refusal::{Refusal, Refused};
use crate::text::{joined, quoted, shell};

/// What a workbook begins with: a ZIP archive, or what old Excel and encrypted files are in.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// How much is read to tell: as much as is read at once afterwards.
const BEGINNING: usize = 1 << 16;

/// An input as text.
pub struct Text {
    pub opened: Opened,
    /// Whether it is a sheet, whose columns are parted by commas.
    pub is_sheet: bool,
    /// What to say of how it was read.
    pub notes: Vec<String>,
}

impl Text {
    /// An input that is read as it is.
    pub fn plain(opened: Opened) -> Self {
        Self { opened, is_sheet: false, notes: Vec::new() }
    }
}

/// Which sheet is wanted, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its name, if the user gives it.
    pub sheet: Option<&'a str>,
    /// How many rows stand above its header.
    pub skip: usize,
}

/// A sheet, and what to say of how it was read.
type Found = (Sheet, Vec<String>);

/// Returns the input as text: of a workbook a sheet, and all else as it is.
///
/// # Errors
/// It cannot be read, or is a workbook that cannot be.
pub fn text(opened: Opened, wanted: Wanted<'_>) -> Result<Text> {
    let (mut reader, name, size) = opened;
    let cannot = || format!("cannot read {name}");
    let mut bytes = beginning(&mut *reader).with_context(cannot)?;
    let is_workbook = bytes.starts_with(ZIP) || bytes.starts_with(OLE);
    if is_workbook {
        (&mut *reader).take(MOST_BYTES).read_to_end(&mut bytes).with_context(cannot)?;
        if bytes.len() as u64 >= MOST_BYTES {
            bail!("{name} has 1 GiB or more; save the sheet alone as .xlsx or CSV, and give that");
        }
        if let Some((sheet, notes)) = guarded(&bytes, wanted, &name)? {
            let size = Some(sheet.size());
            return Ok(Text { opened: (Box::new(sheet), name, size), is_sheet: true, notes });
        }
    }
    if wanted.sheet.is_some() {
        bail!("--sheet is for a workbook, and {name} is none; leave --sheet out");
    }
    let reader: Box<dyn Read> = Box::new(Cursor::new(bytes).chain(reader));
    Ok(Text::plain((reader, name, size)))
}

/// Reads what is there, and more only while it may begin a workbook.
fn beginning(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; BEGINNING];
    let mut len = 0;
    loop {
        match reader.read(bytes.get_mut(len..).unwrap_or_default()) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => {
                let read = read?;
                len += read;
                let begun = bytes.get(..len).unwrap_or_default();
                if read == 0 || !(ZIP.starts_with(begun) || OLE.starts_with(begun)) {
                    break;
                }
            }
        }
    }
    bytes.truncate(len);
    Ok(bytes)
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Reads a sheet. A file that is broken in a way that the crates which read it did not foresee is refused as others are.
fn guarded(bytes: &[u8], wanted: Wanted<'_>, name: &str) -> Result<Option<Found>> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                before(info);
            }
        }));
    });
    IS_GUARDED.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(|| sheet(bytes, wanted)));
    IS_GUARDED.set(false);
    let panicked = |_| Err(Refusal::Broken("it cannot be made sense of".to_owned()));
    read.unwrap_or_else(panicked).map_err(|refusal| anyhow!(refusal.said(name)))
}

/// Reads a sheet; none where the file is no workbook.
fn sheet(bytes: &[u8], wanted: Wanted<'_>) -> Refused<Option<Found>> {
    let mut rows = Rows::new(wanted.skip);
    if bytes.starts_with(OLE) {
        let encrypted: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(bytes, &encrypted).is_some() {
            return Err(Refusal::Encrypted);
        }
        ole::check(bytes)?;
        let book = xls::open(bytes)?;
        let (name, notes) = chosen(&excel_sheets(&book), wanted.sheet)?;
        xls::read(book, &name, &mut rows)?;
        return found(rows, &name, notes);
    }
    let (mut parts, kind) = parts::open(bytes)?;
    parts::check(&mut parts)?;
    match kind {
        Kind::Xlsx => {
            let mut book = xlsx::open(bytes)?;
            let (name, mut notes) = chosen(&excel_sheets(&book), wanted.sheet)?;
            notes.extend(without_value(xlsx::read(&mut book, &name, &mut rows)?));
            found(rows, &name, notes)
        }
        Kind::Ods => {
            ods::refuse_encrypted(&mut parts)?;
            let (name, notes) = chosen(&ods::sheets(&mut parts)?, wanted.sheet)?;
            ods::read(&mut parts, &name, &mut rows)?;
            found(rows, &name, notes)
        }
        Kind::Other => Ok(None),
    }
}

fn found(rows: Rows, name: &str, notes: Vec<String>) -> Refused<Option<Found>> {
    let sheet = rows.finish()?;
    if sheet.is_empty() {
        let said = format!("has nothing on the sheet {}; give another with --sheet", quoted(name));
        return Err(Refusal::Other(said));
    }
    Ok(Some((sheet, notes)))
}

/// Returns the names of the sheets that have cells, and whether they are hidden.
fn excel_sheets<R: Read + Seek>(book: &impl Reader<R>) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// Chooses a sheet: the one that is named, or the first that is shown. Returns its name, and what to say of the others.
fn chosen(sheets: &[(String, bool)], wanted: Option<&str>) -> Refused<(String, Vec<String>)> {
    let is_wanted = |name: &str| match wanted {
        Some(wanted) => name.to_lowercase() == wanted.trim().to_lowercase(),
        None => true,
    };
    let found =
        sheets.iter().find(|(name, hidden)| is_wanted(name) && (wanted.is_some() || !hidden));
    let called = |(name, hidden): &(String, bool)| {
        let hidden = if *hidden { " (hidden)" } else { "" };
        format!("{}{hidden}", quoted(name))
    };
    let Some((name, _)) = found else {
        let what = match wanted {
            Some(wanted) => format!("has no sheet {}", quoted(wanted)),
            None => "has no sheet that is shown".to_owned(),
        };
        let shown = sheets.iter().find(|(_, hidden)| !hidden);
        let Some((first, _)) = shown.or(sheets.first()) else {
            return Err(Refusal::Other("has no sheet of cells; give another file".to_owned()));
        };
        let known: Vec<String> = sheets.iter().map(called).collect();
        let known = joined(&known, "and");
        return Err(Refusal::Other(format!(
            "{what}; it has {known}: type --sheet {}",
            shell(first)
        )));
    };
    let others: Vec<String> = sheets.iter().filter(|(it, _)| it != name).map(called).collect();
    let are = if others.len() == 1 { "the other is" } else { "the others are" };
    let note = format!(
        "the sheet {} is read; {are} {}: --sheet chooses",
        quoted(name),
        joined(&others, "and")
    );
    let is_told = !others.is_empty() && wanted.is_none();
    Ok((name.clone(), is_told.then_some(note).into_iter().collect()))
}

/// Says that formulas were never worked out.
fn without_value(formulas: u64) -> Option<String> {
    let (has, they) = match formulas {
        0 => return None,
        1 => ("1 formula has".to_owned(), "it is"),
        more => (format!("{more} formulas have"), "they are"),
    };
    Some(format!(
        "{has} no value in the file, and {they} read as empty; a spreadsheet program that saves it works them out"
    ))
}
