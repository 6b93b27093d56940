//! `tip completions`: the lines that make a shell complete the words of `tip`.

use clap::{Args, ValueEnum};

use crate::answer::Answer;
use crate::output::table::Table;

/// The arguments of `tip completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// The shells whose completions were tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// 'source <(tip completions bash)' in ~/.bashrc
    Bash,
    /// 'source <(tip completions zsh)' in ~/.zshrc, after compinit
    Zsh,
    /// 'tip completions fish | source' in ~/.config/fish/config.fish
    Fish,
}

impl Completions {
    /// The lines, which ask this program what a word may become; `usage/complete.rs` answers.
    pub fn run<'i>(&self) -> Answer<'i> {
        Answer::of(Table::of_text(match self.shell {
            Shell::Bash => include_str!("loaders/tip.bash"),
            Shell::Zsh => include_str!("loaders/_tip"),
            Shell::Fish => include_str!("loaders/tip.fish"),
        }))
    }
}
