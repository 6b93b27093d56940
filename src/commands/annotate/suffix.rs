//! What is added to a row for a country, worked out once for each distinct cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use serde_json::json;

use crate::commands::annotate::columns::Added;
use crate::commands::scope::Years;
use crate::index::Index;
use crate::index::country::Country;
use crate::index::names::Kind;
use crate::index::placement::Placement;
use crate::index::resolve::Resolution;
use crate::input::capture::Cell;
use crate::input::field;

/// How many distinct cells are remembered, and how many bytes of them.
const MOST_CELLS: usize = 1 << 14;
const MOST_BYTES: usize = 1 << 21;

/// After how many distinct cells the filter of names pays.
const FILTERED: usize = 512;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The country is known, and has a rank in that year.
    Resolved,
    /// The country is known, and has none: a special case, not in the report, or unknown to these data.
    NotRanked,
    /// The cell is empty.
    Empty,
    /// The name may mean several countries.
    Ambiguous,
    /// No country is known by that name.
    Unknown,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Resolved,
        Self::NotRanked,
        Self::Empty,
        Self::Ambiguous,
        Self::Unknown,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::NotRanked => "not-ranked",
            Self::Empty => "empty",
            Self::Ambiguous => "ambiguous",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a country was asked for and not found.
    pub fn is_unmatched(self) -> bool {
        matches!(self, Self::Ambiguous | Self::Unknown)
    }
}

/// A distinct cell.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The length of the cell in its key; the rest is the year's.
    cell: u32,
    /// Where what is added for it stands in the texts.
    start: u32,
    end: u32,
    status: Status,
    /// In how many rows it stands.
    rows: u64,
}

/// Works out what is added, and counts.
#[derive(Debug)]
pub struct Annotator<'index> {
    index: &'index Index,
    years: Years,
    added: Vec<Added>,
    render: Render,
    /// The distinct cells by their bytes, as places among the entries.
    cells: HashMap<Box<[u8]>, u32, RandomState>,
    entries: Vec<Entry>,
    /// Short cells met lately, by a few bits of their bytes: most rows are answered here.
    recent: Vec<Recent>,
    /// The bytes of the remembered cells, and what is added for each.
    remembered: usize,
    texts: Vec<u8>,
    /// The key of a cell and its year, and what is added for a cell that is not remembered.
    key: Vec<u8>,
    passing: Vec<u8>,
    /// What is added for a name that cannot be a country's.
    strange: Vec<u8>,
    /// How many distinct cells were worked out.
    distinct: usize,
    /// Rows whose cells are not remembered, by status.
    others: [u64; Status::ALL.len()],
}

/// How many short cells are kept at hand.
const RECENT: usize = 1 << 11;

/// A short cell met lately.
#[derive(Clone, Copy, Debug)]
struct Recent {
    numbers: [u64; 4],
    len: u32,
    entry: u32,
}

impl Default for Recent {
    /// No cell: none has this length.
    fn default() -> Self {
        Self {
            numbers: [0; 4],
            len: u32::MAX,
            entry: 0,
        }
    }
}

impl Recent {
    /// Whether the cells are the same.
    #[inline]
    fn is_same(&self, other: &Self) -> bool {
        let pairs = self.numbers.iter().zip(&other.numbers);
        pairs.fold(0, |differ, (a, b)| differ | (a ^ b)) == 0 && self.len == other.len
    }

    /// Where it is kept.
    #[inline]
    fn slot(&self) -> usize {
        // An odd number whose bits look random: the golden ratio, as is usual.
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let [a, b, c, d] = self.numbers;
        let mixed = a ^ b.rotate_left(29) ^ c.rotate_left(43) ^ d.rotate_left(57);
        let slot = mixed.wrapping_mul(MIX) >> (u64::BITS - RECENT.trailing_zeros());
        usize::try_from(slot).unwrap_or(0)
    }
}

/// How what is added is written.
#[derive(Clone, Copy, Debug)]
pub enum Render {
    /// Fields, each behind a delimiter.
    Fields(u8),
    /// Members of a JSON object, each behind a comma.
    Members,
}

