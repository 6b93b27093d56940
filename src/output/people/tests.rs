//! What is shown on a terminal, and what off it.

use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::palette::Shade;
use crate::output::people::People;
use crate::output::screen::Screen;
use crate::output::table::{Layout, Table};

fn table(layout: Layout, note: &str) -> Table<'_> {
    let rank = |_: &&str| Cell::Ranked {
        text: "2WL".to_owned(),
        rank: 2,
        shade: Shade::Third,
    };
    let columns = Columns::<&str>::new()
        .with("name", "", |_: &&str| Cell::text("Moldova"))
        .with("note", "", |note: &&str| Cell::text(note))
        .with("rank", "", rank);
    Table::new(layout, columns, vec![note])
}

fn rendered(table: &Table<'_>, screen: Screen) -> String {
    People::new(true, screen).block(table)
}

fn terminal(width: u16) -> Screen {
    Screen {
        terminal: true,
        width: Some(width),
        color: false,
        ..Screen::default()
    }
}

const LONG: &str = "one two three four five six seven eight";

#[test]
fn a_table_fits_the_width_of_the_terminal_and_loses_nothing() {
    for layout in [Layout::Grid, Layout::Record] {
        for width in [30, 60, 80] {
            let text = rendered(&table(layout, LONG), terminal(width));
            assert!(
                text.lines()
                    .all(|line| line.chars().count() <= width.into()),
                "{width}:\n{text}"
            );
            assert!(
                LONG.split(' ').all(|word| text.contains(word)),
                "{width}:\n{text}"
            );
        }
    }
}

#[test]
fn off_a_terminal_nothing_is_wrapped_cut_coloured_or_escaped() {
    let note = format!("{LONG} \u{1b}");
    let text = rendered(&table(Layout::Grid, &note), Screen::default());
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(&note));
    assert_eq!(text.matches('\u{1b}').count(), 1, "the one that was given");
}

#[test]
fn on_a_terminal_nothing_given_acts_on_it() {
    for layout in [Layout::Grid, Layout::Record] {
        let text = rendered(&table(layout, "\u{1b}[2J\u{e0103}"), terminal(80));
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.contains("\\u{1b}[2J\\u{e0103}"), "{text}");
    }
}

#[test]
fn colour_stands_around_the_rank_alone_and_ends_there() {
    let screen = Screen {
        color: true,
        links: false,
        ..terminal(80)
    };
    let text = rendered(&table(Layout::Grid, "x"), screen);
    assert!(text.ends_with("m2WL\u{1b}[0m\n"), "{text:?}");
    assert_eq!(text.matches("\u{1b}[0m").count(), 4, "{text:?}");
    assert!(text.starts_with("\u{1b}[1mname\u{1b}[0m"), "{text:?}");
}

#[test]
fn a_grid_too_narrow_for_its_words_becomes_records() {
    let grid = table(Layout::Grid, "indivisible");
    assert_eq!(
        rendered(&grid, terminal(18)),
        rendered(&table(Layout::Record, "indivisible"), terminal(18))
    );
    assert_ne!(
        rendered(&grid, terminal(40)),
        rendered(&table(Layout::Record, "indivisible"), terminal(40))
    );
}

#[test]
fn a_cell_longer_than_the_screen_is_wide_is_shown_in_a_record() {
    let long = "word ".repeat(20);
    let grid = table(Layout::Grid, &long);
    assert_eq!(
        rendered(&grid, terminal(80)),
        rendered(&table(Layout::Record, &long), terminal(80))
    );
    assert_ne!(
        rendered(&grid, terminal(120)),
        rendered(&table(Layout::Record, &long), terminal(120))
    );
}
