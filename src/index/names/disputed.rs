//! Spellings that lists give to several countries.

use std::borrow::Cow;

use serde::Deserialize;

/// One row of `disputed.csv`: a spelling that lists, regions or languages have too.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "some columns say why, to whoever reads the file")]
pub struct Disputed {
    /// The spelling, folded.
    pub key: &'static str,
    iso3: Vec<String>,
    /// The country it stands for all the same; empty where it stands for none.
    pub decision: &'static str,
    languages: Vec<String>,
    #[serde(borrow)]
    name: Cow<'static, str>,
    #[serde(borrow)]
    why: Cow<'static, str>,
}
