//! The recipes of `tip help recipes` for tools that read what `tip` writes: each is run where its tool is installed. `NA` must stay
//! Namibia, `008` keep its zeros, and a column of nothing but 2 stay text.

use crate::common::recipes::{folder, printed, recipe};

/// A tool, and how its recipe is tried.
struct Client {
    name: &'static str,
    /// The program that runs the recipe, and its arguments before it.
    runs: (&'static str, &'static [&'static str]),
    /// What that program runs without a fault only where the tool is installed.
    probe: &'static str,
    /// What tells its recipe from the others.
    holds: &'static str,
    /// What goes behind it, to show what was read.
    check: &'static str,
    /// What must be shown then.
    shown: &'static [&'static str],
}

const SHELL: (&str, &[&str]) = ("sh", &["-ec"]);
const PYTHON: (&str, &[&str]) = ("python3", &["-c"]);

fn try_out(client: &Client) {
    let (program, arguments) = client.runs;
    let Some(folder) = folder(client.name, program, arguments, client.probe) else {
        return;
    };
    let write = recipe("# Recipes", "tip list").replace("list ", "list --tier 2 ");
    printed(&folder, "sh", &["-ec"], &write).expect("tiers.csv");
    let script = format!("{}{}", recipe("# Recipes", client.holds), client.check);
    let shown = printed(&folder, program, arguments, &script).expect(client.name);
    for expected in client.shown {
        assert!(shown.contains(expected), "{}: {expected} in\n{shown}", client.name);
    }
}

#[test]
fn pandas_reads_tiers_as_text() {
    try_out(&Client {
        name: "pandas",
        runs: PYTHON,
        probe: "import pandas",
        holds: "import pandas",
        check: "row = lambda name: tiers[tiers.country == name].iloc[0]\n\
                print(row('Namibia').iso2, row('Albania').numeric, repr(row('Namibia').tier))",
        shown: &["NA 008 '2'"],
    });
}

#[test]
fn polars_reads_tiers_as_text() {
    try_out(&Client {
        name: "polars-csv",
        runs: PYTHON,
        probe: "import polars",
        holds: "import polars",
        check: "row = lambda name: tiers.row(by_predicate=pl.col('country') == name, named=True)\n\
                print(row('Namibia')['iso2'], row('Albania')['numeric'], repr(row('Namibia')['tier']), row('Albania')['roles'])",
        shown: &["NA 008 '2' ['source', "],
    });
}

#[test]
fn duckdb_reads_tiers_as_text() {
    try_out(&Client {
        name: "duckdb-csv",
        runs: SHELL,
        probe: "duckdb -c 'SELECT 1'",
        holds: "duckdb -c",
        check: "",
        shown: &["Namibia", "NA", "008"],
    });
}

#[test]
fn r_reads_tiers_as_text() {
    try_out(&Client {
        name: "r",
        runs: ("Rscript", &["-e"]),
        probe: "1",
        holds: "read.csv",
        check: "cat(tiers$iso2[tiers$country == 'Namibia'], tiers$numeric[tiers$country == 'Albania'], class(tiers$tier))",
        shown: &["NA 008 character"],
    });
}

#[test]
fn sqlite_reads_tiers_as_text() {
    try_out(&Client {
        name: "sqlite3",
        runs: SHELL,
        probe: "sqlite3 -version",
        holds: "sqlite3",
        check: "sqlite3 tiers.db \"SELECT iso2, numeric, typeof(tier) FROM tiers WHERE country IN ('Namibia', 'Albania')\"",
        shown: &["AL|008|text", "NA|516|text"],
    });
}

#[test]
fn miller_reads_tiers_as_text() {
    try_out(&Client {
        name: "miller",
        runs: SHELL,
        probe: "mlr --version",
        holds: "mlr",
        check: "",
        shown: &["\"iso2\": \"NA\"", "\"numeric\": \"008\"", "\"tier\": \"2\""],
    });
}

#[test]
fn xan_reads_tiers_as_text() {
    try_out(&Client {
        name: "xan",
        runs: SHELL,
        probe: "xan --version",
        holds: "xan",
        check: "",
        shown: &["Namibia,NA,516,2,source"],
    });
}

#[test]
fn jq_reads_tiers_as_text() {
    try_out(&Client {
        name: "jq",
        runs: SHELL,
        probe: "jq --version",
        holds: "jq",
        check: "",
        shown: &["\"Namibia\",\"NAM\",\"2\""],
    });
}

#[test]
fn libreoffice_reads_tiers_as_text() {
    try_out(&Client {
        name: "libreoffice",
        runs: SHELL,
        probe: "soffice --version && unzip -v",
        holds: "soffice",
        check: "unzip -p tiers.xlsx xl/sharedStrings.xml",
        shown: &[">NA<", ">008<", ">2<", ">Côte d"],
    });
}
