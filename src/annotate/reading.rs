//! How a table is read, from its first rows: which columns matter, what its codes are, or what to type instead.

use anyhow::{Result, bail};

use crate::annotate::added::Added;
use crate::annotate::advice::{Beginning, is_title};
use crate::annotate::columns::{FoundColumns, column, typed};
use crate::annotate::country_column::{CountryColumns, country_columns};
use crate::annotate::looker::Looker;
use crate::annotate::sample::{ROWS, Rows, Sample};
use crate::annotate::score::Score;
use crate::annotate::table::UserTable;
use crate::annotate::values::Requested;
use crate::index::Index;
use crate::index::codes::CodeReading;
use crate::input::reader::Input;

/// Reads the first rows ahead, of which more may be on their way. Whoever names the column, or has but one, and begins with a
/// name, need not wait for them: a program may answer each row before it sends the next.
///
/// # Errors
/// They cannot be read.
pub fn read_ahead<'i>(
    index: &'i Index,
    input: &mut Input<'_>,
    (table, delimiter): (&UserTable<'_>, u8),
    query: &Requested<'i>,
    names: &[String],
) -> Result<()> {
    let only = (names.len() == 1).then_some(0);
    let asked = table.wanted.country.and_then(|asked| column(names, asked).ok());
    if let Some(column) = asked.or(only) {
        let header = usize::from(table.wanted.header);
        input.read_ahead(header + 1)?;
        let sample = Sample::new(input.beginning(), false, delimiter, header + 1);
        let rows = sample.rows();
        let first = rows.records().get(header).map(|row| rows.field(row, column));
        let looker = Looker::new(index, query);
        if table.is_system_given || first.is_some_and(|first| looker.is_name(first)) {
            return Ok(());
        }
    }
    input.read_ahead(ROWS + 1)
}

/// What the first rows say.
#[derive(Debug)]
pub struct Reading {
    /// The columns that matter.
    pub columns: FoundColumns,
    /// Another column of countries, where far more of its cells are than of the one that the user names.
    pub better: Option<usize>,
    /// How its codes are read.
    pub codes: CodeReading,
    /// That the header may be a row.
    pub warning: Option<String>,
}

impl Reading {
    /// Reads the first rows.
    ///
    /// # Errors
    /// The columns are not to be found, or the rows are no table: with what to type instead.
    pub fn new<'i>(
        index: &'i Index,
        input: &Input<'_>,
        (table, delimiter): (&UserTable<'_>, u8),
        (query, added): (&Requested<'i>, &[Added<'i>]),
        names: &[String],
    ) -> Result<Self> {
        let wanted = table.wanted;
        let beginning = Beginning {
            name: input.name(),
            text: input.beginning(),
            ended: input.is_all_read(),
            delimiter,
            is_explicit: table.delimiter.is_some(),
            first_line: input.first_line(),
            usual: table.usual,
        };
        let sample = beginning.sample();
        let all = sample.rows();
        let rows = if wanted.header { all.behind_header() } else { all };
        let mut looker = Looker::new(index, query);
        let told = if wanted.header { names } else { &vec![String::new(); names.len()] };
        let by_cells = country_columns(told, rows, &mut looker);
        if wanted.header {
            if let Some(wrong) = beginning.of_rows(all) {
                bail!(wrong);
            }
            if wanted.country.is_none() {
                advise(beginning, all, &by_cells, &mut looker)?;
            }
        }
        let found = FoundColumns::find(names, wanted, added, &by_cells);
        let in_header = wanted.header && (found.is_err() || rows.records().is_empty());
        let in_header =
            in_header.then(|| beginning.countries_in_header(names, rows, &mut looker)).flatten();
        let mut columns = match (found, &in_header) {
            (Err(error), Some(hint)) => bail!("{error}; {hint}"),
            (found, _) => found?,
        };
        let score = looker.score(rows, columns.country);
        let mut codes = query.codes;
        if !table.is_system_given {
            codes = looker.codes(rows, columns.country, score);
            if codes.without_numbers && score.known_numbers > 0 {
                columns.notes.push(numbers_note(&typed(names, columns.country), score));
            }
        }
        let warning = in_header.map(|hint| format!("{} has no rows; {hint}", input.name()));
        Ok(Self { better: better(&by_cells, &columns, score), columns, codes, warning })
    }
}

/// Looks for the header further down, and for another delimiter, where the header does not say country or the cells are not.
///
/// # Errors
/// Such a reading is found: the message says what to type.
fn advise<'t>(
    beginning: Beginning<'t>,
    all: Rows<'_, 't>,
    by_cells: &CountryColumns,
    looker: &mut Looker<'_, 't>,
) -> Result<()> {
    let columns = all.records().first().map_or(0, |header| header.len);
    let is_ragged = all.records().iter().any(|row| row.len != columns) || is_title(all.header());
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

/// The column that the cells say, where that is not the one that is read.
fn better(by_cells: &CountryColumns, columns: &FoundColumns, score: Score) -> Option<usize> {
    let taken = by_cells.taken.filter(|taken| taken.column != columns.country)?;
    (taken.score.is_good() && taken.score.share() >= 2.0 * score.share()).then_some(taken.column)
}
