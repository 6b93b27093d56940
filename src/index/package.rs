//! `datapackage.json`: the data files as a Frictionless Data Package (v2), from the one table of them.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::index::file::{File, Files};
use crate::index::schema::{Column, Holds};
use crate::text::joined;

/// The name of the file.
pub const NAME: &str = "datapackage.json";

/// Where the facts come from. Each row names its own source; `sources.csv` has them all.
const SOURCES: &[(&str, &str)] = &[
    (
        "Trafficking in Persons Reports, US Department of State, 2001 on",
        "https://www.state.gov/trafficking-in-persons-report/",
    ),
    ("Unicode CLDR: cldr-core and cldr-localenames-full 48.2.0", "https://cldr.unicode.org/"),
    ("i18n-iso-countries 7.14.0", "https://www.npmjs.com/package/i18n-iso-countries"),
    (
        "hdx-python-country 4.2.5: UN M49 and UNTERM names",
        "https://pypi.org/project/hdx-python-country/",
    ),
];

#[derive(Serialize)]
struct Package {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    version: String,
    licenses: Vec<Value>,
    sources: Vec<Value>,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    path: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    hash: String,
    schema: Schema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_key: Option<&'static [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_keys: Option<[&'static [&'static str]; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<Value>,
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(flatten)]
    holds: Map<String, Value>,
    description: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    constraints: Map<String, Value>,
}

/// What `datapackage.json` is for these files.
///
/// # Errors
/// None is known.
pub fn of(files: Files) -> Result<String> {
    let package = Package {
        profile: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: "tip-report",
        title: "Tier placements, roles and country names of the Trafficking in Persons Reports",
        description: "What the US State Department's annual Trafficking in Persons Report says of each country. \
            README.md says what every column holds, where it comes from, and the rights to it.",
        version: edition(files),
        licenses: vec![
            json!({"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}),
            json!({"name": "Unicode-3.0", "title": "Unicode License V3 (names from CLDR)",
                "path": "https://www.unicode.org/license.txt"}),
        ],
        sources: SOURCES
            .iter()
            .map(|(title, path)| json!({"title": title, "path": path}))
            .collect(),
        resources: files.0.iter().map(|file| resource(files, file)).collect(),
    };
    Ok(serde_json::to_string_pretty(&package)? + "\n")
}

/// Which data these are: the newest report, and the beginning of the SHA-256 of all files.
pub fn edition(files: Files) -> String {
    let reports = files.named("reports.csv").text.lines().next_back();
    let year = reports.and_then(|row| row.split(',').next()).unwrap_or_default();
    let all = files.0.iter().fold(Sha256::new(), |all, file| all.chain_update(file.text));
    let digest = format!("{:x}", all.finalize());
    format!("{year}-{}", digest.get(..8).unwrap_or_default())
}

/// The SHA-256 of a text, as `sha256sum` prints it.
pub fn checksum(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

fn resource(files: Files, file: &File) -> Resource {
    let refers = file.columns.iter().filter_map(|column| {
        let other = files.named(column.refers.filter(|_| !column.is_list)?);
        let key = other.columns.first()?.name;
        let resource = stem(other.name);
        Some(json!({"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}))
    });
    let key = |column: &Column| file.primary.contains(&column.name);
    // A primary key has no missing value, as the year of an undated role is.
    let is_whole = file.columns.iter().filter(|it| key(it)).all(|column| column.required);
    Resource {
        name: stem(file.name),
        kind: "table",
        path: file.name,
        description: file.about,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        bytes: file.text.len(),
        hash: format!("sha256:{}", checksum(file.text)),
        schema: Schema {
            fields: file.columns.iter().map(field).collect(),
            missing_values: [""],
            primary_key: is_whole.then_some(file.primary),
            unique_keys: (!is_whole).then_some([file.primary]),
            foreign_keys: refers.collect(),
        },
    }
}

fn stem(name: &'static str) -> &'static str {
    name.trim_end_matches(".csv")
}

fn field(column: &Column) -> Field {
    let (mut holds, mut constraints) = (Map::new(), Map::new());
    let mut description = column.about.to_owned();
    let mut set = |name: &str, value: Value| holds.insert(name.to_owned(), value);
    if column.is_list {
        let is_year = matches!(column.holds, Holds::Year);
        set("type", json!("list"));
        set("delimiter", json!(";"));
        set("itemType", json!(if is_year { "integer" } else { "string" }));
        if let Holds::OneOf(names) = column.holds {
            description = format!("{description}: {}", joined(&names(), "and"));
        }
    } else {
        let pattern = |pattern: String| Some(("pattern", json!(pattern)));
        let (kind, constraint) = match column.holds {
            Holds::Text => ("string", None),
            Holds::Letter => ("string", Some(("maxLength", json!(1)))),
            Holds::Capitals(count) => ("string", pattern(format!("[A-Z]{{{count}}}"))),
            Holds::Digits(count) => ("string", pattern(format!("[0-9]{{{count}}}"))),
            Holds::Id => ("string", pattern("[A-Za-z0-9._-]+".to_owned())),
            Holds::Address => ("string", pattern("https?://.+".to_owned())),
            Holds::Year => ("year", None),
            Holds::Number => ("integer", Some(("minimum", json!(0)))),
            Holds::YesNo => ("boolean", None),
            Holds::OneOf(names) => ("string", Some(("enum", json!(names())))),
        };
        set("type", json!(kind));
        if matches!(column.holds, Holds::YesNo) {
            set("trueValues", json!(["yes"]));
            set("falseValues", json!(["no"]));
        }
        constraints.extend(constraint.map(|(name, value)| (name.to_owned(), value)));
    }
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    Field { name: column.name, holds, description, constraints }
}

#[cfg(test)]
mod tests {
    use crate::index::files::EMBEDDED;
    use crate::index::package::{NAME, of};

    #[test]
    fn the_data_package_has_the_header_the_bytes_and_the_hash_of_every_file() {
        let written = std::fs::read_to_string(format!("data/{NAME}")).unwrap_or_default();
        let right = of(EMBEDDED).expect("the package");
        let what = "data/datapackage.json is of other data: 'cargo run -- export data --force' writes it anew";
        assert!(written == right, "{what}");
    }
}
