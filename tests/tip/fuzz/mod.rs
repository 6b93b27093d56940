//! What is fuzzed: each target takes any bytes and panics where something does not hold of them. Part of the tests,
//! for which `rounds.rs` makes bytes up, and of the program that libFuzzer drives (`libfuzzer.rs`).

mod data;
mod formats;
mod names;
#[cfg(test)]
mod rounds;
pub mod scanner;
mod words;
mod workbooks;

use std::sync::LazyLock;

use tip_report::Index;

/// What takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder of the corpus.
pub const TARGETS: [(&str, Target); 6] = [
    ("scanner", scanner::holds),
    ("names", names::hold),
    ("words", words::hold),
    ("data", data::holds),
    ("formats", formats::hold),
    ("workbooks", workbooks::hold),
];

/// The embedded data.
fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(Index::embedded);
    &INDEX
}
