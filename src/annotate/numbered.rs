//! What names with numbers behind them name: known once for a name, it is known for most numbers.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use crate::annotate::bounded::Bounded;
use crate::annotate::values::Name;
use crate::index::Index;
use crate::index::names::numbered::{Number, Numbers, may_be_parted};
use crate::index::names::resolve::Resolution;

/// How many names are kept, as many as 2^13 buckets hold, and how many bytes of them.
const MOST_NAMES: usize = (1 << 13) / 8 * 7;
const MOST_BYTES: usize = 1 << 18;

/// The names that stand before numbers.
#[derive(Debug)]
pub struct Numbered {
    numbers: Numbers,
    names: Bounded<NameBefore>,
    hasher: RandomState,
}

/// A name, and what it is with each kind of number behind it, as far as that is known.
#[derive(Debug, Default)]
struct NameBefore {
    mark: Option<Name>,
    no_code: Option<Name>,
    /// With the code of a country, but for these countries, by their alpha-3 codes.
    code: Option<(Name, Box<[&'static str]>)>,
}

impl NameBefore {
    fn with(&self, number: Number) -> Option<Name> {
        match number {
            Number::Mark => self.mark,
            Number::NoCode => self.no_code,
            Number::Code(iso3) => {
                let (name, but) = self.code.as_ref()?;
                (!but.contains(&iso3)).then_some(*name)
            }
        }
    }
}

impl Numbered {
    /// Without names yet.
    pub fn new(index: &Index) -> Self {
        Self {
            numbers: Numbers::new(index),
            names: Bounded::new(MOST_NAMES, MOST_BYTES),
            hasher: RandomState::default(),
        }
    }

    /// What a text names, if it ends in a number and the name before it is known.
    pub fn find(&self, text: &str) -> Option<Name> {
        let (name, number) = self.numbers.part(text)?;
        let name = name.as_bytes();
        let known = self.names.find(name, self.hasher.hash_one(name));
        known?.with(number)
    }

    /// Keeps what a text such as "Germany 17" names. `resolution`: what it was resolved to; none where the Bloom filter
    /// ruled it out, and then it is kept only beside a name that is kept already: most such texts come once.
    pub fn add(&mut self, text: &str, resolution: Option<&Resolution<'_>>, named: Name) {
        let Some((name, number)) = self.numbers.part(text) else {
            return;
        };
        let key = name.as_bytes();
        let hash = self.hasher.hash_one(key);
        if self.names.find(key, hash).is_none() {
            if resolution.is_none() || !may_be_parted(name) {
                return;
            }
            self.names.add(key, NameBefore::default(), &self.hasher);
        }
        let Some(before) = self.names.find_mut(key, hash) else {
            return;
        };
        match number {
            Number::Mark => before.mark = Some(named),
            Number::NoCode => before.no_code = Some(named),
            Number::Code(own) => match resolution {
                // The name may mean that country: with another code it may be something else.
                Some(Resolution::Country { .. }) => {}
                Some(Resolution::Several { candidates, .. }) => {
                    let codes = candidates.iter().map(|country| country.iso3);
                    let but = codes.filter(|iso3| *iso3 != own).collect();
                    before.code = Some((named, but));
                }
                Some(Resolution::Unknown) | None => before.code = Some((named, Box::default())),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::annotate::added::{Render, chosen};
    use crate::annotate::corrections::Corrections;
    use crate::annotate::values::{Requested, Values};
    use crate::input::encoding::Encoding;

    /// Footnotes, years, codes of countries and none, and numbers that are a part of names.
    const NUMBERS: &[&str] = &[
        "1", "8", "17", "42", "99", "2018", "1990", "498", "688", "690", "408", "410", "250",
        "004", "008", "999", "123", "012", "1244", "0", "00", "000", "276", "840", "12345",
    ];

    /// Values among which those of one country that is recognised in several ways are told apart.
    fn values(index: &'static Index) -> Values<'static> {
        let asked = Requested {
            year: Some(2018),
            added: chosen(index, &["how".to_owned()]).expect("a column"),
            corrections: Corrections::default(),
            encoding: Encoding::UTF_8,
        };
        Values::new(index, asked, Render::Members)
    }

    fn index() -> &'static Index {
        static INDEX: LazyLock<Index> = LazyLock::new(Index::embedded);
        &INDEX
    }

    #[test]
    fn what_is_known_of_a_number_is_known_of_the_next() {
        let (index, mut values) = (index(), values(index()));
        let mut numbered = Numbered::new(index);
        for (first, next, other) in [
            ("Germany 17", "Germany 18", "Germany 118"),
            ("Germany 999", "Germany 998", "Germany 498"),
            ("Germany 498", "Germany 688", "Germany 276"),
            ("Sudan 8", "Sudan 9", "Sudan 2010"),
            ("Ruritania 17", "Ruritania 2018", "Ruritania 20180"),
        ] {
            assert_eq!(numbered.find(first), None, "{first}");
            let named = values.name(first, false);
            numbered.add(first, Some(&index.resolve(first)), named);
            assert_eq!(numbered.find(next), Some(named), "{next}");
            assert_eq!(numbered.find(other), None, "{other}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        /// Words of names with all that people put between them, and every number behind each.
        #[test]
        fn a_name_with_a_number_names_what_it_is_resolved_to(
            parts in vec(
                select(&[
                    "Moldova", "Korea", "Republic", "of", "the", "The", "and", "Serbia", "MD", "USA", "U", "S", "x", "17",
                    "498", "Congo", "United Kingdom", "total", "Country:", "excluding", "12.", "Sudan", "Macao", "SAR", "LA",
                    "Denmark", "Greenland", "French Guiana", "Virgin Islands", "US", "Kosovo", "Yugoslavia", "Côte d'Ivoire",
                    "Молдова", "中国", ":flag_md:", "Mald.", "formerly", "Netherlands", "Sint Maarten", "", "%", "C%C3%B4te",
                ][..]),
                1..5,
            ),
            marks in vec(
                select(&[
                    " ", " ", " ", "-", ", ", " (", ")", ") ", "/", " / ", "*", "[1]", ".", "'", " & ", "&amp;", "+", ": ", "1", "", "  ",
                    " – ", "|", "\u{a0}", "%20", "^2",
                ][..]),
                5,
            ),
        ) {
            let before: String = parts.iter().zip(&marks).flat_map(|(part, mark)| [*part, *mark]).collect();
            let (index, mut values) = (index(), values(index()));
            let mut numbered = Numbered::new(index);
            for number in NUMBERS.iter().chain(NUMBERS) {
                let text = format!("{} {number}", before.trim_end());
                let named = values.name(&text, false);
                match numbered.find(&text) {
                    Some(found) => prop_assert_eq!(found, named, "{}", text),
                    None => numbered.add(&text, Some(&index.resolve(&text)), named),
                }
            }
        }
    }
}
