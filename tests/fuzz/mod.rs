//! What is fuzzed: each target takes any bytes and panics where something does not hold of them. Part of the unit tests,
//! for which `rounds.rs` makes bytes up, and of the program that libFuzzer drives (`libfuzzer.rs`).

mod data;
mod formats;
mod names;
#[cfg(test)]
mod rounds;
pub mod scanner;
mod words;

use std::cell::OnceCell;

use crate::index::Index;
use crate::index::files::EMBEDDED;
use crate::index::load::load;

/// What takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder of the corpus.
pub const TARGETS: [(&str, Target); 5] = [
    ("scanner", scanner::holds),
    ("names", names::hold),
    ("words", words::hold),
    ("data", data::holds),
    ("formats", formats::hold),
];

/// The embedded data, loaded once a thread.
fn index() -> &'static Index {
    thread_local! {
        static INDEX: OnceCell<&'static Index> = const { OnceCell::new() };
    }
    let load = || &*Box::leak(Box::new(load(EMBEDDED).expect("the data can be read")));
    INDEX.with(|index| *index.get_or_init(load))
}
