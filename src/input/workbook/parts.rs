//! The parts of a workbook that is a ZIP archive, and what they unpack to: known before any is read.

use std::io::Cursor;

use zip::ZipArchive;

use crate::input::workbook::refusal::{Refusal, Refused};

/// The bytes that a part may unpack to, and that a sheet may have as CSV.
pub const MOST_BYTES: u64 = 1 << 30;

/// The bytes that the texts of all cells may have in .xlsx: each of them takes memory, however short.
const MOST_TEXTS: u64 = 1 << 28;

pub type Parts<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What a ZIP archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
    Ods,
    /// No workbook that is read.
    Other,
}

/// Returns the parts of an archive and what it is.
pub fn open(bytes: &[u8]) -> Refused<(Parts<'_>, Kind)> {
    let parts = ZipArchive::new(Cursor::new(bytes))?;
    let has = |name: &str| parts.index_for_name(name).is_some();
    let is_xlsx =
        has("xl/workbook.xml") || has("xl/_rels/workbook.xml.rels") && !has("xl/workbook.bin");
    let kind = if is_xlsx {
        Kind::Xlsx
    } else if has("content.xml") && has("mimetype") {
        Kind::Ods
    } else {
        Kind::Other
    };
    Ok((parts, kind))
}

/// Refuses parts that are too large, by what they say: the zip crate reads no more of one than it says.
pub fn check(parts: &mut Parts<'_>) -> Refused<()> {
    for index in 0..parts.len() {
        let part = parts.by_index(index)?;
        let texts = part.name()?.to_lowercase().ends_with("sharedstrings.xml");
        if texts && part.size() > MOST_TEXTS {
            return Err(Refusal::Large("the texts of its cells unpack to more than 256 MiB"));
        }
        if part.size() > MOST_BYTES {
            return Err(Refusal::Large("a part of it unpacks to more than 1 GiB"));
        }
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
pub fn broken(error: impl ToString) -> Refusal {
    Refusal::Broken(error.to_string())
}
