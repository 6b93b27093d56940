//! A drawing on a terminal, and what stands under it.

use std::collections::{BTreeMap, BTreeSet};

use crate::output::color::{bold, on_shade};
use crate::output::drawing::{WIDEST, shown};
use crate::output::{Body, Drawing, Grid, Screen, Square};
use crate::text::{length, wrapped};

/// The drawing on a terminal, with the marks that `color::paint` takes.
pub fn text(drawing: &Drawing, screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
    let mut out = match &drawing.body {
        Body::Grid(grid) => squares(grid, width, screen),
        // Those are a table of strips there.
        Body::Bars(_) => String::new(),
    };
    out.push_str(&legend(drawing, width, screen));
    for line in &drawing.lines {
        out.push_str(&wrapped(line, width, 0, 2));
        out.push('\n');
    }
    out
}

/// What the signs mean, as many on a line as have room.
fn legend(drawing: &Drawing, width: usize, screen: Screen) -> String {
    const GAP: usize = 3;
    let (mut out, mut used) = (String::new(), 0);
    for key in &drawing.keys {
        let sign = shown(key.letter, screen).to_string();
        let len = length(&sign) + 1 + length(&key.name);
        if used > 0 && used + GAP + len > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push_str(&" ".repeat(GAP));
            used += GAP;
        }
        let sign = match key.shade.filter(|_| screen.color) {
            Some(shade) => on_shade(&sign, shade),
            None => sign,
        };
        for part in [&sign, " ", &key.name] {
            out.push_str(part);
        }
        used += len;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Columns of the screen that a square takes: two for its code, one for its letter.
const SIDE: usize = 3;

fn squares(grid: &Grid, width: usize, screen: Screen) -> String {
    let starts = starts(grid);
    match starts.last() {
        Some(last) if last + SIDE <= width => map(grid, &starts, screen),
        _ => groups(grid, width, screen),
    }
}

/// Where each column of the grid begins. A grid that would be too wide by one closes up between two columns in which no
/// squares touch.
fn starts(grid: &Grid) -> Vec<usize> {
    let taken: BTreeSet<(usize, usize)> =
        grid.squares.iter().map(|square| (square.column, square.row)).collect();
    let columns = taken.last().map_or(0, |(column, _)| column + 1);
    let touch = |column: usize| {
        let mut squares = taken.iter().filter(|(of, _)| *of == column);
        squares.any(|(_, row)| taken.contains(&(column + 1, *row)))
    };
    let seam = (columns * SIDE > WIDEST)
        .then(|| (0..columns).rfind(|column| *column + 1 < columns && !touch(*column)))
        .flatten();
    let behind = |column: &usize| usize::from(seam.is_some_and(|seam| *column > seam));
    (0..columns).map(|column| column * SIDE - behind(&column)).collect()
}

fn map(grid: &Grid, starts: &[usize], screen: Screen) -> String {
    let mut rows: BTreeMap<usize, Vec<&Square>> = BTreeMap::new();
    for square in &grid.squares {
        rows.entry(square.row).or_default().push(square);
    }
    let last = rows.keys().last().map_or(0, |last| last + 1);
    let line = |row: usize| {
        let mut squares = rows.get(&row).cloned().unwrap_or_default();
        squares.sort_by_key(|square| square.column);
        let (mut line, mut used) = (String::new(), 0);
        for square in squares {
            let start = starts.get(square.column).copied().unwrap_or(used);
            line.push_str(&" ".repeat(start.saturating_sub(used)));
            line.push_str(&tile(square, screen));
            used = start + SIDE;
        }
        line.trim_end().to_owned() + "\n"
    };
    (0..last).map(line).collect()
}

/// The squares of each group under its name, as many on a line as have room.
fn groups(grid: &Grid, width: usize, screen: Screen) -> String {
    let mut groups: BTreeMap<&str, Vec<&Square>> = BTreeMap::new();
    for square in &grid.squares {
        groups.entry(&square.group).or_default().push(square);
    }
    let mut out = String::new();
    for (group, mut squares) in groups {
        squares.sort_by(|a, b| a.code.cmp(&b.code));
        let name = if screen.color { bold(group) } else { group.to_owned() };
        out.push_str(&name);
        out.push('\n');
        for line in squares.chunks(((width + 1) / (SIDE + 1)).max(1)) {
            let tiles: Vec<String> = line.iter().map(|it| tile(it, screen)).collect();
            out.push_str(tiles.join(" ").trim_end());
            out.push('\n');
        }
    }
    out
}

/// The code on its shade, and the letter, or the sign of a square that moved. In small letters, so that a capital is never
/// one of a code. Without a code the letter stands in its place.
fn tile(square: &Square, screen: Screen) -> String {
    let is_coded = !square.code.is_empty();
    let code = if is_coded { square.code.to_lowercase() } else { format!("{} ", square.letter) };
    let letter = match square.moved.map(|moved| shown(moved.sign(), screen)) {
        Some(sign) if screen.color => bold(&sign.to_string()),
        Some(sign) => sign.to_string(),
        None if is_coded => square.letter.to_string(),
        None => " ".to_owned(),
    };
    if screen.color {
        return on_shade(&code, square.shade) + &letter;
    }
    code + &letter
}
