//! The names that were not matched, as a file: with `iso3` filled in, `--map` takes it.

use std::io::Write;

use anyhow::Result;

use crate::annotate::annotator::Annotator;
use crate::annotate::formulas::guarded;
use crate::annotate::options::FileChanges;
use crate::annotate::unmatched::Status;
use crate::annotate::values::Values;
use crate::index::Country;
use crate::output::Stream;
use crate::output::format::io_error;

/// The columns. A person fills in the last: no guess stands there.
const COLUMNS: [&str; 6] = ["name", "status", "rows", "first_row", "candidates", "iso3"];

/// Writes the unmatched names, and at the end how many rows have others: delimited and encoded as the file is.
pub fn write(
    annotator: &Annotator<'_>,
    delimiter: u8,
    changes: FileChanges,
    out: &mut Stream,
) -> Result<()> {
    if changes.bom {
        out.push("\u{feff}".as_bytes());
    }
    out.add(|out| write_to(annotator, delimiter, changes, out).map_err(io_error))
}

fn write_to(
    annotator: &Annotator<'_>,
    delimiter: u8,
    changes: FileChanges,
    out: &mut dyn Write,
) -> Result<(), csv::Error> {
    let encoding = annotator.values.query.encoding;
    let mut builder = csv::WriterBuilder::new();
    if changes.crlf {
        builder.terminator(csv::Terminator::CRLF);
    }
    builder.buffer_capacity(1 << 12).delimiter(delimiter);
    let mut writer = builder.from_writer(out);
    writer.write_record(COLUMNS)?;
    for unmatched in annotator.unmatched.by_rows() {
        let candidates = candidates(&annotator.values, unmatched.name, unmatched.status);
        // The code of a country where the encoding lacks a letter of its name.
        let candidates = candidates.into_iter().map(|country| {
            if encoding.bytes(&country.name).is_ok() { &country.name } else { country.iso3 }
        });
        let candidates = candidates.collect::<Vec<_>>().join(";");
        let [rows, first] = [unmatched.rows, unmatched.first_row].map(|number| number.to_string());
        let safe = changes.excel_safe;
        // A letter that is not in the encoding of the file.
        let name = match encoding.bytes(unmatched.name) {
            Ok(_) => unmatched.name.to_owned(),
            Err(lost) => unmatched.name.replace(lost, "?"),
        };
        let name = if safe { guarded(&name) } else { name.into() };
        let fields = [&*name, &unmatched.status.name(), &rows, &first, &candidates, ""];
        let written = fields.map(|field| encoding.bytes(field).unwrap_or_default());
        writer.write_record(&written)?;
    }
    for (status, others) in annotator.others() {
        writer.write_record(["", &status.name(), &others.to_string(), "", "", ""])?;
    }
    Ok(writer.flush()?)
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
