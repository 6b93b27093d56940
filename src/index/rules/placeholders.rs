//! What the rows of `placeholders.csv` say: no word there may be a way to write a country.

use crate::index::Index;
use crate::index::names::resolve::Resolution;
use crate::index::placeholder::{LONGEST, plain};
use crate::index::rules::meaning::Check;

impl Check {
    pub(super) fn placeholders(&mut self, known: &Index) {
        self.file = known.tables.placeholders.file();
        for (index, row) in known.tables.placeholders.rows().iter().enumerate() {
            let is_plain = plain(&row.word, LONGEST).is_some_and(|plain| plain == row.word);
            let what = "too long, or not without capitals and spaces";
            self.demand(is_plain && !row.word.is_empty(), index, "word", what);
            let written = [row.word.to_string(), row.word.to_uppercase()];
            let names = |word: &String| !matches!(known.resolve(word), Resolution::Unknown);
            let what = "is a name or a code of a country";
            self.demand(!written.iter().any(names), index, "word", what);
            let is_language = |language: &str| (2..=3).contains(&language.len());
            let languages = row.languages.is_empty() || row.languages.split(';').all(is_language);
            self.demand(languages, index, "languages", "not BCP 47 codes");
        }
    }
}
