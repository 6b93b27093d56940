//! Data of the user's own as little as can be: what a folder leaves out is worked out, or left open.

use std::fs;

use crate::common::{output, text, tip};
use crate::own::{asked, checked, folder, path};

/// Five rows that a new user types.
const FIVE: &str = "iso3,year,tier\nMDA,2026,1\nSRB,2026,2WL\nROU,2026,2\nBGR,2026,2\nALB,2026,2\n";

#[test]
fn three_columns_of_placements_are_a_report() {
    let folder = folder(&[("placements.csv", FIVE)]);
    let checked = output(&mut tip(&["check", path(&folder)]));
    assert!(checked.status.success(), "{}", text(&checked.stdout));
    assert!(text(&checked.stderr).contains("rows added: 5, replaced: 0"), "{checked:?}");
    let own = format!("own data ({})", path(&folder));
    let cases: &[(&[&str], &str)] = &[
        (&["lookup", "Moldova", "2026", "--csv", "-c", "tier,evidence,sources"], "1,single,own"),
        (&["sources", "Moldova", "--csv"], &own),
        (&["lookup", "Moldova", "2026"], "Tier 1 in 2026"),
        (&["sources", "TIP2026", "--csv"], "TIP2026,2026 Trafficking in Persons Report"),
        (&["sources", "own", "--csv"], "own data ("),
        (
            &["cite", "Moldova", "2026", "--sentence"],
            "In its 2026 Trafficking in Persons Report, the US Department of State places Moldova in Tier 1.",
        ),
        (&["cite", "2026"], "US Department of State. (2026). 2026 Trafficking in Persons Report."),
        (&["list", "2026", "--on", "special-watch-list", "--csv"], "Serbia,SRB,2026"),
        (&["coverage", "--csv"], "2026,,,5,,0,5,0"),
        (&["changes", "2026", "--csv"], "Moldova,MDA,2026,2,1,upgraded"),
    ];
    for (question, expected) in cases {
        let printed = asked(&folder, question);
        assert!(printed.contains(expected), "{question:?}: {expected}\n{printed}");
    }
}

#[test]
fn semicolons_a_byte_order_mark_and_spreadsheet_line_ends_are_read() {
    let rows = "\u{feff}year;iso3;tier;sources;url\r\n2026;MDA;1;\"FB;SURE\";\r\n2026;SRB;4;;\r\n";
    let folder = folder(&[("placements.csv", rows)]);
    assert_eq!(
        checked(&folder),
        "placements.csv:3:10: column 'tier': '4': not one of 1, 2, 2WL, 3, special and none\n"
    );
    fs::write(folder.path().join("placements.csv"), rows.replace('4', "3")).expect("a file");
    let printed = asked(&folder, &["lookup", "Moldova", "Serbia", "2026", "--csv"]);
    assert!(printed.contains("Moldova,MDA,2026") && printed.contains("Serbia,SRB,2026"));
    fs::write(folder.path().join("placements.csv"), rows.replace('"', "")).expect("a file");
    let said = checked(&folder);
    assert!(said.contains("6 cells; the header has 5: a cell with a ';' in it must be"), "{said}");
}

#[test]
fn a_year_that_does_not_follow_makes_no_report() {
    let folder = folder(&[("placements.csv", FIVE.replace("MDA,2026", "MDA,2062"))]);
    assert_eq!(
        checked(&folder),
        "placements.csv:2:5: column 'year': '2062' is not in reports.csv; add it there\n"
    );
}

#[test]
fn a_column_that_must_be_there_is_named_with_those_that_may_be_left_out() {
    let folder = folder(&[("placements.csv", "iso3,year\nMDA,2026\n")]);
    assert_eq!(
        checked(&folder),
        "placements.csv:1: the column 'tier' is missing; iso3, year and tier must be there\n"
    );
}

#[test]
fn a_name_of_the_users_own_is_two_columns() {
    let folder = folder(&[("names.csv", "iso3,name\nMDA,Our Moldova Office\n")]);
    let printed = asked(&folder, &["resolve", "our moldova office", "--csv"]);
    assert!(printed.contains("resolved,MDA"), "{printed}");
}

#[test]
fn a_template_keeps_the_rules_and_is_read_back() {
    let target = tempfile::tempdir().expect("a folder");
    let (target, folder) = (&target, target.path().join("mine"));
    let name = folder.to_str().expect("a name in UTF-8");
    let written = output(&mut tip(&["export", "--template", "2026", name, "--csv"]));
    assert!(written.status.success(), "{}", text(&written.stderr));
    let files: Vec<String> = text(&written.stdout)
        .lines()
        .skip(1)
        .filter_map(|line| Some(line.split(',').next()?.to_owned()))
        .collect();
    assert_eq!(files, ["placements.csv", "reports.csv", "sources.csv"]);
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 3);
    for file in files {
        let text = fs::read_to_string(folder.join(&file)).expect("a file");
        assert_eq!(text.lines().count(), 2, "{file}");
    }
    let checked = output(&mut tip(&["check", name]));
    assert!(checked.status.success(), "{}", text(&checked.stdout));
    let other = target.path().join("other");
    let other = other.to_str().expect("a name in UTF-8");
    let refused = output(&mut tip(&["export", "--template", "2031", other]));
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(said.contains(&format!("tip export --template 2026 {other}")), "{said}");
}
