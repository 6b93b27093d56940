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
    /// The place of the country's, from 0.
    pub country: usize,
    /// The place of the year's.
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
            Some(column) => place(names, column),
            None => country_place(index, names, delimiter),
        };
        let country = match (country, other_delimiter(names, delimiter)) {
            (Err(_), Some(other)) => bail!(other),
            (country, _) => country?,
        };
        let year = wanted.year.map(|column| place(names, column)).transpose()?;
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
        if let Some(place) = of_years.filter(|_| year.is_none() && !wanted.one_year) {
            let column = typed(names, place);
            notes.push(format!(
                "every row has the tier of the newest report; for that of its own year give --year-column {column}"
            ));
        }
        Ok(Self { country, year, notes })
    }

    /// The same where the columns have no names.
    fn numbered(columns: usize, wanted: Wanted<'_>) -> Result<Self> {
        let place = |asked: &str| match number(asked, columns) {
            Some(place) => Ok(place),
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
            country: place(country)?,
            year: wanted.year.map(place).transpose()?,
            notes: Vec::new(),
        })
    }
}

/// The place of the column with this number, from 1, `#` before it or not.
fn number(asked: &str, columns: usize) -> Option<usize> {
    let number = asked.trim().trim_start_matches('#').parse::<usize>().ok()?;
    (1..=columns).contains(&number).then(|| number - 1)
}

/// The place of the column that is called so, or has this number, from 1.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn place(names: &[String], asked: &str) -> Result<usize> {
    let ways: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == asked, &|name| name.trim() == asked.trim(), &|name| {
            name.trim().to_lowercase() == asked.trim().to_lowercase()
        }];
    let called = |is_called: &&dyn Fn(&str) -> bool| {
        let places = names.iter().enumerate();
        let places = places.filter(|(_, name)| is_called(name));
        places.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let called = ways.iter().map(called).find(|places| !places.is_empty());
    let numbered = number(asked, names.len());
    match (called.unwrap_or_default().as_slice(), numbered) {
        ([place], None) => Ok(*place),
        ([place], Some(other)) if *place == other => Ok(*place),
        ([place], Some(other)) => bail!(
            "{} is the name of column {} and the number of another; type '#{}' or '#{}'",
            quoted(asked),
            place + 1,
            place + 1,
            other + 1
        ),
        ([], Some(place)) => Ok(place),
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

/// The place of the column that by its name holds countries.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn country_place(index: &Index, names: &[String], delimiter: u8) -> Result<usize> {
    // Several columns in one, because something else parts them, are no column of countries.
    let is_one = |name: &str| {
        let mut others = COMMON.iter().filter(|other| **other != delimiter);
        !others.any(|other| name.as_bytes().contains(other))
    };
    let fit = |(place, name): (usize, &String)| {
        let fits = fits(name)?;
        (fits == Fits::Called || is_one(name)).then_some((fits, place))
    };
    let fit: Vec<(Fits, usize)> = names.iter().enumerate().filter_map(fit).collect();
    let Some((surest, place)) = fit.iter().min().copied() else {
        let is_country = |name: &String| matches!(index.resolve(name), Resolution::Country { .. });
        let hint = names.iter().position(is_country).map_or(String::new(), |place| {
            let place = place + 1;
            format!("; is there no header? then try --no-header --column {place}")
        });
        bail!(
            "no column is called 'country' or the like; choose with --column: {}{hint}",
            listed(names)
        );
    };
    if fit.iter().filter(|(fits, _)| *fits == surest).count() > 1 {
        bail!("more than one column may hold the country; choose with --column: {}", listed(names));
    }
    Ok(place)
}

/// What to type to name a column.
pub fn typed(names: &[String], place: usize) -> String {
    let name = names.get(place).map_or("", |name| name);
    let is_plain = !name.is_empty() && !name.contains(['\'', '\n', '\r']);
    let only = names.iter().filter(|other| *other == name).count() == 1;
    if is_plain && only && number(name, names.len()).is_none() {
        format!("'{name}'")
    } else {
        format!("'#{}'", place + 1)
    }
}

/// The columns with their numbers, as messages list them.
fn listed(names: &[String]) -> String {
    const MOST: usize = 30;
    let numbered = names.iter().enumerate().take(MOST);
    let numbered = numbered.map(|(place, name)| format!("{} {}", place + 1, quoted(name)));
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
