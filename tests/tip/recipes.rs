//! The recipes of `tip help recipes` for engines: each is run where the engine is installed, and must give every row what
//! `tip annotate` gives it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::recipes::{folder, printed, recipe};
use crate::common::{self, feed, text};

/// Where they stand.
const SECTION: &str = "## Tables too large for one machine";

/// Names as they come, some of which an engine or its CSV changes; the last row has none.
const NAMES: &[&str] = &[
    "Moldova",
    "NA",
    "Korea, Rep.",
    "Côte d'Ivoire",
    " Chad ",
    "N/A",
    "England",
    "say \"Mali\"",
    "Mali\nChad",
    "004",
    "Yemen",
    "",
];

/// The rows as Python has them, with no country in the last.
fn rows() -> String {
    let quoted = NAMES.iter().map(|name| format!("{name:?}"));
    let quoted: Vec<String> = quoted.collect();
    format!(
        "names = [{}, None]\nrows = [(id, names[id % len(names)]) for id in range(1000)]\n",
        quoted.join(", ")
    )
}

/// Runs a program on a text in a folder. Returns whether it ended well.
fn run(folder: &Path, program: &str, arguments: &[&str], script: &str) -> bool {
    printed(folder, program, arguments, script).is_some()
}

/// What `tip annotate` adds to each name.
fn expected() -> BTreeMap<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["country"]).expect("written");
    for name in NAMES {
        writer.write_record([name]).expect("written");
    }
    let input = writer.into_inner().expect("written");
    let output = feed(&mut common::tip(&["annotate", "-", "--column", "country"]), &input);
    answers(&output.stdout, 0)
}

/// The answers in a CSV file with the names in this column, each without its name.
fn answers(csv: &[u8], column: usize) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(csv);
    let rows = reader.records().map(|row| row.expect("a row"));
    let answers = rows.map(|row| {
        let answer: Vec<&str> = row.iter().skip(column + 1).collect();
        (row.get(column).unwrap_or_default().to_owned(), answer.join("|"))
    });
    answers.collect()
}

/// The rows of `out.csv`, which have id, country and what was added: all are there, and every answer is that of `tip`.
fn compare(folder: &Path, engine: &str) {
    let out = fs::read(folder.join("out.csv")).expect("the recipe wrote its rows");
    let lines = csv::Reader::from_reader(out.as_slice()).records().count();
    assert_eq!(lines, 1000, "{engine}");
    assert_eq!(answers(&out, 1), expected(), "{engine}");
    let text = text(&out);
    assert_eq!(text.matches("placeholder").count(), 77, "{engine}");
}

#[test]
fn the_recipe_for_duckdb_gives_every_row_what_tip_annotate_does() {
    let Some(folder) = folder("duckdb", "duckdb", &["-c"], "SELECT 1") else {
        return;
    };
    let names = NAMES.iter().map(|name| format!("'{}'", name.replace('\'', "''")));
    let names: Vec<String> = names.collect();
    let make = format!(
        "COPY (SELECT id, [{}, NULL][id % {} + 1] AS country FROM range(1000) AS ids(id)) TO 'big.parquet'",
        names.join(", "),
        NAMES.len() + 1
    );
    assert!(run(&folder, "duckdb", &["-c"], &make), "the rows");
    assert!(run(&folder, "sh", &["-ec"], recipe(SECTION, "duckdb -c")), "the recipe");
    let read = "COPY (SELECT * FROM 'ranked.parquet') TO 'out.csv' (HEADER)";
    assert!(run(&folder, "duckdb", &["-c"], read), "its result");
    compare(&folder, "duckdb");
}

#[test]
fn the_recipe_for_polars_gives_every_row_what_tip_annotate_does() {
    let Some(folder) = folder("polars", "python3", &["-c"], "import polars") else {
        return;
    };
    let make = format!(
        "{}import polars as pl\npl.DataFrame(rows, schema=['id', 'country'], orient='row').write_parquet('big.parquet')\n",
        rows()
    );
    assert!(run(&folder, "python3", &["-c"], &make), "the rows");
    assert!(run(&folder, "python3", &["-c"], recipe(SECTION, "import polars")), "the recipe");
    let read = "import polars as pl\npl.read_parquet('ranked.parquet').write_csv('out.csv')";
    assert!(run(&folder, "python3", &["-c"], read), "its result");
    compare(&folder, "polars");
}

#[test]
fn the_recipe_for_spark_gives_every_row_what_tip_annotate_does() {
    let Some(folder) = folder("spark", "python3", &["-c"], "import pyspark") else {
        return;
    };
    // One process: to start Spark takes longer than all the rest.
    let script = format!(
        "{}from pyspark.sql import SparkSession\n\
         spark = SparkSession.builder.master('local[1]').getOrCreate()\n\
         spark.createDataFrame(rows, 'id int, country string').write.parquet('big.parquet')\n\
         {}\n\
         with open('out.csv', 'w', newline='', encoding='utf-8') as file:\n    \
             ranked = spark.read.parquet('ranked.parquet')\n    \
             csv.writer(file).writerows([ranked.columns] + [list(row) for row in ranked.collect()])\n",
        rows(),
        recipe(SECTION, "from pyspark")
    );
    assert!(run(&folder, "python3", &["-c"], &script), "the recipe");
    compare(&folder, "spark");
}
