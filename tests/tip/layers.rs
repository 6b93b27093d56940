//! What may use what: the `use crate::` lines of src against the layers of the README, and no circle among the files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, the highest first. A file may use its own module and what stands lower; modules side by side do not use
/// one another.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["usage"],
    &["cli"],
    &["commands"],
    &["annotate"],
    &["answer"],
    &["index", "output", "input"],
    &["text"],
];

/// Every source file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the sources");
    let paths = entries.map(|entry| entry.expect("a source").path());
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The module of a file: `index::years`, `main`. Unit tests in files of their own belong to no layer.
fn module(path: &Path) -> Option<String> {
    let path = path.strip_prefix("src").expect("a path under src");
    let path = path.with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let module = parts.join("::");
    (!module.ends_with("tests")).then(|| module.trim_end_matches("::mod").to_owned())
}

/// The paths after `use crate::` in a file, its tests left out. Braces are undone: `a::{b, c::d}` is two paths.
fn uses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let statements = code.split("use crate::").skip(1);
    statements
        .flat_map(|statement| {
            let path: String = statement.chars().take_while(|c| *c != ';').collect();
            let path: String = path.split_whitespace().collect();
            match path.split_once('{') {
                Some((start, inside)) => {
                    let items = inside.trim_end_matches('}').split(',').map(str::to_owned);
                    let items: Vec<_> = items.map(|item| format!("{start}{item}")).collect();
                    items
                }
                None => vec![path],
            }
        })
        .collect()
}

/// The module of a name that a folder shows as its own: `output::Table` is that of `output::table`.
fn shown(named: &BTreeMap<String, &PathBuf>) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for (module, path) in named.iter().filter(|(_, path)| path.ends_with("mod.rs")) {
        let text = fs::read_to_string(path).expect("a source is text");
        for path in uses(&text.replace("\npub use ", "\nuse crate::")) {
            if let Some((inner, name)) = path.rsplit_once("::") {
                shown.insert(format!("{module}::{name}"), format!("{module}::{inner}"));
            }
        }
    }
    shown
}

/// Every module, with those that it uses.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let sources = files(Path::new("src"));
    let named = sources.iter().filter_map(|path| Some((module(path)?, path)));
    let named: BTreeMap<String, &PathBuf> = named.collect();
    let shown = shown(&named);
    let used = |text: &str| {
        let owner = |path: String| {
            let mut path = shown.get(&path).unwrap_or(&path).as_str();
            while !named.contains_key(path) {
                path = path.rsplit_once("::")?.0;
            }
            Some(path.to_owned())
        };
        uses(text).into_iter().filter_map(owner).collect()
    };
    named
        .iter()
        .map(|(name, path)| {
            let text = fs::read_to_string(path).expect("a source is text");
            (name.clone(), used(&text))
        })
        .collect()
}

fn layer(module: &str) -> usize {
    let top = module.split("::").next().unwrap_or_default();
    let layer = LAYERS.iter().position(|layer| layer.contains(&top));
    layer.expect("every module stands in a layer")
}

#[test]
fn nothing_uses_what_stands_above_or_beside_it() {
    for (module, used) in graph() {
        for other in used {
            let top = |module: &str| module.split("::").next().map(str::to_owned);
            let fine = top(&module) == top(&other) || layer(&module) < layer(&other);
            assert!(fine, "{module} uses {other}");
        }
    }
}

#[test]
fn no_file_uses_itself_by_way_of_others() {
    let graph = graph();
    for start in graph.keys() {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(module) = next.pop() {
            for other in graph.get(module).into_iter().flatten() {
                assert!(other != start || module == start, "{start} <- {module}");
                if seen.insert(other) {
                    next.push(other);
                }
            }
        }
    }
}
