//! Text as messages and tables need it: escaped, quoted, joined. Knows nothing else.

use std::borrow::Cow;
use std::path::Path;

/// The text with every character escaped that could act on a terminal or reorder what it shows.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(acts_on_terminal) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().fold(String::new(), |mut out, c| {
        if acts_on_terminal(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
        out
    });
    Cow::Owned(escaped)
}

/// Makes a text of several lines printable, line by line.
pub fn printable_lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// A path as messages name it.
pub fn path(path: &Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

/// Control characters, line separators, and what hides or reorders text; U+E0100 to U+E01EF are also the marks that
/// `output/color.rs` puts around styled text. The two joiners (U+200C, U+200D) stay: Persian and Indic names are
/// written with them.
pub fn acts_on_terminal(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{e0000}'..='\u{e0fff}')
}

/// Text of the user's as a message quotes it: safe for a terminal, and cut where it would fill the screen.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = printable(text);
    match text.char_indices().nth(LONGEST) {
        None => format!("'{text}'"),
        Some((end, _)) => format!("'{}…'", text.get(..end).unwrap_or_default()),
    }
}

/// A word as a shell is given it: one word, in which nothing acts on the terminal that shows it.
pub fn shell(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_.,:/=+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    if word.contains(acts_on_terminal) {
        return Cow::Owned(format!(
            "$'{}'",
            word.chars().map(in_ansi_c_quotes).collect::<String>()
        ));
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

/// A character between `$'` and `'`, as bash, zsh and ksh read it.
fn in_ansi_c_quotes(c: char) -> String {
    match c {
        '\'' | '\\' => format!("\\{c}"),
        c if !acts_on_terminal(c) => c.to_string(),
        c if u32::from(c) > 0xffff => format!("\\U{:08x}", u32::from(c)),
        c => format!("\\u{:04x}", u32::from(c)),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn joined(items: impl IntoIterator<Item: AsRef<str>>, word: &str) -> String {
    let items: Vec<_> = items.into_iter().collect();
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [first @ .., before, last] => {
            let first: String = first.iter().flat_map(|item| [item, ", "]).collect();
            format!("{first}{before} {word} {last}")
        }
        items => items.concat(),
    }
}

/// `1 country`, `2 countries`.
pub fn countries(count: usize) -> String {
    if count == 1 { "1 country".to_owned() } else { format!("{count} countries") }
}

/// How many characters a text has.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// The text broken between words where it would go beyond `width` columns: `used` of the first line are taken, and the
/// others begin with `indent` spaces. A word is never broken.
pub fn wrapped(text: &str, width: usize, mut used: usize, indent: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ') {
        let len = word.chars().count();
        if !out.is_empty() && used + 1 + len > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        } else if !out.is_empty() {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += len;
    }
    out
}

/// Whether a word may mean all but what it names, or more: '!1', '>2', '-EU'. Without its sign it would mean the opposite.
pub fn has_operator(word: &str) -> bool {
    word.trim_start().starts_with(['!', '^', '~', '<', '>', '=', '-', '+'])
}

/// Words as they begin a sentence.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence as it stands inside another.
pub fn decapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// Years from one to another in words: `2015` or `2015–2018`.
pub fn span(first: u16, last: u16) -> String {
    if first == last {
        return first.to_string();
    }
    format!("{first}–{last}")
}

/// Years in words, those that follow one another as one span: `2001–2012, 2015 and 2023`.
pub fn spans(years: &[u16]) -> String {
    let spans = years.chunk_by(|a, b| a + 1 == *b);
    let spans = spans.filter_map(|run| Some(span(*run.first()?, *run.last()?)));
    joined(spans, "and")
}

/// Returns the name of a month, of which the first is 1.
pub fn month_name(number: usize) -> Option<&'static str> {
    const MONTHS: &str =
        "January February March April May June July August September October November December";
    MONTHS.split(' ').nth(number.checked_sub(1)?)
}

/// Returns a date such as `2018-06-28` in words: "28 June 2018", "June 2018", "2018".
pub fn date_in_words(date: &str) -> String {
    let mut parts = date.split('-');
    let year = parts.next();
    let month = parts.next().and_then(|month| month_name(month.parse().ok()?));
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    let words = [day, month, year].into_iter().flatten();
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::text::{date_in_words, decapitalised, joined, printable, quoted, shell, spans};

    #[test]
    fn a_date_in_words_is_as_exact_as_it_is_written() {
        let dates = ["2018-06-08", "2018-06", "2018"].map(date_in_words);
        assert_eq!(dates, ["8 June 2018", "June 2018", "2018"]);
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_let_through() {
        assert_eq!(printable("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(printable("\u{202e}avodloM"), "\\u{202e}avodloM");
        assert_eq!(printable("Côte d'Ivoire, 北京, می‌خواهم"), "Côte d'Ivoire, 北京, می‌خواهم");
    }

    #[test]
    fn a_long_text_is_cut_where_it_is_quoted() {
        assert_eq!(quoted(&"é".repeat(61)), format!("'{}…'", "é".repeat(60)));
        assert_eq!(quoted(&"x".repeat(60)), format!("'{}'", "x".repeat(60)));
    }

    #[test]
    fn a_word_is_typed_in_a_shell_so_that_it_stays_one() {
        assert_eq!(shell("2015..2020"), "2015..2020");
        assert_eq!(shell("São"), "São");
        assert_eq!(shell(""), "''");
        assert_eq!(shell("Bosnia and Herzegovina"), "'Bosnia and Herzegovina'");
        assert_eq!(shell("Côte d'Ivoire"), r"'Côte d'\''Ivoire'");
        assert_eq!(shell("it's\u{1b}[31m\u{202e}\u{e0101}"), r"$'it\'s\u001b[31m\u202e\U000e0101'");
    }

    #[test]
    fn items_are_joined_as_a_sentence_has_them() {
        assert_eq!(joined(&[""; 0], "or"), "");
        assert_eq!(joined(&["a"], "or"), "a");
        assert_eq!(joined(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(decapitalised("Éa B"), "éa B");
    }

    #[test]
    fn years_that_follow_one_another_are_one_span() {
        assert_eq!(spans(&[2015]), "2015");
        assert_eq!(spans(&[2001, 2002, 2003, 2015, 2023]), "2001–2003, 2015 and 2023");
    }
}
