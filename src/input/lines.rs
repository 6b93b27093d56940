//! Lines of text one after the other, however many there are.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, Result, anyhow, bail};

use crate::input::problem::LONGEST_FIELD;

const READ: usize = 1 << 16;

/// Reads text line by line, in memory for one. A byte order mark at its beginning is left out.
#[derive(Debug)]
pub struct Lines<R> {
    reader: BufReader<R>,
    /// How the text is called in messages.
    name: &'static str,
    /// The number of the last line, from 1, and how many bytes were read.
    pub number: usize,
    read: usize,
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R, name: &'static str) -> Self {
        Self { reader: BufReader::with_capacity(READ, reader), name, number: 0, read: 0 }
    }

    /// Returns the next line, if one is left.
    pub fn next_line(&mut self) -> Result<Option<String>> {
        let (name, number) = (self.name, self.number + 1);
        self.number = number;
        let mut line = Vec::new();
        let mut reader = self.reader.by_ref().take(LONGEST_FIELD as u64 + 2);
        let read = reader.read_until(b'\n', &mut line);
        let read = read.with_context(|| format!("cannot read {name}"))?;
        if let Some(offset) = memchr::memchr(0, &line) {
            bail!("{name}, byte {}: NUL; text was expected", self.read + offset + 1);
        }
        self.read += read;
        let has_end = line.pop_if(|last| *last == b'\n').is_some();
        line.pop_if(|last| has_end && *last == b'\r');
        if number == 1 && line.starts_with("\u{feff}".as_bytes()) {
            line.drain(.."\u{feff}".len());
        }
        if line.len() > LONGEST_FIELD {
            bail!("{name}, line {number}: more than 1 MiB in a line; one name a line was expected");
        }
        let line = String::from_utf8(line).map_err(|error| {
            let byte = error.utf8_error().valid_up_to() + 1;
            let remedy = "convert it first, as with 'iconv -f WINDOWS-1252 -t UTF-8'";
            anyhow!("{name}, line {number}, byte {byte}: not UTF-8; {remedy}")
        })?;
        // A mark alone is no line.
        Ok(Some(line).filter(|line| has_end || !line.is_empty()))
    }

    /// Whether the next line is at hand, and need not be waited for.
    pub fn is_next_at_hand(&self) -> bool {
        memchr::memchr(b'\n', self.reader.buffer()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::io::repeat;

    use super::*;

    #[test]
    fn lines_are_those_of_the_text_without_its_mark() {
        let mut mark = Lines::new("\u{feff}".as_bytes(), "text");
        assert_eq!(mark.next_line().expect("text"), None);
        let text = "\u{feff}a\r\n\n b \r\r\nc\r";
        let mut lines = Lines::new(text.as_bytes(), "text");
        let mut read = Vec::new();
        while let Some(line) = lines.next_line().expect("text") {
            read.push(line);
        }
        let text = text.trim_start_matches('\u{feff}');
        assert_eq!(read, text.lines().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let problem = |bytes: &[u8]| {
            let mut lines = Lines::new(bytes, "text");
            loop {
                match lines.next_line() {
                    Ok(Some(_)) => {}
                    Ok(None) => return String::new(),
                    Err(error) => return error.to_string(),
                }
            }
        };
        assert_eq!(problem(b"a\nb\0"), "text, byte 4: NUL; text was expected");
        assert!(problem(b"a\nb\xe9\n").starts_with("text, line 2, byte 2: not UTF-8; "));
        let long = vec![b'x'; LONGEST_FIELD];
        assert_eq!(problem(&[&long, &b"\r\n"[..]].concat()), "");
        let problem = problem(&[&b"a\n"[..], &long, &long].concat());
        assert!(problem.starts_with("text, line 2: more than 1 MiB"), "{problem}");
        let mut endless = Lines::new(repeat(b'x'), "text");
        assert!(endless.next_line().is_err());
    }
}
