//! Texts side by side in columns, each as wide as its widest text.

use std::iter::repeat;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, TableStyle};
use unicode_width::UnicodeWidthStr;

use crate::output::color::paint;
use crate::output::link::LinkPainter;

const GAP: u16 = 2;

/// How the texts of a column stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alignment {
    pub right: bool,
    /// Never wrapped.
    pub whole: bool,
}

/// Rows of texts, which may be of several lines.
type GridRows = [Vec<String>];

/// How much larger than its texts a grid may be where there is no screen, and by how many letters besides.
const LARGER: usize = 4;
const ANYWAY: usize = 1 << 16;

/// How many columns wide so many rows with so many letters may be where there is no screen, so that they are not mostly
/// spaces.
pub fn room(letters: usize, rows: usize) -> usize {
    (letters * LARGER + ANYWAY) / rows.max(1)
}

/// The rows as lines of at most so many columns of the screen, without the spaces that end them. `above`: how wide the
/// columns of the grid above are, if there is one; where there is room, these are no narrower.
pub fn lines(
    rows: &GridRows,
    above: &mut Vec<usize>,
    columns: &[Alignment],
    width: Option<u16>,
) -> String {
    let (own, letters) = widths(rows);
    let most = width.map_or_else(|| room(letters, rows.len()), usize::from);
    let gap = usize::from(GAP);
    let widths = aligned(own, above, most);
    let needed = needed(&widths);
    above.clone_from(&widths);
    let mut out = String::with_capacity((needed + gap + 1) * rows.len().min(1 << 12));
    let mut links = LinkPainter::default();
    let mut finish = |line: &str| {
        out.push_str(&paint(&links.paint(line.trim_end())));
        out.push('\n');
    };
    if width.is_some_and(|width| needed > width.into()) {
        wrapped(rows, columns, width).lines().for_each(|line| finish(&line));
        return out;
    }
    let mut line = String::new();
    let spaces = " ".repeat(needed);
    for row in rows {
        let mut rest: Vec<&str> = row.iter().map(String::as_str).collect();
        let ends = |cell: &str| memchr::memchr_iter(b'\n', cell.as_bytes()).count();
        let height = rest.iter().map(|cell| 1 + ends(cell)).max();
        for _ in 0..height.unwrap_or(0) {
            line.clear();
            for (nth, (rest, width)) in rest.iter_mut().zip(&widths).enumerate() {
                let text = first_line(rest);
                let space = width.saturating_sub(self::width(text));
                let right = columns.get(nth).is_some_and(|column| column.right);
                let (before, after) = if right { (space, 0) } else { (0, space) };
                line.push_str(spaces.get(..before).unwrap_or_default());
                line.push_str(text);
                line.push_str(spaces.get(..after + gap).unwrap_or_default());
            }
            finish(&line);
        }
    }
    out
}

/// Takes the first line off a text.
fn first_line<'text>(text: &mut &'text str) -> &'text str {
    let end = memchr::memchr(b'\n', text.as_bytes());
    let (first, rest) = text.split_at(end.unwrap_or(text.len()));
    *text = rest.strip_prefix('\n').unwrap_or_default();
    first
}

/// How many columns of the screen columns of these widths take.
pub fn needed(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + usize::from(GAP) * widths.len().saturating_sub(1)
}

/// The widths, no narrower than those above where there is room for that.
fn aligned(own: Vec<usize>, above: &[usize], most: usize) -> Vec<usize> {
    let pairs = own.iter().zip(above.iter().chain(repeat(&0)));
    let aligned: Vec<usize> = pairs.map(|(own, above)| *own.max(above)).collect();
    if needed(&aligned) <= most { aligned } else { own }
}

/// How many columns of the screen each column takes, one at least, and how many all texts take.
fn widths(rows: &GridRows) -> (Vec<usize>, usize) {
    let (mut widths, mut letters) = (Vec::new(), 0);
    for row in rows {
        if widths.len() < row.len() {
            widths.resize(row.len(), 1);
        }
        for (widest, cell) in widths.iter_mut().zip(row) {
            let width = width(cell);
            *widest = width.max(*widest);
            letters += width;
        }
    }
    (widths, letters)
}

/// How many columns of the screen a text takes.
fn width(text: &str) -> usize {
    // Most is ASCII on one line, which need not be looked up.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    text.split('\n').map(str::width).max().unwrap_or(0)
}

/// Sets rows that must be wrapped, which takes comfy-table 17,000 instructions a row.
fn wrapped(rows: &GridRows, columns: &[Alignment], width: Option<u16>) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new());
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.add_rows(rows);
    if let Some(width) = width {
        // The gap behind the last column is cut off.
        table.set_width(width.saturating_add(GAP));
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_grid_that_is_not_wrapped_looks_as_comfy_table_lays_it_out(
            rows in (1..5_usize).prop_flat_map(|columns| {
                let cell = "[a-cé日\u{301} \n]{0,6}";
                prop::collection::vec(prop::collection::vec(cell, columns), 1..6)
            }),
            right in any::<bool>(),
        ) {
            let columns = [Alignment { right, whole: false }; 5];
            let laid_out = wrapped(&rows, &columns, None);
            let laid_out: Vec<_> = laid_out.lines().map(|line| line.trim_end().to_owned()).collect();
            let laid_out = laid_out.join("\n") + "\n";
            prop_assert_eq!(&lines(&rows, &mut Vec::new(), &columns, None), &laid_out);
            prop_assert_eq!(&lines(&rows, &mut Vec::new(), &columns, Some(60)), &laid_out);
        }
    }

    #[test]
    fn a_grid_exactly_as_wide_as_the_screen_is_not_wrapped() {
        let rows = [vec!["ab cd".to_owned(), "ef gh".to_owned()]];
        let lines = |width| lines(&rows, &mut Vec::new(), &[], Some(width));
        assert_eq!(lines(12), "ab cd  ef gh\n");
        assert_eq!(lines(11), "ab cd  ef\n       gh\n");
    }

    #[test]
    fn a_grid_is_no_narrower_than_the_one_above_where_there_is_room() {
        let row = |row: [&str; 2]| vec![row.map(str::to_owned).to_vec()];
        let mut above = Vec::new();
        let mut line = |cells, width| lines(&row(cells), &mut above, &[], width);
        assert_eq!(line(["name", "x"], None), "name  x\n");
        assert_eq!(line(["a", "b"], None), "a     b\n");
        assert_eq!(line(["a", "b"], Some(6)), "a  b\n");
        assert_eq!(line(["longer", "x"], None), "longer  x\n");
    }
}
