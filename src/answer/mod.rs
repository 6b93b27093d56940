//! What several questions share: the answer itself, the names and years a user gives, the profile, the strip of
//! years, and what must be said beside an answer.

pub mod asked;
pub mod caveats;
pub mod columns;
pub mod countries;
pub mod drawn;
pub mod lists;
pub mod names;
pub mod options;
pub mod profile;
pub mod strip;

use anyhow::{Context, Result};

use crate::answer::caveats::COMPARED;
use crate::index::Index;
use crate::index::tier::Tier;
use crate::output::cell::Cell;
use crate::output::drawing::Drawing;
use crate::output::format::Format;
use crate::output::palette::Shade;
use crate::output::table::Table;
use crate::output::view::View;
use crate::text::quoted;

/// What a command found.
#[derive(Default)]
pub struct Answer<'i> {
    /// The rows to print; none where the command has written its output itself.
    pub table: Option<Table<'i>>,
    /// The same as people see it, where a picture says more than rows do.
    pub picture: Option<Picture<'i>>,
    /// What a reader should know of some of the columns.
    pub column_notes: Vec<ColumnNote>,
    /// What a reader should know of the answer, a line each.
    pub notes: Vec<String>,
    /// What was asked for and not found, a line each. Where there is any, the exit status is 1.
    pub warnings: Vec<String>,
    /// What is to be said besides, once the rows were shown, where those come block by block.
    pub later: Option<Later<'i>>,
}

/// What is to be said once the rows were shown: the legend of a picture, and an answer without rows.
pub type Later<'i> = Box<dyn FnOnce() -> (Option<String>, Answer<'static>) + 'i>;

/// What a reader should know where columns are shown.
#[derive(Debug)]
pub struct ColumnNote {
    /// It holds where one of these is shown,
    pub about: &'static [&'static str],
    /// and this one is not, if there is one that says the same.
    pub unless: Option<&'static str>,
    /// What to know, a line.
    pub text: String,
}

impl ColumnNote {
    /// Whether it holds for a table with these columns.
    pub fn holds(&self, header: &[&str]) -> bool {
        let said = self.unless.is_some_and(|column| header.contains(&column));
        !said && self.about.iter().any(|column| header.contains(column))
    }
}

/// An answer as people see it.
#[derive(Debug)]
pub struct Picture<'i> {
    /// What to print.
    pub view: View<'i>,
    /// What its signs mean.
    pub legend: Option<String>,
    /// The same as a file, where that is another view.
    pub drawing: Option<Box<Drawing>>,
}

impl<'i> Picture<'i> {
    /// The view that this format shows, if it shows one.
    pub fn in_format(self, format: Format) -> Option<View<'i>> {
        let drawing = self.drawing.map(View::Drawing);
        let views = [Some(self.view), drawing].into_iter().flatten();
        views.into_iter().find(|view| view.takes(format))
    }
}

impl<'i> Answer<'i> {
    /// An answer that needs no more words.
    pub fn of(table: Table<'i>) -> Self {
        Self { table: Some(table), ..Self::default() }
    }

    /// Says now what is to be said once the rows were shown. Returns the legend of the picture.
    pub fn say(&mut self) -> Option<String> {
        let (legend, said) = self.later.take()?();
        self.column_notes.extend(said.column_notes);
        self.notes.extend(said.notes);
        self.warnings.extend(said.warnings);
        legend
    }

    /// Notes that years are compared.
    pub fn compare(&mut self) {
        if !self.notes.iter().any(|note| note == COMPARED) {
            self.notes.push(COMPARED.to_owned());
        }
    }
}

/// The citation of the source with an id as a cell, which leads to where that can be read.
pub fn source_cell(index: &Index, id: &str) -> Cell {
    let source = index.source(id);
    source.map_or(Cell::Missing, |source| Cell::linked(source.citation(), source.url))
}

/// A tier as a cell: its rank to sort by, and its shade.
pub fn tier_cell(tier: Tier) -> Cell {
    Cell::Ranked { text: tier.to_string(), rank: tier as u8, shade: tier_shade(tier) }
}

/// The shade of a tier: the palette has the ranks in their order.
pub fn tier_shade(tier: Tier) -> Shade {
    match tier {
        Tier::One => Shade::First,
        Tier::Two => Shade::Second,
        Tier::WatchList => Shade::Third,
        Tier::Three => Shade::Fourth,
        Tier::Special => Shade::Hatched,
        Tier::NotInReport => Shade::Empty,
    }
}

/// The tiers that the user wrote.
///
/// # Errors
/// One is no tier; the message lists them.
pub fn tiers_named(index: &Index, written: &[String]) -> Result<Vec<Tier>> {
    let tier = |written: &String| {
        let definition = index.tier_written(written);
        definition.map(|definition| definition.tier).with_context(|| {
            let known = index.tiers().iter().map(|known| known.tier.to_string());
            let tiers: Vec<_> = known.collect();
            format!("there is no tier {}; the tiers are {}", quoted(written), tiers.join(", "))
        })
    };
    written.iter().map(tier).collect()
}
