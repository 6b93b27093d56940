//! How an answer is shown. Knows columns and no country.

pub mod card;
pub mod cell;
pub mod color;
pub mod column;
pub mod format;
pub mod json;
pub mod link;
mod people;
pub mod progress;
pub mod reference;
pub mod screen;
pub mod stream;
pub mod strip;
pub mod table;
