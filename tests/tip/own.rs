//! Data of the user's own: a made-up report of 2026 works everywhere, and what is wrong with a folder is named, all of it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::{feed, output, text, tip};

const SOURCES: &str = "id,title,publisher,date,kind,url,rights\nTIP2026,2026 Trafficking in Persons Report,US Department of State,2026-06-30,state,,public domain\n";
const REPORTS: &str = "year,document,countries,note,url,url_seen,chapters\n2026,TIP2026,3,,https://www.state.gov/reports/2026-trafficking-in-persons-report/,no,\n";
const LISTS: &str = "list,name,definition,whole,source\nspecial-watch-list,Special Watch List,As tip has it.,2024;2025;2026,WATCHLIST16\n";
const COUNTRIES: &str = "iso3,iso2,numeric,regions,form_matters,dissolved,article,name\nZZL,ZL,,ZED,,,,\"Zedland, Isle of\"\n";
const REGIONS: &str =
    "region,name,definition,spellings,kind\nZED,Zedonia,The isles.,zed;zedonia,state\n";
const NAMES: &str = "key,iso3,kind,languages,source,name,note\n,ZZL,alias,en,tip,Zeddonia,\n";
const LISTINGS: &str = "iso3,list,year,source\nPRK,policy-or-pattern,2026,TIP2026\n";
/// Out of order, with a byte order mark, all quoted, the columns in another order, and the line ends of Windows.
const PLACEMENTS: &str = "\u{feff}\"year\",\"iso3\",\"tier\",\"evidence\",\"ranked_as\",\"sources\",\"url\",\"basis\"\r\n\
    \"2026\",\"PRK\",\"3\",\"single\",\"\",\"TIP2026\",\"\",\"\"\r\n\"2026\",\"SRB\",\"1\",\"single\",\"\",\"TIP2026\",\"\",\"\"\r\n\
    \r\n\"2026\",\"MDA\",\"2WL\",\"single\",\"\",\"TIP2026\",\"\",\"\"\r\n";
const ROLES: &str = "iso3,year,roles,source,note\nZZL,2026,source;transit,TIP2026,\n";

/// A report.
const REPORT: &[(&str, &str)] = &[
    ("sources.csv", SOURCES),
    ("reports.csv", REPORTS),
    ("lists.csv", LISTS),
    ("listings.csv", LISTINGS),
    ("placements.csv", PLACEMENTS),
];

/// A country.
const COUNTRY: &[(&str, &str)] = &[
    ("countries.csv", COUNTRIES),
    ("regions.csv", REGIONS),
    ("names.csv", NAMES),
    ("roles.csv", ROLES),
];

/// Both, the country in the report.
fn whole() -> Vec<(&'static str, String)> {
    let both = REPORT.iter().chain(COUNTRY);
    both.map(|(name, text)| (*name, text.replace("PRK", "ZZL"))).collect()
}

/// Both, the report as large as the one of 2025: what a smaller one says is never the newest.
fn large() -> Vec<(&'static str, String)> {
    let mut files = whole();
    let of_2025 = include_str!("../../data/placements.csv").lines().filter(|row| {
        let own = ["SRB", "MDA"].iter().any(|own| row.starts_with(own));
        row.split(',').nth(1) == Some("2025") && !row.contains(",none,") && !own
    });
    let rows = of_2025.map(|row| {
        let iso3 = row.split(',').next().expect("a code");
        format!("\"2026\",\"{iso3}\",\"2\",\"single\",\"\",\"TIP2026\",\"\",\"\"\r\n")
    });
    let rows: String = rows.collect();
    for (name, text) in &mut files {
        match *name {
            "placements.csv" => text.push_str(&rows),
            "reports.csv" => *text = text.replace("TIP2026,3,", "TIP2026,189,"),
            _ => {}
        }
    }
    files
}

/// A folder with these files.
pub fn folder<T: AsRef<str>>(files: &[(&str, T)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text.as_ref()).expect("a file");
    }
    folder
}

pub fn path(folder: &TempDir) -> &str {
    folder.path().to_str().expect("a name in UTF-8")
}

/// What `tip` prints with this folder as its own data.
pub fn asked(folder: &TempDir, question: &[&str]) -> String {
    let arguments = [&["--data", path(folder)], question].concat();
    let output = output(&mut tip(&arguments));
    assert_eq!(text(&output.stderr).matches("error:").count(), 0, "{question:?}");
    text(&output.stdout)
}

