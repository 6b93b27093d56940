//! The names that the user asks for, one after the other: on the command line, or on standard input, one a line.

use std::collections::HashMap;
use std::io::{self, StdinLock};
use std::mem;
use std::vec;

use anyhow::{Error, Result};
use foldhash::fast::RandomState;

use crate::answer::names::Name;
use crate::input::lines::Lines;
use crate::input::open::STDIN;
use crate::output::blocks::BLOCK;

/// How names are read from an input that pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Until a block of rows is whole, which people see laid out as one.
    ByBlock,
    /// As they come: rows for programs are passed on when the input pauses.
    AsTheyCome,
}

/// The names asked for: the arguments, and in the place of the first `-` the lines of standard input.
#[derive(Debug)]
pub struct Names {
    arguments: vec::IntoIter<String>,
    argument: String,
    stdin: Option<Lines<StdinLock<'static>>>,
    was_read: bool,
    pace: Pace,
    /// Whether blank lines are left out: those ask for nothing, while an empty argument is a mistake.
    pub without_blank: bool,
    /// Why there are no more names, where rows of those before are shown first.
    failed: Option<Error>,
}

impl Names {
    /// Those that these arguments ask for, blank lines included.
    pub fn new(arguments: Vec<String>, pace: Pace) -> Self {
        Self {
            arguments: arguments.into_iter(),
            argument: String::new(),
            stdin: None,
            was_read: false,
            pace,
            without_blank: false,
            failed: None,
        }
    }

    /// Hands on one name after the other until a block of rows is whole, which is sooner where names are long, or the input
    /// pauses. `rows`: takes a name, and counts the rows of the block. What cannot be read ends this block, and is the error of the next.
    ///
    /// # Errors
    /// As `next`.
    pub fn block(&mut self, mut rows: impl FnMut(&Name<'_>) -> usize) -> Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let (mut count, mut bytes) = (0, 0);
        while count == 0 || count <= BLOCK && bytes < MOST_BYTES && !self.pauses() {
            match self.next() {
                Ok(Some(name)) => {
                    bytes += name.written.len();
                    count = rows(&name);
                }
                Ok(None) => break,
                Err(error) if count == 0 => return Err(error),
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        Ok(())
    }

    /// The next name, if there is one.
    ///
    /// # Errors
    /// Standard input cannot be read, or is no text.
    fn next(&mut self) -> Result<Option<Name<'_>>> {
        while self.stdin.is_some() || self.turn() {
            let Some(lines) = &mut self.stdin else {
                return Ok(Some(Name::argument(&self.argument)));
            };
            if !lines.turn()? {
                self.stdin = None;
            } else if !self.without_blank || !lines.line().trim().is_empty() {
                break;
            }
        }
        let line = self.stdin.as_ref();
        Ok(line.map(|lines| Name { written: lines.line(), line: Some(lines.number()) }))
    }

    /// Turns to the next argument, or to standard input. Whether there is one.
    fn turn(&mut self) -> bool {
        for argument in self.arguments.by_ref() {
            if argument != "-" {
                self.argument = argument;
                return true;
            }
            if !mem::replace(&mut self.was_read, true) {
                self.stdin = Some(Lines::new(io::stdin().lock(), STDIN));
                return true;
            }
        }
        false
    }

    /// Whether the rows of the names so far are to be passed on before the next is read.
    fn pauses(&self) -> bool {
        let next = self.arguments.as_slice().first();
        let is_at_hand = match &self.stdin {
            Some(lines) => lines.is_next_at_hand(),
            None => self.was_read || next.is_none_or(|next| next != "-"),
        };
        self.pace == Pace::AsTheyCome && !is_at_hand
    }
}

/// How many names are remembered, and of how many bytes, which are as many as a block has: a list has few distinct ones.
const MOST_NAMES: usize = 1 << 12;
const MOST_BYTES: usize = 1 << 20;

/// What the names that were asked about last stand for.
#[derive(Debug)]
pub struct Memory<T> {
    known: HashMap<Box<str>, T, RandomState>,
    bytes: usize,
}

impl<T: Copy> Memory<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { known: HashMap::default(), bytes: 0 }
    }

    /// Forgets everything, if enough is remembered. Whether it was.
    pub fn forget_if_full(&mut self) -> bool {
        let is_full = self.known.len() >= MOST_NAMES || self.bytes >= MOST_BYTES;
        if is_full {
            *self = Self::new();
        }
        is_full
    }

    /// What a name stands for, as it is remembered or as it is found out now.
    pub fn get_or(&mut self, name: &str, find: impl FnOnce() -> T) -> T {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let meaning = find();
        self.bytes += name.len();
        self.known.insert(name.into(), meaning);
        meaning
    }
}

/// What was asked for and not found: a message each, up to a thousand. More than that nobody reads.
#[derive(Debug, Default)]
pub struct Missing {
    warnings: Vec<String>,
    more: usize,
}

impl Missing {
    const MOST: usize = 1000;

    /// Adds a name. `why`: what is to be said of it, which may take longer to find than the name.
    pub fn add(&mut self, name: &Name<'_>, why: impl FnOnce() -> String) {
        if self.warnings.len() < Self::MOST {
            self.warnings.push(name.warning(&why()));
        } else {
            self.more += 1;
        }
    }

    /// A line each, and how many more there are.
    pub fn take(&mut self) -> Vec<String> {
        let verb = if self.more == 1 { "is" } else { "are" };
        let more = (self.more > 0).then(|| format!("{} more {verb} not found", self.more));
        mem::take(&mut self.warnings).into_iter().chain(more).collect()
    }
}
