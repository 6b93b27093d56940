//! The names that were not matched, as a file: with `iso3` filled in, `--map` takes it.

use crate::annotate::annotator::Annotator;
use crate::annotate::formulas::guarded;
use crate::annotate::options::FileChanges;
use crate::annotate::unmatched::Status;
use crate::annotate::values::Values;
use crate::index::Country;
use crate::input::field;
use crate::output::Stream;

/// The columns. A person fills in the last: no guess stands there.
const COLUMNS: [&str; 6] = ["name", "status", "rows", "first_row", "candidates", "iso3"];

/// Writes the unmatched names, and at the end how many rows have others: delimited and encoded as the file is.
pub fn write(annotator: &Annotator<'_>, delimiter: u8, changes: FileChanges, out: &mut Stream) {
    let encoding = annotator.values.query.encoding;
    if changes.bom {
        out.push("\u{feff}".as_bytes());
    }
    let mut add = |fields: [&str; 6]| {
        let mut row = Vec::new();
        for (place, text) in fields.iter().enumerate() {
            if place > 0 {
                row.push(delimiter);
            }
            field::write(&encoding.bytes(text).unwrap_or_default(), delimiter, &mut row);
        }
        row.extend_from_slice(if changes.crlf { b"\r\n" } else { b"\n" });
        out.push(&row);
    };
    add(COLUMNS);
    for (name, unmatched) in annotator.unmatched.by_rows() {
        let candidates = candidates(&annotator.values, name, unmatched.status);
        // The code of a country where the encoding lacks a letter of its name.
        let candidates = candidates.into_iter().map(|country| {
            if encoding.bytes(country.name).is_ok() { country.name } else { country.iso3 }
        });
        let candidates = candidates.collect::<Vec<_>>().join(";");
        let [rows, first] = [unmatched.rows, unmatched.first_row].map(|number| number.to_string());
        // A letter that is not in the encoding of the file.
        let name = match encoding.bytes(name) {
            Ok(_) => name.to_owned(),
            Err(lost) => name.replace(lost, "?"),
        };
        let name = if changes.excel_safe { guarded(&name) } else { name.into() };
        add([&name, &unmatched.status.name(), &rows, &first, &candidates, ""]);
    }
    for (status, others) in annotator.others() {
        add(["", &status.name(), &others.to_string(), "", "", ""]);
    }
}

/// Returns the countries that an ambiguous name may mean, or those whose names are nearest to an unknown one. A short or
/// damaged text is near to many, and says nothing.
pub fn candidates<'i>(values: &Values<'i>, name: &str, status: Status) -> Vec<&'i Country> {
    const SHORTEST: usize = 4;
    if status == Status::Ambiguous {
        return values.resolve(name).candidates();
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < SHORTEST || name.contains(char::REPLACEMENT_CHARACTER) {
        return Vec::new();
    }
    let near = values.index.near(name).into_iter();
    near.map(|near| near.country).collect()
}
