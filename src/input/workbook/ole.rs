//! Looks over an old workbook (.xls) before calamine does, which makes room for as many cells as the file says that there
//! are: a byte that is wrong must not ask for all memory.

use crate::input::workbook::refusal::{Refusal, Refused};

/// How many cells the sheets may have, the empty ones between them counted.
const MOST_CELLS: u64 = 1 << 25;

/// How many rows and columns a sheet of the kind has.
const MOST_ROWS: u32 = 1 << 16;
const MOST_COLUMNS: u32 = 1 << 8;

/// The sizes of a small sector, and of the streams that are made of them.
const SMALL: usize = 64;
const SMALL_STREAM: usize = 4096;

/// The numbers of sectors from here on end a chain.
const END: u32 = 0xFFFF_FFFA;

/// The records of a stream that are looked at.
const END_OF_PART: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00BD;
const CELLS: [u16; 9] =
    [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, MANY_NUMBERS, 0x0207];

/// Refuses a workbook that says it has more cells than a sheet can have.
pub fn check(file: &[u8]) -> Refused<()> {
    let stream = stream(file).ok_or_else(|| broken("it holds no workbook"))?;
    let (mut at, mut area, mut cells) = (0, Area::default(), 0u64);
    while let (Some(kind), Some(len)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let start = at + 4;
        at = start + usize::from(len);
        let Some(data) = stream.get(start..at) else { break };
        if kind == DIMENSIONS {
            dimensions(data)?;
        } else if kind == END_OF_PART {
            cells += std::mem::take(&mut area).size();
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2))
        {
            let others = if kind == MANY_NUMBERS { data.len() / 6 } else { 1 };
            area.add(row.into(), u32::from(column) + u32::try_from(others).unwrap_or_default());
        }
        if area.columns > MOST_COLUMNS || cells + area.size() > MOST_CELLS {
            return Err(broken("it says that it has more cells than such a file can have"));
        }
    }
    Ok(())
}

/// What of a sheet has cells: up to which row and column.
#[derive(Default)]
struct Area {
    rows: u32,
    columns: u32,
}

impl Area {
    fn add(&mut self, row: u32, columns: u32) {
        self.rows = self.rows.max(row + 1);
        self.columns = self.columns.max(columns);
    }

    fn size(&self) -> u64 {
        u64::from(self.rows) * u64::from(self.columns)
    }
}

/// Looks at what a sheet says of its size: its first row and the one behind its last, and so its columns.
fn dimensions(data: &[u8]) -> Refused<()> {
    let wide = |at| u16_at(data, at).map(u32::from);
    let ends = if data.len() == 10 {
        [wide(0), wide(2), wide(4), wide(6)]
    } else {
        [u32_at(data, 0), u32_at(data, 4), wide(8), wide(10)]
    };
    match ends {
        [Some(top), Some(rows), Some(left), Some(columns)]
            if top <= rows
                && rows <= MOST_ROWS
                && (left <= columns || left > 0xFF)
                && columns <= MOST_COLUMNS =>
        {
            Ok(())
        }
        _ => Err(broken("a sheet says that it has rows and columns which it cannot have")),
    }
}

/// Returns the stream of the workbook in a compound file.
fn stream(file: &[u8]) -> Option<Vec<u8>> {
    let size = match u16_at(file, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sector = |id: u32| file.get((id as usize + 1) * size..)?.get(..size);
    let mut tables: Vec<u32> = numbers(file.get(76..512)?).collect();
    let mut next = u32_at(file, 68)?;
    // A chain that leads back to itself ends where the file would.
    for _ in 0..=file.len() / size {
        let Some(more) = Some(next).filter(|id| *id < END).and_then(sector) else { break };
        tables.extend(numbers(more));
        next = tables.pop()?;
    }
    let known = tables.iter().filter(|id| **id < END).filter_map(|id| sector(*id));
    let table: Vec<u32> = known.flat_map(numbers).collect();
    let chain =
        |start| chain(start, &table, |id| file.get((id as usize + 1) * size..), size, file.len());
    let entries = chain(u32_at(file, 48)?);
    let mut entries = entries.chunks_exact(128);
    let root = entries.next()?;
    let is_called = |entry: &&[u8]| {
        let name: Vec<u8> =
            entry.iter().step_by(2).copied().take_while(|byte| *byte != 0).collect();
        name.eq_ignore_ascii_case(b"workbook") || name.eq_ignore_ascii_case(b"book")
    };
    let entry = entries.find(is_called)?;
    let (start, len) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let mut stream = if len < SMALL_STREAM {
        let (small, table) = (chain(u32_at(root, 116)?), chain(u32_at(file, 60)?));
        let table: Vec<u32> = numbers(&table).collect();
        self::chain(start, &table, |id| small.get(id as usize * SMALL..), SMALL, small.len())
    } else {
        chain(start)
    };
    stream.truncate(len);
    Some(stream)
}

/// Returns the sectors of a chain, one behind the other, `most` bytes or a few more of them.
fn chain<'f>(
    mut id: u32,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'f [u8]>,
    size: usize,
    most: usize,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    while id < END && bytes.len() <= most {
        let Some(rest) = sector(id) else { break };
        bytes.extend_from_slice(rest.get(..size).unwrap_or(rest));
        id = table.get(id as usize).copied().unwrap_or(END);
    }
    bytes
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let (fours, _) = bytes.as_chunks::<4>();
    fours.iter().map(|four| u32::from_le_bytes(*four))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn broken(why: &str) -> Refusal {
    Refusal::Broken(why.to_owned())
}
