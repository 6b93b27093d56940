//! What names resolve to: always the same, a country's own name to itself, and what is ruled out to nothing.

use super::index;
use tip_report::{LONGEST, Resolution, fold};

/// What a name resolves to, in words.
fn resolved(name: &str) -> String {
    match index().resolve(name) {
        Resolution::Country { country, how, .. } => format!("{} {how}", country.iso3),
        Resolution::Several { candidates, how, .. } => {
            assert!(!candidates.is_empty(), "{name:?} has no candidates");
            let codes = candidates.iter().map(|country| country.iso3);
            format!("{how}: {}", codes.collect::<Vec<_>>().join(" "))
        }
        Resolution::Unknown => String::new(),
    }
}

/// Each line is a name.
pub fn hold(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for name in text.split('\n').take(8) {
        let found = resolved(name);
        assert_eq!(found, resolved(name), "{name:?} the second time");
        assert_eq!(found, resolved(&format!(" {name}\t")), "{name:?} in spaces");
        if let Resolution::Country { country, .. } = index().resolve(name) {
            let own = resolved(country.name);
            assert_eq!(own, format!("{} name", country.iso3), "by {name:?}");
        }
        if name.trim().chars().count() > LONGEST {
            assert_eq!(found, "", "longer than any name: {name:?}");
        }
        if index().bloom().rules_out(name.as_bytes()) {
            assert_eq!(found, "", "ruled out: {name:?}");
        }
        let key = fold(name);
        assert!(!key.contains("  ") && key.trim() == key, "{key:?}");
        assert_eq!(key, fold(&format!("-{name} ")), "{name:?}");
        let near = index().near(name);
        let mut codes: Vec<&str> = near.iter().map(|near| near.country.iso3).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), near.len(), "one country twice, near {name:?}");
    }
}
