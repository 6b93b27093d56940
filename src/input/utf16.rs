//! UTF-16, as spreadsheet programs save "Unicode text": told by its byte order mark, and read as UTF-8.

use std::io::{self, Cursor, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};

const READ: usize = 1 << 14;

/// Returns an input as it is, or as UTF-8 where it begins with the byte order mark of UTF-16, and whether it does. The mark
/// stays, as that of UTF-8.
pub fn decoded<'r>(mut reader: Box<dyn Read + 'r>) -> io::Result<(Box<dyn Read + 'r>, bool)> {
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
    let utf16 = Utf16 { reader, decoder, bytes: vec![0; READ], before: 0, text: Cursor::default() };
    Ok((Box::new(utf16), true))
}

struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    /// Where bytes are read to.
    bytes: Vec<u8>,
    before: usize,
    /// What they were, as UTF-8, up to what is handed on.
    text: Cursor<Vec<u8>>,
}

impl<R: Read> Utf16<R> {
    /// Reads on. Returns whether that is the end.
    fn read_on(&mut self) -> io::Result<bool> {
        let read = match self.reader.read(&mut self.bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(false),
            read => read?,
        };
        let bytes = self.bytes.get(..read).unwrap_or_default();
        let len = self.decoder.max_utf8_buffer_length_without_replacement(read);
        let mut text = vec![0; len.unwrap_or(READ * 3)];
        let decoded = self.decoder.decode_to_utf8_without_replacement(bytes, &mut text, read == 0);
        let (outcome, done, written) = decoded;
        if let DecoderResult::Malformed(..) = outcome {
            let byte = self.before + done;
            return Err(io::Error::other(format!("half a letter of UTF-16 before byte {byte}")));
        }
        self.before += read;
        text.truncate(written);
        self.text = Cursor::new(text);
        Ok(read == 0)
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.text.read(space)?;
            if read > 0 || space.is_empty() || self.read_on()? {
                return Ok(read);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands on a byte at a time.
    struct Slow<'t>(&'t [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, space: &mut [u8]) -> io::Result<usize> {
            self.0.read(space.get_mut(..1).unwrap_or_default())
        }
    }

    fn read(bytes: &[u8]) -> io::Result<(String, bool)> {
        let (mut reader, is_utf16) = decoded(Box::new(Slow(bytes)))?;
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
