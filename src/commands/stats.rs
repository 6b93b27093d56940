//! `tip stats`: how many countries are in each tier, and what share of those ranked.

mod counts;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::caveats::{COMPARED, folded, membership};
use crate::answer::drawn::legend;
use crate::answer::options::Scope;
use crate::answer::{Answer, Query};
use crate::commands::stats::counts::{By, TierCount, by_year, drawing, rows, strips};
use crate::index::{History, Index, Placement, Region, SNAPSHOT, YearDefault, Years};
use crate::output::{Body, Cell, Columns, Format, Layout, Remark, Remarks, Table, View};

const YEARS: YearDefault = YearDefault::new("latest");

/// The arguments of `tip stats`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help(YEARS.help("The report year, a range such as 2015..2020, all, or latest"))))]
pub struct Stats {
    #[command(flatten)]
    scope: Scope,

    /// What to count by
    #[arg(long, value_enum, default_value_t, value_name = "BY")]
    by: By,

    /// Only the countries ranked in every year asked
    #[arg(long)]
    panel: bool,

    /// Draw a chart, one bar per report
    #[arg(long)]
    chart: bool,

    /// In a chart, show shares of those ranked, and not counts
    #[arg(long)]
    percent: bool,
}

impl Stats {
    /// One row a year and tier, role, or region and tier.
    pub fn run<'i>(&self, query: Query<'i>) -> Result<Answer<'i>> {
        let index = query.index;
        let scoped = self.scope.named(index, YEARS.years)?;
        scoped.refuse_names()?;
        let region = scoped.region_or_world(index)?;
        let years = &scoped.asked.years;
        let (countries, panel) = self.counted(index, region, years);
        let rows = rows(index, self.by, &countries, region, years);
        let mut said = Remarks::default();
        said.below.extend(panel.map(Remark::from));
        if self.by == By::Role {
            say_which_roles(&mut said, rows.is_empty(), region, years);
        }
        if years.single().is_none() {
            said.note(COMPARED);
        }
        said.below.extend(folded(index, &index.countries_in(region.code), years));
        said.below.extend(membership(region).map(Remark::from));
        let is_chart = query.people == Some(Format::Svg) || self.chart && query.draws();
        if is_chart && self.by != By::Tier {
            bail!("a chart shows tiers: leave out --by");
        }
        let picture = (is_chart || query.is_page()).then(|| {
            // What is not ranked has no share.
            let drawn = rows.iter().filter(|row| !self.percent || row.total.is_some());
            let drawn: Vec<_> = drawn.cloned().collect();
            let notes = said.texts(Vec::new());
            Answer::drawn(drawing(index, self.percent, &drawn, region, years, &notes))
        });
        let picture = picture.filter(|_| self.by == By::Tier).unwrap_or_default();
        if query.people == Some(Format::Svg) {
            return Ok(picture.with(said));
        }
        if let Some(View::Drawing(it)) = &picture.view
            && let (true, Body::Bars(bars)) = (is_chart, &it.body)
        {
            let legend = legend(index, |mark| it.keys.iter().any(|key| key.letter == mark));
            said.below.extend(legend.map(Remark::from));
            let table = strips(bars, self.percent).titled(&it.title);
            return Ok(Answer::new(table).with(said));
        }
        let title = self.title(region, years);
        let is_side_by_side = query.people.is_some() && self.by != By::Region && !rows.is_empty();
        if is_side_by_side && let Some(table) = by_year(self.total().0, years, &rows) {
            return Ok(Answer::new(table.titled(title)).illustrated(picture).with(said));
        }
        let shown = format!("year,region,{},countries,percent,bar", self.group());
        let table = Table::new(Layout::Grid, self.columns(), rows).titled(title);
        Ok(Answer::new(table.for_people(&shown)?).illustrated(picture).with(said))
    }

    /// What is counted, where, and in which reports.
    fn title(&self, region: &Region, years: &Years) -> String {
        let by = match self.by {
            By::Role => "of each role",
            By::Tier => "in each tier",
            By::Region => "in each tier, by region",
        };
        format!("Countries {by}: {} ({})", region.name, years.in_title())
    }

    /// The countries of a region that are counted, and a note where some are not.
    fn counted<'i>(
        &self,
        index: &'i Index,
        region: &Region,
        years: &Years,
    ) -> (Vec<History<'i>>, Option<String>) {
        let all = index.countries_in(region.code).into_iter();
        let mut counted: Vec<_> = all.map(|country| index.history(country)).collect();
        if !self.panel {
            return (counted, None);
        }
        // One that it shared would count otherwise.
        let is_own = |placed: &Placement| placed.tier.is_rank() && placed.ranked_as.is_empty();
        counted.retain(|it| years.iter().all(|year| it.in_year(year).is_some_and(is_own)));
        let (count, region) = (counted.len(), &region.name);
        (counted, Some(format!("{count} countries of {region} were ranked in every year asked")))
    }

    /// The column of what is counted by.
    fn group(&self) -> &'static str {
        match self.by {
            By::Role => "role",
            By::Tier | By::Region => "tier",
        }
    }

    /// The column of how many there are in all.
    fn total(&self) -> (&'static str, &'static str) {
        match self.by {
            By::Role => ("stated", "The countries whose roles are stated"),
            By::Tier | By::Region => ("ranked", "The countries ranked"),
        }
    }

    fn columns<'i>(&self) -> Columns<'i, TierCount> {
        let (total, about) = self.total();
        Columns::<TierCount>::new()
            .with("year", "The report year", |row| Cell::Number(row.year.into()))
            .with("region", "The region", |row| Cell::text(&row.region))
            .with(self.group(), "What is counted", |row| row.group.cell())
            .with("countries", "How many countries", |row| Cell::count(row.count))
            .with(total, about, |row| row.total.map_or(Cell::Missing, Cell::count))
            .with("percent", "Their share of those", |row| {
                row.share(1000).map_or(Cell::Missing, Cell::permille)
            })
            .under(format!("percent\nof {total}"))
            .on_request("bar", "The share as a bar", TierCount::bar)
    }
}

/// Says that roles are those of one report only.
fn say_which_roles(said: &mut Remarks, none: bool, region: &Region, asked: &Years) {
    let year = SNAPSHOT.1;
    let only = format!("the data have the roles that the {year} report states");
    if none {
        let (region, years) = (&region.name, asked.name());
        said.warn(format!(
            "no roles of {region} in {years} are known; {only}: 'tip stats {year} --by role'"
        ));
    } else if asked.single().is_none() {
        said.below(only);
    }
}