#[test]
fn a_folder_with_a_report_of_2026_keeps_the_rules() {
    let output = output(&mut tip(&["check", path(&folder(&whole()))]));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("keeps every rule; rows added: 10, replaced: 1\n"));
    assert!(output.status.success());
}

#[test]
fn a_report_of_2026_is_the_newest_in_every_answer() {
    let folder = folder(&large());
    let cases: &[(&[&str], &str)] = &[
        (&["lookup", "Moldova"], "Tier 2 Watch List in 2026"),
        (&["lookup", "Zeddonia", "--year", "latest", "--csv"], "\"Zedland, Isle of\",ZZL,2026"),
        (
            &["list", "--region", "zedonia", "--csv"],
            "\"Zedland, Isle of\",ZZL,2026,source;transit,2026,3,3",
        ),
        (
            &["list", "--on", "policy-or-pattern", "--year", "2026", "--csv"],
            "\"Zedland, Isle of\",ZZL,2026",
        ),
        (&["history", "Serbia", "--csv"], "Serbia,SRB,2026,1,single,,TIP2026,"),
        (&["changes", "Moldova", "--csv"], "Moldova,MDA,2026,2,2WL,downgraded"),
        (&["watch-list", "--csv"], "Moldova,MDA,2026,2026"),
        (&["stats", "--csv"], "2026,world,2WL,1,189,0.5"),
        (
            &["cite", "Serbia", "--sentence"],
            "In its 2026 Trafficking in Persons Report, released on 30 June 2026",
        ),
        (&["coverage", "--csv"], "2026,2026-06-30,189,189,0,0,189,0"),
        (&["sources", "TIP2026", "--csv"], "TIP2026,2026 Trafficking in Persons Report"),
        (&["regions", "--csv"], "ZED,Zedonia,state,1"),
        (&["resolve", "zeddonia", "zzl", ".zl", "--csv"], ".zl,resolved,ZZL"),
    ];
    for (question, expected) in cases {
        let printed = asked(&folder, question);
        assert!(printed.contains(expected), "{question:?}: {expected}\n{printed}");
    }
    let mut annotate = tip(&["annotate", "--column", "c", "--year", "2026", "-"]);
    let annotated = feed(annotate.env("TIP_DATA", folder.path()), b"c\nZeddonia\n");
    assert!(text(&annotated.stdout).contains("Zeddonia,ZZL,\"Zedland, Isle of\",2026,3,ranked"));
}

#[test]
fn a_name_of_the_users_own_data_is_looked_up_without_a_command() {
    let folder = folder(&whole());
    let output = output(&mut tip(&["--data", path(&folder), "Zeddonia"]));
    assert!(text(&output.stdout).contains("Zedland, Isle of"), "{output:?}");
}

#[test]
fn export_writes_files_that_are_the_same_data() {
    let target = tempfile::tempdir().expect("a folder");
    let own = folder(&whole());
    let first = asked(&own, &["export", path(&target), "--csv"]);
    assert!(first.contains("placements.csv,") && first.contains("datapackage.json,"), "{first}");
    let again = asked(&own, &["export", path(&target), "--csv"]);
    assert!(!again.contains("written"), "{again}");
    for question in [&["list", "--year", "2026"], &["resolve", "Zeddonia", "ZL"]] {
        assert_eq!(asked(&own, question), asked(&target, question), "{question:?}");
    }
}

#[test]
fn export_replaces_nothing_that_differs_unless_it_is_forced() {
    let target = folder(&[("lists.csv", "mine\n")]);
    let refused = output(&mut tip(&["export", path(&target)]));
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("lists.csv already"), "{refused:?}");
    assert_eq!(fs::read_dir(target.path()).expect("a folder").count(), 1);
    assert!(output(&mut tip(&["export", path(&target), "--force"])).status.success());
    assert!(output(&mut tip(&["check", path(&target)])).status.success());
}

/// The report, or report and country, after one replacement in one file.
fn broken(file: &str, from: &str, to: &str) -> TempDir {
    let report = REPORT.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let mut files: Vec<(&str, String)> = report.collect();
    if COUNTRY.iter().any(|(name, _)| *name == file) {
        files = whole();
    }
    let mut named = files.iter_mut().filter(|(name, _)| *name == file);
    let (_, text) = named.next().expect("a file");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    *text = text.replace(from, to);
    folder(&files)
}

