//! What a file is that is no text: told by its first bytes, with what to do about it.

use crate::input::open::STDIN;
use crate::text::shell;

enum Remedy {
    /// A spreadsheet program can save it.
    Save,
    /// A program writes what is in it to a pipe.
    Pipe(&'static str),
    /// So does one that takes the file among its words, in the place of `{}`; of a pipe it cannot.
    Query(&'static str),
}
use Remedy::{Pipe, Query, Save};

/// What writes the longest list of objects in a text of JSON as CSV, one a line or not.
const JQ: &str = "jq -rs '[..|arrays|select(.[0]|type==\"object\")]|max_by(length)|(.[0]|keys_unsorted) as $k|$k,\
    (.[]|[.[$k[]]|(iterables|tojson)//.])|@csv'";

/// The kinds of files: the bytes they begin with, others that stand near the beginning, what they are called.
const KINDS: &[(&[u8], &[u8], &str, Remedy)] = &[
    (b"PK\x03\x04", b"opendocument.spreadsheet", "an OpenDocument workbook (.ods)", Save),
    (b"PK\x03\x04", b"[Content_Types].xml", "an Excel workbook (.xlsx)", Save),
    (b"PK\x03\x04", b"xl/", "an Excel workbook (.xlsx)", Save),
    (b"PK\x03\x04", b"", "a ZIP archive", Pipe("unzip -p")),
    (b"\xd0\xcf\x11\xe0", b"", "an old Excel workbook (.xls)", Save),
    (b"\x1f\x8b", b"", "compressed by gzip", Pipe("gzip -dc")),
    (b"\x28\xb5\x2f\xfd", b"", "compressed by zstd", Pipe("zstd -dc")),
    (b"\xfd7zXZ\0", b"", "compressed by xz", Pipe("xz -dc")),
    (b"BZh", b"1AY&SY", "compressed by bzip2", Pipe("bzip2 -dc")),
    (b"PAR1", b"", "a Parquet file", Query("duckdb -csv -c \"from read_parquet('{}')\"")),
    (b"\xff\xfe\0\0", b"", "in UTF-32", Pipe("iconv -f UTF-32 -t UTF-8")),
    (b"\0\0\xfe\xff", b"", "in UTF-32", Pipe("iconv -f UTF-32 -t UTF-8")),
    // Text that is no table, in small letters and without spaces.
    (b"<?xml", b"office:spreadsheet", "an Excel workbook saved as XML", Save),
    (b"<?xml", b"", "XML", Save),
    (b"<!doctypehtml", b"", "an HTML page, whatever it is called", Save),
    (b"<html", b"", "an HTML page, whatever it is called", Save),
    (b"<head", b"", "an HTML page, whatever it is called", Save),
    (b"<meta", b"", "an HTML page, whatever it is called", Save),
    (b"<style", b"", "an HTML page, whatever it is called", Save),
    (b"<table", b"", "an HTML page, whatever it is called", Save),
    (b"{\"", b"", "JSON", Pipe(JQ)),
    (b"[{", b"", "JSON", Pipe(JQ)),
];

/// Returns why an input that begins so cannot be read, and what to do; none where it may be text. `name`: how it is called in
/// messages, which for a file is its path.
pub fn refusal(beginning: &[u8], name: &str) -> Option<String> {
    let signs: Vec<u8> = beginning
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(beginning)
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take(LOOKED_AT)
        .map(u8::to_ascii_lowercase)
        .collect();
    let is_kind = |text: &[u8], begins: &[u8], holds: &[u8]| {
        text.starts_with(begins)
            && (holds.is_empty() || memchr::memmem::find(text, holds).is_some())
    };
    let (.., called, remedy) = KINDS.iter().find(|(begins, holds, ..)| {
        is_kind(beginning, begins, holds) || is_kind(&signs, begins, holds)
    })?;
    let remedy = match remedy {
        Save => "save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
            .to_owned(),
        Pipe(program) if name == STDIN => format!("type: {program} | tip annotate -"),
        Pipe(program) => format!("type: {program} {} | tip annotate -", shell(name)),
        Query(_) if name == STDIN => "save it as a file first, and give that".to_owned(),
        Query(program) => format!("type: {} | tip annotate -", program.replace("{}", name)),
    };
    Some(format!("{name} is {called}; {remedy}"))
}

/// How many signs of a text are looked at.
const LOOKED_AT: usize = 1 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_text_is_named_as_what_it_is() {
        let said = |bytes: &[u8], name| refusal(bytes, name).unwrap_or_default();
        let workbook = said(b"PK\x03\x04..[Content_Types].xml", "a.xlsx");
        assert!(workbook.starts_with("a.xlsx is an Excel workbook (.xlsx); save the sheet"));
        let workbook =
            said(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a");
        assert!(workbook.contains("(.ods)"), "{workbook}");
        assert_eq!(
            said(b"\x1f\x8b\x08", "my file.gz"),
            "my file.gz is compressed by gzip; type: gzip -dc 'my file.gz' | tip annotate -"
        );
        assert_eq!(
            said(b"\x28\xb5\x2f\xfd", STDIN),
            "standard input is compressed by zstd; type: zstd -dc | tip annotate -"
        );
        assert_eq!(said(b"PK,country\n", "a"), "");
    }
}
