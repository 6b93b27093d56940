//! How long `tip annotate` takes, against a left join by xan (where it is installed: `cargo install xan`) and the plain
//! copy loop of the csv crate, or where more is asked of it against itself. Whole processes run in turn, output thrown away,
//! medians of the ratios.
//!
//! `cargo bench --bench annotate -- [ROWS] [RUNS]`, by default 10,000,000 rows and 7 runs.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    // cargo adds --bench.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [word, file] = arguments.as_slice()
        && word == "copy"
    {
        return copy(file);
    }
    let number =
        |place: usize, none: u64| arguments.get(place).map_or(Ok(none), |word| word.parse());
    let (rows, runs) = (number(0, 10_000_000)?, number(1, 7)?);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("annotate");
    fs::create_dir_all(&folder)?;
    let lookup = folder.join("lookup.csv");
    let names = names();
    write_lookup(&lookup, &names)?;
    for (kind, rows) in [
        (Kind::Frequent, rows),
        (Kind::Distinct, rows / 2),
        (Kind::Strange, rows / 2),
        (Kind::Numbered, rows / 10),
        (Kind::Words, rows / 10),
        (Kind::Spellings, rows / 10),
        (Kind::Years, rows / 10),
        (Kind::Short, rows / 2),
    ] {
        let file = folder.join("rows.csv");
        let bytes = write_rows(&file, kind, rows, &names)?;
        println!("{kind:?}: {rows} rows, {} MB", bytes / 1_000_000);
        measure(kind, &file, &lookup, runs)?;
    }
    Ok(fs::remove_dir_all(folder)?)
}

/// What stands in the column of countries.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Some hundred names, as in the tables people have.
    Frequent,
    /// Another text in every row, made of a word and a number.
    Distinct,
    /// Another text in every row, made of syllables.
    Strange,
    /// A name and a number up to 999, which may be a footnote or a code.
    Numbered,
    /// Five words that stand in names.
    Words,
    /// Every spelling of one country, in all languages.
    Spellings,
    /// 2,000 of them, each in every year.
    Years,
    /// Some hundred names among cells of one character.
    Short,
}

impl Kind {
    /// The columns, `country` among them.
    fn header(self) -> &'static str {
        match self {
            Self::Short => "a,country,b,c,d,e,f,g",
            Self::Years => "id,year,country,amount,note",
            _ => "id,date,country,amount,note",
        }
    }

    /// What is asked besides, and against what the plain question is asked then.
    fn asks(self) -> Option<([&'static str; 2], &'static str)> {
        match self {
            Self::Years => Some((["--year-column", "year"], "one year for all rows")),
            Self::Short => Some((["--format", "json"], "as CSV")),
            _ => None,
        }
    }
}

/// The floor: what the csv crate takes to read and write the same.
fn copy(file: &str) -> Result<(), Failure> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file)?;
    let mut writer = csv::Writer::from_writer(io::stdout().lock());
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
    }
    Ok(writer.flush()?)
}

fn measure(kind: Kind, file: &Path, lookup: &Path, runs: u64) -> Result<(), Failure> {
    let mut plain = Command::new(env!("CARGO_BIN_EXE_tip"));
    plain.args(["annotate", "--quiet", "--column", "country"]);
    plain.arg(file);
    if let Some((asked, name)) = kind.asks() {
        let mut tip = Command::new(plain.get_program());
        tip.args(plain.get_args()).args(asked);
        compare(&mut tip, name, &mut plain, runs);
        return Ok(());
    }
    let mut copy = Command::new(std::env::current_exe()?);
    copy.arg("copy").arg(file);
    let mut xan = Command::new("xan");
    xan.args(["join", "--left", "country"]).arg(file);
    xan.arg("name").arg(lookup);
    compare(&mut plain, "csv's copy loop", &mut copy, runs);
    compare(&mut plain, "xan join", &mut xan, runs);
    Ok(())
}

fn compare(tip: &mut Command, name: &str, peer: &mut Command, runs: u64) {
    if spend(peer).is_none() || spend(tip).is_none() {
        println!("  {name}: not measured");
        return;
    }
    let pairs = (0..runs).filter_map(|_| Some((spend(tip)?, spend(peer)?)));
    let mut pairs: Vec<(Duration, Duration)> = pairs.collect();
    pairs.sort_by_key(|(ours, theirs)| ours.as_nanos() * 1_000_000 / theirs.as_nanos().max(1));
    if let Some((ours, theirs)) = pairs.get(pairs.len() / 2) {
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("  tip {ours:.2?}, {name} {theirs:.2?}: {ratio:.2} of it");
    }
}

/// How long a command takes, if it can be run.
fn spend(command: &mut Command) -> Option<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    // Status 1 says that no row names a country.
    status.is_ok_and(|status| matches!(status.code(), Some(0 | 1))).then(|| start.elapsed())
}

