//! A sheet of a workbook (.xlsx, .xls, .ods) as the bytes of a CSV file, so that it is read as one. Told by its first bytes,
//! whatever it is called.

mod cells;
mod excel;
mod ods;
mod ole;

use std::cell::Cell;
use std::fmt;
use std::io::{Cursor, Read, Seek};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use anyhow::{Context, Result, anyhow, bail};
use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx};
use zip::ZipArchive;

use crate::input::open::Opened;
use crate::input::workbook::cells::{MOST_BYTES, Refusal, Rows};
use crate::input::workbook::ods::Parts;
use crate::text::{joined, quoted, shell};

/// What a workbook begins with: a ZIP archive, or what old Excel and encrypted files are in.
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// The bytes that the texts of all cells may have in .xlsx: each of them takes memory, however short.
const MOST_TEXTS: u64 = 1 << 28;

/// An input as text.
pub struct Text {
    pub opened: Opened,
    /// Whether it is a sheet, whose columns are parted by commas.
    pub is_sheet: bool,
    /// What to say of how it was read.
    pub notes: Vec<String>,
}

/// A sheet as CSV, and what to say of how it was read.
type Found = (Vec<u8>, Vec<String>);

/// Returns the input as text: of a workbook a sheet, the one that is called so, and all else as it is. `skip`: how many rows
/// stand above the header.
///
/// # Errors
/// It cannot be read, or is a workbook that cannot be.
pub fn text(opened: Opened, wanted: Option<&str>, skip: usize) -> Result<Text> {
    let (mut reader, name, size) = opened;
    let cannot = || format!("cannot read {name}");
    let mut bytes = Vec::new();
    (&mut *reader).take(ZIP.len() as u64).read_to_end(&mut bytes).with_context(cannot)?;
    let is_workbook = bytes.starts_with(ZIP) || bytes.starts_with(OLE);
    if is_workbook {
        (&mut *reader).take(MOST_BYTES).read_to_end(&mut bytes).with_context(cannot)?;
        if bytes.len() as u64 >= MOST_BYTES {
            bail!("{name} has 1 GiB or more; save the sheet alone as .xlsx or CSV, and give that");
        }
        if let Some((sheet, notes)) = guarded(&bytes, wanted, skip, &name)? {
            let size = Some(sheet.len() as u64);
            let opened: Opened = (Box::new(Cursor::new(sheet)), name, size);
            return Ok(Text { opened, is_sheet: true, notes });
        }
    }
    if wanted.is_some() {
        bail!("--sheet is for a workbook, and {name} is none; leave --sheet out");
    }
    let reader: Box<dyn Read> = Box::new(Cursor::new(bytes).chain(reader));
    Ok(Text { opened: (reader, name, size), is_sheet: false, notes: Vec::new() })
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Reads a sheet. A file that is broken in a way that the crates which read it did not foresee is refused as others are.
fn guarded(bytes: &[u8], wanted: Option<&str>, skip: usize, name: &str) -> Result<Option<Found>> {
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
    let read = panic::catch_unwind(AssertUnwindSafe(|| sheet(bytes, wanted, skip)));
    IS_GUARDED.set(false);
    let broken = |why: &dyn fmt::Display| {
        anyhow!(
            "{name} is a broken workbook ({why}); open it in your spreadsheet program, save it anew as .xlsx, and give that file"
        )
    };
    let read = read.map_err(|_| broken(&"it cannot be made sense of"))?;
    read.map_err(|error| match (error.downcast_ref(), error.downcast_ref()) {
        (Some(refusal @ Refusal(_)), _) => anyhow!("{name} {refusal}"),
        (_, Some(XlsError::Password)) => anyhow!("{name} {}", Refusal::encrypted()),
        _ => broken(&error),
    })
}

/// Reads a sheet; none where the file is no workbook.
fn sheet(bytes: &[u8], wanted: Option<&str>, skip: usize) -> Result<Option<Found>> {
    let mut rows = Rows::new(skip);
    if bytes.starts_with(OLE) {
        let encrypted: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(bytes, &encrypted).is_some() {
            bail!(Refusal::encrypted());
        }
        ole::check(bytes)?;
        let book = Xls::new(Cursor::new(bytes))?;
        let (name, notes) = chosen(&excel_sheets(&book), wanted)?;
        excel::read_xls(book, &name, &mut rows)?;
        return found(rows, &name, notes);
    }
    let mut parts = ZipArchive::new(Cursor::new(bytes))?;
    check(&mut parts)?;
    let has = |name: &str| parts.index_for_name(name).is_some();
    if has("xl/workbook.xml") || has("xl/_rels/workbook.xml.rels") && !has("xl/workbook.bin") {
        let book = Xlsx::new(Cursor::new(bytes))?;
        let (name, mut notes) = chosen(&excel_sheets(&book), wanted)?;
        notes.extend(without_value(excel::read_xlsx(book, &name, &mut rows)?));
        found(rows, &name, notes)
    } else if has("content.xml") && has("mimetype") {
        ods::refuse_encrypted(&mut parts)?;
        let (name, notes) = chosen(&ods::sheets(&mut parts)?, wanted)?;
        ods::read(&mut parts, &name, &mut rows)?;
        found(rows, &name, notes)
    } else {
        Ok(None)
    }
}

/// Refuses parts that unpack to too much, by what they say: the zip crate reads no more of one than it says.
fn check(parts: &mut Parts<'_>) -> Result<()> {
    for index in 0..parts.len() {
        let part = parts.by_index(index)?;
        let texts = part.name()?.to_lowercase().ends_with("sharedstrings.xml");
        if texts && part.size() > MOST_TEXTS {
            bail!(Refusal::large("the texts of its cells unpack to more than 256 MiB"));
        }
        if part.size() > MOST_BYTES {
            bail!(Refusal::large("a part of it unpacks to more than 1 GiB"));
        }
    }
    Ok(())
}

fn found(rows: Rows, name: &str, notes: Vec<String>) -> Result<Option<Found>> {
    let sheet = rows.finish()?;
    if sheet.is_empty() {
        let name = quoted(name);
        bail!(Refusal(format!("has nothing on the sheet {name}; give another with --sheet")));
    }
    Ok(Some((sheet, notes)))
}

/// Returns the names of the sheets that have cells, and whether they are hidden.
fn excel_sheets<R: Read + Seek>(book: &impl Reader<R>) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// Chooses a sheet: the one that is named, or the first that is shown. Returns its name, and what to say of the others.
fn chosen(sheets: &[(String, bool)], wanted: Option<&str>) -> Result<(String, Vec<String>)> {
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
            bail!(Refusal("has no sheet of cells; give another file".to_owned()));
        };
        let known: Vec<String> = sheets.iter().map(called).collect();
        let known = joined(&known, "and");
        bail!(Refusal(format!("{what}; it has {known}: type --sheet {}", shell(first))));
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
