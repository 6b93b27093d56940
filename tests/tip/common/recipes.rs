//! How the recipes of `tip help recipes` are found and run.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::text;

/// The code of the recipe in a section of `tip help recipes` that has this in it.
pub fn recipe(section: &str, holds: &str) -> &'static str {
    let recipes = include_str!("../../../src/cli/help/recipes.md");
    let section = recipes.split(section).nth(1).expect("the section");
    let blocks = section.split("```").skip(1).step_by(2);
    let mut blocks = blocks.filter_map(|block| Some(block.split_once('\n')?.1));
    blocks.find(|code| code.contains(holds)).expect("the recipe")
}

/// Where programs are looked for: this build of `tip` first.
fn path() -> OsString {
    let tip = Path::new(env!("CARGO_BIN_EXE_tip")).parent().map(Path::to_owned);
    let others = std::env::var_os("PATH").unwrap_or_default();
    let folders = tip.into_iter().chain(std::env::split_paths(&others));
    std::env::join_paths(folders).expect("folders")
}

/// Runs a program on a text in a folder. Returns what it printed, if it ended well.
pub fn printed(folder: &Path, program: &str, arguments: &[&str], script: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).arg(script).current_dir(folder).env("PATH", path());
    let output = command.stdin(Stdio::null()).output();
    let output = output.expect("the program was there before");
    if !output.status.success() {
        println!("{}", text(&output.stderr));
    }
    output.status.success().then(|| text(&output.stdout))
}

/// An empty folder; none where what a recipe needs is not there, which is said.
pub fn folder(engine: &str, program: &str, arguments: &[&str], probe: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("recipe-{engine}"));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("a folder");
    let mut command = Command::new(program);
    let command = command.args(arguments).arg(probe).stdin(Stdio::null());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = status.is_ok_and(|status| status.success());
    if !is_there {
        println!("skipped: {engine} is not installed, so its recipe was not run");
    }
    is_there.then_some(folder)
}
