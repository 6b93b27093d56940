//! Which columns of the user's file hold the country and the year.

use anyhow::{Result, bail};

use crate::annotate::added::Added;
use crate::annotate::country_words::{Fits, fits, is_year};
use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::input::delimiter::{self, COMMON};
use crate::text::joined;
use crate::text::quoted;

/// What the user says of the columns.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The column of the country, by its name or its number, if it is named.
    pub country: Option<&'a str>,
    /// The column of each row's year.
    pub year: Option<&'a str>,
    /// Whether one year is asked for, for every row.
    pub one_year: bool,
    /// Whether the first row names the columns.
    pub header: bool,
}

/// The columns of a file that matter here.
#[derive(Debug)]
pub struct FoundColumns {
    /// The country's, from 0.
    pub country: usize,
    /// The year's.
    pub year: Option<usize>,
    /// What to say of the choice, a line each.
    pub notes: Vec<String>,
}

impl FoundColumns {
    /// Finds the columns of the country and of the year among those with these names.
    ///
    /// # Errors
    /// One is not there, or one that would be added is.
    pub fn find(
        index: &Index,
        names: &[String],
        wanted: Wanted<'_>,
        added: &[Added<'_>],
        delimiter: u8,
    ) -> Result<Self> {
        if !wanted.header {
            return Self::numbered(names.len(), wanted);
        }
        let country = match wanted.country {
            Some(column) => self::column(names, column),
            None => country_column(index, names, delimiter),
        };
        let country = match (country, other_delimiter(names, delimiter)) {
            (Err(_), Some(other)) => bail!(other),
            (country, _) => country?,
        };
        let year = wanted.year.map(|column| self::column(names, column)).transpose()?;
        let taken = |added: &String| names.iter().any(|name| name.trim() == added);
        if let Some(taken) = added.iter().map(Added::header).find(taken) {
            bail!(
                "there is already a column '{taken}'; rename it, or choose other columns with --add"
            );
        }
        let note = names.get(country).filter(|_| wanted.country.is_none());
        let note = note.map(|name| format!("the country is taken from column {}", quoted(name)));
        let mut notes: Vec<String> = note.into_iter().collect();
        let of_years = names.iter().position(|name| is_year(name));
        if let Some(column) = of_years.filter(|_| year.is_none() && !wanted.one_year) {
            let column = typed(names, column);
            notes.push(format!(
                "every row has the tier of the newest report; for that of its own year give --year-column {column}"
            ));
        }
        Ok(Self { country, year, notes })
    }

    /// Finds them by their numbers, where they have no names.
    fn numbered(columns: usize, wanted: Wanted<'_>) -> Result<Self> {
        let column = |asked: &str| match number(asked, columns) {
            Some(column) => Ok(column),
            None => bail!(
                "without a header a column is named by its number, from 1 to {columns}; {} is none",
                quoted(asked)
            ),
        };
        let Some(country) = wanted.country else {
            bail!(
                "without a header give the column of the country by its number, such as --column 1"
            );
        };
        Ok(Self {
            country: column(country)?,
            year: wanted.year.map(column).transpose()?,
            notes: Vec::new(),
        })
    }
}

/// Returns the column with this number, from 1, `#` before it or not.
fn number(asked: &str, columns: usize) -> Option<usize> {
    let number = asked.trim().trim_start_matches('#').parse::<usize>().ok()?;
    (1..=columns).contains(&number).then(|| number - 1)
}

/// Returns the column that is called so, or has this number, from 1.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn column(names: &[String], asked: &str) -> Result<usize> {
    let ways: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == asked, &|name| name.trim() == asked.trim(), &|name| {
            name.trim().to_lowercase() == asked.trim().to_lowercase()
        }];
    let called = |is_called: &&dyn Fn(&str) -> bool| {
        let columns = names.iter().enumerate();
        let columns = columns.filter(|(_, name)| is_called(name));
        columns.map(|(column, _)| column).collect::<Vec<_>>()
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

/// Returns the column that by its name holds countries.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn country_column(index: &Index, names: &[String], delimiter: u8) -> Result<usize> {
    // Several columns in one, because something else parts them, are no column of countries.
    let is_one = |name: &str| {
        let mut others = COMMON.iter().filter(|other| **other != delimiter);
        !others.any(|other| name.as_bytes().contains(other))
    };
    let fit = |(column, name): (usize, &String)| {
        let fits = fits(name)?;
        (fits == Fits::Called || is_one(name)).then_some((fits, column))
    };
    let fit: Vec<(Fits, usize)> = names.iter().enumerate().filter_map(fit).collect();
    let Some((surest, column)) = fit.iter().min().copied() else {
        let is_country = |name: &String| matches!(index.resolve(name), Resolution::Country { .. });
        let hint = names.iter().position(is_country).map_or(String::new(), |column| {
            let column = column + 1;
            format!("; is there no header? then try --no-header --column {column}")
        });
        bail!(
            "no column is called 'country' or the like; choose with --column: {}{hint}",
            listed(names)
        );
    };
    if fit.iter().filter(|(fits, _)| *fits == surest).count() > 1 {
        bail!("more than one column may hold the country; choose with --column: {}", listed(names));
    }
    Ok(column)
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

/// What to say if the header looks as if another delimiter separated it.
fn other_delimiter(names: &[String], delimiter: u8) -> Option<String> {
    let name = names.first()?;
    if name.starts_with("sep=") {
        return Some(
            "a line 'sep=' is for one spreadsheet program; remove it, and give --delimiter"
                .to_owned(),
        );
    }
    let name = names.join(&*char::from(delimiter).to_string());
    let count = |byte: u8| name.bytes().filter(|other| *other == byte).count();
    let others = COMMON.into_iter().filter(|other| *other != delimiter);
    let other = others.max_by_key(|other| count(*other));
    let other = other.filter(|other| count(*other) > 0)?;
    Some(format!(
        "the header {} looks parted by another delimiter; try --delimiter {}",
        quoted(&name),
        delimiter::name(other)
    ))
}
