//! Cells that a spreadsheet program would run as formulas: counted, and guarded where that is asked for.

use std::borrow::Cow;

use crate::input::field;

/// Returns whether a program would run the value: it begins as a formula does, and is no number.
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

/// Returns whether this is a number, its sign left out: digits, perhaps in groups, with a decimal point or comma, an exponent, `%`.
fn is_number(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"%").unwrap_or(text);
    let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != b',').collect();
    let begins = plain.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.');
    let text = std::str::from_utf8(&plain).ok().filter(|_| begins);
    text.is_some_and(|text| text.parse::<f64>().is_ok())
}

/// Returns a field as it stands in a file in three parts: the one in the middle is a `'` before a formula.
pub fn guard(field: &[u8]) -> [&[u8]; 3] {
    if !is_formula(&field::value(field)) {
        return [b"", b"", field];
    }
    let (quote, value) = field.split_at(usize::from(field.first() == Some(&b'"')));
    [quote, b"'", value]
}

/// A value with a `'` before it where it is a formula.
pub fn guarded(value: &str) -> Cow<'_, str> {
    if is_formula(value.as_bytes()) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

pub fn unguarded(value: &str) -> &str {
    let formula = value.strip_prefix('\'');
    let formula = formula.filter(|formula| is_formula(formula.as_bytes()));
    formula.unwrap_or(value)
}

/// Returns the message that so many cells, or what else they are, are formulas, if there are any.
pub fn counted(formulas: u64, what: &str) -> Option<String> {
    let begin = match formulas {
        0 => return None,
        1 => format!("1 {what} begins"),
        many => format!("{many} {what}s begin"),
    };
    Some(format!("{begin} with =, +, -, @, a tab or CR and no number follows"))
}

/// Returns what a reader should know of so many formulas, if there are any. `guarded`: whether each has a `'` before it.
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
            assert_eq!(String::from_utf8_lossy(&guard(field.as_bytes()).concat()), guarded);
            let value = field::value(field.as_bytes());
            assert_eq!(is_formula(&value), field != guarded, "{field}");
        }
    }
}
