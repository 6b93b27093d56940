//! Which column holds the countries: by what the columns are called, and by their cells.

use crate::annotate::looker::Looker;
use crate::annotate::sample::{SampleRow, Score};
use crate::index::Resolution;
use crate::index::names::fold::fold;
use crate::index::names::spellings::Kind;

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

#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub column: usize,
    pub score: Score,
    /// Whether its name says that it holds countries or their codes.
    pub is_telling: bool,
    /// How surely it is meant, whatever its cells.
    rank: Rank,
}

/// What the names and cells of the columns say.
#[derive(Clone, Debug, Default)]
pub struct CountryColumns {
    /// The column that is taken; none where several may be meant, or none is.
    pub taken: Option<Candidate>,
    /// Those that may be meant as well, and differ.
    pub rivals: Vec<usize>,
    /// Those that hold countries too, other ones, and are less surely meant.
    pub others: Vec<usize>,
    /// The column whose name says country and whose cells do not.
    pub beaten: Option<usize>,
    /// Those whose cells may be countries, too few or only codes, where their names say nothing.
    pub possible: Vec<usize>,
}

impl CountryColumns {
    pub fn is_good(&self) -> bool {
        self.taken.is_some_and(|taken| taken.score.is_good())
    }
}

/// Looks for the column of countries among those with these names; `rows` are those behind the header.
pub fn country_columns<'t>(
    names: &[String],
    rows: &[SampleRow<'t>],
    looker: &mut Looker<'_, 't>,
) -> CountryColumns {
    let (mut all, possible) = candidates(names, rows, looker);
    let beaten = drop_worse(&mut all);
    all.sort_by_key(|it| (it.rank, it.column));
    let Some(surest) = all.first().copied() else {
        return CountryColumns { possible, ..CountryColumns::default() };
    };
    let (same, differing): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|it| it.column == surest.column || looker.agree(rows, surest.column, it.column));
    // Names go before codes, where they say more: some lists have no code for Kosovo.
    let mut rows_of = |it: &Candidate| looker.rows_with_country(rows, it.column);
    let coded = rows_of(&surest);
    let mut says_more = |it: &&Candidate| it.score.is_by_names() && rows_of(it) > coded;
    let by_names = same.iter().find(|it| !surest.score.is_by_names() && says_more(it));
    let taken = *by_names.unwrap_or(&surest);
    let (equal, less): (Vec<Candidate>, Vec<Candidate>) =
        differing.into_iter().partition(|it| it.rank == surest.rank);
    let is_better = |it: &Candidate| it.score.share() > taken.score.share();
    let poor = !rows.is_empty() && !taken.score.is_good();
    if let Some(better) = equal.iter().find(|it| poor && is_better(it)) {
        return CountryColumns { taken: Some(*better), beaten, ..CountryColumns::default() };
    }
    let empty = rows.is_empty();
    let is_rival = |it: &&Candidate| empty || it.score.is_good() || !taken.score.is_good();
    let rivals: Vec<usize> = equal.iter().filter(is_rival).map(|it| it.column).collect();
    let others = less.iter().filter(|it| it.score.is_good()).map(|it| it.column).collect();
    if rivals.is_empty() {
        return CountryColumns { taken: Some(taken), rivals, others, beaten, possible };
    }
    let rivals = [vec![taken.column], rivals].concat();
    CountryColumns { taken: None, rivals, ..CountryColumns::default() }
}

/// The columns whose names or cells say that they hold countries, and those that may. Those whose names do are looked at
/// first.
fn candidates<'t>(
    names: &[String],
    rows: &[SampleRow<'t>],
    looker: &mut Looker<'_, 't>,
) -> (Vec<Candidate>, Vec<usize>) {
    let mut columns: Vec<(usize, &String, Option<Rank>)> =
        names.iter().enumerate().map(|(column, name)| (column, name, fits(name))).collect();
    columns.sort_by_key(|(.., fit)| fit.is_none());
    let (mut all, mut possible) = (Vec::new(), Vec::new());
    for (column, name, fit) in columns {
        // Where a name says country and the cells are countries, no other column is looked at.
        if fit.is_none() && all.iter().any(|it: &Candidate| it.rank.0 < 2 && it.score.is_good()) {
            break;
        }
        let score = looker.score(rows, column);
        let rank = fit.unwrap_or(if score.is_by_names() { (3, 0) } else { (4, 0) });
        let is_telling = fit.is_some();
        // Where a country stands in the header, there is none.
        let is_row = || is_country_name(looker, name);
        if is_telling || score.stands_alone(is_called(name, "place")) && !is_row() {
            all.push(Candidate { column, score, is_telling, rank });
        } else if score.is_good() && !is_row() {
            possible.push(column);
        }
    }
    (all, possible)
}

/// Returns whether the name of a column is that of a country, and no code: "id" and "no" are codes.
pub fn is_country_name(looker: &Looker<'_, '_>, name: &str) -> bool {
    let resolved = looker.index.resolve(name);
    matches!(resolved, Resolution::Country { how, .. } if how != Kind::Code)
}

/// Drops the columns that another one has twice the share of cells of, and nearly all its own, and of those whose names say
/// country the ones with few, where another one has more. Returns the first one dropped whose name says country.
fn drop_worse(all: &mut Vec<Candidate>) -> Option<usize> {
    let share = |it: &Candidate| it.score.share();
    let best = all.iter().map(share).fold(0.0, f64::max);
    let telling = all.iter().filter(|it| it.is_telling);
    let best_told = telling.clone().any(|it| it.score.is_good());
    let is_worse = |it: &Candidate| {
        let beaten = best >= 0.9 && best >= 2.0 * share(it);
        beaten || it.is_telling && best_told && !it.score.is_good()
    };
    let beaten = telling.clone().find(|it| is_worse(it) && !it.score.has_code_numbers());
    let beaten = beaten.map(|it| it.column);
    all.retain(|it| !is_worse(it));
    beaten.filter(|_| !all.iter().any(|it| it.is_telling))
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
