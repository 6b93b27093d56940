//! The names that were not matched, as a file: with `iso3` filled in, `--map` takes it.

use std::io::Write;

use anyhow::Result;

use crate::annotate::annotator::Annotator;
use crate::annotate::formulas::guarded;
use crate::annotate::remedy::candidates;
use crate::annotate::writer::FileChanges;
use crate::index::country::Country;
use crate::input::encoding::Encoding;
use crate::output::format::io_error;
use crate::output::stream::Stream;

/// The columns. A person fills in the last: no guess stands there.
const COLUMNS: [&str; 6] = ["name", "status", "rows", "first_row", "candidates", "iso3"];

/// How the report is written: as the file is.
#[derive(Clone, Copy, Debug)]
pub struct ReportForm {
    /// The delimiter.
    pub delimiter: u8,
    /// The encoding.
    pub encoding: Encoding,
    /// What is written otherwise than it came.
    pub changes: FileChanges,
}

/// Writes the unmatched names, and at the end how many rows have others.
///
/// # Errors
/// The write failed.
pub fn write(annotator: &Annotator<'_>, form: ReportForm, out: &mut Stream) -> Result<()> {
    if form.changes.bom {
        out.push("\u{feff}".as_bytes());
    }
    out.add(|out| write_to(annotator, form, out).map_err(io_error))
}

fn write_to(
    annotator: &Annotator<'_>,
    form: ReportForm,
    out: &mut dyn Write,
) -> Result<(), csv::Error> {
    let mut builder = csv::WriterBuilder::new();
    if form.changes.crlf {
        builder.terminator(csv::Terminator::CRLF);
    }
    builder.buffer_capacity(1 << 12).delimiter(form.delimiter);
    let mut writer = builder.from_writer(out);
    writer.write_record(COLUMNS)?;
    for unmatched in annotator.unmatched.by_rows() {
        let candidates = candidates(&annotator.values, unmatched.name, unmatched.status);
        let candidates = candidates.into_iter().map(|country| called(country, form.encoding));
        let candidates = candidates.collect::<Vec<_>>().join(";");
        let [rows, first] = [unmatched.rows, unmatched.first_row].map(|number| number.to_string());
        let safe = form.changes.excel_safe;
        // A letter that is not in the encoding of the file.
        let name = match form.encoding.bytes(unmatched.name) {
            Ok(_) => unmatched.name.to_owned(),
            Err(lost) => unmatched.name.replace(lost, "?"),
        };
        let name = if safe { guarded(&name) } else { name.into() };
        let fields = [&*name, unmatched.status.name(), &rows, &first, &candidates, ""];
        let written = fields.map(|field| form.encoding.bytes(field).unwrap_or_default());
        writer.write_record(&written)?;
    }
    for (status, others) in annotator.others() {
        writer.write_record(["", status.name(), &others.to_string(), "", "", ""])?;
    }
    Ok(writer.flush()?)
}

/// Returns the name of a country, or its code where the encoding lacks a letter of it.
fn called(country: &Country, encoding: Encoding) -> &str {
    if encoding.bytes(&country.name).is_ok() { &country.name } else { country.iso3 }
}
