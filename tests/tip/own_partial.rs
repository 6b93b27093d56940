//! A report of the user's own that is far from whole answers where it is named, and is never the newest.

use crate::common::{feed, output, text, tip};
use crate::own::{asked, folder, path};

const FIVE: &str = "iso3,year,tier\nMDA,2026,1\nSRB,2026,2WL\nROU,2026,2\nBGR,2026,2\nALB,2026,2\n";
const SAID: &str = "2026: 5 countries, 2025 had 188";

#[test]
fn a_partial_report_is_never_the_newest() {
    let folder = folder(&[("placements.csv", FIVE)]);
    let cases: &[(&[&str], &str)] = &[
        (&["lookup", "Moldova", "--csv"], "Moldova,MDA,2025,"),
        (&["lookup", "Moldova"], "2026 (partial, own data): Tier 1"),
        (&["lookup", "Moldova", "latest", "--csv"], "Moldova,MDA,2025,"),
        (&["lookup", "Moldova", "2018", "--csv", "-c", "tier,latest_tier"], "2,2\n"),
        (&["list", "--region", "eu", "--csv"], "Austria,AUT,2025,"),
        (&["stats", "--csv"], "2025,world,1,"),
        (&["watch-list", "--csv", "-c", "year,country"], "2025,"),
        (&["changes", "--csv"], ",2025,"),
        (&["history", "Moldova", "--csv"], "Moldova,MDA,2025,"),
        (&["cite", "Moldova"], "2025 Trafficking in Persons Report"),
    ];
    for (question, expected) in cases {
        let printed = asked(&folder, question);
        assert!(printed.contains(expected), "{question:?}: {expected}\n{printed}");
        assert!(!printed.contains(",2026,"), "{question:?}\n{printed}");
    }
    let mut annotate = tip(&["annotate", "--column", "c", "-"]);
    let annotated = feed(annotate.env("TIP_DATA", folder.path()), b"c\nMoldova\n");
    assert!(text(&annotated.stdout).contains(",2025,"), "{annotated:?}");
    assert_eq!(text(&annotated.stderr).matches(SAID).count(), 1, "{annotated:?}");
}

#[test]
fn a_partial_report_answers_where_it_is_named() {
    let folder = folder(&[("placements.csv", FIVE)]);
    let cases: &[(&[&str], &str)] = &[
        (&["lookup", "Moldova", "2026", "--csv"], "Moldova,MDA,2026,"),
        (&["lookup", "Moldova", "2026"], "Tier 1 in 2026, upgraded from Tier 2"),
        (&["list", "2026", "--region", "eu", "--csv"], "Bulgaria,BGR,2026,"),
        (&["history", "Moldova", "2024..2026", "--csv"], "Moldova,MDA,2026,1,"),
        (&["changes", "2026", "--csv"], "Moldova,MDA,2026,2,1,upgraded"),
        (&["stats", "2026", "--csv"], "2026,world,2,3,5,"),
    ];
    for (question, expected) in cases {
        let printed = asked(&folder, question);
        assert!(printed.contains(expected), "{question:?}: {expected}\n{printed}");
    }
    let mut annotate = tip(&["annotate", "--column", "c", "--year-column", "y", "-"]);
    let annotated = feed(annotate.env("TIP_DATA", folder.path()), b"c,y\nMoldova,2026\n");
    assert!(text(&annotated.stdout).contains("Moldova,2026,MDA"), "{annotated:?}");
    assert!(text(&annotated.stdout).contains(",ranked"), "{annotated:?}");
}

#[test]
fn check_and_one_warning_say_how_much_is_there() {
    let folder = folder(&[("placements.csv", FIVE)]);
    let checked = output(&mut tip(&["check", path(&folder)]));
    assert!(checked.status.success());
    assert_eq!(text(&checked.stderr).matches(SAID).count(), 1, "{checked:?}");
    let asked = output(&mut tip(&["stats", "--data", path(&folder)]));
    assert_eq!(text(&asked.stderr).matches(SAID).count(), 1, "{asked:?}");
    let resolved = output(&mut tip(&["resolve", "Moldova", "--data", path(&folder)]));
    assert_eq!(text(&resolved.stderr).matches(SAID).count(), 0, "{resolved:?}");
}
