//! `tip enforcement`: prosecutions, convictions and victims identified, year by year, of the world and its regions.

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::options::region_written;
use crate::answer::{Answer, Scope};
use crate::index::{AskedYears, Country, Enforcement, Index, InvalidYears, Region, WORLD, Years};
use crate::output::{Cell, Columns, Layout, Remarks, Table};
use crate::text::{joined, quoted, spans};

/// The letters of the longest bar. A line of the table is then as wide as a screen of 80.
const LONGEST: u64 = 10;

/// The columns that people see; the bar beside others only.
const SHOWN_TO_PEOPLE: &str =
    "calendar_year,region,prosecutions,convictions,victims_identified,laws,printed,bar";
const WITHOUT_BAR: &str =
    "calendar_year,region,prosecutions,convictions,victims_identified,laws,printed";

/// Those that a narrow screen may do without, the least important first.
const SPARE: &str = "bar,printed,region,laws";

const WHAT: &str = "as governments report them, by differing methods: not the number of crimes or victims; what is missing is \
    unknown, not zero";

/// The arguments of `tip enforcement`.
#[derive(Debug, Args)]
#[command(
    mut_arg("words", |arg| arg.value_name("YEAR|REGION").help("A calendar year or years, and a region: the same as --year and --region")),
    mut_arg("region", |arg| arg.help("The figures of this region: world (the default), AF, EAP, EUR, NEA, SCA or WHA")),
    mut_arg("year", |arg| arg.help("The calendar year, which is not the report's: a year, a range such as 2015..2020, both ends included, latest, or all (the default)")),
    mut_arg("from", |arg| arg.help("From this calendar year on")),
    mut_arg("to", |arg| arg.help("Up to this calendar year")),
)]
pub struct EnforcementArgs {
    #[command(flatten)]
    scope: Scope,
}

impl EnforcementArgs {
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let all = index.enforcement().to_vec();
        let known = all.iter().map(|row| row.year);
        let known = known.clone().min().unwrap_or_default()..=known.max().unwrap_or_default();
        let Scope { words, region, year, range } = &self.scope;
        let range = range.written();
        let options = year.iter().chain(&range);
        let (names, AskedYears { years, .. }) =
            AskedYears::read(index, words, options, "all", |written| {
                Years::parse_among(&known, written, calendar_year)
            })?;
        let place = (!names.is_empty()).then(|| names.join(" "));
        if let Some((one, other)) = region.as_deref().zip(place.as_deref()) {
            let (one, other) = (quoted(one), quoted(other));
            bail!("regions stand twice, {one} and {other}; give one of them");
        }
        let region = region.as_deref().or(place.as_deref()).unwrap_or(WORLD);
        let (region, other) = figured(index, region)?;
        let (mut rows, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|row| row.region == region.code);
        let mut said = Remarks::default();
        said.warnings.extend(other);
        if rows.is_empty() {
            said.warn(no_figures_of_region(region, &others));
        } else {
            rows.retain(|row| years.holds(row.year));
            let is_gap = |year: &u16| rows.iter().all(|row| row.year != *year);
            let gaps: Vec<u16> = years.iter().filter(is_gap).collect();
            if years != Years::from(known) && !gaps.is_empty() {
                let (name, gaps) = (&region.name, spans(&gaps));
                let of = if region.code == WORLD { String::new() } else { format!(" for {name}") };
                said.warn(format!("no figures of {gaps}{of} are in the data"));
            }
            if !rows.is_empty() {
                said.note(WHAT);
            }
        }
        let columns = numbers(index).and(columns_on_request(index)).and(bar(&rows));
        // Beside nothing else a bar says nothing.
        let shown = if rows.len() > 1 { SHOWN_TO_PEOPLE } else { WITHOUT_BAR };
        let title = format!("Prosecutions, convictions and victims identified: {}", region.name);
        let table = Table::new(Layout::Grid, columns, rows).titled(title);
        Ok(Answer::new(table.for_people(shown)?.sparing(SPARE)?).with(said))
    }
}

