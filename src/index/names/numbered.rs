//! What a number behind a name can be: whatever its digits, one of three things. So what is known of "Germany 17" holds for
//! "Germany 18".

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::index::Index;
use crate::index::names::damage::undone;
use crate::index::names::marks::is_year;

/// The longest name that is parted from its number, in bytes: below what `resolve` refuses.
const LONGEST: usize = 1 << 8;

/// The digits of a code, and how many numbers have so many.
const CODE_LEN: usize = 3;
const CODES: usize = 1000;

/// What a number behind a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// A footnote's or a year: it is no part of what is named.
    Mark,
    /// The code of the country with this alpha-3 code.
    Code(&'static str),
    /// A number of as many digits that is no code.
    NoCode,
}

/// What the numbers behind names are.
#[derive(Debug)]
pub struct Numbers {
    /// The alpha-3 codes of the countries by the number that is their code.
    codes: Vec<Option<&'static str>>,
    /// The numbers that are a part of names.
    in_names: HashSet<Box<str>, RandomState>,
}

impl Numbers {
    /// As these data and the system of codes that is chosen have them.
    pub fn new(index: &Index) -> Self {
        let resolver = index.resolver();
        let code = |number: usize| {
            let country = resolver.by_code(&format!("{number:0CODE_LEN$}"));
            country.map(|country| country.iso3)
        };
        let own = resolver.own_names().keys().map(String::as_str);
        let keys = resolver.names.every_key().map(|(_, key)| key).chain(own);
        let with_digits = keys.filter(|key| key.bytes().any(|byte| byte.is_ascii_digit()));
        let words = with_digits.flat_map(|key| key.split(' '));
        Self { codes: (0..CODES).map(code).collect(), in_names: words.map(Box::from).collect() }
    }

    /// A text parted into a name and what the number behind it is: "Germany 17" is "Germany" and a `Mark`.
    ///
    /// Any other `Mark` makes the same of that name, and any other number that is `NoCode`; so does any other `Code`, but
    /// that of a country the name may mean. For `resolve` first looks for "Germany 17" as it stands, which is in no table,
    /// for no name has that number; then for "Germany", where 17 is a `Mark`; and else for "Germany" beside a code.
    pub fn part<'text>(&self, text: &'text str) -> Option<(&'text str, Number)> {
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).take(5);
        let (name, digits) = text.split_at_checked(text.len() - digits.count())?;
        let name = name.strip_suffix(' ')?;
        let number = match digits.len() {
            1 | 2 => Number::Mark,
            CODE_LEN => {
                let code = digits.parse().ok().and_then(|code: usize| self.codes.get(code))?;
                code.map_or(Number::NoCode, Number::Code)
            }
            _ if is_year(digits) => Number::Mark,
            _ => return None,
        };
        (!self.in_names.contains(digits)).then_some((name, number))
    }
}

/// Whether a name that stands before a number may be parted from it: it is no number itself, and undamaged.
pub fn may_be_parted(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(char::is_alphabetic)
        && !name.contains(['%', '\\'])
        && undone(name).is_none()
}