/// What `tip check` prints of a folder, without the name of the folder.
pub fn checked(folder: &TempDir) -> String {
    let output = output(&mut tip(&["check", path(folder)]));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    text(&output.stdout).replace(&format!("{}/", path(folder)), "")
}

/// A file, what stands in it, what is put there instead, and all that `tip check` says.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const BROKEN: &[Case] = include!("../own.cases");

#[test]
fn twenty_broken_folders_have_every_breach_named_with_its_place_and_what_to_do() {
    assert!(BROKEN.len() >= 20);
    let mut missed = Vec::new();
    for (file, from, to, expected) in BROKEN {
        let said = checked(&broken(file, from, to));
        let lines: Vec<&str> = said.lines().collect();
        let right = lines.len() == expected.len()
            && expected.iter().zip(&lines).all(|(start, line)| line.starts_with(start));
        if !right {
            missed.push(format!("{file}: {from:?} as {to:?}\n{said}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_broken_folder_is_an_error_that_names_the_first_breaches_and_how_to_see_all() {
    let folder = broken("placements.csv", "\"2WL\"", "\"2.5\"");
    let output = output(&mut tip(&["lookup", "Moldova", "--data", path(&folder)]));
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("placements.csv:5:14: column 'tier': '2.5': not one of"), "{said}");
    assert!(said.contains("'tip check "), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn what_is_no_file_or_too_large_or_not_text_is_named_without_being_read() {
    let folder = folder(&[
        ("tiers.csv", "\0\u{1}garbage"),
        ("Placement.xlsx", ""),
        ("notes.txt", ""),
        ("README.md", ""),
    ]);
    fs::create_dir(folder.path().join("roles.csv")).expect("a folder");
    let large = fs::File::create(folder.path().join("names.csv")).expect("a file");
    large.set_len(100 << 20).expect("a file of 100 MiB");
    fs::write(
        folder.path().join("sources.csv"),
        b"id,title,publisher,date,kind,url,rights\nX,\xff\xfe,,,list,,\n",
    )
    .expect("a file");
    let said = checked(&folder);
    for expected in [
        "tiers.csv:1: no header",
        "Placement.xlsx: not the name of a data file",
        "notes.txt: not the name of a data file; call it notes.csv",
        "roles.csv: no file, but a directory",
        "names.csv: too large: the files of a folder have 32 MiB together at most",
        "sources.csv:2:3: column 'title': not UTF-8",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert_eq!(said.lines().count(), 6, "{said}");
}

#[test]
fn rows_without_end_are_not_all_read() {
    let rows: Vec<String> = (0..250_000).map(|number| format!("R{number},MDA\n")).collect();
    let folder = folder(&[("members.csv", format!("region,iso3\n{}", rows.concat()))]);
    let said = checked(&folder);
    assert!(said.contains("members.csv:200002: more than 200000 rows; take some away"));
    assert!(said.lines().count() <= 2001);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = folder::<&str>(&[]);
    let pipe = folder.path().join("roles.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    assert!(checked(&folder).contains("roles.csv: no file, but a directory, a pipe or a device"));
}

#[test]
fn where_nothing_can_be_read_the_status_is_2() {
    let empty = folder::<&str>(&[]);
    let missing = empty.path().join("missing");
    for folder in [empty.path(), &missing, Path::new("Cargo.toml")] {
        let folder = folder.to_str().expect("a name in UTF-8");
        for arguments in [&["check", folder][..], &["stats", "--data", folder]] {
            let output = output(&mut tip(arguments));
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(text(&output.stderr).contains(folder), "{output:?}");
        }
    }
}

#[test]
fn the_embedded_files_keep_the_rules() {
    for arguments in [&["check"][..], &["check", "data"]] {
        let output = output(&mut tip(arguments));
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stdout));
    }
}

#[test]
fn the_version_names_the_edition_of_the_data() {
    let target = tempfile::tempdir().expect("a folder");
    assert!(output(&mut tip(&["export", path(&target)])).status.success());
    let package = fs::read_to_string(target.path().join("datapackage.json")).expect("the package");
    let said = text(&output(&mut tip(&["--version"])).stdout);
    let edition =
        said.lines().nth(1).and_then(|line| line.strip_prefix("data ")).expect("an edition");
    assert!(edition.starts_with("2025-"), "{said}");
    assert!(package.contains(&format!("\"version\": \"{edition}\"")), "{said}");
}
