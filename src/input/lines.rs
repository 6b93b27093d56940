//! Lines of text one after the other, however many there are.

use std::io::{BufRead, BufReader, Read};
use std::str;

use anyhow::{Context, Result, anyhow, bail};

use crate::input::problem::LONGEST_FIELD;

const READ: usize = 1 << 16;

/// Reads text line by line, in memory for one. A byte order mark at its beginning is left out.
#[derive(Debug)]
pub struct Lines<R> {
    reader: BufReader<R>,
    /// How the text is called in messages.
    name: &'static str,
    line: Vec<u8>,
    number: usize,
    before: u64,
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R, name: &'static str) -> Self {
        Self {
            reader: BufReader::with_capacity(READ, reader),
            name,
            line: Vec::new(),
            number: 0,
            before: 0,
        }
    }

    pub fn turn(&mut self) -> Result<bool> {
        self.before += self.line.len() as u64;
        self.line.clear();
        self.number += 1;
        let most = LONGEST_FIELD as u64 + 2;
        let mut reader = self.reader.by_ref().take(most);
        let read = reader.read_until(b'\n', &mut self.line);
        read.with_context(|| format!("cannot read {}", self.name))?;
        if let Some(offset) = memchr::memchr(0, &self.line) {
            let byte = self.before + offset as u64 + 1;
            bail!("{}, byte {byte}: NUL; text was expected", self.name);
        }
        let (name, number) = (self.name, self.number);
        if self.bytes().len() > LONGEST_FIELD {
            bail!("{name}, line {number}: more than 1 MiB in a line; one name a line was expected");
        }
        if let Err(error) = str::from_utf8(self.bytes()) {
            let byte = error.valid_up_to() + 1;
            let remedy = "convert it first, as with 'iconv -f WINDOWS-1252 -t UTF-8'";
            return Err(anyhow!("{name}, line {number}, byte {byte}: not UTF-8; {remedy}"));
        }
        // A mark alone is no line.
        Ok(self.line.ends_with(b"\n") || !self.bytes().is_empty())
    }

    pub fn line(&self) -> &str {
        str::from_utf8(self.bytes()).unwrap_or_default()
    }

    pub fn number(&self) -> usize {
        self.number
    }

    /// Whether the next line is at hand, and need not be waited for.
    pub fn is_next_at_hand(&self) -> bool {
        memchr::memchr(b'\n', self.reader.buffer()).is_some()
    }

    fn bytes(&self) -> &[u8] {
        let mut line = &*self.line;
        if let Some(text) = line.strip_suffix(b"\n") {
            line = text.strip_suffix(b"\r").unwrap_or(text);
        }
        match line.strip_prefix("\u{feff}".as_bytes()) {
            Some(text) if self.number == 1 => text,
            _ => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::repeat;

    use super::*;

    #[test]
    fn lines_are_those_of_the_text_without_its_mark() {
        let mut mark = Lines::new("\u{feff}".as_bytes(), "text");
        assert!(!mark.turn().expect("text"));
        let text = "\u{feff}a\r\n\n b \r\r\nc\r";
        let mut lines = Lines::new(text.as_bytes(), "text");
        let mut read = Vec::new();
        while lines.turn().expect("text") {
            read.push(lines.line().to_owned());
        }
        let text = text.trim_start_matches('\u{feff}');
        assert_eq!(read, text.lines().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let problem = |bytes: &[u8]| {
            let mut lines = Lines::new(bytes, "text");
            loop {
                match lines.turn() {
                    Ok(true) => {}
                    Ok(false) => return String::new(),
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
        assert!(endless.turn().is_err());
    }
}
