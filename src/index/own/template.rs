//! The files of a report that is not in the data yet, each with one row as an example.

use crate::index::Index;

/// Returns the files of the report of a year, by name. The example repeats a rank of the newest report; no date and no
/// address is made up.
pub fn template(index: &Index, year: u16) -> [(&'static str, String); 3] {
    let newest = *index.years().end();
    let mut placed = index.tables.placements.all().filter(|placed| placed.year == newest);
    let (iso3, tier) =
        placed.next().map_or(("", String::new()), |it| (it.iso3, it.tier.to_string()));
    let placements = format!("iso3,year,tier,sources,url\n{iso3},{year},{tier},TIP{year},\n");
    let reports = format!("year,document,countries,url\n{year},TIP{year},,\n");
    let sources = format!(
        "id,title,publisher,date,kind\nTIP{year},{year} Trafficking in Persons Report,US Department of State,,state\n"
    );
    [("placements.csv", placements), ("reports.csv", reports), ("sources.csv", sources)]
}
