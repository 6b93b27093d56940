//! A folder of the user's own data: a file with any bytes is an error that names the file, or data that answer.

use std::fs;
use std::path::{Path, PathBuf};

use tip_report::{Breach, Tables, merged, read_folder};

/// A folder of this process and thread, in memory where the system has such a place.
fn folder() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    parent.join(format!("tip-fuzz-{}-{thread}", std::process::id()))
}

/// The first byte says which file the others are.
pub fn holds(bytes: &[u8]) {
    let Some((first, text)) = bytes.split_first() else {
        return;
    };
    // What is merged is never freed: a large file would fill the memory in some hundred rounds.
    let small = Tables::embedded().files().into_iter().filter(|file| file.text.len() < 1 << 15);
    let small: Vec<_> = small.collect();
    let Some(file) = small.get(usize::from(*first) % small.len()) else {
        return;
    };
    let folder = folder();
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(file.name), text).expect("a file");
    let rows = read_folder(&folder).expect("a folder with a data file can be read");
    // What the rows mean together takes a hundred times as long: it is looked at where each is right, and now and then.
    if rows.breaches.is_empty() || text.len() % 16 == 0 {
        mean_something(&folder);
    }
    fs::remove_dir_all(&folder).expect("a folder");
    let file = folder.join(file.name);
    each_has_a_place(&rows.breaches, &file.display().to_string());
}

fn each_has_a_place(breaches: &[Breach], file: &str) {
    for breach in breaches {
        let breach = breach.to_string();
        let is_placed = breach.starts_with(file) || breach.starts_with("data/");
        assert!(is_placed, "{breach}");
        assert!(!breach.contains(char::is_control), "{breach:?}");
    }
}

/// Data that keep the rules can be read, all of them.
fn mean_something(folder: &Path) {
    let merged = merged(folder).expect("a folder that was read before");
    each_has_a_place(&merged.breaches, &folder.display().to_string());
    if merged.breaches.is_empty() {
        let index = merged.index;
        for country in index.countries_in("world") {
            index.history(country);
            index.every_role(country).count();
            index.earlier_roles(country).count();
        }
        index.regions();
        index.tiles();
        index.lists();
        index.definitions();
    }
}
