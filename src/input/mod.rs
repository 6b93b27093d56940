//! The user's CSV, looked at byte by byte and never changed. Knows no country and no output.

pub mod block;
pub mod delimiter;
pub mod encoding;
pub mod field;
pub mod foreign;
pub mod lines;
pub mod open;
pub mod problem;
pub mod reader;
pub mod record;
pub mod scan;
pub mod workbook;

pub use encoding::Encoding;
pub use problem::Problem;
pub use reader::Input;
pub use record::{Record, Sink};
