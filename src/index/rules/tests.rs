//! The data files keep the rules, and the rules find what breaks them.

use crate::index::load::{EMBEDDED, Files};
use crate::index::rules::breaches;

/// Files with a few rows that keep the rules, to be broken one at a time.
const SMALL: Files = Files {
    countries: "iso3,iso2,numeric,regions,form_matters,dissolved,name\nAAA,AA,001,X;Y,,,Alphaland\nBBB,BB,,X,yes,,\"Beta, Isle of\"\nOLD,OL,,X,,2003,Alphabeta\nUSA,US,,,,,United States\n",
    figures: "figure,value,period,attributed_to,sources\nf,1,,A,S;T\n",
    names: "key,iso3,kind,languages,source,name,note\nalpha,AAA,alias,en,S,Álpha,\nb land,BBB,former,en;sr-Latn,S,\"B, \"\"Land\"\"\",Once.\nrepublic,,generic,,S,Republic,\n",
    notes: "iso3,from,to,source,note\nAAA,2003,2003,S,Once one\n",
    placements: "iso3,year,tier,evidence,ranked_as,sources,url\nAAA,2003,2,confirmed,OLD,S;T,\nAAA,2004,2WL,single,,S,\nBBB,2004,special,single,,S,\"https://example.org/a,b\"\nOLD,2003,2,single,,S,\nUSA,2004,none,single,,S,\n",
    regions: "region,name,definition,spellings\nX,Ex,\"E, x.\",ex;x\nY,Why,W.,y\n",
    reports: "year,document,countries,missing,note\n2003,S,1,,\n2004,S,3,OLD,\n",
    roles: "iso3,year,roles,source,note\nAAA,,source,S,\nAAA,2003,source;transit,S,\nBBB,2004,destination,S,mainly\n",
    sources: "id,title,publisher,date,url,rights\nS,Source,\"One, Two\",2018,,public domain\nT,Other,,,,\n",
    tiers: "tier,mark,name,definition,criteria,note,document,spellings\n1,1,Tier 1,A.,,,S,1\n2,2,Tier 2,B.,,,S,2;two\n2WL,W,Tier 2 Watch List,C:,(a) x;(b) y,N.,S,2wl\n3,3,Tier 3,D.,,,S,3\nspecial,s,Special case,E.,,,S,special\nnone,-,Not in the report,F.,,,S,none\n",
    typologies: "typology,traits,source\nt,a;b,S\n",
    watch_list_rules: "from,reports,returned,source,rule\n2003,2,,S,\"two, then\"\n",
};

