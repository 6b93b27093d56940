//! The scan against the csv crate, on random bytes cut into random chunks.

use proptest::prelude::*;

use crate::input::column::ColumnField;
use crate::input::field;
use crate::input::scan::{LONGEST_FIELD, Place, Problem, Scanner, Sink};

/// Keeps every record, and one column of each as `ColumnField` has it.
struct Collect {
    records: Vec<Vec<Vec<u8>>>,
    blanks: usize,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Where the record begins in all bytes, if in a chunk before.
    start: Option<usize>,
    before: usize,
    capture: ColumnField,
    captured: Vec<Vec<u8>>,
}

impl Collect {
    fn new(column: usize) -> Self {
        Self {
            records: Vec::new(),
            blanks: 0,
            bytes: Vec::new(),
            ends: Vec::new(),
            start: None,
            before: 0,
            capture: ColumnField::new(column),
            captured: Vec::new(),
        }
    }
}

impl Sink for Collect {
    fn fields(&mut self, base: usize, delimiters: u64) {
        let count = delimiters.count_ones() as usize;
        self.capture
            .fields(self.ends.len(), count, base, delimiters);
        let bits = (0..64).filter(|bit| delimiters >> bit & 1 == 1);
        self.ends.extend(bits.map(|bit| self.before + base + bit));
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        let cell = self.capture.get(chunk, (start, end), self.ends.len());
        self.captured.push(cell.bytes.to_vec());
        let end = self.before + end;
        self.ends.push(end);
        let mut start = self.start.unwrap_or(self.before + start);
        let mut fields = Vec::new();
        for end in self.ends.drain(..) {
            fields.push(field::value(&self.bytes[start..end]).into_owned());
            start = end + 1;
        }
        self.records.push(fields);
        self.start = None;
        self.capture.reset();
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        self.blanks += 1;
        Ok(())
    }

    fn keep(&mut self, chunk: &[u8], start: usize) -> Result<(), Problem> {
        self.capture.keep(chunk, start, self.ends.len());
        if start < chunk.len() {
            self.start.get_or_insert(self.before + start);
        }
        self.before += chunk.len();
        Ok(())
    }
}

/// Scans a text cut at these places. Returns what was met, and the line of a quote that is still open.
fn scanned(text: &[u8], cuts: &[usize], delimiter: u8, column: usize) -> (Collect, Option<Place>) {
    let mut collect = Collect::new(column);
    collect.bytes = text.to_vec();
    let mut scanner = Scanner::new(delimiter);
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    for cut in cuts.windows(2) {
        scanner
            .chunk(&text[cut[0]..cut[1]], &mut collect)
            .expect("short fields");
    }
    match scanner.finish(&mut collect) {
        Ok(()) => (collect, None),
        Err(Problem::OpenQuote) => {
            // To the csv crate the record ends with the text.
            collect.record(&[], 0, 0).expect("a record");
            (collect, scanner.open_quote())
        }
        Err(problem) => panic!("{problem:?}"),
    }
}

/// The records as the csv crate reads them.
fn expected(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text);
    let records = reader.into_byte_records().map(|record| {
        let record = record.expect("memory can be read");
        record.iter().map(<[u8]>::to_vec).collect()
    });
    records.collect()
}

/// Text in which quotes, delimiters and line ends are frequent, and long enough for several blocks.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        3 => Just(b','),
        3 => Just(b'"'),
        2 => Just(b'\n'),
        1 => Just(b'\r'),
        6 => prop::sample::select(b"ab ;\xff\t".to_vec()),
    ];
    prop::collection::vec(byte, 0..300)
}

