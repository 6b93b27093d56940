//! The codes of other systems than ISO 3166-1: of the Olympic committee, of football, of the US government, of scholars.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::sorted::Table;

/// A system of country codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum CodeSystem {
    /// ISO 3166-1: alpha-2, alpha-3 and numeric
    #[default]
    #[serde(skip_deserializing)]
    Iso,
    /// The International Olympic Committee's
    Ioc,
    /// Those of football's FIFA
    Fifa,
    /// FIPS 10-4, now GENC's predecessor GEC
    Fips,
    /// The Correlates of War project's, letters or numbers
    Cow,
}

impl CodeSystem {
    /// Those that are not ISO's.
    pub const OTHERS: [Self; 4] = [Self::Ioc, Self::Fifa, Self::Fips, Self::Cow];
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// How many codes tell the system of a column.
const FEW: usize = 2;

/// A code: one row of `codes.csv`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Code {
    code: &'static str,
    system: CodeSystem,
    /// The country, ISO 3166-1 alpha-3.
    iso3: &'static str,
    /// The id in `sources.csv` of where it was found.
    pub source: &'static str,
}

/// How codes are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct CodeReading {
    /// The system that codes are of.
    pub system: CodeSystem,
    /// Whether bare numbers are no codes.
    pub without_numbers: bool,
    /// Whether digits written close behind a short form are a footnote's: `UK1`.
    pub with_footnotes: bool,
    /// The systems that codes may be of besides: one that differs there is ambiguous.
    pub besides: [Option<CodeSystem>; CodeSystem::OTHERS.len()],
}

impl From<CodeSystem> for CodeReading {
    fn from(system: CodeSystem) -> Self {
        Self { system, ..Self::default() }
    }
}

/// The codes of other systems: the table in `codes.csv`.
#[derive(Debug)]
pub struct Codes(pub Table<Code>);

impl Codes {
    /// Returns the countries that a code stands for in the systems it may be of besides.
    pub fn in_doubt(&self, code: &str, reading: CodeReading) -> impl Iterator<Item = &'static str> {
        let is_code = code.len() <= LONGEST_CODE;
        let systems = reading.besides.into_iter().flatten().filter(move |_| is_code);
        systems.filter_map(move |system| self.iso3(code, system))
    }

    /// The alpha-3 code of the country that a code stands for in a system other than ISO's. Case does not matter, nor do the
    /// zeros before a number.
    pub fn iso3(&self, code: &str, system: CodeSystem) -> Option<&'static str> {
        let number = code.strip_suffix(".0").unwrap_or(code);
        let key = number.trim_start_matches('0').to_ascii_uppercase();
        let mut codes = self.0.with_key(&key);
        codes.find(|code| code.system == system).map(|code| code.iso3)
    }

    /// Returns every code of every system but ISO's, which stand with the countries.
    pub fn every_code(&self) -> impl Iterator<Item = &'static str> {
        self.0.all().map(|code| code.code)
    }

    /// Returns the system other than the one asked for that has most of the codes among these names, if there are at least `FEW`.
    pub fn better<'name>(
        &self,
        names: impl Iterator<Item = &'name str>,
        asked: CodeSystem,
    ) -> Option<CodeSystem> {
        self.most_likely(names, asked).first().copied()
    }

    /// Returns the systems other than the one asked for that have most of the codes among these names, and more than others have.
    pub fn most_likely<'name>(
        &self,
        names: impl Iterator<Item = &'name str>,
        asked: CodeSystem,
    ) -> Vec<CodeSystem> {
        let codes: Vec<&str> = names.filter(|name| is_code(name)).collect();
        let others = CodeSystem::OTHERS.into_iter().filter(|system| *system != asked);
        let known = |system| codes.iter().filter(|code| self.iso3(code, system).is_some()).count();
        let others: Vec<_> = others.map(|system| (known(system), system)).collect();
        let most = others.iter().map(|(known, _)| *known).max().unwrap_or(0);
        let is_most = most >= FEW && most * 2 > codes.len();
        let likely = others.into_iter().filter(|(known, _)| is_most && *known == most);
        likely.map(|(_, system)| system).collect()
    }
}

/// The letters or digits of a code at most.
const LONGEST_CODE: usize = 3;

/// Whether a text is written as codes are: two or three capitals, or a number.
pub fn is_code(text: &str) -> bool {
    let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase());
    is_number(text) || (2..=LONGEST_CODE).contains(&text.len()) && capitals
}

/// Whether a text is a bare number of at most three digits, as programs write it.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    (1..=LONGEST_CODE).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::index::codes::CodeSystem;

    #[test]
    fn the_system_that_has_most_of_several_codes_is_better() {
        let index = Index::embedded();
        let better_than =
            |asked, names: &[&str]| index.codes().better(names.iter().copied(), asked);
        let better = |names: &[&str]| better_than(CodeSystem::Iso, names);
        assert_eq!(better(&["EI", "UP", "Ruritania"]), Some(CodeSystem::Fips));
        assert_eq!(better(&["GER", "DEN", "SUI"]), Some(CodeSystem::Ioc));
        assert_eq!(better(&["EI", "UP", "ZZ"]), Some(CodeSystem::Fips));
        assert_eq!(better(&["200", "365", "ZZ"]), Some(CodeSystem::Cow));
        assert_eq!(better(&["EI", "UP", "ZZ", "QQ"]), None);
        assert_eq!(better(&["EI", "ZZ"]), None);
        assert_eq!(better(&["EI"]), None);
        assert_eq!(better_than(CodeSystem::Fips, &["EI", "UP"]), None);
        assert!(index.bloom().rules_out(b"Ruritania"));
        assert!(!index.bloom().rules_out(b"Ireland (EI)"));
    }
}
