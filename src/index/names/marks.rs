//! What stands around a name in tables and is no part of it: marks of footnotes, years, numbers of a list. Knows no country.

/// The text without numbers of a list before it, and without marks of footnotes and years after it: "12. Serbia",
/// "Serbia 1", `Serbia[note 1]`, "Serbia (2018)", "Ethiopia (1993-)". A capital in round brackets is no footnote:
/// "Sudan (S)" is another country; nor are the points of the compass.
pub fn without_marks(text: &str) -> &str {
    let mut text = without_number(text);
    loop {
        let bare = text.trim_end_matches(|c: char| c.is_whitespace() || is_mark(c));
        let rest =
            without_brackets(bare).or_else(|| without_slash(bare)).or_else(|| without_digits(bare));
        match rest {
            Some(rest) if rest.contains(char::is_alphabetic) => text = rest,
            _ => return bare,
        }
    }
}

/// Signs that stand after a name only as the mark of a footnote, or as dirt.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '#' | ';' | '⁽' | '⁾') || is_raised(c)
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// A number of at most two digits, or a letter that is no point of the compass.
fn is_note(mark: &str) -> bool {
    let raised = !mark.is_empty() && mark.chars().all(is_raised);
    let digits = matches!(mark.len(), 1..=2) && mark.bytes().all(|byte| byte.is_ascii_digit());
    raised || digits || matches!(mark.as_bytes(), [b'a'..=b'd' | b'f'..=b'h'])
}

/// A year, or a span of years that may be open: "2018", "1993-", "-1974", "...1990", "1990–2010".
fn is_years(mark: &str) -> bool {
    let years = mark.split(|c: char| !c.is_ascii_digit());
    let mut years = years.filter(|year| !year.is_empty()).peekable();
    let around =
        |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '.' | '…' | '/' | ' ');
    years.peek().is_some() && mark.chars().all(around) && years.all(is_year)
}

/// Whether digits are a year of the last three centuries.
pub fn is_year(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'8' | b'9', _, _] | [b'2', b'0', _, _])
}

/// Without `(a)`, `[1]`, `[a]`, `[note 1]` or `(2018)` at the end.
fn without_brackets(text: &str) -> Option<&str> {
    let (rest, mark) = match text.strip_suffix(']') {
        Some(inside) => inside.rsplit_once('[')?,
        None => text.strip_suffix(')')?.rsplit_once('(')?,
    };
    let square = text.ends_with(']');
    let mark = mark.trim();
    let note = if square { mark.strip_prefix("note ").unwrap_or(mark) } else { mark };
    let letter = square && matches!(note.as_bytes(), [b'a'..=b'z']);
    (is_note(note) || letter || is_years(mark)).then_some(rest)
}

/// Without "1/" or "a/" after a space, as the IMF writes its footnotes.
fn without_slash(text: &str) -> Option<&str> {
    let (rest, mark) = text.strip_suffix('/')?.rsplit_once(' ')?;
    is_note(mark).then_some(rest)
}

/// Without a footnote's one or two digits, raised by "^" or not, or a year.
fn without_digits(text: &str) -> Option<&str> {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(rest.len()..)?;
    let apart = rest.ends_with([' ', ',']);
    let note = digits.len() < 3
        && !digits.is_empty()
        && (apart
            || rest.ends_with('^')
            || rest.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | '.')));
    let rest = rest.trim_end_matches(['^', ',', ' ']);
    (note || apart && is_year(digits)).then_some(rest)
}

/// Whether a short form in two to four capitals has one or two digits behind it, and those are written close: `UK1`. They
/// may be a footnote's, or a road's: "US 60".
pub fn numbered_short_form(text: &str) -> Option<bool> {
    let text = text.trim();
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_number = matches!(text.len() - rest.len(), 1..=2);
    let word = rest.trim_end();
    let letters = word.chars().filter(|c| *c != '.');
    let is_short =
        matches!(letters.clone().count(), 2..=4) && letters.clone().all(char::is_uppercase);
    (is_number && is_short).then_some(word.len() == rest.len())
}

/// Without "12. " or "12) " before it.
fn without_number(text: &str) -> &str {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - after.len();
    let rest = after.strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' '));
    rest.filter(|_| (1..=3).contains(&digits)).map_or(text, str::trim_start)
}

#[cfg(test)]
mod tests {
    use crate::index::names::marks::{numbered_short_form, without_marks};

    #[test]
    fn footnotes_years_and_numbers_of_a_list_are_no_part_of_a_name() {
        for text in [
            "Serbia",
            "Serbia*",
            "Serbia **",
            "Serbia 1",
            "Serbia1",
            "Serbia^2",
            "Serbia ⁽¹⁾",
            "Serbia (²)",
            "Serbia (a)",
            "Serbia(1)",
            "Serbia[1]",
            "Serbia [a]",
            "Serbia[note 1]",
            "Serbia 1/",
            "Serbia a/",
            "Serbia #",
            "Serbia;",
            "Serbia (2018)",
            "Serbia 2018",
            "Serbia, 2018",
            "Serbia (1993-)",
            "Serbia (-1974)",
            "Serbia (...1974)",
            "12. Serbia",
            "3) Serbia",
            "Serbia (1990–2010)[2]*",
        ] {
            assert_eq!(without_marks(text), "Serbia", "{text}");
        }
    }

    #[test]
    fn other_numbers_and_letters_stay() {
        for text in [
            "Sudan (S)",
            "Sudan (s)",
            "Kosovo 1244",
            "Kosovo (1244)",
            "2018",
            "498",
            "12 Serbia",
            "Area 51A",
            "(1)",
            "",
        ] {
            assert_eq!(without_marks(text), text);
        }
    }

    #[test]
    fn a_number_behind_a_short_form_is_told_from_one_behind_a_name() {
        for (text, close) in [
            ("UK1", Some(true)),
            ("U.K.12", Some(true)),
            ("US 60", Some(false)),
            ("UK*", None),
            ("UK[1]", None),
            ("UK^1", None),
            ("UK 2018", None),
            ("Serbia1", None),
            ("Iran 1", None),
            ("A1", None),
        ] {
            assert_eq!(numbered_short_form(text), close, "{text}");
        }
    }
}
