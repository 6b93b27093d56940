//! `tip annotate` on what people export: encodings, workbooks, corrections, the wrong column, and how much memory it takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::common::{self, feed, text};

/// An export as a spreadsheet program writes it: semicolons, Windows-1252, what people put where they know nothing.
const EXPORT: &[u8] = b"Lieferant;Country of Origin;Gr\xf6\xdfe\r\n\
    M\xfcller;C\xf4te d'Ivoire;1,5\r\nB;N/A;2\r\nC;TBD;3\r\nD;various;4\r\nE;England;5\r\nF;Yemen;6\r\n\
    G;Greenland;7\r\nH;\xd6sterreich;8\r\nI;Moldovia;9\r\n";

/// Annotates these bytes as standard input.
fn annotate(input: &[u8], arguments: &[&str]) -> Output {
    feed(common::tip(&["annotate", "-"]).args(arguments), input)
}

/// A file of this test.
fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn an_export_is_annotated_at_the_first_try_and_the_encoding_to_give_is_said() {
    let output = annotate(EXPORT, &["--add", "tier,status"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for part in [
        "the columns are parted by ';'",
        "the country is taken from column 'Country of Origin'",
        "9 rows: 1 special, 1 not-in-report, 3 placeholder, 1 ambiguous, 3 unknown; tiers of the 2025 report",
        "'England': a part of 'United Kingdom'?",
        "names that are not in UTF-8; it looks like windows-1252: try --encoding windows-1252",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for word in ["TBD", "N/A", "various"] {
        assert!(!said.contains(word), "{said}");
    }
}

#[test]
fn with_its_encoding_named_every_byte_stays_and_what_is_added_is_in_it() {
    let arguments = ["--encoding", "windows-1252", "--add", "country,status"];
    let output = annotate(EXPORT, &arguments);
    assert_eq!(output.status.code(), Some(0));
    let lines = output.stdout.split(|byte| *byte == b'\n');
    for (line, own) in lines.zip(EXPORT.split(|byte| *byte == b'\n')) {
        let own = own.strip_suffix(b"\r").unwrap_or(own);
        assert!(line.starts_with(own), "{}", text(line));
    }
    let first = b"M\xfcller;C\xf4te d'Ivoire;1,5;C\xf4te d'Ivoire;ranked\r\n";
    let mut windows = output.stdout.windows(first.len());
    assert!(windows.any(|window| window == first), "{}", text(&output.stdout));
    // As JSON all of it is UTF-8.
    let arguments = ["--encoding", "windows-1252", "--format", "ndjson", "--add", "iso3"];
    let output = annotate(EXPORT, &arguments);
    assert!(text(&output.stdout).contains("\"Größe\":\"1,5\",\"tip_iso3\":\"CIV\""));
    let output = annotate(EXPORT, &["--format", "ndjson"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the name of column 3 is not in UTF-8; it looks like"));
}

#[test]
fn what_a_person_fills_in_in_the_report_is_a_map_for_the_next_run() {
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixes.csv");
    let report = report.to_str().expect("a path");
    let encoding = ["--encoding", "windows-1252", "--add", "iso3,status,how"];
    annotate(EXPORT, &[&encoding[..], &["--report", report]].concat());
    assert_eq!(
        fs::read_to_string(report).expect("a file"),
        "name;status;rows;first_row;candidates;iso3\n\
         England;ambiguous;1;6;United Kingdom;\n\
         Moldovia;unknown;1;10;Moldova;\n"
    );
    // Nothing is filled in that nobody has looked at.
    let output = annotate(EXPORT, &[&encoding[..], &["--map", report]].concat());
    assert!(text(&output.stdout).contains("E;England;5;;ambiguous;"));
    let filled = fs::read_to_string(report).expect("a file");
    let filled = filled.replace("Kingdom;", "Kingdom;gbr").replace("Moldova;", "Moldova;MDA");
    fs::write(report, filled).expect("written");
    let output = annotate(EXPORT, &[&encoding[..], &["--map", report]].concat());
    let (added, said) = (text(&output.stdout), text(&output.stderr));
    assert!(added.contains("E;England;5;GBR;ranked;map"), "{added}");
    let rows = "9 rows: 4 ranked, 1 special, 1 not-in-report, 3 placeholder; tiers of";
    assert!(said.contains(rows), "{said}");
    assert!(!said.contains("unknown"), "{said}");
}

#[test]
fn a_map_goes_before_the_names_of_these_data() {
    let map = file("map.csv", b"name;iso3\nGEORGIA;USA\nOld Name;SCG\n");
    let map = map.to_str().expect("a path");
    let input = b"country\ngeorgia\nOld name\nGeorgia \n";
    let output = annotate(input, &["--map", map, "--add", "iso3,how", "--year", "2005"]);
    assert_eq!(
        text(&output.stdout),
        "country,tip_iso3,tip_how\ngeorgia,USA,map\nOld name,SCG,map\nGeorgia ,USA,map\n"
    );
}

#[test]
fn a_map_takes_a_hundred_thousand_names_and_says_what_is_too_much() {
    let rows = (0..100_000).map(|number| format!("Plant {number},MDA\n"));
    let map = file("many.csv", format!("name,iso3\n{}", rows.collect::<String>()).as_bytes());
    let map = map.to_str().expect("a path");
    let input = b"country\nPlant 0\nplant 99999\nPlant 100000\n";
    let output = annotate(input, &["--map", map, "--add", "iso3", "--quiet"]);
    let rows = "country,tip_iso3\nPlant 0,MDA\nplant 99999,MDA\nPlant 100000,\n";
    assert_eq!(text(&output.stdout), rows, "{}", text(&output.stderr));
    let large = fs::File::options().write(true).open(map).expect("a file");
    large.set_len((64 << 20) + 1).expect("a sparse file");
    let output = annotate(input, &["--map", map]);
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("many.csv has more than 64 MiB; keep the names"), "{message}");
}

#[test]
fn a_broken_workbook_or_a_compressed_file_is_named_with_what_to_do() {
    for (name, bytes, said) in [
        ("a.xlsx", &b"PK\x03\x04 [Content_Types].xml"[..], "is a broken workbook (invalid Zip"),
        ("a.csv.gz", b"\x1f\x8b\x08\0\0", "a.csv.gz | tip annotate -"),
        ("a.csv.zst", b"\x28\xb5\x2f\xfd\0", "type: zstd -dc "),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1", "(it holds no workbook); open it"),
        ("b.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "(it holds no workbook); open it"),
    ] {
        let mut command = common::tip(&["annotate"]);
        let output = command.arg(file(name, bytes)).output().expect("tip was built");
        assert_eq!(output.status.code(), Some(2), "{name}");
        let message = text(&output.stderr);
        assert!(message.contains(said), "{name}: {message}");
    }
}

#[test]
fn another_column_is_named_where_most_of_the_one_that_was_read_is_no_country() {
    let rows = "S,Moldova,1\n".repeat(30);
    let input = format!("supplier,made in,id\n{rows}");
    let output = annotate(input.as_bytes(), &["--column", "supplier", "--add", "status"]);
    assert_eq!(output.status.code(), Some(1));
    let said =
        "nothing in column 'supplier' names a country; column 2 does: try --column 'made in'";
    assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    let input = format!("supplier,made in,id\nChad,Chad,1\n{rows}");
    let output = annotate(input.as_bytes(), &["--column", "supplier", "--add", "status"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("most of column 'supplier' names no country; column 2"));
    // Numbers are codes too, but a column of them is none of countries.
    let input = "supplier,id\nx,4\ny,8\n";
    let output = annotate(input.as_bytes(), &["--column", "supplier", "--add", "status"]);
    assert!(text(&output.stderr).ends_with("column 'supplier' names a country\n"));
}

/// Peak memory, in KiB, while this input was annotated.
#[cfg(target_os = "linux")]
fn peak(parts: impl Iterator<Item = String>, arguments: &[&str]) -> u64 {
    use std::io::Write;
    let mut child = common::spawn_piped(common::tip(&["annotate", "-"]).args(arguments));
    let (mut stdin, mut stdout) = (child.stdin.take(), child.stdout.take());
    let status = format!("/proc/{}/status", child.id());
    std::thread::scope(|scope| {
        scope.spawn(move || std::io::copy(stdout.as_mut().expect("a pipe"), &mut std::io::sink()));
        let input = stdin.as_mut().expect("a pipe");
        for part in parts {
            input.write_all(part.as_bytes()).expect("tip reads");
        }
        let status = fs::read_to_string(status).expect("tip is still there");
        drop(stdin.take());
        child.wait().expect("tip ends");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
        peak.expect("a peak").parse().expect("a number")
    })
}

#[cfg(target_os = "linux")]
#[test]
fn no_cell_and_no_year_makes_memory_grow() {
    const MOST: u64 = 24 << 10;
    let long = "y".repeat((1 << 20) - 10);
    let header = || std::iter::once("country,year\n".to_owned());
    let years = (0..30).map(|number| format!("Moldova,{number}{long}\n"));
    let peak_of_years = peak(header().chain(years), &["--year-column", "year"]);
    assert!(peak_of_years < MOST, "{peak_of_years} KiB for long years");
    let cells = (0..30).map(|number| format!("\"{number}\"\"{long}\",2018\n"));
    let peak_of_cells = peak(header().chain(cells), &["--format", "ndjson"]);
    assert!(peak_of_cells < MOST, "{peak_of_cells} KiB for long cells");
    for (rows, repeated) in [(40_000, 12), (150_000, 2)] {
        let name = "Moldova ".repeat(repeated);
        let distinct = (0..rows).map(|number| format!("{number}{name}é,2018\n"));
        let peak_of_distinct = peak(header().chain(distinct), &[]);
        assert!(peak_of_distinct < MOST, "{peak_of_distinct} KiB for {rows} distinct cells");
    }
}

#[test]
fn a_report_is_guarded_where_the_table_is_and_given_back_it_means_the_names_as_they_were() {
    let input = b"country\n=1+2\n-x\n'y\n";
    let report = file("guarded.csv", b"");
    let path = report.to_str().expect("a path");
    for (arguments, names) in [(&[][..], "=1+2 -x 'y"), (&["--excel-safe"], "'=1+2 '-x 'y")] {
        annotate(input, &[&["--report", path], arguments].concat());
        let mut written = fs::read_to_string(&report).expect("a report");
        for (name, first) in names.split(' ').zip(2..) {
            let row = format!("\n{name},unknown,1,{first},,");
            assert!(written.contains(&row), "{written}");
            written = written.replace(&row, &format!("{row}MDA"));
        }
        fs::write(&report, written).expect("written");
        let output = annotate(input, &["--map", path, "--add", "iso3"]);
        assert_eq!(text(&output.stdout), "country,tip_iso3\n=1+2,MDA\n-x,MDA\n'y,MDA\n");
    }
}

#[test]
fn the_name_of_the_output_says_whether_rows_are_objects_or_as_they_came() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let written = |name: &str| {
        let path = folder.join(name);
        let _ = fs::remove_file(&path);
        let arguments = ["-q", "--add", "tier", "-o", path.to_str().expect("text")];
        let output = annotate(b"country;n\nMoldova;1\n", &arguments);
        let text = fs::read_to_string(&path).unwrap_or_else(|_| text(&output.stderr));
        (output.status.code(), text)
    };
    let object = r#"{"country":"Moldova","n":"1","tip_tier":"2"}"#;
    assert_eq!(written("o.ndjson"), (Some(0), format!("{object}\n")));
    assert_eq!(written("o.json"), (Some(0), format!("[\n{object}\n]\n")));
    for name in ["o.csv", "o.txt", "o"] {
        let rows = "country;n;tip_tier\nMoldova;1;2\n".to_owned();
        assert_eq!(written(name), (Some(0), rows), "{name}");
    }
    for name in ["o.ods", "o.md", "o.svg"] {
        let (status, said) = written(name);
        assert_eq!(status, Some(2), "{name}");
        assert!(said.contains("annotate writes csv, tsv, json, ndjson or xlsx, no"), "{said}");
    }
}

#[test]
fn what_is_asked_for_is_written_and_only_then_are_cells_quoted_anew() {
    let input = "\"a\";country;n\r\n\"1\";\"Korea, South\";\"x\"\"y\"\r\n\r\n2;Chad;\"p;q\"\r\n";
    let run = |arguments: &[&str]| {
        let output = annotate(input.as_bytes(), &[&["-q", "--add", "iso3"], arguments].concat());
        text(&output.stdout)
    };
    let comma =
        "a,country,n,tip_iso3\r\n1,\"Korea, South\",\"x\"\"y\",KOR\r\n\r\n2,Chad,p;q,TCD\r\n";
    assert_eq!(run(&["--csv"]), comma);
    assert_eq!(run(&["-f", "csv"]), comma);
    let tab =
        "a\tcountry\tn\ttip_iso3\r\n1\tKorea, South\t\"x\"\"y\"\tKOR\r\n\r\n2\tChad\tp;q\tTCD\r\n";
    assert_eq!(run(&["-f", "tsv"]), tab);
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("asked.tsv");
    run(&["-o", out.to_str().expect("text")]);
    assert_eq!(fs::read_to_string(&out).expect("a file"), tab);
    // What is parted so already is copied.
    let output = annotate(b"\"a\",country\n\"1\",Chad\n", &["-q", "--add", "iso3", "--csv"]);
    assert_eq!(text(&output.stdout), "\"a\",country,tip_iso3\n\"1\",Chad,TCD\n");
    // A table parted by tabs is none of commas, whatever its name; short rows are filled up.
    let out = out.with_extension("csv");
    let arguments = ["-q", "--add", "iso3", "--ragged", "pad", "-o", out.to_str().expect("text")];
    annotate(b"country\tn\nChad\nMali\ta, b\n", &arguments);
    assert_eq!(
        fs::read_to_string(&out).expect("a file"),
        "country,n,tip_iso3\nChad,,TCD\nMali,\"a, b\",MLI\n"
    );
    let output = annotate(input.as_bytes(), &["-f", "markdown"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("takes csv, tsv, json, ndjson or xlsx, not 'markdown'"));
}

#[test]
fn a_second_country_and_a_second_run_have_columns_of_their_own() {
    let input = b"from,to\nMoldova,Chad\n";
    let first = annotate(input, &["--column", "from", "--prefix", "from_", "--add", "iso3,tier"]);
    assert_eq!(text(&first.stdout), "from,to,from_iso3,from_tier\nMoldova,Chad,MDA,2\n");
    let second = ["--column", "to", "--prefix", "to_", "--add", "to_iso3,tip_tier"];
    let second = annotate(&first.stdout, &second);
    let both = "from,to,from_iso3,from_tier,to_iso3,to_tier\nMoldova,Chad,MDA,2,TCD,3\n";
    assert_eq!(text(&second.stdout), both);
    let again =
        annotate(&second.stdout, &["--column", "from", "--prefix", "from_", "--add", "iso3"]);
    assert_eq!(again.status.code(), Some(2));
    let said = text(&again.stderr);
    assert!(said.contains("already a column 'from_iso3'; --replace drops those"), "{said}");
    let replaced = ["--column", "from", "--prefix", "from_", "--replace", "--add", "iso3", "-q"];
    let again = annotate(&second.stdout, &replaced);
    let expected = "from,to,to_iso3,to_tier,from_iso3\nMoldova,Chad,TCD,3,MDA\n";
    assert_eq!(text(&again.stdout), expected);
    let again = annotate(&second.stdout, &[&replaced[..], &["--format", "ndjson"]].concat());
    let expected = "{\"from\":\"Moldova\",\"to\":\"Chad\",\"to_iso3\":\"TCD\",\"to_tier\":\"3\",\"from_iso3\":\"MDA\"}\n";
    assert_eq!(text(&again.stdout), expected);
    // The columns of a run before are no columns of countries.
    let again = annotate(b"tip_country,land,tip_iso3\nx,Chad,y\n", &["--replace", "--add", "iso3"]);
    assert_eq!(text(&again.stdout), "land,tip_iso3\nChad,TCD\n");
    for (arguments, said) in [
        (&["--replace", "--no-header", "--column", "1"][..], "without a header no column begins"),
        (&["--replace", "--prefix", ""], "--replace would leave none"),
    ] {
        let output = annotate(b"from,to\nMoldova,Chad\n", arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}

#[test]
fn excel_is_a_mark_line_ends_and_guards_at_once() {
    let input = b"country;a\nChad;=1\nMali;\n";
    let output = annotate(input, &["--excel", "--add", "iso3", "-q"]);
    let expected = "\u{feff}country;a;tip_iso3\r\nChad;'=1;TCD\r\nMali;;MLI\r\n";
    assert_eq!(text(&output.stdout), expected);
    for arguments in [&["--excel", "--json"][..], &["--excel", "--encoding", "1252"]] {
        assert_eq!(annotate(input, arguments).status.code(), Some(2));
    }
}

#[test]
fn every_column_is_added_where_all_are_asked_for() {
    let output = annotate(b"country\nChad\n", &["--add", "all", "-q"]);
    let help = common::tip(&["annotate", "--add", "help", "--csv", "--no-header"]);
    let help = { help }.output().expect("tip was built");
    let columns = text(&help.stdout).lines().count();
    let header = text(&output.stdout);
    let header = header.lines().next().unwrap_or_default();
    assert_eq!(header.split(',').count(), 1 + columns);
}
