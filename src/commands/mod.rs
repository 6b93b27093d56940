//! One question per file: its arguments, its columns and its answer.

pub mod annotate;
pub mod brief;
pub mod changes;
pub mod check;
pub mod cite;
pub mod context;
pub mod coverage;
pub mod enforcement;
pub mod export;
pub mod history;
pub mod list;
pub mod lookup;
pub mod man;
pub mod map;
pub mod regions;
pub mod resolve;
pub mod sources;
pub mod stats;
pub mod summary;
pub mod tiers;
pub mod watch_list;
