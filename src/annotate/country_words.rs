//! By what name a column holds countries, and by what years.

use crate::index::names::fold::fold;

/// What columns are called, a row each: `word`, folded and without spaces; the kind of `column`; and what it `matches`, the
/// whole `name` of such a column, a `word` in it, or a `part` of it where words are not parted or only by letters. Codes
/// stand in the order of how sure they are.
const HEADER_WORDS: &str = include_str!("header_words.csv");

/// Returns the words of a kind of column that match so.
fn known(column: &str, matches: &str) -> impl Iterator<Item = &'static str> {
    HEADER_WORDS.lines().skip(1).filter_map(move |row| {
        let (word, rest) = row.split_once(',')?;
        let (kind, parts) = rest.split_once(',')?;
        (kind == column && parts.split(';').any(|part| part == matches)).then_some(word)
    })
}

/// How surely a column is one of countries by its name; the surest is the least.
pub type Rank = (u8, usize);

/// Returns whether a column that is called so is of this kind: years, or a `place`, which may hold countries, also as codes,
/// or something else at some place.
pub fn is_called(name: &str, kind: &str) -> bool {
    let whole = fold(&parted(name)).replace(' ', "");
    known(kind, "name").any(|known| whole == known)
}

/// Returns how surely a column is one of countries by its name, if at all: it is called so, the word stands in it, or it is
/// called as a column of codes is. Case, marks, spaces and punctuation do not matter.
pub fn fits(name: &str) -> Option<Rank> {
    let words = fold(&parted(name));
    let whole = words.replace(' ', "");
    if known("country", "name").any(|known| whole == known) {
        return Some((0, 0));
    }
    if let Some(place) = known("code", "name").position(|known| whole == known) {
        return Some((2, place));
    }
    let holds = known("country", "word").any(|known| words.split(' ').any(|word| word == known))
        || known("country", "part").any(|part| whole.contains(part));
    holds.then_some((1, 0))
}

/// The name with a space before each capital that follows a small letter: `shipCountry` is two words.
fn parted(name: &str) -> String {
    let mut parted = String::with_capacity(name.len());
    let mut after_small = false;
    for c in name.chars() {
        if after_small && c.is_uppercase() {
            parted.push(' ');
        }
        after_small = c.is_lowercase();
        parted.push(if c == '_' { ' ' } else { c });
    }
    parted
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_column_of_countries_is_known_by_its_name_in_many_languages() {
        for name in [
            "Country",
            "COUNTRY NAME",
            "pays",
            "Land",
            "País",
            "Страна",
            "Країна",
            "国家",
            "البلد",
            "Ülke",
        ] {
            assert_eq!(fits(name), Some((0, 0)), "{name}");
        }
        for name in [
            "Country of Origin",
            "ship_to_country",
            "shipCountry",
            "countryoforigin",
            "Herkunftsland",
            "pays d'origine",
            "País de origen",
            "Страна происхождения",
            "原产国",
            "Country\nof birth",
        ] {
            assert_eq!(fits(name), Some((1, 0)), "{name}");
        }
        assert_eq!(fits("ISO-3"), Some((2, 0)));
        assert!(fits("iso3") < fits("iso2"));
    }

    #[test]
    fn years_are_known_by_the_names_of_their_columns() {
        for name in ["Year", "report_year", "ReportYear", "Année", "año", "ANO", "年度", "Έτος"]
        {
            assert!(is_called(name, "year"), "{name}");
        }
        for name in ["", "yearly revenue", "since", "country", "Years active"] {
            assert!(!is_called(name, "year"), "{name}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for name in ["county", "Landline", "Poland", "payschedule", "id", "", "supplier", "status"]
        {
            assert_eq!(fits(name), None, "{name}");
        }
    }

    #[test]
    fn every_row_of_the_header_words_is_one_that_can_match() {
        let mut seen = HashSet::new();
        for row in HEADER_WORDS.lines().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let [word, column, matches] = cells.try_into().expect("three cells");
            assert_eq!(fold(word).replace(' ', ""), word, "folded and without spaces");
            assert!(["country", "code", "place", "year"].contains(&column), "{row}");
            let known = if column == "country" { &["name", "word", "part"][..] } else { &["name"] };
            assert!(matches.split(';').all(|it| known.contains(&it)), "{row}");
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
