//! `tip annotate FILE` on tables as people have them: the column is found by its cells, or the message says what to type.

use std::process::Output;

use crate::common::{self, feed, text};

fn annotate(input: &str, arguments: &[&str]) -> Output {
    let arguments = [&["annotate", "-", "--add", "iso3"], arguments].concat();
    feed(common::tip(&arguments).env("NO_COLOR", "1"), input.as_bytes())
}

/// The countries that are added, row by row.
fn countries(input: &str, arguments: &[&str]) -> String {
    let output = annotate(input, arguments);
    let rows = text(&output.stdout);
    let last = |row: &str| row.rsplit([',', ';', '\t']).next().unwrap_or_default().to_owned();
    let found: Vec<String> = rows.lines().skip(1).map(last).collect();
    assert!(output.status.code() != Some(2), "{input:?}: {}", text(&output.stderr));
    found.join(" ")
}

/// The message, where the table is refused.
fn refused(input: &str, arguments: &[&str]) -> String {
    let output = annotate(input, arguments);
    assert_eq!(output.status.code(), Some(2), "{input:?}: {}", text(&output.stdout));
    assert!(output.stdout.is_empty(), "{input:?}");
    text(&output.stderr)
}

/// Twenty-two codes of two letters, and names of the same countries.
const CODES: [(&str, &str); 22] = [
    ("AF", "Afghanistan"),
    ("AL", "Albania"),
    ("AM", "Armenia"),
    ("AO", "Angola"),
    ("AR", "Argentina"),
    ("AT", "Austria"),
    ("AZ", "Azerbaijan"),
    ("BA", "Bosnia and Herzegovina"),
    ("BD", "Bangladesh"),
    ("BE", "Belgium"),
    ("BF", "Burkina Faso"),
    ("BG", "Bulgaria"),
    ("BI", "Burundi"),
    ("BJ", "Benin"),
    ("BN", "Brunei"),
    ("BO", "Bolivia"),
    ("BR", "Brazil"),
    ("BT", "Bhutan"),
    ("BW", "Botswana"),
    ("BY", "Belarus"),
    ("BZ", "Belize"),
    ("CA", "Canada"),
];

fn rows(row: impl Fn(&str, &str) -> String) -> String {
    CODES.iter().map(|(code, name)| row(code, name)).collect()
}

#[test]
fn a_column_whose_cells_are_names_is_taken_whatever_it_is_called() {
    for input in [
        "Entity,Code,Year\nSerbia,SRB,2018\nMoldova,MDA,2018\nWorld,OWID_WRL,2018\n",
        ",1990,2000\nSerbia,1,2\nMoldova,3,4\nHigh income,5,6\n",
        "id,answer,Where\n1,no,Serbia\n2,no,Moldova\n3,no,EU27\n",
        "Home,Land use (ha)\nSerbia,4\nMoldova,8\nN/A,12\n",
        "team,stat\nSerbia,4\nMoldova,8\nMonde,12\n",
        "Entity,\"Yield (t; FAO)\"\nSerbia,1\nMoldova,2\nEurope,3\n",
    ] {
        let found = countries(input, &[]);
        assert_eq!(found.trim(), "SRB MDA", "{input:?}");
    }
    let note = text(&annotate("Entity,Land use\nSerbia,5\nMoldova,4\n", &[]).stderr);
    let expected = "the country is taken from column 'Entity', by its cells; those of 'Land use' name no countries";
    assert!(note.contains(expected), "{note}");
}

#[test]
fn a_column_of_codes_alone_needs_a_name_that_says_so_or_twenty_of_them() {
    for input in [
        "title,lang,seen\nA,fr,no\nB,de,yes\nC,es,no\n",
        "first,last\nChad,Smith\nGeorgia,Jordan\nMary,Chad\nAnna,Holland\n",
        "store,state\n1,AL\n2,DE\n3,GA\n",
        "region,n\nEurope,1\nAsia,2\nOceania,3\nGeorgia,4\n",
        "title,lang\nA,el\nB,uk\nC,fr\n",
    ] {
        assert!(refused(input, &[]).contains("no column is called 'country'"), "{input:?}");
    }
    let message = refused("title,lang\nA,fr\nB,de\n", &[]);
    assert!(message.contains("codes of countries may stand in 'lang': if so, try --column 'lang'"));
    assert_eq!(countries("geo,n\nEL,1\nUK,2\nEU27_2020,3\n", &[]), "GRC GBR ");
    let many = rows(|code, _| format!("x,{code}\n"));
    assert!(countries(&format!("a,geo\n{many}"), &[]).starts_with("AFG ALB ARM"));
}

