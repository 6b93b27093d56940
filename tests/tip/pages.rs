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
    assert!(text(&output.stderr).contains("'tip lookup' and 'tip list' give its facts as rows"));
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

#[test]
fn a_site_has_a_page_per_country_that_links_to_the_others_and_a_script_on_its_index_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str| {
        let path = folder.path().join(name);
        let words = ["brief", "--all", "-o", &*path.to_string_lossy()].map(str::to_owned);
        let output = output(&mut tip(&words.each_ref().map(String::as_str)));
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stdout).is_empty(), "the folder is the answer");
        let files = fs::read_dir(path).expect("a folder").map(|file| file.expect("a file").path());
        let mut files: Vec<_> = files.collect();
        files.sort();
        files
    };
    let (one, other) = (write("one"), write("other"));
    assert_eq!(one.len(), 194);
    let names: Vec<_> = one.iter().filter_map(|path| path.file_name()).collect();
    for (path, again) in one.iter().zip(&other) {
        let page = fs::read_to_string(path).expect("a page");
        assert!(page == fs::read_to_string(again).expect("a page"), "{path:?}: the same bytes");
        let is_index = path.ends_with("index.html");
        assert_eq!(page.contains("<script>"), is_index, "{path:?}");
        assert_eq!(page.contains("script-src 'sha256-"), is_index, "{path:?}");
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let is_elsewhere = link.starts_with("https:") || link.starts_with("http:");
            let is_here = link.starts_with('#') || link == "data:,";
            let is_file = names.iter().any(|name| name.to_string_lossy() == link);
            assert!(is_elsewhere || is_here || is_file, "{path:?}: {link}");
        }
    }
    // A rank that several share is one.
    let path = folder.path().join("2004");
    shown(&["brief", "--year", "2004", "--all", "-q", "-o", &path.to_string_lossy()]);
    let index = fs::read_to_string(path.join("index.html")).expect("the index");
    assert!(index.contains("moved 10 countries up and 37 down"), "{index}");
    let alone = shown(&["brief", "Serbia", "--format", "html"]);
    assert!(!alone.contains("moldova.html"), "a page that is sent leads to none beside it");
}

#[test]
fn a_summary_counts_what_list_and_changes_count() {
    for year in ["2004", "2012", "2025"] {
        let page = shown(&["summary", year, "--format", "md"]);
        let title = shown(&["changes", year]);
        let title = title.lines().next().unwrap_or_default();
        let said = page.lines().next().unwrap_or_default();
        let (up, down) = said.split_once(" countries moved up, ").expect("a title");
        let (up, down) = (up.trim_start_matches("# "), down.trim_end_matches(" down"));
        assert!(title.contains(&format!(": {up} upgraded, {down} downgraded")), "{title}: {said}");
        let stats = shown(&["stats", year, "--csv", "--no-header", "-c", "tier,countries"]);
        for (tier, name) in [("1,", "Tier 1"), ("3,", "Tier 3"), ("2WL,", "Tier 2 Watch List")] {
            let count = stats.lines().find_map(|line| line.strip_prefix(tier)).expect("a tier");
            let row = page.lines().find(|line| line.starts_with(&format!("| {name} |")));
            let row = row.expect("a row of the page");
            assert!(row.contains(&format!("| {count} |")), "{year}: {row}: {count}");
        }
    }
}

#[test]
fn a_page_refuses_what_is_of_rows() {
    for words in [["brief", "Moldova", "-c", "tier"], ["summary", "2020", "--no-header", "-q"]] {
        let output = output(&mut tip(&words));
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(text(&output.stderr).contains("a page has no columns"), "{words:?}");
    }
}

#[test]
fn a_site_that_is_only_proposed_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = output(tip(&["site"]).current_dir(folder.path()));
    assert!(text(&output.stderr).contains("try: tip brief --all -o site"), "{output:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
