//! When colour is used, and how styled text gets through a table.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};

use anstream::ColorChoice;
use anstyle::Style;
use clap::ValueEnum;

use crate::output::Shade;

/// When to use colour, or links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, as far as the environment allows
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
const BOLD: char = '\u{e0100}';
const END: char = '\u{e01ef}';
/// The mark of text on the first colour of the palette; those of the others follow.
const ON_FIRST: u32 = 0xe_0101;

pub fn bold(text: &str) -> String {
    format!("{BOLD}{text}{END}")
}

/// Marks text to stand on a colour of the palette; as it is where the shade is none.
pub fn on_shade(text: &str, shade: Shade) -> String {
    let place = (ON_FIRST..).zip(Shade::ORDER);
    let start = place.filter(|(_, it)| *it == shade).map(|(mark, _)| mark);
    match start.last().and_then(char::from_u32) {
        Some(start) => format!("{start}{text}{END}"),
        None => text.to_owned(),
    }
}

/// Marks letters to stand on colours of their own.
pub fn on_shades(letters: &[(char, Shade)]) -> String {
    let runs = letters.chunk_by(|(_, a), (_, b)| a == b);
    let runs = runs.filter_map(|run| {
        let text: String = run.iter().map(|(letter, _)| letter).collect();
        Some(on_shade(&text, run.first()?.1))
    });
    runs.collect()
}

/// Puts escape sequences where the marks stand. A colour that a broken line leaves open ends with it.
pub fn paint(text: &str) -> Cow<'_, str> {
    // Most texts have no mark.
    if text.is_ascii() || !text.contains(|c| (BOLD..=END).contains(&c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut is_open = false;
    for c in text.chars() {
        let shade = (c as u32).checked_sub(ON_FIRST);
        let shade = shade.and_then(|place| Shade::ORDER.get(place as usize));
        let style = match shade.and_then(|shade| shade.tone()) {
            Some(tone) => tone.style(),
            None if c == BOLD => Style::new().bold(),
            None if c == END => {
                out.push_str("\u{1b}[0m");
                is_open = false;
                continue;
            }
            None => {
                out.push(c);
                continue;
            }
        };
        out.push_str(&style.render().to_string());
        is_open = true;
    }
    if is_open {
        out.push_str("\u{1b}[0m");
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use crate::output::color::{When, bold, decide, on_shades, paint};
    use crate::output::palette::Shade;

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
        assert_eq!(decided(When::Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]), Some(false));
        assert_eq!(
            decided(When::Auto, &[("FORCE_COLOR", "0"), ("CLICOLOR_FORCE", "1")]),
            Some(false)
        );
        assert_eq!(decided(When::Auto, &[("FORCE_COLOR", "1"), ("TERM", "dumb")]), Some(true));
        assert_eq!(decided(When::Auto, &[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")]), Some(true));
        assert_eq!(decided(When::Auto, &[("CLICOLOR_FORCE", "0"), ("CLICOLOR", "0")]), Some(false));
        assert_eq!(decided(When::Auto, &[("CLICOLOR_FORCE", "0")]), None);
        assert_eq!(decided(When::Auto, &[("TERM", "dumb")]), Some(false));
        assert_eq!(decided(When::Auto, &[("TERM", "xterm"), ("CLICOLOR", "1")]), None);
    }

    #[test]
    fn letters_stand_on_their_colours_and_others_on_none() {
        let (third, empty) = (Shade::Third, Shade::Empty);
        let strip = [('-', empty), ('W', third), ('W', third), ('.', Shade::Unknown)];
        let painted = paint(&on_shades(&strip)).into_owned();
        assert_eq!(painted, "-\u{1b}[38;5;16m\u{1b}[48;5;166mWW\u{1b}[0m.");
        assert_eq!(paint(&bold("x")), "\u{1b}[1mx\u{1b}[0m");
    }

    #[test]
    fn no_mark_is_left_on_a_line_that_was_broken_between_two() {
        let [first, second] = ["\u{e0100}ab", "cd\u{e01ef}"];
        assert_eq!(paint(first), "\u{1b}[1mab\u{1b}[0m");
        assert_eq!(paint(second), "cd\u{1b}[0m");
    }
}
