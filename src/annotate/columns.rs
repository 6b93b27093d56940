//! Which columns of the user's file hold the country and the year.

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use crate::annotate::added::Added;
use crate::annotate::country_column::{CountryColumns, is_called};
use crate::annotate::options::UserTable;
use crate::index::names::fold::is_invisible;
use crate::text::{joined, quoted};

#[derive(Debug, Default)]
pub struct FoundColumns {
    pub country: usize,
    pub year: Option<usize>,
    /// Which is the country's, where the user does not say it, and what else to say of the choice, a line each.
    pub note: Option<String>,
    pub notes: Vec<String>,
}

impl FoundColumns {
    /// Finds the columns of the country and of the year among those with these names. `by_cells`: what the names and the
    /// cells say.
    pub fn find(
        names: &[String],
        table: &UserTable<'_>,
        added: &[Added<'_>],
        by_cells: &CountryColumns,
    ) -> Result<Self> {
        if !table.header {
            return Self::numbered(names.len(), table);
        }
        let options = table.options;
        let country = match &options.column {
            Some(column) => self::column(names, column)?,
            None => taken(names, by_cells)?,
        };
        let year = options.year_column.as_ref();
        let year = year.map(|column| self::column(names, column)).transpose()?;
        let taken = |added: &String| names.iter().any(|name| name.trim() == added);
        if let Some(taken) = added.iter().map(Added::header).find(taken) {
            bail!(
                "there is already a column '{taken}'; --replace drops those of a run before, --prefix names these otherwise"
            );
        }
        let note = options.column.is_none().then(|| note(names, country, by_cells));
        let mut notes = Vec::new();
        let of_years = names.iter().position(|name| is_called(name, "year"));
        if let Some(column) = of_years.filter(|_| year.is_none() && options.year.is_none()) {
            let column = typed(names, column);
            notes.push(format!(
                "every row has the tier of the newest report; for that of its own year give --year-column {column}"
            ));
        }
        Ok(Self { country, year, note, notes })
    }

    /// Finds them by their numbers, where they have no names.
    fn numbered(columns: usize, table: &UserTable<'_>) -> Result<Self> {
        let column = |asked: &str| match number(asked, columns) {
            Some(column) => Ok(column),
            None => bail!(
                "without a header a column is named by its number, from 1 to {columns}; {} is none",
                quoted(asked)
            ),
        };
        let Some(country) = &table.options.column else {
            bail!(
                "without a header give the column of the country by its number, such as --column 1"
            );
        };
        Ok(Self {
            country: column(country)?,
            year: table.options.year_column.as_deref().map(column).transpose()?,
            note: None,
            notes: Vec::new(),
        })
    }
}

/// Returns the column with this number, from 1, `#` before it or not.
fn number(asked: &str, columns: usize) -> Option<usize> {
    let number = asked.trim().trim_start_matches('#').parse::<usize>().ok()?;
    (1..=columns).contains(&number).then(|| number - 1)
}

/// A name as it looks: case, composed letters, and kinds of spaces and line ends do not show.
fn plain(name: &str) -> String {
    let letters: String = name.nfkc().filter(|c| !is_invisible(*c)).collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Returns the column that is called so, or has this number, from 1.
pub fn column(names: &[String], asked: &str) -> Result<usize> {
    let ways: [fn(&str) -> String; 3] = [str::to_owned, |name| name.trim().to_owned(), plain];
    let called = |way: &fn(&str) -> String| -> Vec<usize> {
        let is_called = |column: &usize| names.get(*column).is_some_and(|it| way(it) == way(asked));
        (0..names.len()).filter(is_called).collect()
    };
    let called = ways.iter().map(called).find(|columns| !columns.is_empty());
    let numbered = number(asked, names.len());
    match (called.unwrap_or_default().as_slice(), numbered) {
        ([column], None) => Ok(*column),
        ([column], Some(other)) if *column == other => Ok(*column),
        ([column], Some(other)) => bail!(
            "{} is the name of column {} and the number of another; type '#{}' or '#{}'",
            quoted(asked),
            column + 1,
            column + 1,
            other + 1
        ),
        ([], Some(column)) => Ok(column),
        ([], None) => {
            bail!("there is no column {}; the columns are {}", quoted(asked), listed(names))
        }
        ([first, ..], _) => bail!(
            "there is more than one column {}; name it by its number, such as '#{}': {}",
            quoted(asked),
            first + 1,
            listed(names)
        ),
    }
}

/// Returns the column that holds the countries.
fn taken(names: &[String], by_cells: &CountryColumns) -> Result<usize> {
    match (by_cells.taken, by_cells.rivals.as_slice()) {
        (Some(taken), _) => Ok(taken.column),
        (None, []) => {
            let possible = by_cells.possible.iter().map(|column| typed(names, *column));
            let possible: Vec<String> = possible.collect();
            let possible = possible.first().map(|first| {
                let all = joined(&possible, "or");
                format!("; codes of countries may stand in {all}: if so, try --column {first}")
            });
            bail!(
                "no column is called 'country' or the like, and none holds names of countries; choose with --column: {}{}",
                listed(names),
                possible.unwrap_or_default()
            )
        }
        (None, [first, ..]) => {
            let rivals = by_cells.rivals.iter();
            let rivals = rivals.map(|column| format!("{} {}", column + 1, named(names, *column)));
            bail!(
                "more than one column may hold the country, {}; choose one, such as --column {}",
                joined(rivals, "and"),
                typed(names, *first)
            )
        }
    }
}

/// Says from which column the country is taken, why, and which others there are.
fn note(names: &[String], country: usize, by_cells: &CountryColumns) -> String {
    let typed = |column: &usize| typed(names, *column);
    let is_told = by_cells.taken.is_some_and(|taken| taken.is_telling);
    let why = if is_told { "" } else { ", by its cells" };
    let beaten = by_cells.beaten.as_ref();
    let beaten = beaten.map(|it| format!("; those of {} name no countries", typed(it)));
    let others: Vec<String> = by_cells.others.iter().map(typed).collect();
    let others = (!others.is_empty()).then(|| format!("; also: {}", joined(&others, "and")));
    let taken = format!("the country is taken from column {}{why}", typed(&country));
    taken + &beaten.unwrap_or_default() + &others.unwrap_or_default()
}

/// What to type to name a column.
pub fn typed(names: &[String], column: usize) -> String {
    let name = names.get(column).map_or("", |name| name);
    let is_plain = !name.is_empty() && !name.contains(['\'', '\n', '\r']);
    let only = names.iter().filter(|other| *other == name).count() == 1;
    if is_plain && only && number(name, names.len()).is_none() {
        format!("'{name}'")
    } else {
        format!("'#{}'", column + 1)
    }
}

fn named(names: &[String], column: usize) -> String {
    quoted(names.get(column).map_or("", |name| name))
}

/// The columns with their numbers, as messages list them.
fn listed(names: &[String]) -> String {
    const MOST: usize = 30;
    let numbered = names.iter().enumerate().take(MOST);
    let numbered = numbered.map(|(column, name)| format!("{} {}", column + 1, quoted(name)));
    let mut shown: Vec<String> = numbered.collect();
    if names.len() > MOST {
        shown.push(format!("{} more", names.len() - MOST));
    }
    joined(&shown, "and")
}

/// Returns the columns that are kept of those with these names: all that do not begin with a prefix. None where all do not.
pub fn kept(names: &[String], prefix: &str) -> Result<Option<Vec<usize>>> {
    let columns = names.iter().enumerate();
    let kept = columns.filter(|(_, name)| !name.trim().starts_with(prefix));
    let kept: Vec<usize> = kept.map(|(column, _)| column).collect();
    if kept.is_empty() {
        bail!(
            "all columns begin with '{prefix}': --replace would leave none; give another --prefix"
        );
    }
    Ok((kept.len() < names.len()).then_some(kept))
}