/// The breaches after one replacement.
fn broken(from: &str, to: &str) -> String {
    let mut files = SMALL;
    let texts = [
        &mut files.countries,
        &mut files.figures,
        &mut files.names,
        &mut files.notes,
        &mut files.placements,
        &mut files.regions,
        &mut files.reports,
        &mut files.roles,
        &mut files.sources,
        &mut files.tiers,
        &mut files.typologies,
        &mut files.watch_list_rules,
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
    let cases = [
        (
            "AAA,2004,2WL",
            "AAA,2004,2.5",
            "data/placements.csv:3: column 'tier': unknown variant `2.5`",
        ),
        (
            "AAA,2004,",
            "AAA,year,",
            "data/placements.csv:3: column 'year': invalid digit",
        ),
        (
            "2WL,single",
            "2WL,certain",
            "data/placements.csv:3: column 'evidence': unknown variant",
        ),
        (
            "source;transit",
            "sauce",
            "data/roles.csv:3: column 'roles': unknown variant `sauce`",
        ),
        (
            "AAA,2003,source;transit,S,",
            "AAA,2003,source",
            "data/roles.csv:3: 3 columns; the header has 5",
        ),
        (
            "AAA,AA,001,X;Y,,,Alphaland",
            "AAA,AA",
            "data/countries.csv:2: not the columns",
        ),
        (
            "alias",
            "nickname",
            "data/names.csv:2: column 'kind': unknown variant `nickname`",
        ),
        (
            "2003,S,1",
            "2003,S,one",
            "data/reports.csv:2: column 'countries': invalid digit",
        ),
    ];
    for (from, to, breach) in cases {
        assert_found(from, to, breach);
    }
}

#[test]
fn the_form_of_a_file_is_checked() {
    let cases = [
        (
            "id,title",
            "id,name",
            "data/sources.csv:1: the header must be id,title",
        ),
        (
            "AAA,AA,001",
            "ZZZ,AA,001",
            "data/countries.csv:3: out of order",
        ),
        (
            "AAA,2004",
            "AAA,2003",
            "data/placements.csv:3: out of order, or there twice: AAA,2003",
        ),
        (
            ",Tier 1,",
            ",\"Tier 1\",",
            "data/tiers.csv:2: not as a CSV writer writes it",
        ),
        (
            "Alphaland",
            "Alphaland ",
            "data/countries.csv:2: column 'name': space at an end",
        ),
        (
            "BBB,2004,destination",
            "\nBBB,2004,destination",
            "data/roles.csv:4: not as a CSV writer writes it",
        ),
    ];
    for (from, to, breach) in cases {
        assert_found(from, to, breach);
    }
}

#[test]
fn a_reference_that_leads_nowhere_is_a_breach() {
    let cases = [
        (
            "BBB,2004,special",
            "CCC,2004,special",
            "data/placements.csv:4: column 'iso3': no country has the code 'CCC'",
        ),
        (
            "destination,S",
            "destination,U",
            "data/roles.csv:4: column 'source': 'U' is not in sources.csv",
        ),
        (
            "OLD,S;T",
            "OLD,S;U",
            "data/placements.csv:2: column 'sources': 'U' is not",
        ),
        (
            "alpha,AAA",
            "alpha,ABC",
            "data/names.csv:2: column 'iso3': no country has the code 'ABC'",
        ),
        (
            "AAA,2003,source",
            "AAA,2002,source",
            "data/roles.csv:3: column 'year': no placement of that country",
        ),
        (
            "confirmed,OLD",
            "confirmed,BBB",
            "data/placements.csv:2: column 'ranked_as': 'BBB' has no such rank",
        ),
        (
            "001,X;Y",
            "001,X;Z",
            "data/countries.csv:2: column 'regions': 'Z' is not in regions.csv",
        ),
        (
            "f,1,,A,S;T",
            "f,1,,A,",
            "data/figures.csv:2: column 'sources': a figure without a source",
        ),
        (
            "a;b,S",
            "a;b,U",
            "data/typologies.csv:2: column 'source': 'U' is not in sources.csv",
        ),
        (
            "2003,2,,S",
            "2003,2,,U",
            "data/watch_list_rules.csv:2: column 'source': 'U' is not",
        ),
        (
            "AAA,2003,2003",
            "CCC,2003,2003",
            "data/notes.csv:2: column 'iso3': no country has the code 'CCC'",
        ),
    ];
    for (from, to, breach) in cases {
        assert_found(from, to, breach);
    }
}

#[test]
fn codes_years_and_tiers_are_checked() {
    let cases = [
        (
            "AAA,AA,001",
            "AAA,AA,1",
            "data/countries.csv:2: column 'numeric': not three digits",
        ),
        (
            "BBB,BB",
            "BBB,AA",
            "data/countries.csv:3: column 'iso2': names two countries",
        ),
        (
            "BBB,2004,special",
            "BBB,1999,special",
            "data/placements.csv:4: column 'year': no report of that year",
        ),
        (
            "AAA,2003,2,",
            "AAA,2003,2WL,",
            "data/placements.csv:2: column 'tier': no Watch List before 2004",
        ),
        (
            "USA,2004,none",
            "USA,2004,1",
            "data/placements.csv:6: column 'tier': no rank of the United States before 2010",
        ),
        (
            "OLD,2003,2",
            "OLD,2004,2",
            "data/placements.csv:5: column 'year': after the state ceased to exist",
        ),
        (
            "source;transit",
            "transit;source",
            "data/roles.csv:3: column 'roles': none, one twice, or not",
        ),
        (
            "3,3,Tier 3,D.,,,S,3\n",
            "",
            "data/tiers.csv:2: column 'tier': must be 1, 2, 2WL, 3, special, none",
        ),
        (
            "S,2;two",
            "S,1;two",
            "data/tiers.csv:3: column 'spellings': '1' is not folded, or means two",
        ),
        (
            "3,3,Tier 3",
            "3,2,Tier 3",
            "data/tiers.csv:5: column 'mark': another tier's",
        ),
        (
            "W.,y",
            "W.,x",
            "data/regions.csv:3: column 'spellings': 'x' is not folded, or means two",
        ),
        (
            "W.,y",
            "W.,why",
            "data/regions.csv:3: column 'spellings': the code itself is missing",
        ),
        (
            "AAA,2003,2003",
            "AAA,2003,2002",
            "data/notes.csv:2: column 'to': before 'from'",
        ),
    ];
    for (from, to, breach) in cases {
        assert_found(from, to, breach);
    }
}

#[test]
fn a_report_has_as_many_countries_as_are_placed_or_missing() {
    let cases = [
        (
            "2003,S,1",
            "2003,S,2",
            "data/reports.csv:2: column 'countries': 1 are placed or missing",
        ),
        (
            "3,OLD",
            "3,BBB",
            "data/reports.csv:3: column 'missing': 'BBB' has a placement",
        ),
        (
            "2004,S,3",
            "2005,S,3",
            "data/reports.csv:3: column 'year': not the year after",
        ),
    ];
    for (from, to, breach) in cases {
        assert_found(from, to, breach);
    }
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
