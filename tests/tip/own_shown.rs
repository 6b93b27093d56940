//! What stands in data of the user's, or in a word that is typed, does nothing where it is shown.

use std::path::Path;

use crate::common::{output, text, tip};
use crate::own::{asked, folder};

const PLACED: &str = "iso3,year,tier\nMDA,2026,1\nZZL,2026,2\n";

/// A folder with a country of this name.
fn with_country(name: &str) -> tempfile::TempDir {
    let countries = format!("iso3,iso2,name\nZZL,ZL,\"{name}\"\n");
    folder(&[("placements.csv", PLACED), ("countries.csv", &countries)])
}

#[test]
fn a_brace_closes_no_field_of_bibtex() {
    let folder = with_country("Zed}land {Isle");
    let printed = asked(&folder, &["cite", "ZZL", "2026", "--style", "bibtex"]);
    assert!(printed.contains("Zed\\textbraceright land \\textbraceleft Isle"), "{printed}");
    assert_eq!(printed.matches('{').count(), printed.matches('}').count(), "{printed}");
}

#[test]
fn no_tag_link_or_picture_begins_in_markdown() {
    let folder = with_country("<img src=x> [a](javascript:b) `c` | d");
    let shown = "\\<img src=x> \\[a\\](javascript:b) \\`c\\` \\| d";
    let questions: [&[&str]; 5] = [
        &["lookup", "ZZL", "2026", "-f", "markdown", "-c", "country,tier"],
        &["lookup", "ZZL", "2026", "-f", "markdown"],
        &["lookup", "ZZL", "MDA", "2026", "-f", "markdown"],
        &["history", "ZZL", "2025..2026", "-f", "markdown"],
        &["sources", "ZZL", "-f", "markdown"],
    ];
    for question in questions {
        let printed = asked(&folder, question);
        let begins = printed.replace("\\<", "").contains('<');
        assert!(printed.contains(shown) && !begins, "{question:?}\n{printed}");
    }
    let picture = folder.path().join("map.svg");
    let picture = picture.to_str().expect("a name in UTF-8");
    asked(&folder, &["history", "ZZL", "2025..2026", "-o", picture]);
    let svg = std::fs::read_to_string(picture).expect("a picture");
    assert!(!svg.contains("<img"), "{svg}");
}

#[test]
fn no_tag_begins_in_a_page_and_every_field_of_a_reference_is_read_back() {
    let name = "Zed {Is}le <img src=x onerror=alert(1)> & </title><script>x</script> \\ 'q'";
    let folder = with_country(name);
    for question in [&["lookup", "ZZL", "2026"][..], &["list", "2026"], &["brief", "ZZL", "2026"]] {
        let page = asked(&folder, &[question, &["-f", "html"]].concat());
        let is_shown =
            page.contains("Zed {Is}le &lt;img src=x onerror=alert(1)&gt; &amp; &lt;/title");
        assert!(is_shown && !page.contains("<img") && !page.contains("<script"), "{page}");
    }
    let cite = |style| asked(&folder, &["cite", "ZZL", "2026", "--style", style]);
    let items: serde_json::Value = serde_json::from_str(&cite("csl-json")).expect("JSON");
    let items = items.as_array().expect("an array").iter();
    assert!(items.filter_map(|item| item["title"].as_str()).any(|title| title == name));
    let ris = cite("ris");
    let is_field = |line: &str| line.is_empty() || line.get(2..6) == Some("  - ");
    assert!(ris.lines().all(is_field) && ris.contains(&format!("TI  - {name}\n")), "{ris}");
}

#[test]
fn no_message_acts_on_a_terminal_whatever_was_typed() {
    let hostile = "x\u{1b}]0;t\u{7}\u{9b}31m\u{202e}y";
    let file = format!("{hostile}.csv");
    let option = format!("--{hostile}");
    let questions: &[&[&str]] = &[
        &[hostile],
        &["lookup", hostile],
        &["lookup", "Moldova", hostile],
        &["lookup", "Moldova", "--year", hostile],
        &["lookup", "Moldova", "-c", hostile],
        &["lookup", "Moldova", "-f", hostile],
        &["lookup", "Moldova", "-o", hostile],
        &["lookup", "Moldova", "-o", "/nowhere/\u{1b}[2J.csv"],
        &["lookup", "Moldova", &option],
        &["list", "--region", hostile],
        &["list", "--tier", hostile],
        &["list", "--on", hostile],
        &["list", hostile],
        &["history", hostile],
        &["changes", hostile],
        &["watch-list", hostile],
        &["stats", hostile],
        &["map", hostile],
        &["tiers", hostile],
        &["resolve", hostile, hostile],
        &["sources", hostile],
        &["cite", hostile],
        &["enforcement", "--year", hostile],
        &["annotate", &file],
        &["annotate", "--map", &file, "Cargo.toml"],
        &["check", hostile],
        &["export", "--template", hostile, hostile],
        &["stats", "--data", hostile],
        &["completions", hostile],
    ];
    for question in questions {
        let said = text(&output(&mut tip(question)).stderr);
        let acts = said.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
        assert!(acts.is_none() && !said.is_empty(), "{question:?}: {acts:?}\n{said:?}");
    }
    assert!(!Path::new(hostile).exists());
}
