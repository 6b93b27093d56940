//! The columns of every data file: what each holds, in a line. `data/README.md` says the rest.

use crate::index::codes::CodeSystem;
use crate::index::names;
use crate::index::placement::Evidence;
use crate::index::region;
use crate::index::role::Role;
use crate::index::row::Term;
use crate::index::schema::Column;
use crate::index::schema::Holds::{
    Address, Capitals, Digits, Id, Letter, Number, OneOf, Text, Year, YesNo,
};
use crate::index::tier::Tier;

type Columns = &'static [Column];

/// The values of a term.
fn names_of<T: Term>() -> Vec<&'static str> {
    T::NAMES.iter().map(|(_, name)| *name).collect()
}

/// The kinds of a source, which are told apart by no code.
fn source_kinds() -> Vec<&'static str> {
    vec!["state", "list", "dataset", "news", "statute", "paper", "article", "software"]
}

/// Those of `chapters.csv`.
pub const CHAPTERS: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("from", Year, "The first report the address holds for").required(),
    Column::new("to", Year, "The last report it holds for").required(),
    Column::new("slug", Id, "The last part of the address of the country's chapter").required(),
];

/// Those of `codes.csv`.
pub const CODES: Columns = &[
    Column::new("code", Id, "The code").required(),
    Column::new("system", OneOf(names_of::<CodeSystem>), "The system").required(),
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("source", Id, "Where it was found").required().of("sources.csv"),
];

/// Those of `disputed.csv`.
pub const DISPUTED: Columns = &[
    Column::new("key", Text, "The spelling, folded").required(),
    Column::new("iso3", Capitals(3), "The countries that lists give it to")
        .list()
        .required()
        .of("countries.csv"),
    Column::new(
        "decision",
        Capitals(3),
        "The country it stands for all the same; empty where it stands for none",
    )
    .of("countries.csv"),
    Column::new("languages", Text, "BCP 47 codes").list(),
    Column::new("name", Text, "The spelling as the lists have it").required(),
    Column::new("why", Text, "Why it is disputed").required(),
];

/// Those of `placeholders.csv`.
pub const PLACEHOLDERS: Columns = &[
    Column::new("word", Text, "The word, without capitals and spaces").required(),
    Column::new("languages", Text, "BCP 47 codes; empty where it is of none").list(),
];

/// Those of `countries.csv`.
pub const COUNTRIES: Columns = &[
    Column::new("iso3", Capitals(3), "ISO 3166-1 alpha-3; XKX is Kosovo").required(),
    Column::new("iso2", Capitals(2), "ISO 3166-1 alpha-2").required(),
    Column::new("numeric", Digits(3), "ISO 3166-1 numeric, zeros kept"),
    Column::new("regions", Id, "Regions the country is in, ids of regions.csv")
        .list()
        .of("regions.csv"),
    Column::new(
        "form_matters",
        YesNo,
        "Whether words such as Republic tell it from another country",
    ),
    Column::new("dissolved", Year, "The year in which the state ceased to exist"),
    Column::new("name", Text, "The current short name in English").required(),
];

/// Those of `definitions.csv`.
pub const DEFINITIONS: Columns = &[
    Column::new("from", Year, "The first report the definition holds for").required(),
    Column::new("to", Year, "The last report; empty while it holds"),
    Column::new("tier", OneOf(names_of::<Tier>), "The tier").required().of("tiers.csv"),
    Column::new("definition", Text, "What the tier means, in the words of this project").required(),
    Column::new("criteria", Text, "The criteria it lists").list(),
    Column::new("note", Text, "What else must be known"),
    Column::new("source", Id, "Where it stands").required().of("sources.csv"),
];

