//! What standard output and standard error are connected to: how wide, and whether a person reads along; and a bar for one
//! who waits.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};

use crate::text::{printable, wrapped};

/// The message broken between words where a terminal on standard error would break it inside one. `used` columns of
/// its first line are taken.
pub fn fitted(message: &str, used: usize) -> String {
    let stderr = io::stderr();
    let size = terminal_size::terminal_size_of(&stderr).filter(|_| stderr.is_terminal());
    let Some((terminal_size::Width(columns), _)) = size else {
        return message.to_owned();
    };
    let lines = message.split('\n').enumerate().map(|(nth, line)| {
        let text = line.trim_start();
        let margin = line.len() - text.len();
        let used = if nth == 0 { used } else { margin };
        " ".repeat(margin) + &wrapped(text, columns.into(), used, margin + 2)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the terminal")]
pub struct Screen {
    /// Whether a person reads along: text is then fitted and escaped.
    pub terminal: bool,
    /// Columns a line may take; none where nothing may be wrapped.
    pub width: Option<u16>,
    pub color: bool,
    /// Whether it is a terminal that shows no more than ASCII, so far as its locale tells.
    pub ascii: bool,
    pub links: bool,
}

impl Screen {
    /// Reads off standard output and the settled colour.
    pub fn of_stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let width = terminal.then(|| terminal_size::terminal_size_of(&stdout)).flatten();
        Self {
            terminal,
            width: width.map(|(terminal_size::Width(columns), _)| columns),
            color: AutoStream::choice(&stdout) != ColorChoice::Never,
            ascii: terminal && is_ascii(|name| env::var(name).ok()),
            links: false,
        }
    }

    /// A text of several lines as it may be shown here.
    pub fn safe_lines(self, text: &str) -> String {
        let lines: Vec<_> = text.split('\n').map(|line| self.safe(line)).collect();
        lines.join("\n")
    }

    pub fn safe(self, text: &str) -> Cow<'_, str> {
        if self.terminal || self.color || self.links {
            printable(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// Whether the locale has no characters beyond ASCII: the first of the variables that is set says which it has. Windows
/// has none of them, and a console that shows more.
fn is_ascii(variable: impl Fn(&str) -> Option<String>) -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let mut set = names.iter().filter_map(|name| variable(name));
    let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_ascii_lowercase().replace('-', "");
    !cfg!(windows) && !locale.contains("utf8")
}

/// How long work lasts before it is worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears where a person waits: standard error is a terminal, and how much there is to do is known.
#[derive(Debug)]
pub struct Progress {
    /// How many bytes there are, where a bar may appear.
    size: Option<u64>,
    seen: u64,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Of work on this many bytes. Rows on the same terminal would be torn by a bar, but not those of a file: `to_file`.
    pub fn new(size: Option<u64>, to_file: bool) -> Self {
        let free = to_file || !io::stdout().is_terminal();
        Self {
            size: size.filter(|_| free && io::stderr().is_terminal()),
            seen: 0,
            started: Instant::now(),
            bar: None,
        }
    }

    /// So many bytes more are done.
    pub fn seen(&mut self, bytes: usize) {
        let Some(size) = self.size else {
            return;
        };
        self.seen += bytes as u64;
        if let Some(bar) = &self.bar {
            bar.set_position(self.seen);
        } else if self.started.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            self.bar = Some(ProgressBar::new(size).with_style(style));
        }
    }

    /// The work is over: the bar goes.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}

#[test]
fn a_terminal_shows_ascii_alone_where_its_locale_has_no_more() {
    let ascii = |set: &'static [(&str, &str)]| {
        is_ascii(|name| {
            let mut set = set.iter();
            Some(set.find(|(known, _)| *known == name)?.1.to_owned())
        })
    };
    assert!(ascii(&[]));
    assert!(ascii(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]));
    assert!(!ascii(&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")]));
    assert!(!ascii(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
}
