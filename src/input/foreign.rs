//! What a file is that is no text: told by its first bytes, with what to do about it.

use crate::input::open::STDIN;

/// A kind of file: the bytes it begins with, and others that stand near its beginning.
struct Kind {
    begins: &'static [u8],
    holds: &'static [u8],
    /// What it is called.
    called: &'static str,
    remedy: Remedy,
}

/// What to do about it.
enum Remedy {
    /// A spreadsheet program can save it.
    Save,
    /// A program writes what is in it to a pipe.
    Pipe(&'static str),
}

const KINDS: &[Kind] = &[
    Kind {
        begins: b"PK\x03\x04",
        holds: b"opendocument.spreadsheet",
        called: "an OpenDocument workbook (.ods)",
        remedy: Remedy::Save,
    },
    Kind {
        begins: b"PK\x03\x04",
        holds: b"[Content_Types].xml",
        called: "an Excel workbook (.xlsx)",
        remedy: Remedy::Save,
    },
    Kind {
        begins: b"PK\x03\x04",
        holds: b"xl/",
        called: "an Excel workbook (.xlsx)",
        remedy: Remedy::Save,
    },
    Kind {
        begins: b"PK\x03\x04",
        holds: b"",
        called: "a ZIP archive",
        remedy: Remedy::Pipe("unzip -p"),
    },
    Kind {
        begins: b"\xd0\xcf\x11\xe0",
        holds: b"",
        called: "an old Excel workbook (.xls)",
        remedy: Remedy::Save,
    },
    Kind {
        begins: b"\x1f\x8b",
        holds: b"",
        called: "compressed by gzip",
        remedy: Remedy::Pipe("gzip -dc"),
    },
    Kind {
        begins: b"\x28\xb5\x2f\xfd",
        holds: b"",
        called: "compressed by zstd",
        remedy: Remedy::Pipe("zstd -dc"),
    },
    Kind {
        begins: b"\xfd7zXZ\0",
        holds: b"",
        called: "compressed by xz",
        remedy: Remedy::Pipe("xz -dc"),
    },
    Kind {
        begins: b"BZh",
        holds: b"1AY&SY",
        called: "compressed by bzip2",
        remedy: Remedy::Pipe("bzip2 -dc"),
    },
    Kind {
        begins: b"\xff\xfe",
        holds: b"",
        called: "in UTF-16",
        remedy: Remedy::Pipe("iconv -f UTF-16 -t UTF-8"),
    },
    Kind {
        begins: b"\xfe\xff",
        holds: b"",
        called: "in UTF-16",
        remedy: Remedy::Pipe("iconv -f UTF-16 -t UTF-8"),
    },
];

/// Why an input that begins so cannot be read, and what to do; none where it may be text. `name`: how it is called in
/// messages, which for a file is its path.
pub fn refusal(beginning: &[u8], name: &str) -> Option<String> {
    let is = |kind: &&Kind| {
        let holds = kind.holds.is_empty() || memchr::memmem::find(beginning, kind.holds).is_some();
        beginning.starts_with(kind.begins) && holds
    };
    let kind = KINDS.iter().find(is)?;
    let remedy = match kind.remedy {
        Remedy::Save => {
            "save the sheet as 'CSV UTF-8' in your spreadsheet program, and give that file"
                .to_owned()
        }
        Remedy::Pipe(program) if name == STDIN => format!("type: {program} | tip annotate -"),
        Remedy::Pipe(program) => format!("type: {program} {} | tip annotate -", typed(name)),
    };
    Some(format!("{name} is {}; {remedy}", kind.called))
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
