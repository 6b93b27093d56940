//! The formats of an answer.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::text::{joined, quoted, shell};

/// The formats an answer can be printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    #[value(alias = "txt")]
    Table,
    /// Comma-separated, lists joined with ';'
    Csv,
    /// Tab-separated, lists joined with ';', a tab or newline in a value escaped
    Tsv,
    /// One array of objects, lists as arrays, a missing value as null
    Json,
    /// Those objects, one per line
    #[value(alias = "jsonl")]
    Ndjson,
    /// A Markdown table
    #[value(alias = "md")]
    Markdown,
    /// A page for a browser
    Html,
    /// A workbook: a sheet of the rows, and one of title, notes and source
    Xlsx,
    /// A picture (commands that draw)
    Svg,
}

impl Format {
    /// Whether people read it, who are better served by a picture than by one row a value.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Markdown | Self::Html | Self::Svg)
    }

    pub fn name(self) -> String {
        self.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned())
    }

    /// What the name of a file of it ends in.
    fn extension(self) -> String {
        match self {
            Self::Table => "txt".to_owned(),
            Self::Markdown => "md".to_owned(),
            other => other.name(),
        }
    }

    /// The format that the name of a file says: it ends in what --format takes.
    pub fn of_file(path: &Path) -> Result<Self> {
        let extension = path.extension().map(OsStr::to_string_lossy).unwrap_or_default();
        if extension.eq_ignore_ascii_case("png") {
            let svg = path.with_extension("svg");
            let [png, svg] = [path, &svg].map(|path| shell(&path.to_string_lossy()).into_owned());
            bail!(
                "pictures are written as SVG, of which other programs make PNG: give -o {svg}, then type 'rsvg-convert --width 1920 {svg} -o {png}'"
            );
        }
        Self::from_str(&extension, true).ok().with_context(|| {
            let known = Self::value_variants().iter().map(|it| format!(".{}", it.extension()));
            let (name, known) = (quoted(&path.to_string_lossy()), joined(known, "or"));
            format!("the name {name} says no format; end it in {known}, or give --format")
        })
    }

    /// Refuses a file whose extension says another format. Whatever is text may stand in `.txt`.
    pub fn refuse_other(self, path: &Path) -> Result<()> {
        let said = Self::of_file(path).unwrap_or(self);
        if said == self || said == Self::Table {
            return Ok(());
        }
        let renamed = path.with_extension(self.extension());
        let [path, renamed] =
            [path, &renamed].map(|path| shell(&path.to_string_lossy()).into_owned());
        let [asked, said] = [self, said].map(Self::name);
        bail!(
            "--format {asked} and -o {path} contradict one another; give -o {renamed}, or --format {said}"
        )
    }
}

/// The error that a CSV writer met. The csv crate's own conversion would hide its kind.
pub fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
