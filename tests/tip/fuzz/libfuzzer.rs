//! The program that libFuzzer drives: the target that `TIP_FUZZ` names. `.ci/fuzz` builds and runs it.

#![no_main]
#![allow(dead_code, reason = "a target uses a part")]

#[path = "mod.rs"]
mod fuzz;

use std::sync::OnceLock;

static TARGET: OnceLock<fuzz::Target> = OnceLock::new();

fn target() -> fuzz::Target {
    let name = std::env::var("TIP_FUZZ").expect("TIP_FUZZ names a target");
    let mut targets = fuzz::TARGETS.into_iter();
    targets.find(|it| it.0 == name).expect("a target").1
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET.get_or_init(target)(bytes));
