//! What people type that is no command or no option, and what they mean by it: data, no code.
//!
//! In a command to type, `{command}` is the subcommand, `{rest}` the other words of the line, `{option}` the wrong
//! option, `{name}` the same as a column is named, `{value}` its value and `{year}` one that is a year, `{word}` the
//! wrong word. A command that does not run with these is not shown.

/// Words in the place of a subcommand, and the commands to type instead.
pub const WORDS: &[(&[&str], &[&str])] = &[
    (&["show", "get", "info", "profile", "search", "find", "country", "query"], &["lookup {rest}"]),
    (&["compare", "diff"], &["lookup {rest}", "history {rest}"]),
    (&["tier"], &["list --year latest --tier {rest}", "tiers {rest}"]),
    (&["longest"], &["watch-list {rest} --longest"]),
    (&["soldiers", "childsoldiers"], &["list {rest} --on child-soldiers"]),
    (&["reliability", "quality", "evidence", "reliable"], &["coverage"]),
    (&["region"], &["list --region {rest}", "regions {rest}"]),
    (&["year"], &["list --year {rest}"]),
    (&["panel", "dataset"], &["list --region world --year all {rest}"]),
    (&["source"], &["sources {rest}", "list --role source"]),
    (&["role", "roles"], &["list --role {rest}"]),
    (&["downgraded", "downgrades", "downgrade"], &["changes {rest} --downgraded"]),
    (&["upgraded", "upgrades", "upgrade"], &["changes {rest} --upgraded"]),
    (&["definitions", "definition", "define", "criteria", "meaning", "explain"], &["tiers {rest}"]),
    (&["watch", "2wl-list"], &["watch-list {rest}"]),
    (&["count", "counts", "summary"], &["stats {rest}"]),
    (&["citation", "quote", "reference", "url", "link"], &["cite {rest}"]),
    (&["timeline", "trend"], &["history {rest}"]),
    (&["countries", "ls", "all"], &["list {rest}"]),
    (&["join", "enrich"], &["annotate {rest}"]),
    (&["match", "normalize", "normalise"], &["resolve {rest}"]),
    (&["version"], &["--version"]),
];

/// What a word may be where none is expected: the option that takes it, in the command given, or else the command that
/// asks of it. A country is looked up.
pub const KINDS: &[(&str, &str)] = &[
    ("--year", "list"),
    ("--tier", "list --year latest"),
    ("--region", "list"),
    ("--role", "list"),
    ("--on", "list"),
];

/// An option that a subcommand does not have.
pub struct Advice {
    /// The subcommands it is given to; any, where none is named.
    pub commands: &'static [&'static str],
    /// The options.
    pub options: &'static [&'static str],
    /// The commands to type.
    pub tries: &'static [&'static str],
}

/// Short for an entry of the table.
const fn of(
    commands: &'static [&'static str],
    options: &'static [&'static str],
    tries: &'static [&'static str],
) -> Advice {
    Advice { commands, options, tries }
}

const ANY: &[&str] = &[];