impl Render {
    fn write<'a>(self, values: impl Iterator<Item = (Added, Cow<'a, str>)>, text: &mut Vec<u8>) {
        for (added, value) in values {
            match self {
                Self::Fields(delimiter) => {
                    text.push(delimiter);
                    field::write(&value, delimiter, text);
                }
                Self::Members => {
                    let member = format!(",{}:{}", json!(added.name()), added.json(&value));
                    text.extend_from_slice(member.as_bytes());
                }
            }
        }
    }
}

/// The values of the added columns, and the status.
type Values = (Vec<Cow<'static, str>>, Status);

impl<'index> Annotator<'index> {
    /// For these years, unless a row has its own; with these columns.
    pub fn new(index: &'index Index, years: Years, added: Vec<Added>, render: Render) -> Self {
        let mut annotator = Self {
            index,
            years,
            added,
            render,
            cells: HashMap::default(),
            entries: Vec::new(),
            recent: vec![Recent::default(); RECENT],
            remembered: 0,
            texts: Vec::new(),
            key: Vec::new(),
            passing: Vec::new(),
            strange: Vec::new(),
            distinct: 0,
            others: [0; Status::ALL.len()],
        };
        let (values, _) = annotator.values(b"?", None);
        let values = annotator.added.iter().copied().zip(values);
        render.write(values, &mut annotator.strange);
        annotator.texts.clone_from(&annotator.strange);
        annotator
    }

    /// What is added to the header.
    pub fn header(&self) -> Vec<u8> {
        let names = self
            .added
            .iter()
            .map(|added| (*added, Cow::Borrowed(added.name())));
        let mut header = Vec::new();
        self.render.write(names, &mut header);
        header
    }

    /// What is added to a row with this cell, as it stands in the file, and with this year.
    #[inline]
    pub fn suffix(&mut self, cell: Cell<'_>, year: Option<&[u8]>) -> (&[u8], Status) {
        let numbers = cell.numbers().filter(|_| year.is_none());
        let Some(numbers) = numbers else {
            return self.remembered(cell.bytes, year, None);
        };
        let recent = Recent {
            numbers,
            len: small(cell.bytes.len()),
            entry: 0,
        };
        let slot = recent.slot();
        match self.recent.get(slot) {
            Some(known) if known.is_same(&recent) => {
                let entry = known.entry;
                self.count(entry)
            }
            _ => self.remembered(cell.bytes, year, Some(recent)),
        }
    }

    /// Counts a row of an entry. Returns what is added to it.
    #[inline]
    fn count(&mut self, entry: u32) -> (&[u8], Status) {
        let Some(entry) = self.entries.get_mut(entry as usize) else {
            return (&[], Status::Unknown);
        };
        entry.rows += 1;
        let text = self.texts.get(entry.start as usize..entry.end as usize);
        (text.unwrap_or_default(), entry.status)
    }

    /// The same for a cell that was not met lately.
    fn remembered(
        &mut self,
        cell: &[u8],
        year: Option<&[u8]>,
        recent: Option<Recent>,
    ) -> (&[u8], Status) {
        let key = match year {
            None => cell,
            Some(year) => {
                self.key.clear();
                self.key.extend_from_slice(cell);
                // So that "1" and "23" are not "12" and "3".
                self.key.push(b'\n');
                self.key.extend_from_slice(year);
                &self.key
            }
        };
        let Some(entry) = self.cells.get(key).copied() else {
            return self.work_out(cell, year);
        };
        if let Some(recent) = recent
            && let Some(slot) = self.recent.get_mut(recent.slot())
        {
            *slot = Recent { entry, ..recent };
        }
        self.count(entry)
    }

    /// What is added to a line with this name, which no quotes surround.
    pub fn name(&mut self, name: &[u8]) -> (&[u8], Status) {
        let mut cell = Vec::with_capacity(name.len() + 2);
        if name.starts_with(b"\"") {
            field::write_quoted(name, &mut cell);
        } else {
            cell.extend_from_slice(name);
        }
        self.remembered(&cell, None, None)
    }

    #[cold]
    fn work_out(&mut self, cell: &[u8], year: Option<&[u8]>) -> (&[u8], Status) {
        let value = field::value(cell);
        self.distinct += 1;
        let is_strange = self.distinct > FILTERED && self.index.vocabulary().rules_out(&value);
        let (values, status) = if is_strange {
            (Vec::new(), Status::Unknown)
        } else {
            self.values(&value, year)
        };
        self.passing.clear();
        let values = self.added.iter().copied().zip(values);
        self.render.write(values, &mut self.passing);
        let key = if year.is_some() { &self.key } else { cell };
        let full = self.cells.len() >= MOST_CELLS
            || self.remembered + self.texts.len() + key.len() + self.passing.len() > MOST_BYTES;
        if full {
            if let Some(rows) = self.others.get_mut(status as usize) {
                *rows += 1;
            }
            return (
                if is_strange {
                    &self.strange
                } else {
                    &self.passing
                },
                status,
            );
        }
        self.remembered += key.len();
        // All strange names have one text, the first.
        let start = if is_strange {
            0
        } else {
            small(self.texts.len())
        };
        self.texts.extend_from_slice(&self.passing);
        self.cells.insert(key.into(), small(self.entries.len()));
        self.entries.push(Entry {
            cell: small(cell.len()),
            start,
            end: if is_strange {
                small(self.strange.len())
            } else {
                small(self.texts.len())
            },
            status,
            rows: 1,
        });
        (
            if is_strange {
                &self.strange
            } else {
                &self.passing
            },
            status,
        )
    }

    /// The values added for a cell without quotes, and its status.
    fn values(&self, cell: &[u8], year: Option<&[u8]>) -> Values {
        let years = match year {
            None => Some(self.years.clone()),
            Some(year) => self.row_year(&field::value(year)),
        };
        let (country, how, status) = self.country(cell, years.as_ref());
        let placed = country.zip(years.as_ref()).and_then(|(country, years)| {
            let history = self.index.history(country);
            years.of(&history).last().map(|placed| (*placed).clone())
        });
        let ranked = placed.as_ref().is_some_and(|placed| placed.tier.is_rank());
        let status = match status {
            Status::Resolved if !ranked => Status::NotRanked,
            status => status,
        };
        let year = placed.as_ref().map(|placed| placed.year);
        let year = year.or(years.and_then(|years| years.single()));
        let known = Known {
            country,
            how,
            placed,
            year: year.filter(|_| country.is_some()),
            status,
        };
        let values = self.added.iter().map(|added| self.value(*added, &known));
        (values.collect(), status)
    }

    /// The report year of a row, if its cell is one.
    fn row_year(&self, cell: &[u8]) -> Option<Years> {
        let year = std::str::from_utf8(cell).ok()?.trim().parse().ok()?;
        let known = self.index.years().contains(&year);
        known.then_some(Years::Within(year..=year))
    }

    fn country(
        &self,
        cell: &[u8],
        years: Option<&Years>,
    ) -> (Option<&'index Country>, Option<Kind>, Status) {
        let Ok(name) = std::str::from_utf8(cell) else {
            return (None, None, Status::Unknown);
        };
        if name.trim().is_empty() {
            return (None, None, Status::Empty);
        }
        match self.index.resolve(name) {
            Resolution::Country { country, how, .. } => {
                (Some(country), Some(how), Status::Resolved)
            }
            Resolution::Several { how, row, .. } => {
                // A state that no longer exists is meant where the report of that year ranked it.
                let state = row.and_then(|row| self.index.dissolved(&row));
                let state = state.filter(|state| {
                    let Some(Years::Within(years)) = years else {
                        return false;
                    };
                    self.index.history(state).within(years).next().is_some()
                });
                match state {
                    Some(state) => (Some(state), Some(how), Status::Resolved),
                    None => (None, None, Status::Ambiguous),
                }
            }
            Resolution::Unknown => (None, None, Status::Unknown),
        }
    }

    fn value(&self, added: Added, known: &Known<'_>) -> Cow<'static, str> {
        let (country, placed) = (known.country, known.placed.as_ref());
        let stated = || self.index.roles(country?, known.year?);
        let any_year = self.added.contains(&Added::RoleYear);
        match added {
            Added::Iso3 => country.map_or(Cow::Borrowed(""), |country| Cow::Borrowed(country.iso3)),
            Added::Country => country.map_or(Cow::Borrowed(""), |country| country.name.clone()),
            Added::Year => shown(known.year),
            Added::Tier => shown(placed.map(|placed| placed.tier)),
            Added::Evidence => shown(placed.map(|placed| placed.evidence)),
            Added::How => shown(known.how),
            Added::Status => Cow::Borrowed(known.status.name()),
            Added::RoleYear => stated().map_or(Cow::Borrowed(""), |stated| match stated.year {
                Some(year) => Cow::Owned(year.to_string()),
                None => Cow::Borrowed("undated"),
            }),
            // A role is never shown without its year: here that is the year of the tier.
            Added::Roles => {
                let stated = stated().filter(|stated| any_year || stated.year == known.year);
                let roles = stated.map_or(Vec::new(), |stated| stated.roles);
                let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
                Cow::Owned(roles.join(";"))
            }
        }
    }

    /// How many rows have a status.
    pub fn rows(&self, status: Status) -> u64 {
        let remembered = self.entries.iter().filter(|entry| entry.status == status);
        let others = self.others.get(status as usize).copied().unwrap_or(0);
        remembered.map(|entry| entry.rows).sum::<u64>() + others
    }

    /// How many rows of a status have cells that are not remembered.
    pub fn others(&self, status: Status) -> u64 {
        self.others.get(status as usize).copied().unwrap_or(0)
    }

    /// The cells of years that are no report's, with their rows, as far as remembered.
    pub fn years_without_report(&self) -> BTreeMap<String, u64> {
        let mut rows: BTreeMap<String, u64> = BTreeMap::new();
        for (key, entry) in &self.cells {
            let Some(entry) = self.entries.get(*entry as usize) else {
                continue;
            };
            // The year stands behind the cell and a line end.
            let year = key.get(entry.cell as usize + 1..).unwrap_or_default();
            let year = field::value(year);
            if entry.status == Status::NotRanked && self.row_year(&year).is_none() {
                let year = String::from_utf8_lossy(&year).into_owned();
                *rows.entry(year).or_default() += entry.rows;
            }
        }
        rows
    }

    /// The unmatched names that are remembered, with their rows, the most frequent first.
    pub fn unmatched(&self) -> Vec<(String, Status, u64)> {
        let mut rows: HashMap<(String, Status), u64> = HashMap::new();
        for (key, entry) in &self.cells {
            let entry = self.entries.get(*entry as usize);
            let Some(entry) = entry.filter(|entry| entry.status.is_unmatched()) else {
                continue;
            };
            let cell = key.get(..entry.cell as usize).unwrap_or_default();
            let name = String::from_utf8_lossy(&field::value(cell)).into_owned();
            *rows.entry((name, entry.status)).or_default() += entry.rows;
        }
        let named = rows
            .into_iter()
            .map(|((name, status), rows)| (name, status, rows));
        let mut named: Vec<_> = named.collect();
        named.sort_by(|(a, _, more), (b, _, less)| less.cmp(more).then_with(|| a.cmp(b)));
        named
    }
}

/// What is known of a row.
struct Known<'index> {
    country: Option<&'index Country>,
    how: Option<Kind>,
    placed: Option<Placement>,
    year: Option<u16>,
    status: Status,
}

/// A value that may be missing.
fn shown(value: Option<impl ToString>) -> Cow<'static, str> {
    value.map_or(Cow::Borrowed(""), |value| Cow::Owned(value.to_string()))
}

/// A length or a place of what is remembered, which is never much.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