/// Names with their codes as tables have them: the countries' own, their codes, and other names in English.
fn names() -> Vec<(String, String)> {
    let read = |text: &'static str| csv::Reader::from_reader(text.as_bytes()).into_records();
    let cell = |row: &csv::StringRecord, place| row.get(place).unwrap_or_default().to_owned();
    let countries = read(include_str!("../../data/countries.csv")).filter_map(Result::ok);
    let mut names: Vec<(String, String)> = countries
        .flat_map(|row| [0, 0, 1, 6, 6].map(|place| (cell(&row, place), cell(&row, 0))))
        .collect();
    let others = read(include_str!("../../data/names.csv")).filter_map(Result::ok);
    let english = others.filter(|row| cell(row, 3) == "en" && cell(row, 2) == "alias");
    names.extend(english.step_by(20).map(|row| (cell(&row, 5), cell(&row, 1))));
    names
}

/// Every spelling that names one country, and every word of their keys that is of ASCII's letters.
fn spellings() -> (Vec<String>, Vec<String>) {
    let mut reader = csv::Reader::from_reader(include_str!("../../data/names.csv").as_bytes());
    let (mut spellings, mut words) = (Vec::new(), BTreeSet::new());
    for row in reader.records().filter_map(Result::ok) {
        let cell = |place| row.get(place).unwrap_or_default();
        let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
        words.extend(cell(0).split(' ').filter(is_word).map(str::to_owned));
        if cell(1).len() == 3 {
            spellings.push(cell(5).to_owned());
        }
    }
    (spellings, words.into_iter().collect())
}

fn pick(texts: &[String], place: usize) -> &str {
    texts.get(place).map_or("", String::as_str)
}

fn write_lookup(path: &Path, names: &[(String, String)]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["name", "iso3", "tier", "roles"])?;
    // A name once, or the join would give a row more.
    let once: BTreeMap<&String, &String> = names.iter().map(|(name, iso3)| (name, iso3)).collect();
    for (name, iso3) in once {
        writer.write_record([name, iso3.as_str(), "2", "source;transit"])?;
    }
    Ok(writer.flush()?)
}

/// Writes rows of five columns: some notes are quoted, and a few have line ends inside. Returns how many bytes.
fn write_rows(
    path: &Path,
    kind: Kind,
    rows: u64,
    names: &[(String, String)],
) -> Result<u64, Failure> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "{}", kind.header())?;
    // A linear congruential generator: the same rows in every run.
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let english: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
    let (spellings, words) = spellings();
    let mut row = String::new();
    for id in 0..rows {
        row.clear();
        let country = match kind {
            Kind::Frequent => names.get(draw(names.len())).map_or("", |(name, _)| name).to_owned(),
            Kind::Distinct => format!("Company {id}"),
            Kind::Strange => (0..5)
                .map(|_| SYLLABLES.get(draw(SYLLABLES.len())).copied().unwrap_or_default())
                .collect(),
            Kind::Numbered => format!("{} {}", pick(&english, draw(english.len())), draw(999) + 1),
            Kind::Words => {
                (0..5).map(|_| pick(&words, draw(words.len()))).collect::<Vec<_>>().join(" ")
            }
            Kind::Spellings => pick(&spellings, draw(spellings.len())).to_owned(),
            Kind::Years => pick(&spellings, draw(2_000) * (spellings.len() / 2_000)).to_owned(),
            Kind::Short => pick(&english, draw(english.len())).to_owned(),
        };
        let country = if country.contains([',', '"']) {
            format!("\"{}\"", country.replace('"', "\"\""))
        } else {
            country
        };
        let note = match draw(100) {
            0..24 => "",
            24..36 => "\"shelter, labour\"",
            36..40 => "\"said \"\"no\"\" twice\"",
            40..42 => "\"first line\nsecond line\"",
            _ => "interview pending",
        };
        let (month, day, amount) = (draw(12) + 1, draw(28) + 1, draw(1_000_000));
        match kind {
            Kind::Short => writeln!(row, "{},{country},1,2,3,4,5,6", id % 10)?,
            Kind::Years => writeln!(row, "{id},{},{country},{amount}.50,{note}", 2001 + draw(25))?,
            _ => writeln!(row, "{id},2018-{month:02}-{day:02},{country},{amount}.50,{note}")?,
        }
        out.write_all(row.as_bytes())?;
    }
    out.flush()?;
    Ok(fs::metadata(path)?.len())
}

const SYLLABLES: &[&str] = &[
    "ba", "be", "bi", "bo", "da", "de", "di", "do", "ka", "ke", "ki", "ko", "la", "le", "li", "lo",
    "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "ra", "re", "ri", "ro", "sa", "se", "si", "so",
    "ta", "te", "ti", "to",
];
