//! A workbook is read as its sheet saved as CSV would be, and what is written as one holds the texts that CSV has. The files
//! are those of `tests/workbooks`, whose `make.py` made them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::common::{self, feed, output, text};

const FOLDER: &str = "tests/workbooks";

/// Annotates a file with these options. Returns the status, what was written, and what was said.
fn annotate(file: &str, options: &[&str]) -> (Option<i32>, String, String) {
    let output = output(common::tip(&["annotate", file]).args(options));
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn made(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// A path for what a test writes.
fn temporary(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The rows of a sheet as texts; a number as it is shown.
fn rows(file: &[u8], sheet: usize) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(file)).expect("a workbook");
    let range = book.worksheet_range_at(sheet).expect("a sheet").expect("its cells");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_sheet_is_read_as_the_same_csv_whoever_wrote_it() {
    let (status, expected, _) = annotate(&made("table.csv"), &["-q"]);
    assert_eq!(status, Some(0));
    for name in
        ["openpyxl.xlsx", "libreoffice.xlsx", "libreoffice.ods", "libreoffice.xls", "xlwt.xls"]
    {
        let (status, written, said) = annotate(&made(name), &["-q"]);
        // LibreOffice makes TRUE of an .xlsx a number in an .ods.
        let expected = match name {
            "libreoffice.ods" => expected.replace(",TRUE,", ",1,").replace(",FALSE,", ",0,"),
            _ => expected.clone(),
        };
        assert_eq!((status, written, said), (Some(0), expected, String::new()), "{name}");
        let titled = ["-q", "--sheet", "with titles", "--skip", "2"];
        if name != "xlwt.xls" {
            let (_, written, _) = annotate(&made(name), &titled);
            assert!(written.starts_with("id,supplier,country,"), "{name}: {written}");
        }
    }
}

#[test]
fn what_excel_writes_and_others_do_not_is_read() {
    let expected = "\n,country,value,note,tip_iso3\n\n,North Macedonia,0.3333333333333333,#N/A,MKD\n\
        ,Chad,2018-06-28T14:30:00,TRUE,TCD\n,Chad,14:30:00,36:00:00,TCD\n";
    let options = ["-q", "--add", "iso3"];
    assert_eq!(
        annotate(&made("excel.xlsx"), &options),
        (Some(0), expected.to_owned(), String::new())
    );
    let file = fs::read(made("excel.xlsx")).expect("a file");
    let piped = feed(common::tip(&["annotate", "-"]).args(options), &file);
    assert_eq!(text(&piped.stdout), expected);
}

#[test]
fn the_sheet_that_is_read_is_named_and_another_is_chosen_by_its_name() {
    let (status, _, said) = annotate(&made("openpyxl.xlsx"), &[]);
    assert_eq!(status, Some(0));
    let note = "\n  the sheet 'Suppliers' is read; the others are 'Notes' (hidden), 'With titles', 'Formulas' and 'Empty': --sheet chooses\n";
    assert!(said.contains(note), "{said}");
    let (_, written, said) = annotate(&made("openpyxl.xlsx"), &["--sheet", "formulas"]);
    assert!(
        written.starts_with("country,sum,") && said.contains("1 formula has no value"),
        "{said}"
    );
    let (status, _, said) = annotate(&made("openpyxl.xlsx"), &["--sheet", "Nope"]);
    let expected = "error: tests/workbooks/openpyxl.xlsx has no sheet 'Nope'; it has 'Notes' (hidden), 'Suppliers', \
        'With titles', 'Formulas' and 'Empty': type --sheet Suppliers\n";
    assert_eq!((status, &*said), (Some(2), expected));
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let cut = temporary("cut.xlsx");
    let whole = fs::read(made("libreoffice.xlsx")).expect("a file");
    fs::write(&cut, &whole[..whole.len() / 2]).expect("a file");
    let cut = cut.to_str().expect("text");
    for (file, options, expected) in [
        (
            &*made("encrypted.xlsx"),
            &[][..],
            "is encrypted; open it in your spreadsheet program, save a copy without a password",
        ),
        (cut, &[], "is a broken workbook (invalid Zip archive"),
        (&made("openpyxl.xlsx"), &["--sheet", "Empty"], "has nothing on the sheet 'Empty'"),
        (&made("openpyxl.xlsx"), &["-d", ";"], "leave --delimiter out"),
        (&made("openpyxl.xlsx"), &["--encoding", "1252"], "leave --encoding out"),
        (&made("table.csv"), &["--sheet", "A"], "is none; leave --sheet out"),
        (&made("table.csv"), &["-o", "x.ods"], "end the name of the file in .csv or .xlsx"),
        (&made("table.csv"), &["-f", "xlsx", "--excel"], "leave them or the format out"),
    ] {
        let (status, written, said) = annotate(file, options);
        assert_eq!((status, &*written), (Some(2), ""), "{file} {options:?}");
        assert!(said.contains(expected), "{said}");
    }
}

/// Bytes that deflate unpacks to `size` zeros: a literal, and then the longest match again and again.
fn zeros(size: usize) -> Vec<u8> {
    let (mut bytes, mut bits, mut len) = (Vec::new(), 0_u32, 0);
    let mut push = |code: &str| {
        for bit in code.bytes() {
            bits |= u32::from(bit == b'1') << len;
            len += 1;
            if len == 8 {
                bytes.push(u8::try_from(bits).expect("a byte"));
                (bits, len) = (0, 0);
            }
        }
    };
    push("11000110000");
    (0..size / 258).for_each(|_| push("1100010100000"));
    push("00000000000000");
    bytes
}

/// An archive of these parts. One of them may be deflated already, and says that it unpacks to `says` bytes.
fn archive(parts: &[(&str, Vec<u8>)], deflated: &str, says: u32) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = ZipWriter::new(&mut file);
    for (name, bytes) in parts {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("a part");
        writer.write_all(bytes).expect("a part");
    }
    writer.finish().expect("an archive");
    let mut file = file.into_inner();
    for at in memchr::memmem::find_iter(&file.clone(), deflated.as_bytes()) {
        for (mark, head, method, size) in [(b"PK\x03\x04", 30, 8, 22), (b"PK\x01\x02", 46, 10, 24)]
        {
            if at >= head && file[at - head..].starts_with(mark) {
                file[at - head + method] = 8;
                file[at - head + size..][..4].copy_from_slice(&says.to_le_bytes());
            }
        }
    }
    file
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_read() {
    let bomb = |part: &str, size, says| {
        let root = br#"<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
        let parts = [
            ("_rels/.rels", root.to_vec()),
            ("xl/workbook.xml", b"<workbook/>".to_vec()),
            (part, zeros(size)),
        ];
        let file = temporary("bomb.xlsx");
        fs::write(&file, archive(&parts, part, says)).expect("a file");
        let (status, written, said) = annotate(file.to_str().expect("text"), &[]);
        assert_eq!((status, &*written), (Some(2), ""));
        said
    };
    // It says so, or it does not.
    let said = bomb("xl/worksheets/sheet1.xml", 1000, 1 << 31);
    assert!(said.contains("a part of it unpacks to more than 1 GiB; save the sheet as"), "{said}");
    let said = bomb("xl/sharedStrings.xml", 1000, 1 << 29);
    assert!(said.contains("the texts of its cells unpack to more than 256 MiB"), "{said}");
    let said = bomb("xl/sharedStrings.xml", 1 << 28, 100);
    assert!(said.contains("is larger than its declared uncompressed size"), "{said}");
}

#[test]
fn an_annotated_workbook_has_the_texts_and_numbers_of_the_csv() {
    let out = temporary("ranked.xlsx");
    let path = out.to_str().expect("text");
    let (status, _, said) = annotate(&made("openpyxl.xlsx"), &["-q", "-o", path]);
    assert_eq!((status, &*said), (Some(0), ""));
    let first = fs::read(&out).expect("a file");
    annotate(&made("openpyxl.xlsx"), &["-q", "-o", path]);
    assert_eq!(first, fs::read(&out).expect("a file"), "the same data are the same bytes");
    let rows = rows(&first, 0);
    let (_, expected, _) = annotate(&made("openpyxl.xlsx"), &["-q"]);
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(expected.as_bytes());
    let expected: Vec<Vec<String>> =
        reader.records().map(|it| it.expect("a row").iter().map(str::to_owned).collect()).collect();
    let texts: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(texts, expected);
    // 007 and =SUM(1,2) are texts, an amount is a number.
    assert_eq!(rows[1][0], Data::String("007".to_owned()));
    assert_eq!(rows[2][1], Data::String("=SUM(1,2)".to_owned()));
    assert_eq!((&rows[1][3], &rows[2][3]), (&Data::Float(1200.0), &Data::Float(0.1)));
    let mut book = Xlsx::new(Cursor::new(first)).expect("a workbook");
    assert!(book.worksheet_formula("Rows").expect("a sheet").is_empty(), "there are formulas");
    let (status, again, _) = annotate(path, &["-q", "--replace"]);
    let (_, expected, _) = annotate(&made("openpyxl.xlsx"), &["-q"]);
    assert_eq!((status, again), (Some(0), expected));
}

#[test]
fn an_answer_is_a_workbook_with_its_title_notes_and_source() {
    let answer = output(&mut common::tip(&["list", "now", "--tier", "3", "-f", "xlsx"]));
    assert_eq!(answer.status.code(), Some(0), "{}", text(&answer.stderr));
    let book = Xlsx::new(Cursor::new(&answer.stdout)).expect("a workbook");
    let sheets: Vec<_> = book.sheets_metadata().iter().map(|it| (&*it.name, it.visible)).collect();
    assert_eq!(sheets, [("Rows", SheetVisible::Visible), ("About", SheetVisible::Visible)]);
    let rows_of = rows(&answer.stdout, 0);
    let csv = output(&mut common::tip(&["list", "now", "--tier", "3", "-f", "csv"]));
    assert_eq!(rows_of.len(), text(&csv.stdout).lines().count());
    assert_eq!(rows_of[1][2], Data::Float(2025.0));
    let about: Vec<String> = rows(&answer.stdout, 1).iter().map(|row| row[0].to_string()).collect();
    assert!(about[0].contains("2025 report"), "{about:?}");
    assert!(
        about.last().is_some_and(|line| line.starts_with("Source: Trafficking in Persons Reports"))
    );
}

#[test]
fn what_no_sheet_holds_is_refused_and_leaves_no_file() {
    let out = temporary("refused.xlsx");
    let _ = fs::remove_file(&out);
    let write = |input: &[u8], options: &[&str]| {
        let mut command = common::tip(&["annotate", "-", "-q", "-o", out.to_str().expect("text")]);
        let output = feed(command.args(options), input);
        (output.status.code(), text(&output.stderr))
    };
    let long = format!("country,note\nChad,{}\n", "x".repeat(32_768));
    let (status, said) = write(long.as_bytes(), &[]);
    assert!(
        status == Some(2) && said.contains("row 2, column 2: a text of more than 32,767 letters"),
        "{said}"
    );
    let (status, said) = write(b"country,note\nChad,\xe9\n", &["--add", "iso3"]);
    assert!(
        status == Some(2) && said.contains("line 2, column 2: the bytes are not UTF-8"),
        "{said}"
    );
    assert!(!out.exists());
    let (status, said) = write(b"country;note\nChad;\xe9\n", &["--encoding", "1252"]);
    assert_eq!((status, &*said), (Some(0), ""));
    assert_eq!(rows(&fs::read(&out).expect("a file"), 0)[1][1], Data::String("é".to_owned()));
}

#[test]
#[ignore = "a million rows take a while without optimisation"]
fn more_rows_than_a_sheet_has_are_refused() {
    let rows = |rows: usize| {
        let input = format!("country\n{}", "Chad\n".repeat(rows));
        let mut command = common::tip(&["annotate", "-", "-q", "-f", "xlsx", "--add", "iso3"]);
        let output = feed(&mut command, input.as_bytes());
        (output.status.code(), text(&output.stderr))
    };
    assert_eq!(rows((1 << 20) - 1), (Some(0), String::new()));
    let (status, said) = rows(1 << 20);
    assert!(status == Some(2) && said.contains("more than 1,048,575 rows"), "{said}");
}
