//! The schema of the data files, which `data/datapackage.json` holds: a Frictionless Data Package whose Table Schemas have
//! three properties more: `items` (what the items of a list may be), `sortedBy`, and `ownDefault` (what an empty cell of the
//! user's own stands for).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::index::file::File;
use crate::text::{joined, quoted};

/// The data package as it is kept by hand.
pub const PACKAGE: &str = include_str!("../../data/datapackage.json");

/// What is wrong with a cell that spans lines.
pub const CONTROL: &str =
    "a line break, a tab or another control character in a cell (is a quote never closed?)";

/// A pattern, what it asks for in words, and what keeps it.
type Pattern = (&'static str, &'static str, fn(&str) -> bool);

/// The patterns that the schema may name.
const PATTERNS: &[Pattern] = &[
    ("[A-Z]{2}", "2 capitals were expected", |it| are(it, Some(2), u8::is_ascii_uppercase)),
    ("[A-Z]{3}", "3 capitals were expected", |it| are(it, Some(3), u8::is_ascii_uppercase)),
    ("[0-9]{3}", "3 digits were expected", |it| are(it, Some(3), u8::is_ascii_digit)),
    ("[A-Za-z0-9._-]+", "letters, digits, '-', '.' and '_' were expected", |it| {
        are(it, None, |byte| byte.is_ascii_alphanumeric() || b"-._".contains(byte))
    }),
    ("https?://.+", "'https://…' or 'http://…' was expected", |it| {
        it.starts_with("https://") || it.starts_with("http://")
    }),
];

#[derive(Debug, Default, Deserialize)]
struct Package {
    resources: Vec<Resource>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    path: String,
    schema: Schema,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Schema {
    /// Its columns, in the order of the header.
    pub fields: Vec<Field>,
    primary_key: Vec<String>,
    unique_keys: Vec<Vec<String>>,
    /// The columns it is sorted by, if it is.
    pub sorted_by: Vec<String>,
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Deserialize)]
pub struct Field {
    pub name: String,
    #[serde(rename = "type")]
    kind: Type,
    #[serde(default)]
    constraints: Constraints,
    #[serde(default)]
    items: Items,
    /// What an empty cell of the user's own stands for.
    #[serde(default, rename = "ownDefault")]
    pub own_default: Option<String>,
}

/// The items of a list, with ';' between them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Items {
    #[serde(rename = "type")]
    kind: Type,
    constraints: Constraints,
    reference: Option<KeyReference>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    #[default]
    String,
    Year,
    Integer,
    Boolean,
    List,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Constraints {
    required: bool,
    pattern: Option<String>,
    #[serde(rename = "enum")]
    one_of: Vec<String>,
    max_length: Option<usize>,
}

#[derive(Debug, Deserialize)]
struct ForeignKey {
    fields: Vec<String>,
    reference: KeyReference,
}

/// The other end of a foreign key.
#[derive(Debug, Deserialize)]
pub struct KeyReference {
    resource: String,
    fields: Vec<String>,
}

impl KeyReference {
    /// The file and the column that have the value.
    pub fn file_and_column(&self) -> (String, &str) {
        let column = self.fields.first().map_or("", String::as_str);
        (format!("{}.csv", self.resource), column)
    }
}

impl File {
    pub fn schema(&self) -> &'static Schema {
        static NONE: LazyLock<Schema> = LazyLock::new(Schema::default);
        static KNOWN: LazyLock<Package> =
            LazyLock::new(|| serde_json::from_str(PACKAGE).unwrap_or_default());
        let resource = KNOWN.resources.iter().find(|resource| resource.path == self.name);
        resource.map_or(&*NONE, |resource| &resource.schema)
    }
}

impl Schema {
    /// The columns that tell a row from all others.
    pub fn key(&self) -> &[String] {
        self.unique_keys.first().unwrap_or(&self.primary_key)
    }

    pub fn index_of(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == column)
    }

    /// The columns whose values, or items of a list, name a row of another file.
    pub fn references(&self) -> impl Iterator<Item = (usize, &KeyReference)> {
        let of_lists = self.fields.iter().enumerate();
        let of_lists = of_lists.filter_map(|(nth, it)| Some((nth, it.items.reference.as_ref()?)));
        let of_cells = self.foreign_keys.iter();
        let of_cells = of_cells.filter_map(|key| {
            let column = key.fields.first()?;
            Some((self.index_of(column)?, &key.reference))
        });
        of_lists.chain(of_cells)
    }
}

impl Field {
    /// Whether a file of the user's must have the column.
    pub fn is_needed(&self) -> bool {
        self.constraints.required && self.own_default.is_none()
    }

    pub fn is_address(&self) -> bool {
        self.constraints.pattern.as_deref() == Some("https?://.+")
    }

