//! What is said beside an answer: a note, warnings, what was not found; and what stands below a table for people.

use crate::text::capitalised;

/// What a reader should know, of the answer or of some of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub text: String,
    /// It is said where one of these columns is shown; of the answer, where there is none.
    about: &'static [&'static str],
    /// It is not said where this column is shown, which says the same.
    unless: Option<&'static str>,
}

impl<T: Into<String>> From<T> for Remark {
    fn from(text: T) -> Self {
        Self { text: text.into(), about: &[], unless: None }
    }
}

impl Remark {
    pub fn on(about: &'static [&'static str], text: impl Into<String>) -> Self {
        Self { about, ..Self::from(text) }
    }

    /// Leaves it out where this column is shown.
    pub fn unless(self, column: &'static str) -> Self {
        Self { unless: Some(column), ..self }
    }

    /// Whether it is said beside a table with these columns.
    pub fn holds(&self, header: &[&str]) -> bool {
        let is_shown = |column: &&str| header.contains(column);
        let is_about = self.about.is_empty() || self.about.iter().any(is_shown);
        is_about && !self.unless.is_some_and(|column| is_shown(&column))
    }
}

/// What is said beside an answer.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// What a reader should know, one line of at most 160 letters beside an ordinary answer; `--quiet` leaves it out.
    pub notes: Vec<Remark>,
    /// What helps to read a table: it stands below the rows where people see them, and nowhere else.
    pub below: Vec<Remark>,
    /// What an answer without rows says. People see it in place of the rows, else it is a note.
    pub empty: Option<String>,
    pub warnings: Vec<String>,
    /// What was asked for and not found, or a check that failed: the exit status is then 1.
    pub not_found: Vec<String>,
}

impl Remarks {
    pub fn note(&mut self, note: impl Into<Remark>) {
        self.notes.push(note.into());
    }

    pub fn below(&mut self, line: impl Into<Remark>) {
        self.below.push(line.into());
    }

    /// Returns what is said in a picture, which has nothing beside it: the notes, and the lines below. In place of a line that
    /// leads to the column `note` stand the `notes` that it has.
    pub fn texts(&self, notes: Vec<String>) -> Vec<String> {
        let below = self.below.iter().filter(|remark| remark.unless != Some("note"));
        let texts = |remark: &Remark| remark.text.clone();
        self.notes.iter().map(texts).chain(notes).chain(below.map(texts)).collect()
    }

    pub fn warn(&mut self, warning: impl Into<String>) {
        self.warnings.push(warning.into());
    }

    pub fn not_found(&mut self, message: impl Into<String>) {
        self.not_found.push(message.into());
    }

    pub fn extend(&mut self, others: Self) {
        self.notes.extend(others.notes);
        self.below.extend(others.below);
        self.empty = self.empty.take().or(others.empty);
        self.warnings.extend(others.warnings);
        self.not_found.extend(others.not_found);
    }

    /// Returns the notes beside a table with these columns, each once.
    pub fn notes_beside(&self, header: &[&str]) -> Vec<&str> {
        let notes = self.empty.as_deref().into_iter();
        each_once(notes.chain(about(&self.notes, header)))
    }

    /// Returns what stands around a table with these columns where both are written into one file: notes, and lines below.
    pub fn around(&self, header: &[&str]) -> Vec<String> {
        let notes = self.notes_beside(header).into_iter();
        notes.chain(self.lines_below(header)).map(capitalised).collect()
    }

    /// Returns the lines below a table with these columns, each once.
    pub fn lines_below(&self, header: &[&str]) -> Vec<&str> {
        each_once(about(&self.below, header))
    }
}

fn about<'r>(remarks: &'r [Remark], header: &[&str]) -> impl Iterator<Item = &'r str> {
    remarks.iter().filter(move |remark| remark.holds(header)).map(|remark| &*remark.text)
}

fn each_once<'r>(texts: impl Iterator<Item = &'r str>) -> Vec<&'r str> {
    let mut said = Vec::new();
    for text in texts {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}