/// Those of `enforcement.csv`.
pub const ENFORCEMENT: Columns = &[
    Column::new("year", Year, "The calendar year").required(),
    Column::new("region", Id, "The region, or world").required().of("regions.csv"),
    Column::new("prosecutions", Number, "Prosecutions"),
    Column::new("prosecutions_labour", Number, "Those of labour trafficking among them"),
    Column::new("convictions", Number, "Convictions"),
    Column::new("convictions_labour", Number, "Those of labour trafficking among them"),
    Column::new("victims", Number, "People identified as victims"),
    Column::new("victims_labour", Number, "Those of labour trafficking among them"),
    Column::new("laws", Number, "Acts passed or amended"),
    Column::new("printed", Id, "The report whose table has the numbers").of("sources.csv"),
    Column::new("sources", Id, "Where they were read, ids of sources.csv")
        .list()
        .required()
        .of("sources.csv"),
    Column::new("url", Address, "Where, if not at the address of the source"),
    Column::new("note", Text, "How well the row is founded"),
];

/// Those of `figures.csv`.
pub const FIGURES: Columns = &[
    Column::new("figure", Text, "What was counted or estimated").required(),
    Column::new("value", Text, "The figure as its source puts it").required(),
    Column::new("period", Text, "When"),
    Column::new("attributed_to", Text, "Whose figure it is").required(),
    Column::new("sources", Id, "Where it stands, ids of sources.csv")
        .list()
        .required()
        .of("sources.csv"),
];

/// Those of `listings.csv`.
pub const LISTINGS: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("list", Id, "The list").required().of("lists.csv"),
    Column::new("year", Year, "The report year").required().of("reports.csv"),
    Column::new("source", Id, "Where it was read, ids of sources.csv")
        .list()
        .required()
        .of("sources.csv"),
];

/// Those of `lists.csv`.
pub const LISTS: Columns = &[
    Column::new("list", Id, "The id of the list").required(),
    Column::new("name", Text, "Its name").required(),
    Column::new("definition", Text, "Which governments it holds, and since when").required(),
    Column::new("whole", Year, "The report years in which the list is whole in these data")
        .list()
        .of("reports.csv"),
    Column::new("source", Id, "Where it is described, ids of sources.csv")
        .list()
        .required()
        .of("sources.csv"),
];

/// Those of `members.csv`.
pub const MEMBERS: Columns = &[
    Column::new("region", Id, "The organisation or UN region").required().of("regions.csv"),
    Column::new("iso3", Capitals(3), "A country in it today").required().of("countries.csv"),
];

/// Those of `names.csv`.
pub const NAMES: Columns = &[
    Column::new("key", Text, "The name folded: small letters without marks").required(),
    Column::new("iso3", Capitals(3), "The country, or those it may mean; empty for a word")
        .list()
        .of("countries.csv"),
    Column::new("kind", OneOf(names_of::<names::spellings::Kind>), "What kind of name it is")
        .required(),
    Column::new("languages", Text, "BCP 47 codes of its languages").list(),
    Column::new("source", Id, "Where it was found").required().of("sources.csv"),
    Column::new("name", Text, "The spelling").required(),
    Column::new("note", Text, "Why it is former, contested, ambiguous or dissolved"),
];

/// Those of `notes.csv`.
pub const NOTES: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("from", Year, "The first report year it holds for").required(),
    Column::new("to", Year, "The last one").required(),
    Column::new("source", Id, "Where it stands").required().of("sources.csv"),
    Column::new("note", Text, "What must be known of the country's rows").required(),
];

/// Those of `placements.csv`.
pub const PLACEMENTS: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("year", Year, "The report year, that of release").required().of("reports.csv"),
    Column::new("tier", OneOf(names_of::<Tier>), "The tier; none is not in the report")
        .required()
        .of("tiers.csv"),
    Column::new(
        "evidence",
        OneOf(names_of::<Evidence>),
        "Whether independent transcriptions agree",
    )
    .required(),
    Column::new("ranked_as", Capitals(3), "The state whose one rank the row repeats")
        .of("countries.csv"),
    Column::new("sources", Id, "The transcriptions, ids of sources.csv")
        .list()
        .required()
        .of("sources.csv"),
    Column::new("url", Address, "Where a text can be read"),
];

/// Those of `regions.csv`.
pub const REGIONS: Columns = &[
    Column::new("region", Id, "The id of the region").required(),
    Column::new("name", Text, "Its name as it stands in a sentence").required(),
    Column::new("definition", Text, "Which countries it holds, and by whose account").required(),
    Column::new("spellings", Text, "The ways to write it, folded and without spaces")
        .list()
        .required(),
    Column::new("kind", OneOf(names_of::<region::Kind>), "Whose division it is").required(),
];

