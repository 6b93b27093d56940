//! The options of `tip annotate`, and how they say that a file is read and written.

use std::path::PathBuf;

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Args, ValueEnum, value_parser};

use crate::annotate::added::PREFIX;
use crate::annotate::unmatched::Unmatched;
use crate::index::CodeSystem;
use crate::input::{Encoding, delimiter};
use crate::output::{Format, When};

/// The options of all commands that here mean something else, or nothing, as the help of this one says it.
fn other_options() -> [Arg; 4] {
    let formats = [Format::Csv, Format::Tsv, Format::Json, Format::Ndjson, Format::Xlsx];
    let formats = formats.into_iter().filter_map(|format| format.to_possible_value());
    let format = |name: String| Format::from_str(&name, true).unwrap_or_default();
    let option = |id: &'static str| Arg::new(id).long(id).help_heading("Output");
    [
        option("format")
            .short('f')
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(formats).map(format))
            .help("The format of what is written [default: as the file came]"),
        Arg::new("no_header")
            .long("no-header")
            .alias("no-headers")
            .action(ArgAction::SetTrue)
            .help("FILE has no header: --column takes a number, and no header is written"),
        option("columns")
            .short('c')
            .aliases(["fields", "select"])
            .value_delimiter(',')
            .value_name("COLUMNS")
            .hide(true),
        option("hyperlink").value_name("WHEN").value_parser(value_parser!(When)).hide(true),
    ]
}

/// What is an error or left out where it is more; the README has it too.
const LIMITS: &str = "\
Limits: a header of 1 MiB or 32,768 columns, a row of 4 MiB, a field of 1 MiB; corrections (--map) of 1,000,000 names or 64 MiB. \
Which column is the country's, the first 200 rows of 1,024 columns say. Names that are not matched are counted one by one up to 28,672 of 256 bytes.";

/// The arguments of `tip annotate`.
#[derive(Debug, Args)]
#[command(after_long_help = LIMITS)]
#[command(args = other_options())]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch on the command line")]
pub struct Annotate {
    /// A CSV file or a workbook (.xlsx, .xls, .ods) with a header, or without one with --no-header; '-' is standard input, which is read too where no file is
    /// named and it is no terminal
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// The column of the country, by its name or its number from 1; '#1' is always a number [default: the one called
    /// country, in one of many languages, or whose cells in the first 200 rows are countries]
    #[arg(long, value_name = "NAME|INDEX", conflicts_with = "lines")]
    pub column: Option<String>,

    /// The report year of every row [default: the newest report]
    #[arg(short, long, value_name = "YEAR")]
    pub year: Option<String>,

    /// The column that has the report year of each row, by its name or its number: years, dates such as 2018-06-28, FY2018
    #[arg(long, value_name = "NAME|INDEX", conflicts_with_all = ["year", "lines"])]
    pub year_column: Option<String>,

    /// The columns to add, in this order; '+roles' adds to the default, 'all' adds all, 'help' lists them [default: iso3,country,year,tier,status]
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub add: Vec<String>,

    /// What the names of the columns that are added begin with: for a second country in each row, origin_ for instance
    #[arg(long, value_name = "TEXT", default_value = PREFIX, conflicts_with = "lines")]
    pub prefix: String,

    /// Leave out the columns of FILE that begin with the prefix: those of a run before
    #[arg(long, conflicts_with = "lines")]
    pub replace: bool,

    /// Take these names for these countries, before all others: the columns name and iso3 of a CSV file, up to 1,000,000
    /// names or 64 MiB
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,

    /// The system that codes are of: in FIPS, AU is Austria [default: iso, and numbers only where nearly all of the first
    /// rows are ISO's]
    #[arg(long, value_enum, value_name = "SYSTEM")]
    pub codes: Option<CodeSystem>,

    /// What becomes of rows whose country is ambiguous or unknown
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub unmatched: Unmatched,

    /// List every name that was not matched, and end with status 1 if a row has no country; all is written first
    #[arg(long)]
    pub strict: bool,

    /// Write the names that were not matched to this file, with the countries they may be, delimited and encoded as FILE;
    /// fill in its iso3, and --map takes it
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Column delimiter: one character, or tab [default: what the header has of , ; tab and |]
    #[arg(short, long, value_name = "CHARACTER", conflicts_with = "lines")]
    pub delimiter: Option<String>,

