//! The cells of a sheet of Excel's, as calamine reads them: of an .xlsx one by one, of an .xls all at once.

use std::collections::HashMap;
use std::io::{Read, Seek};

use anyhow::Result;
use calamine::{Data, DataRef, Dimensions, Reader, Xls, Xlsx, XlsxFormulaMetadata};

use crate::input::workbook::cells::{Rows, date, iso_date, iso_time, number, truth};

/// Reads a sheet into rows. Returns how many formulas have no value in the file.
pub fn read_xlsx(mut book: Xlsx<impl Read + Seek>, sheet: &str, rows: &mut Rows) -> Result<u64> {
    let lasts = lasts(book.merge_cells_by_sheet_name(sheet)?);
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut without_value = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let is_formula = matches!(&cell.formula, Some(XlsxFormulaMetadata::Normal { formula }) if !formula.is_empty());
        if cell.value == DataRef::Empty && is_formula {
            without_value += 1;
        }
        let last = lasts.get(&cell.pos).copied().unwrap_or_default();
        match cell.value {
            DataRef::SharedString(text) => rows.add(cell.pos, text, last)?,
            value => rows.add(cell.pos, &text(value.into()), last)?,
        }
    }
    Ok(without_value)
}

/// Reads a sheet into rows.
pub fn read_xls(mut book: Xls<impl Read + Seek>, sheet: &str, rows: &mut Rows) -> Result<()> {
    let lasts = lasts(book.merge_cells_by_sheet_name(sheet)?);
    let range = book.worksheet_range(sheet)?;
    drop(book);
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = (top + u32::try_from(row)?, left + u32::try_from(column)?);
        let last = lasts.get(&place).copied().unwrap_or_default();
        rows.add(place, &text(value.clone()), last)?;
    }
    Ok(())
}

/// Returns the last rows of the regions that are merged, by their first cells.
fn lasts(regions: Vec<Dimensions>) -> HashMap<(u32, u32), u32> {
    regions.into_iter().map(|region| (region.start, region.end.0)).collect()
}

/// Returns the text of a value.
fn text(value: Data) -> String {
    match value {
        Data::Int(whole) => whole.to_string(),
        Data::Float(value) => number(value),
        Data::String(text) => text,
        Data::Bool(is_true) => truth(is_true).to_owned(),
        Data::DateTime(value) => date(&value),
        Data::DateTimeIso(written) => iso_date(&written),
        Data::DurationIso(written) => iso_time(&written),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}
