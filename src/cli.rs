//! The command line: every subcommand and every option that all of them share.

pub mod help;
pub mod options;
#[cfg(test)]
mod tests;

use std::ffi::{OsStr, OsString};

use anyhow::{Error, Result, bail};
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::answer::caveats::partly_known;
use crate::answer::{Answer, Query};
use crate::cli::help::Help;
use crate::cli::options::OutputOptions;
use crate::commands::annotate::Annotate;
use crate::commands::brief::Brief;
use crate::commands::changes::Changes;
use crate::commands::check::CheckArgs;
use crate::commands::cite::Cite;
use crate::commands::context::{figures, typologies};
use crate::commands::coverage::coverage;
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
use crate::index::Index;
use crate::output::destination::checked;
use crate::output::{Format, Screen};

const LONG_ABOUT: &str = "\
What the US State Department's Trafficking in Persons Report says of a country

Answers are from the newest report unless a year is named:
  tip lookup Romania                 where a country stands, and since when
  tip lookup Moldova Serbia          two countries side by side
  tip list now --tier 3              who is in a tier
  tip history Serbia 2015..2025      a country's tier, report by report
  tip changes europe                 who was upgraded or downgraded
  tip map                            the world; -o world.svg for a slide
  tip brief Moldova -o moldova.html  a page to send
  tip cite Romania --sentence        a sentence to quote, with date and link
  tip tiers                          what the tiers mean
  tip annotate suppliers.csv         the tier beside each row of a table
One exception: 'tip list' alone shows the Balkans in the 2018 report, the last that states roles.";

/// Stands below the help of each command.
const MORE: &str = "Options of every command: tip help options";

/// What a command ends with, as the manual page has it.
const EXIT_STATUS: &str = include_str!("cli/help/exit-status.md");

/// What the US State Department's annual Trafficking in Persons (TIP) Report says of a country
#[derive(Debug, Parser)]
#[command(
    name = "tip",
    version,
    long_about = LONG_ABOUT,
    disable_help_subcommand = true,
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
            Command::Check(_) | Command::Completions(_) | Command::Man | Command::Help(_) => {
                Ok(Index::embedded())
            }
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
            $($(#[$about])* #[command(name = $name, after_help = MORE $(, alias = $alias)*)] $command $(($arguments))?,)*
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
    /// Show where a country stands, and on what evidence
    Lookup(Lookup) = "lookup" | "compare" | "show" | "get" | "info" | "profile" | "view",
    /// Write a page per country, to read or send: text, Markdown, HTML
    Brief(Brief) = "brief",
    /// Write a page on a report: who moved, how many are in each tier
    Summary(Summary) = "summary",
    /// List countries and tiers, by year or region
    List(List) = "list",
    /// Show countries' tiers, report by report
    History(Histories) = "history" | "timeline",
    /// Show who was upgraded or downgraded
    Changes(Changes) = "changes",
    /// Show who is on the Tier 2 Watch List, and how long they may stay
    WatchList(WatchList) = "watch-list",
    /// Count the countries in each tier
    Stats(Stats) = "stats" | "count",
    /// Draw a tile map, one square per country
    Map(Map) = "map",
    /// Define the tiers
    Tiers(Tiers) = "tiers",
    /// Add the tier to each row of a table
    Annotate(Annotate) = "annotate",
    /// Resolve names to countries, one row per name
    Resolve(Resolve) = "resolve",
    /// List regions and organisations, and their countries
    Regions(Regions) = "regions",
    /// Show how complete and how well checked each year is
    Coverage = "coverage",
    /// List the sources of the data, or of a country
    Sources(Sources) = "sources",
    /// Cite a report, a country's chapter and the data
    Cite(Cite) = "cite" | "citation" | "quote",
    /// Show prosecutions, convictions and victims identified
    Enforcement(EnforcementArgs) = "enforcement",
    /// Describe trafficking groups, as the literature saw them
    Typologies = "typologies",
    /// Show past estimates with their sources
    Figures = "figures",
    /// Check your own data files for errors
    Check(CheckArgs) = "check",
    /// Write the data files into a folder
    Export(Export) = "export",
    /// Print a shell completion script
    Completions(Completions) = "completions",
    /// Print the manual page
    Man = "man",
    /// Show the help of a command, or of a topic
    Help(Help) = "help",
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
            Self::Coverage => coverage(index),
            Self::Sources(sources) => sources.run(index),
            Self::Cite(cite) => cite.run(query()?),
            Self::Enforcement(enforcement) => enforcement.run(index),
            Self::Typologies => Ok(typologies(index)),
            Self::Figures => Ok(figures(index)),
            Self::Check(check) => check.run(output.data(), output.people()?.is_some()),
            Self::Export(export) => export.run(index, !output.lists_columns()),
            Self::Completions(completions) => Ok(completions.run()),
            Self::Man => man::run(&Cli::command(), EXIT_STATUS),
            Self::Help(help) => {
                let file = output.file().map(|_| Screen::default());
                help.run(&Cli::command(), file.unwrap_or_else(Screen::of_stdout))
            }
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
