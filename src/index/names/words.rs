//! Words beside a name: those for forms of state, articles, labels, and what a name leaves out.

use crate::index::names::fold::{fold, fold_case};
use crate::index::names::marks::is_year;
use crate::index::names::notation::NO_LETTERS;
use crate::index::names::resolve::{Resolution, Resolver, Way};
use crate::index::names::spellings::{Kind, Spelling};

impl<'index> Resolver<'index> {
    /// What is named without articles before it and words such as "Republic" around it. Such a word is left
    /// out only where it does not tell two countries apart.
    pub(super) fn without_words(self, way: &Way) -> Resolution<'index> {
        if way.text.contains(NO_LETTERS) {
            return Resolution::Unknown;
        }
        // Words are left out at the ends.
        let (first, last) = (way.key.split(' ').next(), way.key.rsplit(' ').next());
        let mut ends = first.into_iter().chain(last);
        if !ends.any(|word| word == "the" || self.names.may_be_beside(word)) {
            return Resolution::Unknown;
        }
        let words: Vec<&str> = way.key.split(' ').collect();
        let elided = way.text.contains(['\'', '’']);
        let beside: Vec<Option<Spelling>> =
            words.iter().map(|word| self.word_beside(word, elided)).collect();
        let kinds: Vec<Option<Kind>> =
            beside.iter().map(|row| row.as_ref().map(|row| row.kind)).collect();
        let spans = spans(&words, &kinds);
        if spans.is_empty() {
            return Resolution::Unknown;
        }
        let marked = fold_case(way.text);
        let marked: Vec<&str> = marked.split(' ').collect();
        // "dél" is no article, though it folds to one.
        let article = |place: usize| kinds.get(place) == Some(&Some(Kind::Article));
        let unlike = |place: &usize| words.get(*place) != marked.get(*place);
        if words.len() != marked.len()
            || (0..words.len()).filter(|place| article(*place)).any(|place| unlike(&place))
        {
            return Resolution::Unknown;
        }
        for (start, end) in spans {
            let (Some(rest), Some(marked)) = (words.get(start..end), marked.get(start..end)) else {
                continue;
            };
            let outside = || beside.iter().take(start).chain(beside.iter().skip(end)).flatten();
            let generic = outside().any(|row| row.kind == Kind::Generic);
            // "Le Island" is none: an article stands before a name of its own language.
            let refused = |row: &Spelling| !generic && outside().any(|word| row.refuses(word));
            match self.by_words(rest, marked, refused) {
                Resolution::Country { country, .. } if generic && country.form_matters => {
                    return Resolution::Unknown;
                }
                Resolution::Unknown => {}
                known => return known,
            }
        }
        Resolution::Unknown
    }

    /// What folded words name, given the same with their marks, rows that are `refused` left out.
    fn by_words(
        self,
        words: &[&str],
        marked: &[&str],
        refused: impl Fn(&Spelling) -> bool,
    ) -> Resolution<'index> {
        let unfit =
            |row: &Spelling| row.is_clipped() || row.is_foreign_short_form() || refused(row);
        self.by_key(&words.join(" "), || marked.join(" "), "", unfit)
    }

    /// What is named without a label, "Country: X" and "X total", without what says that a state is no more, "X (former)",
    /// without a year to which it is meant, or without what is left out, "X (excluding Y)", where Y is known too.
    pub(super) fn beside_words(self, way: &Way) -> Resolution<'index> {
        if let Some((label, rest)) = way.text.split_once(':')
            && self.kind_of_word(&fold(label), false) == Some(Kind::Label)
        {
            return self.by_text(rest.trim());
        }
        let words: Vec<&str> = way.key.split(' ').collect();
        let kind = |place: usize| words.get(place).and_then(|word| self.kind_of_word(word, false));
        let last = words.len() - 1;
        if last > 0 && kind(last) == Some(Kind::Sum) {
            return self.by_words_alone(words.get(..last).unwrap_or_default());
        }
        if let Some(rest) = [(0, 1..=last), (last, 0..=last.saturating_sub(1))]
            .into_iter()
            .find(|(place, _)| last > 0 && kind(*place) == Some(Kind::Past))
            .and_then(|(_, rest)| words.get(rest))
        {
            let named = self.by_words_alone(rest);
            let is_past = matches!(named, Resolution::Several { how: Kind::Dissolved, .. });
            return if is_past { named } else { Resolution::Unknown };
        }
        let Some(place) = (1..last).find(|place| kind(*place) == Some(Kind::Excluding)) else {
            return self.until_a_year(&words, kind);
        };
        let (name, left_out) = words.split_at(place);
        // "sauf le Kosovo"
        let begin = (place + 1..=last).find(|place| kind(*place) != Some(Kind::Article));
        let left_out = begin.and_then(|begin| words.get(begin..)).unwrap_or(left_out);
        let left_out = self.by_words_alone(left_out);
        match (self.by_words_alone(name), left_out) {
            (named @ Resolution::Country { .. }, left_out)
                if left_out.is_known() && named.iso3() != left_out.iso3() =>
            {
                named
            }
            _ => Resolution::Unknown,
        }
    }

    /// What is named without the year to which it is meant, "Cyprus (until 1974)", unless it was another state before: "Sudan
    /// (former)" is known.
    fn until_a_year(
        self,
        words: &[&str],
        kind: impl Fn(usize) -> Option<Kind>,
    ) -> Resolution<'index> {
        let Some((year, before)) = words.split_last() else {
            return Resolution::Unknown;
        };
        let is_between = |place: &usize| matches!(kind(*place), Some(Kind::Until | Kind::Article));
        let between = (1..before.len()).rev().take_while(is_between);
        let Some(first) = between.filter(|place| kind(*place) == Some(Kind::Until)).last() else {
            return Resolution::Unknown;
        };
        let name = before.get(..first).unwrap_or_default();
        if !is_year(year) || name.is_empty() {
            return Resolution::Unknown;
        }
        let former = self.by_words_alone(&[name, &["former"]].concat());
        if former.is_known() { former } else { self.by_words_alone(name) }
    }

    fn by_words_alone(self, words: &[&str]) -> Resolution<'index> {
        self.by_words(words, words, |_| false)
    }

    /// Whether a word is one that stands beside names, and of which kind. One that ends in an apostrophe, as in
    /// "d'Albanie", is so only where the text is `elided`; a lone "d" is somebody's initial.
    pub(super) fn kind_of_word(self, word: &str, elided: bool) -> Option<Kind> {
        self.word_beside(word, elided).map(|row| row.kind)
    }

    fn word_beside(self, word: &str, elided: bool) -> Option<Spelling> {
        if !self.names.may_be_beside(word) {
            return None;
        }
        let mut rows = self.names.with_key(word).into_iter();
        rows.find(|row| row.kind.is_word() && (elided || !row.name.ends_with('\'')))
    }
}

/// The spans of words that may be a name once words beside it are left out: as few as possible, and those before
/// the name first. Articles stand before a name, words such as "Republic" and the English "the" on both sides.
fn spans(words: &[&str], kinds: &[Option<Kind>]) -> Vec<(usize, usize)> {
    let beside = |kind: &Option<Kind>| matches!(kind, Some(Kind::Generic | Kind::Article));
    let before = kinds.iter().take_while(|kind| beside(kind)).count();
    let ends = |&place: &usize| {
        kinds.get(place) == Some(&Some(Kind::Generic)) || words.get(place) == Some(&"the")
    };
    let after = (before..words.len()).rev().take_while(ends).count();
    let dropped = 1..=before + after;
    let starts = |dropped: usize| {
        (dropped.saturating_sub(after)..=dropped.min(before))
            .rev()
            .map(move |start| (dropped, start))
    };
    let spans =
        dropped.flat_map(starts).map(|(dropped, start)| (start, words.len() + start - dropped));
    spans.filter(|(start, end)| start < end).collect()
}
