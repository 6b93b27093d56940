//! What the rows say: countries, regions, tiers, tiles, words and numbers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::index::Index;
use crate::index::context::Enforcement;
use crate::index::country::RegionKind;
use crate::index::file::{Breach, File, lines};
use crate::index::names::fold::fold;
use crate::index::names::resolve::Resolution;
use crate::index::names::spellings::Spelling;
use crate::index::placeholder::{LONGEST, plain};
use crate::index::row::{Row, first_field};
use crate::index::rules::MOST;
use crate::index::table::Tables;
use crate::index::tier::tier_key;

/// Every breach in what the rows say. `all`: of `names.csv`, which is the largest, not only the rows that share a key with rows
/// of the user's are looked at.
pub(super) fn breaches(index: &Index, all: bool) -> Vec<Breach> {
    let tables = &index.tables;
    let mut check = Check { found: Vec::new(), file: tables.regions.file() };
    check.regions(tables);
    check.countries(tables);
    check.ranks(index);
    check.lists(index);
    check.tiers(tables);
    check.tiles(tables);
    check.definitions(index);
    check.enforcement(index);
    let keys = (!all).then(|| keys(tables));
    check.placeholders(index, keys.as_ref());
    let lines = lines_of_names(tables, keys.as_ref());
    check.spellings(tables, &lines, &index.countries);
    check.disputed(tables, &lines);
    check.found
}

/// The keys of `names.csv` that rows of the user's touch.
fn keys(tables: &Tables) -> HashSet<Cow<'static, str>> {
    let own = |file: &'static File| file.rows_to_check(false).map(|(_, row)| row.cells());
    let of_countries = own(tables.countries.file());
    let of_countries = of_countries.flat_map(|cells| cells.map(|cell| Cow::Owned(fold(&cell))));
    let keys = [tables.names.file(), tables.disputed.file()];
    let keys = keys.into_iter().flat_map(own).filter_map(|mut cells| cells.next());
    keys.chain(of_countries).collect()
}

/// Returns the rows of `names.csv` with these keys, or all: the index and the line of each, for there may be 290,000.
fn lines_of_names(
    tables: &Tables,
    keys: Option<&HashSet<Cow<'static, str>>>,
) -> Vec<(usize, &'static str)> {
    let has_key = |line: &str| keys.is_none_or(|keys| keys.contains(first_field(line)));
    let lines = lines(tables.names.file().body()).enumerate();
    let lines = lines.take_while(|_| keys.is_none_or(|keys| !keys.is_empty()));
    lines.filter(|(_, line)| has_key(line)).collect()
}

