//! The scan against the csv crate, on random bytes cut into random chunks.

use proptest::prelude::*;

use crate::fuzz::scanner::{Collect, Pieces, expected, scanned as in_pieces};
use tip_report::input::field;
use tip_report::input::problem::{LONGEST_FIELD, LONGEST_RECORD};
use tip_report::input::scan::Scanner;

/// Scans a text through a buffer of this length, which grows. Returns what was met, and what is wrong.
fn scanned(text: &[u8], buffer: usize, delimiter: u8, column: usize) -> (Collect, Option<String>) {
    let met = in_pieces(&Pieces(text, Vec::new()), buffer, delimiter, column);
    met.expect("it is text")
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
        buffer in 1_usize..400,
        delimiter in prop::sample::select(b",\t;".to_vec()),
        column in 0_usize..5,
        pieces in prop::collection::vec(1_usize..200, 0..4),
    ) {
        let mut expected = expected(&text, delimiter);
        let met = in_pieces(&Pieces(&text, pieces), buffer, delimiter, column);
        let (met, wrong) = met.expect("it is text");
        if let Some(wrong) = wrong {
            // To the csv crate the record ends with the text.
            prop_assert!(wrong.contains("never closed"), "{}", wrong);
            expected.pop();
        }
        prop_assert_eq!(&met.records, &expected);
        let columns = expected.iter().map(|record| record.get(column).cloned().unwrap_or_default());
        let columns: Vec<Vec<u8>> = columns.collect();
        prop_assert_eq!(met.cells, columns);
    }

    #[test]
    fn a_written_field_is_read_back(value in "[a,\"\n\r;é]{0,12}") {
        let mut row = Vec::new();
        field::write(value.as_bytes(), b',', &mut row);
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
    let wrong = |text: &str| scanned(text.as_bytes(), 3, b',', 0).1;
    let open = |text: &str, place: &str| {
        let wrong = wrong(text).expect("a quote is open");
        assert!(wrong.starts_with(&format!("t:{place}: a quote")), "{wrong}");
    };
    open("a,b\n\"c,d\ne,f\n", "2:1");
    open("a,\"b\nc\"\r\nd\r\n\"e", "4:1");
    open("a,\"b\nc\",\"d\n", "2:4");
    open("a\rb\rc,\"d", "3:3");
    assert_eq!(wrong("a,b\n\"c\""), None);
    assert_eq!(wrong("a,b\nc\"d,e\n"), None, "a stray quote is text");
}

/// The line on which the record begins with which a text ends.
fn last_line(text: &str) -> u64 {
    let mut scanner = Scanner::new(b',', 1, 0);
    let rest = scanner.scan(text.as_bytes(), false, &mut Collect::new(0, 1));
    assert!(rest.expect("short fields") < text.len());
    scanner.position().record
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for text in ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc", "\"a\n\"\nc", "\n\nc"] {
        assert_eq!(last_line(text), 3, "{text:?}");
    }
}

#[test]
fn a_crlf_in_quotes_is_one_line_end_wherever_it_stands() {
    for before in 0..130 {
        let text = format!("\"{}\r\n\"\r\nb", "x".repeat(before));
        assert_eq!(last_line(&text), 3, "{before}");
    }
}

#[test]
fn a_field_may_have_a_mebibyte_and_no_more() {
    for buffer in [1 << 10, 1 << 17, LONGEST_FIELD + 3, LONGEST_FIELD * 2] {
        let scan = |len: usize| {
            let text = [b"b\na,".as_slice(), &vec![b'x'; len], b",b\n"].concat();
            scanned(&text, buffer, b',', 0).1
        };
        assert_eq!(scan(LONGEST_FIELD), None);
        let wrong = scan(LONGEST_FIELD + 1);
        assert_eq!(wrong.as_deref(), Some("t:2: a field of more than 1 MiB"));
    }
}

#[test]
fn a_record_of_many_mebibytes_is_an_error() {
    let scan = |len: usize| scanned(&vec![b','; len], 1 << 10, b',', 0);
    assert_eq!(scan(LONGEST_RECORD - 1).1, None);
    let wrong = scan(LONGEST_RECORD + 1).1;
    assert_eq!(wrong.as_deref(), Some("t:1: a row of 4 MiB or more"));
}
