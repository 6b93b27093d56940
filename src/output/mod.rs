//! How an answer is shown. Knows columns and no country.

pub mod card;
pub mod cell;
pub mod color;
pub mod column;
pub mod drawing;
pub mod format;
pub mod json;
pub mod link;
pub mod palette;
mod people;
pub mod progress;
pub mod reference;
pub mod screen;
mod stack;
pub mod stream;
pub mod strip;
mod svg;
pub mod table;
mod terminal;
mod tiles;
