//! Links in terminals (OSC 8): where they are written, and how they get through a table.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use anstyle_hyperlink::Hyperlink;

use crate::output::When;

/// Whether standard output shall have links.
pub fn on_stdout(when: When) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stdout().is_terminal() && are_taken(|name| env::var(name).ok()),
    }
}

/// Whether the terminal that the environment names takes links. Old ones would show the escape sequences.
fn are_taken(variable: impl Fn(&str) -> Option<String>) -> bool {
    const PROGRAMS: &[&str] =
        &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "zed"];
    const TERMS: &[&str] = &["kitty", "alacritty", "foot", "ghostty", "wezterm", "contour"];
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("TERM").as_deref() == Some("dumb") {
        return false;
    }
    // GNOME's and others of its library, from 0.50 on.
    let vte = set("VTE_VERSION").and_then(|version| version.parse().ok());
    vte.is_some_and(|version: u32| version >= 5000)
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| set(name).is_some())
        || set("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&&*program))
        || set("TERM").is_some_and(|term| TERMS.iter().any(|known| term.contains(known)))
}

// A table counts an escape sequence as text. An address therefore goes through it in characters of no width, Unicode's
// tags, which mirror ASCII and which `printable` never lets through. It stands before every word, for a line may be
// broken between two, and other cells then stand between its parts.
const START: char = '\u{e0001}';
const END: char = '\u{e007f}';
const TAGS: u32 = 0xe_0000;

/// Marks a text as a link to this address.
pub fn linked(text: &str, url: &str) -> String {
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    if url.is_empty() || !is_plain {
        return text.to_owned();
    }
    let tags: String = url.chars().filter_map(|c| char::from_u32(TAGS + c as u32)).collect();
    let words = text.split(' ').map(|word| format!("{START}{tags}{word}{END}"));
    words.collect::<Vec<_>>().join(" ")
}

/// Marks every address in a text as a link to itself.
pub fn linked_addresses(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find("https://").or_else(|| rest.find("http://")) {
        let (before, address) = rest.split_at(start);
        let is_end = |c: char| !c.is_ascii_graphic() || "\"<>|".contains(c);
        let end = address.find(is_end).unwrap_or(address.len());
        let (address, _) = address.split_at(end);
        let address = address.trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '\'']);
        out.push_str(before);
        out.push_str(&linked(address, address));
        rest = rest.split_at(start + address.len()).1;
    }
    out + rest
}

/// Makes every address in a text a link to itself.
pub fn with_links(text: &str) -> String {
    LinkPainter::default().paint(&linked_addresses(text)).into_owned()
}

/// The links of a table, line by line: one that a line breaks off goes on in the next.
#[derive(Debug, Default)]
pub struct LinkPainter {
    open: Option<String>,
}

impl LinkPainter {
    /// Puts escape sequences where the marks stand in a line.
    pub fn paint<'line>(&mut self, line: &'line str) -> Cow<'line, str> {
        if self.open.is_none() && (line.is_ascii() || !line.contains(START)) {
            return Cow::Borrowed(line);
        }
        let mut out = String::with_capacity(line.len() * 2);
        let close = format!("{:#}", Hyperlink::with_url(""));
        let (mut address, mut is_written) = (self.open.take(), false);
        for c in line.chars() {
            match (c, &mut address) {
                (START, _) => (address, is_written) = (Some(String::new()), false),
                (END, Some(_)) => {
                    out.push_str(&close);
                    address = None;
                }
                ('\u{e0020}'..='\u{e007e}', Some(url)) => {
                    url.extend(char::from_u32(c as u32 - TAGS));
                }
                // What breaks a line off is indented in the next.
                (' ', Some(_)) if !is_written => out.push(' '),
                (_, Some(url)) if !is_written => {
                    out.push_str(&Hyperlink::with_url(url).to_string());
                    out.push(c);
                    is_written = true;
                }
                _ => out.push(c),
            }
        }
        if address.is_some() {
            out.push_str(&close);
        }
        self.open = address;
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_known_to_take_links_get_them() {
        let with =
            |name: &str, value: &str| are_taken(|asked| (asked == name).then(|| value.to_owned()));
        assert!(with("VTE_VERSION", "7200") && with("TERM", "xterm-kitty"));
        assert!(with("TERM_PROGRAM", "WezTerm") && with("WT_SESSION", "1"));
        assert!(!with("VTE_VERSION", "4802") && !with("TERM", "xterm-256color"));
        assert!(!with("TERM", "dumb") && !with("TERM_PROGRAM", "Apple_Terminal"));
    }

    #[test]
    fn an_address_is_a_link_without_what_stands_around_it() {
        let text = "in Tier 2 (https://example.org/a/).";
        let link =
            "\u{1b}]8;;https://example.org/a/\u{1b}\\https://example.org/a/\u{1b}]8;;\u{1b}\\";
        assert_eq!(with_links(text), format!("in Tier 2 ({link})."));
    }

    #[test]
    fn a_link_that_a_line_breaks_off_goes_on_in_the_next() {
        let marked = linked("abcd", "u:x");
        let (first, second) = marked.split_at(marked.find('c').expect("a letter"));
        let mut painter = LinkPainter::default();
        let (open, close) = ("\u{1b}]8;;u:x\u{1b}\\", "\u{1b}]8;;\u{1b}\\");
        assert_eq!(painter.paint(first), format!("{open}ab{close}"));
        let line = format!("  {second} z");
        let second = painter.paint(&line);
        assert_eq!(second, format!("  {open}cd{close} z"));
        assert_eq!(painter.paint("plain"), "plain");
    }
}
