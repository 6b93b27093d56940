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
pub fn settle_color(when: When) {
    let variable = |name: &str| Some(env::var_os(name)?.to_string_lossy().into_owned());
    let choice = match decide(when, variable) {
        Some(true) => ColorChoice::Always,
        Some(false) => ColorChoice::Never,
        // anstream would take CLICOLOR_FORCE=0 for a wish to force it.
        None if variable("CLICOLOR_FORCE").is_some() => {
            if io::stdout().is_terminal() {
                ColorChoice::Always
            } else {
                ColorChoice::Never
            }
        }
        None => ColorChoice::Auto,
    };
    choice.write_global();
}

/// Whether colour is wanted, where the option or the environment says so: the first of `--color`, `NO_COLOR`,
/// `FORCE_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` and `TERM` that has something to say. anstream does not know
/// `FORCE_COLOR`, and in CI takes `TERM=dumb` for a colour terminal.
fn decide(when: When, variable: impl Fn(&str) -> Option<String>) -> Option<bool> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is_off = |value: &String| value == "0" || value == "false";
    match when {
        When::Always => return Some(true),
        When::Never => return Some(false),
        When::Auto => {}
    }
    if set("NO_COLOR").is_some() {
        return Some(false);
    }
    if let Some(force) = set("FORCE_COLOR") {
        return Some(!is_off(&force));
    }
    if set("CLICOLOR_FORCE").is_some_and(|force| !is_off(&force)) {
        return Some(true);
    }
    let off = set("CLICOLOR").is_some_and(|color| is_off(&color))
        || set("TERM").as_deref() == Some("dumb");
    off.then_some(false)
}

/// The message broken between words where a terminal on standard error would break it inside one. `used` columns of
/// its first line are taken.
pub fn wrapped(message: &str, mut used: usize) -> String {
    let stderr = io::stderr();
    let size = terminal_size::terminal_size_of(&stderr).filter(|_| stderr.is_terminal());
    let Some((terminal_size::Width(columns), _)) = size else {
        return message.to_owned();
    };
    let mut out = String::with_capacity(message.len());
    for word in message.split(' ') {
        let len = word.chars().count();
        if !out.is_empty() && used + 1 + len > usize::from(columns) {
            out.push_str("\n  ");
            used = 2;
        } else if !out.is_empty() {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += len;
    }
    out
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

/// The same for a text of several lines.
pub fn printable_lines(text: &str) -> String {
    text.split('\n')
        .map(printable)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text of the user's as a message quotes it: safe for a terminal, and cut where it would fill the screen.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = printable(text);
    if text.chars().nth(LONGEST).is_none() {
        return format!("'{text}'");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("'{start}…'")
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
/// The first mark of text in black on a colour; those before are of text in a colour.
const ON_COLOR: u32 = 9;

/// Marks text as bold, and in a colour if there is one.
pub fn marked(text: &str, color: Option<AnsiColor>) -> String {
    between_marks(text, color.map_or(0, |color| color as u32 + 1))
}

/// Marks letters to stand in black on colours of their own.
pub fn on_colors(letters: &[(char, Option<AnsiColor>)]) -> String {
    let runs = letters.chunk_by(|(_, a), (_, b)| a == b);
    runs.map(|run| {
        let text: String = run.iter().map(|(letter, _)| letter).collect();
        match run.first() {
            Some((_, Some(color))) => between_marks(&text, *color as u32 + ON_COLOR),
            _ => text,
        }
    })
    .collect()
}

fn between_marks(text: &str, offset: u32) -> String {
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
    let color = |offset: u32| COLORS.get(offset as usize).copied().map(Into::into);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let style = match (c as u32).checked_sub(MARKS as u32) {
            _ if c == END => {
                out.push_str("\u{1b}[0m");
                continue;
            }
            Some(0) => Style::new().bold(),
            Some(offset @ 1..ON_COLOR) => Style::new().fg_color(color(offset - 1)),
            Some(offset @ ON_COLOR..17) => Style::new()
                .fg_color(Some(AnsiColor::Black.into()))
                .bg_color(color(offset - ON_COLOR)),
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push_str(&style.render().to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(when: When, environment: &[(&str, &str)]) -> Option<bool> {
        let find = |name: &str| environment.iter().find(|(known, _)| *known == name);
        decide(when, |name| Some(find(name)?.1.to_owned()))
    }

    #[test]
    fn the_option_decides_before_the_environment() {
        assert_eq!(decided(When::Always, &[("NO_COLOR", "1")]), Some(true));
        assert_eq!(decided(When::Never, &[("FORCE_COLOR", "1")]), Some(false));
    }

    #[test]
    fn each_variable_is_kept_in_its_turn() {
        assert_eq!(decided(When::Auto, &[]), None);
        assert_eq!(decided(When::Auto, &[("NO_COLOR", "")]), None);
        assert_eq!(
            decided(When::Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]),
            Some(false)
        );
        assert_eq!(
            decided(When::Auto, &[("FORCE_COLOR", "0"), ("CLICOLOR_FORCE", "1")]),
            Some(false)
        );
        assert_eq!(
            decided(When::Auto, &[("FORCE_COLOR", "1"), ("TERM", "dumb")]),
            Some(true)
        );
        assert_eq!(
            decided(When::Auto, &[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")]),
            Some(true)
        );
        assert_eq!(
            decided(When::Auto, &[("CLICOLOR_FORCE", "0"), ("CLICOLOR", "0")]),
            Some(false)
        );
        assert_eq!(decided(When::Auto, &[("CLICOLOR_FORCE", "0")]), None);
        assert_eq!(decided(When::Auto, &[("TERM", "dumb")]), Some(false));
        assert_eq!(
            decided(When::Auto, &[("TERM", "xterm"), ("CLICOLOR", "1")]),
            None
        );
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_is_let_through() {
        assert_eq!(printable("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(printable("\u{202e}avodloM"), "\\u{202e}avodloM");
        assert_eq!(
            printable("Côte d'Ivoire, 北京, می‌خواهم"),
            "Côte d'Ivoire, 北京, می‌خواهم"
        );
    }

    #[test]
    fn letters_stand_on_their_colours_and_others_on_none() {
        let (yellow, none) = (Some(AnsiColor::Yellow), None);
        let strip = [('2', none), ('W', yellow), ('W', yellow), ('.', none)];
        assert_eq!(
            paint(&on_colors(&strip)),
            "2\u{1b}[30m\u{1b}[43mWW\u{1b}[0m."
        );
        assert_eq!(paint(&marked("x", yellow)), "\u{1b}[33mx\u{1b}[0m");
    }

    #[test]
    fn a_long_text_is_cut_where_it_is_quoted() {
        assert_eq!(quoted(&"x".repeat(61)), format!("'{}…'", "x".repeat(60)));
        assert_eq!(quoted(&"x".repeat(60)), format!("'{}'", "x".repeat(60)));
    }
}
