//! Looks over an old workbook (.xls) before calamine does, which makes room for as many cells as the file says that there
//! are: a byte that is wrong must not ask for all memory.

use anyhow::{Context, Result, bail};

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
pub fn check(file: &[u8]) -> Result<()> {
    let stream = stream(file).context("it holds no workbook")?;
    // Up to which row and column a sheet has cells, and how many those before it have.
    let (mut at, mut rows, mut columns, mut cells) = (0, 0u64, 0u64, 0u64);
    while let (Some(kind), Some(len)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let start = at + 4;
        at = start + usize::from(len);
        let Some(data) = stream.get(start..at) else { break };
        if kind == DIMENSIONS && !is_possible(data) {
            bail!("a sheet says that it has rows and columns which it cannot have");
        } else if kind == END_OF_PART {
            cells += rows * columns;
            (rows, columns) = (0, 0);
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2))
        {
            let others = if kind == MANY_NUMBERS { data.len() as u64 / 6 } else { 1 };
            rows = rows.max(u64::from(row) + 1);
            columns = columns.max(u64::from(column) + others);
        }
        if columns > MOST_COLUMNS.into() || cells + rows * columns > MOST_CELLS {
            bail!("it says that it has more cells than such a file can have");
        }
    }
    Ok(())
}

/// Returns whether a sheet can have what it says of its size: its first row and the one behind its last, and so its columns.
fn is_possible(dimensions: &[u8]) -> bool {
    let wide = |at| u16_at(dimensions, at).map(u32::from);
    let ends = if dimensions.len() == 10 {
        [wide(0), wide(2), wide(6)]
    } else {
        [u32_at(dimensions, 0), u32_at(dimensions, 4), wide(10)]
    };
    matches!(ends, [Some(top), Some(rows), Some(columns)]
        if top <= rows && rows <= MOST_ROWS && columns <= MOST_COLUMNS)
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
