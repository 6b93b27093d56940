//! The data against what is known of them from elsewhere: the figures that the documents state, and second lists of codes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The rows of a CSV file, each cell by the name of its column.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// A text with one space between its words.
fn squeezed(path: &str) -> String {
    let text = fs::read_to_string(path).expect("a text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number with commas between thousands.
fn number(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

/// How many rows have these values.
fn count(rows: &[BTreeMap<String, String>], values: &[(&str, &str)]) -> usize {
    rows.iter().filter(|row| values.iter().all(|(column, value)| row[*column] == *value)).count()
}

/// Confirmed ones of all, in percent.
fn percent(confirmed: usize, all: usize) -> String {
    let permille = (confirmed * 1000 + all / 2) / all;
    format!("{}.{} %", permille / 10, permille % 10)
}

/// Asserts that a document states every sentence.
fn states(path: &str, sentences: &[String]) {
    let text = squeezed(path);
    let missing = sentences.iter().filter(|sentence| !text.contains(&***sentence));
    let missing: Vec<&String> = missing.collect();
    assert!(missing.is_empty(), "{path} does not state {missing:#?}");
}

#[test]
fn the_documents_state_how_many_placements_there_are_and_how_many_are_confirmed() {
    let all = rows("data/placements.csv");
    let (none, placed): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row["tier"] == "none");
    let of = |column, value| count(&placed, &[(column, value)]);
    let basis = |basis| number(count(&placed, &[("evidence", "confirmed"), ("basis", basis)]));
    let confirmed = of("evidence", "confirmed");
    let share = percent(confirmed, placed.len());
    let single = |year| count(&placed, &[("evidence", "single"), ("year", year)]);
    let newest = |evidence| count(&placed, &[("evidence", evidence), ("year", "2025")]);
    assert_eq!(of("evidence", "disputed"), 0);
    let (all, confirmed) = (number(placed.len()), number(confirmed));
    states(
        "data/README.md",
        &[
            format!("Of {all} placements {confirmed} are confirmed ({share})"),
            format!("{} by transcriptions", basis("transcriptions")),
            format!("{} by the State Department's own text", basis("state-text")),
            format!("{} by exclusion", basis("exclusion")),
            format!("{} are single and none disputed", of("evidence", "single")),
            format!("Single are {} of 2025", single("2025")),
            format!("{} of 2010", single("2010")),
            format!(
                "Of {} rows `none` {} are confirmed, {} single (Kosovo) and {} disputed (Bhutan 2012)",
                none.len(),
                count(&none, &[("evidence", "confirmed")]),
                count(&none, &[("evidence", "single"), ("iso3", "XKX")]),
                count(&none, &[("evidence", "disputed"), ("iso3", "BTN"), ("year", "2012")]),
            ),
        ],
    );
    states(
        "README.md",
        &[
            format!("{all} placements with tier, evidence and sources, {share} of them confirmed"),
            format!(
                "{} of its {} placements are confirmed",
                newest("confirmed"),
                newest("confirmed") + newest("single")
            ),
        ],
    );
}

#[test]
fn the_documents_state_how_many_roles_and_languages_and_tiles_there_are() {
    let roles = count(&rows("data/roles.csv"), &[("year", "2018")]);
    let earlier = rows("data/roles_history.csv");
    let values = |rows: &[BTreeMap<String, String>], column: &str| -> BTreeSet<String> {
        rows.iter().map(|row| row[column].clone()).collect()
    };
    let (countries, years) = (values(&earlier, "iso3").len(), values(&earlier, "year"));
    let (first, last) = (years.first().expect("a year"), years.last().expect("a year"));
    let chapters = earlier.len();
    let tiles = rows("data/tiles.csv");
    let most = |column: &str| tiles.iter().filter_map(|row| row[column].parse::<u32>().ok()).max();
    let (height, width) = (most("row").expect("a row"), most("column").expect("a column"));
    let names = rows("data/names.csv");
    let languages = names.iter().flat_map(|row| row["languages"].split(';'));
    let languages = languages.filter_map(|code| code.split('-').next());
    let languages: BTreeSet<&str> = languages.filter(|code| !code.is_empty()).collect();
    assert!(languages.len() > 200, "{} languages", languages.len());
    states(
        "README.md",
        &[
            format!("the roles that the 2018 report states for {roles} countries"),
            format!("those of {chapters} chapters of the reports of {first} to {last}"),
            "in more than 200 languages".to_owned(),
        ],
    );
    states("src/cli/help/questions.md", &[format!("columns by {height} rows")]);
    states(
        "data/README.md",
        &[
            format!(
                "for {chapters} chapters of {countries} countries in the reports of {first} to {last}"
            ),
            format!("the map has {height} rows and {width} columns"),
        ],
    );
}

/// What `codes.csv` and the second list of a system do not both have: the code, its country, and why.
const DEVIATIONS: &[(&str, &str, &str, &str)] = &[
    ("fifa", "FSM", "FSM", "no member of FIFA; in the data set country-codes"),
    ("fifa", "GBZ", "GIB", "withdrawn, kept as another code of Gibraltar"),
    ("fifa", "KIR", "KIR", "no member of FIFA; in the data set country-codes"),
    ("fifa", "KVX", "XKX", "withdrawn, kept as another code of Kosovo"),
    ("fifa", "LIB", "LBN", "withdrawn, kept as another code of Lebanon"),
    ("fifa", "MHL", "MHL", "no member of FIFA; in the data set country-codes"),
    ("fifa", "MON", "MCO", "no member of FIFA; in the data set country-codes"),
    ("fifa", "NRU", "NRU", "no member of FIFA; in the data set country-codes"),
    ("fifa", "PLW", "PLW", "no member of FIFA; in the data set country-codes"),
    ("fifa", "SIN", "SGP", "withdrawn, kept as another code of Singapore"),
    ("fifa", "SUD", "SDN", "withdrawn, kept as another code of Sudan"),
    ("fifa", "TUV", "TUV", "no member of FIFA; in the data set country-codes"),
    ("fips", "KV", "XKX", "the second list has no Kosovo"),
    ("fips", "SV", "SJM", "Svalbard alone, a part of what ISO 3166-1 calls SJM"),
    ("fips", "WE", "PSE", "the West Bank alone, a part of Palestine"),
    ("ioc", "FRO", "FRO", "no National Olympic Committee"),
    ("ioc", "KOS", "XKX", "the second list has no code of Kosovo"),
    ("ioc", "LIB", "LBN", "withdrawn, kept as another code of Lebanon"),
    ("ioc", "MGO", "MNE", "withdrawn, kept as another code of Montenegro"),
    ("ioc", "MSH", "MHL", "withdrawn, kept as another code of the Marshall Islands"),
    ("ioc", "SIN", "SGP", "withdrawn, kept as another code of Singapore"),
    ("ioc", "SSD", "SSD", "the second list has no code of South Sudan"),
    ("ioc", "TRI", "TTO", "withdrawn: Trinidad and Tobago is TTO"),
    ("ioc", "TTO", "TTO", "the second list has the code withdrawn, TRI"),
];

#[test]
fn the_codes_are_those_of_a_second_list_of_each_system_but_for_deviations_with_a_reason() {
    let codes = |path| -> BTreeSet<(String, String, String)> {
        let rows = rows(path).into_iter();
        let code = |row: BTreeMap<String, String>| {
            (row["system"].clone(), row["code"].clone(), row["iso3"].clone())
        };
        // Of Correlates of War no list under a free licence was found.
        rows.map(code).filter(|(system, ..)| system != "cow").collect()
    };
    let (own, second) = (codes("data/codes.csv"), codes("tests/codes.csv"));
    let differ: BTreeSet<_> = own.symmetric_difference(&second).cloned().collect();
    let explained = DEVIATIONS.iter().map(|(system, code, iso3, _)| {
        ((*system).to_owned(), (*code).to_owned(), (*iso3).to_owned())
    });
    assert_eq!(differ, explained.collect());
}
