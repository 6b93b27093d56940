//! How a table is read, from its first rows: which columns matter, what its codes are, or what to type instead.

use anyhow::{Result, bail};

use crate::annotate::added::Added;
use crate::annotate::advice::{Beginning, is_title};
use crate::annotate::columns::{FoundColumns, column, typed};
use crate::annotate::country_column::{Candidate, CountryColumns, country_columns};
use crate::annotate::looker::Looker;
use crate::annotate::options::UserTable;
use crate::annotate::sample::{ROWS, SampleRow, Score, below, sample};
use crate::annotate::values::Requested;
use crate::index::CodeReading;
use crate::input::Input;

/// Reads the first rows ahead, of which more may be on their way. Whoever names the column, or has but one, and begins with a
/// name, need not wait for them: a program may answer each row before it sends the next.
pub fn read_ahead(
    input: &mut Input<'_>,
    (table, delimiter): (&UserTable<'_>, u8),
    query: &Requested<'_>,
    names: &[String],
) -> Result<()> {
    let only = (names.len() == 1).then_some(0);
    let asked = table.options.column.as_ref().and_then(|asked| column(names, asked).ok());
    if let Some(column) = asked.or(only) {
        let header = usize::from(table.header);
        input.read_ahead(header + 1)?;
        let rows = sample(input.beginning(), false, delimiter, header + 1);
        let first = rows.get(header).map(|row| row.field(column));
        let looker = Looker::new(query);
        if table.options.codes.is_some() || first.is_some_and(|first| looker.is_name(first)) {
            return Ok(());
        }
    }
    input.read_ahead(ROWS + 1)
}

#[derive(Debug, Default)]
pub struct Reading {
    pub columns: FoundColumns,
    /// Another column of countries, where far more of its cells are than of the one that the user names.
    pub better: Option<usize>,
    pub codes: CodeReading,
    /// That the header may be a row.
    pub warning: Option<String>,
}

impl Reading {
    /// Reads the first rows, or fails with what to type instead.
    pub fn new<'i>(
        input: &Input<'_>,
        (table, delimiter): (&UserTable<'_>, u8),
        (query, added): (&Requested<'i>, &[Added<'i>]),
        names: &[String],
    ) -> Result<Self> {
        let beginning = Beginning { input, table, text: input.beginning(), delimiter };
        let all = &*beginning.sample();
        let rows = if table.header { below(all) } else { all };
        let mut looker = Looker::new(query);
        let told = if table.header { names } else { &vec![String::new(); names.len()] };
        let by_cells = country_columns(told, rows, &mut looker);
        if table.header {
            if let Some(wrong) = beginning.of_rows(all) {
                bail!(wrong);
            }
            if table.options.column.is_none() {
                advise(beginning, all, &by_cells, &mut looker)?;
            }
        }
        let found = FoundColumns::find(names, table, added, &by_cells);
        let in_header = table.header && (found.is_err() || rows.is_empty());
        let in_header =
            in_header.then(|| beginning.countries_in_header(names, rows, &mut looker)).flatten();
        let mut columns = match (found, &in_header) {
            (Err(error), Some(hint)) => bail!("{error}; {hint}"),
            (found, _) => found?,
        };
        let score = looker.score(rows, columns.country);
        let mut codes = query.codes;
        if table.options.codes.is_none() {
            codes = looker.codes(rows, columns.country, score);
            if codes.without_numbers && score.known_numbers > 0 {
                columns.notes.push(numbers_note(&typed(names, columns.country), score));
            }
        }
        let warning = in_header.map(|hint| format!("{} has no rows; {hint}", input.name));
        // The column that the cells say, where that is not the one that is read.
        let taken = by_cells.taken.filter(|taken| taken.column != columns.country);
        let is_better =
            |it: &Candidate| it.score.is_good() && it.score.share() >= 2.0 * score.share();
        let better = taken.filter(is_better).map(|taken| taken.column);
        Ok(Self { columns, better, codes, warning })
    }
}

/// Looks for the header further down, and for another delimiter, where the header does not say country or the cells are not.
/// The error says what to type.
fn advise<'t>(
    beginning: Beginning<'t>,
    all: &[SampleRow<'t>],
    by_cells: &CountryColumns,
    looker: &mut Looker<'_, 't>,
) -> Result<()> {
    let columns = all.first().map_or(0, |header| header.len);
    let is_ragged = all.iter().any(|row| row.len != columns) || is_title(all);
    let is_told = by_cells.taken.is_some_and(|taken| taken.is_telling);
    if by_cells.is_good() && is_told {
        return Ok(());
    }
    looker.look_again();
    if let Some(advice) = beginning.other_line(looker) {
        bail!(advice);
    }
    let is_doubtful = !by_cells.is_good() || is_ragged;
    match beginning.other_delimiter(looker).filter(|_| is_doubtful) {
        Some(advice) => bail!(advice),
        None => Ok(()),
    }
}

/// Says why numbers are no codes.
fn numbers_note(column: &str, score: Score) -> String {
    let (none, all) = (score.numbers - score.known_numbers, score.numbers);
    format!(
        "the numbers in column {column} are not read as ISO 3166-1 codes, for {none} of {all} are none; '--codes iso' reads those that are"
    )
}
