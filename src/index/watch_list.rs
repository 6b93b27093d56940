//! The watch-list clock: how long a country has been on the Tier 2 Watch List, and what the statute said of that
//! in the year of the report (22 U.S.C. 7107(b)(2)). It counts; it forecasts nothing.

use serde::Deserialize;

use crate::index::placement::{History, Placement};
use crate::index::tier::Tier;

/// How long a country could stay on the list: one row of `watch_list_rules.csv`.
#[derive(Debug, Deserialize)]
pub struct WatchListRule {
    /// The first report it held for.
    pub from: u16,
    /// How many consecutive reports a country may be on the list without a waiver.
    pub reports: u16,
    /// How many consecutive reports, counted from the 2009 report on, a country may be on the list with a waiver.
    pub longest: u16,
    /// What `longest` is for a country that came back from Tier 3, where the rule has it.
    pub returned: Option<u16>,
    /// The act that made the rule so.
    pub act: &'static str,
    /// The id in `sources.csv` of its text.
    pub source: &'static str,
    /// The rule in words.
    pub rule: &'static str,
}

/// Where a country stands under the rule of a report year.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'index> {
    /// The first report of the run on the list.
    pub since: u16,
    /// The report asked about.
    pub year: u16,
    /// Whether the report before the run is unknown to these data, so that the run may be longer.
    pub open: bool,
    /// How many of the reports count under the rule: those since there is one.
    pub counted: u16,
    /// The rule of that year; none before 2009.
    pub rule: Option<&'index WatchListRule>,
    /// Whether the country came back to the list after a waiver and then Tier 3.
    pub returned: bool,
}

impl<'index> Clock<'index> {
    /// The clock at a placement; none where that is not on the Watch List. `rules` are sorted by year.
    pub fn at(
        rules: &'index [WatchListRule],
        history: &History<'_>,
        placed: &Placement,
    ) -> Option<Self> {
        if placed.tier != Tier::WatchList {
            return None;
        }
        let run = history.run_to(placed);
        let since = run.first()?.year;
        let before = history.before(run);
        let rule = rules.iter().rfind(|rule| rule.from <= placed.year);
        Some(Self {
            since,
            year: placed.year,
            open: before.is_none_or(|before| before.year + 1 != since),
            counted: counted(rules, run),
            rule,
            returned: rule.is_some_and(|rule| {
                rule.returned.is_some() && has_come_back(rules, rule, history, before)
            }),
        })
    }

    /// How many consecutive reports, this one included, have the country on the list.
    pub fn consecutive(&self) -> u16 {
        self.year - self.since + 1
    }

    /// The first of the consecutive reports that needs a waiver under the rule; none where there is no rule, or none
    /// that could be waived.
    pub fn waiver_from(&self) -> Option<u16> {
        let rule = self.rule.filter(|_| !self.returned)?;
        Some(self.consecutive() - self.counted + rule.reports + 1)
    }

    /// The last report in which the rule of this one lets the country stay on the list, a waiver included; none where there
    /// is no rule.
    pub fn leave_by(&self) -> Option<u16> {
        let rule = self.rule?;
        let allowed = rule.returned.filter(|_| self.returned);
        Some(self.year + allowed.unwrap_or(rule.longest).saturating_sub(self.counted))
    }
}

/// How many placements of a run count: those in reports since the first rule.
fn counted(rules: &[WatchListRule], run: &[Placement]) -> u16 {
    let counts = |placed: &&Placement| rules.first().is_some_and(|rule| rule.from <= placed.year);
    let counted = run.iter().filter(counts).count();
    u16::try_from(counted).unwrap_or(u16::MAX)
}

/// Whether the country was in Tier 3 before, and on the list before that for longer than is allowed without a waiver.
fn has_come_back(
    rules: &[WatchListRule],
    rule: &WatchListRule,
    history: &History<'_>,
    before: Option<&Placement>,
) -> bool {
    let in_tier_3 = before.filter(|before| before.tier == Tier::Three);
    let on_list = in_tier_3.and_then(|third| history.before(history.run_to(third)));
    on_list.is_some_and(|listed| {
        listed.tier == Tier::WatchList && counted(rules, history.run_to(listed)) > rule.reports
    })
}

