//! What is known: countries, placements, roles, tiers, reports, sources and spellings. Knows no output.

pub mod codes;
pub mod context;
pub mod country;
#[cfg(test)]
mod fields;
pub mod file;
pub mod lists;
pub mod names;
pub mod own;
pub mod package;
pub mod placeholder;
pub mod placement;
pub mod report;
pub mod role;
pub mod row;
mod rules;
pub mod schema;
mod sorted;
pub mod table;
pub mod tier;
pub mod watch_list;
pub mod years;

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use crate::index::codes::Codes;
#[cfg_attr(not(feature = "cli"), expect(unused_imports, reason = "the program uses them"))]
pub use crate::index::codes::{CodeReading, CodeSystem};
pub use crate::index::context::{Enforcement, Figure, Typology};
pub use crate::index::country::{Country, Region};
use crate::index::country::{RegionKind, Tile};
use crate::index::file::File;
pub use crate::index::lists::GovernmentList;
use crate::index::lists::{Listing, SPECIAL_WATCH_LIST, is_watched};
use crate::index::names::bloom::BloomFilter;
use crate::index::names::fold::fold;
pub use crate::index::names::resolve::Resolution;
use crate::index::names::resolve::Resolver;
use crate::index::names::spellings::{Names, Spelling};
use crate::index::names::suggest::{self, Candidates, Suggestion};
use crate::index::package::edition;
use crate::index::placeholder::Placeholders;
use crate::index::placement::Basis;
#[cfg_attr(not(feature = "cli"), expect(unused_imports, reason = "the program uses them"))]
pub use crate::index::placement::{Change, Direction, Evidence, History, Placement};
use crate::index::report::{Note, PartialReport};
pub use crate::index::report::{Report, Source};
#[cfg_attr(not(feature = "cli"), expect(unused_imports, reason = "the program uses them"))]
pub use crate::index::role::{Role, StatedRoles};
use crate::index::sorted::Table;
use crate::index::table::Tables;
use crate::index::tier::{Definition, tier_key};
pub use crate::index::tier::{Tier, TierDefinition, Wording};
use crate::index::watch_list::Clock;
#[cfg_attr(not(feature = "cli"), expect(unused_imports, reason = "the program uses them"))]
pub use crate::index::years::{AskedYears, InvalidYears, YearDefault, Years};
use crate::text::has_operator;

/// The region whose countries make the snapshot, and the report year of their placements.
pub const SNAPSHOT: (&str, u16) = ("balkans", 2018);

/// The region that holds every country.
pub const WORLD: &str = "world";

/// The in-memory index over the data files. What is long is left unread until a question asks for a part of it.
#[derive(Debug)]
pub struct Index {
    tables: Tables,
    /// Those of today, and those that no longer exist, each sorted by code.
    countries: Vec<Country>,
    dissolved: Vec<Country>,
    /// What each report ranks, by year.
    ranked: OnceLock<Vec<(u16, &'static str)>>,
    /// Asked for each time that the newest report is.
    partial: OnceLock<Vec<PartialReport>>,
    own_names: OnceLock<HashMap<String, usize>>,
    names: Names,
    candidates: OnceLock<Candidates>,
    codes: Codes,
    bloom: OnceLock<BloomFilter>,
}

impl Index {
    /// The index over the files that this program was built with.
    pub fn embedded() -> Self {
        Self::new(Tables::embedded())
    }

    /// The index over these tables.
    pub fn new(tables: Tables) -> Self {
        // Room for all of ISO 3166-1 at once: growing would touch twice the memory, which start-up feels.
        let (mut countries, mut dissolved) = (Vec::with_capacity(256), Vec::new());
        for country in tables.countries.all() {
            let list = if country.dissolved.is_none() { &mut countries } else { &mut dissolved };
            list.push(country);
        }
        Self {
            countries,
            dissolved,
            ranked: OnceLock::new(),
            partial: OnceLock::new(),
            own_names: OnceLock::new(),
            names: Names::new(Table::new(tables.names.file())),
            candidates: OnceLock::new(),
            codes: Codes(Table::new(tables.codes.file())),
            bloom: OnceLock::new(),
            tables,
        }
    }