    /// What is wrong with a cell by itself, if anything.
    pub fn breach(&self, cell: &str) -> Option<String> {
        if cell != cell.trim() {
            return Some(format!("{}: take the space at its end away", quoted(cell)));
        }
        if cell.is_empty() {
            return self.constraints.required.then(|| "empty; it must not be".to_owned());
        }
        if self.kind != Type::List {
            return wrong(cell, self.kind, &self.constraints);
        }
        let empty = cell.split(';').any(str::is_empty);
        let what = || format!("{}: an empty item in a list; one ';' between two", quoted(cell));
        let mut items = cell.split(';').filter(|item| !item.is_empty());
        items
            .find_map(|item| wrong(item, self.items.kind, &self.items.constraints))
            .or_else(|| empty.then(what))
    }

    /// The values that a cell, or an item of a list, may have, if they are a few.
    #[cfg(test)]
    fn one_of(&self) -> Vec<&str> {
        let few = if self.kind == Type::List { &self.items.constraints } else { &self.constraints };
        few.one_of.iter().map(String::as_str).collect()
    }
}

/// What is wrong with a value, if anything.
fn wrong(value: &str, kind: Type, constraints: &Constraints) -> Option<String> {
    let Constraints { pattern, one_of, max_length, .. } = constraints;
    let digits = |length| are(value, length, u8::is_ascii_digit);
    let expected = match kind {
        Type::Year if !digits(Some(4)) => "a year of four digits was expected".to_owned(),
        Type::Integer if !digits(None) || value.parse::<u32>().is_err() => {
            "a whole number was expected, digits only".to_owned()
        }
        Type::Boolean if !["yes", "no"].contains(&value) => {
            "neither 'yes' nor 'no' nor empty".to_owned()
        }
        _ if max_length.is_some_and(|most| value.chars().count() > most) => {
            "one letter was expected".to_owned()
        }
        _ if !one_of.is_empty() && !one_of.iter().any(|it| it == value) => {
            let known: Vec<&str> = one_of.iter().map(String::as_str).collect();
            format!("not one of {}", joined(&known, "and"))
        }
        _ => {
            let known = PATTERNS.iter().find(|(it, ..)| Some(*it) == pattern.as_deref());
            let (_, words, _) = known.filter(|(.., keeps)| !keeps(value))?;
            (*words).to_owned()
        }
    };
    Some(format!("{}: {expected}", quoted(value)))
}

/// Whether every byte is of a kind, and there are as many.
fn are(value: &str, length: Option<usize>, is: fn(&u8) -> bool) -> bool {
    length.is_none_or(|length| value.len() == length) && value.bytes().all(|byte| is(&byte))
}

#[cfg(test)]
mod tests {
    use crate::index::schema::{Constraints, PACKAGE, PATTERNS, Package, Type};
    use crate::index::table::Tables;

    #[test]
    fn the_schema_has_every_file_its_columns_and_its_order() {
        let package: Package = serde_json::from_str(PACKAGE).expect("the schema can be read");
        let files = Tables::embedded().files();
        let named: Vec<&str> = package.resources.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(named, files.map(|file| file.name));
        for file in files {
            let columns = file.schema().fields.iter().map(|field| field.name.as_str());
            assert!(columns.eq(file.columns()), "{}", file.name);
            let keys = file.schema().sorted_by.iter().map(String::as_str);
            assert!(keys.clone().eq(file.columns().take(keys.count())), "{}", file.name);
            assert!(!file.schema().key().is_empty(), "{}", file.name);
        }
    }

    #[test]
    fn every_constraint_of_the_schema_is_one_that_cells_are_held_to() {
        for field in Tables::embedded().files().iter().flat_map(|file| &file.schema().fields) {
            for (kind, it) in
                [(field.kind, &field.constraints), (field.items.kind, &field.items.constraints)]
            {
                let Constraints { pattern, max_length, .. } = it;
                let is_known = |it: &String| PATTERNS.iter().any(|(known, ..)| known == it);
                assert!(pattern.as_ref().is_none_or(is_known), "{}", field.name);
                assert!(max_length.is_none_or(|most| most == 1), "{}", field.name);
                assert!(kind != Type::List || field.kind == Type::List, "{}", field.name);
            }
        }
    }

    #[test]
    fn a_struct_of_every_file_has_the_columns_and_the_values_of_the_schema() {
        for read in Tables::fields() {
            let file = Tables::embedded().files().into_iter().find(|file| file.name == read.file);
            let file = file.expect("a file");
            let columns: Vec<&str> = file.columns().collect();
            assert_eq!(read.names, columns, "{}", file.name);
            for (column, values) in &read.values {
                let field = file.schema().fields.iter().find(|field| field.name == *column);
                assert_eq!(field.expect("a column").one_of(), *values, "{} {column}", file.name);
            }
        }
    }
}
