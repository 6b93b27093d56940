//! The command line: every subcommand and every option that all of them share.

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::commands::{Answer, list::List, lookup::Lookup, tiers::Tiers};
use crate::index::Index;
use crate::output::format::Format;
use crate::output::style::When;

const LONG_ABOUT: &str = "\
What the US State Department's annual Trafficking in Persons (TIP) Report says of a country.

Examples:
  tip lookup Moldova                       one country: roles, tier, definition, source
  tip list --tier 2WL                      the countries on the Tier 2 Watch List
  tip tiers                                what the tiers mean
  cut -d, -f2 suppliers.csv | tip lookup - --csv > profiles.csv";

const EXIT_STATUS: &str = "\
Exit status:
  0  everything asked for was answered, or the reader closed the pipe
  1  something was not found; what was found is printed
  2  wrong usage, an unreadable or invalid file, or a failed write";

/// What the US State Department's annual Trafficking in Persons (TIP) Report says of a country
#[derive(Debug, Parser)]
#[command(
    name = "tip",
    version,
    long_about = LONG_ABOUT,
    after_help = "See 'tip --help' for examples.",
    after_long_help = EXIT_STATUS,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// The question.
    #[command(subcommand)]
    pub command: Command,

    /// How to show the answer.
    #[command(flatten)]
    pub output: OutputOptions,
}

/// The options that every subcommand takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputOptions {
    /// The format of the answer
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    format: Format,

    /// Short for --format json
    #[arg(long, global = true, conflicts_with_all = ["format", "csv"])]
    json: bool,

    /// Short for --format csv
    #[arg(long, global = true, conflicts_with = "format")]
    csv: bool,

    /// Show these columns, in this order
    #[arg(
        short,
        long,
        global = true,
        value_delimiter = ',',
        value_name = "COLUMNS"
    )]
    pub columns: Option<Vec<String>>,

    /// Leave out the header: the names of the columns
    #[arg(long, global = true)]
    pub no_header: bool,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: When,
}

impl OutputOptions {
    /// The format asked for.
    pub fn format(&self) -> Format {
        match (self.json, self.csv) {
            (true, _) => Format::Json,
            (_, true) => Format::Csv,
            _ => self.format,
        }
    }
}

/// The questions that can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what the report says of a country
    Lookup(Lookup),
    /// List the countries of the Balkan snapshot of 2018
    List(List),
    /// Define the tiers
    Tiers(Tiers),
}

impl Command {
    /// Asks the index.
    ///
    /// # Errors
    /// Wrong usage, or input that cannot be read.
    pub fn run(&self, index: &Index) -> Result<Answer> {
        match self {
            Self::Lookup(lookup) => lookup.run(index),
            Self::List(list) => list.run(index),
            Self::Tiers(tiers) => tiers.run(index),
        }
    }
}

#[test]
fn the_command_line_has_no_conflicts() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}