#[test]
fn a_header_that_says_country_keeps_its_column_until_another_has_twice_as_many() {
    let kept = "Country,Place\nSerbia,Serbia\nRuritania,Moldova\nChad,Chad\n";
    assert_eq!(countries(kept, &[]), "SRB  TCD");
    let beaten = "Which part of the country?,Home\nnorth,Serbia\nsouth,Moldova\n";
    assert_eq!(countries(beaten, &[]), "SRB MDA");
    assert_eq!(countries(beaten, &["--column", "1"]), " ");
    let warning = text(&annotate(beaten, &["--column", "1"]).stderr);
    assert!(warning.contains("column 2 does: try --column 'Home'"), "{warning}");
}

#[test]
fn columns_that_name_the_same_countries_are_no_tie_and_others_are_named() {
    let same = "Country of origin,Country code,Country name (ISO)\nSerbia,RS,Serbie\nMoldova,MD,Moldavie\n";
    assert_eq!(countries(same, &[]), "SRB MDA");
    let without_kosovo = "iso_a3,admin\nSRB,Serbia\nMDA,Moldova\n-99,Kosovo\n";
    assert_eq!(countries(without_kosovo, &[]), "SRB MDA XKX");
    let message = refused("from_country,to_country\nSerbia,Chad\nMoldova,Mali\n", &[]);
    let both = "1 'from_country' and 2 'to_country'; choose one, such as --column 'from_country'";
    assert!(message.contains(both), "{message}");
    let note = text(&annotate("Country,Country of shipment\nSerbia,Chad\nChad,Mali\n", &[]).stderr);
    assert!(note.contains("from column 'Country'; also: 'Country of shipment'"), "{note}");
}

#[test]
fn numbers_are_codes_only_where_nearly_all_of_the_column_are() {
    let iso = "country\n4\n8\n12\n688\n498\n";
    assert_eq!(countries(iso, &[]), "AFG ALB DZA SRB MDA");
    let own = "country\n1\n2\n3\n4\n8\n";
    assert_eq!(countries(own, &[]).trim(), "");
    assert_eq!(countries(own, &["--codes", "iso"]), "   AFG ALB");
    let note = text(&annotate(own, &[]).stderr);
    assert!(note.contains("for 3 of 5 are none; '--codes iso' reads those that are"), "{note}");
    assert_eq!(countries("Code,x\n'498,1\n'688,2\n", &["--column", "1"]), "MDA SRB");
    assert_eq!(countries("country\nSerbia (688)\n498 Moldova\nChad\n", &[]), "SRB MDA TCD");
}

#[test]
fn codes_of_another_system_are_named_and_what_differs_there_is_ambiguous() {
    let olympic = "country\nGER\nNED\nSUI\nBUR\nBRN\nMIX\n";
    assert_eq!(countries(olympic, &[]).trim(), "");
    let notes = text(&annotate(olympic, &[]).stderr);
    assert!(notes.contains("'BUR': 'Burkina Faso' or 'Myanmar'?"), "{notes}");
    assert!(notes.contains("most codes that are not matched are IOC's; '--codes ioc'"), "{notes}");
    let read = countries(olympic, &["--codes", "ioc"]);
    assert_eq!(read.trim(), "DEU NLD CHE BFA BHR");
    let notes = text(&annotate("ccode\n200\n365\n2\n339\n", &["--column", "1"]).stderr);
    assert!(notes.contains("'--codes cow'"), "{notes}");
    // A few of ISO's own neighbours make no other system of a column.
    let few = format!("iso2\n{}EU\nAN\n", rows(|code, _| format!("{code}\n")));
    assert!(countries(&few, &[]).starts_with("AFG ALB ARM AGO"));
}

