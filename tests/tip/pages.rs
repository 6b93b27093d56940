//! Pages: one file that asks for nothing beside it, in which hostile words stay words.

use std::fs;

use crate::common::{output, text, tip};

fn shown(words: &[&str]) -> String {
    let output = output(&mut tip(words));
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Countries whose pages differ: ranked, on the Watch List, in Tier 3, a special case, without a chapter, late in the data.
const SOME: [&str; 10] = ["MDA", "SRB", "TKM", "TCD", "YEM", "KIR", "USA", "SSD", "COD", "MAC"];

#[test]
fn a_page_asks_for_nothing_and_runs_nothing() {
    for country in SOME {
        let page = shown(&["brief", country, "--format", "html"]);
        for part in
            ["default-src 'none'; style-src 'sha256-", "<h1>", "<main>", "scope=\"row\"", "</html>"]
        {
            assert!(page.contains(part), "{country}: {part}");
        }
        for part in ["<script", " style=", "src=", "<link rel=\"stylesheet\"", "@import", "url("] {
            assert!(!page.contains(part), "{country}: {part}");
        }
        assert_eq!(page, shown(&["brief", country, "--format", "html"]), "the same bytes");
    }
}

#[test]
fn every_country_has_a_page_whose_first_sentence_is_that_of_cite() {
    for country in SOME {
        let page = shown(&["brief", country, "--format", "md"]);
        assert!(page.starts_with("# "), "{page}");
        assert!(page.contains("## What a tier is not"), "{country}");
        let cited = output(&mut tip(&["cite", country, "--sentence", "--quiet"]));
        let cited = text(&cited.stdout);
        let sentence = cited.split(" (http").next().unwrap_or_default().trim_end();
        assert!(page.contains(sentence), "{country}: {sentence}");
    }
}

#[test]
fn an_answer_is_a_page_with_its_title_notes_and_source() {
    let page = shown(&["list", "now", "--tier", "3", "--format", "html"]);
    for part in [
        "<h1>",
        "<caption",
        "<th scope=\"col\">",
        "Belarus",
        "Source: Trafficking in Persons Reports",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let card = shown(&["lookup", "Moldova", "--format", "html"]);
    assert!(card.contains("<th scope=\"row\">country</th><td>Moldova</td>"), "{card}");
}

#[test]
fn hostile_words_of_own_data_stay_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = "iso3,from,to,source,note\nMDA,2020,2025,own,</style><script>alert(1)</script> <b>\"&'x</b>\n";
    fs::write(folder.path().join("notes.csv"), note).expect("a file");
    let folder = folder.path().to_string_lossy().into_owned();
    let output = output(&mut tip(&["brief", "MDA", "--format", "html", "--data", &folder]));
    let page = text(&output.stdout);
    assert!(page.contains("&lt;/style&gt;&lt;script&gt;"), "{page} {}", text(&output.stderr));
    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
}

#[test]
fn a_brief_is_no_table_of_rows() {
    let output = output(&mut tip(&["brief", "Moldova", "--csv"]));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("'tip lookup' gives its facts as rows"));
}

#[test]
fn a_drawing_stands_in_a_page_above_its_rows_and_brings_no_style_and_no_id() {
    let asked: [&[&str]; 4] = [
        &["map", "--roles"],
        &["changes", "--region", "africa"],
        &["history", "Serbia", "Moldova"],
        &["stats", "2020..2025"],
    ];
    for words in asked {
        let page = shown(&[words, &["--format", "html"]].concat());
        let (before, after) =
            page.split_once("<svg class=\"picture\" role=\"img\"").expect("a picture");
        assert!(before.contains("<figure>") && after.contains("<table>"), "{words:?}");
        let (svg, _) = after.split_once("</svg>").expect("its end");
        for part in ["<style", " id=", "url(", " style=", "Drawn by"] {
            assert!(!svg.contains(part), "{words:?}: {part}");
        }
        assert!(
            after.contains("class=\"key\"") && after.contains("does not measure how much"),
            "{words:?}"
        );
        assert_eq!(page.matches("<style>").count(), 1, "{words:?}");
    }
    // A page of what no map shows has the rows alone.
    assert!(!shown(&["changes", "2015..2020", "--format", "html"]).contains("<svg"));
}
