//! The codes of other systems than ISO 3166-1: of the Olympic committee, of football, of the US government, of scholars.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::index::sorted::Sorted;

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

/// The codes of other systems: the table in `codes.csv`.
#[derive(Debug)]
pub struct Codes(pub Sorted<Code>);

impl Codes {
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

    /// Returns the system other than the one asked for that has every code among these names, if there are at least `FEW`.
    pub fn better<'name>(
        &self,
        names: impl Iterator<Item = &'name str>,
        asked: CodeSystem,
    ) -> Option<CodeSystem> {
        let is_code = |name: &&str| {
            (2..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let codes: Vec<&str> = names.filter(is_code).collect();
        let others = [CodeSystem::Ioc, CodeSystem::Fifa, CodeSystem::Fips, CodeSystem::Cow];
        let mut others = others.into_iter().filter(|system| *system != asked);
        let has_all =
            |system: CodeSystem| codes.iter().all(|code| self.iso3(code, system).is_some());
        others.find(|system| codes.len() >= FEW && has_all(*system))
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Index;
    use crate::index::codes::CodeSystem;

    #[test]
    fn the_system_that_has_all_of_several_codes_is_better() {
        let index = Index::embedded();
        let better_than =
            |asked, names: &[&str]| index.codes().better(names.iter().copied(), asked);
        let better = |names: &[&str]| better_than(CodeSystem::Iso, names);
        assert_eq!(better(&["EI", "UP", "Ruritania"]), Some(CodeSystem::Fips));
        assert_eq!(better(&["GER", "DEN", "SUI"]), Some(CodeSystem::Ioc));
        assert_eq!(better(&["EI", "ZZ"]), None);
        assert_eq!(better(&["EI"]), None);
        assert_eq!(better_than(CodeSystem::Fips, &["EI", "UP"]), None);
        assert!(index.bloom().rules_out(b"Ruritania"));
        assert!(!index.bloom().rules_out(b"Ireland (EI)"));
    }
}
