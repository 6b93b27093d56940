//! What people type that is no command or no option, and what they mean by it: data, no code.

/// The table.
pub const MISTAKES: &str = include_str!("mistakes.txt");

/// A line of `mistakes.txt`, which says what each part is.
pub struct Advice {
    /// The subcommands that an option is given to; any, where none is named.
    pub commands: Vec<&'static str>,
    /// The words or options that are none.
    pub wrong: Vec<&'static str>,
    /// The commands to type.
    pub tries: Vec<&'static str>,
}

/// Returns the lines of the table.
pub fn advice() -> impl Iterator<Item = Advice> {
    MISTAKES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (typed, meant) = line.split_once(" -> ")?;
        let (commands, wrong) = typed.split_once(" : ").unwrap_or(("", typed));
        Some(Advice {
            commands: commands.split_whitespace().collect(),
            wrong: wrong.split_whitespace().collect(),
            tries: meant.split(" ; ").map(str::trim).collect(),
        })
    })
}

/// What a word may be where none is expected: the option that takes it, in the command given, or else the command that
/// asks of it. A country is looked up.
pub const KINDS: &[(&str, &str)] = &[
    ("--year", "list"),
    ("--tier", "list --year latest"),
    ("--region", "list"),
    ("--role", "list"),
    ("--on", "list"),
];

/// Options named as a column is.
pub const COLUMN: &[&str] = &[
    "{command} {rest} --add {name}",
    "{command} {rest} --columns country,year,{name}",
    "{command} {rest} --columns {name}",
];
