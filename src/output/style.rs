//! What the screen can show: colour, width, and text made safe for a terminal.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

/// Settles colour for the whole process, standard error and clap's own messages included.
///
/// `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE` are read by anstream; it does not know `FORCE_COLOR`, and
/// takes `TERM=dumb` for a colour terminal when it runs in CI.
pub fn settle_color(when: When) {
    let choice = match when {
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
        When::Auto if set("NO_COLOR").is_some() => ColorChoice::Never,
        When::Auto => match set("FORCE_COLOR").as_deref() {
            Some("0" | "false") => ColorChoice::Never,
            Some(_) => ColorChoice::Always,
            None if set("CLICOLOR_FORCE").is_some_and(|force| force != "0") => ColorChoice::Always,
            None if set("TERM").as_deref() == Some("dumb") => ColorChoice::Never,
            None => ColorChoice::Auto,
        },
    };
    choice.write_global();
}

/// An environment variable that is set to something.
fn set(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().into_owned();
    (!value.is_empty()).then_some(value)
}

/// What standard output is connected to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Screen {
    /// Whether a person reads along: text is then fitted and escaped.
    pub terminal: bool,
    /// Columns a line may take; none where nothing may be wrapped.
    pub width: Option<u16>,
    /// Whether colour is wanted.
    pub color: bool,
}

impl Screen {
    /// Reads off standard output and the settled colour.
    pub fn of_stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let width = terminal
            .then(|| terminal_size::terminal_size_of(&stdout))
            .flatten();
        Self {
            terminal,
            width: width.map(|(terminal_size::Width(columns), _)| columns),
            color: AutoStream::choice(&stdout) != ColorChoice::Never,
        }
    }

    /// The text as it may be shown here.
    pub fn safe(self, text: &str) -> Cow<'_, str> {
        if self.terminal || self.color {
            printable(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}

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

/// Control characters, line separators, what hides or reorders text, and the marks below. The two joiners
/// (U+200C, U+200D) stay: Persian and Indic names are written with them.
fn acts_on_terminal(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
        )
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{e0000}'..='\u{e0fff}')
}

// Without crossterm comfy-table counts an escape sequence as text. Styled text therefore goes in between two
// characters of no width, which `printable` never lets through, and `paint` puts colour in their place.
const MARKS: char = '\u{e0100}';
const END: char = '\u{e01ef}';

/// Marks text as bold, and in a colour if there is one.
pub fn marked(text: &str, color: Option<AnsiColor>) -> String {
    let offset = color.map_or(0, |color| color as u32 + 1);
    let start = char::from_u32(MARKS as u32 + offset).unwrap_or(MARKS);
    format!("{start}{text}{END}")
}

/// Puts escape sequences where the marks stand.
pub fn paint(text: &str) -> String {
    const COLORS: [AnsiColor; 8] = [
        AnsiColor::Black,
        AnsiColor::Red,
        AnsiColor::Green,
        AnsiColor::Yellow,
        AnsiColor::Blue,
        AnsiColor::Magenta,
        AnsiColor::Cyan,
        AnsiColor::White,
    ];
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (c as u32).checked_sub(MARKS as u32) {
            _ if c == END => out.push_str("\u{1b}[0m"),
            Some(0) => out.push_str(&Style::new().bold().render().to_string()),
            Some(offset @ 1..=8) => {
                let color = COLORS.get(offset as usize - 1).copied().map(Into::into);
                out.push_str(&Style::new().fg_color(color).render().to_string());
            }
            _ => out.push(c),
        }
    }
    out
}
