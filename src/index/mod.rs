//! What is known: countries, placements, roles, tiers, reports, sources and spellings. Knows no output.

pub mod breach;
pub mod codes;
mod columns;
pub mod context;
pub mod count;
pub mod country;
pub mod enforcement;
pub mod file;
pub mod files;
pub mod lists;
pub mod load;
pub mod names;
pub mod own;
pub mod package;
pub mod placeholder;
pub mod placement;
pub mod region;
pub mod report;
pub mod role;
pub mod row;
mod rules;
pub mod schema;
pub mod sorted;
pub mod source;
pub mod tier;
pub mod tile;
pub mod watch_list;
pub mod years;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use anyhow::{Error, Result, anyhow};

use crate::index::codes::Codes;
use crate::index::context::{Figure, Typology};
use crate::index::country::Country;
use crate::index::enforcement::Enforcement;
use crate::index::file::Files;
use crate::index::lists::{GovernmentList, Listing, SPECIAL_WATCH_LIST, is_watched};
use crate::index::names::bloom::BloomFilter;
use crate::index::names::fold::fold;
use crate::index::names::resolve::{Resolution, Resolver};
use crate::index::names::spellings::{Names, Spelling};
use crate::index::names::suggest::{self, Candidates, Suggestion};
use crate::index::placeholder::Placeholders;
use crate::index::placement::{History, Placement};
use crate::index::region::{Kind, Member, Region};
use crate::index::report::{Chapter, Note, Report};
use crate::index::role::{Earlier, StatedRoles};
use crate::index::row::{FromRow, Row};
use crate::index::sorted::{Sorted, rows};
use crate::index::source::Source;
use crate::index::tier::{Definition, Tier, TierDefinition, Wording, tier_key};
use crate::index::tile::Tile;
use crate::index::watch_list::{Clock, WatchListRule};

/// The region whose countries make the snapshot, and the report year of their placements.
pub const SNAPSHOT: (&str, u16) = ("balkans", 2018);

/// The region that holds every country.
pub const WORLD: &str = "world";

/// The in-memory index over the data files.
#[derive(Debug)]
pub struct Index {
    countries: Vec<Country>,
    dissolved: Vec<Country>,
    tiers: Vec<TierDefinition>,
    definitions: OnceCell<Vec<Definition>>,
    reports: Vec<Report>,
    /// The years of the reports of which these data have every country.
    whole: OnceCell<Vec<u16>>,
    regions: OnceCell<Vec<Region>>,
    members: Sorted,
    notes: Vec<Note>,
    watch_list_rules: Vec<WatchListRule>,
    chapters: Sorted,
    sources: Sorted,
    placements: Sorted,
    roles: Sorted,
    earlier_roles: Sorted,
    own_names: OnceCell<HashMap<String, usize>>,
    lists: OnceCell<Vec<GovernmentList>>,
    listings: Sorted,
    tiles: OnceCell<Vec<Tile>>,
    names: Names,
    candidates: OnceCell<Candidates>,
    codes: Codes,
    bloom: OnceCell<BloomFilter>,
    files: Files,
    /// The first row that was asked for and could not be read.
    fault: OnceCell<Error>,
}

