//! What several questions share: the answer itself, the row of a country in a report and its columns, the names, years
//! and regions a user gives, and what must be said beside an answer.

pub mod brief;
pub mod cache;
pub mod card;
pub mod caveats;
pub mod columns;
pub mod countries;
pub mod drawn;
pub mod map;
pub mod names;
pub mod options;
pub mod row;
pub mod summary;
pub mod world;

use anyhow::{Context, Result};

pub use caveats::OnLists;
pub use countries::{CountryRows, Met};
pub use names::{Typed, TypedName, TypedNames};
pub use options::{Scope, Scoped, YearOption, YearRange};
pub use row::{CountryRecord, CountryReport, Move, Run};
pub use world::World;

use crate::index::{Index, Tier};
use crate::output::{Cell, Drawing, Format, Item, Remarks, Shade, Table, View};
use crate::text::quoted;

/// What is asked, and who reads the answer.
#[derive(Clone, Copy, Debug)]
pub struct Query<'i> {
    pub index: &'i Index,
    /// The format of an answer for people; none where rows are asked for, by a format for programs or by columns.
    pub people: Option<Format>,
}

impl Query<'_> {
    /// Whether a page is asked for, which shows a drawing and its rows.
    pub fn is_page(&self) -> bool {
        self.people == Some(Format::Html)
    }

    /// Whether a drawing can be shown.
    pub fn draws(&self) -> bool {
        matches!(self.people, Some(Format::Table | Format::Svg))
    }
}

#[derive(Debug, Default)]
pub struct Answer<'i> {
    /// What to print; none where the command has written its output itself.
    pub view: Option<View<'i>>,
    /// What is said beside it. What depends on the rows comes with them.
    pub remarks: Remarks,
}

impl<'i> Answer<'i> {
    /// Rows that need no more words.
    pub fn new(table: Table<'i>) -> Self {
        Self { view: Some(View::Table(table)), ..Self::default() }
    }

    /// A drawing that needs no more words.
    pub fn drawn(drawing: Drawing) -> Self {
        Self { view: Some(View::Drawing(Box::new(drawing))), ..Self::default() }
    }

    pub fn table(&mut self) -> Option<&mut Table<'i>> {
        match &mut self.view {
            Some(View::Table(table)) => Some(table),
            Some(View::Drawing(_) | View::Pages(_)) | None => None,
        }
    }

    /// Takes the rows of the table, as texts in the columns shown, and what is said beside them.
    pub fn rows(&mut self) -> Vec<Vec<String>> {
        let Some(View::Table(table)) = &mut self.view else {
            return Vec::new();
        };
        let shown = table.shown().to_vec();
        let mut rows = Vec::new();
        for item in table.rows.by_ref() {
            match item {
                Ok(Item::Row(row)) => {
                    let cells = shown.iter().map(|column| row.cell(*column));
                    rows.push(cells.map(|cell| cell.joined(";").into_owned()).collect());
                }
                Ok(Item::Said(said)) => self.remarks.extend(said),
                Ok(Item::Wait) => {}
                Err(error) => self.remarks.warn(error.to_string()),
            }
        }
        rows
    }

    /// Whether there is something to show and nothing is missing.
    pub fn found_everything(mut self) -> bool {
        let has_view = match self.view {
            Some(View::Table(_)) => !self.rows().is_empty() || self.remarks.empty.is_some(),
            Some(View::Drawing(_) | View::Pages(_)) | None => true,
        };
        has_view && self.remarks.warnings.is_empty() && self.remarks.not_found.is_empty()
    }

    /// With the drawing of another answer above its rows, where a page shows both.
    pub fn illustrated(mut self, by: Answer<'_>) -> Self {
        if let (Some(table), Some(View::Drawing(picture))) = (self.table(), by.view) {
            table.picture = Some(picture);
        }
        self
    }

    /// With these words beside it.
    pub fn with(self, remarks: Remarks) -> Self {
        Self { remarks, ..self }
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
