//! A country: its codes, its name and its regions.

use std::borrow::Cow;

use serde::Deserialize;

/// One country: a row of `countries.csv`.
#[derive(Debug, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3; Kosovo has the user-assigned `XKX`.
    pub iso3: &'static str,
    /// ISO 3166-1 alpha-2; Kosovo has the user-assigned `XK`.
    pub iso2: &'static str,
    /// ISO 3166-1 numeric, three digits; Kosovo has none.
    pub numeric: Option<&'static str>,
    /// The regions it is counted in, ';' between them; none for territories that no report ranks.
    pub regions: &'static str,
    /// Whether words such as "Republic" tell it from another country, as with the two Congos.
    pub form_matters: bool,
    /// The year in which it ceased to exist, for a state that reports ranked before. No name resolves to it.
    pub dissolved: Option<u16>,
    /// The current short name in English.
    #[serde(borrow)]
    pub name: Cow<'static, str>,
}

impl Country {
    /// The regions it is counted in.
    pub fn regions(&self) -> Vec<&'static str> {
        let regions = self.regions.split(';');
        regions.filter(|region| !region.is_empty()).collect()
    }

    /// Whether it is counted in a region.
    pub fn is_in(&self, region: &str) -> bool {
        self.regions().contains(&region)
    }
}

/// The place of the country with this alpha-3 code, in upper case, among countries sorted by code.
pub fn place_of(countries: &[Country], iso3: &str) -> Option<usize> {
    countries.binary_search_by(|country| country.iso3.cmp(iso3)).ok()
}
