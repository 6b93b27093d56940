//! The columns of a run before, which are left out where they are replaced.

use anyhow::{Result, bail};

use crate::annotate::columns::Wanted;

/// Returns the columns that are kept of those with these names: all that do not begin with a prefix. None where all do not.
///
/// # Errors
/// No column would be left.
pub fn kept(names: &[String], prefix: &str) -> Result<Option<Vec<usize>>> {
    let columns = names.iter().enumerate();
    let kept = columns.filter(|(_, name)| !name.trim().starts_with(prefix));
    let kept: Vec<usize> = kept.map(|(column, _)| column).collect();
    if kept.is_empty() {
        bail!(
            "all columns begin with '{prefix}': --replace would leave none; give another --prefix"
        );
    }
    Ok((kept.len() < names.len()).then_some(kept))
}

/// Returns the names among which the column of the country is looked for: those of columns that are left out are empty,
/// unless the user names the column.
pub fn shown(names: &[String], kept: &[usize], wanted: Wanted<'_>) -> Vec<String> {
    let columns = names.iter().enumerate();
    let shown = columns.map(|(column, name)| {
        let is_shown = wanted.country.is_some() || kept.contains(&column);
        if is_shown { name.clone() } else { String::new() }
    });
    shown.collect()
}
