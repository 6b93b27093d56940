//! The options that every subcommand takes: how the answer is shown, where it goes, and of which data it is.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::index::Index;
use crate::index::own;
use crate::output::Format;
use crate::output::color::When;
use crate::output::destination::is_stdout;

/// The options that every subcommand takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch on the command line")]
pub struct OutputOptions {
    /// The format of the answer [default: table]
    #[arg(short, long, global = true, hide_short_help = true, value_enum, value_name = "FORMAT")]
    format: Option<Format>,

    /// Short for --format json
    #[arg(long, global = true, hide_short_help = true)]
    json: bool,

    /// Short for --format csv
    #[arg(long, global = true, hide_short_help = true)]
    csv: bool,

    /// Write to FILE; its extension sets the format
    #[arg(
        short = 'o',
        hide_short_help = true,
        long = "output",
        alias = "out",
        global = true,
        value_name = "FILE"
    )]
    pub target: Option<PathBuf>,

    /// Columns to show, in order; '+iso2' adds one, 'all' shows all, 'help' lists them
    #[arg(short, hide_short_help = true, long, aliases = ["fields", "select"], global = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub columns: Option<Vec<String>>,

    /// The title above the answer
    #[arg(long, hide_short_help = true, global = true, value_name = "TEXT")]
    pub title: Option<String>,

    /// Hide the names of the columns
    #[arg(long, hide_short_help = true, alias = "no-headers", global = true)]
    pub no_header: bool,

    /// Hide notes (keep warnings and errors)
    #[arg(short, hide_short_help = true, long, alias = "silent", global = true)]
    pub quiet: bool,

    // A default that clap knows of would cost every start of the program.
    /// When to use colour [default: auto]
    #[arg(
        long,
        hide_short_help = true,
        alias = "colour",
        global = true,
        value_enum,
        value_name = "WHEN"
    )]
    pub color: Option<When>,

    /// When to print clickable links [default: auto]
    #[arg(long, hide_short_help = true, global = true, value_enum, value_name = "WHEN")]
    pub hyperlink: Option<When>,

    /// The folder of the user's own data.
    #[arg(
        long,
        global = true,
        hide_short_help = true,
        value_name = "DIR",
        help_heading = "Data",
        help = "A folder of data files that add rows or replace them [env: TIP_DATA]"
    )]
    data: Option<PathBuf>,
}

impl OutputOptions {
    /// The format asked for, if any is.
    pub fn format(&self) -> Result<Option<Format>> {
        let json = self.json.then_some(Format::Json);
        let csv = self.csv.then_some(Format::Csv);
        let asked: Vec<Format> = [self.format, json, csv].into_iter().flatten().collect();
        match asked.as_slice() {
            [] => Ok(None),
            [format] => {
                self.file().map(|path| format.refuse_other(path)).transpose()?;
                Ok(Some(*format))
            }
            _ => bail!("--format, --json and --csv exclude one another; give one of them"),
        }
    }

    /// The folder of the user's own data: that of --data, or else of `TIP_DATA`.
    pub fn data(&self) -> Option<PathBuf> {
        self.data.clone().or_else(data_of_environment)
    }

    /// The index over the data and the user's own.
    pub fn index(&self) -> Result<Index> {
        let Some(folder) = self.data() else {
            return Ok(Index::embedded());
        };
        let index = own::index(&folder);
        if self.data.is_some() {
            return index;
        }
        index.context("the environment variable TIP_DATA names data that cannot be used; 'unset TIP_DATA' does without")
    }

    /// The columns asked for, if any are.
    pub fn columns(&self) -> Option<&[String]> {
        self.columns.as_deref().filter(|_| !self.lists_columns())
    }

    /// Whether it is asked which columns there are.
    pub fn lists_columns(&self) -> bool {
        let names = self.columns.as_deref().unwrap_or_default();
        matches!(names, [name] if name.trim().eq_ignore_ascii_case("help"))
    }

    /// The file to write to, where it is not standard output.
    pub fn file(&self) -> Option<&Path> {
        self.target.as_deref().filter(|path| !is_stdout(path))
    }

    /// The format to answer in: the one asked for, or that of the file, or the one for people.
    pub fn format_or_of_file(&self) -> Result<Format> {
        match (self.format()?, self.file()) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) => Format::of_file(path),
            (None, None) => Ok(Format::default()),
        }
    }

    /// The format of an answer for people; none where rows are asked for, by a format for programs or by columns.
    pub fn people(&self) -> Result<Option<Format>> {
        let format = self.format_or_of_file()?;
        Ok(Some(format).filter(|format| format.is_for_people() && self.columns.is_none()))
    }
}

/// The folder of `TIP_DATA`.
pub fn data_of_environment() -> Option<PathBuf> {
    let set = env::var_os("TIP_DATA").filter(|folder| !folder.is_empty());
    set.map(PathBuf::from)
}
