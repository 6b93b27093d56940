//! Texts side by side in columns, each as wide as its widest text.

use std::iter::repeat_n;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, TableStyle};
use unicode_width::UnicodeWidthStr;

use crate::output::color::paint;
use crate::output::link::LinkPainter;

/// Spaces between two columns.
const GAP: u16 = 2;

/// How the texts of a column stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Column {
    /// At its right.
    pub right: bool,
    /// Never wrapped.
    pub whole: bool,
}

/// Rows of texts, which may be of several lines.
pub type Rows = [Vec<String>];

/// The rows as lines of at most so many columns of the screen, without the spaces that end them. The first `hidden` rows
/// are left out: the columns are as wide as if they were there.
pub fn lines(rows: &Rows, hidden: usize, columns: &[Column], width: Option<u16>) -> String {
    let widths = widths(rows);
    let gap = usize::from(GAP);
    let needed = widths.iter().map(|width| width + gap).sum::<usize>();
    let mut out = String::with_capacity((needed + 1) * rows.len().min(1 << 12));
    let mut links = LinkPainter::default();
    let mut finish = |line: &str| {
        out.push_str(&paint(&links.paint(line.trim_end())));
        out.push('\n');
    };
    let shown = rows.get(hidden..).unwrap_or_default();
    if width.is_some_and(|width| needed > width.into()) {
        wrapped(shown, columns, width)
            .lines()
            .for_each(|line| finish(&line));
        return out;
    }
    let mut line = String::new();
    for row in shown {
        let height = row.iter().map(|cell| cell.split('\n').count()).max();
        let mut cells: Vec<_> = row.iter().map(|cell| cell.split('\n')).collect();
        for _ in 0..height.unwrap_or(0) {
            line.clear();
            for (nth, (cell, width)) in cells.iter_mut().zip(&widths).enumerate() {
                let text = cell.next().unwrap_or_default();
                let space = width.saturating_sub(self::width(text));
                let right = columns.get(nth).is_some_and(|column| column.right);
                let (before, after) = if right { (space, 0) } else { (0, space) };
                line.extend(repeat_n(' ', before));
                line.push_str(text);
                line.extend(repeat_n(' ', after + gap));
            }
            finish(&line);
        }
    }
    out
}

/// How many columns of the screen each column takes, one at least.
fn widths(rows: &Rows) -> Vec<usize> {
    let mut widths = Vec::new();
    for row in rows {
        if widths.len() < row.len() {
            widths.resize(row.len(), 1);
        }
        for (widest, cell) in widths.iter_mut().zip(row) {
            let width = cell.split('\n').map(width).max();
            *widest = width.unwrap_or(0).max(*widest);
        }
    }
    widths
}

/// The columns of the screen between so many of the table.
pub fn gaps(columns: usize) -> usize {
    usize::from(GAP) * columns.saturating_sub(1)
}

/// How many columns of the screen a line of text takes.
fn width(text: &str) -> usize {
    // Most is ASCII, which need not be looked up.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    text.width()
}

/// The same for rows that must be wrapped. That takes comfy-table 17,000 instructions a row.
fn wrapped(rows: &Rows, columns: &[Column], width: Option<u16>) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new());
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.add_rows(rows);
    if let Some(width) = width {
        table.set_width(width);
    }
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, GAP));
        let shown = columns.get(place).copied().unwrap_or_default();
        if shown.right {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if shown.whole {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}
