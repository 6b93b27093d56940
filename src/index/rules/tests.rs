//! The data files keep the rules, and the rules find what breaks them.

use crate::index::load::{EMBEDDED, Files};
use crate::index::rules::breaches;

/// Files with a few rows that keep the rules, to be broken one at a time.
const SMALL: Files = Files {
    countries: "iso3,iso2,numeric,regions,form_matters,name\nAAA,AA,001,X;Y,,Alphaland\nBBB,BB,,X,yes,\"Beta, Isle of\"\n",
    names: "key,iso3,kind,languages,source,name,note\nalpha,AAA,alias,en,S,Álpha,\nb land,BBB,former,en;sr-Latn,S,\"B, \"\"Land\"\"\",Once.\nrepublic,,generic,,S,Republic,\n",
    placements: "iso3,year,tier,document,evidence,transcriptions,url\nAAA,2003,2,S,confirmed,S;S,\nAAA,2004,2WL,S,single,S,\nBBB,2018,special,S,single,,https://example.org/\n",
    roles: "iso3,year,roles,note,document\nAAA,2003,source;transit,,S\nBBB,2018,destination,mainly,S\n",
    sources: "id,title,publisher,date,url,rights\nS,Source,\"One, Two\",2018,,public domain\n",
    tiers: "tier,name,definition,criteria,note,document,spellings\n1,Tier 1,A.,,,S,1\n2,Tier 2,B.,,,S,2;two\n2WL,Tier 2 Watch List,C:,(a) x;(b) y,N.,S,2wl\n3,Tier 3,D.,,,S,3\nspecial,Special case,E.,,,S,special\nnone,Not in the report,F.,,,S,none\n",
};

/// The breaches after one replacement.
fn broken(from: &str, to: &str) -> String {
    let mut files = SMALL;
    let texts = [
        &mut files.countries,
        &mut files.names,
        &mut files.placements,
        &mut files.roles,
        &mut files.sources,
        &mut files.tiers,
    ];
    let mut replaced = 0;
    for text in texts {
        if text.contains(from) {
            *text = Box::leak(text.replacen(from, to, 1).into_boxed_str());
            replaced += 1;
        }
    }
    assert_eq!(replaced, 1, "'{from}' must be in one of the small files");
    breaches(files).join("\n")
}

fn assert_found(from: &str, to: &str, breach: &str) {
    let found = broken(from, to);
    assert!(
        found.contains(breach),
        "'{from}' as '{to}': expected\n{breach}\nfound\n{found}"
    );
}

