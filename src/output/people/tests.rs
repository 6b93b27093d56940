//! What is shown on a terminal, and what off it.

use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::palette::Shade;
use crate::output::people::People;
use crate::output::screen::Screen;
use crate::output::table::{Item, Layout, Table, Writer};

fn table(layout: Layout, note: &str) -> Table<'_> {
    let rank = |_: &&str| Cell::Ranked { text: "2WL".to_owned(), rank: 2, shade: Shade::Third };
    let columns = Columns::<&str>::new()
        .with("name", "", |_: &&str| Cell::text("Moldova"))
        .with("note", "", |note: &&str| Cell::text(note))
        .with("rank", "", rank);
    Table::new(layout, columns, vec![note])
}

fn rendered(mut table: Table<'_>, screen: Screen) -> String {
    let mut people = People::new(&table, true, screen);
    let mut out = Vec::new();
    for item in table.rows.by_ref() {
        let Ok(Item::Row(row)) = item else { unreachable!("only rows") };
        people.row(row, &mut out).expect("memory");
    }
    people.end(&mut crate::output::remarks::Remarks::default(), &mut out).expect("memory");
    String::from_utf8(out).expect("text")
}

fn terminal(width: u16) -> Screen {
    Screen { terminal: true, width: Some(width), color: false, ..Screen::default() }
}

const LONG: &str = "one two three four five six seven eight";

#[test]
fn a_table_fits_the_width_of_the_terminal_and_loses_nothing() {
    for layout in [Layout::Grid, Layout::Record] {
        for width in [30, 60, 80] {
            let text = rendered(table(layout, LONG), terminal(width));
            assert!(
                text.lines().all(|line| line.chars().count() <= width.into()),
                "{width}:\n{text}"
            );
            assert!(LONG.split(' ').all(|word| text.contains(word)), "{width}:\n{text}");
        }
    }
}

#[test]
fn off_a_terminal_nothing_is_wrapped_cut_coloured_or_escaped() {
    let note = format!("{LONG} \u{1b}");
    let text = rendered(table(Layout::Grid, &note), Screen::default());
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(&note));
    assert_eq!(text.matches('\u{1b}').count(), 1, "the one that was given");
}

#[test]
fn on_a_terminal_nothing_given_acts_on_it() {
    for layout in [Layout::Grid, Layout::Record] {
        let text = rendered(table(layout, "\u{1b}[2J\u{e0103}"), terminal(80));
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.contains("\\u{1b}[2J\\u{e0103}"), "{text}");
    }
}

#[test]
fn colour_stands_around_the_rank_alone_and_ends_there() {
    let screen = Screen { color: true, links: false, ..terminal(80) };
    let text = rendered(table(Layout::Grid, "x"), screen);
    assert!(text.ends_with("m2WL\u{1b}[0m\n"), "{text:?}");
    assert_eq!(text.matches("\u{1b}[0m").count(), 4, "{text:?}");
    assert!(text.starts_with("\u{1b}[1mname\u{1b}[0m"), "{text:?}");
}

#[test]
fn a_grid_too_narrow_for_its_words_becomes_records() {
    let grid = || table(Layout::Grid, "indivisible");
    assert_eq!(
        rendered(grid(), terminal(18)),
        rendered(table(Layout::Record, "indivisible"), terminal(18))
    );
    assert_ne!(
        rendered(grid(), terminal(40)),
        rendered(table(Layout::Record, "indivisible"), terminal(40))
    );
}

#[test]
fn a_narrow_screen_does_without_columns_it_may_spare_and_says_which() {
    let spared = |width| {
        let table = table(Layout::Grid, "indivisible");
        let mut table = table.sparing("rank,name").expect("columns");
        table.turn_to_people();
        rendered(table, terminal(width))
    };
    assert_eq!(spared(26), "name     note         rank\nMoldova  indivisible  2WL\n");
    assert_eq!(spared(25), "name     note\nMoldova  indivisible\nno room for rank\n");
    assert_eq!(spared(19), "note\nindivisible\nno room for rank\n  and name\n");
}

#[test]
fn columns_that_were_chosen_are_all_shown_however_narrow_the_screen() {
    let table = table(Layout::Grid, "indivisible");
    let mut table = table.sparing("rank,name").expect("columns");
    table.choose(&["name", "note", "rank"]).expect("columns");
    assert_eq!(rendered(table, terminal(17)), "name  Moldova\nnote  indivisible\nrank  2WL\n");
}

#[test]
fn a_cell_of_many_lines_is_shown_in_a_record() {
    let long = "word ".repeat(60);
    let grid = || table(Layout::Grid, &long);
    assert_eq!(
        rendered(grid(), terminal(80)),
        rendered(table(Layout::Record, &long), terminal(80))
    );
    assert_ne!(
        rendered(grid(), terminal(120)),
        rendered(table(Layout::Record, &long), terminal(120))
    );
}

#[test]
fn a_grid_that_would_be_mostly_spaces_is_shown_as_records() {
    let column = || Columns::<String>::new().with("note", "", |note| Cell::text(note));
    let rows = |long: usize| {
        let mut rows = vec!["x".to_owned(); 999];
        rows.push("y".repeat(long));
        let mut table = Table::new(Layout::Grid, column(), rows);
        table.choose(&["note"]).expect("a column");
        rendered(table, Screen::default())
    };
    assert!(rows(60).starts_with("note\nx\n"));
    let records = rows(290);
    assert!(records.starts_with("note  x\n\nnote  x\n"), "{records}");
    assert!(records.len() < 20_000);
}

#[test]
fn batches_stand_under_one_header_and_columns_widen_where_they_must() {
    let columns =
        Columns::new()
            .with("a", "", |row: &&str| Cell::text(row))
            .with("b", "", |_: &&str| Cell::text("x"));
    let mut table = Table::new(Layout::Grid, columns, vec!["1", "22", "|", "4444", "5", "|", "6"]);
    let mut people = People::new(&table, true, Screen::default());
    let mut out = Vec::new();
    for item in table.rows.by_ref() {
        let Ok(Item::Row(row)) = item else { unreachable!("only rows") };
        if row.cell(0) == Cell::text("|") {
            people.flush(&mut out).expect("memory");
        } else {
            people.row(row, &mut out).expect("memory");
        }
    }
    people.end(&mut crate::output::remarks::Remarks::default(), &mut out).expect("memory");
    let text = String::from_utf8(out).expect("text");
    assert_eq!(text, "a   b\n1   x\n22  x\n4444  x\n5     x\n6     x\n");
}
