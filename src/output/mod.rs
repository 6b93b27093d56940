//! How an answer is shown. Knows columns and no country.

mod atomic;
pub mod card;
pub mod cell;
pub mod color;
pub mod column;
pub mod destination;
pub mod escape;
pub mod format;
pub mod json;
mod people;
pub mod progress;
pub mod reference;
pub mod screen;
mod startup;
pub mod stream;
pub mod strip;
pub mod table;
mod unfinished;
