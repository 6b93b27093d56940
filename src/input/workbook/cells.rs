//! The cells of a sheet, row by row, as CSV: what each is as text, and how many fields a row has.

use std::collections::BTreeMap;
use std::error::Error;
use std::{fmt, iter};

use anyhow::{Result, bail};
use calamine::ExcelDateTime;

use crate::input::field;

/// The bytes that a part of a workbook may unpack to, and that a sheet may have as CSV.
pub const MOST_BYTES: u64 = 1 << 30;

/// How many rows and columns a sheet has at most.
pub const MOST_ROWS: u32 = 1 << 20;
pub const MOST_COLUMNS: u32 = 1 << 14;

/// Why a workbook is not read and what to do, said behind its name. Any other error is that it is broken.
#[derive(Debug)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refusal {}

impl Refusal {
    pub fn encrypted() -> Self {
        let what = "is encrypted; open it in your spreadsheet program, save a copy without a password, and give that file";
        Self(what.to_owned())
    }

    pub fn large(what: &str) -> Self {
        Self(format!(
            "is too large: {what}; save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
        ))
    }
}

/// The cells that came so far. They come from the left to the right, row by row.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows as CSV, without the empty fields behind their last.
    bytes: Vec<u8>,
    /// Where each ends, and how many fields it has: none where it is empty.
    ends: Vec<(usize, u32)>,
    /// How many fields the row has that is being filled.
    fields: u32,
    /// How many rows are left out, which are empty lines.
    skip: usize,
    /// By column the texts that are filled down, and the last row that has them.
    filled: BTreeMap<u32, (u32, String)>,
}

impl Rows {
    /// None yet, the first `skip` of which stand above the header.
    pub fn new(skip: usize) -> Self {
        Self { skip, ..Self::default() }
    }

    fn row(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Adds a cell. `last`: the last row of the region that it is merged with.
    pub fn add(&mut self, (row, column): (u32, u32), text: &str, last: u32) -> Result<()> {
        let is_behind = row > self.row() || row == self.row() && column >= self.fields;
        if row >= MOST_ROWS || column >= MOST_COLUMNS || !is_behind {
            bail!("a cell in row {}, column {}, where none can be", row + 1, column + 1);
        }
        while self.row() < row {
            self.end_row()?;
        }
        if last > row && !text.is_empty() {
            self.filled.insert(column, (last, text.to_owned()));
        }
        self.fill_up_to(column);
        // A region that is filled down has cells of its own, which are empty.
        if !text.is_empty() {
            self.put(column, text);
        }
        Ok(())
    }

    /// Puts what is filled down into the columns before this one.
    fn fill_up_to(&mut self, column: u32) {
        let row = self.row();
        let due = self.filled.range(self.fields..column);
        let due = due.filter(|(_, (last, _))| *last >= row);
        let due: Vec<(u32, String)> = due.map(|(at, (_, text))| (*at, text.clone())).collect();
        for (column, text) in due {
            self.put(column, &text);
        }
    }

    fn put(&mut self, column: u32, text: &str) {
        let missing = column.saturating_sub(self.fields.saturating_sub(1));
        self.bytes.extend((0..missing).map(|_| b','));
        field::write(text.as_bytes(), b',', &mut self.bytes);
        self.fields = column + 1;
    }

    fn end_row(&mut self) -> Result<()> {
        if !self.filled.is_empty() {
            self.fill_up_to(MOST_COLUMNS);
            let row = self.row();
            self.filled.retain(|_, (last, _)| *last > row);
        }
        if self.ends.len() < self.skip {
            self.bytes.clear();
            self.fields = 0;
        }
        check(self.bytes.len())?;
        self.ends.push((self.bytes.len(), self.fields));
        self.fields = 0;
        Ok(())
    }

    /// Ends the last row. Returns the sheet as CSV, all of whose rows have the same number of fields; an empty row is an empty
    /// line.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        let last = self.filled.values().map(|(last, _)| *last).max().unwrap_or_default();
        while self.fields > 0 || self.row() <= last && !self.filled.is_empty() {
            self.end_row()?;
        }
        let most = self.ends.iter().map(|(_, fields)| *fields).max().unwrap_or_default();
        let missing = |fields: u32| if fields == 0 { 0 } else { (most - fields) as usize };
        let missing_in_all: usize = self.ends.iter().map(|(_, fields)| missing(*fields)).sum();
        let size = self.bytes.len() + self.ends.len() + missing_in_all;
        check(size)?;
        let (mut csv, mut start) = (Vec::with_capacity(size), 0);
        for (end, fields) in self.ends.into_iter().filter(|_| most > 0) {
            csv.extend_from_slice(self.bytes.get(start..end).unwrap_or_default());
            csv.extend(iter::repeat_n(b',', missing(fields)));
            csv.push(b'\n');
            start = end;
        }
        Ok(csv)
    }
}

fn check(size: usize) -> Result<()> {
    if size as u64 > MOST_BYTES {
        bail!(Refusal::large("the sheet has more than 1 GiB of text"));
    }
    Ok(())
}

/// Returns a number in its shortest form.
pub fn number(number: f64) -> String {
    // No table has use for three hundred digits.
    let is_plain = number == 0.0 || (1e-6..1e21).contains(&number.abs());
    match number {
        0.0 => "0".to_owned(),
        _ if is_plain || !number.is_finite() => number.to_string(),
        _ => format!("{number:e}"),
    }
}

pub fn truth(is_true: bool) -> &'static str {
    if is_true { "TRUE" } else { "FALSE" }
}

/// Returns a date as ISO 8601 writes it, with its time where it has one; a time alone where it has no date.
pub fn date(date: &ExcelDateTime) -> String {
    const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;
    let days = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&days) {
        return time(days * 86_400.0);
    }
    if !DAYS.contains(&days) {
        return number(days);
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let thousandths = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    iso_date(&format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{thousandths}"
    ))
}

/// Returns seconds as hours, minutes and seconds.
fn time(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    let millis = (seconds.abs() * 1e3).round() as u64;
    let (seconds, milli) = (millis / 1000, millis % 1000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let thousandths = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    format!("{sign}{hours:02}:{minutes:02}:{:02}{thousandths}", seconds % 60)
}

/// Returns a date without a time that says nothing.
pub fn iso_date(written: &str) -> String {
    let written = match written.split_once('.') {
        Some((whole, part)) if part.bytes().all(|byte| byte == b'0') => whole,
        _ => written,
    };
    written.strip_suffix("T00:00:00").unwrap_or(written).to_owned()
}

/// Returns an ISO 8601 duration such as PT14H30M00S as hours, minutes and seconds; anything else as it is.
pub fn iso_time(written: &str) -> String {
    let (sign, duration) = written.strip_prefix('-').map_or((1.0, written), |it| (-1.0, it));
    let seconds = || {
        let duration = duration.strip_prefix("PT")?.replace(',', ".");
        let (mut rest, mut seconds) = (&*duration, 0.0);
        for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
            if let Some((number, behind)) = rest.split_once(unit) {
                seconds += number.parse::<f64>().ok()? * length;
                rest = behind;
            }
        }
        rest.is_empty().then_some(sign * seconds)
    };
    seconds().map_or(written.to_owned(), time)
}
