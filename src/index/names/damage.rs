//! What exports do to a text, undone: HTML and JSON escapes, URLs, UTF-8 that was read as Windows-1252. Knows no country.

use unicode_normalization::UnicodeNormalization;

/// How often a text can have been damaged: what was read wrongly is read so again.
const TIMES: usize = 3;

/// The text as it was before it was damaged, if it shows that it was.
pub fn undone(text: &str) -> Option<String> {
    if !text.contains(['&', '\\', '<', '%', '+']) && !is_suspect(text.as_bytes()) {
        return None;
    }
    let mut undone: Option<String> = None;
    for _ in 0..TIMES {
        let damaged = undone.as_deref().unwrap_or(text);
        let before = without_escapes(damaged)
            .or_else(|| without_percents(damaged))
            .or_else(|| without_plus(damaged))
            .or_else(|| read_rightly(damaged));
        match before {
            Some(before) => undone = Some(before),
            None => break,
        }
    }
    undone
}

/// Whether a text may be damaged, by a glance at its bytes: what is not surely is not.
pub fn is_suspect(text: &[u8]) -> bool {
    // Every kind of damage begins with one of these bytes, and most text has none.
    let begins = memchr::memchr3(b'&', b'%', b'\\', text).is_some();
    if !begins && memchr::memchr2(b'<', 0xc3, text).is_none() {
        return false;
    }
    let mut triples = text.windows(3);
    triples.any(|triple| match triple {
        [b'&', next, _] => *next == b'#' || next.is_ascii_alphabetic(),
        // A letter of "Â" to "ô", the signs of first bytes, and no ASCII after it.
        [b'%' | b'\\', ..] | [b'<', b'U', _] | [0xc3, 0x82..=0xb4, 0x80..=0xff] => true,
        _ => false,
    })
}

/// Without the escapes of HTML (`&eacute;`, `&#233;`, `&#xe9;`), JSON (`\u00e9`, `\'`) and R (`<U+00E9>`).
fn without_escapes(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut found) = (text, false);
    while let Some(place) = rest.find(['&', '\\', '<']) {
        let (before, escape) = rest.split_at(place);
        out.push_str(before);
        let known = entity(escape).or_else(|| backslash(escape)).or_else(|| in_angles(escape));
        let (letters, length) = known.unwrap_or_else(|| (escape.chars().take(1).collect(), 1));
        found |= length > 1;
        out.push_str(&letters);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    found.then_some(out)
}

/// A character by its number in hexadecimal digits.
fn by_number(digits: &str, radix: u32) -> Option<String> {
    let letter = u32::from_str_radix(digits, radix).ok();
    letter.and_then(char::from_u32).map(String::from)
}

/// What an HTML entity at the beginning stands for, and how long it is.
fn entity(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix('&')?.split_once(';')?.0;
    let letters = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => by_number(digits, 16)?,
            None => by_number(number, 10)?,
        },
        None => named(name)?,
    };
    Some((letters, name.len() + 2))
}

/// The characters that HTML gives names, and behind ";", which is in no name, the marks that its names of letters end with.
const ENTITIES: &str = include_str!("entities.txt");

/// The character that HTML gives a name: a letter and its mark, or one of a few.
fn named(name: &str) -> Option<String> {
    let known = |name: &str| {
        let mut lines = ENTITIES.lines().filter_map(|line| line.split_once('\t'));
        lines.find(|(known, _)| *known == name).map(|(_, letter)| letter)
    };
    if let Some(letter) = known(name) {
        return Some(letter.to_owned());
    }
    let (letter, mark) = name.split_at_checked(1)?;
    Some(letter.chars().chain(known(&format!(";{mark}"))?.chars()).nfc().collect())
}

/// What an escape of JSON at the beginning stands for, and how long it is.
fn backslash(text: &str) -> Option<(String, usize)> {
    let escaped = text.strip_prefix('\\')?;
    match escaped.chars().next()? {
        quote @ ('\'' | '"') => Some((quote.to_string(), 2)),
        'u' => Some((by_number(escaped.get(1..5)?, 16)?, 6)),
        _ => None,
    }
}

