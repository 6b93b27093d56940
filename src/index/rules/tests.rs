//! The data files keep the rules, and the rules find what breaks them: a line of `breaches.csv` is one replacement in the
//! small files below, and the beginning of the breach that it makes.

use crate::index::Index;
use crate::index::file::File;
use crate::index::rules::{breaches, form};
use crate::index::table::Tables;

/// Files with a few rows that keep the rules, to be broken one at a time.
const SMALL: &[(&str, &str)] = &[
    ("members.csv", "region,iso3\nZED,BBB\n"),
    (
        "roles_history.csv",
        "iso3,year,roles,source,note,url,quote\nOLD,2003,transit,S,,,\"It is, it says\"\n",
    ),
    ("chapters.csv", "iso3,from,to,slug\nAAA,2003,2003,alphaland\nAAA,2004,2004,alpha\n"),
    (
        "countries.csv",
        "iso3,iso2,numeric,regions,form_matters,dissolved,article,name\nAAA,AA,001,X;Y,,,,Alphaland\nBBB,BB,,X,yes,,,\"Beta, Isle of\"\nOLD,OL,,X,,2003,,Alphabeta\nUSA,US,,,,,the,United States\n",
    ),
    ("codes.csv", "code,system,iso3,source\nA,fips,AAA,S\n"),
    (
        "disputed.csv",
        "key,iso3,decision,languages,name,why\nal,AAA,,en,Al,also a language\nb land,AAA,BBB,en,B Land,the lists differ\n",
    ),
    (
        "definitions.csv",
        "from,to,tier,definition,criteria,note,source\n2003,2003,1,Old A.,,,T\n2003,2003,2,Old B.,,,T\n2003,2003,3,Old D.,,,T\n2004,,1,A.,,,S\n2004,,2,B.,,,S\n2004,,2WL,C:,(a) x;(b) y,N.,S\n2004,,3,D.,,,S\n",
    ),
    (
        "enforcement.csv",
        "year,region,prosecutions,prosecutions_labour,convictions,convictions_labour,victims,victims_labour,laws,printed,sources,url,note\n2002,X,50,,10,4,,,3,S,S;T,,\n2003,Y,,,,,900,,,,T,https://example.org/,victims only\n",
    ),
    ("figures.csv", "figure,value,period,attributed_to,sources\nf,1,undated,A,S;T\n"),
    ("listings.csv", "iso3,list,year,source\nAAA,soldiers,2003,S;T\nBBB,soldiers,2004,T\n"),
    (
        "lists.csv",
        "list,name,definition,whole,source\npolicy-or-pattern,policy,P.,2004,S\nsoldiers,soldiers,So.,2003;2004,T\nspecial-watch-list,special,Sp.,2004,S\n",
    ),
    (
        "names.csv",
        "key,iso3,kind,languages,source,name,note\nalpha,AAA,alias,en,S,Álpha,\nb land,BBB,former,en;sr-Latn,S,\"B, \"\"Land\"\"\",Once.\nrepublic,,generic,,S,Republic,\n",
    ),
    ("notes.csv", "iso3,from,to,source,note\nAAA,2003,2003,S,Once one\n"),
    ("placeholders.csv", "word,languages\n#n/a,\nunklar,de;nl\n"),
    (
        "placements.csv",
        "iso3,year,tier,evidence,basis,ranked_as,sources,url\nAAA,2003,2,confirmed,state-text,OLD,S;T,\nAAA,2004,2WL,single,,,S,\nBBB,2004,special,single,,,S,\"https://example.org/a,b\"\nOLD,2003,2,single,,,S,\nUSA,2004,none,single,,,S,\n",
    ),
    (
        "regions.csv",
        "region,name,definition,spellings,kind\nX,Ex,\"E, x.\",ex;x,state\nY,Why,W.,y,state\nZED,Zed,Z.,zed,group\n",
    ),
    (
        "reports.csv",
        "year,document,countries,note,url,url_seen,chapters\n2003,S,1,,https://www.state.gov/2003/,no,\n2004,S,2,,https://www.state.gov/2004/,yes,https://www.state.gov/2004/{slug}/\n",
    ),
    (
        "roles.csv",
        "iso3,year,roles,source,note\nAAA,,source,S,\nAAA,2003,source;transit,S,\nBBB,2004,destination,S,mainly\n",
    ),
    (
        "sources.csv",
        "id,title,publisher,date,kind,url,rights\nS,Source,\"One, Two\",2018,state,,public domain\nT,Other,,,list,,\n",
    ),
    (
        "tiers.csv",
        "tier,mark,name,definition,criteria,note,source,spellings\n1,1,Tier 1,A.,,,S,1\n2,2,Tier 2,B.,,,S,2;two\n2WL,W,Tier 2 Watch List,C:,(a) x;(b) y,N.,S,2wl\n3,3,Tier 3,D.,,,S,3\nspecial,s,Special case,E.,,,S,special\nnone,-,Not in the report,F.,,,S,none\n",
    ),
    ("tiles.csv", "iso3,row,column\nAAA,1,1\nBBB,1,2\nUSA,2,1\n"),
    ("typologies.csv", "typology,year,traits,source\nt,2009,a;b,S\n"),
    (
        "watch_list_rules.csv",
        "from,reports,longest,returned,act,source,rule\n2003,2,4,,P,S,\"two, then\"\n",
    ),
];

/// The small files, after one replacement if there is one.
///
/// # Panics
/// The text to replace is not in exactly one of them.
fn small(replacement: Option<(&str, &str)>) -> Index {
    let (mut tables, mut replaced) = (Tables::embedded(), 0);
    for file in Tables::embedded().files() {
        let small = SMALL.iter().find(|(name, _)| *name == file.name);
        let mut text = small.expect("every file has a small one").1;
        if let Some((from, to)) = replacement.filter(|(from, _)| text.contains(from)) {
            text = Box::leak(text.replacen(from, to, 1).into_boxed_str());
            replaced += 1;
        }
        tables.replace(Box::leak(Box::new(File { text, ..*file })));
    }
    assert_eq!(replaced, usize::from(replacement.is_some()), "{replacement:?}");
    Index::new(tables)
}

/// What breaks the rules, a line each.
fn said(index: &Index) -> String {
    let form = index.files().flat_map(form::breaches);
    let lines = form.chain(breaches(index)).map(|breach| breach.to_string());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_data_files_keep_the_rules() {
    assert_eq!(said(&Index::embedded()), "");
}

#[test]
fn the_small_files_keep_them_too() {
    assert_eq!(said(&small(None)), "");
}

#[test]
fn every_breach_is_found_and_named_by_file_line_and_column() {
    let mut reader = csv::Reader::from_reader(include_str!("breaches.csv").as_bytes());
    let mut missed = Vec::new();
    for case in reader.deserialize() {
        let (from, to, breach): (String, String, String) = case.expect("three columns");
        let found = said(&small(Some((&from, &to))));
        if !found.contains(&breach) {
            missed.push(format!("'{from}' as '{to}': expected\n{breach}\nfound\n{found}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}
