//! Writes rows as an .xlsx: a sheet of them, and one of what is said of them. A text is never a formula.

use std::borrow::Cow;
use std::fmt;

use anyhow::{Context, Result, bail};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use crate::output::{Cell, Remarks, Shade, Table, TableRow};
use crate::text::capitalised;

/// How many rows and columns a sheet has, and the units of UTF-16 a cell.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;
const MOST_UNITS: usize = 32_767;

/// The letters of the widest column, and of the sheet of words.
const WIDEST: usize = 50;
const WORDS: f64 = 110.0;

/// How many rows say how wide a column is.
const MEASURED: u32 = 200;

/// What is said of the rows, on a sheet of its own.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub title: String,
    pub lines: Vec<String>,
    /// What they come from.
    pub source: String,
}

/// A value as a sheet holds it.
enum Value<'v> {
    Number(f64),
    /// A text, and the shade that it stands on.
    Text(Cow<'v, str>, Option<Shade>),
}

impl<'v> From<&'v Cell> for Value<'v> {
    fn from(cell: &'v Cell) -> Self {
        match cell {
            Cell::Number(number) => Self::Number((*number).into()),
            Cell::Permille(share) => Self::Number(f64::from(*share) / 10.0),
            Cell::Difference(number) => Self::Number((*number).into()),
            Cell::Ranked { text, shade, .. } => Self::Text(Cow::Borrowed(text), Some(*shade)),
            other => Self::Text(other.joined("; "), None),
        }
    }
}

/// The sheet of rows while it is filled.
struct Rows {
    sheet: Worksheet,
    row: u32,
    has_header: bool,
    /// The letters of the widest cell per column.
    widths: Vec<usize>,
    shades: [Format; 4],
}

impl Rows {
    /// None yet, under these names.
    fn new(header: Option<&[impl AsRef<str>]>) -> Result<Self> {
        let shade = |shade: Shade| {
            let colour = |hex: &str| Color::from(hex);
            shade.tone().map_or(Format::new(), |tone| {
                let format = Format::new().set_background_color(colour(tone.fill));
                format.set_font_color(colour(tone.ink))
            })
        };
        let (sheet, shades) = (Worksheet::new(), Shade::ORDER.map(shade));
        let has_header = header.is_some();
        let mut rows = Self { sheet, row: 0, has_header, widths: Vec::new(), shades };
        rows.sheet.set_name("Rows")?;
        if let Some(names) = header {
            let names = names.iter().map(|name| Value::Text(Cow::Borrowed(name.as_ref()), None));
            rows.add(names, &Format::new().set_bold())?;
            rows.sheet.set_freeze_panes(1, 0)?;
        }
        Ok(rows)
    }

    fn add<'v>(&mut self, values: impl Iterator<Item = Value<'v>>, plain: &Format) -> Result<()> {
        if self.row >= MOST_ROWS {
            bail!("there are more than 1,048,575 rows, and a sheet holds no more; write .csv");
        }
        let whole = Format::new().set_num_format("0");
        for (place, value) in values.enumerate() {
            let column = u16::try_from(place).ok().filter(|_| place < MOST_COLUMNS);
            let column = column.context(
                "there are more than 16,384 columns, and a sheet holds no more; write .csv",
            )?;
            let (row, sheet) = (self.row, &mut self.sheet);
            let letters = match value {
                Value::Number(number) => {
                    // Else a long one is shown with an exponent.
                    let is_long = number.fract() == 0.0 && number.abs() >= 1e11;
                    let format = if is_long { &whole } else { plain };
                    sheet.write_number_with_format(row, column, number, format)?;
                    number.to_string().len()
                }
                Value::Text(text, None) if text.is_empty() => 0,
                Value::Text(text, _) if text.encode_utf16().count() > MOST_UNITS => {
                    bail!(
                        "row {}, column {}: a text of more than 32,767 letters, and a cell holds no more; write .csv",
                        row + 1,
                        place + 1
                    )
                }
                Value::Text(text, shade) => {
                    let at = Shade::ORDER.iter().position(|it| Some(*it) == shade);
                    let format = at.and_then(|at| self.shades.get(at)).unwrap_or(plain);
                    sheet.write_string_with_format(row, column, &*text, format)?;
                    text.chars().count()
                }
            };
            if self.widths.len() <= place {
                self.widths.resize(place + 1, 0);
            }
            if let Some(width) = self.widths.get_mut(place).filter(|_| row < MEASURED) {
                *width = letters.max(*width);
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Returns the whole file, with what is said of the rows.
    fn finish(mut self, about: &About) -> Result<Vec<u8>> {
        let last = (self.row.saturating_sub(1), self.widths.len().saturating_sub(1));
        let last = (last.0, u16::try_from(last.1)?);
        for (column, letters) in (0..).zip(&self.widths) {
            // The button of the filter has its place.
            let letters = u32::try_from((letters + 4).clamp(8, WIDEST))?;
            self.sheet.set_column_width(column, letters)?;
        }
        if self.has_header && !self.widths.is_empty() {
            self.sheet.autofilter(0, 0, last.0, last.1)?;
        }
        self.sheet.ignore_error_range(0, 0, last.0, last.1, IgnoreError::NumberStoredAsText)?;
        let mut book = Workbook::new();
        // No clock: one answer is one file.
        let released = ExcelDateTime::from_ymd(2025, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&released));
        book.push_worksheet(self.sheet);
        book.push_worksheet(words(about)?);
        Ok(book.save_to_buffer()?)
    }
}

/// The sheet of what is said of the rows.
fn words(about: &About) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("About")?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, WORDS)?;
    sheet.write_string_with_format(0, 0, cut(&about.title), &wrapped.clone().set_bold())?;
    for (row, line) in (1..).zip(about.lines.iter().chain([&about.source])) {
        sheet.write_string_with_format(row, 0, cut(line), &wrapped)?;
    }
    Ok(sheet)
}

