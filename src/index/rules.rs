//! What must hold of the data files. Every breach is a line that names file and line.

use std::collections::BTreeSet;

use crate::index::country::{Country, Placement, StatedRoles};
use crate::index::fold::fold;
use crate::index::load::{EMBEDDED, Files, load, rows};
use crate::index::names::{Kind, Spelling};
use crate::index::tier::{Tier, TierDefinition, tier_key};
use crate::index::{Source, names::LONGEST};

/// The report years; the Watch List begins with the report of 2004.
const YEARS: std::ops::RangeInclusive<u16> = 2001..=2025;
const FIRST_WATCH_LIST: u16 = 2004;

/// Every file with its header and the number of columns that make its key, by which it is sorted.
fn layout(files: Files) -> [(&'static str, &'static str, &'static str, usize); 6] {
    [
        (
            "countries.csv",
            files.countries,
            "iso3,iso2,numeric,name,regions",
            1,
        ),
        (
            "names.csv",
            files.names,
            "key,iso3,name,kind,languages,source,note",
            3,
        ),
        (
            "placements.csv",
            files.placements,
            "iso3,year,tier,document,evidence,transcriptions,url",
            2,
        ),
        ("roles.csv", files.roles, "iso3,year,roles,note,document", 2),
        (
            "sources.csv",
            files.sources,
            "id,title,publisher,date,url,rights",
            1,
        ),
        (
            "tiers.csv",
            files.tiers,
            "tier,name,definition,criteria,note,document,spellings",
            0,
        ),
    ]
}

/// Every breach of the rules.
fn breaches(files: Files) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text, header, keys) in layout(files) {
        form(file, text, header, keys, &mut found);
    }
    if let Err(error) = load(files).and_then(|_| meaning(files, &mut found)) {
        found.push(error.to_string());
    }
    found
}

/// The header, the order, the cells, and the bytes as a CSV writer would write them.
fn form(file: &str, text: &str, header: &str, keys: usize, found: &mut Vec<String>) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let mut last: Option<Vec<String>> = None;
    for (line, record) in (1..).zip(reader.records().map_while(Result::ok)) {
        writer
            .write_record(&record)
            .expect("memory takes every record");
        if line == 1 {
            if record.iter().collect::<Vec<_>>().join(",") != header {
                found.push(format!("data/{file}:1: the header must be {header}"));
            }
            continue;
        }
        let key: Vec<String> = record.iter().take(keys).map(str::to_owned).collect();
        if keys > 0 && last.as_ref().is_some_and(|last| *last >= key) {
            found.push(format!(
                "data/{file}:{line}: out of order, or the key {key:?} is there twice"
            ));
        }
        last = Some(key);
        for (cell, column) in record.iter().zip(header.split(',')) {
            if cell != cell.trim() || cell.contains(['\n', '\r', '\t']) {
                found.push(format!(
                    "data/{file}:{line}: column '{column}': space at an end, or a line break"
                ));
            }
        }
    }
    let written = writer.into_inner().expect("memory takes every byte");
    let differs = text
        .lines()
        .zip(String::from_utf8_lossy(&written).lines())
        .position(|(a, b)| a != b);
    if let Some(index) = differs {
        found.push(format!(
            "data/{file}:{}: not as a CSV writer writes it",
            index + 1
        ));
    } else if text.as_bytes() != written {
        found.push(format!(
            "data/{file}: line ends other than one newline, or lines that cannot be read"
        ));
    }
}

/// What the rows say: codes, years, tiers, references, spellings.
fn meaning(files: Files, found: &mut Vec<String>) -> anyhow::Result<()> {
    let sources: Vec<Source> = rows("sources.csv", files.sources)?;
    let sources: BTreeSet<String> = sources.into_iter().map(|source| source.id).collect();
    let mut check = Check { found, sources };
    let countries: Vec<Country> = rows("countries.csv", files.countries)?;
    let codes = countries
        .iter()
        .map(|country| country.iso3.clone())
        .collect();
    let taken = check.countries(&countries);
    check.placements(&rows("placements.csv", files.placements)?);
    check.roles(&rows("roles.csv", files.roles)?);
    check.tiers(&rows("tiers.csv", files.tiers)?);
    check.names(&rows("names.csv", files.names)?, &codes, &taken);
    Ok(())
}

