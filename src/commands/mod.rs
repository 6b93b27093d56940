//! One question a file: its arguments and its answer. The only place where a country becomes a row.

pub mod list;
pub mod lookup;
pub mod resolve;
pub mod tiers;

use std::io::Read;
use std::rc::Rc;

use anstyle::AnsiColor;
use anyhow::{Context, Result, anyhow};

use crate::index::country::{Country, Placement};
use crate::index::tier::Tier;
use crate::index::{Index, Source};
use crate::output::style::quoted;
use crate::output::table::{Cell, Table};

/// What a command found.
#[derive(Debug)]
pub struct Answer {
    /// The rows to print.
    pub table: Table,
    /// What was asked for and not found, a line each. Where there is any, the exit status is 1.
    pub warnings: Vec<String>,
}

/// A name that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'input> {
    /// The name as it was written.
    pub name: &'input str,
    /// The line of standard input it stands on, where it came from there.
    pub line: Option<usize>,
}

/// The names asked for: the arguments, and in the place of a `-` the lines of `stdin`, blank ones included.
fn names_asked<'input>(arguments: &'input [String], stdin: &'input str) -> Vec<Asked<'input>> {
    let mut asked = Vec::with_capacity(arguments.len());
    let mut lines = (1..).zip(stdin.lines());
    for argument in arguments {
        if argument == "-" {
            asked.extend(lines.by_ref().map(|(line, name)| Asked {
                name,
                line: Some(line),
            }));
        } else {
            asked.push(Asked {
                name: argument,
                line: None,
            });
        }
    }
    asked
}

/// The text of standard input, without a byte order mark, if one of the arguments is `-`.
///
/// # Errors
/// It cannot be read, or is not UTF-8.
fn stdin_if_asked(arguments: &[String]) -> Result<String> {
    let mut bytes = Vec::new();
    if arguments.iter().any(|argument| argument == "-") {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
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
        let remedy = "convert it first, as with 'iconv -f WINDOWS-1252 -t UTF-8'";
        anyhow!("standard input, line {line}, byte {column}: not UTF-8; {remedy}")
    })
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

/// A country and one of its placements as a row of `PROFILE`; the roles are those of the same report.
fn profile(index: &Index, country: &Country, placed: Option<&Placement>) -> Rc<[Cell]> {
    let missing = || Cell::Missing;
    let citation = |id: &String| {
        index
            .source(id)
            .map_or_else(missing, |source| Cell::text(source.citation()))
    };
    let stated = placed.and_then(|placed| country.roles(placed.year));
    let definition = placed.and_then(|placed| index.tier(placed.tier));
    [
        Cell::text(&country.name),
        Cell::text(country.iso3),
        placed.map_or_else(missing, |placed| Cell::Number(placed.year)),
        stated.map_or_else(missing, |stated| Cell::list(&stated.roles)),
        placed.map_or_else(missing, |placed| tier_cell(placed.tier)),
        Cell::text(country.iso2),
        placed.map_or_else(missing, |placed| citation(&placed.document)),
        Cell::optional(placed.and_then(|placed| placed.url.as_deref())),
        definition.map_or_else(missing, |definition| Cell::text(definition.in_full())),
        Cell::optional(country.numeric),
        Cell::optional(stated.and_then(|stated| stated.note.as_deref())),
        placed.map_or_else(missing, |placed| Cell::text(placed.evidence.to_string())),
        stated.map_or_else(missing, |stated| citation(&stated.document)),
        placed.map_or_else(missing, |placed| Cell::List(transcriptions(index, placed))),
    ]
    .into()
}

/// The citations of what a placement was read from.
fn transcriptions(index: &Index, placed: &Placement) -> Vec<String> {
    let sources = placed
        .transcriptions
        .iter()
        .filter_map(|id| index.source(id));
    sources.map(Source::citation).collect()
}

/// The tier that the user wrote.
///
/// # Errors
/// It is no tier; the message lists them.
fn tier_named(index: &Index, written: &str) -> Result<Tier> {
    let definition = index.tier_written(written);
    definition
        .map(|definition| definition.tier)
        .with_context(|| {
            let tiers: Vec<_> = index
                .tiers()
                .iter()
                .map(|known| known.tier.to_string())
                .collect();
            format!(
                "there is no tier {}; the tiers are {}",
                quoted(written),
                tiers.join(", ")
            )
        })
}
