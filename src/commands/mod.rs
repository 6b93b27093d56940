//! One question a file: its arguments, its columns and its answer.

pub mod annotate;
pub mod changes;
pub mod cite;
pub mod data_files;
pub mod definitions;
pub mod figures;
pub mod history;
pub mod list;
pub mod lookup;
pub mod man;
pub mod map;
pub mod pages;
pub mod resolve;
pub mod sources;
pub mod stats;
pub mod watch_list;