/// Returns what these rows of `names.csv` say, as far as they can be read.
pub(super) fn names(
    tables: &Tables,
    lines: &[(usize, &'static str)],
) -> impl Iterator<Item = (usize, Spelling)> {
    let file = tables.names.file();
    lines.iter().filter_map(|(index, line)| Some((*index, Row::new(file, line).parse().ok()?)))
}

/// The breaches found so far, and the file that is checked.
pub(super) struct Check {
    found: Vec<Breach>,
    pub(super) file: &'static File,
}

impl Check {
    /// Notes a breach in row `index`, the first being 0.
    fn fail(&mut self, index: usize, column: &'static str, what: &str) {
        if self.found.len() < MOST {
            let place = self.file.at(index + 2, self.file.schema().index_of(column));
            self.found.push(place.breach(what));
        }
    }

    pub(super) fn demand(&mut self, holds: bool, index: usize, column: &'static str, what: &str) {
        if !holds {
            self.fail(index, column, what);
        }
    }

    /// No code and no name is there twice.
    fn countries(&mut self, tables: &Tables) {
        self.file = tables.countries.file();
        let mut taken = BTreeSet::new();
        for (index, row) in tables.countries.all().enumerate() {
            let name = Some(fold(row.name));
            let columns = [
                ("iso2", Some(row.iso2.to_lowercase())),
                ("numeric", row.numeric.map(str::to_owned)),
                ("name", name),
            ];
            for (column, value) in columns {
                let free = value.is_none_or(|value| taken.insert(value));
                self.demand(free, index, column, "names two countries; take it from one");
            }
        }
    }

    /// No way to write a region means two.
    fn regions(&mut self, tables: &Tables) {
        self.file = tables.regions.file();
        let mut written = BTreeSet::new();
        for (index, region) in tables.regions.rows().iter().enumerate() {
            let listed = tables.members.has_key(region.code);
            let right = match region.kind {
                RegionKind::Group => listed,
                RegionKind::State | RegionKind::Snapshot | RegionKind::World => !listed,
                RegionKind::Un => true,
            };
            let what = "members stand in members.csv for organisations, else in countries.csv";
            self.demand(right, index, "kind", what);
            let own = fold(region.code);
            self.demand(
                region.spellings.contains(&own),
                index,
                "spellings",
                "the code itself is missing; add it in small letters",
            );
            for spelling in &region.spellings {
                let fine = fold(spelling).replace(' ', "") == *spelling && written.insert(spelling);
                let what = format!(
                    "'{spelling}' is not folded, or means two regions; write small letters without spaces"
                );
                self.demand(fine, index, "spellings", &what);
            }
        }
    }

    /// Every tier is defined once, in the order of rank, and no way to write one means two.
    fn tiers(&mut self, tables: &Tables) {
        self.file = tables.tiers.file();
        let tiers = tables.tiers.rows();
        let defined: Vec<String> =
            tiers.iter().map(|definition| definition.tier.to_string()).collect();
        self.demand(
            defined == ["1", "2", "2WL", "3", "special", "none"],
            0,
            "tier",
            "must be 1, 2, 2WL, 3, special, none",
        );
        let (mut written, mut marks) = (BTreeSet::new(), BTreeSet::from(['.']));
        for (index, definition) in tiers.iter().enumerate() {
            let free = marks.insert(definition.mark);
            self.demand(free, index, "mark", "another tier's, or that of an unknown year");
            for spelling in &definition.spellings {
                let fine = tier_key(spelling) == *spelling && written.insert(spelling);
                self.demand(
                    fine,
                    index,
                    "spellings",
                    &format!("'{spelling}' is not folded, or means two tiers"),
                );
            }
        }
    }
}

impl Check {
    /// Each place is taken once.
    pub(super) fn tiles(&mut self, tables: &Tables) {
        self.file = tables.tiles.file();
        let mut taken = BTreeSet::new();
        for (index, tile) in tables.tiles.rows().iter().enumerate() {
            let numbered = tile.row > 0 && tile.column > 0;
            self.demand(numbered, index, "row", "rows and columns begin with 1");
            let free = taken.insert((tile.row, tile.column));
            self.demand(free, index, "column", "another country has this place; take a free one");
        }
    }
}

impl Check {
    /// `keys`: those that rows of the user's touch. Where the placeholders are the embedded ones, only what shares a word with
    /// these may have become a name.
    fn placeholders(&mut self, known: &Index, keys: Option<&HashSet<Cow<'static, str>>>) {
        self.file = known.tables.placeholders.file();
        let keys = keys.filter(|_| self.file.origin.is_none());
        let parts = |key: &str| -> Vec<String> {
            key.split(' ').map(str::to_owned).chain([key.replace(' ', "")]).collect()
        };
        let rows = known.tables.placeholders.rows();
        let words: HashSet<String> = rows.iter().flat_map(|row| parts(&fold(row.word))).collect();
        let touched = keys.into_iter().flatten().flat_map(|key| parts(key));
        let touched: HashSet<String> = touched.filter(|part| words.contains(part)).collect();
        for (index, row) in rows.iter().enumerate() {
            let is_touched = parts(&fold(row.word)).iter().any(|part| touched.contains(part));
            if keys.is_some() && !is_touched {
                continue;
            }
            let is_plain = plain(row.word, LONGEST).is_some_and(|plain| plain == row.word);
            let what = "too long, or not without capitals and spaces";
            self.demand(is_plain && !row.word.is_empty(), index, "word", what);
            let written = [row.word.to_string(), row.word.to_uppercase()];
            let names = |word: &String| !matches!(known.resolve(word), Resolution::Unknown);
            let what = "is a name or a code of a country";
            self.demand(!written.iter().any(names), index, "word", what);
            let is_language = |language: &str| (2..=3).contains(&language.len());
            let languages = row.languages.is_empty() || row.languages.split(';').all(is_language);
            self.demand(languages, index, "languages", "not BCP 47 codes");
        }
    }
}

impl Check {
    fn disputed(&mut self, tables: &Tables, lines: &[(usize, &'static str)]) {
        self.file = tables.disputed.file();
        let mut by_key: BTreeMap<&str, Vec<Spelling>> = BTreeMap::new();
        let disputed: HashSet<&str> = tables.disputed.rows().iter().map(|row| row.key).collect();
        for (_, name) in names(tables, lines).filter(|(_, name)| disputed.contains(name.key)) {
            by_key.entry(name.key).or_default().push(name);
        }
        for (index, row) in tables.disputed.rows().iter().enumerate() {
            // A row collected by hand is a decision of its own.
            let mut given = by_key.get(row.key).into_iter().flatten();
            let otherwise = given.any(|name| {
                name.kind.is_name() && name.source != "tip" && name.iso3 != row.decision
            });
            let what = "names.csv gives it to a country otherwise";
            self.demand(!otherwise, index, "decision", what);
        }
    }
}

impl Check {
    pub(super) fn enforcement(&mut self, known: &Index) {
        self.file = known.tables.enforcement.file();
        for (index, row) in known.enforcement().iter().enumerate() {
            let columns = ["prosecutions_labour", "convictions_labour", "victims_labour"];
            for (column, (all, labour)) in columns.into_iter().zip(row.numbers()) {
                let fits = labour.is_none_or(|part| all >= Some(part));
                self.demand(fits, index, column, "more than all");
            }
            let some = row.laws.is_some() || row.numbers().iter().any(|(all, _)| all.is_some());
            self.demand(some, index, "prosecutions", "a row without a number");
            self.printed(index, row, known);
        }
    }

    /// A report prints the figures of years before its own.
    fn printed(&mut self, index: usize, row: &Enforcement, known: &Index) {
        if row.printed.is_empty() {
            return;
        }
        let mut reports = known.reports().iter();
        let later = reports.any(|it| it.document == row.printed && row.year < it.year);
        let what = format!("'{}' is no report of a later year", row.printed);
        self.demand(later, index, "printed", &what);
    }
}
