//! A sheet of a workbook of `LibreOffice` and others (.ods), read as it stands in the file: a row or a cell that is repeated a million
//! times takes no memory before it is asked for, and regions that are merged are known.

use std::io::{BufRead, BufReader, Cursor, Read};

use anyhow::{Context, Result, bail};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::input::workbook::cells::{
    MOST_COLUMNS, MOST_ROWS, Refusal, Rows, iso_date, iso_time, number, truth,
};

/// The parts of a workbook that is a ZIP archive.
pub type Parts<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Refuses a workbook that needs a password.
pub fn refuse_encrypted(parts: &mut Parts<'_>) -> Result<()> {
    let mut manifest = Vec::new();
    if let Ok(part) = parts.by_name("META-INF/manifest.xml") {
        part.take(1 << 20).read_to_end(&mut manifest)?;
    }
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        bail!(Refusal::encrypted());
    }
    Ok(())
}

/// Returns the names of the sheets, and whether they are hidden.
pub fn sheets(parts: &mut Parts<'_>) -> Result<Vec<(String, bool)>> {
    let mut xml = Xml::open(parts)?;
    let (mut style, mut hidden, mut sheets) = (String::new(), Vec::new(), Vec::new());
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        match tag.name().as_ref() {
            "style:style" => style = attribute(&tag, "style:name")?.unwrap_or_default(),
            "style:table-properties"
                if attribute(&tag, "table:display")?.as_deref() == Some("false") =>
            {
                hidden.push(style.clone());
            }
            "table:table" => {
                if let Some(name) = attribute(&tag, "table:name")? {
                    let style = attribute(&tag, "table:style-name")?.unwrap_or_default();
                    sheets.push((name, hidden.contains(&style)));
                }
            }
            _ => {}
        }
    }
    Ok(sheets)
}

/// Reads a sheet into rows.
pub fn read(parts: &mut Parts<'_>, sheet: &str, rows: &mut Rows) -> Result<()> {
    let mut xml = Xml::open(parts)?;
    let (mut is_inside, mut row) = (false, 0u32);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) if tag.name().as_ref() == "table:table" && !is_inside => {
                is_inside = attribute(&tag, "table:name")?.as_deref() == Some(sheet);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table" && is_inside => return Ok(()),
            Event::Start(tag) if tag.name().as_ref() == "table:table-row" && is_inside => {
                let times = repeated(&tag, "table:number-rows-repeated")?;
                let cells = row_of(&mut xml)?;
                let rows_with_it = if cells.is_empty() { 0 } else { times.min(MOST_ROWS) };
                for row in row..row.saturating_add(rows_with_it) {
                    add(rows, row, &cells)?;
                }
                row = row.saturating_add(times);
            }
            _ => {}
        }
    }
    Ok(())
}

/// A cell that is not empty: its text, how often it is there, and how many rows it is merged with.
struct Cell {
    column: u32,
    text: String,
    times: u32,
    rows: u32,
}

fn add(rows: &mut Rows, row: u32, cells: &[Cell]) -> Result<()> {
    for cell in cells {
        let last = row.saturating_add(cell.rows - 1);
        for column in cell.column..cell.column.saturating_add(cell.times) {
            rows.add((row, column), &cell.text, last)?;
        }
    }
    Ok(())
}

/// Reads the cells of a row.
fn row_of(xml: &mut Xml<'_>) -> Result<Vec<Cell>> {
    let (mut cells, mut column) = (Vec::new(), 0u32);
    while let Some(event) = xml.next()? {
        match event {
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(cells),
            Event::Start(tag) if is_cell(tag.name().as_ref()) => {
                let times = repeated(&tag, "table:number-columns-repeated")?;
                let rows = repeated(&tag, "table:number-rows-spanned")?;
                let value = value(&tag)?;
                let shown = xml.shown()?;
                let text = value.unwrap_or(shown);
                if !text.is_empty() {
                    let times = times.min(MOST_COLUMNS);
                    cells.push(Cell { column, text, times, rows });
                }
                column = column.saturating_add(times);
            }
            _ => {}
        }
    }
    bail!("a row has no end")
}

fn is_cell(name: &str) -> bool {
    matches!(name, "table:table-cell" | "table:covered-table-cell")
}

