//! The scan against the csv crate: the same records and fields, whatever the bytes and however they come.

use std::io::Read;

use tip_report::input::encoding::Encoding;
use tip_report::input::field;
use tip_report::input::problem::Problem;
use tip_report::input::reader::Input;
use tip_report::input::record::{Record, Sink};

/// Keeps every record, and one column of each.
pub struct Collect {
    /// The fields of each record, without quotes.
    pub records: Vec<Vec<Vec<u8>>>,
    /// The fields of the one column.
    pub cells: Vec<Vec<u8>>,
    column: usize,
    /// How many fields are told apart.
    kept: usize,
}

impl Collect {
    /// With no record yet.
    pub fn new(column: usize, kept: usize) -> Self {
        Self { records: Vec::new(), cells: Vec::new(), column, kept }
    }
}

impl Sink for Collect {
    fn kept(&self) -> usize {
        self.kept
    }

    fn record(&mut self, record: &Record<'_>) -> Result<(), Problem> {
        self.cells.push(field::value(record.field(self.column)).into_owned());
        self.records.push(record.fields().map(|field| field::value(field).into_owned()).collect());
        Ok(())
    }
}

/// A text that is read in pieces of these lengths, in turn.
#[derive(Clone)]
pub struct Pieces<'t>(pub &'t [u8], pub Vec<usize>);

impl Read for Pieces<'_> {
    fn read(&mut self, space: &mut [u8]) -> std::io::Result<usize> {
        if !self.1.is_empty() {
            self.1.rotate_left(1);
        }
        let piece = self.1.first().map_or(usize::MAX, |len| *len);
        let most = space.len().min(piece);
        self.0.read(space.get_mut(..most).expect("no more than there is"))
    }
}

/// Scans a text through a buffer of this length, which grows. Returns what was met, and what is wrong; nothing where it is
/// no text, such as a workbook.
pub fn scanned(
    text: &Pieces<'_>,
    buffer: usize,
    delimiter: u8,
    column: usize,
) -> Option<(Collect, Option<String>)> {
    let scan = |kept| {
        let mut collect = Collect::new(column, kept);
        let mut input = Input::with_buffer(Box::new(text.clone()), "t", buffer).ok()?;
        let outcome = input.scan(delimiter, 0, &mut collect, |_| ());
        Some((collect, outcome))
    };
    let (collect, outcome) = scan(usize::MAX)?;
    let (short, _) = scan(column + 1)?;
    assert_eq!(collect.cells, short.cells, "whether or not the fields behind are told apart");
    Some((collect, outcome.err().map(|error| error.to_string())))
}

/// The records as the csv crate reads them.
pub fn expected(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
    let records = reader.into_byte_records().map(|record| {
        let record = record.expect("memory can be read");
        record.iter().map(<[u8]>::to_vec).collect()
    });
    records.collect()
}

/// The first bytes say how the others are read; the smallest buffer holds a byte order mark.
pub fn holds(bytes: &[u8]) {
    let [delimiter, column, buffer, piece, text @ ..] = bytes else {
        return;
    };
    let delimiter =
        if delimiter.is_ascii_punctuation() && *delimiter != b'"' { *delimiter } else { b',' };
    let (column, buffer) = (usize::from(column % 8), usize::from(*buffer) + 4);
    let pieces = vec![usize::from(*piece) + 1, 1, 67];
    header_is_read(text, delimiter);
    let Some((met, wrong)) = scanned(&Pieces(text, pieces), buffer, delimiter, column) else {
        return;
    };
    if let Some(nul) = text.iter().position(|byte| *byte == 0) {
        return nul_is_refused(text, nul, &wrong.expect("a NUL byte is an error"));
    }
    let mut expected = expected(text, delimiter);
    if let Some(wrong) = wrong {
        assert!(wrong.contains("never closed"), "{wrong}");
        // To the csv crate the record ends with the text.
        expected.pop();
    }
    assert_eq!(met.records, expected);
    let columns = expected.iter().map(|record| record.get(column).cloned());
    let columns: Vec<Vec<u8>> = columns.map(Option::unwrap_or_default).collect();
    assert_eq!(met.cells, columns);
}

/// The first NUL byte is named by its line and its byte, if nothing is wrong before it.
fn nul_is_refused(text: &[u8], nul: usize, wrong: &str) {
    if !wrong.contains("a NUL byte") {
        return assert!(wrong.contains("never closed"), "{wrong}");
    }
    let before = text.get(..nul).unwrap_or_default();
    let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
    let is_end = |byte: &u8| b"\r\n".contains(byte);
    let column = 1 + before.iter().rev().take_while(|byte| !is_end(byte)).count();
    let ends = before.iter().filter(|byte| is_end(byte)).count();
    let crlf = before.windows(2).filter(|pair| pair == b"\r\n").count();
    let place = format!("t:{}:{column}:", 1 + ends - crlf);
    assert!(wrong.starts_with(&place), "{place} {wrong}");
}

/// The header is that of the csv crate too, or an error with its place.
fn header_is_read(text: &[u8], delimiter: u8) {
    // UTF-16 is read as other bytes: tests of its own hold it.
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return;
    }
    let Ok(mut input) = Input::open(Box::new(Pieces(text, Vec::new())), "t", None) else {
        return;
    };
    let encoding = Encoding::named("utf-8").expect("it is known");
    match input.header(delimiter, encoding) {
        Err(error) => assert!(error.to_string().starts_with('t'), "{error}"),
        Ok(names) => {
            let records = expected(text, delimiter);
            let header = records.first().expect("a record").iter();
            let header: Vec<_> = header.map(|name| encoding.lossy(name)).collect();
            assert_eq!(names, header);
        }
    }
}
