//! How an answer is shown. Knows columns and no country.

mod atomic;
pub mod card;
pub mod cell;
pub mod color;
pub mod column;
pub mod data;
pub mod destination;
pub mod document;
pub mod drawing;
pub mod escape;
pub mod format;
mod grid;
pub mod link;
pub mod palette;
pub mod people;
pub mod reference;
pub mod remarks;
pub mod screen;
pub mod stream;
mod svg;
pub mod table;
mod terminal;
mod unfinished;
pub mod view;
pub mod workbook;

pub use cell::Cell;
pub use column::{Columns, Head, TableRow, Title};
pub use format::Format;
pub use palette::Shade;
pub use remarks::{Remark, Remarks};
pub use screen::Screen;
pub use stream::Stream;
pub use table::{Item, Layout, Table};
