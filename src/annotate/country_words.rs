//! By what name a column holds countries, and by what years.

use crate::index::names::fold::fold;

/// The names of such a column as a whole, folded and without spaces.
const CALLED: &str = "country countryname nameofcountry nation pais nomepais nombrepais pays nompays paese nomepaese land \
    landname landnaam kraj panstwo zeme stat negara ulke orszag tara drzava maa нация страна країна держава χωρα \
    国家 國家 国 國 国名 国別 国家名称 나라 국가 국가명 البلد بلد الدولة دولة کشور מדינה ארץ देश দেশ ประเทศ quocgia nchi";

/// Words in the name of such a column, folded.
const WORDS: &str = "country countries nation pais pays paese land herkunftsland ursprungsland lieferland \
    lieferantenland zielland bestimmungsland absenderland empfangerland produktionsland herstellungsland \
    herkomstland kraj panstwo negara ulke orszag tara drzava страна страны стране країна країни χωρα البلد بلد \
    الدولة دولة کشور מדינה देश দেশ";

/// What stands in the name of such a column, where words are not parted or only by letters.
const PARTS: &str = "country 国家 國家 国名 原产国 原産国 產地國 生産国 국가 ประเทศ";

/// The names of a column of codes, the surest first.
const CODES: &[&str] = &[
    "iso3",
    "iso3c",
    "iso3166alpha3",
    "countryiso3",
    "alpha3",
    "countrycode",
    "iso2",
    "iso2c",
    "countryiso2",
    "alpha2",
    "iso",
];

/// The names of a column of years, folded and without spaces.
const YEARS: &str = "year reportyear reportingyear fiscalyear jahr berichtsjahr annee ano anno jaar rok ar yil ev an \
    год рік година ετος 年 年份 年度 연도 년도 سنة السنة سال שנה वर्ष nam";

/// Whether a column that is called so holds years.
pub fn is_year(name: &str) -> bool {
    let whole = fold(&parted(name)).replace(' ', "");
    YEARS.split_whitespace().any(|known| whole == known)
}

/// How well the name of a column fits one of countries; the surest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fits {
    /// It is called so.
    Called,
    /// The name holds such a word.
    Holds,
    /// It is called as a column of codes is: so many are surer.
    Codes(usize),
}

/// How well the name of a column fits, if it does. Case, marks, spaces and punctuation do not matter.
pub fn fits(name: &str) -> Option<Fits> {
    let words = fold(&parted(name));
    let whole = words.replace(' ', "");
    if CALLED.split_whitespace().any(|known| whole == known) {
        return Some(Fits::Called);
    }
    if let Some(place) = CODES.iter().position(|known| whole == *known) {
        return Some(Fits::Codes(place));
    }
    let is_word = |word: &str| WORDS.split_whitespace().any(|known| word == known);
    let mut parts = PARTS.split_whitespace();
    let holds = words.split(' ').any(is_word) || parts.any(|part| whole.contains(part));
    holds.then_some(Fits::Holds)
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
    use super::*;

    #[test]
    fn a_column_of_countries_is_known_by_its_name_in_many_languages() {
        for name in
            ["Country", "COUNTRY NAME", "pays", "Land", "País", "Страна", "国家", "البلد", "Ülke"]
        {
            assert_eq!(fits(name), Some(Fits::Called), "{name}");
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
            assert_eq!(fits(name), Some(Fits::Holds), "{name}");
        }
        assert_eq!(fits("ISO-3"), Some(Fits::Codes(0)));
        assert!(fits("iso3") < fits("iso2"));
    }

    #[test]
    fn years_are_known_by_the_names_of_their_columns() {
        for name in ["Year", "report_year", "ReportYear", "Année", "año", "ANO", "年度", "Έτος"]
        {
            assert!(is_year(name), "{name}");
        }
        for name in ["", "yearly revenue", "since", "country", "Years active"] {
            assert!(!is_year(name), "{name}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for name in ["county", "Landline", "Poland", "payschedule", "id", "", "supplier", "status"]
        {
            assert_eq!(fits(name), None, "{name}");
        }
    }
}