/// Rows as programs write them, a few of them broken.
fn rows() -> impl Strategy<Value = Vec<u8>> {
    let field = prop_oneof![
        4 => "[a-z ]{0,20}",
        2 => "\"([a-z,\n]|\"\"){0,20}\"",
        1 => "[a-z\"]{0,6}",
    ];
    let row = prop::collection::vec(field, 1..6).prop_map(|fields| fields.join(","));
    let end = prop::sample::select(&["\n", "\r\n", "\r", "\n\n"][..]);
    let line = (row, end).prop_map(|(row, end)| row + end);
    prop::collection::vec(line, 0..20).prop_map(|lines| lines.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_and_fields_are_those_of_the_csv_crate(
        text in prop_oneof![text(), rows()],
        cuts in prop::collection::vec(any::<usize>(), 0..6),
        delimiter in prop::sample::select(b",\t;".to_vec()),
        column in 0_usize..5,
    ) {
        let expected = expected(&text, delimiter);
        let (met, _) = scanned(&text, &cuts, delimiter, column);
        prop_assert_eq!(&met.records, &expected);
        let captured = met.captured.iter().map(|cell| field::value(cell).into_owned());
        let captured: Vec<Vec<u8>> = captured.collect();
        let columns = expected.iter().map(|record| record.get(column).cloned().unwrap_or_default());
        let columns: Vec<Vec<u8>> = columns.collect();
        prop_assert_eq!(captured, columns);
    }

    #[test]
    fn a_written_field_is_read_back(value in "[a,\"\n\r;é]{0,12}") {
        let mut row = Vec::new();
        field::write(&value, b',', &mut row);
        let read = field::value(&row);
        prop_assert_eq!(&*read, value.as_bytes());
        row.push(b'\n');
        if !value.is_empty() {
            prop_assert_eq!(expected(&row, b','), vec![vec![value.into_bytes()]]);
        }
    }
}

#[test]
fn a_quote_that_is_never_closed_is_named_by_the_line_where_it_opened() {
    let open = |text: &str| {
        let place = scanned(text.as_bytes(), &[], b',', 0).1?;
        Some((place.line, place.column))
    };
    assert_eq!(open("a,b\n\"c,d\ne,f\n"), Some((2, 1)));
    assert_eq!(open("a,\"b\nc\"\r\nd\r\n\"e"), Some((4, 1)));
    assert_eq!(open("a,\"b\nc\",\"d\n"), Some((2, 4)));
    assert_eq!(open("a\rb\rc,\"d"), Some((3, 3)));
    assert_eq!(open("a,b\n\"c\""), None);
    assert_eq!(open("a,b\nc\"d,e\n"), None, "a stray quote is text");
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for text in ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc", "\"a\n\"\nc", "\n\nc"] {
        let mut scanner = Scanner::new(b',');
        let mut collect = Collect::new(0);
        collect.bytes = text.as_bytes().to_vec();
        scanner
            .chunk(text.as_bytes(), &mut collect)
            .expect("short fields");
        assert_eq!(scanner.record_line(), 3, "{text:?}");
    }
}

#[test]
fn a_crlf_in_quotes_is_one_line_end_wherever_it_stands() {
    for before in 0..130 {
        let text = format!("\"{}\r\n\"\r\nb", "x".repeat(before));
        let mut scanner = Scanner::new(b',');
        let mut collect = Collect::new(0);
        collect.bytes = text.as_bytes().to_vec();
        scanner
            .chunk(text.as_bytes(), &mut collect)
            .expect("short fields");
        assert_eq!(scanner.record_line(), 3, "{before}");
    }
}

#[test]
fn a_field_may_have_a_mebibyte_and_no_more() {
    let scan = |len: usize| {
        let text = [b"a,".as_slice(), &vec![b'x'; len], b",b\n"].concat();
        let mut scanner = Scanner::new(b',');
        let mut collect = Collect::new(0);
        collect.bytes.clone_from(&text);
        let mut chunks = text.chunks(1 << 16);
        chunks.try_for_each(|chunk| scanner.chunk(chunk, &mut collect))
    };
    assert!(scan(LONGEST_FIELD).is_ok());
    assert!(matches!(scan(LONGEST_FIELD + 1), Err(Problem::LongField)));
}