/// Returns the text of a cell's value; none where it is what the cell shows.
fn value(tag: &BytesStart<'_>) -> Result<Option<String>> {
    let kind = attribute(tag, "office:value-type")?.unwrap_or_default();
    let name = match &*kind {
        "float" | "percentage" | "currency" => "office:value",
        "date" => "office:date-value",
        "time" => "office:time-value",
        "boolean" => "office:boolean-value",
        "string" => "office:string-value",
        // The cell may be formatted, and have no value.
        "" => return Ok(Some(String::new())),
        _ => return Ok(None),
    };
    let Some(written) = attribute(tag, name)?.filter(|written| !written.is_empty()) else {
        return Ok(None);
    };
    Ok(Some(match &*kind {
        "date" => iso_date(&written),
        "time" => iso_time(&written),
        "boolean" => truth(written == "true").to_owned(),
        "string" => written,
        _ => written.parse().map_or(written, number),
    }))
}

/// Returns a number of times, which is 1 unless it is said.
fn repeated(tag: &BytesStart<'_>, name: &str) -> Result<u32> {
    let times = attribute(tag, name)?.map(|times| times.trim().parse::<u32>());
    Ok(times.transpose()?.unwrap_or(1).max(1))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>> {
    let Some(attribute) = tag.try_get_attribute(name)? else {
        return Ok(None);
    };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
    Ok(Some(value.into_owned()))
}

/// The part that has all sheets.
struct Xml<'p> {
    reader: Reader<Box<dyn BufRead + 'p>>,
    buffer: Vec<u8>,
}

impl<'p> Xml<'p> {
    fn open(parts: &'p mut Parts<'_>) -> Result<Self> {
        let part: Box<dyn BufRead + 'p> = Box::new(BufReader::new(parts.by_name("content.xml")?));
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, buffer: Vec::new() })
    }

    /// Returns what comes next, if anything does.
    fn next(&mut self) -> Result<Option<Event<'_>>> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer)? {
            Event::Eof => Ok(None),
            event => Ok(Some(event)),
        }
    }

    /// Reads on to the end of a cell. Returns what it shows: its paragraphs, without comments and what is drawn.
    fn shown(&mut self) -> Result<String> {
        let (mut text, mut paragraphs, mut depth) = (String::new(), 0, 0);
        while let Some(event) = self.next()? {
            match event {
                Event::Start(tag) if is_beside(tag.name().as_ref()) => {
                    let tag = tag.to_end().into_owned();
                    self.reader.read_to_end_into(tag.name(), &mut self.buffer)?;
                }
                Event::Start(tag) => {
                    depth += 1;
                    begin(&tag, &mut text, &mut paragraphs)?;
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => depth -= 1,
                Event::Text(part) if depth > 0 => text.push_str(&part.xml10_content()),
                Event::CData(part) if depth > 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) if depth > 0 => text.push_str(&letter(&reference)?),
                _ => {}
            }
        }
        bail!("a cell has no end")
    }
}

/// Returns whether an element stands beside what a cell shows: a comment, or what is drawn.
fn is_beside(name: &str) -> bool {
    name == "office:annotation" || name.starts_with("draw:")
}

/// Adds what an element of a paragraph stands for.
fn begin(tag: &BytesStart<'_>, text: &mut String, paragraphs: &mut usize) -> Result<()> {
    match tag.name().as_ref() {
        "text:p" => {
            if *paragraphs > 0 {
                text.push('\n');
            }
            *paragraphs += 1;
        }
        "text:s" => {
            let spaces = repeated(tag, "text:c")?.min(1 << 15);
            text.extend((0..spaces).map(|_| ' '));
        }
        "text:tab" => text.push('\t'),
        "text:line-break" => text.push('\n'),
        _ => {}
    }
    Ok(())
}

/// Returns the letter that a reference such as `&amp;` names.
fn letter(reference: &BytesRef<'_>) -> Result<String> {
    if let Some(letter) = reference.resolve_char_ref()? {
        return Ok(letter.to_string());
    }
    let name = reference.xml10_content();
    let letter = resolve_predefined_entity(&name).with_context(|| format!("it has &{name};"))?;
    Ok(letter.to_owned())
}