#[test]
fn a_cell_of_several_countries_is_ambiguous_and_each_can_have_its_row() {
    let lists = "country,n\n\"DE,US\",1\nLA/US,2\nCN;VN,3\n\"China\nVietnam\",4\n\"United States, Venezuela\",5\nDE US,6\n";
    let output = annotate(lists, &["--add", "status"]);
    assert_eq!(text(&output.stdout).matches("ambiguous").count(), 6);
    let kept =
        "country\n\"Hong Kong, China\"\n\"Korea, Rep.\"\nTrinidad & Tobago\nMD/MDA\nla France\n";
    assert_eq!(countries(kept, &[]), "HKG KOR TTO MDA FRA");
    let each = annotate("country,n\nCN;VN,3\r\nChad,4\nKorea,5\nDE/DE/US,6", &["--each"]);
    let expected = "country,n,tip_iso3\nCN;VN,3,CHN\r\nCN;VN,3,VNM\r\nChad,4,TCD\nKorea,5,\nDE/DE/US,6,DEU\nDE/DE/US,6,USA";
    assert_eq!(text(&each.stdout), expected);
    let each = annotate("country,n\nCN;VN,3", &["--each", "--json"]);
    assert_eq!(text(&each.stdout).matches("\"n\":\"3\"").count(), 2);
    let each = annotate("country,n\nCN;VN,3", &["--each", "--crlf"]);
    assert_eq!(text(&each.stdout), "country,n,tip_iso3\r\nCN;VN,3,CHN\r\nCN;VN,3,VNM");
}

#[test]
fn lines_above_the_header_are_found_and_left_out_where_that_is_asked_for() {
    for (input, skip) in [
        (
            "\"Data Source\",\"WDI\",\n\n\"Last Updated\",\"2024-01-01\",\n\n\"Country Name\",\"Country Code\",\"1960\",\n\"Serbia\",\"SRB\",\"1\",\n",
            "4",
        ),
        ("Suppliers as of 2025\nid;country;x\n1;Serbia;2\n", "1"),
        ("Trafficking by country\r\n\r\nEntity,Year\r\nSerbia,2018\r\nMoldova,2018\r\n", "2"),
        ("Report;;\n;;\nEntity;x;y\nSerbia;1;2\nMoldova;1;2\n", "2"),
        ("sep=;\nid;country\n1;Serbia\n", "1"),
    ] {
        let message = refused(input, &[]);
        assert!(message.contains(&format!("try --skip {skip}")), "{message}");
        let output = annotate(input, &["--skip", skip]);
        let (rows, notes) = (text(&output.stdout), text(&output.stderr));
        assert!(rows.contains("SRB") && output.status.success(), "{rows}{notes}");
        assert!(notes.contains("above the header"), "{notes}");
    }
    let output = annotate("\u{feff}a\nb\ncountry,x\nSerbia,1\n", &["--skip", "2"]);
    assert_eq!(text(&output.stdout), "\u{feff}country,x,tip_iso3\nSerbia,1,SRB\n");
    let output = annotate("a\nb\ncountry,x\nSerbia,1\nChad\n", &["--skip", "2"]);
    assert!(text(&output.stderr).contains("standard input:5: field 2 of 2 is missing"));
    assert!(refused("a\nb\n", &["--skip", "9"]).contains("--skip 9 leaves nothing"));
}

#[test]
fn another_delimiter_is_named_only_where_it_gives_a_column_of_countries() {
    let semicolons = "name;Country, territory or area;x\nA;Serbia;1\n";
    assert!(refused(semicolons, &[]).contains("try --delimiter ';'"));
    assert_eq!(countries(semicolons, &["-d", ";"]), "SRB");
    assert_eq!(countries("name,\"Country|Region\",x\nA,Serbia,1\n", &[]), "SRB");
    let colons = "city:region:country\nBoston:MA:United States\n";
    assert!(refused(colons, &[]).contains("try --delimiter ':'"));
    assert_eq!(countries("city:country\nOslo:Norway\n", &["-d", ":"]), "Oslo:Norway:NOR");
    assert!(!refused("a,\"b;c\"\n1,2\n", &[]).contains("--delimiter"));
    assert!(!refused("a;b,c\n1;x,2\n", &[]).contains("--delimiter"));
}

