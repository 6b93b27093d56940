//! How far a long piece of work has come, on standard error.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

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