/// Returns what a cell holds of a line.
fn cut(line: &str) -> String {
    line.chars().take(MOST_UNITS / 2).collect()
}

/// Returns a table as a workbook, with what is said of it and where it comes from.
///
/// # Errors
/// A sheet cannot hold it.
pub fn table_book(
    table: &Table<'_>,
    rows: &[TableRow<'_>],
    header: bool,
    said: &Remarks,
    source: &str,
) -> Result<Vec<u8>> {
    let names = table.header();
    let mut sheet = Rows::new(header.then_some(&names))?;
    for row in rows {
        sheet.add(row.cells(table.shown()).iter().map(Value::from), &Format::new())?;
    }
    let warnings = said.warnings.iter().map(|warning| capitalised(warning));
    sheet.finish(&About {
        title: table.title.clone().unwrap_or_else(|| "tip".to_owned()),
        lines: said.around(&names).into_iter().chain(warnings).collect(),
        source: source.to_owned(),
    })
}

/// Returns the text of bytes; none where they are no text.
type Decode = Box<dyn Fn(&[u8]) -> Option<String>>;

/// CSV that becomes a workbook once it is whole.
pub struct Csv {
    pub bytes: Vec<u8>,
    /// Whether it begins with the names of columns.
    pub header: bool,
    pub decode: Decode,
    /// What its encoding is called.
    pub encoding: &'static str,
    /// The columns that are shaded, and the texts that have a shade.
    pub shaded: Vec<String>,
    pub shades: Vec<(String, Shade)>,
    pub about: About,
}

impl fmt::Debug for Csv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Csv").field("about", &self.about).finish_non_exhaustive()
    }
}

impl Csv {
    /// Returns the workbook.
    ///
    /// # Errors
    /// A sheet cannot hold it, or it is no text.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let numeric = self.numeric()?;
        let mut records = self.records();
        let mut names = Vec::new();
        if self.header
            && let Some(first) = records.next()
        {
            names = self.texts(&first?)?;
        }
        let mut rows = Rows::new(self.header.then_some(&names))?;
        let is_shaded: Vec<bool> = names.iter().map(|name| self.shaded.contains(name)).collect();
        for record in records {
            let texts = self.texts(&record?)?;
            let values = texts.into_iter().enumerate().map(|(place, text)| {
                let is = |columns: &[bool]| columns.get(place) == Some(&true);
                let shade = self.shades.iter().find(|(it, _)| is(&is_shaded) && *it == text);
                match number(&text).filter(|_| shade.is_none() && is(&numeric)) {
                    Some(number) => Value::Number(number),
                    None => Value::Text(Cow::Owned(text), shade.map(|(_, shade)| *shade)),
                }
            });
            rows.add(values, &Format::new())?;
        }
        rows.finish(&self.about)
    }

    /// Returns which columns hold numbers: those none of whose cells would change as one, as 007 would.
    fn numeric(&self) -> Result<Vec<bool>> {
        let mut numeric = Vec::new();
        for record in self.records().skip(usize::from(self.header)) {
            for (place, field) in record?.iter().enumerate() {
                let text = String::from_utf8_lossy(field);
                let changes = text.trim().parse::<f64>().is_ok() && number(&text).is_none();
                if numeric.len() <= place {
                    numeric.resize(place + 1, true);
                }
                if let Some(is_numeric) = numeric.get_mut(place).filter(|_| changes) {
                    *is_numeric = false;
                }
            }
        }
        Ok(numeric)
    }

    fn records(&self) -> impl Iterator<Item = csv::Result<csv::ByteRecord>> {
        let bytes = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).from_reader(bytes).into_byte_records()
    }

    fn texts(&self, record: &csv::ByteRecord) -> Result<Vec<String>> {
        let text = |(place, field)| {
            (self.decode)(field).with_context(|| {
                let line = record.position().map_or(1, csv::Position::line);
                format!(
                    "line {line}, column {}: the bytes are not {}; say with --encoding what they are, such as windows-1252",
                    place + 1,
                    self.encoding
                )
            })
        };
        record.iter().enumerate().map(text).collect()
    }
}

/// Returns the number that a text is, if no sign, zero or digit of it is lost as one.
fn number(text: &str) -> Option<f64> {
    // Of a whole number spreadsheet programs show so many digits, and then zeros.
    const DIGITS: usize = 15;
    let number: f64 = text.parse().ok()?;
    let is_short = text.contains('.') || text.trim_end_matches('0').len() <= DIGITS;
    (is_short && number.is_finite() && number.to_string() == text).then_some(number)
}
