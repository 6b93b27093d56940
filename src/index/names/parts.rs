//! Several names, or a name and a code, in one text.

use crate::index::country::Country;
use crate::index::names::damage::undone;
use crate::index::names::fold::fold;
use crate::index::names::notation::{capitals, code_and_name, is_between_parts, list_parts};
use crate::index::names::resolve::{Resolution, Resolver, Way};
use crate::index::names::spellings::Kind;

impl<'index> Resolver<'index> {
    /// What a code and a name beside it name: the country of both, or the countries of each where they disagree.
    pub(super) fn beside_code(self, text: &str) -> Resolution<'index> {
        for (code, name) in code_and_name(text) {
            let Some(country) = self.by_code(code) else {
                continue;
            };
            let (named, how) = match self.by_part(name) {
                Resolution::Country { country, how, .. } => (vec![country], how),
                Resolution::Several { candidates, how, .. } => (candidates, how),
                Resolution::Unknown => continue,
            };
            if how != Kind::Code {
                return self.together(&[(vec![country], Kind::Code), (named, how)]);
            }
        }
        Resolution::Unknown
    }

    /// What the parts of a list name together: the one country that all of them may mean, as in "Germany
    /// (Deutschland)" and "Congo (CG)", or several. Codes alone, such as "no/no", are no list of countries.
    pub(super) fn by_parts(self, text: &str) -> Resolution<'index> {
        let joins = |four: &[u8]| four == b" and" || four == b" or ";
        if !text.contains(is_between_parts) && !text.as_bytes().windows(4).any(joins) {
            return Resolution::Unknown;
        }
        let text = text.replace(" and ", "/").replace(" or ", "/");
        let parts: Vec<&str> =
            text.split(is_between_parts).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            return Resolution::Unknown;
        }
        let mut named: Vec<(Vec<&'index Country>, Kind)> = Vec::new();
        let mut includes = false;
        for (place, part) in parts.iter().enumerate() {
            // Words may introduce the second name, not the first: "Croatia (local name: Hrvatska)".
            let (rest, is_included) =
                if place > 0 { self.without_asides(part) } else { (*part, false) };
            includes |= is_included;
            let first = named.first().map_or(&[][..], |(first, _)| first);
            match self.by_part(rest) {
                // "Tanzania (incl. Zanzibar)" is no more than the whole.
                Resolution::Several { candidates, .. }
                    if includes && candidates.len() == 1 && iso3s(&candidates).eq(iso3s(first)) => {
                }
                Resolution::Country { country, how, .. } => named.push((vec![country], how)),
                Resolution::Several { candidates, how, .. } => named.push((candidates, how)),
                Resolution::Unknown if rest.is_empty() => {}
                Resolution::Unknown => return Resolution::Unknown,
            }
        }
        let spelled = named.iter().any(|(_, how)| *how != Kind::Code);
        if spelled || two_codes(&parts) { self.together(&named) } else { Resolution::Unknown }
    }

    /// The parts of a list, damaged or not.
    pub fn listed(self, text: &str) -> Vec<(String, &'index Country)> {
        let list = self.list(text.trim());
        let undone = || undone(text).map(|text| self.list(text.trim()));
        if list.is_empty() { undone().unwrap_or_default() } else { list }
    }

    /// The parts of a list, each of which names another country, or some the same, by itself; nothing of other texts.
    pub(super) fn list(self, text: &str) -> Vec<(String, &'index Country)> {
        // "DE US" is no "US" with an article before it.
        let capitals = capitals(text);
        let first = capitals.first().map(|word| word.to_lowercase());
        let article = first.and_then(|word| self.kind_of_word(&word, false)) == Some(Kind::Article);
        let parts = if article { capitals } else { list_parts(text) };
        if parts.len() < 2 {
            return Vec::new();
        }
        // "BELGIQUE, LA" has its article behind it.
        let all_codes = parts.iter().all(|part| self.by_code(part).is_some());
        let is_article = |part: &str| !all_codes && matches!(part, "LA" | "LE");
        let country = |part: &&str| match self.by_part(part) {
            Resolution::Country { country, .. }
                if part.contains(char::is_alphabetic) && !is_article(part) =>
            {
                Some(((*part).to_owned(), country))
            }
            _ => None,
        };
        let named: Option<Vec<_>> = parts.iter().map(country).collect();
        let named = named.unwrap_or_default();
        let several = named
            .iter()
            .any(|(_, country)| Some(country.iso3) != named.first().map(|it| it.1.iso3));
        if several { named } else { Vec::new() }
    }

    /// The one country that every part may mean and one part names outright, or all that any part may mean.
    fn together(self, named: &[(Vec<&'index Country>, Kind)]) -> Resolution<'index> {
        let all = self.by_codes(named.iter().flat_map(|(any, _)| any.iter().map(|one| one.iso3)));
        let in_every = |country: &&&Country| {
            let is_in = |any: &[&Country]| any.iter().any(|one| one.iso3 == country.iso3);
            named.iter().all(|(any, _)| is_in(any))
        };
        let common: Vec<&Country> = all.iter().filter(in_every).copied().collect();
        let dissolved = named.iter().any(|(_, how)| *how == Kind::Dissolved);
        // "United Kingdom (Scotland)" is a part, which is not the whole.
        let part = named.iter().any(|(any, how)| any.len() == 1 && *how == Kind::Ambiguous);
        // A spelling says more than a code.
        let outright = named.iter().map(|(_, how)| *how).filter(|how| how.is_name());
        let outright = outright.reduce(|best, how| if best == Kind::Code { how } else { best });
        match (common.as_slice(), outright) {
            ([country], Some(how)) if !dissolved && !part => Resolution::named(country, how),
            _ => Resolution::Several { candidates: all, how: Kind::Ambiguous, row: None },
        }
    }

    /// What one part of a list names.
    fn by_part(self, part: &str) -> Resolution<'index> {
        if let Some(country) = self.by_code(part) {
            return Resolution::named(country, Kind::Code);
        }
        let way = Way::new(part);
        let found = self.by_spelling(&way);
        if found.is_known() { found } else { self.without_words(&way) }
    }

    /// The part without the words that only introduce it, and whether they say that it is included. Two capitals are no such word,
    /// but a US state.
    fn without_asides(self, part: &str) -> (&str, bool) {
        let (mut rest, mut includes) = (part, false);
        while let Some(word) = rest.split_whitespace().next() {
            let capitals = word.len() == 2 && word.chars().all(char::is_uppercase);
            let kind = self.kind_of_word(&fold(word), false);
            if capitals || !matches!(kind, Some(Kind::Aside | Kind::Including)) {
                break;
            }
            includes |= kind == Some(Kind::Including);
            rest = rest.get(word.len()..).unwrap_or_default().trim_start();
        }
        (rest, includes)
    }
}

fn iso3s(countries: &[&Country]) -> impl Iterator<Item = &'static str> {
    countries.iter().map(|country| country.iso3)
}

/// Whether a list is one country's codes of two kinds, "MD/MDA". "no/no" and "no/nor" are no list of countries.
fn two_codes(parts: &[&str]) -> bool {
    let capitals = |part: &&str| part.bytes().all(|byte| byte.is_ascii_uppercase());
    match parts {
        [one, other] => one.len() != other.len() && parts.iter().all(capitals),
        _ => false,
    }
}
