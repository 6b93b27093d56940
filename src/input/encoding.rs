//! How the bytes of a file are text: UTF-8, or what the user says.

use std::borrow::Cow;

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::text::quoted;

/// An encoding in which the bytes of ASCII mean what they mean in ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// What all is in unless the user says otherwise.
    const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// Returns the encoding that is called so, by the names of the WHATWG's Encoding Standard.
    pub fn named(written: &str) -> Result<Self> {
        match encoding_rs::Encoding::for_label(written.as_bytes()) {
            Some(known) if known.is_ascii_compatible() => Ok(Self(known)),
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

    /// Returns the bytes of a text. A letter that the encoding lacks is written without its marks, or as `?`.
    pub fn bytes(self, text: &str) -> Cow<'_, [u8]> {
        if self == Self::UTF_8 || text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        let mut bytes = Vec::with_capacity(text.len());
        for letter in text.nfc() {
            let whole = letter.to_string();
            let bare = whole.nfd().next().unwrap_or('?').to_string();
            let ways = [&*whole, &*bare];
            let encoded = ways.iter().map(|way| self.0.encode(way));
            let known = encoded.filter(|(_, _, lacks)| !lacks).map(|it| it.0).next();
            bytes.extend_from_slice(&known.unwrap_or(Cow::Borrowed(b"?")));
        }
        Cow::Owned(bytes)
    }

    /// Returns what to say of bytes that are not in it: a file that is not UTF-8 most often is Windows-1252.
    pub fn hint(self) -> &'static str {
        if self == Self::UTF_8 {
            "; it looks like Windows-1252: try --encoding windows-1252"
        } else {
            ""
        }
    }

    pub fn name(self) -> &'static str {
        self.0.name()
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
        assert_eq!(&*western.bytes("Côte"), b"C\xf4te");
        assert_eq!(Encoding::UTF_8.text(b"C\xf4te"), None);
        assert_eq!(named("utf-8"), Encoding::UTF_8);
        assert_eq!(named("shift_jis").text(b"\x81"), None);
    }

    #[test]
    fn a_letter_that_is_lacking_goes_without_its_marks() {
        assert_eq!(&*named("windows-1251").bytes("Côte Ω"), b"Cote ?");
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
}