/// The breaches found so far, and the ids of all sources.
struct Check<'found> {
    found: &'found mut Vec<String>,
    sources: BTreeSet<String>,
}

impl Check<'_> {
    /// Notes a breach in row `index` of a file.
    fn fail(&mut self, file: &str, index: usize, what: &str) {
        self.found
            .push(format!("data/{file}:{}: {what}", index + 2));
    }

    fn source(&mut self, file: &str, index: usize, id: &str) {
        if !self.sources.contains(id) {
            self.fail(file, index, &format!("'{id}' is not in sources.csv"));
        }
    }

    /// Codes have the form of ISO 3166-1, and no code and no name is there twice. Returns the names, folded.
    fn countries(&mut self, countries: &[Country]) -> BTreeSet<String> {
        const FILE: &str = "countries.csv";
        let letters = |code: &str, len| {
            code.len() == len && code.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let digits =
            |code: &String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
        let mut taken = BTreeSet::new();
        for (index, country) in countries.iter().enumerate() {
            if !letters(&country.iso3, 3)
                || !letters(&country.iso2, 2)
                || !country.numeric.as_ref().is_none_or(digits)
            {
                self.fail(FILE, index, "a code is not of the form of ISO 3166-1");
            }
            let name = fold(&country.name);
            for code in [Some(&country.iso2), country.numeric.as_ref(), Some(&name)]
                .into_iter()
                .flatten()
            {
                if !taken.insert(code.clone()) {
                    self.fail(FILE, index, &format!("'{code}' names two countries"));
                }
            }
        }
        taken
    }

    fn placements(&mut self, placements: &[Placement]) {
        const FILE: &str = "placements.csv";
        for (index, placed) in placements.iter().enumerate() {
            if !YEARS.contains(&placed.year) {
                self.fail(
                    FILE,
                    index,
                    &format!("there is no report of {}", placed.year),
                );
            }
            if placed.tier == Tier::WatchList && placed.year < FIRST_WATCH_LIST {
                self.fail(
                    FILE,
                    index,
                    &format!("no Watch List before {FIRST_WATCH_LIST}"),
                );
            }
            for id in [&placed.document].into_iter().chain(&placed.transcriptions) {
                self.source(FILE, index, id);
            }
        }
    }

    fn roles(&mut self, roles: &[StatedRoles]) {
        const FILE: &str = "roles.csv";
        for (index, stated) in roles.iter().enumerate() {
            if !YEARS.contains(&stated.year)
                || !stated.roles.is_sorted_by(|a, b| a < b)
                || stated.roles.is_empty()
            {
                self.fail(FILE, index, "no such year, no role, or roles out of order");
            }
            self.source(FILE, index, &stated.document);
        }
    }

    fn tiers(&mut self, tiers: &[TierDefinition]) {
        const FILE: &str = "tiers.csv";
        let mut written = BTreeSet::new();
        for (index, definition) in tiers.iter().enumerate() {
            self.source(FILE, index, &definition.document);
            for spelling in &definition.spellings {
                if tier_key(spelling) != *spelling || !written.insert(spelling) {
                    self.fail(
                        FILE,
                        index,
                        &format!("'{spelling}' is not folded, or means two tiers"),
                    );
                }
            }
        }
    }

    fn names(&mut self, names: &[Spelling], codes: &BTreeSet<String>, taken: &BTreeSet<String>) {
        const FILE: &str = "names.csv";
        for (index, row) in names.iter().enumerate() {
            self.source(FILE, index, &row.source);
            if let Some(what) = wrong_with(row, codes) {
                self.fail(FILE, index, &what);
            }
            if taken.contains(&row.key) {
                self.fail(
                    FILE,
                    index,
                    &format!("'{}' is a country's own name", row.name),
                );
            }
        }
    }
}

