//! When colour is used, and how styled text gets through a table.

use std::env;
use std::io::{self, IsTerminal};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Also into a pipe or a redirection; never into the file of --output
    Always,
    /// Nowhere
    Never,
}

/// Decides on colour for the whole process, standard error and clap's own messages included.
pub fn decide_color(when: When) {
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
    use anstyle::AnsiColor;

    use crate::output::color::{When, decide, marked, on_colors, paint};

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
    fn letters_stand_on_their_colours_and_others_on_none() {
        let (yellow, none) = (Some(AnsiColor::Yellow), None);
        let strip = [('2', none), ('W', yellow), ('W', yellow), ('.', none)];
        assert_eq!(
            paint(&on_colors(&strip)),
            "2\u{1b}[30m\u{1b}[43mWW\u{1b}[0m."
        );
        assert_eq!(paint(&marked("x", yellow)), "\u{1b}[33mx\u{1b}[0m");
    }
}
