//! A file that is or is not a workbook is read as a table whose rows have one number of fields, or refused: never more.

use std::io::{Cursor, Read, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use tip_report::input::workbook::text;

const XLS: &[u8] = include_bytes!("../../workbooks/xlwt.xls");
const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const SHEET: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>"#;
const TEXTS: &str = "<sst><si><t>a</t></si><si><t>b</t></si></sst>";

/// The first byte says what the others are: a part of a workbook that is whole else, changes to an .xls, or a whole file.
pub fn hold(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = match kind % 6 {
        0 => xlsx(rest, TEXTS.as_bytes(), BOOK.as_bytes()),
        1 => xlsx(SHEET.as_bytes(), rest, BOOK.as_bytes()),
        2 => xlsx(SHEET.as_bytes(), TEXTS.as_bytes(), rest),
        3 => archive(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", rest),
        ]),
        4 => changed(rest),
        _ => rest.to_vec(),
    };
    let opened = (Box::new(Cursor::new(file)) as Box<dyn Read>, "file".to_owned(), None);
    let Ok(read) = text(opened, None, usize::from(kind % 7)) else {
        return;
    };
    if !read.is_sheet {
        return;
    }
    let (mut reader, _, size) = read.opened;
    let mut csv = Vec::new();
    // A cell in the last column of many rows makes much of little.
    if size.is_some_and(|size| size > 1 << 24) {
        return;
    }
    reader.read_to_end(&mut csv).expect("a sheet is in memory");
    assert_eq!(Some(csv.len() as u64), size);
    std::str::from_utf8(&csv).expect("it is UTF-8");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(&*csv);
    for record in reader.byte_records() {
        record.expect("its rows have one number of fields");
    }
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut writer = ZipWriter::new(&mut file);
    for (name, bytes) in parts {
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, stored).expect("a part");
        writer.write_all(bytes).expect("a part");
    }
    writer.finish().expect("an archive");
    file.into_inner()
}

fn xlsx(sheet: &[u8], texts: &[u8], book: &[u8]) -> Vec<u8> {
    archive(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", LINKS.as_bytes()),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An .xls in which some bytes are others: two of each three bytes say where.
fn changed(changes: &[u8]) -> Vec<u8> {
    let mut file = XLS.to_vec();
    let (changes, _) = changes.as_chunks::<3>();
    for [high, low, byte] in changes.iter().take(8) {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % file.len();
        if let Some(old) = file.get_mut(at) {
            *old = *byte;
        }
    }
    file
}
