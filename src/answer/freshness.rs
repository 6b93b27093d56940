//! How new the data are, and whether a newer report may exist.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::answer::drawn::PLACES;
use crate::index::Index;
use crate::index::package::{looked_for, may_be_newer};
use crate::text::date_in_words;

/// Says with which report the data end, when a newer one was last looked for, and, once that is long ago, that one may exist
/// and how to add it.
pub fn freshness(index: &Index) -> String {
    let newest = *index.years().end();
    let said = format!(
        "data end with the {newest} report; a newer one was last looked for on {}: none",
        date_in_words(looked_for())
    );
    if !may_be_newer(now()) {
        return said;
    }
    format!("{said}; by now one may exist: 'tip check --help' says how to add it")
}

/// Returns what stands at the foot of a page that is sent: where its facts are from, and what they are not.
pub fn footer(index: &Index) -> String {
    let newest = *index.years().end();
    let (version, edition) = (env!("CARGO_PKG_VERSION"), index.edition());
    format!(
        "Source: Trafficking in Persons Reports, US Department of State. The data end with the {newest} report; a newer one may be out. {PLACES} Made with tip {version}, data {edition}."
    )
}

/// Says how much is known of the reports of the user's that are only partly known, and what that means.
pub fn partly_known(index: &Index) -> impl Iterator<Item = String> {
    let newest = *index.years().end();
    index.partial().iter().map(move |partial| {
        let (year, (before, had)) = (partial.year, partial.before);
        let countries = partial.countries;
        let noun = if countries == 1 { "country" } else { "countries" };
        format!(
            "{year}: {countries} {noun}, {before} had {had}: it is partial, and answers are of {newest} unless {year} is named"
        )
    })
}

/// Returns the time in seconds since 1970: the clock's, unless the environment sets it, as builds that can be repeated do.
fn now() -> u64 {
    let set = env::var("SOURCE_DATE_EPOCH").ok().and_then(|set| set.trim().parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    set.unwrap_or_else(clock)
}
