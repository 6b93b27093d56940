//! The cache: what it keeps, counts and evicts.

use std::collections::HashMap;

use super::*;

/// Counts one row with a cell, kept if it can be. Returns whether it was found.
fn row(cache: &mut Cache, cell: &str) -> bool {
    let known = cache.find(Cell::of(cell.as_bytes()));
    let found = known.unwrap_or_else(|| cache.add(cell.as_bytes(), Name::UNKNOWN));
    cache.count(found, true);
    known.is_some()
}

/// A cache that was full once: cells 0 to `MOST_CELLS`, the even ones in two rows.
fn full() -> Cache {
    let mut cache = Cache::new();
    for cell in 0..MOST_CELLS {
        for _ in 0..2 - cell % 2 {
            row(&mut cache, &format!("cell {cell}"));
        }
    }
    row(&mut cache, "one more");
    cache
}

#[test]
fn the_rarer_half_is_evicted_and_counts_stay() {
    let cache = full();
    let rows: HashMap<&[u8], u64> = cache.unmatched().map(|(cell, _, rows)| (cell, rows)).collect();
    assert_eq!(rows.len(), MOST_CELLS / 2 + 1);
    assert_eq!(rows.get(b"one more".as_slice()), Some(&1));
    for cell in 0..MOST_CELLS {
        let twice = (cell % 2 == 0).then_some(&2);
        assert_eq!(rows.get(format!("cell {cell}").as_bytes()), twice);
    }
}

#[test]
fn the_doorkeeper_admits_on_the_second_coming() {
    let mut cache = Cache::new();
    assert!(!row(&mut cache, "new"));
    assert!(row(&mut cache, "new"), "while there is room");
    let mut cache = full();
    assert!(!row(&mut cache, "new"));
    assert!(!row(&mut cache, "new"), "refused, then admitted");
    assert!(row(&mut cache, "new"));
}

#[test]
fn short_cells_are_told_apart_by_bytes_and_length() {
    let mut cache = Cache::new();
    let text = b"ab\0cdefghijklmnopqrstuvwxyz0123456789";
    let cell =
        |len: usize| Cell { bytes: text.get(..len).unwrap_or_default(), wide: text.first_chunk() };
    for len in 0..36 {
        assert!(cache.find(cell(len)).is_none(), "{len}");
        let added = Some(cache.add(cell(len).bytes, Name::UNKNOWN));
        assert_eq!(cache.find(cell(len)), added, "{len}, in the map");
        assert_eq!(cache.find(cell(len)), added, "{len}, among the recent");
    }
}
