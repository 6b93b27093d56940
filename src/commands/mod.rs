//! One question a file: its arguments and its answer. The only place where a country becomes a row.

pub mod list;
pub mod lookup;
pub mod tiers;

use std::io::Read;
use std::rc::Rc;

use anstyle::AnsiColor;
use anyhow::{Context, Result, bail};

use crate::index::Index;
use crate::index::country::Country;
use crate::index::tier::Tier;
use crate::output::style::printable;
use crate::output::table::{Cell, Table};

/// What a command found.
#[derive(Debug)]
pub struct Answer {
    /// The rows to print.
    pub table: Table,
    /// What was asked for and not found, a line each. Where there is any, the exit status is 1.
    pub warnings: Vec<String>,
}

/// The names asked for: the arguments, and for `-` the lines of standard input.
///
/// # Errors
/// Standard input cannot be read, or holds a line that is not UTF-8.
pub fn names_asked(arguments: &[String]) -> Result<Vec<String>> {
    let mut asked = Vec::with_capacity(arguments.len());
    for argument in arguments {
        if argument == "-" {
            asked.extend(lines_of_stdin()?);
        } else {
            asked.push(argument.clone());
        }
    }
    Ok(asked)
}

/// The lines of standard input, without a byte order mark and the ends of lines, blank ones included.
fn lines_of_stdin() -> Result<Vec<String>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error
                .as_bytes()
                .get(..error.utf8_error().valid_up_to())
                .unwrap_or_default();
            let line = valid.split(|byte| *byte == b'\n').count();
            let column = 1 + valid
                .iter()
                .rev()
                .take_while(|byte| **byte != b'\n')
                .count();
            bail!(
                "standard input, line {line}, byte {column}: not UTF-8; convert it first, as with 'iconv -f WINDOWS-1252 -t UTF-8'"
            )
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.lines().map(str::to_owned).collect())
}

/// A tier as a cell: its rank to sort by, and a colour.
fn tier_cell(tier: Tier) -> Cell {
    let color = match tier {
        Tier::One => Some(AnsiColor::Green),
        Tier::Two => Some(AnsiColor::Cyan),
        Tier::WatchList => Some(AnsiColor::Yellow),
        Tier::Three => Some(AnsiColor::Red),
        Tier::Special | Tier::NotInReport => None,
    };
    Cell::Ranked {
        text: tier.to_string(),
        rank: tier as u8,
        color,
    }
}

/// The columns of a country's profile. Scripts rely on the names, and `list` and `lookup` on the order.
const PROFILE: &[&str] = &[
    "country",
    "iso3",
    "year",
    "roles",
    "tier",
    "iso2",
    "source",
    "url",
    "definition",
    "numeric",
    "role_note",
    "evidence",
    "role_source",
    "transcriptions",
];

/// A country's newest placement as a row of `PROFILE`; the roles are those of the same report.
fn profile(index: &Index, country: &Country) -> Rc<[Cell]> {
    let missing = || Cell::Missing;
    let citation = |id: &String| {
        index
            .source(id)
            .map_or_else(missing, |source| Cell::text(source.citation()))
    };
    let placed = country.latest();
    let stated = placed.and_then(|placed| country.roles(placed.year));
    let definition = placed.and_then(|placed| index.tier(placed.tier));
    [
        Cell::text(&country.name),
        Cell::text(&country.iso3),
        placed.map_or_else(missing, |placed| Cell::Number(placed.year)),
        stated.map_or_else(missing, |stated| Cell::list(&stated.roles)),
        placed.map_or_else(missing, |placed| tier_cell(placed.tier)),
        Cell::text(&country.iso2),
        placed.map_or_else(missing, |placed| citation(&placed.document)),
        Cell::optional(placed.and_then(|placed| placed.url.as_deref())),
        definition.map_or_else(missing, |definition| Cell::text(definition.in_full())),
        Cell::optional(country.numeric.as_deref()),
        Cell::optional(stated.and_then(|stated| stated.note.as_deref())),
        placed.map_or_else(missing, |placed| Cell::text(placed.evidence.to_string())),
        stated.map_or_else(missing, |stated| citation(&stated.document)),
        placed.map_or_else(missing, |placed| Cell::list(&placed.transcriptions)),
    ]
    .into()
}

/// A name as a message quotes it: safe for a terminal, and cut where it would fill the screen.
fn quoted(name: &str) -> String {
    const LONGEST: usize = 60;
    let name = printable(name);
    if name.chars().count() <= LONGEST {
        return format!("'{name}'");
    }
    let start: String = name.chars().take(LONGEST).collect();
    format!("'{start}…'")
}
