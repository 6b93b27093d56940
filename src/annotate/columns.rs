//! Which columns of the user's file hold the country and the year.

use anyhow::{Result, bail};

use crate::annotate::added::Added;
use crate::text::joined;
use crate::text::quoted;

/// The names a column of countries is known by, the surest first. Compared without case, spaces, '_' and '-'.
const COUNTRY_NAMES: &str = "country countryname nation iso3 iso3c iso3166alpha3 countryiso3 alpha3 countrycode \
    iso2 iso2c countryiso2 alpha2 iso land pays";

/// The columns of a file that matter here.
#[derive(Debug)]
pub struct Columns {
    /// The place of the country's, from 0.
    pub country: usize,
    /// The place of the year's.
    pub year: Option<usize>,
    /// What to say of the choice.
    pub note: Option<String>,
}

impl Columns {
    /// Finds the columns of the country and of the year, `asked` for by name or number.
    ///
    /// # Errors
    /// One is not there, or one that would be added is.
    pub fn find(
        names: &[String],
        asked: (Option<&str>, Option<&str>),
        added: &[Added],
        delimiter: u8,
    ) -> Result<Self> {
        let other = other_delimiter(names, delimiter);
        let (column, year) = asked;
        let country = match column {
            Some(column) => place(names, column),
            None => country_place(names),
        };
        let country = match (country, other) {
            (Err(_), Some(other)) => bail!(other),
            (country, _) => country?,
        };
        let year = year.map(|column| place(names, column)).transpose()?;
        let taken = |added: &&Added| names.iter().any(|name| name.trim() == added.name());
        if let Some(taken) = added.iter().find(taken) {
            bail!(
                "there is already a column '{}'; rename it, or choose other columns with --add",
                taken.name()
            );
        }
        let note = names.get(country).filter(|_| column.is_none());
        let note = note.map(|name| format!("the country is taken from column {}", quoted(name)));
        Ok(Self {
            country,
            year,
            note,
        })
    }
}

/// The place of the column that is called so, or has this number, from 1.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn place(names: &[String], asked: &str) -> Result<usize> {
    let exact = names.iter().filter(|name| *name == asked).count() == 1;
    let called = |name: &String| name == asked || !exact && name.trim() == asked.trim();
    let mut places = names.iter().enumerate().filter(|(_, name)| called(name));
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => bail!(
            "there is more than one column {}; name it by its number: {}",
            quoted(asked),
            listed(names)
        ),
        _ => match asked.parse::<usize>() {
            Ok(number) if (1..=names.len()).contains(&number) => Ok(number - 1),
            _ => bail!(
                "there is no column {}; the columns are {}",
                quoted(asked),
                listed(names)
            ),
        },
    }
}

/// The place of the column that by its name holds countries.
///
/// # Errors
/// There is none, or more than one; the message lists the columns.
fn country_place(names: &[String]) -> Result<usize> {
    let plain = |name: &String| {
        let letters = name
            .chars()
            .filter(|c| !c.is_whitespace() && !"_-".contains(*c));
        letters.collect::<String>().to_lowercase()
    };
    let plain: Vec<String> = names.iter().map(plain).collect();
    for known in COUNTRY_NAMES.split(' ') {
        let mut places = plain.iter().enumerate().filter(|(_, name)| *name == known);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => return Ok(place),
            (Some(_), Some(_)) => bail!(
                "more than one column may hold the country; choose with --column: {}",
                listed(names)
            ),
            _ => {}
        }
    }
    bail!(
        "no column is called 'country'; choose with --column: {}",
        listed(names)
    )
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
    let [name] = names else {
        return None;
    };
    if name.starts_with("sep=") {
        return Some(
            "a line 'sep=' is for one spreadsheet program; remove it, and give --delimiter"
                .to_owned(),
        );
    }
    let others = [(b';', "';'"), (b'\t', "tab"), (b'|', "'|'"), (b',', "','")];
    let found = others
        .iter()
        .find(|(byte, _)| *byte != delimiter && name.as_bytes().contains(byte));
    found.map(|(_, shown)| {
        format!(
            "the header {} looks parted by another delimiter; try --delimiter {shown}",
            quoted(name)
        )
    })
}
