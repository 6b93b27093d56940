//! The pictures: files that are the same bytes on every run and that XML reads, and what a terminal shows of them.

use std::fs;

use crate::common::{output, text, tip};

/// The pictures kept in `tests/pictures`. Each is written anew by `tip ARGUMENTS -o tests/pictures/NAME.svg`.
const KEPT: &[(&str, &str)] = &[
    ("world", "map"),
    ("map", "map --changes --region balkans"),
    ("roles", "map --roles --region SCA"),
    ("history", "history Moldova Kosovo Croatia ..2010"),
    ("shares", "stats --region SCA 2020.."),
    ("percent", "stats --percent --panel --region EU 2023.."),
];

fn shown(arguments: &str, more: &[&str]) -> String {
    let mut words: Vec<&str> = arguments.split(' ').collect();
    words.extend(more);
    let output = output(&mut tip(&words));
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn each_picture_is_the_one_that_is_kept() {
    for (name, arguments) in KEPT {
        let path = format!("tests/pictures/{name}.svg");
        let kept = fs::read_to_string(&path).expect("a picture");
        let drawn = shown(arguments, &["--format", "svg"]);
        assert!(
            kept == drawn,
            "'tip {arguments}' draws another picture; if it is right: tip {arguments} -o {path}"
        );
    }
}

/// The tags of a file, each opened one closed where it must be; the text between them without a bare sign of XML's.
fn is_well_formed(svg: &str) {
    let mut open = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("a tag ends");
        let name = tag.split([' ', '/']).find(|it| !it.is_empty());
        let name = name.expect("a tag has a name");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{piece}");
        } else if !tag.ends_with(['/', '?']) {
            open.push(name);
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let is_known =
            |it: &str| ["amp;", "lt;", "gt;", "quot;"].iter().any(|known| it.starts_with(known));
        assert!(after.split('&').skip(1).all(is_known), "{after}");
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn every_picture_is_well_formed_and_says_what_it_is() {
    let all = ["map", "map 2001 --changes", "map --mark", "history --region world", "stats all"];
    for arguments in all.into_iter().chain(KEPT.iter().map(|(_, arguments)| *arguments)) {
        let svg = shown(arguments, &["--format", "svg"]);
        is_well_formed(&svg);
        assert!(svg.contains("<title>") && svg.contains("<desc>"), "{arguments}");
        // A sentence goes on in the next line of text.
        let text: Vec<&str> = svg.split('<').filter_map(|it| Some(it.split_once('>')?.1)).collect();
        let text = text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["Source: ", "does not measure how much", "Drawn by tip "] {
            assert!(text.contains(part), "{arguments}: {part}: {text}");
        }
    }
}

#[test]
fn the_world_has_192_squares_that_say_country_year_tier_and_evidence() {
    let svg = shown("map 2018", &["--format", "svg"]);
    let squares: Vec<&str> = svg.lines().filter(|line| line.contains(", 2018: ")).collect();
    assert_eq!(squares.len(), 192);
    assert!(svg.contains("<title>Serbia, 2018: Tier 2 (confirmed)</title>"));
}

#[test]
fn the_world_is_80_columns_and_21_rows_and_the_same_without_colour() {
    let plain = shown("map", &[]);
    let rows: Vec<&str> = plain.lines().take_while(|line| !line.starts_with("1 Tier 1")).collect();
    assert_eq!(rows.len(), 21);
    let widths = plain.lines().map(|line| line.chars().count());
    assert_eq!(widths.max(), Some(80));
    let colored = shown("map", &["--color", "always"]);
    assert!(colored.contains("\u{1b}["));
    let mut bare = String::new();
    for (place, piece) in colored.split("\u{1b}[").enumerate() {
        bare.push_str(if place == 0 { piece } else { piece.split_once('m').expect("a style").1 });
    }
    assert_eq!(bare, plain);
}
