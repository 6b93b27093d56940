//! The command line: every subcommand and every option that all of them share.

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};

use crate::answer::Answer;
use crate::commands::annotate::Annotate;
use crate::commands::changes::Changes;
use crate::commands::watch_list::WatchList;
use crate::commands::{cite::Cite, history::Histories, list::List, lookup::Lookup};
use crate::commands::{coverage, enforcement::Enforcement, figures, typologies};
use crate::commands::{
    regions::Regions, resolve::Resolve, sources::Sources, stats::Stats, tiers::Tiers,
};
use crate::index::Index;
use crate::output::color::When;
use crate::output::format::Format;

const LONG_ABOUT: &str = "\
What the US State Department's annual Trafficking in Persons (TIP) Report says of a country.

Examples:
  tip lookup Moldova         roles, tier, definition and source of one country
  tip list --tier 2WL        the countries on the Tier 2 Watch List
  tip history Serbia         its tier in every report
  printf 'Moldova\\nFYROM\\n' | tip resolve - --csv";

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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch on the command line"
)]
pub struct OutputOptions {
    /// The format of the answer [default: table]
    #[arg(short, long, global = true, value_enum, value_name = "FORMAT")]
    format: Option<Format>,

    /// Short for --format json
    #[arg(long, global = true)]
    json: bool,

    /// Short for --format csv
    #[arg(long, global = true)]
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

    /// Leave out the notes beside an answer; warnings and errors stay
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: When,
}

impl OutputOptions {
    /// The format asked for, if any is.
    ///
    /// # Errors
    /// More than one is. clap would notice only where they stand on the same side of the subcommand.
    pub fn format(&self) -> Result<Option<Format>> {
        let json = self.json.then_some(Format::Json);
        let csv = self.csv.then_some(Format::Csv);
        let asked: Vec<Format> = [self.format, json, csv].into_iter().flatten().collect();
        match asked.as_slice() {
            [] => Ok(None),
            [format] => Ok(Some(*format)),
            _ => bail!("--format, --json and --csv exclude one another; give one of them"),
        }
    }
}

/// The questions that can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what the report says of a country
    Lookup(Lookup),
    /// List countries with roles and tier: the Balkan snapshot of 2018, another region or year
    List(List),
    /// Show the tiers of countries, report by report
    History(Histories),
    /// Show who was upgraded or downgraded
    Changes(Changes),
    /// Show the Tier 2 Watch List: since when, and until when the rule lets a country stay
    WatchList(WatchList),
    /// Count the countries in each tier
    Stats(Stats),
    /// Define the tiers
    Tiers(Tiers),
    /// Add tier and roles to each row of a CSV file
    Annotate(Annotate),
    /// Resolve names to countries, one row a name
    Resolve(Resolve),
    /// List the regions and organisations that --region takes
    Regions(Regions),
    /// Show how much of each report these data hold
    Coverage,
    /// Show the documents that facts rest on
    Sources(Sources),
    /// Cite a report, a country's chapter in it, and these data
    Cite(Cite),
    /// Show prosecutions, convictions and victims identified, year by year
    Enforcement(Enforcement),
    /// Describe the groups that traffic people, as the literature does
    Typologies,
    /// Show key figures with their sources
    Figures,
}

impl Command {
    /// Asks the index.
    ///
    /// # Errors
    /// Wrong usage, or input that cannot be read.
    pub fn run<'i>(&self, index: &'i Index, output: &OutputOptions) -> Result<Answer<'i>> {
        match self {
            Self::Annotate(annotate) if annotate.is_help() => Ok(Annotate::help(index)),
            Self::Annotate(_) if output.columns.is_some() => {
                bail!("annotate keeps the user's columns; choose what is added with --add")
            }
            Self::Annotate(annotate) => annotate.run(index, output.format()?, !output.no_header),
            Self::Lookup(lookup) => lookup.run(index),
            Self::List(list) => list.run(index),
            Self::History(history) => history.run(index),
            Self::Changes(changes) => changes.run(index),
            Self::WatchList(list) => list.run(index),
            Self::Stats(stats) => stats.run(index),
            Self::Tiers(tiers) => tiers.run(index),
            Self::Resolve(resolve) => resolve.run(index),
            Self::Regions(regions) => Ok(regions.run(index)),
            Self::Coverage => Ok(coverage::run(index)),
            Self::Sources(sources) => Ok(sources.run(index)),
            Self::Cite(cite) => cite.run(index),
            Self::Enforcement(enforcement) => enforcement.run(index),
            Self::Typologies => typologies::run(index),
            Self::Figures => figures::run(index),
        }
    }
}

#[test]
fn the_command_line_has_no_conflicts() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}