impl Index {
    /// What a name or code stands for.
    pub fn resolve(&self, name: &str) -> Resolution<'_> {
        self.resolver().resolve(name)
    }

    /// The codes that names are read as: ISO's until another system is chosen.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// The spellings nearest to a name that is not known, nearest first, each of another country.
    pub fn near(&self, name: &str) -> Vec<Suggestion<'_>> {
        let all = || Candidates::new(self.resolver());
        suggest::near(self.resolver(), self.candidates.get_or_init(all), name)
    }

    /// The filter of what cannot be a name, for those who ask for many. To make it takes as long as to resolve 500 names.
    pub fn bloom(&self) -> &BloomFilter {
        let make = || BloomFilter::new(&self.countries, &self.names, self.codes.every_code());
        self.bloom.get_or_init(make)
    }

    /// Whether every row that was asked for could be read: to be asked once the answer is known.
    ///
    /// # Errors
    /// The first that could not: its file, line and column.
    pub fn check(&self) -> Result<()> {
        self.names.check()?;
        self.fault.get().map_or(Ok(()), |fault| Err(anyhow!("{fault}")))
    }

    /// A row as it was read. The first that cannot be is kept for `check`.
    fn read<T: FromRow>(&self, row: Row) -> Option<T> {
        row.parse().map_err(|fault| self.fault.set(fault)).ok()
    }

    fn resolver(&self) -> Resolver<'_> {
        Resolver {
            countries: &self.countries,
            own_names: &self.own_names,
            names: &self.names,
            codes: &self.codes,
        }
    }

    /// The state that no longer exists but has placements of its own, by any of its names: those with its successors.
    pub fn dissolved(&self, spelling: &Spelling) -> Option<&Country> {
        self.dissolved.iter().find(|state| {
            let own = self.names.with_key(&fold(&state.name));
            own.iter().any(|own| own.iso3 == spelling.iso3)
        })
    }

    /// The country, or the state that no longer exists, with this alpha-3 code in upper case.
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        let mut dissolved = self.dissolved.iter();
        let country = self.resolver().by_iso3(iso3);
        country.or_else(|| dissolved.find(|state| state.iso3 == iso3))
    }

    /// The countries of a region, by name; states that no longer exist are among them.
    pub fn countries_in(&self, region: &str) -> Vec<&Country> {
        let all = self.countries.iter().chain(&self.dissolved);
        let members = self.members.with_key(region);
        let members = members.filter_map(|row| Some(self.read::<Member>(row)?.iso3));
        let members: Vec<&str> = members.collect();
        let inside = |country: &&Country| {
            region == WORLD || country.is_in(region) || members.contains(&country.iso3)
        };
        let mut countries: Vec<_> = all.filter(inside).collect();
        countries.sort_by(|a, b| a.name.cmp(&b.name));
        countries
    }

    /// A country's placements. That a report of which these data have every country does not have this one is a placement
    /// too, if other reports have it, and no note tells of that year.
    pub fn history<'i>(&self, country: &'i Country) -> History<'i> {
        let rows = self.placements.with_key(country.iso3);
        let placed = rows.filter_map(|row| self.read::<Placement>(row));
        let mut placed: Vec<Placement> = placed.collect();
        if !placed.is_empty() && country.dissolved.is_none() {
            let known: Vec<u16> = placed.iter().map(|placed| placed.year).collect();
            let left_out = self.reports.iter().filter(|report| {
                let is_counted = report.countries.is_some();
                let year = report.year;
                let is_noted = || self.notes(country, &(year..=year)).next().is_some();
                is_counted && !known.contains(&year) && !is_noted() && self.is_whole(year)
            });
            placed.extend(left_out.map(|report| Placement::left_out(country.iso3, report)));
            placed.sort_by_key(|placed| placed.year);
        }
        History::new(country, placed)
    }

    /// Whether a country has a placement in the reports of these years.
    pub fn is_placed(&self, country: &Country, years: &RangeInclusive<u16>) -> bool {
        self.history(country).within(years).next().is_some()
    }

    /// The roles stated for a country in reports before those that `every_role` knows, by year.
    pub fn earlier_roles(&self, country: &Country) -> impl Iterator<Item = StatedRoles> {
        let rows = self.earlier_roles.with_key(country.iso3);
        rows.filter_map(|row| Some(self.read::<Earlier>(row)?.0))
    }

    /// The roles stated for a country, undated ones first.
    pub fn every_role(&self, country: &Country) -> impl Iterator<Item = StatedRoles> {
        let rows = self.roles.with_key(country.iso3);
        rows.filter_map(|row| self.read(row))
    }

    /// The lists of governments that the report has besides the tiers, by code; read when they are first asked for.
    pub fn lists(&self) -> &[GovernmentList] {
        self.lists.get_or_init(|| self.every_row("lists.csv"))
    }

    /// Whether a country is on a list in the report of a placement; none where these data do not say.
    pub fn is_on(
        &self,
        list: &GovernmentList,
        history: &History<'_>,
        placed: &Placement,
    ) -> Option<bool> {
        let is_whole = list.whole.contains(&placed.year);
        if list.id == SPECIAL_WATCH_LIST {
            return is_whole.then(|| is_watched(history, placed)).flatten();
        }
        let is_listed = self.listing(list, placed).is_some();
        (is_listed || is_whole).then_some(is_listed)
    }

    /// The row that puts a country on a list in the report of a placement.
    pub fn listing(&self, list: &GovernmentList, placed: &Placement) -> Option<Listing> {
        let rows = self.listings.with_key(placed.iso3);
        let mut listings = rows.filter_map(|row| self.read::<Listing>(row));
        listings.find(|it| (it.list, it.year) == (list.id, placed.year))
    }

    /// The places of countries on the tile map, by code; read when they are first asked for.
    pub fn tiles(&self) -> &[Tile] {
        self.tiles.get_or_init(|| self.every_row("tiles.csv"))
    }

    /// The rows of a file that can be read.
    fn every_row<T: FromRow>(&self, name: &'static str) -> Vec<T> {
        let rows = Sorted::new(self.files.named(name)).all();
        rows.filter_map(|row| self.read(row)).collect()
    }

    /// Every tier definition, in the order of rank.
    pub fn tiers(&self) -> &[TierDefinition] {
        &self.tiers
    }

    /// The definition of a tier.
    pub fn tier(&self, tier: Tier) -> Option<&TierDefinition> {
        self.tiers.iter().find(|definition| definition.tier == tier)
    }

    /// What a tier means in the report of a year; nothing where that has no such tier. For the snapshot's year
    /// `definitions.csv` is not read: `tiers.csv` says the same, and the rules hold them to it.
    pub fn wording(&self, tier: Tier, year: u16) -> Option<&Wording> {
        if year == SNAPSHOT.1 || !tier.is_rank() {
            return Some(&self.tier(tier)?.wording);
        }
        let mut definitions = self.definitions().iter();
        let of_year = definitions.find(|it| it.tier == tier && it.holds_in(year))?;
        Some(&of_year.wording)
    }

    /// What the tiers mean in the reports of which years, the first first.
    pub fn definitions(&self) -> &[Definition] {
        self.definitions.get_or_init(|| self.every_row("definitions.csv"))
    }

    /// The tier that people write so.
    pub fn tier_written(&self, written: &str) -> Option<&TierDefinition> {
        let key = tier_key(written);
        self.tiers.iter().find(|definition| definition.spellings.contains(&key))
    }

    /// Every report, by year.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The report of a year.
    pub fn report(&self, year: u16) -> Option<&Report> {
        self.reports.iter().find(|report| report.year == year)
    }

    /// The years of the first and the last report.
    pub fn years(&self) -> RangeInclusive<u16> {
        let year = |report: Option<&Report>| report.map_or(0, |report| report.year);
        year(self.reports.first())..=year(self.reports.last())
    }

    /// Whether these data have every country of the report of a year, as far as their number was published.
    pub fn is_whole(&self, year: u16) -> bool {
        let whole = self.whole.get_or_init(|| {
            // A row that cannot be read is a fault of the question that asks for it.
            let placements = self.placements.all();
            let placements = placements.filter_map(|row| row.parse::<Placement>().ok());
            let in_report = placements.filter(|placed| placed.tier.is_in_report());
            let mut ranked: Vec<_> = in_report.map(|it| (it.year, it.ranked())).collect();
            ranked.sort_unstable();
            ranked.dedup();
            let count = |year| ranked.partition_point(|(ranked, _)| *ranked <= year);
            let is_whole = |report: &&Report| {
                let countries = count(report.year) - count(report.year - 1);
                report.countries.map(usize::from) == Some(countries)
            };
            let whole = self.reports.iter().filter(is_whole);
            whole.map(|report| report.year).collect()
        });
        whole.contains(&year)
    }

    /// Every region, by code.
    pub fn regions(&self) -> &[Region] {
        self.regions.get_or_init(|| self.every_row("regions.csv"))
    }

    /// The organisations that a country is a member of today, by code.
    pub fn groups(&self, country: &Country) -> Vec<&Region> {
        let members = self.members.all().filter_map(|row| self.read::<Member>(row));
        let own: Vec<Member> = members.filter(|it| it.iso3 == country.iso3).collect();
        let is_own = |region: &&Region| own.iter().any(|member| member.region == region.code);
        let groups = self.regions().iter().filter(|it| it.kind == Kind::Group);
        groups.filter(is_own).collect()
    }

    /// The region that people write so.
    pub fn region_written(&self, written: &str) -> Option<&Region> {
        let key = fold(written).replace(' ', "");
        self.regions().iter().find(|region| region.spellings.contains(&key))
    }

    /// What must be known of a country's rows in these years.
    pub fn notes(
        &self,
        country: &Country,
        years: &RangeInclusive<u16>,
    ) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| {
            note.iso3 == country.iso3 && note.from <= *years.end() && *years.start() <= note.to
        })
    }

    /// How long a country had been on the Watch List at a placement, and the rule of that year.
    pub fn clock(&self, history: &History<'_>, placed: &Placement) -> Option<Clock<'_>> {
        Clock::at(&self.watch_list_rules, history, placed)
    }

    /// The document that states what the report of a year says of a country: its chapter where that is a source of its
    /// own, named by year and code, or else the report.
    pub fn document(&self, country: &Country, year: u16) -> Option<Source> {
        let report = self.report(year)?;
        let chapter = format!("{}-{}", report.document, country.iso3);
        self.source(&chapter).or_else(|| self.source(report.document))
    }

    /// The State Department's address of the chapter on a country in the report of a year, where it is known, or else of the
    /// report.
    pub fn link(&self, country: &Country, year: u16) -> Option<String> {
        let report = self.report(year)?;
        let rows = self.chapters.with_key(country.iso3);
        let mut chapters = rows.filter_map(|row| self.read::<Chapter>(row));
        let chapter = chapters.find(|chapter| (chapter.from..=chapter.to).contains(&year));
        Some(match chapter.filter(|_| !report.chapters.is_empty()) {
            Some(chapter) => report.chapters.replace("{slug}", chapter.slug),
            None => report.url.to_string(),
        })
    }

    /// The source with an id.
    pub fn source(&self, id: &str) -> Option<Source> {
        let mut rows = self.sources.with_key(id);
        rows.find_map(|row| self.read(row))
    }

    /// The citation of the source with an id.
    pub fn citation(&self, id: &str) -> Option<String> {
        Some(self.source(id)?.citation())
    }

    /// Every source, by id.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        let rows = self.sources.all();
        rows.filter_map(|row| self.read(row))
    }

    /// The typologies of trafficking groups.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn typologies(&self) -> Result<Vec<Typology>> {
        rows(self.files.named("typologies.csv"))
    }

    /// The key figures.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn figures(&self) -> Result<Vec<Figure>> {
        rows(self.files.named("figures.csv"))
    }

    /// Prosecutions, convictions and people identified as victims, by calendar year and region.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn enforcement(&self) -> Result<Vec<Enforcement>> {
        rows(self.files.named("enforcement.csv"))
    }

    /// The words that stand for no value; read when they are asked for.
    pub fn placeholders(&self) -> Placeholders {
        Placeholders::new(self.every_row("placeholders.csv"))
    }

    /// The data files it was made of.
    pub fn files(&self) -> Files {
        self.files
    }

    /// The bytes of `placements.csv`.
    pub fn placements_file(&self) -> &'static str {
        self.files.named("placements.csv").text
    }
}
