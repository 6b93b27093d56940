//! What can be drawn, on a terminal and in a file: squares on a grid, or stacked bars, and what stands under them.

use crate::output::{Screen, Shade};

/// Columns a drawing takes on a terminal, even where the screen has more.
pub const WIDEST: usize = 80;

#[derive(Debug)]
pub struct Drawing {
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub about: String,
    pub body: Body,
    pub keys: Vec<LegendKey>,
    /// What stands under it: its source, and what a reader must know.
    pub lines: Vec<String>,
    /// What its signs are not, under it in a file and in a page.
    pub signs: String,
    /// What is said beside it, under it in a file and in a page.
    pub notes: Vec<String>,
    /// What stands at the foot of a file; a page has a foot of its own.
    pub foot: Vec<String>,
}

#[derive(Debug)]
pub enum Body {
    Grid(Grid),
    /// A bar beside the other, each of parts that stand on one another. A terminal shows a table of strips instead.
    Bars(Bars),
}

#[derive(Debug)]
pub struct LegendKey {
    /// The letter on a terminal.
    pub letter: char,
    /// The sign in a file.
    pub label: String,
    /// What both stand on; none where they stand alone.
    pub shade: Option<Shade>,
    pub name: String,
}

#[derive(Debug, Default)]
pub struct Grid {
    pub squares: Vec<Square>,
    /// Labels at the left of the rows; none for a map. A terminal shows a grid with labels as a table of strips instead.
    pub rows: Vec<String>,
    /// Labels above the columns, each with the index of its column.
    pub columns: Vec<(usize, String)>,
}

#[derive(Clone, Debug, Default)]
pub struct Square {
    pub row: usize,
    pub column: usize,
    /// What it stands for, in two letters; empty where the letter alone is shown.
    pub code: String,
    pub letter: char,
    /// What stands for the letter in a file, where there is room for more.
    pub label: String,
    pub shade: Shade,
    /// Whether what it shows has risen or fallen.
    pub moved: Option<Moved>,
    /// All that is known of it, in words.
    pub title: String,
    /// The page that it leads to, beside the page it stands in.
    pub link: Option<String>,
    /// What it belongs to, where the screen is too narrow for a map.
    pub group: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    Up,
    Down,
}

impl Moved {
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    pub fn sign(self) -> char {
        match self {
            Self::Up => '▲',
            Self::Down => '▼',
        }
    }
}

/// A sign as this screen can show it.
pub fn shown(sign: char, screen: Screen) -> char {
    match sign {
        '▲' if screen.ascii => '^',
        '▼' if screen.ascii => 'v',
        _ => sign,
    }
}

#[derive(Debug)]
pub struct Bars {
    pub all: Vec<Bar>,
    /// What the size of a part counts, in words.
    pub unit: String,
    /// The size that is as long as there is room for.
    pub longest: usize,
    /// The sizes at which a line is drawn, and what stands beside it.
    pub lines: Vec<(usize, String)>,
}

#[derive(Debug)]
pub struct Bar {
    pub label: String,
    /// Its parts, the first at the bottom.
    pub parts: Vec<Part>,
}

#[derive(Debug)]
pub struct Part {
    pub size: usize,
    pub text: String,
    pub letter: char,
    pub shade: Shade,
    /// All that is known of it, in words.
    pub title: String,
}
