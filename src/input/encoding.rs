//! How the bytes of a file are text: UTF-8, or what the user says; or UTF-16, as spreadsheet programs save "Unicode text", told
//! by its byte order mark, and read as UTF-8.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use anyhow::{Result, bail};
use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};

use crate::text::quoted;

/// What people call an encoding that the Encoding Standard calls otherwise. Windows calls 'ANSI' what it writes in the west.
const CALLED: [(&str, &str); 4] = [
    ("ansi", "windows-1252"),
    ("latin-1", "latin1"),
    ("macroman", "macintosh"),
    ("mac-roman", "macintosh"),
];

/// The encodings that files are in which are not UTF-8: the most common first.
pub const COMMON: [&str; 16] = [
    "windows-1252",
    "macintosh",
    "windows-1250",
    "windows-1251",
    "shift_jis",
    "gbk",
    "windows-1254",
    "windows-1253",
    "windows-1257",
    "windows-1256",
    "windows-1255",
    "koi8-r",
    "ibm866",
    "big5",
    "euc-kr",
    "euc-jp",
];

/// An encoding in which the bytes of ASCII mean what they mean in ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// What all is in unless the user says otherwise.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// Returns the encoding that is called so, by the names of the WHATWG's Encoding Standard, by the number of a code page
    /// of Windows, or as people call it.
    pub fn named(written: &str) -> Result<Self> {
        let called = CALLED.iter().find(|(called, _)| written.trim().eq_ignore_ascii_case(called));
        let label = match called {
            Some((_, label)) => (*label).to_owned(),
            None if written.trim().starts_with("125") => format!("windows-{}", written.trim()),
            None => written.to_owned(),
        };
        match encoding_rs::Encoding::for_label(label.as_bytes()) {
            Some(known) if known.is_ascii_compatible() => Ok(Self(known)),
            Some(known) if known.name().starts_with("UTF-16") => bail!(
                "a file in UTF-16 is read where it begins with its byte order mark: leave --encoding out; without a mark convert it first, as with 'iconv -f {} -t UTF-8'",
                known.name()
            ),
            Some(known) => bail!(
                "{} cannot be read as it is; convert the file first, as with 'iconv -f {} -t UTF-8'",
                known.name(),
                known.name()
            ),
            None => bail!(
                "there is no encoding {}; give one such as windows-1252, windows-1251, iso-8859-2, gbk or shift_jis",
                quoted(written)
            ),
        }
    }

    /// Whether a delimiter is never a part of another letter.
    pub fn check(self, delimiter: u8) -> Result<()> {
        // The second byte of a letter may be any from 0x40 on.
        if delimiter >= 0x40 && self != Self::UTF_8 && !self.0.is_single_byte() {
            bail!(
                "in {} the delimiter {} may be a part of a letter; convert the file to UTF-8 first",
                self.0.name(),
                quoted(&char::from(delimiter).to_string())
            );
        }
        Ok(())
    }

    /// Returns up to where bytes are UTF-8.
    pub fn utf8_up_to(bytes: &[u8]) -> usize {
        encoding_rs::Encoding::utf8_valid_up_to(bytes)
    }

    /// Returns the text of these bytes; none where they are not in this encoding.
    pub fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        if self == Self::UTF_8 {
            return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
        }
        self.0.decode_without_bom_handling_and_without_replacement(bytes)
    }

    /// Returns the text of these bytes, with U+FFFD for what is not in this encoding.
    pub fn lossy(self, bytes: &[u8]) -> Cow<'_, str> {
        self.0.decode_without_bom_handling(bytes).0
    }

    /// Returns the bytes of a text.
    pub fn bytes(self, text: &str) -> Result<Cow<'_, [u8]>, char> {
        if self == Self::UTF_8 || text.is_ascii() {
            return Ok(Cow::Borrowed(text.as_bytes()));
        }
        if let (bytes, _, false) = self.0.encode(text) {
            return Ok(bytes);
        }
        let lacks = |letter: &char| self.0.encode(&letter.to_string()).2;
        Err(text.chars().find(lacks).unwrap_or_default())
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// How many bytes of UTF-16 are decoded at once.
const READ: usize = 1 << 14;

