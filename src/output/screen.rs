//! What standard output and standard error are connected to: how wide, and whether a person reads along.

use std::borrow::Cow;
use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use crate::text::{printable, wrapped};

/// The message broken between words where a terminal on standard error would break it inside one. `used` columns of
/// its first line are taken.
pub fn fitted(message: &str, used: usize) -> String {
    let stderr = io::stderr();
    let size = terminal_size::terminal_size_of(&stderr).filter(|_| stderr.is_terminal());
    let Some((terminal_size::Width(columns), _)) = size else {
        return message.to_owned();
    };
    wrapped(message, columns.into(), used, 2)
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
    /// Whether addresses and sources are links.
    pub links: bool,
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
            links: false,
        }
    }

    /// A text of several lines as it may be shown here.
    pub fn safe_lines(self, text: &str) -> String {
        let lines: Vec<_> = text.split('\n').map(|line| self.safe(line)).collect();
        lines.join("\n")
    }

    /// The text as it may be shown here.
    pub fn safe(self, text: &str) -> Cow<'_, str> {
        if self.terminal || self.color || self.links {
            printable(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}