/// The region that people write so; where it has no figures, the State Department's that is called by more names, and what
/// to say of that.
fn figured<'i>(index: &'i Index, written: &str) -> Result<(&'i Region, Option<String>)> {
    let figured = |region: &Region| index.enforcement().iter().any(|row| row.region == region.code);
    if let (None, Some(country)) = (index.region_written(written), index.resolve(written).country())
    {
        bail!("{}", in_chapter(index, country));
    }
    let region = region_written(index, written)?;
    if figured(region) {
        return Ok((region, None));
    }
    let begin = format!("{} and ", region.name);
    let wider = index.regions().iter().find(|it| figured(it) && it.name.starts_with(&begin));
    Ok(wider.map_or((region, None), |wider| {
        let (name, code) = (&wider.name, &wider.code);
        (
            wider,
            Some(format!("the figures are those of {name} ({code}), not of {} alone", region.name)),
        )
    }))
}

/// Says where the figures of a country stand, which the data have not.
fn in_chapter(index: &Index, country: &Country) -> String {
    let history = index.history(country);
    let ranked = history.placements().iter().rfind(|placed| placed.tier.is_in_report());
    let chapter = ranked.and_then(|placed| index.link(country, placed.year));
    let more = chapter.map_or(", as in 'tip enforcement'".to_owned(), |url| {
        format!("; a country's figures are in its chapter: {url}")
    });
    format!("no figures of {}: world and regions only{more}", quoted(country.name))
}

fn calendar_year(written: &str) -> Result<u16, InvalidYears> {
    let year = written.trim().parse().ok().filter(|year| (1000..=9999).contains(year));
    let what = || format!("{} is no year; give one such as 2023", quoted(written));
    year.ok_or_else(|| InvalidYears(what()))
}

fn no_figures_of_region(region: &Region, known: &[Enforcement]) -> String {
    let mut codes: Vec<&str> = known.iter().map(|row| row.region).collect();
    codes.sort_unstable();
    codes.dedup();
    let (asked, known) = (&region.name, joined(&codes, "and"));
    format!("no figures of {asked} are in the data; they have those of {known}")
}

fn numbers(index: &Index) -> Columns<'_, Enforcement> {
    Columns::<Enforcement>::new()
        .with("calendar_year", "The calendar year", |row| Cell::number(Some(row.year)))
        .under("year")
        .with("region", "The region", |row| Cell::text(row.region))
        .with("prosecutions", "Prosecutions", |row| Cell::number(row.prosecutions))
        .with("convictions", "Convictions", |row| Cell::number(row.convictions))
        .with("victims_identified", "People identified as victims", |row| Cell::number(row.victims))
        .under("victims\nidentified")
        .with("laws", "Acts passed or amended", |row| Cell::number(row.laws))
        .with("printed", "The newest report that printed them; empty where they were read elsewhere: see sources and note", |row| Cell::number(printed(index, row)))
}

/// The parts of labour trafficking, and where the figures stand.
fn columns_on_request(index: &Index) -> Columns<'_, Enforcement> {
    Columns::<Enforcement>::new()
        .on_request("prosecutions_labour", "Of labour trafficking", |row| {
            Cell::number(row.prosecutions_labour)
        })
        .on_request("convictions_labour", "Of labour trafficking", |row| {
            Cell::number(row.convictions_labour)
        })
        .on_request("victims_labour", "Of labour trafficking", |row| {
            Cell::number(row.victims_labour)
        })
        .on_request("sources", "The ids of what they were read from", |row| {
            Cell::list(&row.sources)
        })
        .on_request("url", "Where they can be read", |row| {
            let of_source = || index.source(row.sources.first()?)?.url;
            let own = Some(row.url).filter(|url| !url.is_empty());
            Cell::optional(own.or_else(of_source))
        })
        .on_request("note", "How well they are founded", |row| Cell::optional(Some(&row.note)))
}

/// The people identified as victims as a bar.
fn bar<'i>(rows: &[Enforcement]) -> Columns<'i, Enforcement> {
    let most = rows.iter().filter_map(|row| row.victims).max();
    let bar = move |row: &Enforcement| {
        let (victims, most) = (u64::from(row.victims?), u64::from(most?));
        let letters = (victims * LONGEST + most / 2).checked_div(most)?;
        Some("#".repeat(usize::try_from(letters).ok()?))
    };
    Columns::<Enforcement>::new()
        .on_request("bar", "The people identified as a bar", move |row| Cell::optional(bar(row)))
}

/// The year of the report that printed the figures.
fn printed(index: &Index, row: &Enforcement) -> Option<u16> {
    let mut reports = index.reports().iter();
    let report = reports.find(|report| report.document == row.printed)?;
    Some(report.year)
}
