//! A sheet of an .xls, the whole of which calamine reads at once.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xls};

use crate::input::workbook::cells::{Rows, date, iso_date, iso_time, number, truth};
use crate::input::workbook::refusal::Refused;

pub type Book<'b> = Xls<Cursor<&'b [u8]>>;

/// Opens a workbook.
pub fn open(bytes: &[u8]) -> Refused<Book<'_>> {
    Ok(Xls::new(Cursor::new(bytes))?)
}

/// Reads a sheet into rows.
pub fn read(mut book: Book<'_>, sheet: &str, rows: &mut Rows) -> Refused<()> {
    let regions = book.merge_cells_by_sheet_name(sheet)?.into_iter();
    let lasts: HashMap<_, _> = regions.map(|region| (region.start, region.end.0)).collect();
    let range = book.worksheet_range(sheet)?;
    drop(book);
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let index = |start: u32, offset: usize| {
            start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
        };
        let place = (index(top, row), index(left, column));
        rows.add(place, &text(value), lasts.get(&place).copied().unwrap_or_default())?;
    }
    Ok(())
}

/// Returns the text of a value.
fn text(value: &Data) -> String {
    match value {
        Data::Int(whole) => whole.to_string(),
        Data::Float(value) => number(*value),
        Data::String(text) => text.clone(),
        Data::Bool(is_true) => truth(*is_true).to_owned(),
        Data::DateTime(value) => date(value),
        Data::DateTimeIso(written) => iso_date(written),
        Data::DurationIso(written) => iso_time(written),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}