/// Returns an input as it is, or as UTF-8 where it begins with the byte order mark of UTF-16, and whether it does. The mark
/// stays, as that of UTF-8.
pub fn utf16_decoded<'r>(mut reader: Box<dyn Read + 'r>) -> io::Result<(Box<dyn Read + 'r>, bool)> {
    const MARK: u64 = 4;
    let mut beginning = Vec::new();
    reader.by_ref().take(MARK).read_to_end(&mut beginning)?;
    let encoding = match beginning.as_slice() {
        // UTF-32 begins so too.
        [0xff, 0xfe, 0, 0] => None,
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    let reader = Cursor::new(beginning).chain(reader);
    let Some(encoding) = encoding else {
        return Ok((Box::new(reader), false));
    };
    let decoder = encoding.new_decoder_without_bom_handling();
    let (bytes, text) = (vec![0; READ], Cursor::default());
    let utf16 = Utf16 { reader, decoder, bytes, before: 0, ended: false, text };
    Ok((Box::new(utf16), true))
}

struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    /// Where bytes are read to, how many were before, and whether that was all.
    bytes: Vec<u8>,
    before: usize,
    ended: bool,
    /// What they were, as UTF-8, up to what is handed on.
    text: Cursor<String>,
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        loop {
            let handed_on = self.text.read(space)?;
            if handed_on > 0 || space.is_empty() || self.ended {
                return Ok(handed_on);
            }
            let read = self.reader.read(&mut self.bytes)?;
            self.ended = read == 0;
            let bytes = self.bytes.get(..read).unwrap_or_default();
            let most = self.decoder.max_utf8_buffer_length_without_replacement(read);
            let mut text = String::with_capacity(most.unwrap_or(READ * 3));
            let utf16 = &mut self.decoder;
            let outcome = utf16.decode_to_string_without_replacement(bytes, &mut text, read == 0);
            if let (DecoderResult::Malformed(..), done) = outcome {
                let byte = self.before + done;
                return Err(io::Error::other(format!(
                    "half a letter of UTF-16 before byte {byte}"
                )));
            }
            self.before += read;
            self.text = Cursor::new(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str) -> Encoding {
        Encoding::named(label).expect("an encoding")
    }

    #[test]
    fn bytes_are_read_and_written_in_the_encoding_that_is_named() {
        let western = named("Windows-1252");
        assert_eq!(western.text(b"C\xf4te").as_deref(), Some("Côte"));
        assert_eq!(western.bytes("Côte").as_deref(), Ok(&b"C\xf4te"[..]));
        assert_eq!(Encoding::UTF_8.text(b"C\xf4te"), None);
        assert_eq!(named("utf-8"), Encoding::UTF_8);
        assert_eq!(named("shift_jis").text(b"\x81"), None);
    }

    #[test]
    fn a_letter_that_is_lacking_is_named() {
        assert_eq!(named("windows-1251").bytes("Yugoslav Türkiye"), Err('ü'));
    }

    #[test]
    fn an_encoding_is_known_by_what_people_call_it() {
        for (called, name) in [
            ("ansi", "windows-1252"),
            ("ANSI", "windows-1252"),
            ("1252", "windows-1252"),
            (" 1251 ", "windows-1251"),
            ("cp1250", "windows-1250"),
            ("MacRoman", "macintosh"),
            ("Latin-1", "windows-1252"),
        ] {
            assert_eq!(named(called).name().to_lowercase(), name, "{called}");
        }
        for label in COMMON {
            assert_eq!(named(label).name().to_lowercase(), label);
        }
    }

    #[test]
    fn an_encoding_whose_bytes_cannot_be_searched_is_refused() {
        for label in ["utf-16", "iso-2022-jp", "klingon"] {
            assert!(Encoding::named(label).is_err(), "{label}");
        }
        assert!(named("gbk").check(b'|').is_err());
        assert!(named("gbk").check(b';').is_ok());
        assert!(named("windows-1252").check(b'|').is_ok());
    }

    /// Hands on a byte at a time.
    struct Slow<'t>(&'t [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
            self.0.read(space.get_mut(..1).unwrap_or_default())
        }
    }

    fn read(bytes: &[u8]) -> io::Result<(String, bool)> {
        let (mut reader, is_utf16) = utf16_decoded(Box::new(Slow(bytes)))?;
        let mut text = String::new();
        reader.read_to_string(&mut text)?;
        Ok((text, is_utf16))
    }

    #[test]
    fn utf16_with_a_mark_is_read_as_utf8_however_it_is_cut() {
        let text = "\u{feff}país\tTürkiye 🇹🇷\r\n".repeat(2000);
        let units = || text.encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert_eq!(read(&bytes).expect("UTF-16"), (text.clone(), true));
        }
        for text in ["", "a", "country\n", "\u{feff}a"] {
            assert_eq!(read(text.as_bytes()).expect("UTF-8"), (text.to_owned(), false));
        }
        for broken in [&b"\xff\xfea"[..], b"\xff\xfe\0\xd8", b"\xff\xfe\0\xd8a\0"] {
            assert!(read(broken).is_err(), "{broken:?}");
        }
    }
}