#[test]
fn the_data_files_keep_the_rules() {
    let found = breaches(EMBEDDED);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_small_files_keep_them_too() {
    let found = breaches(SMALL);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_cell_that_cannot_be_read_is_named_by_file_line_and_column() {
    assert_found(
        "AAA,2004,2WL",
        "AAA,2004,2.5",
        "data/placements.csv:3: column 'tier': unknown variant `2.5`",
    );
    assert_found(
        "AAA,2004,",
        "AAA,year,",
        "data/placements.csv:3: column 'year': invalid digit",
    );
    assert_found(
        "2WL,S,single",
        "2WL,S,certain",
        "data/placements.csv:3: column 'evidence': unknown variant",
    );
    assert_found(
        "source;transit",
        "sauce",
        "data/roles.csv:2: column 'roles': unknown variant `sauce`",
    );
    assert_found(
        "AAA,2003,source;transit,,S",
        "AAA,2003,source",
        "data/roles.csv:2: 3 columns; the header has 5",
    );
    assert_found(
        "AAA,AA,001,X;Y,,Alphaland",
        "AAA,AA",
        "data/countries.csv:2: not the columns",
    );
    assert_found(
        "alias",
        "nickname",
        "data/names.csv:2: column 'kind': unknown variant `nickname`",
    );
}

#[test]
fn the_form_of_a_file_is_checked() {
    assert_found(
        "id,title",
        "id,name",
        "data/sources.csv:1: the header must be id,title",
    );
    assert_found(
        "AAA,AA,001",
        "ZZZ,AA,001",
        "data/countries.csv:3: out of order",
    );
    assert_found(
        "AAA,2004",
        "AAA,2003",
        "data/placements.csv:3: out of order, or there twice: AAA,2003",
    );
    assert_found(
        ",Tier 1,",
        ",\"Tier 1\",",
        "data/tiers.csv:2: not as a CSV writer writes it",
    );
    assert_found(
        "Alphaland",
        "Alphaland ",
        "data/countries.csv:2: column 'name': space at an end",
    );
    assert_found(
        "BBB,2018,destination",
        "\nBBB,2018,destination",
        "data/roles.csv:3: not as a CSV writer writes it",
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_a_breach() {
    assert_found(
        "BBB,2018,special",
        "CCC,2018,special",
        "data/placements.csv:4: column 'iso3': no country has the code 'CCC'",
    );
    assert_found(
        "mainly,S",
        "mainly,T",
        "data/roles.csv:3: column 'document': 'T' is not in sources.csv",
    );
    assert_found(
        "confirmed,S;S",
        "confirmed,S;T",
        "data/placements.csv:2: column 'transcriptions': 'T' is not",
    );
    assert_found(
        "alpha,AAA",
        "alpha,ABC",
        "data/names.csv:2: column 'iso3': no country has the code 'ABC'",
    );
    assert_found(
        "AAA,2003,source",
        "AAA,2002,source",
        "data/roles.csv:2: column 'year': no placement of that country",
    );
}

#[test]
fn codes_years_and_tiers_are_checked() {
    assert_found(
        "AAA,AA,001",
        "AAA,AA,1",
        "data/countries.csv:2: column 'numeric': not three digits",
    );
    assert_found(
        "BBB,BB",
        "BBB,AA",
        "data/countries.csv:3: column 'iso2': names two countries",
    );
    assert_found(
        "BBB,2018,special",
        "BBB,1999,special",
        "data/placements.csv:4: column 'year': the first report",
    );
    assert_found(
        "AAA,2003,2,",
        "AAA,2003,2WL,",
        "data/placements.csv:2: column 'tier': no Watch List before 2004",
    );
    assert_found(
        "source;transit",
        "transit;source",
        "data/roles.csv:2: column 'roles': none, one twice, or not",
    );
    assert_found(
        "3,Tier 3,D.,,,S,3\n",
        "",
        "data/tiers.csv:2: column 'tier': must be 1, 2, 2WL, 3, special, none",
    );
    assert_found(
        "S,2;two",
        "S,1;two",
        "data/tiers.csv:3: column 'spellings': '1' is not folded, or means two",
    );
}

#[test]
fn a_spelling_must_be_folded_explained_and_of_one_country() {
    assert_found(
        "\nalpha,AAA",
        "\nalfa,AAA",
        "data/names.csv:2: column 'key': must be 'alpha'",
    );
    assert_found("Once.", "", "data/names.csv:3: column 'note': must say why");
    assert_found(
        "alpha,AAA,alias",
        "alpha,AAA;BBB,alias",
        "data/names.csv:2: column 'iso3': none for a word, one for a name",
    );
    assert_found(
        "alpha,AAA,alias,en,S,Álpha",
        "alphaland,AAA,alias,en,S,Álphaland",
        "column 'name': is a country's own name",
    );
    assert_found(
        "alpha,AAA,alias,en,S,Álpha",
        "aa,BBB,alias,en,S,aa",
        "column 'name': is another country's code",
    );
    assert_found(
        "b land,BBB",
        "alpha,BBB,alias,en,S,álpha,\nb land,BBB",
        "data/names.csv:3: column 'name': names two countries",
    );
    assert_found(
        "en;sr-Latn",
        "English",
        "data/names.csv:3: column 'languages': not BCP 47 codes",
    );
}
