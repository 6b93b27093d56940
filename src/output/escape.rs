//! Bytes as a terminal may be given them: nothing in them acts on it but line ends and tabs.

use std::io::{self, Write};

use crate::text::acts_on_terminal;

/// The most bytes of a character, less one.
const CUT: usize = 3;

/// Bytes, with what acts on a terminal and what is no text escaped, and how many of them that is. What may be cut at
/// the end is left, unless it is the `last`.
pub fn shown(bytes: &[u8], last: bool) -> (String, usize) {
    let (mut out, mut done) = (String::with_capacity(bytes.len()), 0);
    for chunk in bytes.utf8_chunks() {
        let mut letters = chunk.valid().chars().peekable();
        while let Some(letter) = letters.next() {
            let next = letters.peek();
            let is_last = done + 1 == bytes.len();
            if letter == '\r' && is_last && !last {
                return (out, done);
            }
            done += letter.len_utf8();
            let is_line_end = letter == '\n' || letter == '\r' && next == Some(&'\n');
            if is_line_end || letter == '\t' || !acts_on_terminal(letter) {
                out.push(letter);
            } else {
                out.extend(letter.escape_default());
            }
        }
        let invalid = chunk.invalid();
        if done + invalid.len() == bytes.len() && invalid.len() <= CUT && !last {
            return (out, done);
        }
        done += invalid.len();
        out.extend(invalid.escape_ascii().map(char::from));
    }
    (out, done)
}

/// Text as Markdown shows it: no tag, link, picture or code begins in it, and no column ends.
pub fn markdown(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if matches!(c, '\\' | '|' | '<' | '[' | ']' | '`' | '*') {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        out
    })
}

/// A line of a Markdown table.
pub fn piped(cells: impl IntoIterator<Item: AsRef<str>>) -> String {
    let cells = cells.into_iter();
    let line = cells.fold(String::from("|"), |line, cell| line + " " + cell.as_ref() + " |");
    line + "\n"
}

/// A writer of JSON in which no character acts on a terminal: within its strings, where alone such characters stand,
/// they are written as `\u` and four digits.
pub struct Json<W>(pub W);

impl<W: Write> Write for Json<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_plain = bytes.is_ascii() && !bytes.contains(&0x7f);
        let text = std::str::from_utf8(bytes).ok().filter(|_| !is_plain);
        let acts = |letter: char| letter >= ' ' && acts_on_terminal(letter);
        let Some(text) = text.filter(|text| text.contains(acts)) else {
            return self.0.write_all(bytes).map(|()| bytes.len());
        };
        for part in text.split_inclusive(acts) {
            let last = part.chars().next_back().filter(|letter| acts(*letter));
            let plain = part.len() - last.map_or(0, char::len_utf8);
            self.0.write_all(part.as_bytes().get(..plain).unwrap_or_default())?;
            let mut units = [0; 2];
            for unit in last.map_or(&[][..], |letter| letter.encode_utf16(&mut units)) {
                write!(self.0, "\\u{unit:04x}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_escaped_however_the_bytes_are_cut() {
        let bytes = b"a,\x1b[31m\xc2\x9b\t\xe2\x80\xaex\r\n\r\xff\x9b\xc3\xa9\n\xc3";
        let expected = "a,\\u{1b}[31m\\u{9b}\t\\u{202e}x\r\n\\r\\xff\\x9bé\n\\xc3";
        assert_eq!(shown(bytes, true).0, expected);
        for cut in 0..bytes.len() {
            let (first, second) = bytes.split_at(cut);
            let (mut text, done) = shown(first, false);
            let rest = [first.get(done..).expect("a rest"), second].concat();
            text.push_str(&shown(&rest, true).0);
            assert_eq!(text, expected, "{cut}");
        }
    }

    #[test]
    fn json_is_escaped_and_means_the_same() {
        let text = "é\u{1b}\u{7f}\u{9b}x\u{202e}\u{e0041}\u{feff}\"\n";
        let mut bytes = Vec::new();
        serde_json::to_writer(Json(&mut bytes), text).expect("memory");
        let written = String::from_utf8(bytes).expect("text");
        let expected = r#""é\u001b\u007f\u009bx\u202e\udb40\udc41\ufeff\"\n""#;
        assert_eq!(written, expected);
        let read: String = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read, text);
    }
}