/// What is wrong with one row of `names.csv`.
fn wrong_with(row: &Spelling, codes: &BTreeSet<String>) -> Option<String> {
    let several = row.kind >= Kind::Ambiguous;
    let says_why = matches!(row.kind, Kind::Former | Kind::Contested) || several;
    if row.key != fold(&row.name) {
        return Some(format!("column 'key': must be '{}'", fold(&row.name)));
    }
    if row.key.is_empty() || row.name.chars().count() > LONGEST {
        return Some("column 'name': empty or too long".to_owned());
    }
    if let Some(code) = row.iso3.iter().find(|code| !codes.contains(*code)) {
        return Some(format!("column 'iso3': no country has the code '{code}'"));
    }
    if row.iso3.is_empty() || !row.iso3.is_sorted() || (row.iso3.len() > 1) != several {
        return Some(
            "column 'iso3': several, sorted, for ambiguous and dissolved names; else one"
                .to_owned(),
        );
    }
    if says_why && row.note.is_none() {
        return Some("column 'note': must say why".to_owned());
    }
    None
}

#[test]
fn the_data_files_keep_the_rules() {
    let found = breaches(EMBEDDED);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_spelling_names_two_countries() {
    let rows = rows::<Spelling>("names.csv", EMBEDDED.names).expect("the rules hold");
    for pair in rows.windows(2) {
        let [a, b] = pair else { continue };
        assert!(
            a.key != b.key || a.iso3 == b.iso3,
            "'{}' and '{}'",
            a.name,
            b.name
        );
    }
}

/// The breaches after one replacement in one file.
fn broken(change: impl Fn(&mut Files)) -> String {
    let mut files = EMBEDDED;
    change(&mut files);
    breaches(files).join("\n")
}

fn replaced(text: &'static str, from: &str, to: &str) -> &'static str {
    assert!(text.contains(from), "'{from}' is not in the file");
    Box::leak(text.replacen(from, to, 1).into_boxed_str())
}

#[test]
fn a_broken_row_is_named_by_file_line_and_column() {
    let found = broken(|files| {
        files.placements = replaced(files.placements, "ALB,2018,2,", "ALB,2018,2.5,");
    });
    assert!(
        found.contains("data/placements.csv:2: column 'tier': unknown variant `2.5`"),
        "{found}"
    );
    let found =
        broken(|files| files.roles = replaced(files.roles, "MDA,2018,source", "MDA,2018,sauce"));
    assert!(
        found.contains("data/roles.csv:6: column 'roles': unknown variant `sauce`"),
        "{found}"
    );
    let found =
        broken(|files| files.placements = replaced(files.placements, "MDA,2018", "MDA,year"));
    assert!(
        found.contains("data/placements.csv:6: column 'year': invalid digit"),
        "{found}"
    );
    let found = broken(|files| files.countries = replaced(files.countries, "AL,008", "AL"));
    assert!(
        found.contains("data/countries.csv:2: 4 columns; the header has 5"),
        "{found}"
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_a_breach() {
    let found =
        broken(|files| files.placements = replaced(files.placements, "ALB,2018", "ABC,2018"));
    assert!(
        found.contains("data/placements.csv:2: column 'iso3': no country has the code 'ABC'"),
        "{found}"
    );
    let found = broken(|files| files.roles = replaced(files.roles, "TIP2018-BGR", "TIP2018-XYZ"));
    assert!(
        found.contains("data/roles.csv:3: 'TIP2018-XYZ' is not in sources.csv"),
        "{found}"
    );
}

#[test]
fn order_form_and_range_are_checked() {
    let found =
        broken(|files| files.countries = replaced(files.countries, "ALB,AL,008", "ZZZ,AL,008"));
    assert!(
        found.contains("data/countries.csv:3: out of order"),
        "{found}"
    );
    let found = broken(|files| files.tiers = replaced(files.tiers, ",Tier 1,", ",\"Tier 1\","));
    assert!(
        found.contains("data/tiers.csv:2: not as a CSV writer writes it"),
        "{found}"
    );
    let found = broken(|files| {
        files.placements = replaced(files.placements, "BIH,2018,2WL", "BIH,2003,2WL");
    });
    assert!(
        found.contains("data/placements.csv:4: no Watch List before 2004"),
        "{found}"
    );
    let found = broken(|files| files.sources = replaced(files.sources, "id,title", "id,name"));
    assert!(
        found.contains("data/sources.csv:1: the header must be"),
        "{found}"
    );
    let found = broken(|files| files.names = replaced(files.names, "bih,BIH,BiH", "bh,BIH,BiH"));
    assert!(found.contains("column 'key': must be 'bih'"), "{found}");
}
