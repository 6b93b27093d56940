//! What to do about a name that was not matched: the countries that it may mean.

use crate::annotate::unmatched::Status;
use crate::annotate::values::Values;
use crate::index::country::Country;
use crate::index::names::resolve::Resolution;
use crate::text::joined;

/// Returns what to do about a name that was not matched.
pub fn remedy(values: &Values<'_>, name: &str, status: Status) -> String {
    let countries = candidates(values, name, status).into_iter();
    let countries: Vec<_> = countries.map(|country| format!("'{}'", country.name)).collect();
    let is_list = status == Status::Ambiguous && !values.parts(name).is_empty();
    match (countries.as_slice(), status) {
        (countries, _) if is_list => {
            let names = joined(countries, "and");
            format!(": a list of {names}; '--each' writes a row for each")
        }
        ([], _) => String::new(),
        ([whole], Status::Ambiguous) => format!(": a part of {whole}?"),
        (countries, Status::Ambiguous) => format!(": {}?", joined(countries, "or")),
        ([nearest, ..], _) => format!("; did you mean {nearest}?"),
    }
}

/// Returns the countries that an ambiguous name may mean, or those whose names are nearest to an unknown one. A short or
/// damaged text is near to many, and says nothing.
pub fn candidates<'i>(values: &Values<'i>, name: &str, status: Status) -> Vec<&'i Country> {
    const SHORTEST: usize = 4;
    if status == Status::Ambiguous {
        return match values.resolve(name) {
            Resolution::Several { candidates, .. } => candidates,
            _ => Vec::new(),
        };
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < SHORTEST || name.contains(char::REPLACEMENT_CHARACTER) {
        return Vec::new();
    }
    let near = values.index.near(name).into_iter();
    near.map(|near| near.country).collect()
}
