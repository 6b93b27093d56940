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
pub const NO_LETTERS: [char; 17] =
    ['<', '>', '{', '}', '=', '%', '$', '#', '@', '\\', '!', '?', '~', '^', ';', '|', '\u{fffd}'];

/// What parts the names of a list, or a name from another one of the same country.
pub fn is_between_parts(c: char) -> bool {
    matches!(c, '/' | ';' | ',' | '(' | ')' | '[' | ']' | '|' | '+' | '&' | ':' | '–' | '—')
}

/// The parts of a list: between signs, line ends in the cell, "and".
pub fn list_parts(text: &str) -> Vec<&str> {
    let is_sign = |c: char| matches!(c, '/' | ';' | ',' | '|' | '+' | '&' | '\n' | '\r');
    let is_around = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '{' | '}' | '\'' | '"');
    let parts = text.split(is_sign).flat_map(|part| part.split(" and "));
    let parts = parts.flat_map(|part| part.split(" - ")).map(|part| part.trim_matches(is_around));
    parts.filter(|part| !part.is_empty()).collect()
}

/// The words of a text in which each is two or three capitals, as codes are; none of others.
pub fn capitals(text: &str) -> Vec<&str> {
    let is_code = |word: &&str| {
        (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().all(is_code) { words } else { Vec::new() }
}

/// The code behind the sign by which a spreadsheet takes it for text: `'498`.
pub fn without_text_sign(text: &str) -> &str {
    let code = text.strip_prefix(['\'', '’']).unwrap_or(text);
    let is_code = code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_code { code } else { text }
}

/// The alpha-2 code that a flag is made of, or its short code in a chat: `:flag_md:`, `:flag-md:`.
pub fn flag_letters(input: &str) -> Option<String> {
    let short = input.strip_prefix(":flag").and_then(|rest| rest.strip_suffix(':'));
    if let Some(code) = short.and_then(|code| code.strip_prefix(['_', '-'])) {
        return (code.len() == 2).then(|| code.to_owned());
    }
    let letter = |c: char| (c as u32).checked_sub(0x1f1e6).filter(|place| *place < 26);
    let letters: Option<Vec<u32>> = input.chars().map(letter).collect();
    let letters = letters.filter(|letters| letters.len() == 2)?;
    letters.into_iter().map(|place| char::from_u32('a' as u32 + place)).collect()
}

/// "X, Republic of" and "X (Republic of)" turned round. What is added in two capitals is a US state or a code, but a
/// French article where the whole name is in capitals, as ISO writes "BELGIQUE (LA)". Nothing is added to single letters.
pub fn turned_round(text: &str) -> Option<String> {
    let (name, rest) = match text.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(')?,
        None => text.rsplit_once(',')?,
    };
    let (name, rest) = (name.trim().trim_end_matches(','), rest.trim());
    let article = matches!(rest, "LA" | "LE") && !name.contains(char::is_lowercase);
    let code = rest.len() <= 2 && rest.chars().all(char::is_uppercase) && !article;
    // "Moldova (la République de)" and "Arménie (l')": no space follows an apostrophe.
    let space = if rest.ends_with(['\'', '’']) { "" } else { " " };
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let is_name = words.any(|word| word.chars().nth(1).is_some());
    (!code && is_name).then(|| format!("{rest}{space}{name}"))
}

/// An alpha-3 code that stands alone in brackets. "(NA)" is no code, but says that there is none.
pub fn in_brackets(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let round = || text.strip_prefix('(')?.strip_suffix(')');
    let code = inside.or_else(round)?;
    let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
    (code.len() == 3 && capitals).then_some(code)
}

/// A code before or after a name and the name: "MD - Moldova", "498 Moldova", "Moldova (MDA)", `[BIH] Bosnia`. Letters
/// that only a space parts from the name must be capitals.
pub fn code_and_name(text: &str) -> impl Iterator<Item = (&str, &str)> {
    [before_name(text), after_name(text)].into_iter().flatten()
}

fn before_name(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_start_matches(['[', '(']);
    let name = inside.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let code = inside.get(..inside.len() - name.len())?;
    let rest = name.trim_start_matches(is_around_code);
    let around = name.get(..name.len() - rest.len())?;
    let bracketed = inside.len() < text.len();
    is_code(code, around, bracketed).then_some((code, rest))
}

fn after_name(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_end_matches([']', ')']);
    let name = inside.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let code = inside.get(name.len()..)?;
    let rest = name.trim_end_matches(is_around_code);
    let around = name.get(rest.len()..)?;
    let bracketed = inside.len() < text.len();
    // The bracket that closes before the code is the name's own: "Saint Martin (French part) - MF".
    let closed = around.starts_with(')');
    let rest = if closed { text.get(..=rest.len())? } else { rest };
    is_code(code, around, bracketed).then_some((code, rest))
}

fn is_around_code(c: char) -> bool {
    c.is_whitespace() || is_between_parts(c) || matches!(c, '-' | '.' | '=')
}

/// Whether letters or digits with this between them and the name can be a code.
fn is_code(code: &str, around: &str, bracketed: bool) -> bool {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    let capitals = code.bytes().all(|byte| byte.is_ascii_uppercase());
    let letters = code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let apart = bracketed || around.contains([':', '|']);
    let long = if digits { 1..=3 } else { 2..=3 };
    !around.is_empty() && long.contains(&code.len()) && (digits || capitals || letters && apart)
}
