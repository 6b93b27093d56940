//! What is at most one edit from a wrong word.

use clap::error::ContextKind;

use crate::index::names::fold::fold;
use crate::index::names::resolve::Resolution;
use crate::usage::line::Line;
use crate::usage::wrong::context;

impl Line<'_> {
    /// Returns the line with each word that clap takes for the wrong one and that is at most one edit from it.
    pub fn near(&self) -> Vec<Vec<String>> {
        use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue};
        let suggested = [SuggestedSubcommand, SuggestedArg, SuggestedValue];
        let suggested = suggested.into_iter().flat_map(|kind| context(self.error, kind));
        let suggested = suggested.chain([self.wrong.to_lowercase()]);
        let is_near = |it: &String| {
            *it != self.wrong && strsim::osa_distance(&letters(it), &letters(&self.wrong)) <= 1
        };
        let near = suggested.filter(is_near);
        let lines = near.filter_map(|near| {
            let mut words = self.words.to_vec();
            let word = words.get_mut(self.place?)?;
            *word = word.replacen(&self.wrong, &near, 1);
            Some(words)
        });
        lines.collect()
    }

    /// Returns the countries that the wrong word may mean, or the one whose name is one edit from it.
    pub fn countries(&self) -> Option<Vec<String>> {
        const SHORTEST: usize = 4;
        let word = &*self.wrong;
        if let Resolution::Several { candidates, .. } = self.index.resolve(word) {
            return Some(candidates.iter().map(|country| country.name.to_string()).collect());
        }
        let near = self.index.near(word).into_iter().next()?.country.name.to_string();
        let is_near = strsim::osa_distance(&fold(&near), &fold(word)) <= 1;
        (is_near && letters(word).len() >= SHORTEST).then_some(vec![near])
    }
}

/// Returns a word without what people write differently.
fn letters(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