/// What "<U+00E9>" stands for, which R prints where a code page cannot, and how long it is.
fn in_angles(text: &str) -> Option<(String, usize)> {
    let digits = text.strip_prefix("<U+")?.split_once('>')?.0;
    Some((by_number(digits, 16)?, digits.len() + 4))
}

/// "Bosnia%20and%20Herzegovina" as it was. Letters and digits need no escape: one who hides them means no country.
fn without_percents(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.replace('+', " ").into_bytes();
    let plain = bytes.len();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        let byte = u8::from_str_radix(digits, 16).ok()?;
        if byte.is_ascii_alphanumeric() || byte < b' ' {
            return None;
        }
        bytes.push(byte);
        bytes.extend(rest.replace('+', " ").bytes());
    }
    let escaped = bytes.len() > plain || text.contains('%');
    String::from_utf8(bytes).ok().filter(|_| escaped)
}

/// "American+Samoa" as it was, where no space tells that the sign is meant.
fn without_plus(text: &str) -> Option<String> {
    let joined = text.contains('+') && !text.contains(' ');
    joined.then(|| text.replace('+', " "))
}

/// UTF-8 that was read as Windows-1252, read rightly. Each of its letters became two or three signs.
fn read_rightly(text: &str) -> Option<String> {
    if !is_suspect(text.as_bytes()) {
        return None;
    }
    // What Windows-1252 leaves undefined is to the WHATWG as in ISO 8859-1.
    let (bytes, _, has_others) = encoding_rs::WINDOWS_1252.encode(text);
    let rightly = String::from_utf8(bytes.into_owned()).ok().filter(|_| !has_others)?;
    (rightly.len() < text.len()).then_some(rightly)
}

#[cfg(test)]
mod tests {
    use crate::index::names::damage::{is_suspect, undone};

    #[test]
    fn what_exports_do_to_a_text_is_undone() {
        for (damaged, text) in [
            ("C&ocirc;te d&rsquo;Ivoire", "Côte d'Ivoire"),
            ("Alg&#233;rie", "Algérie"),
            ("Alg&#xE9;rie", "Algérie"),
            ("Bosnia&nbsp;&amp; Herzegovina", "Bosnia & Herzegovina"),
            ("M\\u00e9xico", "México"),
            ("Cote d\\'Ivoire", "Cote d'Ivoire"),
            ("T<U+00FC>rkiye", "Türkiye"),
            ("Bosnia%20and%20Herzegovina", "Bosnia and Herzegovina"),
            ("C%C3%B4te+d%E2%80%99Ivoire", "Côte d’Ivoire"),
            ("American+Samoa", "American Samoa"),
            ("CÃ´te dâ€™Ivoire", "Côte d’Ivoire"),
            ("CÃƒÂ´te dÃ¢â‚¬â„¢Ivoire", "Côte d’Ivoire"),
            ("Ð¡Ñ€Ð±Ð¸Ñ˜Ð°", "Србија"),
            ("ÃŽâ€¢ÃŽÂ»ÃŽÂ»ÃŽÂ¬ÃŽÂ´ÃŽÂ±", "Ελλάδα"),
        ] {
            assert_eq!(undone(damaged).as_deref(), Some(text), "{damaged}");
        }
    }

    #[test]
    fn what_was_not_damaged_stays() {
        for text in [
            "Côte d'Ivoire",
            "Åland",
            "Trinidad & Tobago",
            "100 % Moldova",
            "AT&T",
            "%4d%6f%6c",
            "Ñuñoa",
            "a\\b",
            "",
        ] {
            assert_eq!(undone(text), None, "{text}");
        }
        assert!(!is_suspect("Åland & Trinidad, Curaçao".as_bytes()));
    }
}
