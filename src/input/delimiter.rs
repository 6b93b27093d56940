//! What parts the columns of a file: by what the user writes, by its name, or by its header.

use std::path::Path;

use anyhow::{Result, bail};

use crate::text::quoted;

/// What commonly parts the columns of a file.
pub const COMMON: [u8; 4] = *b",;\t|";

/// Reads the delimiter that the user writes.
pub fn typed(written: &str) -> Result<u8> {
    match written.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if !b"\"\r\n\0".contains(byte) => Ok(*byte),
        _ => bail!("the delimiter {} is not one character such as ';', or 'tab'", quoted(written)),
    }
}

/// Returns the delimiter by the name of a file: a tab or a comma.
pub fn usual(path: &Path) -> u8 {
    let extension = path.extension();
    let extension = extension.map(|extension| extension.to_string_lossy().to_lowercase());
    let is_tab = extension.is_some_and(|extension| extension == "tsv" || extension == "tab");
    if is_tab { b'\t' } else { b',' }
}

/// Returns the one common delimiter in the first line, if there is one and no other.
pub fn only(text: &[u8]) -> Option<u8> {
    match *in_header(text) {
        [only] => Some(only),
        _ => None,
    }
}

/// Returns the common delimiters that stand outside quotes in the first line that is not empty. Whatever the delimiter is, quotes
/// count where they begin a field.
pub fn in_header(text: &[u8]) -> Vec<u8> {
    first_line(text).0
}

/// Returns whether a text has its first line that is not empty, with its end.
pub fn is_whole(text: &[u8]) -> bool {
    first_line(text).1
}

/// Returns the delimiters of the first line, and whether it ends.
fn first_line(text: &[u8]) -> (Vec<u8>, bool) {
    let start = text.iter().position(|byte| !b"\r\n".contains(byte));
    let line = text.get(start.unwrap_or(0)..).unwrap_or_default();
    let (mut found, mut quoted, mut field_begins) = (Vec::new(), false, true);
    for byte in line {
        match byte {
            // Two quotes inside are one: the second opens what the first has closed.
            b'"' if quoted => quoted = false,
            b'"' if field_begins => quoted = true,
            b'\r' | b'\n' if !quoted => return (found, true),
            byte if !quoted && COMMON.contains(byte) && !found.contains(byte) => found.push(*byte),
            _ => {}
        }
        field_begins = COMMON.contains(byte) || *byte == b'"';
    }
    (found, false)
}

/// Returns a delimiter as messages name it, and as it is typed.
pub fn name(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tab".to_owned(),
        byte => format!("'{}'", char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_outside_quotes_in_the_first_line_counts() {
        let found = |text: &str| in_header(text.as_bytes());
        assert_eq!(found("a;b\nc,d"), b";");
        assert_eq!(found("\r\n\na|b"), b"|");
        assert_eq!(found("a;\"b, \"\"c\"\", d\";e\n"), b";");
        assert_eq!(found("a,b;c\r1\t2"), b",;");
        assert_eq!(found("5\" pipe;b\n"), b";");
        assert_eq!(found("\"a,b\nc\";d"), b";");
        assert!(found("country\nx,y").is_empty());
        assert!(found("").is_empty());
    }
}
