//! Every format of cells with anything in them: each is read back as what it was, and on a terminal nothing acts.

use serde_json::{Map, Value};

use tip_report::output::cell::Cell;
use tip_report::output::column::Columns;
use tip_report::output::data::Data;
use tip_report::output::escape::shown;
use tip_report::output::format::Format;
use tip_report::output::people::People;
use tip_report::output::remarks::Remarks;
use tip_report::output::screen::Screen;
use tip_report::output::table::{Item, Layout, Table, Writer};
use tip_report::text::acts_on_terminal;

const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// A NUL byte ends a cell, and a `|` first makes it a list.
fn cells(bytes: &[u8]) -> Vec<Cell> {
    let cell = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        match text.strip_prefix('|') {
            Some(items) => Cell::list(items.split('|')),
            None => Cell::optional(Some(text)),
        }
    };
    bytes.split(|byte| *byte == 0).map(cell).collect()
}

fn table(layout: Layout, width: usize, rows: &[Vec<Cell>]) -> Table<'_> {
    let mut columns = Columns::<&Vec<Cell>>::new();
    for (place, name) in NAMES.iter().enumerate().take(width) {
        columns =
            columns.with(name, "", move |row| row.get(place).cloned().unwrap_or(Cell::Missing));
    }
    Table::new(layout, columns, rows.iter().collect())
}

fn rendered(mut table: Table<'_>, format: Format, screen: Screen) -> String {
    let mut writer: Box<dyn Writer<'_>> = match format {
        Format::Table => Box::new(People::new(&table, true, screen)),
        format => Box::new(Data::new(&table, format, true, screen)),
    };
    let mut out = Vec::new();
    for item in table.rows.by_ref() {
        let Ok(Item::Row(row)) = item else { unreachable!("only rows") };
        writer.row(row, &mut out).expect("memory");
    }
    writer.end(&mut Remarks::default(), &mut out).expect("memory");
    String::from_utf8(out).expect("text")
}

/// The first bytes say how many columns the cells stand in, and how wide the screen is.
pub fn hold(bytes: &[u8]) {
    let [columns, width, bytes @ ..] = bytes else {
        return;
    };
    let columns = usize::from(columns % 5) + 1;
    let rows: Vec<Vec<Cell>> = cells(bytes).chunks(columns).map(<[Cell]>::to_vec).collect();
    let grid = || table(Layout::Grid, columns, &rows);
    let plain = |format| rendered(grid(), format, Screen::default());
    let header = NAMES.get(..columns).unwrap_or_default();
    let padded = |row: &Vec<Cell>| {
        let mut row = row.clone();
        row.resize(columns, Cell::Missing);
        row
    };
    let expected: Vec<Vec<Cell>> = rows.iter().map(padded).collect();
    csv_is_read_back(&plain(Format::Csv), header, &expected);
    tsv_is_read_back(&plain(Format::Tsv), header, &expected);
    json_is_read_back(&plain(Format::Json), &plain(Format::Ndjson), header, &expected);
    markdown_has_a_line_a_row(&plain(Format::Markdown), header, &expected);
    for layout in [Layout::Grid, Layout::Record, Layout::Text] {
        let table = || table(layout, columns, &rows);
        rendered(table(), Format::Table, Screen::default());
        let screen = Screen { terminal: true, width: Some((*width).into()), ..Screen::default() };
        let text = rendered(table(), Format::Table, screen);
        assert!(!text.replace('\n', "").contains(acts_on_terminal));
        let longest = text.lines().map(str::len).max().unwrap_or(0);
        let is_held = *width < 20 || layout == Layout::Text || !text.is_ascii();
        assert!(is_held || longest <= usize::from(*width), "{width}:\n{text}");
    }
    let (text, done) = shown(bytes, true);
    assert_eq!(done, bytes.len());
    let text = text.replace("\r\n", "").replace(['\n', '\t'], "");
    assert!(!text.contains(acts_on_terminal), "{text:?}");
}

/// The cells of a row as one text each.
fn joined(row: &[Cell]) -> Vec<String> {
    row.iter().map(|cell| cell.joined(";").into_owned()).collect()
}

fn csv_is_read_back(text: &str, header: &[&str], rows: &[Vec<Cell>]) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("a header"), header);
    let records = reader.records().map(|record| record.expect("a row"));
    let records: Vec<Vec<String>> =
        records.map(|record| record.iter().map(str::to_owned).collect()).collect();
    let rows: Vec<_> = rows.iter().map(|row| joined(row)).collect();
    assert_eq!(records, rows);
}

/// What stands for the bytes of a value of TSV.
fn unescaped(value: &str) -> String {
    let (mut out, mut letters) = (String::new(), value.chars());
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.expect("an escape is two letters"),
            },
            letter => letter,
        });
    }
    out
}

fn tsv_is_read_back(text: &str, header: &[&str], rows: &[Vec<Cell>]) {
    let text = text.strip_suffix('\n').expect("the last line ends");
    let mut lines = text.split('\n');
    assert_eq!(lines.next(), Some(&*header.join("\t")));
    let lines = lines.map(|line| line.split('\t').map(unescaped).collect());
    let lines: Vec<Vec<String>> = lines.collect();
    let rows: Vec<_> = rows.iter().map(|row| joined(row)).collect();
    assert_eq!(lines, rows);
}

fn json_is_read_back(array: &str, lines: &str, header: &[&str], rows: &[Vec<Cell>]) {
    assert!(!array.replace('\n', "").contains(acts_on_terminal));
    let array: Vec<Map<String, Value>> = serde_json::from_str(array).expect("an array");
    let lines: Vec<&str> = lines.split_terminator('\n').collect();
    assert_eq!((array.len(), lines.len()), (rows.len(), array.len()));
    for ((object, line), row) in array.iter().zip(lines).zip(rows) {
        let of_line: Map<String, Value> = serde_json::from_str(line).expect("an object");
        assert_eq!(&of_line, object);
        for (name, cell) in header.iter().zip(row) {
            let value = match cell {
                Cell::Missing => Value::Null,
                Cell::List(items) => items.clone().into(),
                cell => cell.joined("").into(),
            };
            assert_eq!(object.get(*name), Some(&value));
        }
    }
}

fn markdown_has_a_line_a_row(text: &str, header: &[&str], rows: &[Vec<Cell>]) {
    let lines: Vec<&str> = text.split_terminator('\n').collect();
    assert_eq!(lines.len(), rows.len() + 2);
    for line in lines {
        let line = line.replace("\\\\", "");
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, header.len() + 1, "{line}");
    }
}