    /// Returns what a name, or a code of ISO 3166-1, stands for.
    pub fn resolve(&self, name: &str) -> Resolution<'_> {
        self.resolve_in(name, CodeReading::default())
    }

    /// Returns what a name, or a code read so, stands for: `AU` is Australia, in FIPS it is Austria.
    pub fn resolve_in(&self, name: &str, codes: impl Into<CodeReading>) -> Resolution<'_> {
        self.resolver(codes.into()).resolve(name)
    }

    /// Whether a name or a code of ISO 3166-1 stands for one country.
    pub fn is_country(&self, name: &str) -> bool {
        matches!(self.resolve(name), Resolution::Country { .. })
    }

    /// Returns the tier of a country in the report of a year; none where it is unknown. What a report that the data have whole does
    /// not have is not in it.
    pub fn tier_in(&self, history: &History<'_>, year: u16) -> Option<Tier> {
        let placed = history.in_year(year).map(|placed| placed.tier);
        placed.or_else(|| self.is_whole(year).then_some(Tier::NotInReport))
    }

    /// Returns the parts of a text that is a list of countries, one for each country; nothing of other texts.
    pub fn parts(&self, text: &str, codes: CodeReading) -> Vec<String> {
        let mut known = Vec::new();
        let mut list = self.resolver(codes).listed(text);
        list.retain(|(_, country)| {
            let is_new = !known.contains(&country.iso3);
            known.push(country.iso3);
            is_new
        });
        list.into_iter().map(|(part, _)| part).collect()
    }

    /// Returns the codes of other systems than ISO's.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// The spellings nearest to a name that is not known, nearest first, each of another country.
    pub fn near(&self, name: &str) -> Vec<Suggestion<'_>> {
        let resolver = self.resolver(CodeReading::default());
        let all = || Candidates::new(resolver);
        suggest::near(resolver, self.candidates.get_or_init(all), name)
    }

    /// The filter of what cannot be a name, for those who ask for many. To make it takes as long as to resolve 500 names.
    pub fn bloom(&self) -> &BloomFilter {
        let make = || BloomFilter::new(&self.countries, &self.names, self.codes.every_code());
        self.bloom.get_or_init(make)
    }

    fn resolver(&self, reading: CodeReading) -> Resolver<'_> {
        Resolver {
            countries: &self.countries,
            own_names: &self.own_names,
            names: &self.names,
            codes: &self.codes,
            reading,
        }
    }

    /// The state that no longer exists but has placements of its own, by any of its names: those with its successors.
    pub fn dissolved(&self, spelling: &Spelling) -> Option<&Country> {
        self.dissolved.iter().find(|state| {
            let own = self.names.with_key(&fold(state.name));
            own.iter().any(|own| own.iso3 == spelling.iso3)
        })
    }

    /// The country, or the state that no longer exists, with this alpha-3 code in upper case.
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        let mut dissolved = self.dissolved.iter();
        let country = self.resolver(CodeReading::default()).by_iso3(iso3);
        country.or_else(|| dissolved.find(|state| state.iso3 == iso3))
    }

    /// The countries of a region, by name; states that no longer exist are among them.
    pub fn countries_in(&self, region: &str) -> Vec<&Country> {
        let all = self.countries.iter().chain(&self.dissolved);
        let members = self.tables.members.with_key(region).map(|member| member.iso3);
        let members: Vec<&str> = members.collect();
        let inside = |country: &&Country| {
            region == WORLD || country.is_in(region) || members.contains(&country.iso3)
        };
        let mut countries: Vec<_> = all.filter(inside).collect();
        countries.sort_by(|a, b| a.name.cmp(b.name));
        countries
    }

    /// A country's placements. That a report does not have it is a placement too, if other reports have it: the data have
    /// every country of that report, or a note tells of the year.
    pub fn history<'i>(&self, country: &'i Country) -> History<'i> {
        let placed = self.tables.placements.with_key(country.iso3);
        let mut placed: Vec<Placement> = placed.collect();
        if !placed.is_empty() && country.dissolved.is_none() {
            let known: Vec<u16> = placed.iter().map(|placed| placed.year).collect();
            let others = self.reports().iter().filter(|report| !known.contains(&report.year));
            placed.extend(others.filter_map(|report| {
                let left_out =
                    |basis, source| Placement::left_out(country.iso3, report.year, basis, source);
                if report.countries.is_some() && self.is_whole(report.year) {
                    return Some(left_out(Some(Basis::Exclusion), report.document));
                }
                let note = self.notes(country, &(report.year..=report.year)).next()?;
                Some(left_out(None, note.source))
            }));
            placed.sort_by_key(|placed| placed.year);
        }
        History::new(country, placed)
    }

    /// Whether a country has a placement in the reports of these years.
    pub fn is_placed(&self, country: &Country, years: &Years) -> bool {
        self.history(country).within(years).next().is_some()
    }

    /// The roles stated for a country in reports before those that `every_role` knows, by year.
    pub fn earlier_roles(&self, country: &Country) -> impl Iterator<Item = StatedRoles> {
        self.tables.roles_history.with_key(country.iso3).map(StatedRoles::from)
    }

    /// The roles stated for a country, undated ones first.
    pub fn every_role(&self, country: &Country) -> impl Iterator<Item = StatedRoles> {
        self.tables.roles.with_key(country.iso3)
    }

    /// The lists of governments that the report has besides the tiers, by code.
    pub fn lists(&self) -> &[GovernmentList] {
        self.tables.lists.rows()
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
        let mut listings = self.tables.listings.with_key(placed.iso3);
        listings.find(|it| (it.list, it.year) == (list.id, placed.year))
    }

    /// The places of countries on the tile map, by code.
    pub fn tiles(&self) -> &[Tile] {
        self.tables.tiles.rows()
    }

    /// Every tier definition, in the order of rank.
    pub fn tiers(&self) -> &[TierDefinition] {
        self.tables.tiers.rows()
    }

    /// The definition of a tier.
    pub fn tier(&self, tier: Tier) -> Option<&TierDefinition> {
        self.tiers().iter().find(|definition| definition.tier == tier)
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
        self.tables.definitions.rows()
    }

    /// The tier that people write so.
    pub fn tier_written(&self, written: &str) -> Option<&TierDefinition> {
        let key = tier_key(written);
        let mut tiers = self.tiers().iter().filter(|_| !has_operator(written));
        tiers.find(|definition| definition.spellings.contains(&key))
    }

    /// Every report, by year.
    pub fn reports(&self) -> &[Report] {
        self.tables.reports.rows()
    }

    /// The report of a year.
    pub fn report(&self, year: u16) -> Option<&Report> {
        self.reports().iter().find(|report| report.year == year)
    }

    /// The years of the first and the newest report. One of the user's that is only partly known is never the newest.
    pub fn years(&self) -> RangeInclusive<u16> {
        let (every, partial) = (self.every_year(), self.partial());
        let newest = every.clone().rev().find(|year| partial.iter().all(|it| it.year != *year));
        *every.start()..=newest.unwrap_or(*every.end())
    }

    /// The years of the first and the last report, partly known ones included.
    pub fn every_year(&self) -> RangeInclusive<u16> {
        let year = |report: Option<&Report>| report.map_or(0, |report| report.year);
        year(self.reports().first())..=year(self.reports().last())
    }

    /// The reports of the user's that are only partly known: fewer than nine tenths of the countries of the one before.
    pub fn partial(&self) -> &[PartialReport] {
        self.partial.get_or_init(|| {
            let mut partial = Vec::new();
            let files = [self.tables.placements.file(), self.tables.reports.file()];
            // The embedded ones are whole: to count them would cost every start of the program.
            if files.iter().all(|file| file.origin.is_none()) {
                return partial;
            }
            let mut before: Option<(u16, usize)> = None;
            for year in self.reports().iter().map(|report| report.year) {
                let countries = self.ranked_in(year);
                match before {
                    Some(before) if countries * 10 < before.1 * 9 => {
                        partial.push(PartialReport { year, countries, before });
                    }
                    _ => before = Some((year, countries)),
                }
            }
            partial
        })
    }

    /// How many countries the data have of the report of a year, a shared rank counted once.
    fn ranked_in(&self, year: u16) -> usize {
        let ranked = self.ranked.get_or_init(|| {
            let placed = self.tables.placements.all();
            let in_report = placed.filter(|placed| placed.tier.is_in_report());
            let mut ranked: Vec<_> = in_report.map(|it| (it.year, it.ranked())).collect();
            ranked.sort_unstable();
            ranked.dedup();
            ranked
        });
        let count = |year| ranked.partition_point(|(ranked, _)| *ranked <= year);
        count(year) - count(year - 1)
    }

    /// Whether these data have every country of the report of a year, as far as their number was published.
    pub fn is_whole(&self, year: u16) -> bool {
        let published = self.report(year).and_then(|report| report.countries);
        published.is_some_and(|countries| usize::from(countries) == self.ranked_in(year))
    }

    /// Every region, by code.
    pub fn regions(&self) -> &[Region] {
        self.tables.regions.rows()
    }

    /// The organisations that a country is a member of today, by code.
    pub fn groups(&self, country: &Country) -> Vec<&Region> {
        let members = self.tables.members.all().filter(|it| it.iso3 == country.iso3);
        let own: Vec<&str> = members.map(|it| it.region).collect();
        let is_own = |region: &&Region| own.contains(&region.code);
        let groups = self.regions().iter().filter(|it| it.kind == RegionKind::Group);
        groups.filter(is_own).collect()
    }

    /// The region that people write so.
    pub fn region_written(&self, written: &str) -> Option<&Region> {
        let key = fold(written).replace(' ', "");
        let mut regions = self.regions().iter().filter(|_| !has_operator(written));
        regions.find(|region| region.spellings.contains(&key))
    }

    /// What must be known of a country's rows in these years.
    pub fn notes(
        &self,
        country: &Country,
        years: &RangeInclusive<u16>,
    ) -> impl Iterator<Item = &Note> {
        self.tables.notes.rows().iter().filter(move |note| {
            note.iso3 == country.iso3 && note.from <= *years.end() && *years.start() <= note.to
        })
    }

    /// How long a country had been on the Watch List at a placement, and the rule of that year.
    pub fn clock(&self, history: &History<'_>, placed: &Placement) -> Option<Clock<'_>> {
        Clock::at(self.tables.watch_list_rules.rows(), history, placed)
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
        let mut chapters = self.tables.chapters.with_key(country.iso3);
        let chapter = chapters.find(|chapter| (chapter.from..=chapter.to).contains(&year));
        Some(match chapter.filter(|_| !report.chapters.is_empty()) {
            Some(chapter) => report.chapters.replace("{slug}", chapter.slug),
            None if report.url.is_empty() => return None,
            None => report.url.to_string(),
        })
    }

    /// The source with an id.
    pub fn source(&self, id: &str) -> Option<Source> {
        self.tables.sources.with_key(id).next()
    }

    /// The citation of the source with an id.
    pub fn citation(&self, id: &str) -> Option<String> {
        Some(self.source(id)?.citation())
    }

    /// Every source, by id.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        self.tables.sources.all()
    }

    /// The typologies of trafficking groups.
    pub fn typologies(&self) -> &[Typology] {
        self.tables.typologies.rows()
    }

    /// The key figures.
    pub fn figures(&self) -> &[Figure] {
        self.tables.figures.rows()
    }

    /// Prosecutions, convictions and people identified as victims, by calendar year and region.
    pub fn enforcement(&self) -> &[Enforcement] {
        self.tables.enforcement.rows()
    }

    /// The words that stand for no value.
    pub fn placeholders(&self) -> Placeholders {
        Placeholders::new(self.tables.placeholders.rows())
    }

    /// The data files it was made of, by name.
    pub fn files(&self) -> impl Iterator<Item = &'static File> + use<> {
        self.tables.files().into_iter()
    }

    /// Which data these are: the newest report, and the beginning of the SHA-256 of all files.
    pub fn edition(&self) -> String {
        edition(&self.tables.files(), *self.years().end())
    }

    /// The bytes of `placements.csv`.
    pub fn placements_file(&self) -> &'static str {
        self.tables.placements.file().text
    }
}

#[test]
fn an_index_can_be_asked_by_several_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&Index::embedded());
}
