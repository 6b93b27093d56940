//! How an answer is shown. Knows columns and no country.

pub mod format;
pub mod json;
pub mod progress;
pub mod reference;
pub mod stream;
pub mod style;
pub mod table;
