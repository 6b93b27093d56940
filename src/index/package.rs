//! `datapackage.json` as it is exported: the one in `data/`, with the version of the data, and the bytes and the hash of
//! every file.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::index::file::File;
use crate::index::schema::PACKAGE;

pub const NAME: &str = "datapackage.json";

/// Which data the embedded files are: the newest report, and the beginning of the SHA-256 of all.
const EDITION: &str = "2025-832a3eb6";

/// Returns `datapackage.json` for these files, which are in its order.
pub fn exported(files: &[&File]) -> String {
    let mut left = files.iter();
    let mut exported = String::new();
    for line in PACKAGE.lines() {
        exported.push_str(line);
        exported.push('\n');
        let told = match line.trim_start() {
            it if it.starts_with("\"$schema\"") => {
                format!("  \"version\": \"{}\",", edition(files))
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
pub fn edition(files: &[&File]) -> String {
    if files.iter().all(|file| file.origin.is_none()) {
        return EDITION.to_owned();
    }
    edition_of_text(files)
}

fn edition_of_text(files: &[&File]) -> String {
    let reports = files.iter().find(|file| file.name == "reports.csv");
    let newest = reports.and_then(|file| file.text.lines().next_back());
    let year = newest.and_then(|row| row.split(',').next()).unwrap_or_default();
    let all = files.iter().fold(Sha256::new(), |all, file| all.chain_update(file.text));
    let digest = format!("{:x}", all.finalize());
    format!("{year}-{}", digest.get(..8).unwrap_or_default())
}

/// The SHA-256 of a text, as `sha256sum` prints it.
pub fn checksum(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::index::package::{EDITION, checksum, edition_of_text, exported};
    use crate::index::table::Tables;

    #[test]
    fn the_edition_is_that_of_the_files() {
        assert_eq!(
            EDITION,
            edition_of_text(&Tables::embedded().files()),
            "write this into EDITION"
        );
    }

    #[test]
    fn the_exported_package_has_the_bytes_and_the_hash_of_every_file() {
        let files = Tables::embedded().files();
        let package: Value = serde_json::from_str(&exported(&files)).expect("the package");
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
