//! Rounds with bytes that are made up from the corpus and the data: how many is for `TIP_FUZZ_SECONDS` to say, five seconds
//! a target without it. Each round has a seed of its own; a failure says it, and `TIP_FUZZ_SEED` repeats that one.
//! With `TIP_FUZZ_START` the seeds are the same in every run, without it others.

#![allow(clippy::print_stdout, reason = "what was tried is said")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::{TARGETS, Target};
use tip_report::Tables;

/// What matters to one target or another.
const TOKENS: &[&[u8]] = &[
    b",",
    b";",
    b"\t",
    b"|",
    b"\"",
    b"\"\"",
    b"\"\n",
    b"\n",
    b"\r",
    b"\r\n",
    b"\\",
    b"\0",
    b"\xff",
    b"\xc3",
    b"'",
    b"=",
    b"-",
    b"..",
    b"2018",
    b"2WL",
    b"tier",
    b"latest",
    b"the ",
    b" and ",
    b"/",
    b"(",
    b")",
    b"[1]",
    b"*",
    b": ",
    b"MD",
    b"498",
    b"&amp;",
    b"<c r=\"XFD1048576\">",
    b"</row>",
    b" table:number-columns-repeated=\"99999\"",
    b" table:number-rows-spanned=\"3\"",
    b"&#x301;",
    b"%20",
    b"\\u00e9",
    "é".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{1b}[31m".as_bytes(),
    "\u{9b}".as_bytes(),
    "\u{feff}".as_bytes(),
    "İß".as_bytes(),
    "\u{1f1f2}\u{1f1e9}".as_bytes(),
    "北京".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{e0041}".as_bytes(),
    "Ã©".as_bytes(),
];

/// No round has more bytes: what is long is slow, and seldom more than what is short.
const LONGEST: usize = 1 << 12;

/// Numbers that look like chance: the generator `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one.
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % (most.max(1) as u64)).expect("it is below a usize")
    }

    fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        items.get(self.below(items.len())).expect("there is one")
    }
}

/// The folder of the corpus of a target.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = format!("tests/tip/fuzz/corpus/{name}");
    let files = std::fs::read_dir(folder).expect("a folder of the corpus");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |path| std::fs::read(path).expect("a file");
    files.into_iter().map(read).collect()
}

/// What a target begins with: the corpus, and what the data have for it.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut seeds = corpus(name);
    match name {
        "names" => {
            let names = Tables::embedded().names.file().text.lines().step_by(7);
            let last = |line: &str| Some(line.rsplit(',').nth(1)?.trim_matches('"').into());
            seeds.extend(names.filter_map(last));
        }
        "data" => {
            let small =
                Tables::embedded().files().into_iter().filter(|file| file.text.len() < 1 << 15);
            for (first, file) in (0..).zip(small) {
                let (header, rows) = file.text.split_once('\n').expect("a header");
                let rows: Vec<&str> = rows.lines().collect();
                for rows in rows.chunks(rows.len().div_ceil(4)) {
                    let rows = rows.iter().take(4).copied().collect::<Vec<_>>();
                    let text = format!("{header}\n{}\n", rows.join("\n"));
                    seeds.push([&[first], text.as_bytes()].concat());
                }
            }
        }
        _ => {}
    }
    seeds
}

/// Bytes made from one or two of the seeds.
fn made_up(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.one_of(seeds).clone();
    for _ in 0..chance.below(6) {
        let (from, to) = (chance.below(bytes.len() + 1), chance.below(bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
        match chance.below(6) {
            0 => drop(bytes.splice(from..from, chance.one_of(TOKENS).iter().copied())),
            1 => drop(bytes.splice(from..to, chance.one_of(TOKENS).iter().copied())),
            2 => drop(bytes.drain(from..to)),
            3 => {
                let part: Vec<u8> = bytes.get(from..to).unwrap_or_default().to_vec();
                let part = part.repeat(1 + chance.below(9));
                drop(bytes.splice(to..to, part));
            }
            4 => {
                let other = chance.one_of(seeds);
                let part = other.get(chance.below(other.len())..).unwrap_or_default();
                drop(bytes.splice(from..to, part.iter().copied()));
            }
            _ => {
                let changed = u8::try_from(chance.below(256)).expect("a byte");
                if let Some(byte) = bytes.get_mut(from) {
                    *byte = changed;
                }
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// Says how to repeat a round that fails.
struct Round<'a>(&'a str, u64);

impl Drop for Round<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self(name, seed) = self;
            println!("repeat it with TIP_FUZZ_SEED={seed} cargo test {name}_hold -- --ignored");
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Runs one target for the time there is, or the one round that is asked for.
fn fuzz(name: &str) {
    let (_, target) = TARGETS.iter().find(|it| it.0 == name).expect("a target");
    let seeds = seeds(name);
    let round = |seed: u64, target: &Target| {
        let _round = Round(name, seed);
        target(&made_up(&seeds, &mut Chance(seed)));
    };
    if let Some(seed) = number("TIP_FUZZ_SEED") {
        return round(seed, target);
    }
    let seconds = Duration::from_secs(number("TIP_FUZZ_SECONDS").unwrap_or(5));
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let now = || now().map_or(0, |now| now.as_secs() << 20);
    let mut chance = Chance(number("TIP_FUZZ_START").unwrap_or_else(now));
    let (start, mut rounds) = (Instant::now(), 0_u64);
    while start.elapsed() < seconds {
        round(chance.next(), target);
        rounds += 1;
    }
    println!("{name}: {rounds} rounds");
}

#[test]
fn the_whole_corpus_holds() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(!corpus.is_empty(), "{name}");
        for bytes in &corpus {
            target(bytes);
        }
    }
}

/// One test a target.
macro_rules! fuzzed {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(
            #[test]
            #[ignore = "runs as long as TIP_FUZZ_SECONDS says: .ci/run asks for it"]
            fn $test() {
                fuzz($name);
            }
        )*
    };
}

fuzzed!(
    scanner_hold: "scanner",
    names_hold: "names",
    words_hold: "words",
    data_hold: "data",
    formats_hold: "formats",
    workbooks_hold: "workbooks",
);
