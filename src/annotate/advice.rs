//! What to type where a file is no table as it stands: lines above the header, another delimiter, rows quoted whole.

use crate::annotate::country_column::{country_columns, fits, is_country_name};
use crate::annotate::looker::Looker;
use crate::annotate::options::UserTable;
use crate::annotate::sample::{ROWS, SampleRow, below, sample};
use crate::input::delimiter::COMMON;
use crate::input::open::STDIN;
use crate::input::{Input, delimiter, field};
use crate::text::{joined, quoted, shell};

/// How many countries in a header are named.
const SHOWN: usize = 3;

/// How many lines may stand above the header.
const MOST_LINES: usize = 30;

/// The beginning of a file, or what follows its first lines, and how it is read.
#[derive(Clone, Copy)]
pub struct Beginning<'t> {
    pub input: &'t Input<'t>,
    pub table: &'t UserTable<'t>,
    pub text: &'t [u8],
    pub delimiter: u8,
}

impl<'t> Beginning<'t> {
    pub fn sample(self) -> Vec<SampleRow<'t>> {
        sample(self.text, self.input.is_all_read(), self.delimiter, ROWS + 1)
    }

    /// The text as the input of a command.
    fn piped(self, command: &str) -> String {
        match &*self.input.name {
            STDIN => format!("{command} | tip annotate -"),
            name => format!("{command} {} | tip annotate -", shell(name)),
        }
    }

    /// Returns what is wrong with every row, whatever the columns are.
    pub fn of_rows(self, rows: &[SampleRow<'_>]) -> Option<String> {
        let header = rows.first()?;
        let rows_behind = below(rows);
        if let Some(sign) = self.text.strip_prefix(b"sep=").and_then(<[u8]>::first) {
            let (skip, delimiter) = (self.input.first_line(), delimiter::name(*sign));
            return Some(format!(
                "a line 'sep=' is for one spreadsheet program; try --skip {skip} --delimiter {delimiter}"
            ));
        }
        let all = |holds: &dyn Fn(&[u8], usize) -> bool| {
            !rows_behind.is_empty()
                && rows_behind.iter().all(|it| holds(it.field(header.len), it.len))
        };
        let cr = if self.text.contains(&b'\r') { "\\r*" } else { "" };
        if all(&|last, len| len == header.len + 1 && field::value(last).is_empty()) {
            let (name, line) = (delimiter::name(self.delimiter), header.line);
            let sign = match self.delimiter {
                b'\t' => "\\t".to_owned(),
                b'|' => "|".to_owned(),
                other => char::from(other).to_string(),
            };
            let command = self.piped(&format!("sed '{line}s/{cr}$/{sign}&/'"));
            return Some(format!(
                "every row ends with {name}, behind which a field is empty, but the header does not; type: {command}"
            ));
        }
        let whole = |row: &SampleRow<'_>| {
            let first = row.field(0);
            first.starts_with(b"\"") && field::value(first).iter().any(|it| COMMON.contains(it))
        };
        let header_parts = header.len > 1 || whole(header);
        let quoted = rows_behind.iter().all(|it| it.len == 1 && whole(it));
        if !rows_behind.is_empty() && header_parts && quoted {
            let command = format!("sed 's/^\"//; s/\"{cr}$//; s/\"\"/\"/g'");
            return Some(format!(
                "each row is quoted as a whole, and so is one field; type: {}",
                self.piped(&command)
            ));
        }
        None
    }

    /// Returns which line below the first looks like the header: the column of countries under it is one, and has its name, or the
    /// line has as many columns as the rows, and the first has not.
    pub fn other_line(self, looker: &mut Looker<'_, 't>) -> Option<String> {
        let rows = self.sample();
        let columns = rows.first()?.len;
        let is_title = is_title(&rows);
        let mut at = 0;
        for line in 1..=MOST_LINES {
            at += next_line(self.text.get(at..)?)?;
            let text = self.text.get(at..)?;
            let known = self.table.delimiter.or_else(|| delimiter::only(text));
            let delimiter = known.unwrap_or(self.table.usual);
            if text.starts_with(b"\n") || text.starts_with(b"\r") {
                continue;
            }
            let below = Self { text, delimiter, ..self };
            let is_meant = |is_telling, found| is_telling || is_title || found != columns;
            if below.is_table(looker, is_meant) {
                let skipped = self.input.first_line() + line as u64 - 1;
                let read = match known {
                    Some(_) => String::new(),
                    None => format!(" --delimiter {}", delimiter::name(delimiter)),
                };
                return Some(format!(
                    "line {} looks like the header; try --skip {skipped}{read}",
                    skipped + 1
                ));
            }
        }
        None
    }

    /// Whether a text is a table with one column of countries. `is_meant`: whether that is so by whether the column has its
    /// name, and by the number of columns.
    fn is_table(self, looker: &mut Looker<'_, 't>, is_meant: impl Fn(bool, usize) -> bool) -> bool {
        let header = sample(self.text, self.input.is_all_read(), self.delimiter, 1);
        let names = names(&header, looker);
        if is_title(&header)
            || !is_meant(names.iter().any(|name| fits(name).is_some()), names.len())
        {
            return false;
        }
        let rows = self.sample();
        let behind = below(&rows);
        if !behind.iter().all(|it| it.len == names.len()) {
            return false;
        }
        let found = country_columns(&names, behind, looker);
        let Some(taken) = found.taken else {
            return false;
        };
        let is_header = names.get(taken.column).is_some_and(|name| !is_country_name(looker, name));
        found.is_good() && is_header && is_meant(taken.is_telling, names.len())
    }

    /// Returns which delimiter gives a column of countries; none where the user gives one.
    pub fn other_delimiter(self, looker: &mut Looker<'_, 't>) -> Option<String> {
        if self.table.delimiter.is_some() {
            return None;
        }
        let others = COMMON.into_iter().chain(*b":^~").filter(|other| *other != self.delimiter);
        for delimiter in others {
            let read = Self { delimiter, ..self };
            let rows = read.sample();
            let names = names(&rows, looker);
            let is_called = || names.len() > 1 && names.iter().any(|name| fits(name).is_some());
            if below(&rows).is_empty() && is_called()
                || read.is_table(looker, |_, columns| columns > 1)
            {
                return Some(format!(
                    "the header {} looks parted by another delimiter; try --delimiter {}",
                    quoted(&first_line(self.text, looker)),
                    delimiter::name(delimiter)
                ));
            }
        }
        None
    }

    /// What to do where the header itself names countries: it is a row, or each column is a country's.
    pub fn countries_in_header(
        self,
        names: &[String],
        rows: &[SampleRow<'t>],
        looker: &mut Looker<'_, 't>,
    ) -> Option<String> {
        let is_empty = rows.is_empty();
        let columns = names.iter().enumerate();
        let in_header = columns.filter(|(_, name)| is_country_name(looker, name));
        let countries: Vec<usize> = in_header.map(|(column, _)| column).collect();
        let mut as_rows = countries.iter();
        let is_row = |column: &&usize| is_empty || looker.score(rows, **column).is_good();
        if let Some(column) = as_rows.find(is_row) {
            let column = column + 1;
            return Some(format!("is there no header? then try --no-header --column {column}"));
        }
        if countries.len() < 2 || countries.len() * 2 < names.len() {
            return None;
        }
        let shown = countries.iter().take(SHOWN).filter_map(|it| Some(quoted(names.get(*it)?)));
        let (shown, sign) = (joined(shown, "and"), delimiter::name(self.delimiter));
        let sign = if self.delimiter == b'\t' { "'\\t'".to_owned() } else { sign };
        let command = self
            .piped("head -n 1")
            .replace("tip annotate -", &format!("tr {sign} '\\n' | tip annotate --lines -"));
        Some(format!(
            "countries are columns here, such as {shown}, and tip adds to rows: reshape the table to a row per country, or annotate its header alone: {command}"
        ))
    }
}

/// Whether of three names or more one at most is not empty: a title above a table that a spreadsheet program filled up.
pub fn is_title(rows: &[SampleRow<'_>]) -> bool {
    let names = rows.first().map_or(&[][..], |header| &header.fields);
    names.len() > 2 && names.iter().filter(|name| !matches!(**name, b"" | b"\"\"")).count() < 2
}

/// The texts of the first row.
fn names(rows: &[SampleRow<'_>], looker: &Looker<'_, '_>) -> Vec<String> {
    let header = rows.first().map_or(&[][..], |header| &header.fields);
    header.iter().map(|field| looker.text(field)).collect()
}

/// Where the next line begins; none behind the last.
fn next_line(text: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\n', b'\r', text)?;
    Some(at + 1 + usize::from(text.get(at..at + 2) == Some(b"\r\n")))
}

fn first_line(text: &[u8], looker: &Looker<'_, '_>) -> String {
    let mut lines = text.split(|byte| b"\r\n".contains(byte)).filter(|line| !line.is_empty());
    looker.text(lines.next().unwrap_or_default())
}
