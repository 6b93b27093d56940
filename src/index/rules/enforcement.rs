//! What the rows of `enforcement.csv` say: regions, references, and numbers that can be.

use crate::index::Index;
use crate::index::enforcement::Enforcement;
use crate::index::rules::meaning::Check;

impl Check<'_> {
    pub(super) fn enforcement(&mut self, rows: &[Enforcement], known: &Index) {
        self.file = "enforcement.csv";
        for (index, row) in rows.iter().enumerate() {
            self.region(index, "region", row.region, known);
            let numbers = [
                ("prosecutions_labour", row.prosecutions),
                ("convictions_labour", row.convictions),
                ("victims_labour", row.victims),
            ];
            for (column, number) in numbers {
                let fits = number.labour.is_none_or(|part| number.all >= Some(part));
                self.demand(fits, index, column, "more than all");
            }
            let some = row.laws.is_some() || numbers.iter().any(|(_, it)| it.all.is_some());
            self.demand(some, index, "prosecutions", "a row without a number");
            self.printed(index, row, known);
            let cited = !row.sources.is_empty();
            self.demand(cited, index, "sources", "figures without a source");
            for id in &row.sources {
                self.source(index, "sources", id);
            }
        }
    }

    /// A report prints the figures of years before its own.
    fn printed(&mut self, index: usize, row: &Enforcement, known: &Index) {
        if row.printed.is_empty() {
            return;
        }
        let mut reports = known.reports().iter();
        let later = reports.any(|it| it.document == row.printed && row.year < it.year);
        let what = format!("'{}' is no report of a later year", row.printed);
        self.demand(later, index, "printed", &what);
    }
}
