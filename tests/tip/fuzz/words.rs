//! Words for tiers, years, regions, columns and delimiters: never a panic, and what is read is read again from its own name.

use super::index;
use tip_report::input::delimiter::{in_header, typed as delimiter};
use tip_report::input::encoding::Encoding;
use tip_report::text::{acts_on_terminal, quoted};
use tip_report::{Years, is_written_as_years, tier_key};

/// Each line is a word.
pub fn hold(bytes: &[u8]) {
    for line in bytes.split(|byte| *byte == b'\n') {
        let word = &*String::from_utf8_lossy(line);
        if let Some(tier) = index().tier_written(word) {
            assert!(tier.spellings.contains(&tier_key(word)), "{word:?}");
            let again = index().tier_written(&tier.tier.to_string());
            assert_eq!(again.map(|it| it.tier), Some(tier.tier), "{word:?}");
        }
        if let Some(region) = index().region_written(word) {
            let again = index().region_written(region.code);
            assert_eq!(again.map(|it| &it.code), Some(&region.code), "{word:?}");
        }
        match Years::parse(index(), word) {
            Ok(years) => {
                let (from, to) = (*years.range.start(), *years.range.end());
                let known = index().years();
                assert!(known.contains(&from) && known.contains(&to) && from <= to);
                let written = format!("{from}..{to}");
                assert!(is_written_as_years(&written));
                let again = Years::parse(index(), &written).expect("as it was read");
                assert_eq!(again, years, "{word:?}");
            }
            Err(error) => assert!(!error.to_string().contains(acts_on_terminal), "{error:?}"),
        }
        if let Ok(byte) = delimiter(word) {
            assert!(!b"\"\r\n\0".contains(&byte), "{word:?}");
        }
        if let Ok(encoding) = Encoding::named(word)
            && let Some(text) = encoding.text(line)
        {
            assert_eq!(text, encoding.lossy(line), "{word:?}");
        }
        let quoted = quoted(word);
        assert!(!quoted.contains(acts_on_terminal), "{quoted:?}");
        in_header(line);
    }
}
