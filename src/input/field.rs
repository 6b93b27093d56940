//! One field of a record: its value without quotes, and how a value is written as one.

use std::borrow::Cow;

/// Returns the value of a field as it stands in a file, told as the csv crate tells it: quotes count only where they begin
/// it, two inside them are one, and what stands behind the closing one belongs to the value.
pub fn value(field: &[u8]) -> Cow<'_, [u8]> {
    let Some(mut rest) = field.strip_prefix(b"\"") else {
        return Cow::Borrowed(field);
    };
    let mut value = Vec::with_capacity(rest.len());
    while let Some(offset) = memchr::memchr(b'"', rest) {
        let (inside, behind) = rest.split_at(offset);
        value.extend_from_slice(inside);
        match behind.get(1..).unwrap_or_default() {
            [b'"', more @ ..] => {
                value.push(b'"');
                rest = more;
            }
            text => {
                rest = text;
                break;
            }
        }
    }
    value.extend_from_slice(rest);
    Cow::Owned(value)
}

/// Appends a value to a row, in quotes where they must be.
pub fn write(value: &[u8], delimiter: u8, row: &mut Vec<u8>) {
    let special = |byte: &u8| [delimiter, b'"', b'\n', b'\r'].contains(byte);
    if value.iter().any(special) {
        write_quoted(value, row);
    } else {
        row.extend_from_slice(value);
    }
}

pub fn write_quoted(value: &[u8], row: &mut Vec<u8>) {
    row.push(b'"');
    for byte in value {
        if *byte == b'"' {
            row.push(b'"');
        }
        row.push(*byte);
    }
    row.push(b'"');
}
