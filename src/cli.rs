//! The command line: every subcommand and every option that all of them share.

pub mod options;
#[cfg(test)]
mod tests;

use std::ffi::{OsStr, OsString};

use anyhow::{Error, Result, bail};
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::answer::freshness::partly_known;
use crate::answer::{Answer, Query};
use crate::cli::options::OutputOptions;
use crate::commands::annotate::Annotate;
use crate::commands::brief::Brief;
use crate::commands::changes::Changes;
use crate::commands::check::CheckArgs;
use crate::commands::cite::Cite;
use crate::commands::enforcement::EnforcementArgs;
use crate::commands::export::Export;
use crate::commands::history::Histories;
use crate::commands::list::List;
use crate::commands::lookup::Lookup;
use crate::commands::man::{self, Completions};
use crate::commands::map::Map;
use crate::commands::regions::Regions;
use crate::commands::resolve::Resolve;
use crate::commands::sources::Sources;
use crate::commands::stats::Stats;
use crate::commands::summary::Summary;
use crate::commands::tiers::Tiers;
use crate::commands::watch_list::WatchList;
use crate::commands::{context, coverage};
use crate::index::Index;
use crate::output::destination::checked;
use crate::output::format::Format;

const LONG_ABOUT: &str = "\
What the US State Department's annual Trafficking in Persons (TIP) Report says of a country.

Every answer is from the newest report unless a year is named:
  tip lookup Romania                where a country stands now, and on what evidence
  tip lookup Moldova Serbia         two countries side by side
  tip brief Moldova -o moldova.html a page to send
  tip list now --tier 3             the countries in a tier now
  tip history Serbia 2015..2025     a country's tier, report by report
  tip changes europe                who was upgraded or downgraded
  tip watch-list --longest          the longest stays on the Tier 2 Watch List
  tip map                           the world at a glance; -o world.svg for a slide
  tip stats 2024 2025               how many are in each tier, this year against last
  tip tiers                         what the tiers mean
  tip cite Romania --sentence       a sentence to quote, with date and link
  tip coverage                      how well the data are attested
  tip annotate suppliers.csv        tier beside each row of a table

One exception: 'tip list' without year, region, list or country is the Balkan snapshot, ten countries in the 2018
report, the last that states roles; it says so, and what the world now would answer. 'tip history' alone shows these ten.";

const EXIT_STATUS: &str = "\
Exit status:
  0  answered, also where nothing matches, or the reader closed the pipe
  1  a name was not found, and what was found is printed; or a check failed
  2  wrong usage, an unreadable or invalid file, or a failed write

  128 + its number, where a signal ended the work";

/// What the US State Department's annual Trafficking in Persons (TIP) Report says of a country
#[derive(Debug, Parser)]
#[command(
    name = "tip",
    version,
    long_about = LONG_ABOUT,
    after_help = "See 'tip --help' for examples.",
    after_long_help = EXIT_STATUS,
    arg_required_else_help = true,
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

impl Cli {
    /// The command line as clap needs it for the words of a right one: with the first subcommand that is named and no
    /// other, and without help. To build them all would cost a third of the time of a short answer.
    pub fn lean(words: &[OsString]) -> Option<clap::Command> {
        let named = words.iter().find_map(|word| subcommand(word))?;
        let without_help =
            |command: clap::Command| command.disable_help_flag(true).disable_help_subcommand(true);
        let command = OutputOptions::augment_args(clap::Command::new("tip"));
        Some(without_help(command).subcommand(without_help(named)))
    }

    /// The index that the question is asked of.
    pub fn index(&self) -> Result<Index> {
        // 'tip check' reads its own, and what is printed for a shell or for man has nothing of the data.
        match self.command {
            Command::Check(_) | Command::Completions(_) | Command::Man => Ok(Index::embedded()),
            _ => self.output.index(),
        }
    }
}

