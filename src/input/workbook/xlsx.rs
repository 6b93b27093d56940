//! A sheet of an .xlsx, read cell by cell by calamine.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxFormulaMetadata};

use crate::input::workbook::cells::{Rows, date, iso_date, iso_time, number, truth};
use crate::input::workbook::refusal::Refused;

pub type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Opens a workbook.
pub fn open(bytes: &[u8]) -> Refused<Book<'_>> {
    Ok(Xlsx::new(Cursor::new(bytes))?)
}

/// Reads a sheet into rows. Returns how many formulas have no value in the file.
pub fn read(book: &mut Book<'_>, sheet: &str, rows: &mut Rows) -> Refused<u64> {
    let regions = book.merge_cells_by_sheet_name(sheet)?.into_iter();
    let lasts: HashMap<_, _> = regions.map(|region| (region.start, region.end.0)).collect();
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut without_value = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let own;
        let text = match &cell.value {
            DataRef::String(text) => text,
            DataRef::SharedString(text) => *text,
            other => {
                own = text(other);
                &*own
            }
        };
        let is_formula = matches!(&cell.formula, Some(XlsxFormulaMetadata::Normal { formula }) if !formula.is_empty());
        if cell.value == DataRef::Empty && is_formula {
            without_value += 1;
        }
        rows.add(cell.pos, text, lasts.get(&cell.pos).copied().unwrap_or_default())?;
    }
    Ok(without_value)
}

/// Returns the text of a value.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(whole) => whole.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_true) => truth(*is_true).to_owned(),
        DataRef::DateTime(value) => date(value),
        DataRef::DateTimeIso(written) => iso_date(written),
        DataRef::DurationIso(written) => iso_time(written),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
