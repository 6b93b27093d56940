//! The data against what is known of them from elsewhere: second lists of codes.

use std::collections::{BTreeMap, BTreeSet};

/// The rows of a CSV file, each cell by the name of its column.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    reader.deserialize().map(|row| row.expect("a row")).collect()
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