#[test]
fn a_table_that_is_none_is_named_with_what_to_type() {
    for (input, expected) in [
        ("\"Country,\"\"2017\"\"\"\n\"Benin,\"\"2182\"\"\"\n", "each row is quoted as a whole"),
        ("country,n\n\"Benin,1\"\n\"Chad,2\"\n", "each row is quoted as a whole"),
        ("a,b\nrs,Serbia,\nmd,Moldova,\n", "every row ends with ','"),
        ("Date,China,US,Italy\n2020-01-22,548,1,0\n", "countries are columns here"),
        ("Serbia,10\nChad,20\n", "is there no header? then try --no-header --column 1"),
    ] {
        assert!(refused(input, &[]).contains(expected), "{input:?}: {}", refused(input, &[]));
    }
    let wide = refused("Date,China,US,Italy\n2020-01-22,548,1,0\n", &[]);
    assert!(!wide.contains("is there no header"), "{wide}");
    let warning = annotate("country,Serbia\n", &[]);
    assert!(text(&warning.stderr).contains("has no rows; is there no header?"));
}

#[test]
fn the_end_mark_of_dos_is_no_row() {
    let output = annotate("id,country\r\n1,Cuba\r\n\u{1a}", &[]);
    assert_eq!(text(&output.stdout), "id,country,tip_iso3\r\n1,Cuba,CUB\r\n\u{1a},,");
    assert!(text(&output.stderr).contains("note: 1 row: 1 ranked"));
    let output = annotate("id,country\n1,Cuba\n\u{1a}\n", &["--format", "ndjson"]);
    assert_eq!(text(&output.stdout).lines().count(), 1);
}

#[test]
fn a_column_is_named_as_it_looks() {
    for (header, asked) in
        [("Pai\u{301}s", "País"), ("Made\u{a0}in", "made in"), ("\"Made\n in\"", "Made in")]
    {
        let found = countries(&format!("{header},x\nBrasil,1\n"), &["--column", asked]);
        assert!(found.ends_with("BRA"), "{header:?}: {found}");
    }
}

#[test]
fn what_is_no_csv_is_named_with_the_command_to_type() {
    for (input, expected) in [
        ("[\n {\"country\": \"Serbia\"}]\n", "is JSON; type: jq -rs"),
        ("{\"country\":\"Serbia\"}\n{\"country\":\"Chad\"}\n", "is JSON; type: jq -rs"),
        ("<html><body><table>", "is an HTML page"),
        ("\u{feff}\n<TABLE border=1>", "is an HTML page"),
        ("PAR1\u{15}\u{4}", "is a Parquet file"),
        ("\0\0\u{feff}", "NUL"),
    ] {
        assert!(refused(input, &[]).contains(expected), "{}", refused(input, &[]));
    }
    let output = feed(common::tip(&["annotate", "-"]).env("NO_COLOR", "1"), b"\xff\xfe\0\0c\0\0\0");
    assert!(text(&output.stderr).contains("in UTF-32; type: iconv -f UTF-32 -t UTF-8"));
}

#[test]
fn a_table_of_many_columns_and_texts_is_looked_at_no_longer_than_another() {
    let header: Vec<String> = (0..60).map(|column| format!("c{column}")).collect();
    let row = |number: usize, name: &str| {
        let cells: Vec<String> =
            (1..60).map(|column| format!("some text {number} of {column}")).collect();
        format!("{},{name}\n", cells.join(","))
    };
    let body: String = CODES.iter().enumerate().map(|(number, it)| row(number, it.1)).collect();
    let found = annotate(&format!("{}\n{body}", header.join(",")), &["--column", "60"]);
    assert!(text(&found.stdout).contains(",AFG\n"));
}