/// Makes of one list the enum of the commands, and what builds a single one of them for clap.
macro_rules! commands {
    ($($(#[$about:meta])* $command:ident $(($arguments:ty))? = $name:literal $(| $alias:literal)*,)*) => {
        /// The questions that can be asked.
        #[derive(Debug, Subcommand)]
        pub enum Command {
            $($(#[$about])* #[command(name = $name $(, alias = $alias)*)] $command $(($arguments))?,)*
        }

        /// The subcommand called so, without a word of help.
        fn subcommand(name: &OsStr) -> Option<clap::Command> {
            $(if name == $name {
                let command = clap::Command::new($name);
                $(let command = <$arguments>::augment_args(command);)?
                return Some(command);
            })*
            None
        }
    };
}

commands! {
    /// Show what the report says of a country
    Lookup(Lookup) = "lookup" | "compare" | "show" | "get" | "info" | "profile" | "view",
    /// Write a page on each country, to read or to send: text, Markdown or HTML
    Brief(Brief) = "brief",
    /// Write a page on a report: who moved, how many are in each tier
    Summary(Summary) = "summary",
    /// List countries with their tier: of a year, of a region; alone the Balkan snapshot of 2018
    List(List) = "list",
    /// Show the tiers of countries, report by report
    History(Histories) = "history" | "timeline",
    /// Show who was upgraded or downgraded
    Changes(Changes) = "changes",
    /// Show the Tier 2 Watch List: since when, and until when the rule lets a country stay
    WatchList(WatchList) = "watch-list",
    /// Count the countries in each tier
    Stats(Stats) = "stats" | "count",
    /// Draw the world as a map of tiles, one square a country
    Map(Map) = "map",
    /// Define the tiers
    Tiers(Tiers) = "tiers",
    /// Add the tier to each row of a CSV file
    Annotate(Annotate) = "annotate",
    /// Resolve names to countries, one row a name
    Resolve(Resolve) = "resolve",
    /// List the regions and organisations that --region takes
    Regions(Regions) = "regions",
    /// Show how much of each report these data hold
    Coverage = "coverage",
    /// Show the documents that facts rest on
    Sources(Sources) = "sources",
    /// Cite a report, a country's chapter in it, and these data
    Cite(Cite) = "cite" | "citation" | "quote",
    /// Show prosecutions, convictions and victims identified, year by year
    Enforcement(EnforcementArgs) = "enforcement",
    /// Describe the groups that traffic people, as the literature does
    Typologies = "typologies",
    /// Show key figures with their sources
    Figures = "figures",
    /// Check data files of your own: every breach of the rules, with its place
    Check(CheckArgs) = "check",
    /// Write the data files with datapackage.json into a folder
    Export(Export) = "export",
    /// Print what makes a shell complete names, years and columns
    Completions(Completions) = "completions",
    /// Print the manual page
    #[command(hide = true)]
    Man = "man",
}

impl Command {
    /// What names no input, so that standard input is read; as clap names it.
    pub fn lacks_input(&self) -> Option<&'static str> {
        match self {
            Self::Annotate(annotate) => annotate.names_no_file().then_some("<FILE>"),
            Self::Resolve(resolve) => resolve.names_nothing().then_some("<NAME>..."),
            _ => None,
        }
    }

    /// Asks the index.
    pub fn run<'i>(&self, index: &'i Index, output: &OutputOptions) -> Result<Answer<'i>> {
        let is_page = matches!(self, Self::Brief(_) | Self::Summary(_));
        if is_page && (output.columns.is_some() || output.no_header) {
            bail!("a page has no columns; 'tip lookup' and 'tip list' give its facts as rows");
        }
        if let Self::Brief(brief) = self
            && brief.all
        {
            if output.format()?.is_some_and(|format| format != Format::Html) {
                bail!("a site is of HTML: leave out --format");
            }
            return brief.write_site(index, output.file());
        }
        if !matches!(self, Self::Annotate(_)) {
            // Whatever can be wrong with the options is found before anything is read.
            if output.format_or_of_file()? == Format::Svg && output.columns.is_some() {
                bail!("a picture has no columns: give --columns or SVG, not both");
            }
            output.file().map(checked).transpose()?;
        }
        let mut answer = self.ask(index, output)?;
        if self.asks_reports() {
            answer.remarks.warnings.extend(partly_known(index));
        }
        match answer.table() {
            Some(table) if output.lists_columns() => Ok(Answer::new(table.dictionary())),
            _ => Ok(answer),
        }
    }

    /// Whether the answer depends on which report is the newest.
    fn asks_reports(&self) -> bool {
        matches!(
            self,
            Self::Lookup(_)
                | Self::List(_)
                | Self::History(_)
                | Self::Changes(_)
                | Self::WatchList(_)
                | Self::Stats(_)
                | Self::Map(_)
                | Self::Annotate(_)
                | Self::Coverage
                | Self::Cite(_)
                | Self::Brief(_)
                | Self::Summary(_)
        )
    }

    fn ask<'i>(&self, index: &'i Index, output: &OutputOptions) -> Result<Answer<'i>> {
        let query = || Ok::<_, Error>(Query { index, people: output.people()? });
        match self {
            Self::Annotate(annotate) if annotate.is_help() => Ok(Annotate::help(index)),
            Self::Annotate(_) if output.columns.is_some() => {
                bail!(
                    "annotate keeps the user's columns; choose what is added with --add: 'tip annotate --add help' lists them"
                )
            }
            Self::Annotate(annotate) => annotate.run(
                index,
                output.format()?,
                output.target.as_deref(),
                !output.no_header,
                output.quiet,
            ),
            Self::Lookup(lookup) => lookup.run(query()?),
            Self::Brief(brief) => brief.run(index),
            Self::Summary(summary) => summary.run(index),
            Self::List(list) => list.run(query()?),
            Self::History(history) => history.run(query()?),
            Self::Changes(changes) => changes.run(query()?),
            Self::WatchList(list) => list.run(query()?),
            Self::Stats(stats) => stats.run(query()?),
            Self::Map(map) => map.run(query()?),
            Self::Tiers(tiers) => tiers.run(index),
            Self::Resolve(resolve) => Ok(resolve.run(index)),
            Self::Regions(regions) => regions.run(index),
            Self::Coverage => coverage::run(index),
            Self::Sources(sources) => sources.run(index),
            Self::Cite(cite) => cite.run(query()?),
            Self::Enforcement(enforcement) => enforcement.run(index),
            Self::Typologies => Ok(context::typologies(index)),
            Self::Figures => Ok(context::figures(index)),
            Self::Check(check) => check.run(output.data(), output.people()?.is_some()),
            Self::Export(export) => export.run(index, !output.lists_columns()),
            Self::Completions(completions) => Ok(completions.run()),
            Self::Man => man::run(&Cli::command()),
        }
    }
}

#[test]
fn the_command_line_has_no_conflicts() {
    Cli::command().debug_assert();
}

#[test]
fn a_lean_command_takes_what_the_whole_one_takes() {
    let taken = |mut cli: clap::Command, name: &str| -> Vec<String> {
        cli.build();
        let command = cli.find_subcommand(name).expect("it is a command");
        let arguments = command.get_arguments().map(ToString::to_string);
        arguments.filter(|it| it != "--help").collect()
    };
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        let lean = Cli::lean(&[name.into()]).expect("it is a command");
        assert_eq!(taken(lean, name), taken(Cli::command(), name), "{name}");
    }
}
