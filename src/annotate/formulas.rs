//! Cells that a spreadsheet program would run as formulas: counted, and guarded where that is asked for.

use std::borrow::Cow;

use crate::input::field;

/// Whether a program would run the value: it begins as a formula does, and is no number.
pub fn is_formula(value: &[u8]) -> bool {
    let [first, rest @ ..] = value else {
        return false;
    };
    match first {
        b'=' | b'@' | b'\t' | b'\r' => true,
        b'+' | b'-' => !is_number(rest),
        _ => false,
    }
}

/// Whether this is a number, its sign left out: digits, perhaps in groups, with a decimal point or comma, an exponent, `%`.
fn is_number(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"%").unwrap_or(text);
    let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != b',').collect();
    let begins = plain.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.');
    let text = std::str::from_utf8(&plain).ok().filter(|_| begins);
    text.is_some_and(|text| text.parse::<f64>().is_ok())
}

/// Appends a field as it stands in a file, with a `'` before a formula. Returns whether it is one.
pub fn guard(field: &[u8], out: &mut Vec<u8>) -> bool {
    let is_formula = is_formula(&field::value(field));
    let quote = usize::from(is_formula && field.first() == Some(&b'"'));
    let (quote, value) = field.split_at(quote);
    out.extend_from_slice(quote);
    out.extend_from_slice(if is_formula { b"'" } else { b"" });
    out.extend_from_slice(value);
    is_formula
}

/// A value with a `'` before it where it is a formula.
pub fn guarded(value: &str) -> Cow<'_, str> {
    if is_formula(value.as_bytes()) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// A value as it was before it was guarded.
pub fn unguarded(value: &str) -> &str {
    let formula = value.strip_prefix('\'');
    let formula = formula.filter(|formula| is_formula(formula.as_bytes()));
    formula.unwrap_or(value)
}

/// How many records formulas are counted in.
const LOOKED_AT: u32 = 1 << 16;

/// Counts formulas.
#[derive(Debug, Default)]
pub struct Formulas {
    /// In the records that are whole.
    pub total: u64,
    in_record: u64,
    /// How many records were looked at.
    records: u32,
}

impl Formulas {
    /// Looks at the field that begins at `start`.
    #[inline]
    pub fn look(&mut self, chunk: &[u8], start: usize, delimiter: u8) {
        let first = match chunk.get(start) {
            Some(b'"') => chunk.get(start + 1),
            first => first,
        };
        if let Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') = first {
            self.look_closer(chunk, start, delimiter);
        }
    }

    fn look_closer(&mut self, chunk: &[u8], start: usize, delimiter: u8) {
        /// No number is longer.
        const MOST: usize = 400;
        let rest = chunk.get(start..).unwrap_or_default();
        let rest = rest.get(..MOST).unwrap_or(rest);
        let ends = |byte: &u8| *byte == delimiter || b"\r\n".contains(byte);
        let value = match rest {
            [b'"', inside @ ..] => inside.split(|byte| *byte == b'"').next(),
            rest => rest.split(ends).next(),
        };
        self.in_record += u64::from(is_formula(value.unwrap_or_default()));
    }

    /// Whether fields are looked at still: to look at every one of a large file would take a fifth of the time.
    #[inline]
    pub fn is_looking(&self) -> bool {
        self.records < LOOKED_AT
    }

    /// The record is whole.
    #[inline]
    pub fn end_record(&mut self) {
        self.total += std::mem::take(&mut self.in_record);
        self.records += 1;
    }

    /// The record comes again.
    pub fn forget(&mut self) {
        self.in_record = 0;
    }
}

/// That so many cells, or what else they are, are formulas, if there are any.
pub fn counted(formulas: u64, what: &str) -> Option<String> {
    let begin = match formulas {
        0 => return None,
        1 => format!("1 {what} begins"),
        many => format!("{many} {what}s begin"),
    };
    Some(format!("{begin} with =, +, -, @, a tab or CR and no number follows"))
}

/// What a reader should know of so many formulas, if there are any. `guarded`: whether each has a `'` before it.
pub fn note(formulas: u64, guarded: bool) -> Option<String> {
    let cells = counted(formulas, "cell")?;
    Some(if guarded {
        format!("{cells}: a ' stands before it, so that no spreadsheet program runs it")
    } else {
        format!(
            "{cells}: a spreadsheet program may run it as a formula; --excel-safe puts a ' before it"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_guarded_and_counted_and_a_number_is_neither() {
        for (field, guarded) in [
            ("=1+1", "'=1+1"),
            ("\"=a,b\"", "\"'=a,b\""),
            ("@x", "'@x"),
            ("-cmd", "'-cmd"),
            ("+1 555", "'+1 555"),
            ("-inf", "'-inf"),
            ("\"\tx\"", "\"'\tx\""),
            ("-5", "-5"),
            ("+1,234.5e3", "+1,234.5e3"),
            ("-.5%", "-.5%"),
            ("", ""),
            ("a=b", "a=b"),
        ] {
            let (mut out, mut counted) = (Vec::new(), Formulas::default());
            let is_formula = guard(field.as_bytes(), &mut out);
            assert_eq!(String::from_utf8_lossy(&out), guarded);
            counted.look(format!("x,{field},y").as_bytes(), 2, b',');
            counted.end_record();
            assert_eq!(
                (counted.total > 0, is_formula),
                (field != guarded, field != guarded),
                "{field}"
            );
        }
    }
}
