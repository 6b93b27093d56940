//! `tip chart`: pictures of many reports at once.

mod history;
mod shares;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::answer::Answer;
use crate::commands::chart::history::HistoryChart;
use crate::commands::chart::shares::Shares;
use crate::index::Index;

/// The arguments of `tip chart`.
#[derive(Debug, Args)]
pub struct Charts {
    /// Which chart.
    #[command(subcommand)]
    chart: Chart,
}

/// The charts there are.
#[derive(Debug, Subcommand)]
enum Chart {
    /// The tiers of countries as a strip, one row a country, a letter a report
    History(HistoryChart),
    /// How many countries are in each tier, a bar a report
    Shares(Shares),
}

impl Charts {
    /// The chart, and one row a square or a part of a bar.
    ///
    /// # Errors
    /// A region or a year that does not exist; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        match &self.chart {
            Chart::History(chart) => chart.run(index),
            Chart::Shares(chart) => chart.run(index),
        }
    }
}
