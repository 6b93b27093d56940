//! What a file is that is no text: told by its first bytes, with what to do about it.

use crate::input::open::STDIN;

/// The kinds of files: the bytes that one begins with, others near its beginning, what it is called, and the program that
/// writes what is in it to a pipe; where there is none, a spreadsheet program can save it as text.
type Kind = (&'static [u8], &'static [u8], &'static str, Option<&'static str>);

const UTF_16: &str = "iconv -f UTF-16 -t UTF-8";

const KINDS: &[Kind] = &[
    (b"PK\x03\x04", b"opendocument.spreadsheet", "an OpenDocument workbook (.ods)", None),
    (b"PK\x03\x04", b"[Content_Types].xml", "an Excel workbook (.xlsx)", None),
    (b"PK\x03\x04", b"xl/", "an Excel workbook (.xlsx)", None),
    (b"PK\x03\x04", b"", "a ZIP archive", Some("unzip -p")),
    (b"\xd0\xcf\x11\xe0", b"", "an old Excel workbook (.xls)", None),
    (b"\x1f\x8b", b"", "compressed by gzip", Some("gzip -dc")),
    (b"\x28\xb5\x2f\xfd", b"", "compressed by zstd", Some("zstd -dc")),
    (b"\xfd7zXZ\0", b"", "compressed by xz", Some("xz -dc")),
    (b"BZh", b"1AY&SY", "compressed by bzip2", Some("bzip2 -dc")),
    (b"\xff\xfe", b"", "in UTF-16", Some(UTF_16)),
    (b"\xfe\xff", b"", "in UTF-16", Some(UTF_16)),
];

/// Why an input that begins so cannot be read, and what to do; none where it may be text. `name`: how it is called in
/// messages, which for a file is its path.
pub fn refusal(beginning: &[u8], name: &str) -> Option<String> {
    let is = |(begins, holds, ..): &&Kind| {
        let holds = holds.is_empty() || memchr::memmem::find(beginning, holds).is_some();
        beginning.starts_with(begins) && holds
    };
    let (_, _, called, program) = KINDS.iter().find(is)?;
    let remedy = match program {
        None => "save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
            .to_owned(),
        Some(program) if name == STDIN => format!("type: {program} | tip annotate -"),
        Some(program) => format!("type: {program} {} | tip annotate -", typed(name)),
    };
    Some(format!("{name} is {called}; {remedy}"))
}

/// A path as a shell takes it.
fn typed(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

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
