//! Whether another column than the one that was read holds the countries: asked only where most of them were not found.

use crate::annotate::annotator::Annotator;
use crate::annotate::columns::typed;
use crate::annotate::unmatched::Status;
use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::input::encoding::Encoding;
use crate::input::field;
use crate::input::problem::Problem;
use crate::input::record::Record;
use crate::input::scan::Scanner;
use crate::input::sink::Sink;
use crate::text::quoted;

/// How many rows and columns are looked at.
const ROWS: usize = 50;
const MOST_COLUMNS: usize = 64;

/// The beginning of a file, which rows are looked at again.
pub struct Beginning {
    /// Its bytes.
    pub text: Vec<u8>,
    /// What separates the columns.
    pub delimiter: u8,
    /// The names of the columns.
    pub names: Vec<String>,
    /// Whether the first row has them.
    pub header: bool,
    /// The column that was read.
    pub country: usize,
}

/// What to say where most names were not found, and whether nothing was.
pub struct WrongColumnHint {
    /// The message.
    pub text: String,
    /// Whether no row at all has a country.
    pub is_empty: bool,
}

/// Returns what to say of the rows; nothing where most names were found. A plain list has no columns.
pub fn hint(annotator: &Annotator<'_>, beginning: Option<&Beginning>) -> Option<WrongColumnHint> {
    let rows = |holds: &dyn Fn(Status) -> bool| -> u64 {
        let statuses = Status::ALL.into_iter().filter(|status| holds(*status));
        statuses.map(|status| annotator.rows(status)).sum()
    };
    let (found, unmatched) = (rows(&Status::is_country), rows(&Status::is_unmatched));
    let other = beginning.filter(|_| unmatched >= found);
    let other = other.and_then(|beginning| Some((beginning, other_column(annotator, beginning)?)));
    let is_empty = found == 0 && (unmatched > 0 || other.is_some());
    if !is_empty && (other.is_none() || unmatched == 0) {
        return None;
    }
    let called = beginning.map_or("the list".to_owned(), |beginning| {
        let name = beginning.names.get(beginning.country);
        match name.filter(|_| beginning.header) {
            Some(name) => format!("column {}", quoted(name)),
            None => format!("column {}", beginning.country + 1),
        }
    });
    let said = if is_empty {
        format!("nothing in {called} names a country")
    } else {
        format!("most of {called} names no country")
    };
    let hint = other.map_or(String::new(), |(beginning, other)| {
        let typed =
            if beginning.header { typed(&beginning.names, other) } else { (other + 1).to_string() };
        format!("; column {} does: try --column {typed}", other + 1)
    });
    let text = said + &hint + annotator.encoding_hint();
    Some(WrongColumnHint { text, is_empty })
}

/// The place of the column most of whose cells name countries, in words and not only numbers.
fn other_column(annotator: &Annotator<'_>, beginning: &Beginning) -> Option<usize> {
    let (index, encoding) = annotator.words();
    let mut sample = Sample {
        index,
        encoding,
        record: Record::with_most(MOST_COLUMNS),
        columns: vec![(0, 0); beginning.names.len().min(MOST_COLUMNS)],
        left: ROWS + usize::from(beginning.header),
        header: beginning.header,
    };
    // The beginning may be cut in a row, or hold what ended the work already.
    let mut scanner = Scanner::new(beginning.delimiter);
    let _ = scanner.scan(&beginning.text, false, &mut sample);
    let columns = sample.columns.iter().enumerate();
    let most = columns.filter(|(place, (countries, cells))| {
        *place != beginning.country && *countries > 0 && countries * 2 > *cells
    });
    most.max_by_key(|(_, (countries, _))| *countries).map(|(place, _)| place)
}

/// Counts, in each column, the cells that name countries, and all that are not empty.
struct Sample<'i> {
    index: &'i Index,
    encoding: Encoding,
    record: Record,
    columns: Vec<(usize, usize)>,
    left: usize,
    header: bool,
}

impl Sink for Sample<'_> {
    fn fields(&mut self, base: usize, delimiters: u64) {
        self.record.fields(base, delimiters);
    }

    fn record(&mut self, chunk: &[u8], start: usize, end: usize) -> Result<(), Problem> {
        self.record.end(end);
        let is_row = !std::mem::take(&mut self.header) && self.left > 0;
        self.left = self.left.saturating_sub(1);
        for (place, (countries, cells)) in self.columns.iter_mut().enumerate() {
            let field = self.record.field(chunk, start, place).filter(|_| is_row);
            let value = field::value(field.unwrap_or_default());
            let text = self.encoding.lossy(&value);
            if !text.trim().is_empty() {
                *cells += 1;
                let is_country = text.contains(char::is_alphabetic)
                    && matches!(self.index.resolve(&text), Resolution::Country { .. });
                *countries += usize::from(is_country);
            }
        }
        self.record.clear();
        Ok(())
    }

    fn blank(&mut self, _chunk: &[u8], _end: usize) -> Result<(), Problem> {
        Ok(())
    }

    fn rest(&mut self, _chunk: &[u8], _start: usize) -> Result<(), Problem> {
        Ok(())
    }
}
