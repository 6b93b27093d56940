//! `tip summary`: the report of a year on a page.

use anyhow::{Context, Result};
use clap::Args;

use crate::answer::caveats::footer;
use crate::answer::summary::summary;
use crate::answer::{Answer, Scope, World};
use crate::index::{Index, YearDefault};
use crate::output::{Remarks, View};

const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip summary`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report of this year; '--year' may be left out"))))]
pub struct Summary {
    #[command(flatten)]
    scope: Scope,
}

impl Summary {
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let scoped = self.scope.named(index, YEARS.years)?;
        scoped.refuse_names()?;
        let year = scoped.asked.years.single();
        let year = year.context("a summary is of one report; give one year")?;
        let region = scoped.region_or_world(index)?;
        let world = World::new(index, year, footer(index));
        if world.reported_in(region).is_empty() {
            let none = format!("no country of {} is in the {year} report", region.name);
            return Ok(Answer::default().with(Remarks { empty: Some(none), ..Remarks::default() }));
        }
        let pages = vec![summary(&world, region)];
        Ok(Answer { view: Some(View::Pages(pages)), ..Answer::default() })
    }
}
