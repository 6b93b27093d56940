//! A country's tier in a sentence to quote, with the report, its date and the link.

use crate::answer::row::CountryReport;
use crate::index::tier::Tier;
use crate::output::reference::in_words;

/// The sentence; none where the report does not have the country.
pub fn sentence(row: &CountryReport<'_>) -> Option<String> {
    let placed = row.placed().filter(|placed| placed.tier.is_in_report())?;
    let (index, country) = (row.index(), row.country());
    let source = index.source(index.report(placed.year)?.document)?;
    let with = if placed.ranked_as.is_empty() {
        String::new()
    } else {
        format!(" as part of {}", index.country(placed.ranked_as)?.name)
    };
    let tier = match placed.tier {
        Tier::WatchList => "on the Tier 2 Watch List".to_owned(),
        Tier::Special => "as a special case, without a tier".to_owned(),
        tier => format!("in {}", index.tier(tier)?.name),
    };
    let link = row.link().map_or(String::new(), |url| format!(" ({url})"));
    Some(format!(
        "In its {title}, released {released}, the {publisher} places {name}{with} {tier}{link}.",
        title = source.title,
        released = in_words(&source.date),
        publisher = source.publisher,
        name = country.name,
    ))
}