#[cfg(test)]
mod tests {
    use crate::index::country::Country;
    use crate::index::placement::{Evidence, History, Placement};
    use crate::index::tier::Tier;
    use crate::index::watch_list::{Clock, WatchListRule};

    static ALPHALAND: Country = Country {
        iso3: "AAA",
        iso2: "AA",
        numeric: None,
        regions: "",
        form_matters: false,
        dissolved: None,
        article: "",
        name: "Alphaland",
    };

    fn rules() -> Vec<WatchListRule> {
        let rule = |from, returned| WatchListRule {
            from,
            reports: 2,
            longest: 3,
            returned,
            act: "",
            source: "",
            rule: "",
        };
        vec![rule(2009, None), rule(2019, Some(1))]
    }

    /// A history from its first year on, a letter a report: W is the Watch List, a blank is unknown.
    fn history(first: u16, tiers: &str) -> History<'static> {
        let placed = (first..).zip(tiers.chars()).filter_map(|(year, mark)| {
            let tier = match mark {
                '2' => Tier::Two,
                'W' => Tier::WatchList,
                '3' => Tier::Three,
                _ => return None,
            };
            Some(Placement {
                iso3: "AAA",
                year,
                tier,
                evidence: Evidence::Single,
                basis: None,
                ranked_as: "",
                sources: "S",
                url: "",
            })
        });
        History::new(&ALPHALAND, placed.collect())
    }

    /// Consecutive reports, those counted, and the first that needs a waiver, at the last placement.
    fn clock(first: u16, tiers: &str) -> Option<(u16, u16, Option<u16>)> {
        let (rules, history) = (rules(), history(first, tiers));
        let clock = Clock::at(&rules, &history, history.latest()?)?;
        Some((clock.consecutive(), clock.counted, clock.waiver_from()))
    }

    #[test]
    fn a_country_that_is_not_on_the_list_has_no_clock() {
        assert_eq!(clock(2015, "W2"), None);
    }

    #[test]
    fn the_third_consecutive_report_needs_a_waiver() {
        assert_eq!(clock(2015, "2W"), Some((1, 1, Some(3))));
        assert_eq!(clock(2015, "2WWW"), Some((3, 3, Some(3))));
        assert_eq!(clock(2019, "2WW"), Some((2, 2, Some(3))));
    }

    #[test]
    fn reports_before_2009_are_consecutive_but_do_not_count() {
        assert_eq!(clock(2006, "WW"), Some((2, 0, None)));
        assert_eq!(clock(2006, "WWWWW"), Some((5, 2, Some(6))));
    }

    #[test]
    fn another_tier_and_a_year_that_is_not_known_end_the_run() {
        assert_eq!(clock(2010, "WW2W"), Some((1, 1, Some(3))));
        let (rules, history) = (rules(), history(2010, "W WW"));
        let clock = history
            .latest()
            .and_then(|latest| Clock::at(&rules, &history, latest))
            .expect("on the list");
        assert_eq!((clock.since, clock.consecutive(), clock.open), (2012, 2, true));
    }

    #[test]
    fn the_rule_says_until_which_report_a_country_may_stay() {
        let leave_by = |first, tiers| {
            let (rules, history) = (rules(), history(first, tiers));
            Clock::at(&rules, &history, history.latest()?)?.leave_by()
        };
        assert_eq!(leave_by(2023, "2W"), Some(2026));
        assert_eq!(leave_by(2022, "2WWW"), Some(2025));
        assert_eq!(leave_by(2021, "WWW3W"), Some(2025), "back from Tier 3");
        assert_eq!(leave_by(2006, "WW"), None, "before the first rule");
    }

    #[test]
    fn a_country_that_came_back_from_tier_3_has_no_waiver_under_the_rule_of_2019() {
        assert_eq!(clock(2015, "WWW3W"), Some((1, 1, None)));
        assert_eq!(clock(2013, "WWW3W"), Some((1, 1, Some(3))), "the rule of 2009");
        assert_eq!(clock(2016, "WW3W"), Some((1, 1, Some(3))), "two years, and so no waiver");
        assert_eq!(clock(2015, "WWW23W"), Some((1, 1, Some(3))), "Tier 2 between");
    }
}
