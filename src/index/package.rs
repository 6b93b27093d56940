//! `datapackage.json` as it is exported: the one in `data/`, with the version of the data, and the bytes and the hash of
//! every file.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::index::file::File;
use crate::index::schema::PACKAGE;

pub const NAME: &str = "datapackage.json";

/// Which data the embedded files are: the newest report, and the beginning of the SHA-256 of all.
const EDITION: &str = "2025-a381e1b4";

/// Returns `datapackage.json` for these files, which are in its order.
pub fn exported(files: &[&File], edition: &str) -> String {
    let mut left = files.iter();
    let mut exported = String::new();
    for line in PACKAGE.lines() {
        exported.push_str(line);
        exported.push('\n');
        let told = match line.trim_start() {
            it if it.starts_with("\"$schema\"") => {
                format!("  \"version\": \"{edition}\",")
            }
            it if it.starts_with("\"format\"") => left.next().map_or(String::new(), |file| {
                let (bytes, hash) = (file.text.len(), checksum(file.text));
                format!("      \"bytes\": {bytes}, \"hash\": \"sha256:{hash}\",")
            }),
            _ => continue,
        };
        // A string takes every line.
        let _ = writeln!(exported, "{told}");
    }
    exported
}

/// Which data these files are: the newest report, and the beginning of the SHA-256 of all.
pub fn edition(files: &[&File], newest: u16) -> String {
    if files.iter().all(|file| file.origin.is_none()) {
        return EDITION.to_owned();
    }
    edition_of_text(files, newest)
}

fn edition_of_text(files: &[&File], newest: u16) -> String {
    let all = files.iter().fold(Sha256::new(), |all, file| all.chain_update(file.text));
    format!("{newest}-{}", in_hex(&all.finalize()).get(..8).unwrap_or_default())
}

/// Returns the day on which a report newer than those in the data was last looked for and not found, such as `2026-11-28`.
pub fn looked_for() -> &'static str {
    let mut lines = PACKAGE.lines();
    let day = lines.find_map(|line| line.trim().strip_prefix("\"newerReportLookedFor\": \""));
    day.and_then(|day| day.get(..10)).unwrap_or_default()
}

/// Whether a newer report may exist: reports are due on 30 June, so the first 1 July since it was looked for is over. `now`: in
/// seconds since 1970.
pub fn may_be_newer(now: u64) -> bool {
    const DAY: u64 = 24 * 60 * 60;
    let day = looked_for();
    let (year, month) = (day.get(..4), day.get(5..7));
    let Some(year) = year.and_then(|year| year.parse::<u64>().ok()) else {
        return false;
    };
    let year = year + u64::from(month >= Some("07"));
    // Leap days up to the end of that June, and of a common year its first six months.
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leap_days + 181;
    let first_of_1970 = 1970 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400;
    now >= (days - first_of_1970) * DAY
}

/// The SHA-256 of a text, as `sha256sum` prints it.
pub fn checksum(text: &str) -> String {
    in_hex(&Sha256::digest(text.as_bytes()))
}

fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // A string takes every digit.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::index::package::{
        EDITION, checksum, edition_of_text, exported, looked_for, may_be_newer,
    };
    use crate::index::table::Tables;

    #[test]
    fn the_edition_is_that_of_the_files() {
        assert_eq!(
            EDITION,
            edition_of_text(&Tables::embedded().files(), 2025),
            "write this into EDITION"
        );
    }

    #[test]
    fn a_newer_report_may_exist_from_the_first_of_july_on() {
        assert_eq!(looked_for().len(), "2026-11-28".len());
        // `date -ud 2027-07-01 +%s`
        assert!(!may_be_newer(1_814_399_999));
        assert!(may_be_newer(1_814_400_000));
    }

    #[test]
    fn the_exported_package_has_the_bytes_and_the_hash_of_every_file() {
        let files = Tables::embedded().files();
        let package: Value = serde_json::from_str(&exported(&files, EDITION)).expect("the package");
        assert_eq!(package.get("version"), Some(&EDITION.into()));
        let resources = package.get("resources").and_then(Value::as_array).expect("the files");
        assert_eq!(resources.len(), files.len());
        for (resource, file) in resources.iter().zip(files) {
            assert_eq!(resource.get("path"), Some(&file.name.into()));
            assert_eq!(resource.get("bytes"), Some(&file.text.len().into()));
            let hash = format!("sha256:{}", checksum(file.text));
            assert_eq!(resource.get("hash"), Some(&hash.into()));
        }
    }
}
