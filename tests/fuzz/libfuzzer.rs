//! The program that libFuzzer drives: all of `tip` but its `main`, and the target that `TIP_FUZZ` names. `.ci/fuzz` builds
//! and runs it.

#![no_main]
#![allow(dead_code, reason = "a target uses a part")]

#[path = "../../src/annotate/mod.rs"]
mod annotate;
#[path = "../../src/answer/mod.rs"]
mod answer;
#[path = "../../src/cli.rs"]
mod cli;
#[path = "../../src/commands/mod.rs"]
mod commands;
#[path = "mod.rs"]
mod fuzz;
#[path = "../../src/index/mod.rs"]
mod index;
#[path = "../../src/input/mod.rs"]
mod input;
#[path = "../../src/output/mod.rs"]
mod output;
#[path = "../../src/text.rs"]
mod text;
#[path = "../../src/usage/mod.rs"]
mod usage;

use std::sync::OnceLock;

static TARGET: OnceLock<fuzz::Target> = OnceLock::new();

fn target() -> fuzz::Target {
    let name = std::env::var("TIP_FUZZ").expect("TIP_FUZZ names a target");
    let mut targets = fuzz::TARGETS.into_iter();
    targets.find(|it| it.0 == name).expect("a target").1
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET.get_or_init(target)(bytes));
