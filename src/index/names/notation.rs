//! What people write around a name, and what is no name at all. Knows no country.

/// The most characters a name may have; nothing longer is looked up.
pub const LONGEST: usize = 300;

/// Control characters and characters that reverse the text are no way to write a country.
pub fn is_refused(input: &str) -> bool {
    let input = input.trim();
    input.contains(|c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'))
        || input.chars().nth(LONGEST).is_some()
}

/// What stands in code, formulas and damaged text, and in no name.
pub fn is_no_letter_of_names(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | '{'
            | '}'
            | '='
            | '%'
            | '$'
            | '#'
            | '@'
            | '\\'
            | '!'
            | '?'
            | '~'
            | '^'
            | ';'
            | '|'
            | '\u{fffd}'
    )
}

/// What parts the names of a list, or a name from another one of the same country.
pub fn is_between_parts(c: char) -> bool {
    matches!(
        c,
        '/' | ';' | ',' | '(' | ')' | '[' | ']' | '|' | '+' | '&' | ':' | '–' | '—'
    )
}

/// The alpha-2 code that a flag is made of.
pub fn flag_letters(input: &str) -> Option<String> {
    let letter = |c: char| (c as u32).checked_sub(0x1f1e6).filter(|place| *place < 26);
    let letters: Option<Vec<u32>> = input.chars().map(letter).collect();
    let letters = letters.filter(|letters| letters.len() == 2)?;
    letters
        .into_iter()
        .map(|place| char::from_u32('a' as u32 + place))
        .collect()
}

/// The text without the marks of footnotes at its end: `*`, `†`, raised digits, `[1]`, `(2)`, `[a]`. A letter in
/// round brackets is none: "Sudan (s)" is another country.
pub fn without_footnote(text: &str) -> &str {
    let mut text = text;
    loop {
        let bare = text.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
        });
        let number =
            |mark: &&str| matches!(mark.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9']);
        let letter = |mark: &&str| matches!(mark.as_bytes(), [b'a'..=b'z']);
        let square = bare
            .strip_suffix(']')
            .and_then(|rest| rest.rsplit_once('['));
        let square = square.filter(|(_, mark)| number(mark) || letter(mark));
        let round = bare
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('));
        match square.or(round.filter(|(_, mark)| number(mark))) {
            Some((rest, _)) if !rest.trim().is_empty() => text = rest,
            _ => return bare,
        }
    }
}

/// "X, Republic of" and "X (Republic of)" turned round. What is added in two capitals is a US state or a code.
pub fn turned_round(text: &str) -> Option<String> {
    let (name, rest) = match text.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(')?,
        None => text.rsplit_once(',')?,
    };
    let (name, rest) = (name.trim().trim_end_matches(','), rest.trim());
    let code = rest.len() <= 2 && rest.chars().all(char::is_uppercase);
    // "Moldova (la République de)" and "Arménie (l')": no space follows an apostrophe.
    let space = if rest.ends_with(['\'', '’']) {
        ""
    } else {
        " "
    };
    (!code && !name.is_empty()).then(|| format!("{rest}{space}{name}"))
}