    /// The sheet of a workbook, by its name [default: the first that is not hidden]
    #[arg(long, value_name = "NAME", conflicts_with = "lines")]
    pub sheet: Option<String>,

    /// Leave out so many lines above the header
    #[arg(
        long,
        value_name = "LINES",
        default_value_t = 0,
        hide_default_value = true,
        conflicts_with = "lines"
    )]
    pub skip: usize,

    /// The encoding of the file, such as windows-1252: its country column is read in it, and what is added is written in it.
    /// UTF-16 with a byte order mark needs none, and is written as UTF-8
    #[arg(long, value_name = "ENCODING", default_value = "utf-8")]
    pub encoding: String,

    /// What to do with rows shorter than the header
    #[arg(long, value_enum, default_value_t, value_name = "WHAT", conflicts_with = "lines")]
    pub ragged: Ragged,

    /// Write a row for each country of a cell that names several, such as 'China; Vietnam' or 'DE/US'
    #[arg(long, conflicts_with = "lines")]
    pub each: bool,

    /// Write for Excel: --bom, --crlf and --excel-safe at once
    #[arg(long, conflicts_with = "lines")]
    pub excel: bool,

    /// Put a ' before cells that a spreadsheet program would run: those that begin with =, +, -, @, a tab or CR, and
    /// are no number; also before what is added, and in the --report
    #[arg(long, conflicts_with = "lines")]
    pub excel_safe: bool,

    /// Begin with a byte order mark, by which Excel knows UTF-8
    #[arg(long, conflicts_with = "lines")]
    pub bom: bool,

    /// End rows with CR and LF
    #[arg(long, conflicts_with = "lines")]
    pub crlf: bool,

    /// Read a plain list instead, one name a line; what is added follows a tab
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub lines: Option<PathBuf>,
}

/// What becomes of rows shorter than the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Ragged {
    /// They are an error
    #[default]
    Error,
    /// They are filled up with empty fields
    Pad,
}

/// What is written otherwise than it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// Formulas have a `'` before them.
    pub excel_safe: bool,
    /// A byte order mark comes first.
    pub bom: bool,
    /// Rows end with CR and LF.
    pub crlf: bool,
    /// The columns are parted by this; the cells are quoted anew.
    pub delimiter: Option<u8>,
}

impl Annotate {
    /// What is written otherwise than it came, but for the delimiter.
    pub fn changes(&self) -> FileChanges {
        FileChanges {
            excel_safe: self.excel_safe || self.excel,
            bom: self.bom || self.excel,
            crlf: self.crlf || self.excel,
            delimiter: None,
        }
    }

    pub fn encoding(&self) -> Result<Encoding> {
        Encoding::named(&self.encoding)
    }

    pub fn delimiter(&self) -> Result<Option<u8>> {
        self.delimiter.as_deref().map(delimiter::typed).transpose()
    }
}

/// The options, and what they do not say by themselves.
#[derive(Clone, Copy, Debug)]
pub struct UserTable<'a> {
    pub options: &'a Annotate,
    /// Whether the first row names the columns.
    pub header: bool,
    /// What separates the columns, where that is known before the file is read, and what does by its name.
    pub delimiter: Option<u8>,
    pub usual: u8,
    /// The format that is asked for, and the one that the name of the output says.
    pub format: Option<Format>,
    pub named: Option<Format>,
}

impl UserTable<'_> {
    /// Whether it is a plain list.
    pub fn is_list(&self) -> bool {
        self.options.lines.is_some()
    }

    /// The format of objects, if rows become such.
    pub fn objects(&self) -> Option<Format> {
        self.format.or(self.named).filter(|it| matches!(it, Format::Json | Format::Ndjson))
    }

    /// What is written otherwise than in a file whose columns this parts.
    pub fn changes(&self, delimiter: u8) -> FileChanges {
        let asked = match (self.format, self.named) {
            (Some(Format::Csv | Format::Xlsx), _) | (None, Some(Format::Xlsx)) => b',',
            (Some(Format::Tsv), _) | (None, Some(Format::Tsv)) => b'\t',
            // What is called .csv has no tabs.
            (None, Some(Format::Csv)) if delimiter == b'\t' => b',',
            _ => delimiter,
        };
        let delimiter = Some(asked).filter(|asked| *asked != delimiter);
        FileChanges { delimiter, ..self.options.changes() }
    }
}