/// What is meant by options that are none. The first entry that has a command to type is taken.
pub const OPTIONS: &[Advice] = &[
    of(&["coverage", "sources"], &["--year"], &["coverage"]),
    of(&["list"], &["--country", "--countries", "--name"], &["lookup {value} {rest}"]),
    of(
        &["watch-list", "stats", "coverage"],
        &["--country", "--countries", "--name"],
        &["history {value} {rest}"],
    ),
    of(
        &["annotate"],
        &["--country", "--countries", "--name", "--field"],
        &["annotate {rest} --column {value}"],
    ),
    of(ANY, &["--country", "--countries", "--name", "--id"], &["{command} {value} {rest}"]),
    of(
        &["lookup", "history", "cite"],
        &["--compare", "--with", "--and"],
        &["{command} {rest} {value}"],
    ),
    of(
        &["changes"],
        &["--tier"],
        &["changes {rest} --to {value}", "list --year latest --tier {value}"],
    ),
    of(&["tiers"], &["--tier"], &["tiers {value} {rest}"]),
    of(
        &["watch-list"],
        &["--tier", "--tiers"],
        &["watch-list {rest}", "list --year latest --tier {value}"],
    ),
    of(&["map"], &["--tier", "--tiers"], &["list --year latest --tier {value} {rest}"]),
    of(
        &["lookup", "history", "stats", "cite"],
        &["--tier", "--tiers"],
        &["list --tier {value} {rest}"],
    ),
    of(&["lookup", "cite"], &["--region", "--regions"], &["list --region {value} {rest}"]),
    of(&["lookup"], &["--since", "--from", "--start"], &["history {rest} --from {year}"]),
    of(
        &["list"],
        &["--since", "--from", "--start"],
        &["list {rest} --year {year}..", "history --from {year}"],
    ),
    of(ANY, &["--since", "--from", "--start"], &["{command} {rest} --year {year}.."]),
    of(ANY, &["--until", "--end"], &["{command} {rest} --year ..{year}"]),
    of(&["history", "lookup"], &["--changes", "--change"], &["changes {rest}"]),
    of(ANY, &["--changes", "--change"], &["changes"]),
    of(ANY, &["--history"], &["history {rest}"]),
    of(
        &["lookup"],
        &["--url", "--link", "--urls", "--links"],
        &["cite {rest}", "lookup {rest} --columns country,year,url"],
    ),
    of(&["cite"], &["--url", "--link", "--urls", "--links"], &["cite {rest}"]),
    of(
        ANY,
        &["--url", "--link", "--urls", "--links"],
        &["{command} {rest} --columns country,year,url"],
    ),
    of(&["lookup"], &["--source", "--sources"], &["sources {rest}", "cite {rest}"]),
    of(&["lookup"], &["--cite", "--citation"], &["cite {rest}"]),
    of(ANY, &["--sort-by", "--order-by", "--order", "--sort"], &["list --sort {value}"]),
    of(&["list"], &["--desc", "--descending"], &["list {rest} --reverse"]),
    of(
        &["list"],
        &["--where", "--filter"],
        &["list {rest} --tier 2WL", "list {rest} --role transit"],
    ),
    of(&["list"], &["--all", "--world"], &["list {rest} --region world", "list {rest} --year all"]),
    of(
        ANY,
        &["--all", "--world"],
        &["{command} {rest} --region world", "{command} {rest} --year all"],
    ),
    of(&["list"], &["--count"], &["stats {rest}"]),
    of(ANY, &["--top", "--limit", "--max"], &["watch-list --longest"]),
    of(ANY, &["--out", "--save", "--outfile", "--to-file"], &["{command} {rest} --output {value}"]),
    of(ANY, &["--fields", "--select", "--field"], &["{command} {rest} --columns {value}"]),
    of(ANY, &["--xlsx", "--excel", "--spreadsheet"], &["{command} {rest} --csv"]),
    of(ANY, &["--jsonl"], &["{command} {rest} --format ndjson"]),
    of(ANY, &["--md"], &["{command} {rest} --format markdown"]),
    of(ANY, &["--tsv", "--ndjson", "--markdown", "--table"], &["{command} {rest} --format {name}"]),
    of(ANY, &["--colour", "--colors", "--colours"], &["{command} {rest} --color {value}"]),
    of(
        ANY,
        &["--no-color", "--no-colour", "--nocolor", "--plain"],
        &["{command} {rest} --color never"],
    ),
    of(ANY, &["--silent"], &["{command} {rest} --quiet"]),
    of(&["annotate"], &["--file", "--input", "-i"], &["annotate {value} {rest}"]),
    of(ANY, &["--version", "-V"], &["--version"]),
];

/// Options named as a column is.
pub const COLUMN: &[&str] = &[
    "{command} {rest} --add {name}",
    "{command} {rest} --columns country,year,{name}",
    "{command} {rest} --columns {name}",
];