/// Those of `reports.csv`.
pub const REPORTS: Columns = &[
    Column::new("year", Year, "The report year").required(),
    Column::new("document", Id, "The report").required().of("sources.csv"),
    Column::new("countries", Number, "How many countries have a chapter, as published"),
    Column::new("note", Text, "What else must be known"),
    Column::new("url", Address, "The State Department's own address").required(),
    Column::new("url_seen", YesNo, "Whether a public text names that address").required(),
    Column::new(
        "chapters",
        Address,
        "The form of a chapter's address, with {slug} for that of chapters.csv",
    ),
];

/// Those of `roles.csv`.
pub const ROLES: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("year", Year, "The report year; empty where the source is undated"),
    Column::new("roles", OneOf(names_of::<Role>), "The roles stated").list().required(),
    Column::new("source", Id, "The document that states them").required().of("sources.csv"),
    Column::new("note", Text, "How it qualifies them"),
];

/// Those of `roles_history.csv`.
pub const ROLES_HISTORY: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("year", Year, "The report year").required(),
    Column::new("roles", OneOf(names_of::<Role>), "The roles stated").list().required(),
    Column::new("source", Id, "The document that states them").required().of("sources.csv"),
    Column::new("note", Text, "How it qualifies them, or where it is unsure"),
    Column::new("url", Address, "Where, if not at the address of the source"),
    Column::new("quote", Text, "The beginning of the sentence they were read from").required(),
];

/// Those of `sources.csv`.
pub const SOURCES: Columns = &[
    Column::new("id", Id, "The id that rows of the other files name").required(),
    Column::new("title", Text, "Its title").required(),
    Column::new("publisher", Text, "Who published it"),
    Column::new("date", Text, "The day or the years of publication, as far as known"),
    Column::new("kind", OneOf(source_kinds), "What kind of document it is").required(),
    Column::new("url", Address, "Where it can be read"),
    Column::new("rights", Text, "Who holds which rights in it"),
];

/// Those of `tiers.csv`.
pub const TIERS: Columns = &[
    Column::new("tier", OneOf(names_of::<Tier>), "The tier").required(),
    Column::new("mark", Letter, "Its letter in a strip of years").required(),
    Column::new("name", Text, "Its name").required(),
    Column::new(
        "definition",
        Text,
        "What it means in the snapshot of 2018, in the words of this project",
    )
    .required(),
    Column::new("criteria", Text, "The criteria it lists").list(),
    Column::new("note", Text, "What else must be known"),
    Column::new("document", Id, "Where it stands").required().of("sources.csv"),
    Column::new(
        "spellings",
        Text,
        "The ways to write it, folded, without spaces and a leading tier",
    )
    .list()
    .required(),
];

/// Those of `tiles.csv`.
pub const TILES: Columns = &[
    Column::new("iso3", Capitals(3), "The country").required().of("countries.csv"),
    Column::new("row", Number, "Its row on the map, from the north, from 1").required(),
    Column::new("column", Number, "Its column, from the west, from 1").required(),
];

/// Those of `typologies.csv`.
pub const TYPOLOGIES: Columns = &[
    Column::new("typology", Text, "Where the groups are from").required(),
    Column::new("traits", Text, "What marks them").list().required(),
    Column::new("source", Id, "Where it stands").required().of("sources.csv"),
];

/// Those of `watch_list_rules.csv`.
pub const WATCH_LIST_RULES: Columns = &[
    Column::new("from", Year, "The first report the rule holds for").required(),
    Column::new(
        "reports",
        Number,
        "How many consecutive reports a country may be on the list without a waiver",
    )
    .required(),
    Column::new("longest", Number, "How many with one").required(),
    Column::new("returned", Number, "How many for a country back from Tier 3 after a waived year"),
    Column::new("act", Text, "The act that made the rule so").required(),
    Column::new("source", Id, "Where it stands").required().of("sources.csv"),
    Column::new("rule", Text, "The rule in words").required(),
];
