//! Counts of several years side by side, as people see them.

use std::ops::RangeInclusive;

use crate::commands::stats::rows::{Group, TierCount};
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::table::{Layout, Table};

/// The counts of one region: two years side by side with the difference, more years a line each; none for one year.
pub fn by_year<'i>(
    names: (&'static str, &'static str),
    years: &RangeInclusive<u16>,
    rows: &[TierCount],
) -> Option<Table<'i>> {
    match years.len() {
        0 | 1 => None,
        2 => Some(side_by_side(names, [*years.start(), *years.end()], rows)),
        _ => Some(line_by_line(names.1, years, rows)),
    }
}

/// A line a group, and one for the total.
fn side_by_side<'i>(
    (group, total): (&'static str, &'static str),
    years: [u16; 2],
    rows: &[TierCount],
) -> Table<'i> {
    let line = |label: Cell, counts: [Option<usize>; 2]| {
        let difference = match counts {
            [Some(before), Some(after)] => Cell::difference(before, after),
            _ => Cell::Missing,
        };
        let counts = counts.map(|count| count.map_or(Cell::Missing, Cell::count));
        [label].into_iter().chain(counts).chain([difference]).collect()
    };
    let groups = groups(rows).into_iter();
    let mut lines: Vec<Vec<Cell>> = groups
        .map(|group| line(group.cell(), years.map(|year| count(rows, year, group))))
        .collect();
    lines.push(line(Cell::text(total), years.map(|year| whole(rows, year))));
    let years = years.map(|year| year.to_string());
    let heads = [group.to_owned()].into_iter().chain(years);
    table(heads.chain(["difference".to_owned()]), lines)
}

/// A line a year.
fn line_by_line<'i>(
    total: &'static str,
    years: &RangeInclusive<u16>,
    rows: &[TierCount],
) -> Table<'i> {
    let groups = groups(rows);
    let line = |year: u16| {
        let counts = groups.iter().map(|group| count(rows, year, *group));
        let counts = counts.chain([whole(rows, year)]);
        let counts = counts.map(|count| count.map_or(Cell::Missing, Cell::count));
        [Cell::number(Some(year))].into_iter().chain(counts).collect()
    };
    let heads = groups.iter().map(|group| group.cell().joined("").into_owned());
    let heads = ["year".to_owned()].into_iter().chain(heads);
    table(heads.chain([total.to_owned()]), years.clone().map(line).collect())
}

fn table<'i>(heads: impl Iterator<Item = String>, lines: Vec<Vec<Cell>>) -> Table<'i> {
    let columns = heads.enumerate().fold(Columns::new(), |columns, (place, head)| {
        columns
            .headed(head, move |line: &Vec<Cell>| line.get(place).cloned().unwrap_or(Cell::Missing))
    });
    Table::new(Layout::Grid, columns, lines)
}

/// The groups counted, in order.
fn groups(rows: &[TierCount]) -> Vec<Group> {
    let first = rows.first().map(|row| row.year);
    let of_first = rows.iter().filter(|row| Some(row.year) == first);
    of_first.map(|row| row.group).collect()
}

fn count(rows: &[TierCount], year: u16, group: Group) -> Option<usize> {
    let mut rows = rows.iter();
    let row = rows.find(|row| (row.year, row.group) == (year, group))?;
    Some(row.count)
}

/// Of how many countries the shares of a year are.
fn whole(rows: &[TierCount], year: u16) -> Option<usize> {
    rows.iter().filter(|row| row.year == year).find_map(|row| row.total)
}
