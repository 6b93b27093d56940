//! How an answer is shown. Knows columns and no country.

pub mod format;
pub mod json;
pub mod reference;
pub mod style;
pub mod table;
