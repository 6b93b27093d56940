//! The data against what is known of them from elsewhere: published totals, and the paths of some countries.

use std::collections::BTreeMap;

use crate::index::placement::{Evidence, History, Placement, distinct};
use crate::index::rules::ranks::WORKED_OUT;
use crate::index::table::Tables;
use crate::index::tier::Tier;
use crate::index::{Index, SNAPSHOT, WORLD, role};

fn index() -> Index {
    Index::embedded()
}

/// How many countries a report has in each tier that it assigns.
fn totals(index: &Index, year: u16) -> BTreeMap<String, usize> {
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Vec<History<'_>> = countries.map(|country| index.history(country)).collect();
    let count = |tier| {
        let placed = histories.iter().filter_map(|history| history.in_year(year));
        distinct(placed.filter(|placed| placed.tier == tier))
    };
    let tiers = index.tiers().iter().map(|definition| definition.tier);
    let counts = tiers.filter(|tier| tier.is_in_report());
    let counts = counts.map(|tier| (tier.to_string(), count(tier)));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn total(index: &Index, year: u16) -> usize {
    totals(index, year).values().sum()
}

/// The tiers of a country from 2001 to 2025, a letter a report.
fn path(index: &Index, iso3: &str) -> String {
    let country = index.country(iso3).expect("a country");
    let history = index.history(country);
    let mark = |year| {
        let definition = index.tier(history.in_year(year)?.tier)?;
        Some(definition.mark)
    };
    (2001..=2025).map(|year| mark(year).unwrap_or('.')).collect()
}

#[test]
fn the_reports_have_as_many_countries_as_was_published() {
    let index = index();
    let published = [82, 89]
        .into_iter()
        .zip(2001..)
        .chain([164, 170, 175, 177, 184, 186].into_iter().zip(2007..));
    let published = published.map(|(countries, year)| (year, countries));
    let published = published.chain((2013..=2016).map(|year| (year, 188)));
    let published = published.chain((2017..=2019).map(|year| (year, 187)));
    for (year, countries) in published.chain((2020..=2025).map(|year| (year, 188))) {
        assert_eq!(total(&index, year), countries, "{year}");
    }
}

#[test]
fn no_run_on_the_watch_list_is_longer_than_the_rule_of_its_time_allowed() {
    let index = index();
    for country in index.countries_in(WORLD) {
        let history = index.history(country);
        for placed in history.placements() {
            let Some(clock) = index.clock(&history, placed) else {
                continue;
            };
            if let Some(rule) = clock.rule {
                let allowed = rule.returned.filter(|_| clock.returned).unwrap_or(rule.longest);
                assert!(clock.counted <= allowed, "{} {}", country.name, placed.year);
            }
        }
    }
}

#[test]
fn a_placement_is_confirmed_exactly_if_it_has_a_basis_but_for_two_that_were_worked_out() {
    let placements: Vec<Placement> = Tables::embedded().placements.all().collect();
    let differs = |it: &&Placement| (it.evidence == Evidence::Confirmed) != it.basis.is_some();
    let differs = placements.iter().filter(differs).map(|it| (it.iso3, it.year));
    assert_eq!(differs.collect::<Vec<_>>(), WORKED_OUT);
}

#[test]
fn every_country_and_report_since_2017_has_a_link_to_the_state_department() {
    let index = index();
    let mut chapters = 0;
    for country in index.countries_in(WORLD) {
        for placed in index.history(country).placements() {
            let link = index.link(country, placed.year).expect("a report has an address");
            assert!(link.starts_with("https://") && link.contains("state.gov/"), "{link}");
            chapters += usize::from(placed.year >= 2019 && link.matches('/').count() > 5);
        }
    }
    assert!(chapters > 800, "{chapters} links to chapters");
}

#[test]
fn every_country_of_the_newest_report_has_a_tile() {
    let index = index();
    let newest = *index.years().end();
    for country in index.countries_in(WORLD) {
        let history = index.history(country);
        let placed = history.in_year(newest);
        let is_in_report = placed.is_some_and(|placed| placed.tier.is_in_report());
        let has_tile = index.tiles().iter().any(|tile| tile.iso3 == country.iso3);
        assert!(has_tile || !is_in_report, "{}", country.name);
    }
}

#[test]
fn the_tiers_of_2015_are_those_published() {
    let expected = [("1", 31), ("2", 89), ("2WL", 44), ("3", 23), ("special", 1)];
    let expected = expected.map(|(tier, count)| (tier.to_owned(), count));
    assert_eq!(totals(&index(), 2015), BTreeMap::from(expected));
}

#[test]
fn the_watch_lists_are_as_long_as_the_state_department_said() {
    let index = index();
    for (year, countries) in [(2019, 38), (2022, 34), (2023, 26)] {
        assert_eq!(totals(&index, year).get("2WL"), Some(&countries), "{year}");
    }
}

#[test]
fn the_special_watch_lists_are_as_long_as_the_state_department_said() {
    let index = index();
    let lists = index.lists();
    let list = lists.iter().find(|it| it.is_written("special-watch-list"));
    let list = list.expect("a list");
    let countries = index.countries_in(WORLD).into_iter();
    let histories: Vec<History<'_>> = countries.map(|country| index.history(country)).collect();
    // Of 2006 it counts 39 too: the two countries that were moved to the Watch List in September.
    let early =
        [(2006, 37), (2009, 55), (2010, 61), (2011, 44), (2012, 46), (2016, 51), (2017, 47)];
    let late = [(2018, 48), (2019, 38), (2020, 46), (2021, 45), (2022, 37), (2023, 28)];
    for (year, countries) in early.into_iter().chain(late) {
        let on = histories.iter().filter_map(|history| {
            let placed = history.in_year(year)?;
            (index.is_on(list, history, placed) == Some(true)).then_some(placed)
        });
        assert_eq!(distinct(on), countries, "{year}");
    }
}

#[test]
fn a_country_that_is_not_listed_is_not_on_a_whole_list_and_unknown_on_another() {
    let index = index();
    let lists = index.lists();
    let list = lists.iter().find(|it| it.is_written("Child soldiers list"));
    let list = list.expect("a list");
    let holds = |iso3, year| {
        let history = index.history(index.country(iso3).expect("a country"));
        index.is_on(list, &history, history.in_year(year).expect("a placement"))
    };
    assert_eq!(holds("AFG", 2022), Some(true));
    assert_eq!(holds("ALB", 2022), Some(false));
    assert_eq!(holds("ALB", 2023), None);
}

#[test]
fn the_known_paths_of_four_countries_are_in_the_data() {
    let index = index();
    // North Korea has been in Tier 3 in every report it was in.
    assert_eq!(path(&index, "PRK"), "--33333333333333333333333");
    // South Korea left Tier 3 after the first report, and Tier 1 for the reports of 2022 and 2023.
    assert_eq!(path(&index, "KOR"), "3111111111111111111112211");
    // Thailand: Tier 3 in 2014 and 2015, after four reports on the Watch List.
    assert_eq!(path(&index, "THA"), "222W22222WWWW33WW222W2222");
    // Malaysia: Tier 3 in 2014, then the Watch List in 2015.
    assert_eq!(path(&index, "MYS"), "32222W3W3WWWW3WW2WWW33W22");
}

#[test]
fn the_report_of_2018_has_the_ten_countries_of_the_snapshot_as_the_article_has_them() {
    let index = index();
    let (region, year) = SNAPSHOT;
    let rows = index.countries_in(region).into_iter().map(|country| {
        let history = index.history(country);
        let placed = history.in_year(year).expect("a placement");
        let stated = role::last_stated(index.every_role(country), year).expect("roles");
        assert_eq!(stated.year, Some(year), "{}", country.name);
        let roles: Vec<String> = stated.roles.iter().map(ToString::to_string).collect();
        format!("{} {} {}", country.iso3, roles.join(";"), placed.tier)
    });
    let rows: Vec<String> = rows.collect();
    let expected = [
        "ALB source;transit;destination 2",
        "BIH source;transit;destination 2WL",
        "BGR source;transit;destination 2",
        "HRV source;transit;destination 2",
        "XKX source;destination 2",
        "MDA source 2",
        "MNE source;transit;destination 2WL",
        "MKD source;transit;destination 2",
        "ROU source;transit;destination 2",
        "SRB source;transit;destination 2",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn serbia_and_montenegro_were_ranked_as_one_and_kosovo_inside_serbia() {
    let index = index();
    for iso3 in ["SRB", "MNE"] {
        let history = index.history(index.country(iso3).expect("a country"));
        for year in 2001..=2006 {
            let placed = history.in_year(year).expect("a placement");
            assert_eq!(placed.ranked(), "SCG", "{iso3} {year}");
        }
        assert_eq!(history.in_year(2007).expect("a placement").ranked(), iso3);
    }
    assert!(path(&index, "XKX").starts_with("-------s2"));
}

#[test]
fn a_dated_role_goes_before_an_undated_one() {
    let index = index();
    let nepal = index.country("NPL").expect("a country");
    assert_eq!(index.every_role(nepal).count(), 2);
    assert_eq!(
        role::last_stated(index.every_role(nepal), 2025).and_then(|stated| stated.year),
        Some(2018)
    );
}

#[test]
fn a_special_case_a_country_outside_the_report_and_an_unknown_year_are_three_things() {
    let index = index();
    let tier = |iso3, year| {
        let history = index.history(index.country(iso3).expect("a country"));
        history.in_year(year).map(|placed| placed.tier)
    };
    assert_eq!(tier("SOM", 2018), Some(Tier::Special));
    assert_eq!(tier("HRV", 2001), Some(Tier::NotInReport));
    // It was on the Watch List the year before, and all 187 countries of the report are known.
    assert_eq!(tier("KIR", 2017), Some(Tier::NotInReport));
    assert_eq!(tier("GRL", 2017), None);
    assert_eq!(tier("TLS", 2003), None);
}
