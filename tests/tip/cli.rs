//! Runs every example of the README and every case file under tests/cmd, each as a test of its own name.

use std::fs;

/// The day of the tests, 28 November 2026: later a newer report may exist, which some answers say.
const DAY: &str = "1795824000";

/// Runs the examples of one file.
fn run(file: &str) {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", DAY).case(file);
}

/// One test a file, and one that no file is left out.
macro_rules! case_files {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                run(concat!("tests/cmd/", stringify!($name), ".md"));
            }
        )*

        #[test]
        fn every_case_file_is_a_test() {
            let known = [$(concat!(stringify!($name), ".md")),*];
            for entry in fs::read_dir("tests/cmd").expect("the case files") {
                let name = entry.expect("a case file").file_name();
                let name = name.to_string_lossy();
                assert!(!name.ends_with(".md") || known.contains(&&*name), "{name}");
            }
        }
    };
}

case_files!(
    annotate,
    brief,
    changes,
    cite,
    coverage,
    enforcement,
    figures,
    formats,
    help,
    history,
    list,
    lists,
    lookup,
    map,
    regions,
    resolve,
    sources,
    stats,
    summary,
    tiers,
    typologies,
    usage,
    watch_list
);

#[test]
fn readme() {
    run("README.md");
}

#[test]
fn topics_of_help() {
    run("src/cli/help/*.md");
}
